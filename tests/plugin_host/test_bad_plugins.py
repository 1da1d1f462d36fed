"""A broken plugin is switched off alone, with a reason that a person can act on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.plugin_host import PluginHost, PluginState

MakePlugin = Callable[..., Path]
StateOf = Callable[..., PluginState]
HEAD = """
from studio.api import AnimationSpec, ChoiceParameter, ColorParameter, FloatParameter, IntParameter, SchedulerSpec
from studio.api import ToolSpec, UpscalerSpec, hookimpl

@hookimpl
"""


@pytest.mark.parametrize(
    ("source", "status", "reason"),
    [
        ("import no_such_module_at_all\n", "failed", "ModuleNotFoundError: No module named 'no_such_module_at_all'"),
        ("def broken(:\n", "failed", "SyntaxError"),
        ("raise RuntimeError('out of luck')\n", "failed", "RuntimeError: out of luck"),
        ("import sys\nsys.exit(3)\n", "failed", "SystemExit: 3"),
        ("x = 1\n", "refused", "It implements no hook."),
        (HEAD + "def shoreline_scheduler():\n    return []\n", "refused", "Did you mean shoreline_schedulers?"),
        (HEAD + "def shoreline_qqqqqqqq():\n    return []\n", "refused", "There is no hook shoreline_qqqqqqqq."),
        (HEAD + "def tools():\n    return []\n", "refused", "There is no hook tools."),
        ("def shoreline_tools():\n    return []\n", "refused", "Put @hookimpl above it."),
        (HEAD + "def shoreline_tools(document):\n    return []\n", "refused", "has the argument 'document'"),
        (
            HEAD + "def shoreline_generation_started(*, request):\n    pass\n",
            "refused",
            "shoreline_generation_started takes (request)",
        ),
        (
            "from studio.api import hooks, hookimpl\n\n@hookimpl(wrapper=True)\ndef shoreline_tools():\n    yield\n",
            "refused",
            "is a hook wrapper",
        ),
        (HEAD + "def shoreline_tools():\n    pass\n", "refused", "must return a list of ToolSpec, not NoneType"),
        (HEAD + "def shoreline_tools():\n    return 'ab'\n", "refused", "must return a list of ToolSpec, not str"),
        (HEAD + "def shoreline_tools():\n    yield 1\n", "refused", "must return a list of ToolSpec, not generator"),
        (
            HEAD + "def shoreline_tools():\n    return [SchedulerSpec(id='a', name='A', factory=dict)]\n",
            "refused",
            "but has a SchedulerSpec",
        ),
        (
            HEAD + "def shoreline_schedulers():\n    return [SchedulerSpec(id='A b', name='A', factory=dict)]\n",
            "refused",
            "'A b' must be small letters",
        ),
        (
            HEAD + "def shoreline_schedulers():\n    return [SchedulerSpec(id='a', name=' ', factory=dict)]\n",
            "refused",
            "needs a name",
        ),
        (
            HEAD + "def shoreline_schedulers():\n    return [SchedulerSpec(id='a', name='A', factory=3)]\n",
            "refused",
            "must be a function",
        ),
        (
            HEAD + "def shoreline_schedulers():\n    return 2 * [SchedulerSpec(id='a', name='A', factory=dict)]\n",
            "refused",
            "adds the scheduler a twice",
        ),
        (
            HEAD
            + "def shoreline_upscalers():\n    return [UpscalerSpec(id='a', name='A', file_types='.pth', run=max)]\n",
            "refused",
            "tuple of endings",
        ),
        (
            HEAD + "def shoreline_tools():\n    return [ToolSpec(id='a', name='A', run=max, default_strength=2)]\n",
            "refused",
            "default_strength of the tool a must be from 0 to 1",
        ),
        (
            HEAD + "def shoreline_tools():\n    return [ToolSpec(id='a', name='A', run=max, parameters=[1])]\n",
            "refused",
            "must be a tuple",
        ),
        (
            HEAD + "def shoreline_tools():\n    return [ToolSpec(id='a', name='A', run=max, parameters=(1,))]\n",
            "refused",
            "has a int among its parameters",
        ),
        (
            HEAD
            + "def shoreline_tools():\n    n = IntParameter(id='n', label='N', default=9, minimum=0, maximum=5)\n"
            + "    return [ToolSpec(id='a', name='A', run=max, parameters=(n,))]\n",
            "refused",
            "N (n) cannot be 9",
        ),
        (
            HEAD
            + "def shoreline_tools():\n    n = IntParameter(id='n', label='N', default=1, minimum=0, maximum=5)\n"
            + "    return [ToolSpec(id='a', name='A', run=max, parameters=(n, n))]\n",
            "refused",
            "two parameters 'n'",
        ),
        (
            HEAD
            + "def shoreline_tools():\n    n = ColorParameter(id='n', label='N', default='red')\n"
            + "    return [ToolSpec(id='a', name='A', run=max, parameters=(n,))]\n",
            "refused",
            "N (n) cannot be",
        ),
        (
            HEAD
            + "def shoreline_tools():\n    n = ColorParameter("
            + "id='n', label='N', default='#ffffff', swatches=(('#ff', 'Odd'),))\n"
            + "    return [ToolSpec(id='a', name='A', run=max, parameters=(n,))]\n",
            "refused",
            "The swatches of n of the tool a must be",
        ),
        (
            HEAD
            + "def shoreline_tools():\n    n = ChoiceParameter("
            + "id='n', label='N', default='a', choices=(('a', 'A'),), hints=('B', 'C'))\n"
            + "    return [ToolSpec(id='a', name='A', run=max, parameters=(n,))]\n",
            "refused",
            "must be one for each choice",
        ),
        (
            HEAD
            + "def shoreline_tools():\n    n = FloatParameter("
            + "id='n', label='N', default=1, minimum=0, maximum=5, logarithmic=True)\n"
            + "    return [ToolSpec(id='a', name='A', run=max, parameters=(n,))]\n",
            "refused",
            "above 0, for it is logarithmic",
        ),
        (
            HEAD + "def shoreline_schedulers():\n"
            "    return [SchedulerSpec(id='still_aa_good', name='A', factory=dict)]\n",
            "refused",
            "which the plugin Aa_Good adds already",
        ),
    ],
)
def test_a_plugin_that_breaks_a_rule_is_off_and_says_why(
    state_of: StateOf, source: str, status: str, reason: str
) -> None:
    state = state_of(source)
    assert state.status == status
    assert reason in state.problem
    assert state.adds == ()
    assert "shoreline_plugin_bad" not in sys.modules


@pytest.mark.parametrize(
    "hook", ["shoreline_schedulers", "shoreline_tools", "shoreline_upscalers", "shoreline_animations"]
)
def test_each_declaring_hook_may_raise(state_of: StateOf, hook: str) -> None:
    state = state_of(HEAD + f"def {hook}():\n    raise KeyError('lost')\n")
    assert state.status == "failed"
    assert f"{hook} raised KeyError" in state.problem
    assert "plugin.py" in state.details, "the traceback tells the author where"


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        ({"api_version": "2"}, "needs plugin API 2; this Shoreline offers 1. Update Shoreline."),
        ({"api_version": "0"}, "was written for plugin API 0"),
        ({"api_version": '"1"'}, "api_version"),
        ({"version": ""}, "version is missing"),
        ({"modul": '"plugin"'}, "there is no key 'modul'"),
        ({"module": '"elsewhere"'}, "elsewhere.py is missing"),
        ({"module": '"../plugin"'}, "module"),
        ({"requires": '["numpy>=999"]'}, "It needs numpy>=999, but numpy"),
        ({"requires": '["numpy >>> 2"]'}, "is not understood"),
        ({"uses": '["camera"]'}, "uses"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(state_of: StateOf, manifest: dict[str, str], reason: str) -> None:
    source = "raise RuntimeError('must not be imported')" if "module" not in manifest else ""
    state = state_of(source, **manifest)
    assert state.status == "refused"
    assert reason in state.problem


@pytest.mark.parametrize(
    ("requires", "reason"),
    [
        ('["no-such-thing>=2"]', "The Python package no-such-thing>=2 is missing. Install it in the window"),
        ('["no-such-thing", "nor-this"]', "The Python packages no-such-thing, nor-this are missing. Install them in"),
    ],
)
def test_a_plugin_that_lacks_packages_breaks_no_rule(state_of: StateOf, requires: str, reason: str) -> None:
    state = state_of("raise RuntimeError('must not be imported')", requires=requires)
    assert state.status == "lacking"
    assert reason in state.problem


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe\x00", b"", b"# " + b"x" * 70_000])
def test_a_damaged_manifest_is_refused_under_the_folders_name(
    state_of: StateOf, make_plugin: Callable[..., Path], load: Callable[..., PluginHost], content: bytes
) -> None:
    good = make_plugin("good")
    folder = make_plugin("whatever", folder="damaged")
    (folder / "plugin.toml").write_bytes(content)
    host = load()
    assert host.state("damaged").status == "refused"
    assert "plugin.toml" in host.state("damaged").problem
    assert host.state("good").status == "enabled"
    assert host.state("good").path == good


def test_the_second_of_two_plugins_with_one_id_is_refused(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    first = make_plugin("twin", folder="a")
    make_plugin("twin", "raise RuntimeError('must not be imported')", folder="b")
    host = load()
    one, other = host.states()
    assert (one.status, other.status) == ("enabled", "refused")
    assert str(first) in other.problem
    assert "shoreline_plugin_twin" in sys.modules


def test_a_plugin_that_imports_torch_while_loading_is_refused(state_of: StateOf) -> None:
    real = sys.modules.pop("torch", None)
    try:
        state = state_of("import sys, types\nsys.modules['torch'] = types.ModuleType('torch')\n")
    finally:
        sys.modules.pop("torch", None)
        if real is not None:
            sys.modules["torch"] = real
    assert state.status == "refused"
    assert "imports torch while it is loaded" in state.problem


@pytest.mark.parametrize("by_the_plugin", [True, False])
def test_only_a_plugin_that_imports_torch_itself_is_blamed(
    state_of: StateOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_the_plugin: bool
) -> None:
    (tmp_path / "torch.py").write_text("x = 1\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    source = "import threading\n"
    if by_the_plugin:
        source += "import torch\n"
    else:  # as the window's worker does, which loads a model meanwhile
        source += "other = threading.Thread(target=__import__, args=('torch',))\nother.start()\nother.join()\n"
    try:
        state = state_of(source + HEAD + "def shoreline_tools():\n    return []\n")
    finally:
        sys.modules.pop("torch", None)
    assert state.status == ("refused" if by_the_plugin else "enabled")


def test_a_folder_that_may_not_be_entered_takes_no_other_plugin_along(
    make_plugin: MakePlugin, load: Callable[..., PluginHost], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_plugin("good")
    locked = make_plugin("locked")
    real = Path.stat

    def guarded(path: Path, **options: bool) -> os.stat_result:
        if locked in path.parents:  # not by permissions, which root does not heed
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, **options)

    monkeypatch.setattr(Path, "stat", guarded)
    host = load()
    assert host.state("good").status == "enabled"
    assert host.state("locked").status == "refused"
    assert "Permission denied" in host.state("locked").problem
