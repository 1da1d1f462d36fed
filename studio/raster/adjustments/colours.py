"""Hue and saturation, colour balance, gradient map."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels
from studio.raster.adjustments.effect import (
    NO_EFFECT,
    Effect,
    Values,
    as_bytes,
    by_table,
    flag,
    in_range,
    number,
    on_colours,
    only,
)

RANGES: Final = ("shadows", "midtones", "highlights")
AXES: Final = ("cyan_red", "magenta_green", "yellow_blue")
BLACK_TO_WHITE: Final = ((0.0, "#000000"), (1.0, "#ffffff"))
"""The stops of the usual gradient."""
MAX_STOPS: Final = 32

_HEX: Final = re.compile("#[0-9a-fA-F]{6}")
_LUMA: Final = np.array((0.299, 0.587, 0.114), np.float32)
_Floats = NDArray[np.float32]


def hue_saturation(values: Values) -> Effect:
    """``hue`` in degrees, -180..180; ``saturation`` and ``lightness`` -100..100.

    With ``colorize`` every colour gets the hue, and the saturation from 0 to 100 in place of its own.
    """
    only(values, "hue", "saturation", "lightness", "colorize")
    hue = number(values, "hue", -180, 180)
    saturation, lightness = (number(values, name, -100, 100) / 100 for name in ("saturation", "lightness"))
    colorize = flag(values, "colorize")
    if not (hue or saturation or lightness or colorize):
        return NO_EFFECT

    def change(pixels: Pixels) -> Pixels:
        planes = cv2.cvtColor(pixels[..., :3].astype(np.float32) * np.float32(1 / 255), cv2.COLOR_RGB2HLS)
        if colorize:
            planes[..., 0], planes[..., 2] = hue % 360, max(0.0, saturation)
        else:
            planes[..., 0] = (planes[..., 0] + hue) % 360
            planes[..., 2] = np.clip(planes[..., 2] * (1 + saturation), 0, 1)
        colours = np.asarray(cv2.cvtColor(planes, cv2.COLOR_HLS2RGB), np.float32)
        colours *= np.float32(1 - abs(lightness))
        return _with_colours(pixels, colours + np.float32(max(0.0, lightness)))

    return Effect(on_colours(change))


def color_balance(values: Values) -> Effect:
    """For shadows, midtones and highlights three shifts each, -100..100, as a list: to red, green and blue.

    ``preserve_luminosity`` keeps how light each pixel is.
    """
    only(values, *RANGES, "preserve_luminosity")
    shifts = {name: _three(values.get(name, (0, 0, 0))) for name in RANGES}
    keeps_light = flag(values, "preserve_luminosity", True)
    red, green, blue = (as_bytes(_balanced([shifts[name][axis] for name in RANGES])) for axis in range(3))
    tables = by_table((red, green, blue))
    if tables is NO_EFFECT or not keeps_light:
        return tables
    table = np.stack((red, green, blue, np.arange(256, dtype=np.uint8)), axis=-1)[None]

    def change(pixels: Pixels) -> Pixels:
        colours = np.asarray(cv2.LUT(pixels, table), np.uint8)[..., :3].astype(np.float32)
        colours += (pixels[..., :3].astype(np.float32) @ _LUMA - colours @ _LUMA)[..., None]
        return _with_colours(pixels, colours * np.float32(1 / 255))

    return Effect(on_colours(change))


def _three(numbers: Any) -> list[float]:
    if not isinstance(numbers, list | tuple) or len(numbers) != len(AXES):
        raise ValueError("a balance is three numbers")
    return [in_range(value, -100, 100) / 100 for value in numbers]


def _balanced(shifts: list[float]) -> NDArray[np.float64]:
    """A channel's curve: each shift acts on its range of tones, and fades into the next."""
    tone = np.arange(256) / 255
    shadows, highlights = np.clip(1 - tone * 1.5, 0, 1), np.clip(tone * 1.5 - 0.5, 0, 1)
    weights = (shadows, np.clip(1 - np.abs(tone - 0.5) * 2, 0, 1), highlights)
    curve = tone + sum(shift * 0.5 * weight for shift, weight in zip(shifts, weights, strict=True))
    return np.maximum.accumulate(np.clip(curve, 0, 1))


def gradient_map(values: Values) -> Effect:
    """``stops``: pairs of a place, 0..1 and rising, and a colour "#rrggbb"; by how light a pixel is, it gets one."""
    only(values, "stops")
    table = gradient_table(values.get("stops", BLACK_TO_WHITE))

    def change(pixels: Pixels) -> Pixels:
        light = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2GRAY), np.uint8)
        mapped = table[light]
        mapped[..., 3] = pixels[..., 3]
        return mapped

    return Effect(on_colours(change))


def gradient_table(stops: Any) -> Pixels:
    """The colours from black to white: uint8 ``(256, 4)``, opaque. Raises ``ValueError`` for damaged stops."""
    if not isinstance(stops, list | tuple) or not 2 <= len(stops) <= MAX_STOPS:
        raise ValueError(f"a gradient has 2 to {MAX_STOPS} stops")
    if not all(isinstance(stop, list | tuple) and len(stop) == 2 for stop in stops):
        raise ValueError("a stop is a place and a colour")
    places = [in_range(stop[0], 0, 1) for stop in stops]
    if not all(left < right for left, right in pairwise(places)):
        raise ValueError("the stops do not rise")
    if not all(isinstance(stop[1], str) and _HEX.fullmatch(stop[1]) for stop in stops):
        raise ValueError("a stop has no colour")
    colours = np.array([list(bytes.fromhex(stop[1][1:])) for stop in stops])
    steps = np.arange(256) / 255
    channels = [np.rint(np.interp(steps, places, colours[:, channel])) for channel in range(3)]
    return np.stack((*channels, np.full(256, 255)), axis=-1).astype(np.uint8)


def _with_colours(pixels: Pixels, colours: _Floats) -> Pixels:
    """Straight pixels with other colours, float ``(h, w, 3)`` in 0..1, and the alpha that they had."""
    out = np.empty_like(pixels)
    np.rint(np.clip(colours * np.float32(255), 0, 255), out=colours)
    out[..., :3] = colours
    out[..., 3] = pixels[..., 3]
    return out
