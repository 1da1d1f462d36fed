"""Application settings persist, and a damaged file costs nothing but the settings in it."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from studio.errors import FileError
from studio.settings import MAX_RECENT, AppSettings, SettingsStore
from studio.system.records import FieldError


def test_settings_come_back(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "config" / "settings.json")
    store.update(theme="light", tool_options={"brush": {"diameter": 50.0}})
    again = SettingsStore(tmp_path / "config" / "settings.json")
    assert again.current.theme == "light"
    assert again.current.tool_options == {"brush": {"diameter": 50.0}}


def test_brushes_that_a_version_before_kept_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    brush = {"diameter": 51.5, "hardness": 0.57, "opacity": 1.0, "flow": 0.3, "pressure_size": False}
    path.write_text(json.dumps({"theme": "light", "brushes": {"brush": brush, "odd": 3}}), encoding="utf-8")
    store = SettingsStore(path)
    assert store.problem == ""
    options = {"diameter": 51.5, "hardness": 57.0, "opacity": 100.0, "flow": 30.0, "pressure_size": False}
    assert store.current.tool_options == {"brush": options}
    store.update(tool_options={"brush": {"diameter": 5.0}})
    assert SettingsStore(path).current.tool_options == {"brush": {"diameter": 5.0}}, "the new ones count"


def test_a_damaged_file_is_set_aside_and_reported(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{not json", encoding="utf-8")
    store = SettingsStore(path)
    assert store.current == AppSettings()
    assert str(path) in store.problem
    assert path.with_suffix(".damaged.json").read_text(encoding="utf-8") == "{not json"


@pytest.mark.parametrize(
    ("text", "words"),
    [("[" * 100_000, "damaged"), ("\0\0", "damaged"), ('{"history_megabytes": 1}', "history_megabytes")],
)
def test_it_is_said_what_is_wrong_with_a_file(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, encoding="utf-8")
    store = SettingsStore(path)
    assert store.current == AppSettings()
    assert words in store.problem


def test_every_damaged_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for text in ("first", "second", "third"):
        path.write_text(text, encoding="utf-8")
        SettingsStore(path)
    kept = {file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert kept == {"first", "second", "third"}


def test_a_folder_that_cannot_be_written_is_named_and_the_change_counts_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way", encoding="utf-8")
    store = SettingsStore(tmp_path / "config" / "settings.json")
    with pytest.raises(FileError, match=r"settings\.json"):
        store.update(theme="light")
    assert store.current.theme == "light"


def test_a_value_out_of_range_is_refused_and_nothing_is_saved(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    with pytest.raises(FieldError):
        store.update(theme="purple")
    assert store.current.theme == "dark"
    assert not (tmp_path / "settings.json").exists()


def test_recent_files_are_unique_newest_first_and_bounded() -> None:
    settings = AppSettings()
    for number in range(20):
        settings = settings.with_recent(Path(f"{number}.ora"))
    settings = settings.with_recent(Path("15.ora"))
    assert settings.recent_files[0] == "15.ora"
    assert len(settings.recent_files) == MAX_RECENT
    assert len(set(settings.recent_files)) == MAX_RECENT


def test_names_that_are_no_unicode_are_kept_and_stop_no_later_save(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    store = SettingsStore(path)
    name = Path("/pictures/caf\udce9.png")
    store.update(recent_files=store.current.with_recent(name).recent_files, model_folders=("/models/\udcff",))
    store.update(theme="light", generation={"prompt": "美丽的海滩"})
    assert "美丽的海滩" in path.read_text(encoding="utf-8")
    again = SettingsStore(path)
    assert again.problem == ""
    assert again.current == store.current
    assert again.current.recent_files == (str(name),)


def test_a_value_of_a_plugin_that_cannot_be_written_stops_no_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    store = SettingsStore(path)
    store.update(panel_values={"plugin": {"odd": object(), (1, 2): 3, "good": 1.5}})
    store.update(theme="light")
    again = SettingsStore(path).current
    assert again.theme == "light"
    assert again.panel_values == {"plugin": {"odd": None, "good": 1.5}}


def test_what_a_killed_save_has_left_is_removed_at_the_next_start(tmp_path: Path) -> None:
    fresh, left = tmp_path / ".settings-fresh.json", tmp_path / ".settings-left.json"
    for path in (fresh, left):
        path.write_text("{")
    os.utime(left, (time.time() - 3600, time.time() - 3600))
    SettingsStore(tmp_path / "settings.json")
    assert (fresh.exists(), left.exists()) == (True, False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps them apart by itself")
def test_settings_belong_to_the_person_also_those_that_were_there(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir(mode=0o755)
    path = folder / "settings.json"
    path.write_text("{}")
    path.chmod(0o644)
    store = SettingsStore(path)
    assert (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)
    store.save()
    assert path.stat().st_mode & 0o777 == 0o600
