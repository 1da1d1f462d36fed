"""What the kinds of plugins are tried out on, before anybody uses one."""

from __future__ import annotations

from typing import Final

import numpy as np

from studio.document import Pixels

TRIAL_SIDE: Final = 128
"""The side of a trial document or frame."""


def trial_frame(shade: int) -> Pixels:
    """One grey frame, uint8 ``(TRIAL_SIDE, TRIAL_SIDE, 3)``."""
    return np.full((TRIAL_SIDE, TRIAL_SIDE, 3), shade, dtype=np.uint8)


def trial_pixels() -> Pixels:
    """Noise with an alpha of every strength, wider than high: uint8 ``(48, 64, 4)`` straight RGBA."""
    return np.random.default_rng(0).integers(0, 256, (48, 64, 4), dtype=np.uint8)


def unheard(fraction: float, message: str) -> None:
    """Progress that nobody watches."""
