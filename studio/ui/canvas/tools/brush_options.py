"""The options of brushes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter, FloatParameter
from studio.raster.limits import MAX_DIAMETER
from studio.ui.canvas.tools.options import OptionGroup

if TYPE_CHECKING:
    from studio.raster.brush import Brush


def _percent(option: str, label: str, hint: str, default: float, *, advanced: bool = False) -> FloatParameter:
    return FloatParameter(
        id=option,
        label=label,
        help=hint,
        default=default,
        minimum=0.0,
        maximum=100.0,
        step=1.0,
        suffix=" %",
        advanced=advanced,
    )


_DIAMETER: Final = FloatParameter(
    id="diameter",
    label=str(QT_TRANSLATE_NOOP("CanvasTools", "Size")),
    help=str(QT_TRANSLATE_NOOP("CanvasTools", "Diameter of the brush ([ and ])")),
    default=24.0,
    minimum=1.0,
    maximum=MAX_DIAMETER,
    step=1.0,
    suffix=" px",
    logarithmic=True,
)
_HARDNESS: Final = _percent(
    "hardness",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Hardness")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "100 % has a sharp edge")),
    80.0,
)
_OPACITY: Final = _percent(
    "opacity",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Opacity")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "The most that one stroke covers")),
    100.0,
)
_FLOW: Final = _percent(
    "flow",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Flow")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "How much each dab of the stroke adds")),
    100.0,
    advanced=True,
)
_SMOOTHING: Final = _percent(
    "smoothing",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Smoothing")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "How much a shaky hand is evened out")),
    20.0,
    advanced=True,
)
_PRESSURE_SIZE: Final = BoolParameter(
    id="pressure_size",
    label=str(QT_TRANSLATE_NOOP("CanvasTools", "Pen pressure changes the size")),
    default=True,
    icon="pressure-size",
)
_PRESSURE_OPACITY: Final = BoolParameter(
    id="pressure_opacity",
    label=str(QT_TRANSLATE_NOOP("CanvasTools", "Pen pressure changes the opacity")),
    icon="pressure-opacity",
)


def brush_group(group_id: str) -> OptionGroup:
    """A brush that paints on layers."""
    parameters = (_DIAMETER, _HARDNESS, _OPACITY, _PRESSURE_SIZE, _PRESSURE_OPACITY, _FLOW, _SMOOTHING)
    return OptionGroup(id=group_id, parameters=parameters)


MASK_BRUSH: Final = OptionGroup(id="mask_brush", parameters=(_DIAMETER, _HARDNESS, _PRESSURE_SIZE, _SMOOTHING))
"""The brush of the mask brush and the mask eraser; a mask has no use for opacity and flow."""


def brush_of(values: Mapping[str, Any], rgba: tuple[int, int, int, int], *, eraser: bool) -> Brush:
    """The brush that the values of a group mean; it covers wholly where the group has no say."""
    from studio.raster.brush import Brush

    shares = {key: values.get(key, 100.0) / 100 for key in ("hardness", "opacity", "flow", "smoothing")}
    return Brush(
        diameter=values["diameter"],
        **shares,
        pressure_size=values["pressure_size"],
        pressure_opacity=values.get("pressure_opacity", False),
        rgba=rgba,
        eraser=eraser,
    )
