"""The whole application in one process: the real window, plugins, engine and starter model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.document import Pixels
from studio.paths import Paths
from studio.raster.compose import compose
from studio.session import Job
from studio.ui.dialogs.prompts import SaveChoice

JOB_MS = 120_000
LOAD_MS = 120_000
Point = tuple[float, float]


@dataclass
class Painter:
    """A person at the window: keys, mouse and eyes."""

    studio: Studio
    qtbot: QtBot

    def wait(self, condition, timeout: int = 20_000) -> None:
        self.qtbot.waitUntil(condition, timeout=timeout)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.studio.window.canvas.setFocus()
        QTest.keyClick(self.studio.window.canvas, key, modifiers)

    def control(self, key: Qt.Key) -> None:
        self.key(key, Qt.KeyboardModifier.ControlModifier)

    def drag(self, *points: Point) -> None:
        canvas = self.studio.window.canvas
        places = [canvas.view_transform().to_view(QPointF(*point)).toPoint() for point in points]
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[-1])

    def use(self, tool_id: str) -> None:
        self.studio.window.actions_by_id[f"tool.{tool_id}"].trigger()

    def type_prompt(self, text: str) -> None:
        self.studio.window.docks.generate.prompt.prompt.setPlainText(text)

    def choose_generation(self, tool_name: str) -> None:
        """Click the tool's button in the Generate panel."""
        selector = self.studio.window.docks.generate.tool
        button = _button(selector, tool_name)
        if button is not None and button.isVisible():
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            return
        row = selector.combo.findText(tool_name)
        assert row >= 0, f"{tool_name} is not offered"
        selector.combo.setCurrentIndex(row)
        selector.combo.activated.emit(row)

    def generate(self) -> Job:
        """Ctrl+Return, and wait until the queue is empty."""
        session, before = self.studio.session, len(self.studio.session.queue.jobs)
        self.studio.window.actions_by_id["generate.start"].trigger()
        assert len(session.queue.jobs) > before, "the request was refused"
        self.wait(lambda: all(job.is_over for job in session.queue.jobs), JOB_MS)
        return session.queue.jobs[-1]

    def apply(self) -> None:
        """Look at the newest result and make it a layer."""
        for command in ("results.look", "results.apply"):
            action = self.studio.window.actions_by_id[command]
            if command == "results.apply" or not action.isChecked():
                action.trigger()

    def sees(self) -> Pixels:
        """The composed picture, uint8 (h, w, 4)."""
        return compose(self.studio.session.document)


def _button(parent: QWidget, text: str) -> QAbstractButton | None:
    return next((button for button in parent.findChildren(QAbstractButton) if button.text() == text), None)


class TemporaryPrompts:
    """Answers every question without a dialog; files go to one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open_paths(self, title: str, folder: Path, filters: str, answer: Callable[[list[Path]], None]) -> None:
        answer([])

    def save_path(
        self, title: str, suggestion: Path, filters: str, suffix: str, answer: Callable[[Path | None], None]
    ) -> None:
        answer((self._folder / suggestion.name).with_suffix(f".{suffix.lstrip('.')}"))

    def unsaved_changes(self, name: str, answer: Callable[[SaveChoice], None]) -> None:
        answer(SaveChoice.DISCARD)

    def several_unsaved(self, names: list[str], answer: Callable[[frozenset[int] | None], None]) -> None:
        answer(frozenset())


@pytest.fixture
def painter(qtbot: QtBot, paths: Paths, tmp_path: Path) -> Iterator[Painter]:
    """A person at a fresh window with the real plugins, engine and model."""
    (tmp_path / "pictures").mkdir()
    studio = build(paths, prompts=TemporaryPrompts(tmp_path / "pictures"))
    studio.window.resize(1280, 800)
    studio.window.show()
    qtbot.waitExposed(studio.window)
    studio.start()
    person = Painter(studio, qtbot)
    person.wait(lambda: studio.runner.join(0) and bool(studio.catalogue.tools()), LOAD_MS)
    QCoreApplication.processEvents()  # the window is told of its plugins
    yield person
    assert studio.shut_down(), "the worker did not end"
    studio.window.recovery.close()
    studio.window.deleteLater()
