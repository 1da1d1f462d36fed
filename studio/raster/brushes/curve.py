"""Curves from 0..1 to 0..1, by which a pen changes a brush."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from studio.system.records import check_of, number, several

Curve = tuple[tuple[float, float], ...]
"""Points (x, y), both 0..1, x rising from 0 to 1; between them the curve is smooth and never overshoots."""

LINEAR: Final[Curve] = ((0.0, 0.0), (1.0, 1.0))
MOST_POINTS: Final = 12

_STEPS: Final = 128
_PAIR: Final = check_of(several(check_of(number(least=0, most=1)), exactly=2))
_POINTS: Final = check_of(several(_PAIR, most=MOST_POINTS))


def read_curve(value: Any) -> Curve:
    """A curve of what JSON holds; ``ValueError`` says what is expected."""
    points: Curve = _POINTS(value)
    places = [x for x, _ in points]
    if len(points) < 2 or (places[0], places[-1]) != (0, 1) or any(b <= a for a, b in pairwise(places)):
        raise ValueError("points whose x rises from 0 to 1")
    return points


def value_at(curve: Curve, x: float) -> float:
    """The height of a curve at x; beyond 0..1 that of its end."""
    x = min(1.0, max(0.0, x))
    if len(curve) == 2:
        (_, low), (_, high) = curve
        return low + (high - low) * x
    table = _table(curve)
    place = min(_STEPS - 1, int(x * _STEPS))
    share = x * _STEPS - place
    return table[place] + (table[place + 1] - table[place]) * share


@lru_cache(maxsize=64)
def _table(curve: Curve) -> tuple[float, ...]:
    slopes = _slopes(curve)
    return tuple(_between(curve, slopes, step / _STEPS) for step in range(_STEPS + 1))


def _slopes(curve: Curve) -> list[float]:
    """Slopes at the points that keep the curve from overshooting (Fritsch and Butland, 1984)."""
    steps = [(high - low) / (right - left) for (left, low), (right, high) in pairwise(curve)]
    inner = [2 * a * b / (a + b) if a * b > 0 else 0.0 for a, b in pairwise(steps)]
    return [steps[0], *inner, steps[-1]]


def _between(curve: Curve, slopes: list[float], x: float) -> float:
    """The cubic through two neighbouring points with their slopes, as Hermite gives it."""
    index = min(len(curve) - 2, bisect_right(curve, (x, 2.0)) - 1)
    (left, low), (right, high) = curve[index], curve[index + 1]
    width = right - left
    t = (x - left) / width
    rise = low * (1 + 2 * t) * (1 - t) ** 2 + high * t * t * (3 - 2 * t)
    bend = slopes[index] * t * (1 - t) ** 2 - slopes[index + 1] * t * t * (1 - t)
    return min(1.0, max(0.0, rise + bend * width))
