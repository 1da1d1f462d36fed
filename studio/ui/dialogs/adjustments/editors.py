"""What an adjustment is set by: a form, the numbers of levels, or curves. Each tells of changes and gives values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.raster.adjustments.tones import CHANNELS, PLAIN_LEVELS, curve_through
from studio.ui.dialogs.adjustments.curve_view import STRAIGHT, CurveView
from studio.ui.dialogs.adjustments.forms import FORMS
from studio.ui.dialogs.adjustments.histogram_view import HistogramView
from studio.ui.style.theme import GRID
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.parameter_form import ParameterForm
from studio.ui.widgets.slider_row import Scale, SliderRow, align_labels, align_spins

if TYPE_CHECKING:
    from studio.raster.histogram import Histogram

_CLOSEST: Final = 1
"""Between black and white of the input."""


class AdjustmentEditor(QWidget):
    """Signal: ``changed()`` after every change by the user."""

    changed = Signal()

    def values(self) -> dict[str, Any]:
        """The parameters as the layer keeps them."""
        raise NotImplementedError

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show parameters that make sense."""
        raise NotImplementedError

    def show_histogram(self, histogram: Histogram) -> None:
        """Show what it acts on, where that is of use."""


class FormEditor(AdjustmentEditor):
    """A form of parameters."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = FORMS[kind]
        self.form = ParameterForm(self._kind.parameters, self, text=_text)
        align_labels(self.form.labels())
        align_spins(self.form.sliders())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.form.changed.connect(self.changed)

    def values(self) -> dict[str, Any]:
        return self._kind.stored(self.form.values())

    def set_values(self, values: Mapping[str, Any]) -> None:
        self.form.set_values(self._kind.shown(values))


class _ChannelEditor(AdjustmentEditor):
    """Chooses a channel, and keeps a value for each."""

    def __init__(self, plain: Any, view: HistogramView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain = plain
        self._values: dict[str, Any] = dict.fromkeys(CHANNELS, plain)
        self.view = view
        view.setParent(self)
        self.channels = ChoiceBox(self.tr("Channel"), self)
        names = (self.tr("All"), self.tr("Red"), self.tr("Green"), self.tr("Blue"))
        choices = [Choice(id=channel, name=name) for channel, name in zip(CHANNELS, names, strict=True)]
        self.channels.set_choices(choices, CHANNELS[0])
        self.channels.value_changed.connect(self._show_channel)
        self.reset_button = QPushButton(self.tr("Reset Channel"), self)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self._reset)

    @property
    def channel(self) -> str:
        return self.channels.value()

    def values(self) -> dict[str, Any]:
        kept = {**self._values, self.channel: self._read()}
        return {name: value for name, value in kept.items() if value != self._plain}

    def set_values(self, values: Mapping[str, Any]) -> None:
        self._values = {name: values.get(name, self._plain) for name in CHANNELS}
        self._show_channel(self.channel)

    def show_histogram(self, histogram: Histogram) -> None:
        self.view.show_histogram(histogram)

    def _arrange(self, *rows: QWidget) -> None:
        top = QHBoxLayout()
        top.setSpacing(2 * GRID)
        top.addWidget(self.channels, 1)
        top.addWidget(self.reset_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(top)
        column.addWidget(self.view, 0, Qt.AlignmentFlag.AlignHCenter if not rows else Qt.AlignmentFlag(0))
        for row in rows:
            column.addWidget(row)

    def _show_channel(self, channel: str) -> None:
        self.view.show_channel(CHANNELS.index(channel))
        self._show(self._values[channel])

    def _tell(self) -> None:
        self._values[self.channel] = self._read()
        self.changed.emit()

    def _reset(self) -> None:
        self._show(self._plain)
        self._tell()

    def _read(self) -> Any:
        raise NotImplementedError

    def _show(self, value: Any) -> None:
        raise NotImplementedError


class LevelsEditor(_ChannelEditor):
    """Black, gamma and white of the input below its histogram, black and white of the output."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PLAIN_LEVELS, HistogramView(), parent)
        black, white, gamma, low, high = PLAIN_LEVELS
        self.rows = (
            SliderRow(self.tr("Black"), Scale(minimum=0, maximum=254, default=black), self),
            SliderRow(self.tr("White"), Scale(minimum=1, maximum=255, default=white), self),
            SliderRow(
                self.tr("Gamma"), Scale(minimum=0.1, maximum=10, step=0.01, default=gamma, logarithmic=True), self
            ),
            SliderRow(self.tr("Output black"), Scale(minimum=0, maximum=255, default=low), self),
            SliderRow(self.tr("Output white"), Scale(minimum=0, maximum=255, default=high), self),
        )
        align_labels([row.label for row in self.rows])
        align_spins(list(self.rows))
        self._showing = False
        for row in self.rows:
            row.value_changed.connect(lambda _value, moved=row: self._changed(moved))
        self._arrange(*self.rows)

    def _changed(self, moved: SliderRow) -> None:
        """Keep black below white: the one that is not moved gives way."""
        black, white, *_rest = self.rows
        if self._showing:
            return
        self._showing = True
        if black.value() > white.value() - _CLOSEST:
            if moved is black:
                white.set_value(black.value() + _CLOSEST)
            else:
                black.set_value(white.value() - _CLOSEST)
        self._showing = False
        self._tell()

    def _read(self) -> Any:
        black, white, gamma, low, high = (row.value() for row in self.rows)
        numbers = (round(black), round(white), round(gamma, 2), round(low), round(high))
        return PLAIN_LEVELS if numbers == PLAIN_LEVELS else list(numbers)

    def _show(self, value: Any) -> None:
        self._showing = True
        for row, number in zip(self.rows, value, strict=True):
            row.set_value(number)
        self._showing = False


class CurvesEditor(_ChannelEditor):
    """A curve a channel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.curve = CurveView(lambda points: [float(y) for y in curve_through(points)])
        super().__init__(STRAIGHT, self.curve, parent)
        self.curve.changed.connect(self._tell)
        self._arrange()

    def _read(self) -> Any:
        points = self.curve.points()
        return STRAIGHT if points == STRAIGHT else [list(point) for point in points]

    def _show(self, value: Any) -> None:
        self.curve.set_points([(round(x), round(y)) for x, y in value])


def editor_of(kind: str, parent: QWidget | None = None) -> AdjustmentEditor:
    """What a kind of adjustment is set by; ``KeyError`` for one that is not known."""
    drawn = {"levels": LevelsEditor, "curves": CurvesEditor}
    return drawn[kind](parent) if kind in drawn else FormEditor(kind, parent)


def _text(text: str) -> str:
    return QCoreApplication.translate("Adjustment", text) if text else ""
