"""What the window said can be read again in the log file, and prompts that were asked for come back."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.errors import FileError
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.window.fault_reports import FaultReports
from tests.ui.shell_fakes import FakeRunner


@pytest.fixture
def log(studio: Studio, paths: Paths) -> Iterator[Callable[[], str]]:
    """Reads what is in the log file by now."""
    reports = FaultReports(paths.logs, studio.window)
    reports.install()
    yield lambda: reports.path.read_text("utf-8") if reports.path.exists() else ""
    reports.remove()
    assert logging.getLogger("studio").level == logging.NOTSET


def test_notices_remarks_and_errors_are_in_the_log(studio: Studio, log: Callable[[], str]) -> None:
    notices = studio.window.notices
    notices.show_notice("Recover it?", "warning")
    notices.show_remark("Exported to caf\udce9.png.")
    notices.show_error(FileError("beach.ora could not be saved:\ndisk full.", "Free some space."))
    studio.window.canvas.message.emit("The layer is locked.")
    for line in (
        "warning: Recover it?",
        "info: Exported to caf\\udce9.png.",
        "error: beach.ora could not be saved: disk full. Free some space.",
        "info: The layer is locked.",
    ):
        assert line in log()


def test_the_status_bar_is_in_the_log_without_its_countdown(studio: Studio, log: Callable[[], str]) -> None:
    bar = studio.window._status()
    for step in range(1, 20):
        bar.show_work(f"Step {step} of 20", step / 20)
    bar.show_work("Failed")
    bar.show_saved("beach.ora")
    assert log().count("Step") == 1
    assert "status: Failed" in log()
    assert "status: Saved beach.ora" in log()


def test_what_panels_say_at_their_controls_is_in_the_log(studio: Studio, log: Callable[[], str]) -> None:
    studio.window.docks.generate.generate()
    shown = studio.window.docks.generate.notice.text()
    assert shown
    assert shown in log()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps them apart by itself")
def test_the_log_belongs_to_the_person(studio: Studio, log: Callable[[], str], paths: Paths) -> None:
    studio.window.notices.show_notice("Hello.")
    assert "Hello." in log()
    assert paths.logs.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in paths.logs.iterdir()} == {0o600}


def test_prompts_that_were_asked_for_are_there_after_a_restart(studio: Studio, paths: Paths, qtbot: QtBot) -> None:
    generate = studio.window.docks.generate
    assert generate.loras.adds_words
    generate.loras.set_adds_words(False)
    for text in ("a beach", "美丽的海滩"):
        generate.prompt.prompt.set_text(text)
        generate.generate()
    generate.prompt.prompt.set_text("never asked for")
    settings = paths.config / "settings.json"
    qtbot.waitUntil(lambda: settings.exists() and SettingsStore(settings).current.prompts == ("a beach", "美丽的海滩"))
    again = build(paths, make_runner=FakeRunner)
    try:
        section = again.window.docks.generate.prompt
        assert not again.window.docks.generate.loras.adds_words, "nor is the switch for trigger words forgotten"
        assert section.prompt.remembered() == ("a beach", "美丽的海滩")
        assert section.earlier.isEnabled()
        section._fill_menu()
        assert [action.text() for action in section.menu.actions()][:2] == ["美丽的海滩", "a beach"]
        section.menu.actions()[-1].trigger()
        assert again.window.docks.saved_settings()["prompts"] == ()
        assert not section.earlier.isEnabled()
    finally:
        again.runner.load()
        assert again.shut_down(20)
        again.window.recovery.close()
        again.window.deleteLater()


def test_settings_are_saved_while_changes_go_on(studio: Studio, paths: Paths, qtbot: QtBot) -> None:
    settings = paths.config / "settings.json"
    prompt = studio.window.docks.generate.prompt.prompt
    for _ in range(200):
        prompt.insertPlainText("word ")
        qtbot.wait(20)
        if "prompt" in SettingsStore(settings).current.generation:
            break
    assert SettingsStore(settings).current.generation["prompt"].startswith("word ")
