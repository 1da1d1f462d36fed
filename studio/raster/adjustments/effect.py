"""What is made of an adjustment's parameters, and how they are read with distrust."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from studio.document import Pixels
from studio.raster.convert import premultiply, unpremultiply
from studio.raster.words import is_opaque

Values = Mapping[str, Any]
Table = Pixels
"""What becomes of each value of each channel: uint8 ``(256, 4)``."""


@dataclass(frozen=True, eq=False)
class Effect:
    """``apply`` makes premultiplied RGBA, uint8 ``(h, w, 4)``, of such pixels: a new array of the same shape.

    A pixel depends on those up to ``reach`` pixels away in each direction; ``apply`` is given that many more on each
    side, and what it makes of them does not count.
    """

    apply: Callable[[Pixels], Pixels]
    reach: int = 0


NO_EFFECT = Effect(np.copy)


def number(values: Values, name: str, low: float, high: float, default: float = 0.0) -> float:
    """A parameter within its range. Raises ``ValueError``."""
    return in_range(values.get(name, default), low, high)


def in_range(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise ValueError(f"{value!r:.40} is no number from {low} to {high}")
    return float(value)


def flag(values: Values, name: str, default: bool = False) -> bool:
    value = values.get(name, default)
    if not isinstance(value, bool):
        raise ValueError(f"{value!r:.40} is neither true nor false")
    return value


def only(values: Values, *names: str) -> None:
    """Raise ``ValueError`` where there are parameters of other names: a newer version knows what they mean."""
    unknown = values.keys() - set(names)
    if unknown:
        raise ValueError(f"{sorted(unknown)[0]!r:.40} is not known")


def on_colours(change: Callable[[Pixels], Pixels]) -> Callable[[Pixels], Pixels]:
    """An effect on premultiplied pixels of one on straight colours, uint8 ``(h, w, 4)``, that keeps their alpha."""

    def apply(pixels: Pixels) -> Pixels:
        return change(pixels) if is_opaque(pixels) else premultiply(change(unpremultiply(pixels)))

    return apply


def by_table(curves: tuple[Pixels, Pixels, Pixels]) -> Effect:
    """The effect of a curve a channel, each uint8 ``(256,)``."""
    same = np.arange(256, dtype=np.uint8)
    if all(np.array_equal(curve, same) for curve in curves):
        return NO_EFFECT
    table = np.ascontiguousarray(np.stack((*curves, same), axis=-1))[None]
    return Effect(on_colours(lambda pixels: np.asarray(cv2.LUT(pixels, table), np.uint8)))


def as_bytes(curve: np.ndarray[Any, Any]) -> Pixels:
    """A curve of floats, 0..1, as bytes."""
    return np.asarray(np.rint(np.clip(curve, 0, 1) * 255), np.uint8)
