"""A row of joined buttons of which exactly one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.style.theme import GRID, Theme, current_theme

_RADIUS = 4.0
_ICON = 16


class _Segment(QAbstractButton):
    """One button of the row; the ends of the row are rounded. Signal: ``stepped(int)`` by an arrow key."""

    stepped = Signal(int)

    def __init__(self, value: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        self.is_first = False
        self.is_last = False
        self.setCheckable(True)
        # A click leaves the keys where they were: in the prompt or on the canvas.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) if self.text() else _ICON
        return QSize(width + 3 * GRID, max(7 * GRID, self.fontMetrics().height() + 2 * GRID))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._outline(), self._fill(theme))
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawPath(self._outline())
        painter.setPen(self._text_color(theme))
        if self.text():
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        else:
            mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
            box = QRect((self.width() - _ICON) // 2, (self.height() - _ICON) // 2, _ICON, _ICON)
            self.icon().paint(painter, box, Qt.AlignmentFlag.AlignCenter, mode)
        if self.hasFocus():
            painter.setPen(QPen(self._text_color(theme), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3.5, 3.5, -3.5, -3.5), 2, 2)

    def _fill(self, theme: Theme) -> QColor:
        if self.isChecked():
            fill = QColor(theme.accent) if self.text() else QColor(theme.selection)
            fill.setAlphaF(fill.alphaF() * (1.0 if self.isEnabled() else 0.4))
            return fill
        return QColor(theme.hover if self.underMouse() and self.isEnabled() else theme.raised)

    def _text_color(self, theme: Theme) -> QColor:
        if not self.isEnabled():
            return QColor(theme.text_disabled)
        return QColor(theme.on_accent if self.isChecked() and self.text() else theme.text)

    def _outline(self) -> QPainterPath:
        right = -0.5 if self.is_last else 0.5
        box = QRectF(self.rect()).adjusted(0.5, 0.5, right, -0.5)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(box, _RADIUS, _RADIUS)
        if not self.is_first:
            path.addRect(QRectF(box.left(), box.top(), _RADIUS * 2, box.height()))
        if not self.is_last:
            path.addRect(QRectF(box.right() - _RADIUS * 2, box.top(), _RADIUS * 2, box.height()))
        return path.simplified()


class SegmentedButtons(QWidget):
    """Choices side by side; arrow keys move among them. Signal: ``value_changed(str)``, by the user only."""

    value_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._group.buttonClicked.connect(self._clicked)

    def add(self, value: str, text: str, *, icon: QIcon | None = None, tooltip: str = "") -> None:
        """Append a choice; with ``icon`` only the icon is drawn and ``text`` is its accessible name."""
        button = _Segment(value, self)
        if icon is None:
            button.setText(text)
        else:
            button.setIcon(icon)
        button.setAccessibleName(text)
        button.setToolTip(tooltip or ("" if icon is None else text))
        button.stepped.connect(self._step)
        self._group.addButton(button)
        self._row.addWidget(button)
        self._mark_ends()

    def clear(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()  # the layout may still be about to show it, which would make it a window
            button.setParent(None)
            button.deleteLater()

    def values(self) -> tuple[str, ...]:
        return tuple(button.value for button in self._segments())

    def value(self) -> str:
        """The chosen value, or an empty text if nothing is chosen."""
        return next((button.value for button in self._segments() if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Choose a value; one that is not among the choices leaves none chosen."""
        self._group.setExclusive(False)
        for button in self._segments():
            button.setChecked(button.value == value)
        self._group.setExclusive(True)

    def button(self, value: str) -> QAbstractButton:
        """The button of a value; ``KeyError`` if there is none."""
        for button in self._segments():
            if button.value == value:
                return button
        raise KeyError(value)

    def _segments(self) -> list[_Segment]:
        return [button for button in self._group.buttons() if isinstance(button, _Segment)]

    def _mark_ends(self) -> None:
        segments = self._segments()
        for position, button in enumerate(segments):
            button.is_first = position == 0
            button.is_last = position == len(segments) - 1

    def _step(self, by: int) -> None:
        segments = self._segments()
        chosen = next((place for place, button in enumerate(segments) if button.isChecked()), 0)
        target = segments[max(0, min(len(segments) - 1, chosen + by))]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if not target.isChecked():
            target.click()

    def _clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, _Segment):
            self.value_changed.emit(button.value)
