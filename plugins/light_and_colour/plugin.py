"""A panel that corrects light and colour: by hand, by measuring the layer, or by fitting it to what lies below.

All of it is done in linear light: exposure and white balance are gains there, as in a camera.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.api import (
    Document,
    FloatParameter,
    PanelAction,
    PanelContext,
    PanelResult,
    PanelSpec,
    Pixels,
    composed,
    hookimpl,
    straight,
)

Floats = NDArray[np.float32]

_BAND_ROWS = 256
"""Rows that are worked on between two looks at the cancel token."""
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_STOPS_AT_END = 3.0
"""Stops between red and blue (or green and magenta) at either end of temperature and tint."""
_MID_GREY = 0.18
_NEUTRAL = {"exposure": 0.0, "contrast": 0.0, "temperature": 0.0, "tint": 0.0, "saturation": 0.0}


def _slider(key: str, label: str, help_text: str) -> FloatParameter:
    return FloatParameter(id=key, label=label, help=help_text, default=0.0, minimum=-100.0, maximum=100.0, step=1.0)


PARAMETERS = (
    FloatParameter(
        id="exposure",
        label="Exposure",
        help="Brighter or darker; one stop is twice the light.",
        default=0.0,
        minimum=-3.0,
        maximum=3.0,
        step=0.05,
        suffix=" EV",
    ),
    _slider("contrast", "Contrast", "Spreads tones away from the middle grey, or draws them towards it."),
    _slider("temperature", "Temperature", "Cooler to the left, warmer to the right."),
    _slider("tint", "Tint", "Greener to the left, more magenta to the right."),
    _slider("saturation", "Saturation", "Stronger or weaker colours; -100 is grey."),
)


@hookimpl
def shoreline_panels() -> Sequence[PanelSpec]:
    return [
        PanelSpec(
            id="light_and_colour",
            name="Light and colour",
            description="For the active layer, inside the mask if there is one.",
            parameters=PARAMETERS,
            actions=(
                PanelAction(
                    id="apply",
                    name="Apply",
                    run=apply,
                    description="Change the layer as the sliders say.",
                    previews=True,
                ),
                PanelAction(
                    id="measure",
                    name="Auto",
                    run=measure,
                    description="Set the sliders so that the layer is evenly lit and without a colour cast.",
                ),
                PanelAction(
                    id="match",
                    name="Match below",
                    run=match,
                    description="Set the sliders so that the layer fits what lies below and around it.",
                ),
            ),
        )
    ]


def apply(context: PanelContext) -> PanelResult:
    """The layer as the sliders say; they go back to the middle, because what they did is in the picture now."""
    pixels = _given(context)
    if all(value == 0.0 for value in context.parameters.values()):
        return PanelResult(message="Move a slider first, or press Auto.")
    after = pixels.copy()
    for top in range(0, pixels.shape[0], _BAND_ROWS):
        context.cancel.raise_if_cancelled()
        rows = slice(top, top + _BAND_ROWS)
        after[rows, :, :3] = corrected(pixels[rows, :, :3], context.parameters)
        context.report(min(1.0, (top + _BAND_ROWS) / pixels.shape[0]), "")
    return PanelResult(pixels=after, values=_NEUTRAL)


def measure(context: PanelContext) -> PanelResult:
    """Exposure, temperature and tint that bring the layer's mean to a neutral middle grey."""
    light, weight = _light_of(_given(context))
    context.cancel.raise_if_cancelled()
    mean = _mean(light, weight)
    grey = np.full(3, _MID_GREY, np.float32)
    return _sliders_for(mean, grey)


def match(context: PanelContext) -> PanelResult:
    """Exposure, temperature and tint that bring the layer's mean to that of the picture without it."""
    pixels = _given(context)
    below = composed(_without_active(context.document), context.area)
    context.cancel.raise_if_cancelled()
    reference, weight = _light_of(straight(below))
    if float(weight.sum()) < 1.0:
        return PanelResult(message="There is nothing below this layer to fit it to.")
    light, own_weight = _light_of(pixels)
    context.report(1.0, "")
    return _sliders_for(_mean(light, own_weight), _mean(reference, weight))


def corrected(rgb: Pixels, values: Mapping[str, Any]) -> Pixels:
    """uint8 ``(h, w, 3)`` sRGB with light and colour changed; values as the sliders give them."""
    light = _to_linear(rgb) * _gains(values)
    contrast, saturation = 2.0 ** (values["contrast"] / 100.0), 1.0 + values["saturation"] / 100.0
    if contrast != 1.0:
        light = _MID_GREY * (light / _MID_GREY) ** np.float32(contrast)
    if saturation != 1.0:
        grey = (light @ _LUMA)[..., None]
        light = np.maximum(grey + (light - grey) * np.float32(saturation), 0.0)
    return _to_srgb(light)


def _gains(values: Mapping[str, Any]) -> Floats:
    """What red, green and blue are multiplied with; temperature and tint keep the luma of a grey."""
    warm, magenta = (values[key] / 100.0 * _STOPS_AT_END / 2.0 for key in ("temperature", "tint"))
    balance = np.exp2(np.array([warm + magenta / 2.0, -magenta / 2.0, -warm + magenta / 2.0], np.float32))
    return np.asarray(balance / (balance @ _LUMA) * 2.0 ** values["exposure"], np.float32)


def _sliders_for(mean: Floats, wanted: Floats) -> PanelResult:
    """The sliders that make a mean colour ``wanted``, as far as they go."""
    red, green, blue = np.log2(np.maximum(wanted, 1e-4)) - np.log2(np.maximum(mean, 1e-4))
    stops = {"temperature": (red - blue) / 2.0, "tint": (red + blue) / 2.0 - green}
    found = {
        key: round(float(np.clip(value / (_STOPS_AT_END / 2.0) * 100.0, -100.0, 100.0))) for key, value in stops.items()
    }
    found_mean = mean * _gains({**_NEUTRAL, **found})
    exposure = np.log2(max(float(wanted @ _LUMA), 1e-4) / max(float(found_mean @ _LUMA), 1e-4))
    values = {**found, "exposure": round(float(np.clip(exposure, -3.0, 3.0)), 2)}
    return PanelResult(values=values, message="Measured. Press Apply to use it.")


def _given(context: PanelContext) -> Pixels:
    assert context.pixels is not None  # these actions need a layer
    return context.pixels


def _without_active(document: Document) -> Document:
    """The picture as it is with the active layer out of sight."""

    def hidden(layers: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(
            replace(layer, visible=False)
            if layer.id == document.active_id
            else layer.with_children(hidden(layer.children))
            for layer in layers
        )

    return replace(document, layers=hidden(document.layers))


def _light_of(pixels: Pixels) -> tuple[Floats, Floats]:
    """Linear light ``(n, 3)`` and alpha 0..1 ``(n,)`` of evenly spread pixels, half a million at most."""
    step = max(1, int(np.ceil(np.sqrt(pixels.shape[0] * pixels.shape[1] / 500_000))))
    some = pixels[::step, ::step].reshape(-1, 4)
    return _to_linear(some[:, :3]), some[:, 3].astype(np.float32) / 255.0


def _mean(light: Floats, weight: Floats) -> Floats:
    total = max(float(weight.sum()), 1e-6)
    return np.asarray((light * weight[:, None]).sum(axis=0) / total, np.float32)


def _to_linear(rgb: Pixels) -> Floats:
    """sRGB uint8 as linear light 0..1 (IEC 61966-2-1)."""
    value = np.arange(256, dtype=np.float32) / 255.0
    table = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)
    return table[rgb]


def _to_srgb(light: Floats) -> Pixels:
    light = light.clip(0.0, 1.0)
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1.0 / 2.4) - 0.055)
    return np.asarray(np.rint(value * 255.0), np.uint8)
