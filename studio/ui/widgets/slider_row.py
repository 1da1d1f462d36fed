"""A label, a slider and a spin box for one number, in one line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QWidget,
)

from studio.ui.style.theme import GRID
from studio.ui.widgets.number_boxes import DecimalBox
from studio.ui.widgets.wheel_guard import guard_wheel

_POSITIONS = 1000
_FINE = 0.1


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The numbers of a slider: ``minimum``..``maximum`` in steps of ``step``.

    A ``logarithmic`` scale (``minimum`` > 0) gives small values more room, as brush sizes need.
    ``minimum_label``, if any, is shown instead of the minimum ("Automatic").
    """

    minimum: float
    maximum: float
    step: float = 1.0
    default: float = 0.0
    suffix: str = ""
    logarithmic: bool = False
    minimum_label: str = ""

    @property
    def decimals(self) -> int:
        """Digits after the point that a step needs."""
        return max(0, min(6, -math.floor(math.log10(self.step) + 1e-9))) if self.step < 1 else 0

    def rounded(self, value: float) -> float:
        """The nearest step within the range."""
        steps = round((value - self.minimum) / self.step)
        return round(min(self.maximum, max(self.minimum, self.minimum + steps * self.step)), self.decimals)

    def position(self, value: float) -> float:
        """Where ``value`` lies on the slider, 0..1."""
        if self.maximum <= self.minimum:
            return 0.0
        if self.logarithmic:
            return math.log(max(value, self.minimum) / self.minimum) / math.log(self.maximum / self.minimum)
        return (value - self.minimum) / (self.maximum - self.minimum)

    def value_at(self, position: float) -> float:
        """The step nearest to ``position`` 0..1 of the slider."""
        if self.logarithmic:
            return self.rounded(self.minimum * (self.maximum / self.minimum) ** position)
        return self.rounded(self.minimum + position * (self.maximum - self.minimum))


class FineSlider(QSlider):
    """A horizontal slider that jumps to the click, drags ten times finer with Ctrl, and resets on a double click."""

    pressed_at = Signal()
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, _POSITIONS)
        self.setPageStep(_POSITIONS // 10)
        self._last = QPoint()
        self._exact = 0.0
        guard_wheel(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.pressed_at.emit()
        self.setSliderDown(True)
        self._last = event.position().toPoint()
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._exact = float(self.value()) if fine else self._position_at(self._last.x())
        self.setValue(round(self._exact))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self.isSliderDown():
            super().mouseMoveEvent(event)
            return
        point = event.position().toPoint()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._exact += (point.x() - self._last.x()) * _FINE * _POSITIONS / max(1, self._travel())
        else:
            self._exact = self._position_at(point.x())
        self._exact = min(float(_POSITIONS), max(0.0, self._exact))
        self._last = point
        self.setValue(round(self._exact))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.reset_requested.emit()
        event.accept()

    def minimumSizeHint(self) -> QSize:
        return QSize(12 * GRID, super().minimumSizeHint().height())

    def _handle_width(self) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)

    def _travel(self) -> int:
        return self.width() - self._handle_width()

    def _position_at(self, x: int) -> float:
        share = (x - self._handle_width() / 2) / max(1, self._travel())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1.0 - share
        return min(1.0, max(0.0, share)) * _POSITIONS


class ValueSpin(DecimalBox):
    """A spin box no wider than its longest number."""

    def sizeHint(self) -> QSize:
        longest = max((self.textFromValue(self.minimum()), self.textFromValue(self.maximum())), key=len)
        texts = (self.prefix() + longest + self.suffix(), self.specialValueText())
        return QSize(max(map(self.fontMetrics().horizontalAdvance, texts)) + 9 * GRID, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class SliderRow(QWidget):
    """One number on one line. A double click on the slider or the label sets the default.

    Signals: ``value_changed(float)`` on every change by the user or by `set_value`;
    ``drag_started()`` when a drag of the slider begins (a new step of history may start there).
    """

    value_changed = Signal(float)
    drag_started = Signal()

    def __init__(self, text: str, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self.label = QLabel(text, self)
        self.slider = FineSlider(self)
        self.spin = ValueSpin(self)
        self._setting = False
        self._exact = scale.default
        self._build(text)
        self.set_value(scale.default)
        self.slider.valueChanged.connect(self._slid)
        self.slider.pressed_at.connect(self.drag_started)
        self.slider.reset_requested.connect(self.reset)
        self.spin.valueChanged.connect(self._typed)

    def value(self) -> float:
        """The number; one given to `set_value` comes back unrounded until the user changes it."""
        return self._exact

    def int_value(self) -> int:
        return round(self._exact)

    def set_value(self, value: float) -> None:
        """Show ``value`` (clipped to the range)."""
        self.spin.setValue(value)
        self._exact = min(self._scale.maximum, max(self._scale.minimum, value))
        self._show_position(self._exact)

    def show_value(self, value: float) -> None:
        """Show ``value``, widening the range for one that lies outside."""
        scale = self._scale
        if not scale.minimum <= value <= scale.maximum:
            self._scale = replace(scale, minimum=min(scale.minimum, value), maximum=max(scale.maximum, value))
            self.spin.setRange(self._scale.minimum, self._scale.maximum)
            self._fit_steps()
        self.set_value(value)

    def reset(self) -> None:
        """Go back to the default of the scale."""
        self.drag_started.emit()
        self.set_value(self._scale.default)

    def setToolTip(self, text: str) -> None:
        for widget in (self.label, self.slider, self.spin):
            widget.setToolTip(text)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.label.geometry().contains(event.position().toPoint()):
            self.reset()

    def _build(self, text: str) -> None:
        scale = self._scale
        self.spin.setDecimals(scale.decimals)
        self.spin.setRange(scale.minimum, scale.maximum)
        self.spin.setSingleStep(scale.step)
        self.spin.setSuffix(scale.suffix)
        self.spin.setSpecialValueText(scale.minimum_label)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.spin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.spin.setAccessibleName(text)
        self.slider.setAccessibleName(text)
        self.label.setBuddy(self.spin)
        guard_wheel(self.spin)
        self._fit_steps()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * GRID)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.spin)

    def _fit_steps(self) -> None:
        """Let the arrow keys on the slider move by one step of the scale."""
        steps = (self._scale.maximum - self._scale.minimum) / self._scale.step
        self.slider.setSingleStep(max(1, round(_POSITIONS / max(1.0, steps))))

    def _slid(self, position: int) -> None:
        value = self._scale.value_at(position / _POSITIONS)
        if self._setting or value == self._exact:
            return
        self._exact = value
        blocked = self.spin.blockSignals(True)
        self.spin.setValue(value)
        self.spin.blockSignals(blocked)
        self.value_changed.emit(value)

    def _typed(self, value: float) -> None:
        self._exact = value
        self._show_position(value)
        self.value_changed.emit(value)

    def _show_position(self, value: float) -> None:
        self._setting = True
        self.slider.setValue(round(self._scale.position(value) * _POSITIONS))
        self._setting = False


def align_labels(labels: Sequence[QLabel]) -> None:
    """Give labels that stand above each other one width, so that their controls line up."""
    _align(labels)


def align_spins(rows: Sequence[SliderRow]) -> None:
    """Give the spin boxes of rows that stand above each other one width."""
    _align([row.spin for row in rows])


def _align(widgets: Sequence[QWidget]) -> None:
    widest = max((widget.sizeHint().width() for widget in widgets), default=0)
    for widget in widgets:
        widget.setMinimumWidth(widest)
