"""What happened, with a way on, in a bar over the top of the picture that stops nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.errors import ShorelineError
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import without_state
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.icon_label import IconLabel
from studio.ui.widgets.readable import message_text, sentences
from studio.ui.widgets.said import log_said

Kind = Literal["info", "warning", "error"]

MAX_NOTICES = 3
"""Older notices make room for newer ones, but for those that ask something."""
REMARK_MS = 10_000
"""How long a remark stays."""
MAX_WIDTH = 180 * GRID
"""Wider lines are hard to read, and more of the picture stays free."""

LEAST_WIDTH = 60 * GRID
_READABLE_WIDTH = 80 * GRID
"""What a text needs beside buttons."""


@dataclass(frozen=True)
class NoticeAction:
    """A button of a notice; pressing it also closes the notice."""

    label: str
    run: Callable[[], object]


class NoticeBar(QWidget):
    """Holds a few notices, the newest on top. Each stays until it is closed, answered or replaced; remarks do not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(MAX_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(GRID)
        self.hide()

    def show_notice(
        self, text: str, kind: Kind = "info", actions: tuple[NoticeAction, ...] = (), key: str = ""
    ) -> None:
        """Show a notice. With a ``key`` it replaces an earlier one of that key."""
        log_said(text, kind)
        for notice in self.notices():
            if (key and notice.key == key) or notice.text() == text:
                self._drop(notice)
        notice = _Notice(text, kind, actions, key, self)
        notice.closed.clicked.connect(lambda: self._drop(notice))
        for button in notice.buttons:
            button.clicked.connect(lambda: self._drop(notice))
        self._column.insertWidget(0, notice)
        self._make_room()
        self.raise_()
        self.show()

    def _make_room(self) -> None:
        """Drop the oldest beyond `MAX_NOTICES`; the newest stays, and so do those that ask something."""
        surplus = max(0, len(self.notices()) - MAX_NOTICES)
        for old in [notice for notice in reversed(self.notices()[1:]) if not notice.buttons][:surplus]:
            self._drop(old)

    def show_remark(self, text: str, key: str = "") -> None:
        """Show what needs no answer and loses nothing when it is missed; it goes by itself after `REMARK_MS`."""
        self.show_notice(text, key=key)
        notice = self.notices()[0]
        timer = QTimer(notice)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._drop(notice))
        timer.start(REMARK_MS)

    def show_error(self, error: Exception, key: str = "") -> None:
        """Show what a person can know about an error: its message and its advice."""
        self.show_notice(error_text(error), "error", key=key)

    def notices(self) -> list[_Notice]:
        """What is shown, newest first."""
        items = (self._column.itemAt(index) for index in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, _Notice)]

    def texts(self) -> list[str]:
        """The texts that are shown, newest first."""
        return [notice.text() for notice in self.notices()]

    def clear(self, key: str) -> None:
        """Take back the notice with this key, if it is there."""
        for notice in self.notices():
            if notice.key == key:
                self._drop(notice)

    def _drop(self, notice: _Notice) -> None:
        self._column.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        if not self.notices():
            self.hide()


class _Notice(QFrame):
    def __init__(self, text: str, kind: Kind, actions: tuple[NoticeAction, ...], key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.setProperty("role", "notice")
        self.setProperty("kind", kind)
        self.label = QLabel(text)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.closed = QToolButton()
        self.closed.setIcon(icon("close"))
        self.closed.setAccessibleName(self.tr("Close this message"))
        self.closed.setToolTip(self.tr("Close this message"))
        self.buttons = [self._button(action) for action in actions]
        self._lay_out(kind)

    def text(self) -> str:
        return self.label.text()

    def _button(self, action: NoticeAction) -> QPushButton:
        button = QPushButton(action.label)
        button.clicked.connect(without_state(action.run))
        return button

    def _lay_out(self, kind: Kind) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        sign = IconLabel(icon(kind, {"info": "accent", "warning": "warning", "error": "danger"}[kind]))
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(2 * GRID)
        self._words.addWidget(self.label, 1)
        if self.buttons:
            self._answers = QWidget()
            answers = FlowLayout(self._answers, 2 * GRID)
            for button in self.buttons:
                answers.addWidget(button)
            self._words.addWidget(self._answers)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(self._words, 1)
        row.addWidget(self.closed)

    def _place_answers(self) -> None:
        """Beside the text, or below it where the text would become a column of single words."""
        if not self.buttons:
            return
        line = sum(button.sizeHint().width() + 2 * GRID for button in self.buttons) - 2 * GRID
        is_narrow = self.width() < line + _READABLE_WIDTH
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._answers.setMinimumWidth(0 if is_narrow else line)
        self._words.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_answers()

    def minimumSizeHint(self) -> QSize:
        """Whatever it says, it does not keep the window wide."""
        return QSize(LEAST_WIDTH, super().minimumSizeHint().height())


def error_text(error: Exception, *, in_lines: bool = False) -> str:
    """The text for a person: a typed error's own words, translated if they are known, else what kind of failure it
    was. With ``in_lines`` what to do stands on a line of its own."""
    if isinstance(error, ShorelineError):
        texts = (message_text(error.message), message_text(error.advice))
        return "\n".join(filter(None, texts)) if in_lines else sentences(*texts)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
