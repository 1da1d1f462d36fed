"""Guide lines in Photoshop files, which counts in 32nds of a pixel."""

from __future__ import annotations

from typing import Any, Final

from psd_tools.psd.image_resources import GridGuidesInfo

from studio.document import MAX_LINES, MAX_SIDE, Ruling

_PARTS: Final = 32
_GRID: Final = 576
"""The usual grid there."""
_LEVEL: Final = 1
_WORD: Final = 1 << 32


def guide_lines(ruling: Ruling) -> GridGuidesInfo | None:
    """What a file says of guide lines; ``None`` without any."""
    places = [(place, 0) for place in ruling.upright] + [(place, _LEVEL) for place in ruling.level]
    data: Any = [(place * _PARTS % _WORD, direction) for place, direction in places]
    return GridGuidesInfo(1, _GRID, _GRID, data) if data else None


def ruling_of(stored: object) -> Ruling:
    """The guide lines of a file, to the nearest pixel; those out of reach are left out."""
    lines: tuple[dict[int, None], dict[int, None]] = ({}, {})
    for place, direction in getattr(stored, "data", ()):
        pixel = round((place - _WORD if place >= _WORD // 2 else place) / _PARTS)
        if abs(pixel) <= MAX_SIDE:
            lines[direction == _LEVEL][pixel] = None
    upright, level = (tuple(each)[:MAX_LINES] for each in lines)
    return Ruling(upright=upright, level=level)
