"""Whether what scenes bring along is drawn in one piece: a palm's crown on its trunk, one moon, a cabin that stands.

Each kind is looked for by its colours in a scene where nothing else has them, by day and in clear weather.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from studio.training.measuring.silhouettes import Outline, parts
from studio.training.scenes.data import Pictures, render
from studio.training.scenes.grammar import Combination, Description

_SPECK = 0.06
"""Parts smaller than this share of the largest are stars and mottle."""

_LEAST, _MOST = 0.55, 1.7
"""How small and how large a whole thing is beside the median of its renders."""

Planes = tuple[npt.NDArray[np.int16], npt.NDArray[np.int16], npt.NDArray[np.int16]]
"""Hue in degrees, saturation and value in 0..255, each (h, w)."""


@dataclass(frozen=True)
class Kind:
    """What is looked for: where it stands, how it is asked for, and the pixels that have its colours."""

    name: str
    combination: Combination
    english: str
    chinese: str
    find: Callable[[Planes], Outline]

    def description(self, seed: int) -> Description:
        """A picture of it."""
        return Description(self.combination, (self.name,), seed)


def _is_green(planes: Planes) -> Outline:
    hue, saturation, _ = planes
    return np.asarray((hue > 95) & (hue < 165) & (saturation > 80))


def _is_palm(planes: Planes) -> Outline:
    hue, saturation, value = planes
    trunk = (hue > 10) & (hue < 42) & (saturation > 90) & (value < 170)
    found = _is_green(planes) | trunk
    found[:, round(0.66 * found.shape[1]) :] = False  # the island
    return np.asarray(found)


def _is_moon(planes: Planes) -> Outline:
    _, saturation, value = planes
    return np.asarray((value > 205) & (saturation < 70))


def _is_cabin(planes: Planes) -> Outline:
    hue, saturation, _ = planes
    return np.asarray(((hue < 40) | (hue > 345)) & (saturation > 110))


KINDS = (
    Kind("palm", Combination("beach", "noon", "clear"), "a beach with a palm tree", "有棕榈树的海滩", _is_palm),
    Kind("cactus", Combination("desert", "noon", "clear"), "a desert with a cactus", "有仙人掌的沙漠", _is_green),
    Kind("moon", Combination("night sky", "night", "clear"), "a starry sky with a moon", "有月亮的星空", _is_moon),
    Kind("cabin", Combination("mountains", "noon", "clear"), "mountains with a cabin", "有小木屋的山", _is_cabin),
)


def found(kind: Kind, picture: Pictures) -> Outline:
    """Where a picture, uint8 (3, h, w), has the colours of a kind; holes are filled and hairlines closed."""
    rgb = np.ascontiguousarray(picture.transpose(1, 2, 0))
    planes = cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV).astype(np.int16)
    mask = kind.find((2 * planes[..., 0], planes[..., 1], planes[..., 2])).astype(np.uint8)
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(closed)
    cv2.drawContours(filled, list(contours), -1, 1, cv2.FILLED)
    return np.asarray(filled, dtype=np.bool_)


def usual_area(kind: Kind, side: int) -> float:
    """Median of the pixels that a kind covers in renders of ``side`` x ``side`` pixels."""
    return float(np.median([found(kind, render(kind.description(seed), side)).sum() for seed in range(5)]))


def is_whole(kind: Kind, picture: Pictures, usual: float) -> bool:
    """Whether a picture, uint8 (3, side, side), shows a kind once, in one piece and of about the ``usual`` area."""
    seen = parts(found(kind, picture), smallest=_SPECK)
    return len(seen) == 1 and _LEAST * usual <= seen[0].area <= _MOST * usual
