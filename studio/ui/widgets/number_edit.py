"""A narrow box for a whole number, without arrow buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.number_boxes import nearest_whole, typed_number
from studio.ui.widgets.wheel_guard import guard_wheel


class NumberEdit(QLineEdit):
    """A number in ``minimum``..``maximum``; Up, Down and the wheel change it by ``step``.

    Signals: ``value_changed(int)``; ``corrected(str)`` with what was typed when another number had to be taken for it.
    While a number is being typed that is out of range, the last good one counts.
    """

    value_changed = Signal(int)
    corrected = Signal(str)

    def __init__(self, minimum: int, maximum: int, step: int, parent: QWidget | None = None) -> None:
        super().__init__(str(minimum), parent)
        self._minimum, self._maximum, self._step = minimum, maximum, step
        self._value = minimum
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        guard_wheel(self)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._tidy)

    def value(self) -> int:
        return self._value

    @property
    def is_taken(self) -> bool:
        """Whether the text is the value, and not something that cannot be one."""
        return typed_number(self.text()) == self._value

    def set_value(self, value: int) -> None:
        """Show ``value`` (clipped to the range); emits `value_changed` if it is another one."""
        clipped = min(self._maximum, max(self._minimum, value))
        changed = clipped != self._value
        self._value = clipped
        self.setText(str(clipped))
        if changed:
            self.value_changed.emit(clipped)

    def minimumSizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(str(self._maximum)) + 4 * GRID
        return QSize(width, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 8, Qt.Key.Key_PageDown: -8}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            self.set_value(self._value + step * self._step)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.set_value(self._value + (1 if event.angleDelta().y() > 0 else -1) * self._step)
        event.accept()

    def _typed(self, text: str) -> None:
        number = typed_number(text)
        if number is None or number != nearest_whole(number):
            return
        if self._minimum <= number <= self._maximum and number != self._value:
            self._value = nearest_whole(number)
            self.value_changed.emit(self._value)

    def _tidy(self) -> None:
        text, is_taken = self.text().strip(), self.is_taken
        number = typed_number(text)
        self.set_value(self._value if number is None else nearest_whole(number))
        if text and not is_taken:
            self.corrected.emit(text)
