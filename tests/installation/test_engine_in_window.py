"""An installation belongs to the application: the whole window shows it, with its dialog closed."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.installation import activation, backends
from studio.installation.backends import Machine
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.background import engine_installation
from studio.ui.background.engine_installation import EngineInstallation
from tests.installation.conftest import Index, Workshop
from tests.ui.shell_fakes import FakePrompts, FakeRunner


@pytest.fixture
def prompts() -> FakePrompts:
    return FakePrompts()


@pytest.fixture
def studio(
    qtbot: QtBot, paths: Paths, prompts: FakePrompts, index: Index, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Studio]:
    """A window that finds no PyTorch."""
    monkeypatch.setattr(activation, "_in_environment", lambda _paths: False)
    monkeypatch.setattr(backends, "look_at_machine", lambda: Machine("linux-x86_64"))
    monkeypatch.setattr(engine_installation, "activate", lambda _paths: None)
    monkeypatch.setattr(engine_installation, "sys", SimpleNamespace(modules={}))  # other tests have loaded PyTorch
    store = SettingsStore(paths.config / "settings.json")
    store.update(language="en")
    made = build(paths, store, make_runner=FakeRunner, prompts=prompts)
    made.window.show()
    yield made
    index.hold.set()
    made.window.engine.stop()
    assert made.window.engine._background.join(20)
    assert made.shut_down(20)
    made.window.deleteLater()


def begin(qtbot: QtBot, studio: Studio, workshop: Workshop) -> EngineInstallation:
    """An installation that goes on until the index answers."""
    workshop.index.hold.clear()
    studio.window.engine.install(workshop.plan())
    qtbot.waitUntil(lambda: bool(workshop.index.asked), timeout=30_000)
    return studio.window.engine


def said(studio: Studio) -> list[str]:
    """What status bar, Generate panel and welcome page say about the engine."""
    window = studio.window
    window.welcome.show()
    return [
        window.statusBar().engine.button.text(),
        window.docks.generate.engine_notice.text(),
        window.welcome.page.engine.text(),
    ]


def test_without_an_engine_every_place_leads_to_it(studio: Studio) -> None:
    bar, panel, welcome = said(studio)
    assert bar == "No engine"
    assert panel == welcome
    assert "not installed" in panel
    assert studio.window.docks.generate.engine_notice.button.text() == "Install the engine…"
    assert studio.window.welcome.page.install.text() == "Install the engine…"
    studio.window.statusBar().engine.button.click()
    assert studio.window.services.shows_engine()
    studio.window.findChild(engine_page()).window().reject()


def test_what_runs_is_shown_everywhere_and_stopped_from_the_status_bar(
    qtbot: QtBot, studio: Studio, workshop: Workshop
) -> None:
    engine = begin(qtbot, studio, workshop)
    assert all(text.startswith("Installing the engine") for text in said(studio))
    assert studio.window.welcome.page.install.text() == "Show the Installation"
    with qtbot.waitSignal(engine.ended, timeout=10_000):
        studio.window.statusBar().engine.stop.click()
        assert all(text.startswith("Stopping the installation") for text in said(studio))
        assert not studio.window.statusBar().engine.stop.isEnabled()
    assert said(studio)[0] == "No engine"
    assert not studio.window.notices.texts(), "whoever stops it knows"


def test_its_end_is_told_in_the_window(qtbot: QtBot, studio: Studio, workshop: Workshop) -> None:
    engine = begin(qtbot, studio, workshop)
    with qtbot.waitSignal(engine.ended, timeout=60_000):
        workshop.index.hold.set()
    assert studio.window.notices.texts() == ["The engine is installed: Generate draws now."]
    bar, panel, welcome = said(studio)
    assert (bar, panel) == ("", "")
    assert "installed" in welcome
    assert studio.window.statusBar().engine.isHidden()


def test_its_failure_is_told_with_the_way_to_the_page(qtbot: QtBot, studio: Studio, workshop: Workshop) -> None:
    engine = begin(qtbot, studio, workshop)
    workshop.index.refuse = 403
    with qtbot.waitSignal(engine.ended, timeout=60_000):
        workshop.index.hold.set()
    (notice,) = studio.window.notices.notices()
    assert "refused" in notice.text()
    notice.buttons[0].click()
    page = studio.window.findChild(engine_page())
    assert "refused" in page.problem.text()
    page.window().reject()


def test_before_the_page_its_end_is_told_there_alone(qtbot: QtBot, studio: Studio, workshop: Workshop) -> None:
    engine = begin(qtbot, studio, workshop)
    studio.window.services.show_engine().reject()
    assert not studio.window.services.shows_engine()
    dialog = studio.window.services.show_engine()
    with qtbot.waitSignal(engine.ended, timeout=60_000):
        workshop.index.hold.set()
    assert not studio.window.notices.texts()
    dialog.reject()


@pytest.mark.parametrize("is_stopped", [False, True])
def test_closing_the_window_asks_about_what_runs(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, workshop: Workshop, is_stopped: bool
) -> None:
    engine = begin(qtbot, studio, workshop)
    prompts.stops_installing = is_stopped
    studio.window.close()
    assert prompts.asked == ["installing"]
    assert studio.window.closing.is_finished == is_stopped
    assert engine.status().is_stopping == is_stopped


def test_closing_the_window_asks_nothing_where_nothing_runs(studio: Studio, prompts: FakePrompts) -> None:
    studio.window.close()
    assert prompts.asked == []


def engine_page() -> type:
    from studio.ui.dialogs.engine_page import EnginePage

    return EnginePage
