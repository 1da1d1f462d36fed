"""Application settings persist, and a damaged file costs nothing but the settings in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from studio.errors import FileError
from studio.settings import MAX_RECENT, AppSettings, BrushSettings, SettingsStore


def test_settings_come_back(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "config" / "settings.json")
    store.update(theme="light", brushes={"brush": BrushSettings(diameter=50)})
    again = SettingsStore(tmp_path / "config" / "settings.json")
    assert again.current.theme == "light"
    assert again.current.brushes["brush"].diameter == 50


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
    with pytest.raises(ValidationError):
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
