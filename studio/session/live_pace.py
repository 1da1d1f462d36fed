"""When live painting draws: at once where a frame takes no time, else when the hand rests or has waited long enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

QUICK: Final = 0.25
"""Seconds that a frame may take to be begun at once."""
CALM: Final = 0.15
"""Seconds after the last change before a slower frame is begun."""
PATIENCE: Final = 1.0
"""Seconds after the first change that nobody has seen drawn, at most."""
SLOW: Final = 8.0
"""Seconds from which on a frame is drawn only when it is asked for."""


@dataclass(frozen=True)
class Pace:
    """``seconds`` is what a frame takes; ``None`` while that is not known."""

    seconds: float | None = None

    @property
    def is_slow(self) -> bool:
        """Whether frames are drawn only when they are asked for."""
        return self.seconds is not None and self.seconds > SLOW

    def due(self, first: float, last: float) -> float:
        """When to begin a frame, by a clock on which the changes since the last one came from ``first`` to ``last``."""
        if self.seconds is not None and self.seconds < QUICK:
            return first
        return min(last + CALM, first + PATIENCE)
