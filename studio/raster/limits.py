"""What tools show and offer of raster work before any is done: it knows no pixels, and loads nothing that does."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from studio.document.tiles import Rect

MAX_DIAMETER: Final = 2000.0
"""Of a brush, in pixels."""


MAX_ROPE: Final = 500.0
"""Of the rope by which a pointer drags a brush, in pixels."""

MOST_TURNS: Final = 32
"""Of a stroke that is drawn around a centre."""


class MaskMode(StrEnum):
    """How a shape meets the mask that is there."""

    REPLACE = "replace"
    ADD = "add"
    SUBTRACT = "subtract"
    INTERSECT = "intersect"


def thumbnail_size(canvas: Rect, side: int) -> tuple[int, int]:
    """Width and height of a thumbnail: the canvas's proportions, its longer side ``side`` pixels."""
    scale = side / max(canvas.width, canvas.height)
    return max(1, round(canvas.width * scale)), max(1, round(canvas.height * scale))
