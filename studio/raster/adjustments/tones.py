"""Levels, curves, brightness and contrast: one curve a channel."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from studio.raster.adjustments.effect import Effect, Values, as_bytes, by_table, in_range, number, only

CHANNELS: Final = ("rgb", "red", "green", "blue")
"""All three together, then each."""
STRAIGHT: Final = ((0, 0), (255, 255))
"""The points of a curve that changes nothing."""
PLAIN_LEVELS: Final = (0, 255, 1.0, 0, 255)
"""Black, white and gamma of the input, black and white of the output, that change nothing."""
MAX_POINTS: Final = 32

_Curve = NDArray[np.float64]
_INPUT: Final = np.arange(256) / 255


def levels(values: Values) -> Effect:
    """For each of `CHANNELS`: black and white of the input, the gamma between, black and white of the output."""
    only(values, *CHANNELS)
    return _joined({name: _level(values.get(name, PLAIN_LEVELS)) for name in CHANNELS})


def _level(numbers: Any) -> _Curve:
    if not isinstance(numbers, list | tuple) or len(numbers) != len(PLAIN_LEVELS):
        raise ValueError("levels are five numbers")
    black, white, low, high = (in_range(numbers[place], 0, 255) / 255 for place in (0, 1, 3, 4))
    gamma = in_range(numbers[2], 0.1, 10.0)
    if black >= white:
        raise ValueError("black is not below white")
    share = np.clip((_INPUT - black) / (white - black), 0, 1) ** (1 / gamma)
    return low + share * (high - low)


def curves(values: Values) -> Effect:
    """For each of `CHANNELS` a curve through points, given by x and y in 0..255."""
    only(values, *CHANNELS)
    return _joined({name: curve_through(values.get(name, STRAIGHT)) for name in CHANNELS})


def curve_through(points: Any) -> _Curve:
    """A smooth curve through points that never leaves the range between neighbours: float ``(256,)`` in 0..1.

    ``points`` are pairs of x and y in 0..255, x rising. Raises ``ValueError`` for anything else.
    """
    if not isinstance(points, list | tuple) or not 2 <= len(points) <= MAX_POINTS:
        raise ValueError(f"a curve has 2 to {MAX_POINTS} points")
    if not all(isinstance(point, list | tuple) and len(point) == 2 for point in points):
        raise ValueError("a point is an x and a y")
    x, y = (np.array([in_range(point[axis], 0, 255) / 255 for point in points]) for axis in (0, 1))
    if not all(left < right for left, right in pairwise(x)):
        raise ValueError("the points do not rise")
    return _monotone(x, y)


def _monotone(x: _Curve, y: _Curve) -> _Curve:
    """Cubic Hermite interpolation whose slopes are limited so that it rises and falls only where the points do."""
    step, slope = np.diff(x), np.diff(y) / np.diff(x)
    tangents = np.concatenate((slope[:1], _limited(step, slope), slope[-1:]))
    place = np.clip(np.searchsorted(x, _INPUT, side="right") - 1, 0, len(step) - 1)
    t = np.clip((_INPUT - x[place]) / step[place], 0, 1)
    start, end = tangents[place] * step[place], tangents[place + 1] * step[place]
    rise = y[place + 1] - y[place]
    return np.asarray(y[place] + t * (start + t * (3 * rise - 2 * start - end + t * (start + end - 2 * rise))))


def _limited(step: _Curve, slope: _Curve) -> _Curve:
    """Slopes at the inner points: the weighted harmonic mean of both sides, level at a peak."""
    before, after = slope[:-1], slope[1:]
    left, right = 2 * step[1:] + step[:-1], step[1:] + 2 * step[:-1]
    turns = before * after <= 0
    safe_before, safe_after = np.where(turns, 1, before), np.where(turns, 1, after)
    return np.where(turns, 0, (left + right) / (left / safe_before + right / safe_after))


def brightness_contrast(values: Values) -> Effect:
    """Both -100..100: brightness shifts, contrast turns the line around the middle."""
    only(values, "brightness", "contrast")
    shift = number(values, "brightness", -100, 100) / 100
    contrast = number(values, "contrast", -100, 100) / 100
    factor = 1 + contrast if contrast <= 0 else 1 / max(1 - contrast, 1 / 255)
    curve = as_bytes((_INPUT + shift / 2 - 0.5) * factor + 0.5)
    return by_table((curve, curve, curve))


def _joined(found: dict[str, _Curve]) -> Effect:
    """The curves of the channels, each after that of all of them."""
    whole = np.clip(found["rgb"], 0, 1)
    red, green, blue = (as_bytes(np.interp(whole, _INPUT, found[name])) for name in CHANNELS[1:])
    return by_table((red, green, blue))
