"""How well a drawn picture keeps to the lines that it was drawn after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from studio.training.scenes.lines import Lines

REACH: Final = 2.0
"""Pixels within which two lines count as the same."""

_LIGHT: Final = 127


@dataclass(frozen=True)
class Agreement:
    """Shares of 1: of the drawn lines that were asked for, and of those asked for that were drawn."""

    precision: float
    recall: float

    @property
    def f_score(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def agreement(drawn: Lines, wanted: Lines, reach: float = REACH) -> Agreement:
    """How far the lines of a picture are those that were wanted, pixel by pixel; without any there is none."""
    found, asked = drawn > _LIGHT, wanted > _LIGHT
    if not found.any() or not asked.any():
        return Agreement(0.0, 0.0)
    return Agreement(
        float((_distances(asked)[found] <= reach).mean()), float((_distances(found)[asked] <= reach).mean())
    )


def mean_f_score(pairs: Sequence[tuple[Lines, Lines]]) -> float:
    """The mean F-score of drawn and wanted lines."""
    return float(np.mean([agreement(*pair).f_score for pair in pairs]))


def _distances(lines: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """How far every pixel is from the nearest of some lines."""
    return np.asarray(cv2.distanceTransform((~lines).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)
