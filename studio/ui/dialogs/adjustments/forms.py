"""The kinds of adjustments that are set by a form: their parameters, and how these lie in the layer's values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.api.parameters import BoolParameter, ColorParameter, FloatParameter, IntParameter, Parameter

Values = Mapping[str, Any]


def _same(values: Values) -> dict[str, Any]:
    return dict(values)


@dataclass(frozen=True)
class AdjustmentForm:
    """``shown`` makes a form's values of a layer's, ``stored`` a layer's of a form's. Texts are of "Adjustment"."""

    parameters: tuple[Parameter, ...]
    shown: Callable[[Values], dict[str, Any]] = _same
    stored: Callable[[Values], dict[str, Any]] = _same


def _percent(parameter_id: str, label: str) -> IntParameter:
    return IntParameter(id=parameter_id, label=label, default=0, minimum=-100, maximum=100)


_RANGES: Final = ("shadows", "midtones", "highlights")
_BALANCE_LABELS: Final = (
    *(
        str(QT_TRANSLATE_NOOP("Adjustment", "Shadows: cyan to red")),
        str(QT_TRANSLATE_NOOP("Adjustment", "Shadows: magenta to green")),
        str(QT_TRANSLATE_NOOP("Adjustment", "Shadows: yellow to blue")),
    ),
    *(
        str(QT_TRANSLATE_NOOP("Adjustment", "Midtones: cyan to red")),
        str(QT_TRANSLATE_NOOP("Adjustment", "Midtones: magenta to green")),
        str(QT_TRANSLATE_NOOP("Adjustment", "Midtones: yellow to blue")),
    ),
    *(
        str(QT_TRANSLATE_NOOP("Adjustment", "Highlights: cyan to red")),
        str(QT_TRANSLATE_NOOP("Adjustment", "Highlights: magenta to green")),
        str(QT_TRANSLATE_NOOP("Adjustment", "Highlights: yellow to blue")),
    ),
)


def _balance_shown(values: Values) -> dict[str, Any]:
    shown = {
        f"{name}{axis}": round(float(shift))
        for name in _RANGES
        for axis, shift in enumerate(values.get(name, (0, 0, 0)))
    }
    return {**shown, "preserve_luminosity": values.get("preserve_luminosity", True)}


def _balance_stored(values: Values) -> dict[str, Any]:
    stored: dict[str, Any] = {name: [values[f"{name}{axis}"] for axis in range(3)] for name in _RANGES}
    return {**stored, "preserve_luminosity": values["preserve_luminosity"]}


def _stops_shown(values: Values) -> dict[str, Any]:
    stops = values.get("stops", ((0.0, "#000000"), (1.0, "#ffffff")))
    middle = stops[len(stops) // 2] if len(stops) > 2 else (0.5, "#808080")
    return {
        "dark": stops[0][1],
        "light": stops[-1][1],
        "has_middle": len(stops) > 2,
        "middle": middle[1],
        "place": round(100 * middle[0]),
    }


def _stops_stored(values: Values) -> dict[str, Any]:
    middle = [[values["place"] / 100, values["middle"]]] if values["has_middle"] else []
    return {"stops": [[0.0, values["dark"]], *middle, [1.0, values["light"]]]}


FORMS: Final[Mapping[str, AdjustmentForm]] = MappingProxyType(
    {
        "brightness_contrast": AdjustmentForm(
            (
                _percent("brightness", str(QT_TRANSLATE_NOOP("Adjustment", "Brightness"))),
                _percent("contrast", str(QT_TRANSLATE_NOOP("Adjustment", "Contrast"))),
            )
        ),
        "hue_saturation": AdjustmentForm(
            (
                IntParameter(
                    id="hue",
                    label=str(QT_TRANSLATE_NOOP("Adjustment", "Hue")),
                    default=0,
                    minimum=-180,
                    maximum=180,
                    suffix="°",
                ),
                _percent("saturation", str(QT_TRANSLATE_NOOP("Adjustment", "Saturation"))),
                _percent("lightness", str(QT_TRANSLATE_NOOP("Adjustment", "Lightness"))),
                BoolParameter(
                    id="colorize",
                    label=str(QT_TRANSLATE_NOOP("Adjustment", "One colour for all")),
                    help=str(QT_TRANSLATE_NOOP("Adjustment", "Give every pixel this hue and saturation")),
                ),
            )
        ),
        "color_balance": AdjustmentForm(
            (
                *(
                    _percent(f"{name}{axis}", label)
                    for (name, axis), label in zip(product(_RANGES, range(3)), _BALANCE_LABELS, strict=True)
                ),
                BoolParameter(
                    id="preserve_luminosity",
                    label=str(QT_TRANSLATE_NOOP("Adjustment", "Keep how light it is")),
                    default=True,
                ),
            ),
            _balance_shown,
            _balance_stored,
        ),
        "gradient_map": AdjustmentForm(
            (
                ColorParameter(
                    id="dark", label=str(QT_TRANSLATE_NOOP("Adjustment", "Dark becomes")), default="#000000"
                ),
                BoolParameter(
                    id="has_middle", label=str(QT_TRANSLATE_NOOP("Adjustment", "A third colour between")), default=False
                ),
                ColorParameter(
                    id="middle", label=str(QT_TRANSLATE_NOOP("Adjustment", "Between becomes")), default="#808080"
                ),
                IntParameter(
                    id="place",
                    label=str(QT_TRANSLATE_NOOP("Adjustment", "Between lies at")),
                    default=50,
                    minimum=1,
                    maximum=99,
                    suffix=" %",
                ),
                ColorParameter(
                    id="light", label=str(QT_TRANSLATE_NOOP("Adjustment", "Light becomes")), default="#ffffff"
                ),
            ),
            _stops_shown,
            _stops_stored,
        ),
        "blur": AdjustmentForm(
            (
                FloatParameter(
                    id="radius",
                    label=str(QT_TRANSLATE_NOOP("Adjustment", "Radius")),
                    default=4.0,
                    minimum=0.1,
                    maximum=100.0,
                    step=0.1,
                    suffix=" px",
                    logarithmic=True,
                ),
            )
        ),
        "sharpen": AdjustmentForm(
            (
                IntParameter(
                    id="amount",
                    label=str(QT_TRANSLATE_NOOP("Adjustment", "Amount")),
                    default=100,
                    minimum=0,
                    maximum=500,
                    suffix=" %",
                ),
                FloatParameter(
                    id="radius",
                    label=str(QT_TRANSLATE_NOOP("Adjustment", "Radius")),
                    default=2.0,
                    minimum=0.1,
                    maximum=50.0,
                    step=0.1,
                    suffix=" px",
                    logarithmic=True,
                ),
            )
        ),
    }
)
