"""A session with a worker that the test drives by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.document import new_document
from studio.session import Session
from studio.ui.style.theme import apply_theme
from tests.fake_worker import FakeWorker
from tests.ui.panels.panel_commands import Commands


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def session(worker: FakeWorker) -> Session:
    return Session(new_document(256, 192), worker)


@pytest.fixture
def commands(qtbot: QtBot, session: Session) -> Commands:
    window = QWidget()
    qtbot.addWidget(window)
    return Commands(session, window)


@pytest.fixture(autouse=True)
def themed(qapp: QApplication) -> Iterator[None]:
    """Panels are tested as they are seen; nothing may be left open afterwards."""
    apply_theme(qapp, "dark")
    yield
    qapp.processEvents()
