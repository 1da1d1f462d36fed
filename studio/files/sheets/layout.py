"""Where sprites lie on a sheet: in even cells, row by row."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from studio.document import Rect
from studio.errors import FileTooLargeError, SettingError

Trim = Literal["none", "each", "together"]

TRIMS: Final[tuple[Trim, ...]] = ("none", "each", "together")
MAX_SHEET_SIDE: Final = 16384
"""Longest side of a sheet: what graphics cards take as one texture."""
MAX_SPACE: Final = 256
"""Most pixels between sprites, and most of a border that is repeated."""


@dataclass(frozen=True, kw_only=True)
class SheetOptions:
    """How sprites are put on a sheet.

    ``columns`` is how many lie in a row, ``None`` for the squarest sheet. ``padding`` is how many transparent pixels
    lie between two cells. ``extrude`` is how often the outermost pixels of each sprite are repeated around it, so that
    engines which filter textures mix in nothing else. ``trim`` cuts transparent borders: of "each" sprite, or of all
    "together" by the same rectangle, so that they stay in register. ``power_of_two`` widens the sheet.
    """

    columns: int | None = None
    padding: int = 2
    extrude: int = 0
    trim: Trim = "none"
    power_of_two: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One sprite: the ``part`` of it that is shown, in its own pixels, and where that lies on the sheet."""

    part: Rect
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A sheet of ``width`` x ``height`` pixels. Rows of cells begin every ``row_height`` pixels."""

    width: int
    height: int
    columns: int
    row_height: int
    extrude: int
    places: tuple[Place, ...]

    @property
    def rows(self) -> int:
        return math.ceil(len(self.places) / self.columns)


@dataclass(frozen=True)
class _Grid:
    """Cells of one size, ``width`` x ``height`` with what is repeated around the sprite."""

    count: int
    width: int
    height: int
    options: SheetOptions

    def size(self, columns: int) -> tuple[int, int]:
        """(width, height) of the sheet with so many columns."""
        rows, padding = math.ceil(self.count / columns), self.options.padding
        sides = columns * (self.width + padding) - padding, rows * (self.height + padding) - padding
        return (_power_of_two(sides[0]), _power_of_two(sides[1])) if self.options.power_of_two else sides

    def squarest(self) -> int:
        """The number of columns with the shortest longer side; of those the smallest sheet with the fewest holes, lying
        rather than standing."""
        return min(range(1, self.count + 1), key=self._badness)

    def _badness(self, columns: int) -> tuple[int, int, int, int]:
        width, height = self.size(columns)
        return max(width, height), width * height, -self.count % columns, -columns


def check_sheet(options: SheetOptions) -> None:
    """Raise `SettingError` naming the first option that cannot be used."""
    if options.columns is not None and options.columns < 1:
        raise SettingError("columns cannot be {columns}.", "Give a number from 1.", columns=options.columns)
    for name, value in (("padding", options.padding), ("extrude", options.extrude)):
        if not 0 <= value <= MAX_SPACE:
            raise SettingError(
                "{name} cannot be {value}.", "Give 0 to {most} pixels.", name=name, value=value, most=MAX_SPACE
            )
    if options.trim not in TRIMS:
        raise SettingError(
            "trim cannot be {trim}.", "Choose one of {known}.", trim=options.trim, known=", ".join(TRIMS)
        )


def lay_out(parts: Sequence[Rect], options: SheetOptions) -> Layout:
    """Places for sprites of which ``parts`` are shown, each in the middle of its cell.

    Raises `SettingError` for no sprites, `FileTooLargeError` for a side over 16384 pixels.
    """
    check_sheet(options)
    if not parts:
        raise SettingError("There is nothing to put on a sheet.", "Choose layers, frames or pictures for it.")
    around = 2 * options.extrude
    cell = max(part.width for part in parts) + around, max(part.height for part in parts) + around
    grid = _Grid(len(parts), *cell, options)
    columns = min(options.columns or grid.squarest(), len(parts))
    width, height = grid.size(columns)
    if max(width, height) > MAX_SHEET_SIDE:
        raise FileTooLargeError(
            "A sheet of {count} sprites would have {width}x{height} pixels; {max_sheet_side} is the most.",
            "Make the pictures smaller, or put fewer of them on it.",
            count=len(parts),
            width=width,
            height=height,
            max_sheet_side=MAX_SHEET_SIDE,
        )
    row_height = cell[1] + options.padding
    places = []
    for index, part in enumerate(parts):
        row, column = divmod(index, columns)
        x = column * (cell[0] + options.padding) + (cell[0] - part.width) // 2
        places.append(Place(part, x, row * row_height + (cell[1] - part.height) // 2))
    return Layout(
        width=width,
        height=height,
        columns=columns,
        row_height=row_height,
        extrude=options.extrude,
        places=tuple(places),
    )


def _power_of_two(side: int) -> int:
    return 1 << (side - 1).bit_length()
