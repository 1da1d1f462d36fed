"""A UTF-8 byte order mark, which editors on Windows write, is no part of the text in any file that we read."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engine.models.settings_files import read_json
from studio.files.animation.project import read_project
from studio.plugin_host import PluginHost
from studio.plugin_host.check import check_plugin
from studio.plugin_host.install import PluginInstaller
from studio.plugin_host.manifest import read_manifest
from studio.settings import SettingsStore
from studio.training.configuration import load_config

PROJECT = 'frames = 3\nwidth = 128\nheight = 128\nprompt = "森林"\n'
MANIFEST = 'id = "mark"\nname = "Märk"\nversion = "1.0"\napi_version = 1\nauthor = "A"\ndescription = "d"\n'
SOURCE = "from studio.api import hookimpl\n\n@hookimpl\ndef shoreline_filters():\n    return []\n"


def marked(path: Path, text: str) -> Path:
    path.write_bytes(codecs.BOM_UTF8 + text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("plugin.toml", MANIFEST, lambda path: read_manifest(path).name == "Märk"),
        ("project.toml", PROJECT, lambda path: read_project(path).project.frames == 3),
        ("settings.json", '{"theme": "light"}', lambda path: SettingsStore(path).current.theme == "light"),
        ("model_index.json", '{"a": "é"}', lambda path: read_json(path) == {"a": "é"}),
        ("recipe.toml", "[data]\nseed = 20261123\n", lambda path: load_config(str(path)) == load_config("cpu")),
    ],
)
def test_a_file_with_a_mark_is_read(tmp_path: Path, name: str, text: str, read: Callable[[Path], bool]) -> None:
    assert read(marked(tmp_path / name, text))


def test_settings_with_a_mark_are_not_set_aside(tmp_path: Path) -> None:
    path = marked(tmp_path / "settings.json", json.dumps({"language": "zh_CN"}))
    assert SettingsStore(path).problem == ""
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


def test_a_plugin_whose_files_have_marks_is_checked_and_installed(tmp_path: Path) -> None:
    folder = tmp_path / "mark"
    folder.mkdir()
    marked(folder / "plugin.toml", MANIFEST)
    marked(folder / "plugin.py", SOURCE)
    report = check_plugin(folder, PluginHost())
    assert not report.has_errors, report.findings
    assert PluginInstaller(PluginHost(), tmp_path / "plugins").install(folder).status == "enabled"
