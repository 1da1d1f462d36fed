"""Preferences > Engine, with tiny engines from an index on this machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from studio.generation import CancelToken
from studio.installation import activation, backends
from studio.installation.backends import Machine, known_backends
from studio.installation.installing import EnginePlan, install_engine
from studio.installation.store import EngineStore
from studio.paths import Paths, default_paths
from studio.settings import SettingsStore
from studio.system.parts import OPTIONAL
from studio.ui.background import engine_installation
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.dialogs import engine_page
from studio.ui.dialogs.engine_page import EnginePage
from studio.ui.widgets import engine_texts
from tests.installation.conftest import Index, Workshop


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(
        resources=default_paths().resources,
        plugins=tmp_path / "plugins",
        config=tmp_path / "config",
        data=tmp_path,
        cache=tmp_path / "cache",
    )


@pytest.fixture
def installation(
    qtbot: QtBot, paths: Paths, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> Iterator[EngineInstallation]:
    """One that finds no PyTorch, and whose plans are for a tiny engine."""
    monkeypatch.setattr(activation, "_in_environment", lambda _paths: False)
    monkeypatch.setattr(backends, "look_at_machine", lambda: Machine("linux-x86_64"))
    monkeypatch.setattr(engine_installation, "activate", lambda _paths: None)
    monkeypatch.setattr(engine_installation, "sys", SimpleNamespace(modules={}))  # other tests have loaded PyTorch
    made = EngineInstallation(paths)
    monkeypatch.setattr(made, "plan", lambda _backend: workshop.plan())
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot, installation: EngineInstallation, paths: Paths) -> EnginePage:
    made = EnginePage(installation, SettingsStore(paths.config / "settings.json"))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.backend.count() > 0)
    return made


def test_an_engine_is_installed_and_removed(qtbot: QtBot, page: EnginePage, installation: EngineInstallation) -> None:
    assert "not installed yet" in page.state.text()
    assert page.backend.currentText() == "Processor only (recommended)"
    with qtbot.waitSignals([installation.drawable, installation.ended], timeout=60_000):
        page.install.click()
        assert page.install.isHidden()
        assert page.stop.isVisible()
        assert page.progress.isVisible()
    assert page.engines.topLevelItemCount() == 1
    assert "Processor only" in page.state.text()
    current = installation.current()
    assert current is not None
    lacking = [use for name, use in OPTIONAL.items() if name not in current.manifest.parts]
    assert engine_page.lacking_uses(current.manifest.parts) == list(dict.fromkeys(lacking))
    assert ("Not with it" in page.state.text()) == bool(lacking)
    assert engine_page.lacking_uses(dict.fromkeys(OPTIONAL, "1.0")) == []
    assert engine_page.lacking_uses({"peft": "1.0", "av": "1.0", "gguf": "1.0"}) == ["enlarging with networks"]
    assert installation.can_draw()
    with qtbot.waitSignal(installation.ended, timeout=10_000):
        page.remove.click()
    assert page.engines.topLevelItemCount() == 0
    assert not installation.can_draw()


def test_an_engine_beside_the_one_that_has_drawn_waits_for_the_next_start(
    page: EnginePage,
    installation: EngineInstallation,
    paths: Paths,
    workshop: Workshop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install_engine(EngineStore(paths.engines), workshop.plan(), lambda _: None, CancelToken())
    loaded = SimpleNamespace(__file__="/somewhere/else/torch/__init__.py")
    monkeypatch.setattr(engine_installation, "sys", SimpleNamespace(modules={"torch": loaded}))
    installation.changed.emit()
    assert "from the next start on" in page.state.text()


def test_cancel_says_that_it_can_go_on(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation, index: Index
) -> None:
    index.hold.clear()
    page.install.click()
    qtbot.waitUntil(lambda: bool(index.asked), timeout=30_000)
    with qtbot.waitSignal(installation.ended, timeout=10_000):
        page.stop.click()
        assert page.status.text() == "Stopping the installation…"
        assert not page.stop.isEnabled()
    assert page.status.text().startswith("Stopped.")
    assert page.install.isVisible()
    assert page.problem.isHidden()


def test_a_failure_is_said_and_can_be_tried_again(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation, index: Index
) -> None:
    index.refuse = 403
    with qtbot.waitSignal(installation.ended, timeout=60_000):
        page.install.click()
    assert "refused" in page.problem.text()
    assert page.install.isEnabled()
    page.source.kind.setCurrentIndex(page.source.kind.findData("wheels"))
    assert page.problem.isHidden(), "another source is chosen"


def test_a_closed_page_leaves_the_installation_running(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation
) -> None:
    page.install.click()
    with qtbot.waitSignal(installation.ended, timeout=60_000):
        page.close()
    assert installation.current() is not None


def test_going_back_is_offered_once_there_are_two(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation, paths: Paths, workshop: Workshop
) -> None:
    store = EngineStore(paths.engines)
    for version in ("1.0", "2.0"):
        install_engine(store, workshop.plan(version), lambda _: None, CancelToken())
    installation.changed.emit()
    assert page.engines.topLevelItemCount() == 2
    before = installation.previous()
    with qtbot.waitSignal(installation.ended, timeout=10_000):
        page.back.click()
    assert installation.current() == before


def test_a_folder_of_wheels_must_be_named(page: EnginePage, tmp_path: Path) -> None:
    choose_folder(page, None)
    assert not page.install.isEnabled()
    choose_folder(page, tmp_path)
    assert page.install.isEnabled()
    plan: EnginePlan = page.source.put_into(page._installation.plan(page.backend.currentData()))
    assert plan.wheels == tmp_path


def test_the_last_source_is_offered_again(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation, paths: Paths, tmp_path: Path
) -> None:
    folder = tmp_path / "some wheels"
    folder.mkdir()
    choose_folder(page, folder)
    again = EnginePage(installation, SettingsStore(paths.config / "settings.json"))
    qtbot.addWidget(again)
    assert (again.source.kind.currentData(), again.source.place.text()) == ("wheels", str(folder))
    assert again.source.first_folder() == folder
    folder.rmdir()
    assert again.source.first_folder() == tmp_path
    again.source.kind.setCurrentIndex(again.source.kind.findData("mirror"))
    assert again.source.place.text() == "", "an address is no folder"


def test_a_page_that_is_opened_meanwhile_shows_what_runs(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation, paths: Paths, index: Index
) -> None:
    index.hold.clear()
    page.source.kind.setCurrentIndex(page.source.kind.findData("mirror"))
    page.source.place.setText(index.address)
    page.install.click()
    again = EnginePage(installation, SettingsStore(paths.config / "other.json"))
    qtbot.addWidget(again)
    again.show()
    assert (again.source.kind.currentData(), again.source.place.text()) == ("mirror", index.address)
    assert again.backend.currentText() == page.backend.currentText() != ""
    assert not again.backend.isEnabled()
    assert again.stop.isVisible()
    assert again.status.text().startswith("Installing the engine")
    with qtbot.waitSignal(installation.ended, timeout=10_000):
        again.stop.click()


def test_the_machine_is_looked_at_while_an_installation_runs(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation, index: Index
) -> None:
    index.hold.clear()
    page.install.click()
    with qtbot.waitSignal(installation.offered, timeout=10_000):
        installation.look()
    with qtbot.waitSignal(installation.ended, timeout=10_000):
        installation.cancel()


def test_a_looked_up_offer_leaves_the_choice_alone(
    qtbot: QtBot, page: EnginePage, installation: EngineInstallation
) -> None:
    page.backend.setCurrentIndex(page.backend.count() - 1)
    chosen = page.backend.currentText()
    with qtbot.waitSignal(installation.offered, timeout=10_000):
        installation.look()
    assert page.backend.currentText() == chosen


def test_a_broken_engine_can_be_repaired_from_its_page(
    page: EnginePage, installation: EngineInstallation, paths: Paths, workshop: Workshop
) -> None:
    engine = install_engine(EngineStore(paths.engines), workshop.plan(), lambda _: None, CancelToken())
    shutil.rmtree(engine.libraries)
    installation.changed.emit()
    assert "cannot be used" in page.state.text()
    assert page.repair.isEnabled()


def choose_folder(page: EnginePage, folder: Path | None) -> None:
    page.source.kind.setCurrentIndex(page.source.kind.findData("wheels"))
    page.source.take_folder(folder)


def test_with_pytorch_in_the_environment_nothing_is_offered(
    qtbot: QtBot, paths: Paths, installation: EngineInstallation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activation, "_in_environment", lambda _paths: True)
    page = EnginePage(installation, SettingsStore(paths.config / "settings.json"))
    qtbot.addWidget(page)
    page.show()
    assert "no engine is needed" in page.state.text()
    assert not page.install.isVisible()
    qtbot.waitUntil(lambda: page.backend.count() > 0)


def test_all_names_and_reasons_can_be_translated(paths: Paths) -> None:
    systems = ("linux-x86_64", "linux-aarch64", "win32-x86_64", "darwin-arm64")
    names = {backend.name for system in systems for backend in known_backends(paths.engine_resources, system)}
    reasons = {backends.NO_CARD, backends.FITS, backends.FITS_DRIVER, backends.NO_BUILD, backends.OLD_DRIVER}
    assert names | reasons | set(OPTIONAL.values()) == set(engine_texts._TEXTS)
