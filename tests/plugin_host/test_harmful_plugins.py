"""Whatever a plugin raises, declares or returns: it is refused or its job fails, and the program goes on."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import (
    AnimationSpec,
    CancelToken,
    ExporterSpec,
    FilterSpec,
    ImporterSpec,
    PanelSpec,
    SchedulerSpec,
    ToolSpec,
    UpscaleContext,
    UpscalerSpec,
)
from studio.api.testing import FakeEngine, run_animation, run_panel, run_tool
from studio.document import new_document
from studio.engine.faults import readable_errors
from studio.errors import Cancelled, EngineError, OutOfMemoryError, PluginError, SettingError, ShorelineError
from studio.generation import GenerationRequest, GenerationSettings
from studio.plugin_host import PluginHost, PluginState
from studio.plugin_host.failures import _is_plain_value
from tests.plugin_host import harmful_plugins as harmful

PIXELS = np.zeros((8, 8, 4), np.uint8)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> PluginHost:
    """With every harmful plugin that ends by itself, loaded at once."""
    folder = tmp_path_factory.mktemp("plugins")
    harmful.install_all(folder, process_wide=False)
    host = PluginHost.load([folder], entry_points=False)
    sys.modules.pop(3, None)  # type: ignore[call-overload]
    return host


def refused(host: PluginHost, start: str) -> list[PluginState]:
    return [state for state in host.states() if state.id.startswith(start)]


def test_whatever_is_raised_while_a_plugin_is_loaded_is_its_own_failure(host: PluginHost) -> None:
    for start, step in (("import_", "import"), ("hook_", "hooks")):
        states = refused(host, start)
        assert len(states) == len(harmful.ERRORS)
        assert {(state.status, state.failed_step) for state in states} == {("failed", step)}
        assert all(state.details for state in states)
    problems = {state.id: state.problem for state in host.states()}
    assert problems["import_0"] == "It could not be imported: KeyboardInterrupt"
    assert problems["hook_1"] == "shoreline_tools raised CancelledError"


def test_what_stands_at_the_top_of_a_plugin_stops_that_one(host: PluginHost) -> None:
    assert {state.status for state in refused(host, "at_import_")} == {"failed"}
    assert len(refused(host, "at_import_")) == len(harmful.AT_IMPORT)


def test_what_is_declared_against_the_rules_is_refused_with_a_reason(host: PluginHost) -> None:
    states = refused(host, "declared_")
    assert len(states) == len(harmful.DECLARED)
    assert [state.id for state in states if state.status not in ("refused", "failed") or not state.problem] == []
    problems = {state.id.removeprefix("declared_"): state.problem for state in states}
    assert "shoreline_tools is marked as a hook in a wrong way." in problems["mark_number"]
    assert "more than 1000 things" in problems["endless"]
    assert "The maximum of IntParameter n of the filter p" in problems["huge_maximum"]
    assert "The needs_mask of the tool a must be true or false, not Odd." in problems["odd_flag"]
    assert "has a Own among its parameters" in problems["own_parameter"]


def test_a_damaged_manifest_is_refused_in_a_few_words(host: PluginHost) -> None:
    for name in harmful.MANIFESTS:
        state = host.state(name)
        assert (state.status, state.failed_step) == ("refused", "manifest"), name
        assert 10 < len(state.problem) < 1000, name


def test_what_is_odd_but_can_be_read_is_made_plain(host: PluginHost) -> None:
    assert {state.status for state in refused(host, "harmless_")} == {"enabled"}
    spec, tool = host.specs(FilterSpec)["s"], host.specs(ToolSpec)["np"]
    assert (type(spec.id), type(spec.name), spec.name) == (str, str, "S")
    assert (tool.needs_mask, tool.default_strength, type(tool.default_strength)) == (True, 0.5, float)


def test_all_that_the_window_shows_is_plain_text(host: PluginHost) -> None:
    for state in host.states():
        texts = (state.id, state.name, state.problem, state.details, *state.adds)
        assert all(type(text) is str for text in texts)
        assert "".join(texts).encode("utf-8")
        assert len(state.problem) < 1000
        assert len(state.details) < 30_000


# --- functions ------------------------------------------------------------------------------------


def callables(host: PluginHost) -> dict[str, Callable[[], object]]:
    """Each function of the plugin "bad" as the program calls it."""
    panel = host.specs(PanelSpec)["bad"]
    enlarging = UpscaleContext(
        pixels=PIXELS[..., :3],
        width=16,
        height=16,
        engine=FakeEngine(),
        settings=GenerationSettings(),
        parameters={},
        cancel=CancelToken(),
        report=unheard,
    )
    return {
        "scheduler": lambda: host.specs(SchedulerSpec)["bad"].factory({}),
        "tool": lambda: run_tool(host.specs(ToolSpec)["bad"], new_document(64, 64)),
        "filter": lambda: host.specs(FilterSpec)["bad"].run(PIXELS, {}, CancelToken(), unheard),
        "importer": lambda: host.specs(ImporterSpec)["bad"].decode(b"x"),
        "exporter": lambda: host.specs(ExporterSpec)["bad"].encode(PIXELS),
        "upscaler": lambda: host.specs(UpscalerSpec)["bad"].run(enlarging),
        "animation": lambda: run_animation(host.specs(AnimationSpec)["bad"], 1),
        "panel": lambda: run_panel(panel, "bad", PIXELS),
    }


def unheard(fraction: float, message: str) -> None:
    """Progress that nobody watches."""


def with_all_specs(body: str) -> str:
    return harmful.HEAD + body + "".join(harmful.returning(kind, f"[{spec}]") for kind, spec in harmful.SPECS.items())


@pytest.mark.parametrize("error", harmful.ERRORS)
def test_whatever_a_function_raises_its_job_alone_fails(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], error: str
) -> None:
    make_plugin("bad", with_all_specs("").replace("{error}", error))
    host = load()
    assert host.state("bad").status == "enabled"
    for what, call in callables(host).items():
        with pytest.raises(ShorelineError) as caught:
            call()
        assert _is_plain_value(caught.value.message), "nothing of the plugin runs when it is shown"
        if not error.startswith("SettingError"):
            assert "Bad" in caught.value.message, what
        expected = {"MemoryError": OutOfMemoryError, "SettingError(Odd(), Odd())": SettingError}
        assert type(caught.value) is expected.get(error, PluginError), what


@pytest.mark.parametrize("result", harmful.RESULTS)
def test_whatever_a_function_returns_its_job_alone_fails(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], result: str
) -> None:
    make_plugin("bad", with_all_specs(f"\ndef fail(*arguments):\n    return {harmful.RESULTS[result]}\n"))
    host = load()
    may_be_anything = {"scheduler"} | ({"panel"} if result == "none" else set())
    for what, call in callables(host).items():
        if what not in may_be_anything:
            with pytest.raises(PluginError, match="Bad failed in the"):
                call()


def test_an_array_of_a_class_of_its_own_comes_back_as_an_array(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    make_plugin(
        "bad", with_all_specs("\ndef fail(*arguments):\n    return np.ones((2, 3, 4), np.uint8).view(OddArray)\n")
    )
    pixels = load().specs(ImporterSpec)["bad"].decode(b"x")
    assert type(pixels) is np.ndarray
    assert pixels.shape == (2, 3, 4)


@pytest.mark.parametrize("event", ["generation_started(request)", "document_saved(document, path)"])
def test_whatever_a_listener_raises_is_counted_and_no_more(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], event: str
) -> None:
    name, _, arguments = event.partition("(")
    for number, error in enumerate(harmful.ERRORS):
        head = harmful.HEAD.replace("{error}", error)
        make_plugin(f"bad_{number}", head + harmful.hook(name, "fail()", arguments.rstrip(")")))
    host = load()
    request = GenerationRequest(settings=GenerationSettings(), document=new_document(8, 8))
    host.notify_started(request)
    host.notify_saved(request.document, Path("a.png"))
    assert [(state.status, state.failures) for state in host.states()] == [("enabled", 1)] * len(harmful.ERRORS)


def test_what_is_reported_reaches_the_window_as_plain_values(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    body = "\ndef fail(pixels, parameters, cancel, report):\n"
    for value in ("float('nan'), OddText('a')", "np.float32(2), 'half \\ud800'", "float('-inf'), 'b\\0'"):
        body += f"    report({value})\n"
    make_plugin("bad", with_all_specs(body + "    return pixels\n"))
    heard: list[tuple[float, str]] = []
    load().specs(FilterSpec)["bad"].run(PIXELS, {}, CancelToken(), lambda *values: heard.append(values))
    assert heard == [(0.0, "a"), (1.0, "half ?"), (0.0, "b")]
    assert {type(value) for pair in heard for value in pair} == {float, str}


@pytest.mark.parametrize("error", [KeyboardInterrupt, asyncio.CancelledError, GeneratorExit, SystemExit, Cancelled])
def test_what_a_scheduler_raises_while_the_engine_draws_fails_the_job_and_names_its_plugin(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost], error: type[BaseException]
) -> None:
    source = harmful.HEAD.replace("{error}", "arguments[0]").replace("def fail", "def step") + DRAWING
    make_plugin("bad", source)
    host = load()
    step: Any = sys.modules["shoreline_plugin_bad"].step

    with (
        pytest.raises(PluginError, match="The plugin Bad failed while the engine drew"),
        readable_errors("generating", CancelToken(), host.blame),
    ):
        step(error())


def test_what_the_engine_itself_raises_is_not_a_plugins_fault(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    make_plugin("bad", harmful.HEAD.replace("{error}", "LookupError") + DRAWING)
    host = load()
    with (
        pytest.raises(EngineError, match="Something failed while generating: SystemExit: 3"),
        readable_errors("generating", CancelToken(), host.blame),
    ):
        raise SystemExit(3)
    assert host.state("bad").failures == 0


DRAWING = """
def draw(context):
    job = DenoiseJob.from_settings(context.request.settings, width=64, height=64)
    return tuple(GeneratedImage(pixels=opaque(picture), seed=0) for picture in context.engine.denoise(job))

@hookimpl
def shoreline_tools():
    return [ToolSpec(id="draw", name="Draw", run=draw)]

@hookimpl
def shoreline_schedulers():
    return [SchedulerSpec(id="plain", name="Plain", factory=dict)]
"""
