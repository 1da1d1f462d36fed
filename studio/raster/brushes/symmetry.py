"""Strokes that are drawn in several places at once: mirrored, turned about a centre, or both."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Placed(NamedTuple):
    """Where a dab is drawn again: its centre, by how much it is turned (radians), and whether it is mirrored."""

    x: float
    y: float
    turn: float
    is_mirrored: bool


@dataclass(frozen=True, kw_only=True)
class Symmetry:
    """What is drawn at (x, y) of the canvas is drawn again in each copy.

    ``across`` mirrors left and right, ``down`` top and bottom, and the whole is drawn ``turns`` times around the
    centre, 1..32.
    """

    x: float
    y: float
    across: bool = False
    down: bool = False
    turns: int = 1

    def copies(self, x: float, y: float) -> Iterator[Placed]:
        """The place itself first."""
        right, below = x - self.x, y - self.y
        for turn, is_mirrored in self._elements:
            down = -below if is_mirrored else below
            cosine, sine = math.cos(turn), math.sin(turn)
            yield Placed(
                self.x + right * cosine - down * sine, self.y + right * sine + down * cosine, turn, is_mirrored
            )

    def matrices(self) -> Iterator[tuple[float, float, float, float, float, float]]:
        """The affine map of each copy: (a, b, c, d, e, f) makes (a x + c y + e, b x + d y + f) of (x, y)."""
        for turn, is_mirrored in self._elements:
            cosine, sine, flip = math.cos(turn), math.sin(turn), -1.0 if is_mirrored else 1.0
            a, b, c, d = cosine, sine, -sine * flip, cosine * flip
            yield a, b, c, d, self.x - a * self.x - c * self.y, self.y - b * self.x - d * self.y

    @cached_property
    def _elements(self) -> tuple[tuple[float, bool], ...]:
        """Turns in radians, each after a mirroring of top and bottom or not; none twice."""
        kinds = [(0.0, False)]
        kinds += [(0.0, True)] if self.down else []
        kinds += [(math.pi, True)] if self.across else []
        kinds += [(math.pi, False)] if self.across and self.down else []
        found: dict[tuple[float, bool], tuple[float, bool]] = {}
        for kind, is_mirrored in kinds:
            for step in range(self.turns):
                turn = (kind + math.tau * step / self.turns) % math.tau
                found.setdefault((round(turn, 6) % round(math.tau, 6), is_mirrored), (turn, is_mirrored))
        return tuple(found.values())
