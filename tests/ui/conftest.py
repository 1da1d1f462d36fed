"""A whole window with a generator that needs no model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.style.translation import install_language
from tests.ui.shell_fakes import FakePrompts, FakeRunner, wait_for_plugins


@pytest.fixture
def runner() -> FakeRunner:
    return FakeRunner()


@pytest.fixture
def prompts() -> FakePrompts:
    return FakePrompts()


@pytest.fixture
def studio(qtbot: QtBot, paths: Paths, runner: FakeRunner, prompts: FakePrompts) -> Iterator[Studio]:
    """Shown at 1280x800, with the bundled plugins and a running worker. Results become layers at once."""
    store = SettingsStore(paths.config / "settings.json")
    store.update(welcomed=True, results="layers")
    made = build(paths, store, make_runner=lambda: runner, prompts=prompts)
    made.window.resize(1280, 800)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.start()
    wait_for_plugins(made)
    yield made
    runner.release.set()
    runner.between.set()
    assert made.shut_down(20), "the worker did not end"
    made.window.recovery.close()
    made.window.deleteLater()


@pytest.fixture
def chinese(qtbot: QtBot, paths: Paths, qapp: QApplication) -> Iterator[Studio]:
    store = SettingsStore(paths.config / "settings.json")
    store.update(language="zh_CN")
    studio = build(paths, store, make_runner=FakeRunner)
    studio.runner.load()
    yield studio
    studio.shut_down()
    studio.window.deleteLater()
    install_language(qapp, "en", paths.resources)
