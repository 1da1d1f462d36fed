"""The options of brushes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter, FloatParameter, TextParameter
from studio.errors import SettingError
from studio.raster.limits import MAX_DIAMETER, MAX_ROPE
from studio.ui.canvas.tools.options import OptionGroup

if TYPE_CHECKING:
    from studio.raster.brushes.brush import Brush
    from studio.ui.canvas.tools.tool import CanvasTool


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
_ROPE: Final = FloatParameter(
    id="rope",
    label=str(QT_TRANSLATE_NOOP("CanvasTools", "Rope")),
    help=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools", "The pointer drags the brush on a rope of this length, for lines without a tremble; 0 is off"
        )
    ),
    default=0.0,
    minimum=0.0,
    maximum=MAX_ROPE,
    step=1.0,
    suffix=" px",
    advanced=True,
)
_MAKE: Final = TextParameter(id="brush", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Brush")))
"""All of the brush that has no control in the bar, as JSON."""
_PRESET: Final = TextParameter(id="preset", label=str(QT_TRANSLATE_NOOP("CanvasTools", "Brush")))
"""The id of the preset that was chosen."""
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


def brush_group(group_id: str, *, opacity: float = 100.0) -> OptionGroup:
    """A brush that works on layers, at first with so many percent."""
    parameters = (
        _DIAMETER,
        _HARDNESS,
        replace(_OPACITY, default=opacity),
        _PRESSURE_SIZE,
        _PRESSURE_OPACITY,
        _FLOW,
        _SMOOTHING,
        _ROPE,
    )
    return OptionGroup(id=group_id, parameters=parameters, kept=(_MAKE, _PRESET))


MASK_BRUSH: Final = OptionGroup(id="mask_brush", parameters=(_DIAMETER, _HARDNESS, _PRESSURE_SIZE, _SMOOTHING, _ROPE))
"""The brush of the mask brush and the mask eraser; a mask has no use for opacity and flow."""


@lru_cache(maxsize=32)
def made_brush(text: str) -> Brush:
    """The brush that a text of `Brush.json` says; a plain one for a text that says none, as of another version."""
    from studio.raster.brushes.brush import Brush

    try:
        return Brush.read_json(text) if text else Brush()
    except (ValueError, SettingError):
        return Brush()


def brush_of(values: Mapping[str, Any], rgba: tuple[int, int, int, int], *, eraser: bool) -> Brush:
    """The brush that the values of a group mean; it covers wholly where the group has no say."""
    make = made_brush(values.get("brush", ""))
    shares = {key: values.get(key, 100.0) / 100 for key in ("hardness", "opacity", "flow", "smoothing")}
    return make.with_changes(
        diameter=values["diameter"],
        **shares,
        rope=values["rope"],
        pressure_size=values["pressure_size"],
        pressure_opacity=values.get("pressure_opacity", False),
        rgba=rgba,
        eraser=eraser,
    )


def values_of(brush: Brush) -> dict[str, Any]:
    """The values of a group of `brush_group` that mean a brush; `brush_of` makes it of them again."""
    shares = {key: round(getattr(brush, key) * 100, 4) for key in ("hardness", "opacity", "flow", "smoothing")}
    switches = {key: getattr(brush, key) for key in ("pressure_size", "pressure_opacity", "rope", "diameter")}
    return {**shares, **switches, "brush": brush.json()}


def brush_options_of(tool: CanvasTool) -> OptionGroup | None:
    """The group of a tool that holds a whole brush, if it has one."""
    return next((group for group in tool.options if "brush" in group.defaults()), None)
