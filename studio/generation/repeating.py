"""Pictures that tile: what lies beyond one border is what lies along the opposite one."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from studio.document import Rect

Tile: TypeAlias = Literal["off", "x", "y", "both"]
"""Along which axis a picture goes on at its other side: from left to right, from top to bottom, or both."""

TILES: Final[tuple[Tile, ...]] = get_args(Tile)


def along(tile: Tile) -> tuple[bool, bool]:
    """Whether a picture goes on (from left to right, from top to bottom)."""
    return tile in ("x", "both"), tile in ("y", "both")


def tile_of(across: bool, down: bool) -> Tile:
    """The other way round than `along`."""
    if across and down:
        return "both"
    return "x" if across else "y" if down else "off"


def tile_within(tile: Tile, part: Rect, whole: Rect) -> Tile:
    """How a part of a picture tiles: along an axis only where it spans the whole."""
    across, down = along(tile)
    return tile_of(across and part.width == whole.width, down and part.height == whole.height)
