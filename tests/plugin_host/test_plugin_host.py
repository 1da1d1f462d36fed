from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from studio.api import (
    AnimationSpec,
    CancelToken,
    FilterSpec,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    SchedulerSpec,
    ToolSpec,
    UpscalerSpec,
    hookimpl,
)
from studio.document import new_document
from studio.errors import Cancelled, ModelError, OutOfMemoryError, PluginError
from studio.paths import Paths
from studio.plugin_host import QUARANTINE_AFTER, PluginFolder, PluginHost

MakePlugin = Callable[..., Path]
Load = Callable[..., PluginHost]

LISTENER = """
from studio.api import hookimpl
heard = []

@hookimpl
def shoreline_generation_started(request):
    heard.append(("started", request.id))

@hookimpl
def shoreline_generation_finished(result):
    heard.append(("finished", result.request.id))
"""
DEAF = """
from studio.api import hookimpl

@hookimpl
def shoreline_generation_started(request):
    raise OSError("no network")

@hookimpl
def shoreline_generation_finished(result):
    raise SystemExit
"""
ALL_KINDS = """
from studio.api import AnimationSpec, SchedulerSpec, ToolSpec, UpscalerSpec, hookimpl

def fail(*arguments):
    raise ZeroDivisionError("by nought")

@hookimpl
def shoreline_schedulers():
    return [SchedulerSpec(id="s", name="S", factory=fail)]

@hookimpl
def shoreline_tools():
    return (ToolSpec(id="t", name="T", run=fail),)

@hookimpl
def shoreline_upscalers():
    return [UpscalerSpec(id="u", name="U", run=fail)]

@hookimpl
def shoreline_animations():
    return [AnimationSpec(id="a", name="A", frame=fail)]
"""


@pytest.fixture
def request_() -> GenerationRequest:
    return GenerationRequest(settings=GenerationSettings(), document=new_document(8, 8))


@pytest.fixture
def result(request_: GenerationRequest) -> GenerationResult:
    return GenerationResult(request=request_, images=(), timings={"total": 0.0})


def module(plugin_id: str) -> Any:
    return sys.modules[f"shoreline_plugin_{plugin_id}"]


def test_what_plugins_add_is_found_by_id_and_said_in_their_state(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin("everything", ALL_KINDS, description='"All four"', uses='["torch"]')
    host = load()
    assert (list(host.specs(SchedulerSpec)), list(host.specs(ToolSpec))) == (["s"], ["t"])
    assert (list(host.specs(UpscalerSpec)), list(host.specs(AnimationSpec))) == (["u"], ["a"])
    state = host.state("everything")
    assert state.adds == ("scheduler s", "tool t", "upscaler u", "animation a")
    assert (state.name, state.version, state.author) == ("Everything", "1.2", "Ada")
    assert (state.description, state.source, state.problem) == ("All four", "user", "")
    assert state.uses == ("torch",)


def test_bundled_plugins_load_before_the_users(make_plugin: MakePlugin, tmp_path: Path) -> None:
    make_plugin("mine")
    theirs = make_plugin("theirs")
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    theirs.rename(bundled / "theirs")
    user = tmp_path / "data"
    user.mkdir()
    (tmp_path / "plugins").rename(user / "plugins")
    paths = Paths(resources=tmp_path, plugins=bundled, config=tmp_path, data=user, cache=tmp_path)
    states = PluginHost.load(paths, entry_points=False).states()
    assert [(state.id, state.source) for state in states] == [("theirs", "bundled"), ("mine", "user")]


def test_no_folder_no_plugins(tmp_path: Path) -> None:
    host = PluginHost.load([PluginFolder(tmp_path / "nowhere", "bundled")], entry_points=False)
    assert host.states() == ()
    assert len(host.specs(ToolSpec)) == 0


def test_folders_without_a_manifest_and_hidden_ones_are_passed_over(
    make_plugin: MakePlugin, load: Load, tmp_path: Path
) -> None:
    make_plugin("hidden", folder=".git")
    make_plugin("cache", folder="__pycache__")
    (tmp_path / "plugins" / "notes").mkdir()
    assert load().states() == ()


def test_a_plugin_may_have_modules_of_its_own_without_touching_the_search_path(
    make_plugin: MakePlugin, load: Load
) -> None:
    source = "from studio.api import SchedulerSpec, hookimpl\nfrom .maths import factory\n\n"
    source += "@hookimpl\ndef shoreline_schedulers():\n    return [SchedulerSpec(id='m', name='M', factory=factory)]\n"
    for plugin_id, answer in (("one", 1), ("two", 2)):
        folder = make_plugin(plugin_id, source.replace("'m'", f"'{plugin_id}'"))
        (folder / "maths.py").write_text(f"def factory(config):\n    return {answer}\n", "utf-8")
    search_path = list(sys.path)
    host = load()
    assert [host.specs(SchedulerSpec)[key].factory({}) for key in ("one", "two")] == [1, 2]
    assert sys.path == search_path
    assert "maths" not in sys.modules


def test_a_search_for_a_module_in_another_thread_leaves_no_finder_out(make_plugin: MakePlugin, load: Load) -> None:
    half_way = "import sys\nsearch = iter(sys.meta_path)\npassed = [next(search), next(search)]\n"
    make_plugin("searched", half_way + _still("still"))
    load()
    searched = module("searched")
    assert set(sys.meta_path) <= {*searched.passed, *searched.search}


def test_a_disabled_plugin_is_not_imported_until_it_is_enabled(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin("sleepy")
    host = load(disabled=frozenset({"sleepy"}))
    assert host.state("sleepy").status == "disabled"
    assert "shoreline_plugin_sleepy" not in sys.modules
    assert host.enable("sleepy").status == "enabled"
    assert list(host.specs(SchedulerSpec)) == ["still_sleepy"]


def test_disabling_takes_away_what_a_plugin_adds_and_frees_its_ids(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin("first")
    make_plugin("second", _still("still_first"))
    host = load()
    schedulers = host.specs(SchedulerSpec)
    assert host.state("second").status == "refused"
    assert host.disable("first").status == "disabled"
    assert len(schedulers) == 0, "the mapping is a live view"
    assert host.enable("second").status == "enabled"
    assert list(schedulers) == ["still_first"]
    assert host.enable("first").status == "refused"


def test_enabling_reads_a_mended_plugin_afresh(make_plugin: MakePlugin, load: Load) -> None:
    folder = make_plugin("mended", "raise RuntimeError")
    host = load()
    assert host.state("mended").status == "failed"
    (folder / "plugin.py").write_text(_still("now_it_works"), "utf-8")
    manifest = folder / "plugin.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('"1.2"', '"1.3"'), "utf-8")
    state = host.enable("mended")
    assert (state.status, state.version, state.problem, state.details) == ("enabled", "1.3", "", "")
    assert list(host.specs(SchedulerSpec)) == ["now_it_works"]


def test_an_unknown_id_is_an_error_that_names_the_known_ones(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin("known")
    with pytest.raises(PluginError, match=r"no plugin 'unknown'.*known"):
        load().enable("unknown")


def test_engine_events_reach_every_plugin_though_one_raises(
    make_plugin: MakePlugin, load: Load, request_: GenerationRequest, result: GenerationResult
) -> None:
    make_plugin("a_listener", LISTENER)
    make_plugin("b_deaf", DEAF)
    make_plugin("c_listener", LISTENER)
    host = load()
    host.notify_started(request_)
    host.notify_finished(result)
    told = [("started", request_.id), ("finished", request_.id)]
    assert module("a_listener").heard == module("c_listener").heard == told
    deaf = host.state("b_deaf")
    assert (deaf.status, deaf.failures) == ("enabled", 2)
    assert "no network" in deaf.details or "SystemExit" in deaf.details


def test_a_plugin_that_keeps_failing_in_events_is_stopped(
    make_plugin: MakePlugin, load: Load, request_: GenerationRequest
) -> None:
    make_plugin("deaf", DEAF)
    make_plugin("listener", LISTENER)
    host = load()
    for _ in range(QUARANTINE_AFTER + 2):
        host.notify_started(request_)
    state = host.state("deaf")
    assert (state.status, state.failures) == ("failed", QUARANTINE_AFTER)
    assert state.problem.startswith("It failed 3 times in a row in shoreline_generation_started")
    assert "OSError: no network" in state.problem
    assert len(module("listener").heard) == QUARANTINE_AFTER + 2
    assert host.enable("deaf").failures == 0


@pytest.mark.parametrize(
    ("spec_type", "function", "what", "arguments"),
    [
        (SchedulerSpec, "factory", "scheduler s", ({},)),
        (ToolSpec, "run", "tool t", (None,)),
        (UpscalerSpec, "run", "upscaler u", (None, {}, CancelToken(), print)),
        (AnimationSpec, "frame", "animation a", (None,)),
    ],
)
def test_whatever_a_plugin_runs_its_failure_names_it_and_counts(
    make_plugin: MakePlugin, load: Load, spec_type: Any, function: str, what: str, arguments: tuple[Any, ...]
) -> None:
    make_plugin("everything", ALL_KINDS)
    host = load()
    (spec,) = host.specs(spec_type).values()
    for _ in range(QUARANTINE_AFTER):
        with pytest.raises(PluginError, match=f"The plugin Everything failed in the {what}: ZeroDivision") as caught:
            getattr(spec, function)(*arguments)
        assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert host.state("everything").status == "failed"
    assert len(host.specs(spec_type)) == 0


def test_failures_must_be_in_a_row_to_stop_a_plugin(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin("moody", _still("moody", "lambda config: 1 // config['n']"))
    host = load()
    factory = host.specs(SchedulerSpec)["moody"].factory
    for _ in range(4):
        for _ in range(QUARANTINE_AFTER - 1):
            with pytest.raises(PluginError):
                factory({"n": 0})
        assert factory({"n": 1}) == 1
    assert host.state("moody").status == "enabled"


def test_no_memory_is_said_as_such_and_not_held_against_the_plugin(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin("greedy", _still("greedy", "lambda config: bytearray(1 << 62)"))
    host = load()
    with pytest.raises(OutOfMemoryError, match="not enough memory for the scheduler greedy"):
        host.specs(SchedulerSpec)["greedy"].factory({})
    assert host.state("greedy").failures == 0


def test_a_typed_error_is_not_the_plugins_fault(make_plugin: MakePlugin, load: Load) -> None:
    make_plugin("raiser", _still("raiser", "lambda config: config['raise']()"))
    host = load()

    def fail() -> None:
        raise ModelError("No model.", "Get one.")

    for _ in range(QUARANTINE_AFTER + 1):
        with pytest.raises(ModelError, match="No model"):
            host.specs(SchedulerSpec)["raiser"].factory({"raise": fail})
    assert (host.state("raiser").status, host.state("raiser").failures) == ("enabled", 0)


def test_only_a_cancel_that_nobody_asked_for_is_the_plugins_fault(make_plugin: MakePlugin, load: Load) -> None:
    source = "from studio.api import *\nfrom studio.api import hookimpl\n\n"
    source += "def stop(*arguments):\n    raise Cancelled\n\n@hookimpl\ndef shoreline_filters():\n"
    make_plugin("quitter", source + "    return [FilterSpec(id='quit', name='Quit', run=stop)]\n")
    host, asked = load(), CancelToken()
    asked.cancel()
    pixels = np.zeros((2, 2, 4), np.uint8)
    for _ in range(QUARANTINE_AFTER + 1):
        with pytest.raises(Cancelled):
            host.specs(FilterSpec)["quit"].run(pixels, {}, asked, print)
    assert host.state("quitter").failures == 0
    with pytest.raises(PluginError, match="Quitter failed in the filter quit: Cancelled, though nobody had asked"):
        host.specs(FilterSpec)["quit"].run(pixels, {}, CancelToken(), print)
    assert host.state("quitter").failures == 1


def test_installed_packages_are_found_by_their_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = ModuleType("installed_plugin")

    @hookimpl
    def shoreline_schedulers() -> list[SchedulerSpec]:
        return [SchedulerSpec(id="installed", name="Installed", factory=dict)]

    shoreline_schedulers.__module__ = "installed_plugin"
    installed.shoreline_schedulers = shoreline_schedulers  # type: ignore[attr-defined]
    later = ModuleType("later_plugin")
    later.SHORELINE_API_VERSION = 7  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "installed_plugin", installed)
    monkeypatch.setitem(sys.modules, "later_plugin", later)
    points = [EntryPoint(name, value, "shoreline.plugins") for name, value in _ENTRY_POINTS]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    host = PluginHost.load([], entry_points=True)
    assert {state.id: state.status for state in host.states()} == {
        "ghost": "failed",
        "installed": "enabled",
        "later": "refused",
        "number": "refused",
    }
    assert list(host.specs(SchedulerSpec)) == ["installed"]
    assert host.state("installed").source == "entry point"
    assert host.disable("installed").status == "disabled"
    assert host.enable("installed").status == "enabled"


_ENTRY_POINTS = (
    ("installed", "installed_plugin"),
    ("later", "later_plugin"),
    ("ghost", "no_such_plugin_module"),
    ("number", "math:pi"),
)


def _still(scheduler_id: str, factory: str = "dict") -> str:
    return (
        "from studio.api import SchedulerSpec, hookimpl\n\n@hookimpl\ndef shoreline_schedulers():\n"
        f"    return [SchedulerSpec(id={scheduler_id!r}, name='Still', factory={factory})]\n"
    )
