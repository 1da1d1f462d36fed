"""The lines of a picture as somebody might draw them: what a control network learns to read.

The preprocessors of the application find the lines, with other values each time. Then they are drawn worse: by an
unsteady hand, with a thicker pen, fainter, and not everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from studio.training.scenes.data import Pictures

Lines = npt.NDArray[np.uint8]
"""Light lines on black, (h, w)."""

Preprocess = Callable[[str, Pictures, Mapping[str, float]], Lines]
"""What the filter of an id with some values makes of a picture, uint8 RGB (h, w, 3)."""


@dataclass(frozen=True)
class Finder:
    """A preprocessor and how far its values are varied: those between whole numbers are whole."""

    filter: str
    values: Mapping[str, tuple[float, float]]


FINDERS = (
    Finder("guide_canny", {"low": (40, 110), "high": (120, 230)}),
    Finder("guide_scribble", {"detail": (0.35, 0.9), "width": (1, 4)}),
    Finder("guide_soft_lines", {"strength": (0.6, 2.0)}),
)

_UNSTEADY, _THICKER, _FAINTER, _INCOMPLETE = 0.4, 0.35, 0.25, 0.25
"""Shares of the drawings that are worse in one way each."""
_WOBBLE = 1.5
"""How far an unsteady hand is off, in pixels: within what counts as the same line."""
_WIDEST = 3
_FAINTEST = 0.6
_MOST_GAPS = 4
_LONGEST_GAP = 0.6
"""As a share of the picture's side."""


def draw_lines(picture: Pictures, preprocess: Preprocess, random: np.random.Generator) -> Lines:
    """The lines of a picture, uint8 (3, h, w), by one of the ``FINDERS``, drawn as well as ``random`` has it."""
    finder = FINDERS[int(random.integers(len(FINDERS)))]
    values = {name: _between(*ends, random) for name, ends in finder.values.items()}
    lines = preprocess(finder.filter, np.ascontiguousarray(picture.transpose(1, 2, 0)), values)
    return drawn_worse(lines, random)


def _between(least: float, most: float, random: np.random.Generator) -> float:
    if isinstance(least, int) and isinstance(most, int):
        return int(random.integers(least, most, endpoint=True))
    return float(random.uniform(least, most))


def drawn_worse(lines: Lines, random: np.random.Generator) -> Lines:
    """Lines as a person draws them who has a pen, a hand and no patience."""
    chances = random.random(4)
    if chances[0] < _THICKER:
        lines = _thicker(lines, int(random.integers(2, _WIDEST + 1)))
    if chances[1] < _UNSTEADY:
        lines = _unsteady(lines, float(random.uniform(0.5, _WOBBLE)), random)
    if chances[2] < _INCOMPLETE:
        lines = _incomplete(lines, random)
    if chances[3] < _FAINTER:
        lines = (lines * random.uniform(_FAINTEST, 1.0)).round().astype(np.uint8)
    return lines


def _thicker(lines: Lines, width: int) -> Lines:
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    return np.asarray(cv2.dilate(lines, pen), np.uint8)


def _unsteady(lines: Lines, far: float, random: np.random.Generator) -> Lines:
    """Shifted here and there by up to ``far`` pixels."""
    height, width = lines.shape
    coarse = random.uniform(-far, far, (2, 6, 6)).astype(np.float32)
    across, down = (cv2.resize(each, (width, height), interpolation=cv2.INTER_LINEAR) for each in coarse)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    return np.asarray(cv2.remap(lines, columns + across, rows + down, cv2.INTER_LINEAR), np.uint8)


def _incomplete(lines: Lines, random: np.random.Generator) -> Lines:
    """Without those that lie in some rectangles."""
    lines = lines.copy()
    for _ in range(int(random.integers(1, _MOST_GAPS + 1))):
        sides = random.uniform(0.05, _LONGEST_GAP, 2)
        top, left = random.uniform(0.0, 1.0 - sides)
        (first, left), (last, right) = (
            np.round(np.array(corner) * lines.shape).astype(int)
            for corner in ((top, left), (top + sides[0], left + sides[1]))
        )
        lines[first:last, left:right] = 0
    return lines
