"""The outlines of things that stand alone on a plain ground: found in a picture, and held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from studio.training.scenes.data import Pictures, render
from studio.training.scenes.grammar import TIMELESS, Combination, Description, Subject
from studio.training.scenes.icons import Icons
from studio.training.scenes.vocabulary import PLAIN, THING_NAMES

Outline = npt.NDArray[np.bool_]
"""True where a thing covers the picture, (h, w)."""

_OFF_GROUND = 40
"""Levels by which a pixel differs from the ground in some channel: more than mottle and than the rim of a sticker."""

_SIDE = 64
"""Side of an aligned outline in pixels."""
_COVERED = 0.3
"""Share of the aligned square that every outline is scaled to cover."""
_TURNS = tuple(range(-15, 16, 5))
"""Degrees by which an outline may be turned to fit another."""

_SMALLEST_PART = 0.25
"""A part smaller than this share of the largest is a speck or a fragment and no thing."""


@dataclass(frozen=True)
class Part:
    """A connected part of an outline: pixels, and its middle as shares of the picture's width and height."""

    area: int
    middle: tuple[float, float]


def outline(picture: Pictures) -> Outline:
    """What stands before the plain ground of a picture, uint8 (3, h, w), holes filled.

    The ground is the median of the picture's edge.
    """
    edge = np.concatenate([picture[:, 0], picture[:, -1], picture[:, :, 0], picture[:, :, -1]], axis=1)
    ground = np.median(edge, axis=1)
    off = (np.abs(picture - ground[:, None, None]).max(axis=0) > _OFF_GROUND).astype(np.uint8)
    contours, _ = cv2.findContours(off, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(off)
    cv2.drawContours(filled, list(contours), -1, 1, cv2.FILLED)
    return np.asarray(filled, dtype=np.bool_)


def parts(shape: Outline, *, smallest: float = _SMALLEST_PART) -> list[Part]:
    """The connected parts of an outline, largest first, without those below ``smallest`` of the largest."""
    height, width = shape.shape
    count, _, boxes, middles = cv2.connectedComponentsWithStats(shape.astype(np.uint8), connectivity=8)
    found = [
        Part(int(boxes[index, cv2.CC_STAT_AREA]), (middles[index, 0] / width, middles[index, 1] / height))
        for index in range(1, count)
    ]
    found.sort(key=lambda part: -part.area)
    return [part for part in found if part.area >= smallest * found[0].area]


def aligned(shape: Outline, *, turn: float = 0.0) -> Outline:
    """An outline moved to the middle of a square of 64 pixels, scaled to a fixed area and turned by degrees."""
    area = float(shape.sum())
    if area == 0:
        return np.zeros((_SIDE, _SIDE), np.bool_)
    rows, columns = np.nonzero(shape)
    scale = float(np.sqrt(_COVERED * _SIDE * _SIDE / area))
    middle = (float(columns.mean()), float(rows.mean()))
    matrix = cv2.getRotationMatrix2D(middle, turn, scale)
    matrix[:, 2] = matrix[:, 2] + [_SIDE / 2 - middle[0], _SIDE / 2 - middle[1]]
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    moved = cv2.warpAffine(shape.astype(np.float32), matrix, (_SIDE, _SIDE), flags=flags)
    return np.asarray(moved > 0.5, dtype=np.bool_)


def likeness(shape: Outline, other: Outline) -> float:
    """Intersection over union of two outlines, place, size and rotation aligned: 1 for the same shape."""
    kept = aligned(other)
    return max(_overlap(aligned(shape, turn=turn), kept) for turn in _TURNS)


def things_by_outline(icons: Icons | None = None) -> dict[str, Outline]:
    """The aligned outline of every thing's render, by its name."""
    outlines = {}
    for name in THING_NAMES:
        alone = Description(Combination(PLAIN, TIMELESS, TIMELESS), (), 0, Subject(name, "blue", size="big"))
        outlines[name] = aligned(outline(render(alone, 256, icons)))
    return outlines


def nearest_thing(shape: Outline, known: Mapping[str, Outline]) -> str:
    """The name of the thing whose aligned outline an outline is most like."""
    turned = [aligned(shape, turn=turn) for turn in _TURNS]
    return max(known, key=lambda name: max(_overlap(one, known[name]) for one in turned))


def _overlap(one: Outline, other: Outline) -> float:
    union = int((one | other).sum())
    return int((one & other).sum()) / union if union else 0.0
