"""A field for what a track holds: a number or formula, a prompt, or a seed. What cannot be taken stays, marked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from studio.editing.animation import KeyValue, Track, parsed_value, value_text
from studio.errors import SettingError
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.styled import set_styled


class ValueField(QLineEdit):
    """Return or leaving the field takes what was typed; Escape takes it back.

    Signals: ``value_given(KeyValue)`` by the user; ``problem_changed(str)``, empty once there is none; ``entered()``;
    ``left()`` when the person is done here.
    """

    value_given = Signal(object)
    problem_changed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._track: Track | None = None
        self._shown = ""
        self._problem = ""
        self.textEdited.connect(self._check)

    @property
    def problem(self) -> str:
        """Why what stands here cannot be taken; empty when it can."""
        return self._problem

    def show_value(self, track: Track, value: KeyValue | None) -> None:
        """Show a value, ``None`` for none. What is being typed, or cannot be taken yet, stays."""
        self._track = track
        text = "" if value is None else value_text(value)
        if text == self._shown and self.text() != text:
            return
        if self._problem and self.hasFocus():
            return
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)
        self._say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._shown)
            self._say("")
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._take():
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self._take():
            self.left.emit()

    def _take(self) -> bool:
        """Hand on what was typed, if it can be."""
        if self._track is None or self.text() == self._shown:
            return True
        try:
            value = parsed_value(self._track, self.text())
        except SettingError as error:
            self._say(error_text(error))
            return False
        self._say("")
        self._shown = self.text()
        self.value_given.emit(value)
        return True

    def _check(self) -> None:
        """While typing, only take a complaint back: half a formula is no mistake yet."""
        if self._problem and self._track is not None:
            try:
                parsed_value(self._track, self.text())
            except SettingError as error:
                self._say(error_text(error))
            else:
                self._say("")

    def _say(self, problem: str) -> None:
        if problem == self._problem:
            return
        self._problem = problem
        self.mark(bool(problem))
        self.problem_changed.emit(problem)

    def mark(self, is_wrong: bool) -> None:
        """Draw the field's border as that of something wrong, or as usual."""
        set_styled(self, "invalid", is_wrong)
