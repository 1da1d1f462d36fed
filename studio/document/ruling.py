"""Lines over a picture that help to draw and are no part of it: guide lines, and a grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from studio.errors import SettingError

MAX_LINES: Final = 500
"""Guide lines of a direction."""
MAX_CELL: Final = 10_000


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Lines at equal distances, in document pixels.

    Parameters
    ----------
    width, height
        Size of a cell, 1..10,000.
    x, y
        Where one crossing lies.

    Raises `SettingError` for a cell that cannot be.
    """

    width: int = 64
    height: int = 64
    x: int = 0
    y: int = 0

    def __post_init__(self) -> None:
        if not (1 <= self.width <= MAX_CELL and 1 <= self.height <= MAX_CELL):
            raise SettingError(
                "A grid with cells of {width}x{height} pixels is not possible.",
                "Choose sides from 1 to {most} pixels.",
                width=self.width,
                height=self.height,
                most=MAX_CELL,
            )


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The guide lines of a picture and its grid.

    Parameters
    ----------
    upright, level
        The x of lines from top to bottom, and the y of lines from left to right: whole document pixels, which mean
        the border before that pixel. Each once and in order, whatever order they are given in.

    Raises `SettingError` for more than `MAX_LINES` of a direction.
    """

    upright: tuple[int, ...] = ()
    level: tuple[int, ...] = ()
    grid: Grid = field(default_factory=Grid)

    def __post_init__(self) -> None:
        for name in ("upright", "level"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        if max(len(self.upright), len(self.level)) > MAX_LINES:
            raise SettingError(
                "A picture cannot have more than {most} guide lines of a direction.", "Remove some.", most=MAX_LINES
            )

    @property
    def has_lines(self) -> bool:
        return bool(self.upright or self.level)

    def moved(self, dx: int, dy: int) -> Ruling:
        """All of it moved by whole pixels."""
        grid = replace(self.grid, x=self.grid.x + dx, y=self.grid.y + dy)
        return Ruling(upright=_mapped(self.upright, 1, dx), level=_mapped(self.level, 1, dy), grid=grid)

    def scaled(self, scale_x: float, scale_y: float) -> Ruling:
        """Its lines scaled about (0, 0); the grid stays, for its cells are chosen in pixels."""
        upright, level = _mapped(self.upright, scale_x, 0), _mapped(self.level, scale_y, 0)
        return replace(self, upright=upright, level=level)

    def mirrored(self, width: int | None, height: int | None) -> Ruling:
        """Mirrored on a canvas of this width, this height, or both."""
        grid = self.grid
        grid = grid if width is None else replace(grid, x=width - grid.x)
        grid = grid if height is None else replace(grid, y=height - grid.y)
        upright = self.upright if width is None else _mapped(self.upright, -1, width)
        level = self.level if height is None else _mapped(self.level, -1, height)
        return Ruling(upright=upright, level=level, grid=grid)

    def transposed(self) -> Ruling:
        """Columns and rows exchanged."""
        old = self.grid
        grid = Grid(width=old.height, height=old.width, x=old.y, y=old.x)
        return Ruling(upright=self.level, level=self.upright, grid=grid)

    def within(self, width: int, height: int) -> Ruling:
        """Without the lines that lie beyond a canvas of this size."""
        return replace(self, upright=_upto(self.upright, width), level=_upto(self.level, height))


def _mapped(places: Iterable[int], scale: float, offset: int) -> tuple[int, ...]:
    return tuple(round(place * scale) + offset for place in places)


def _upto(places: Iterable[int], most: int) -> tuple[int, ...]:
    return tuple(place for place in places if 0 <= place <= most)
