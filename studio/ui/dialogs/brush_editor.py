"""The brush editor: all of the brush in the hand that the bar above the canvas does not show, with a stroke of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSignalBlocker, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from studio.api.parameters import ChoiceParameter, FloatParameter, IntParameter, Parameter
from studio.raster.brushes.brush import Brush, Response
from studio.raster.brushes.curve import LINEAR, Curve
from studio.ui.panels.brushes.brush_desk import BrushDesk
from studio.ui.panels.brushes.brush_list import stroke_image
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.curve_edit import CurveEdit
from studio.ui.widgets.parameter_form import ParameterForm
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.slider_row import align_labels, align_spins


def brush_text(text: str) -> str:
    """The translation of a text of the editor."""
    return QCoreApplication.translate("Brushes", text) if text else ""


def _number(field: str, label: str, most: float, *, least: float = 0.0, suffix: str = " %") -> FloatParameter:
    return FloatParameter(id=field, label=label, default=least, minimum=least, maximum=most, step=1.0, suffix=suffix)


_TIP: Final[tuple[Parameter, ...]] = (
    ChoiceParameter(
        id="tip.kind",
        label=str(QT_TRANSLATE_NOOP("Brushes", "Tip")),
        default="round",
        choices=(
            ("round", str(QT_TRANSLATE_NOOP("Brushes", "Round"))),
            ("square", str(QT_TRANSLATE_NOOP("Brushes", "Square"))),
            ("bristle", str(QT_TRANSLATE_NOOP("Brushes", "Bristles"))),
            ("stamp", str(QT_TRANSLATE_NOOP("Brushes", "Picture"))),
        ),
    ),
    IntParameter(
        id="tip.bristles",
        label=str(QT_TRANSLATE_NOOP("Brushes", "Number of bristles")),
        default=60,
        minimum=3,
        maximum=400,
    ),
    _number("roundness", str(QT_TRANSLATE_NOOP("Brushes", "Roundness")), 100.0, least=5.0),
    _number("angle", str(QT_TRANSLATE_NOOP("Brushes", "Angle")), 180.0, least=-180.0, suffix="°"),
    ChoiceParameter(
        id="follows",
        label=str(QT_TRANSLATE_NOOP("Brushes", "Turns with")),
        default="none",
        choices=(
            ("none", str(QT_TRANSLATE_NOOP("Brushes", "Nothing"))),
            ("stroke", str(QT_TRANSLATE_NOOP("Brushes", "The stroke"))),
            ("tilt", str(QT_TRANSLATE_NOOP("Brushes", "The pen"))),
        ),
    ),
    _number("spacing", str(QT_TRANSLATE_NOOP("Brushes", "Spacing")), 300.0, least=1.0),
)
_CHANCE: Final[tuple[Parameter, ...]] = (
    _number("scatter", str(QT_TRANSLATE_NOOP("Brushes", "Scatter")), 300.0),
    _number("jitter.size", str(QT_TRANSLATE_NOOP("Brushes", "Size")), 100.0),
    _number("jitter.angle", str(QT_TRANSLATE_NOOP("Brushes", "Angle")), 100.0),
    _number("jitter.opacity", str(QT_TRANSLATE_NOOP("Brushes", "Opacity")), 100.0),
    _number("jitter.hue", str(QT_TRANSLATE_NOOP("Brushes", "Hue")), 100.0),
    _number("jitter.saturation", str(QT_TRANSLATE_NOOP("Brushes", "Saturation")), 100.0),
    _number("jitter.brightness", str(QT_TRANSLATE_NOOP("Brushes", "Brightness")), 100.0),
)
_SURFACE: Final[tuple[Parameter, ...]] = (
    ChoiceParameter(
        id="grain.kind",
        label=str(QT_TRANSLATE_NOOP("Brushes", "Surface")),
        default="none",
        choices=(
            ("none", str(QT_TRANSLATE_NOOP("Brushes", "Smooth"))),
            ("paper", str(QT_TRANSLATE_NOOP("Brushes", "Paper"))),
            ("canvas", str(QT_TRANSLATE_NOOP("Brushes", "Canvas"))),
            ("speckle", str(QT_TRANSLATE_NOOP("Brushes", "Speckles"))),
        ),
    ),
    _number("grain.depth", str(QT_TRANSLATE_NOOP("Brushes", "Depth")), 100.0),
    _number("grain.scale", str(QT_TRANSLATE_NOOP("Brushes", "Coarseness")), 800.0, least=50.0),
)
_RESPONSES: Final = (
    ("size_by", str(QT_TRANSLATE_NOOP("Brushes", "Size"))),
    ("opacity_by", str(QT_TRANSLATE_NOOP("Brushes", "Opacity"))),
    ("flow_by", str(QT_TRANSLATE_NOOP("Brushes", "Flow"))),
    ("angle_by", str(QT_TRANSLATE_NOOP("Brushes", "Angle"))),
)
_INPUTS: Final = (
    ("pressure", str(QT_TRANSLATE_NOOP("Brushes", "Pressure"))),
    ("tilt", str(QT_TRANSLATE_NOOP("Brushes", "Tilt"))),
    ("speed", str(QT_TRANSLATE_NOOP("Brushes", "Speed"))),
)
_SWITCHES: Final = {"size_by": "pressure_size", "opacity_by": "pressure_opacity"}
"""What turns the pressure of a response on and off in the bar."""


class BrushEditor(QDialog):
    """Every change is in the hand at once. Shown beside the work, not before it."""

    def __init__(self, desk: BrushDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle(self.tr("Edit Brush"))
        self.sample = BrushSample(self)
        self.forms = [ParameterForm(each, self, text=brush_text) for each in (_TIP, _CHANCE, _SURFACE)]
        self.pen = PenPage(self)
        self.tabs = QTabWidget(self)
        self._arrange()
        for form in self.forms:
            form.changed.connect(self._form_changed)
        self.pen.changed.connect(self._pen_changed)
        desk.chosen.connect(self._show)
        self._show()

    def _arrange(self) -> None:
        titles = (self.tr("Tip"), self.tr("Chance"), self.tr("Surface"))
        for title, form in zip(titles, self.forms, strict=True):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
            column.addWidget(form)
            column.addStretch(1)
            align_labels(form.labels())
            align_spins(form.sliders())
            self.tabs.addTab(page, title)
        self.tabs.insertTab(1, self.pen, self.tr("Pen"))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.sample)
        column.addWidget(self.tabs, 1)
        self.setMinimumWidth(95 * GRID)

    def _show(self) -> None:
        current = self._desk.current()
        self.tabs.setEnabled(current is not None)
        if current is None:
            return
        values = form_values(current.brush)
        for form in self.forms:
            with QSignalBlocker(form):
                form.set_values(values)
        bristles = self.forms[0].widget_of("tip.bristles")
        bristles.setVisible(current.brush.tip.kind == "bristle")
        self.pen.show_brush(current.brush)
        self.sample.show_brush(current.brush)

    def _form_changed(self) -> None:
        current = self._desk.current()
        if current is not None:
            values = {key: value for form in self.forms for key, value in form.values().items()}
            self._desk.change(brush_with(current.brush, values))

    def _pen_changed(self) -> None:
        current = self._desk.current()
        if current is not None:
            self._desk.change(self.pen.applied(current.brush))


def form_values(brush: Brush) -> dict[str, Any]:
    """What the forms show of a brush, by the ids of their parameters; shares are percent."""
    found: dict[str, Any] = {}
    for parameter in (*_TIP, *_CHANCE, *_SURFACE):
        value: Any = brush
        for part in parameter.id.split("."):
            value = getattr(value, part)
        found[parameter.id] = value * 100 if _is_share(parameter) else value
    return found


def brush_with(brush: Brush, values: Mapping[str, Any]) -> Brush:
    """A brush with what the forms say; a stamp without a picture stays what it was."""
    changes: dict[str, Any] = {}
    for parameter in (*_TIP, *_CHANCE, *_SURFACE):
        value = values[parameter.id] / 100 if _is_share(parameter) else values[parameter.id]
        part, _, field = parameter.id.partition(".")
        if not field:
            changes[part] = value
        elif (part, value) != ("tip", "stamp") or brush.tip.picture:
            changes[part] = changes.get(part, getattr(brush, part)).with_changes(**{field: value})
    return brush.with_changes(**changes)


def _is_share(parameter: Parameter) -> bool:
    return isinstance(parameter, FloatParameter) and parameter.suffix == " %"


class PenPage(QWidget):
    """Curves by which the pen changes each dab. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = Brush()
        self.value = SegmentedButtons(self)
        self.input = SegmentedButtons(self)
        for buttons, words in ((self.value, _RESPONSES), (self.input, _INPUTS)):
            for key, label in words:
                buttons.add(key, brush_text(label))
            buttons.set_value(words[0][0])
        self.is_used = QCheckBox(self.tr("Changes the brush"), self)
        self.curve = CurveEdit(self)
        self._arrange()
        self.value.value_changed.connect(self._show)
        self.input.value_changed.connect(self._show)
        self.is_used.toggled.connect(self._toggled)
        self.curve.changed.connect(self.changed)

    def show_brush(self, brush: Brush) -> None:
        self._brush = brush
        self._show()

    def applied(self, brush: Brush) -> Brush:
        """A brush with the curve that is shown, or without one."""
        value, key = self.value.value(), self.input.value()
        curve = self.curve.curve() if self.is_used.isChecked() else None
        switch = _SWITCHES.get(value) if key == "pressure" else None
        if switch is None:
            return brush.with_changes(**{value: getattr(brush, value).with_changes(**{key: curve})})
        if curve is None:
            return brush.with_changes(**{switch: False})
        response: Response = getattr(brush, value)
        return brush.with_changes(**{switch: True, value: response.with_changes(pressure=curve)})

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        for widget in (self.value, self.input):
            row = QHBoxLayout()
            row.addWidget(widget)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self.is_used)
        column.addWidget(self.curve)
        column.addStretch(1)

    def _shown(self) -> Curve | None:
        value, key = self.value.value(), self.input.value()
        switch = _SWITCHES.get(value) if key == "pressure" else None
        curve: Curve | None = getattr(getattr(self._brush, value), key)
        return None if switch is not None and not getattr(self._brush, switch) else curve

    def _show(self) -> None:
        curve = self._shown()
        with QSignalBlocker(self.is_used):
            self.is_used.setChecked(curve is not None)
        self.curve.setEnabled(curve is not None)
        if self.curve.curve() != curve:
            self.curve.set_curve(curve or LINEAR)

    def _toggled(self, is_used: bool) -> None:
        self.curve.setEnabled(is_used)
        self.changed.emit()


class BrushSample(QWidget):
    """A stroke of a brush, drawn once the hand rests."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = Brush()
        self._image: QImage | None = None
        self._timer = QTimer(self, singleShot=True, interval=20)
        self._timer.timeout.connect(self._draw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sample stroke"))

    def show_brush(self, brush: Brush) -> None:
        if brush != self._brush or self._image is None:
            self._brush = brush
            self._timer.start()

    def sizeHint(self) -> QSize:
        return QSize(90 * GRID, 26 * GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current_theme().sunken))
        if self._image is not None:
            painter.drawImage(0, 0, self._image)

    def _draw(self) -> None:
        self._image = stroke_image(self._brush, self.size(), self.devicePixelRatioF())
        self.update()
