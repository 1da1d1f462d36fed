"""`check_plugin` and new plugins from the template."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.api import FilterSpec
from studio.errors import FileError, PluginError
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host.check import CheckReport, Finding, check_plugin
from studio.plugin_host.scaffold import new_plugin, plugin_id_of

MakePlugin = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]
HEAD = """
from studio.api import FilterSpec, IntParameter, ToolSpec, UpscalerSpec, AnimationSpec, hookimpl
"""


@pytest.fixture
def host(bundled: Path) -> PluginHost:
    return PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False)


def worst(report: CheckReport) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity != "good"]


@pytest.mark.parametrize("name", ["text_to_image", "img2img", "inpaint", "filters"])
def test_the_bundled_plugins_pass_their_own_check(bundled: Path, name: str) -> None:
    report = check_plugin(bundled / name, PluginHost.load([], entry_points=False))
    assert worst(report) == []
    assert {finding.step for finding in report.findings} >= {"manifest", "source", "import", "hooks", "dry run"}


def test_a_new_plugin_passes_its_check_and_its_own_test(bundled: Path, host: PluginHost, tmp_path: Path) -> None:
    folder = new_plugin("Film grain 2", tmp_path, bundled)
    assert folder == tmp_path / "film_grain_2"
    report = check_plugin(folder, host)
    assert worst(report) == []
    assert report.plugin_id == "film_grain_2"
    assert "filter film_grain_2: it works." in [finding.message for finding in report.findings]
    assert host.specs(FilterSpec)["film_grain_2"].name == "Film grain 2"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_a_name_with_quotes_makes_a_plugin_that_loads(bundled: Path, host: PluginHost, tmp_path: Path) -> None:
    folder = new_plugin('Ada\'s "own" \\ 滤镜', tmp_path, bundled)
    assert not check_plugin(folder, host).has_errors
    assert host.state("ada_s_own").name == 'Ada\'s "own" \\ 滤镜'


@pytest.mark.parametrize("name", ["", "9 lives", "滤镜", "x", "a" * 70, "Template"])
def test_a_name_without_an_id_is_refused(name: str) -> None:
    with pytest.raises(PluginError):
        plugin_id_of(name)


def test_what_is_there_is_not_written_over(bundled: Path, tmp_path: Path) -> None:
    new_plugin("Grain", tmp_path, bundled)
    (tmp_path / "grain" / "plugin.py").write_text("mine")
    with pytest.raises(FileError, match="is there already"):
        new_plugin("Grain", tmp_path, bundled)
    assert (tmp_path / "grain" / "plugin.py").read_text() == "mine"


def test_the_template_itself_is_not_loaded(host: PluginHost) -> None:
    assert "template" not in [state.id for state in host.states()]


@pytest.mark.parametrize(
    ("source", "manifest", "step", "severity", "words"),
    [
        ("", {"api_version": "2"}, "manifest", "error", "needs plugin API 2"),
        ("", {"version": ""}, "manifest", "error", "version is missing"),
        ("", {"id": '"inpaint"'}, "manifest", "error", "plugin with the id inpaint already"),
        ("def broken(:\n", {}, "source", "error", "plugin.py cannot be read as Python"),
        ("import studio.session\n", {}, "source", "error", "plugin.py:1 imports studio.session"),
        ("from studio import files\n", {}, "source", "error", "plugin.py:1 imports studio.files"),
        ("", {"module": '"other"'}, "import", "error", "other.py is missing"),
        ("", {"requires": '["no-such-package"]'}, "manifest", "error", "no-such-package is missing"),
        ("", {"needs": '["nobody"]'}, "manifest", "error", "needs the plugin nobody"),
        (HEAD + "@hookimpl\ndef shoreline_tools():\n    raise OSError('is missing')\n", {}, "hooks", "error", "OSE"),
        ("raise KeyError('lost')\n", {}, "import", "error", "KeyError: 'lost'"),
        ("x = 1\n", {}, "hooks", "error", "implements no hook"),
        (HEAD + "import cv2\n@hookimpl\ndef shoreline_filters():\n    return []\n", {}, "source", "warning", "cv2"),
        (
            HEAD + "def f():\n    import torch\n@hookimpl\ndef shoreline_filters():\n    return []\n",
            {},
            "source",
            "warning",
            "plugin.py:4 imports torch",
        ),
        (
            HEAD + "import urllib.request\n@hookimpl\ndef shoreline_filters():\n    return []\n",
            {},
            "source",
            "warning",
            "does not ask for 'network'",
        ),
        (
            HEAD
            + "@hookimpl\ndef shoreline_filters():\n"
            + "    return [FilterSpec(id='f', name='F', run=lambda p, v, c, r: p[:1])]\n",
            {},
            "dry run",
            "error",
            "run must return uint8 (48, 64, 4), not uint8 (1, 64, 4)",
        ),
        (
            HEAD
            + "@hookimpl\ndef shoreline_filters():\n"
            + "    return [FilterSpec(id='f', name='F', run=lambda p, v, c, r: p)]\n",
            {},
            "dry run",
            "warning",
            "never looks at the cancel token",
        ),
        (
            HEAD
            + "@hookimpl\ndef shoreline_filters():\n"
            + "    n = IntParameter(id='n', label=' ', default=1, minimum=1, maximum=1)\n"
            + "    return [FilterSpec(id='f', name='F', run=print, parameters=(n,))]\n",
            {},
            "parameters",
            "warning",
            "n has no label",
        ),
        (
            HEAD + "@hookimpl\ndef shoreline_tools():\n    return [ToolSpec(id='t', name='T', run=lambda c: 1 / 0)]\n",
            {},
            "dry run",
            "error",
            "ZeroDivisionError",
        ),
        (
            HEAD + "@hookimpl\ndef shoreline_generation_finished(result):\n    raise OSError('no disk')\n",
            {},
            "dry run",
            "error",
            "exception in an event",
        ),
    ],
)
def test_each_step_finds_what_is_wrong(
    make_plugin: MakePlugin,
    host: PluginHost,
    source: str,
    manifest: dict[str, str],
    step: str,
    severity: str,
    words: str,
) -> None:
    folder = make_plugin("mine", source, description='"Does things."', **manifest)
    report = check_plugin(folder, host)
    found = [item for item in worst(report) if item.step == step and item.severity == severity]
    assert any(words in item.message for item in found), worst(report)
    assert report.has_errors == any(item.severity == "error" for item in worst(report))


def test_a_dry_run_that_fails_shows_where(make_plugin: MakePlugin, host: PluginHost) -> None:
    source = HEAD + "def boom(context):\n    raise LookupError('gone')\n"
    source += "@hookimpl\ndef shoreline_tools():\n    return [ToolSpec(id='t', name='T', run=boom)]\n"
    report = check_plugin(make_plugin("mine", source, description='"x"'), host)
    (finding,) = worst(report)
    assert "in boom" in finding.details


def test_an_installed_plugin_can_be_checked_again(make_plugin: MakePlugin, load: Callable[..., PluginHost]) -> None:
    source = HEAD + "@hookimpl\ndef shoreline_filters():\n    return []\n"
    folder = make_plugin("mine", source, description='"x"')
    host = load()
    assert not check_plugin(folder, host).has_errors
    assert [state.id for state in host.states()] == ["mine"]
