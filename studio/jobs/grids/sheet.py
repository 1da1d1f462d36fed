"""The sheet of a grid: a document with a layer for each cell in its place, and words beside them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np

from studio.document import (
    MAX_SIDE,
    Document,
    FillLayer,
    GroupLayer,
    Layer,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    Rgb,
    SolidColor,
)
from studio.errors import SettingError
from studio.generation import GenerationSettings
from studio.generation.grids import CellPicture, GridCell, GridPlan
from studio.message import Message
from studio.raster.lettering import Lettering

MOST_PIXELS: Final = 200_000_000
"""Most pixels of a sheet: 0.8 GB as layers."""

PAPER: Final[Rgb] = (250, 250, 249)
INK: Final[Rgb] = (32, 32, 34)
FAINT: Final[Rgb] = (112, 112, 118)
ALARM: Final[Rgb] = (168, 32, 40)
_LABEL_LINES: Final = 3
_LEAST_LETTERS: Final = 12
_MOST_LETTERS: Final = 28
_LETTERS_ACROSS: Final = 15
"""A cell is about so many letters wide."""


@dataclass(frozen=True, kw_only=True, eq=False)
class SheetCell:
    """What came of a cell: ``pixels`` gives its picture, premultiplied RGBA of ``size`` (width, height); without one
    ``why`` says why."""

    size: tuple[int, int] | None = None
    pixels: Callable[[], Pixels] | None = None
    settings: str = ""
    why: str = ""


def check_sheet(plan: GridPlan, sizes: Mapping[int, tuple[int, int]]) -> None:
    """Raises `SettingError` where the sheet of a plan, whose cells have these sizes by their index, is too large."""
    widths, heights = _column_widths(plan, sizes), _row_heights(plan, sizes)
    width, height = sum(widths), sum(heights)
    if max(width, height) > MAX_SIDE * 0.95 or width * height > MOST_PIXELS:
        raise SettingError(
            "The sheet of this grid would have about {width}x{height} pixels.",
            "Take fewer values or smaller pictures: {most} million pixels are the most, and {side} for a side.",
            width=width,
            height=height,
            most=MOST_PIXELS // 1_000_000,
            side=MAX_SIDE,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """What was ``drawn`` of a grid, cell by cell. ``say`` gives a message in the language of the person."""

    plan: GridPlan
    cells: Sequence[GridCell]
    drawn: Sequence[SheetCell]
    say: Callable[[str], str]

    def document(self) -> Document:
        """A group for each row (and sheet) with its cells from left to right, over their words.

        Needs a QGuiApplication for its fonts.
        """
        paper = FillLayer(name=self.say(Message("Paper")), fill=SolidColor(PAPER))
        labels = PaintLayer(name=self.say(Message("Labels")), raster=self._labels(), locked=True)
        layers = (paper, labels, *self._layers())
        width, height = self._size
        return Document(width=width, height=height, layers=layers, active_id=_first_picture(layers))

    def pictures(self, indices: Container[int]) -> tuple[CellPicture, ...]:
        """The pictures of these cells, as they lie in the layers of the document."""
        found = zip(self.cells, self.drawn, self._pictures, strict=True)
        return tuple(
            CellPicture(
                raster=layer.raster,
                rect=self._rect(cell, *self._sizes[cell.index]),
                settings=GenerationSettings.read_json(done.settings),
            )
            for cell, done, layer in found
            if cell.index in indices
        )

    # --- where things are -------------------------------------------------------------------------

    @cached_property
    def _sizes(self) -> dict[int, tuple[int, int]]:
        """The size of each cell; those without a picture have that of their settings."""
        return {
            cell.index: done.size or (cell.settings.width, cell.settings.height)
            for cell, done in zip(self.cells, self.drawn, strict=True)
        }

    @cached_property
    def _widths(self) -> list[int]:
        return _column_widths(self.plan, self._sizes)

    @cached_property
    def _heights(self) -> list[int]:
        return _row_heights(self.plan, self._sizes)

    @cached_property
    def _letters(self) -> int:
        least = min(min(size) for size in self._sizes.values())
        return min(max(round(least / _LETTERS_ACROSS), _LEAST_LETTERS), _MOST_LETTERS)

    @property
    def _gap(self) -> int:
        return max(4, self._letters // 2)

    @cached_property
    def _label_width(self) -> int:
        """How wide the labels of the rows are."""
        if len(self.plan.axes) < 2:
            return 0
        widest = max(self._lettering(10**6).width_of(text) for text in self._texts(1))
        cell = max(size[0] for size in self._sizes.values())
        return min(widest, max(10 * self._letters, cell))

    @cached_property
    def _head_height(self) -> int:
        """How high the labels of the columns are."""
        labels = zip(self._widths, self._texts(0), strict=True)
        lines = [len(self._lettering(width).wrapped(text)) for width, text in labels]
        return self._lettering(1).height_of(max(lines))

    @cached_property
    def _title_height(self) -> int:
        """How high the line over each sheet is, where there are several."""
        return 0 if len(self.plan.axes) < 3 else self._title(1).height_of(1) + self._gap

    @cached_property
    def _lefts(self) -> list[int]:
        first = self._gap + (self._label_width + self._gap if self._label_width else 0)
        return list(accumulate((width + self._gap for width in self._widths), initial=first))

    @cached_property
    def _tops(self) -> list[int]:
        """The tops of all rows of all sheets, and the end of the last."""
        rows = self.plan.shape[1]
        top, tops = self._gap, []
        for number, height in enumerate(self._heights):
            if number % rows == 0:
                top += (2 * self._gap if number else 0) + self._title_height + self._head_height + self._gap // 2
            tops.append(top)
            top += height + self._gap
        return [*tops, top]

    @property
    def _size(self) -> tuple[int, int]:
        return self._lefts[-1], self._tops[-1]

    def _spot(self, cell: GridCell) -> tuple[int, int]:
        """Where a cell's room begins."""
        column, row, sheet = (*cell.place, 0, 0)[:3]
        return self._lefts[column], self._tops[sheet * self.plan.shape[1] + row]

    def _rect(self, cell: GridCell, width: int, height: int) -> Rect:
        """Where a picture of a size lies: in the middle of its cell's room."""
        x, y = self._spot(cell)
        column, row, sheet = (*cell.place, 0, 0)[:3]
        left = (self._widths[column] - width) // 2
        top = (self._heights[sheet * self.plan.shape[1] + row] - height) // 2
        return Rect(x + left, y + top, width, height)

    # --- words ------------------------------------------------------------------------------------

    def _texts(self, axis: int) -> list[str]:
        return [self.plan.label(axis, index) for index in range(len(self.plan.axes[axis].texts))]

    def _lettering(self, width: int) -> Lettering:
        return Lettering(size=self._letters, width=width, lines=_LABEL_LINES, color=INK, centred=True)

    def _title(self, width: int) -> Lettering:
        return Lettering(size=round(self._letters * 1.2), width=width, bold=True, color=INK)

    def _labels(self) -> Raster:
        raster = Raster()
        for pixels, x, y in self._placed_words():
            raster = raster.with_array(pixels, x, y)
        return raster

    def _placed_words(self) -> Iterator[tuple[Pixels, int, int]]:
        for sheet in range(self.plan.shape[2]):
            yield from self._head(sheet)
            if self._label_width:
                yield from self._row_labels(sheet)

    def _head(self, sheet: int) -> Iterator[tuple[Pixels, int, int]]:
        """The words over a sheet and over its columns."""
        end = self._tops[sheet * self.plan.shape[1]] - self._gap // 2
        if self._title_height:
            title = self._title(self._size[0] - 2 * self._gap).pixels(self.plan.label(2, sheet))
            yield title, self._gap, end - self._head_height - self._title_height
        for left, width, text in zip(self._lefts, self._widths, self._texts(0), strict=False):
            words = self._lettering(width).pixels(text)
            yield words, left + (width - words.shape[1]) // 2, end - words.shape[0]

    def _row_labels(self, sheet: int) -> Iterator[tuple[Pixels, int, int]]:
        for row, text in enumerate(self._texts(1)):
            place = sheet * self.plan.shape[1] + row
            words = self._row_lettering(self._heights[place]).pixels(text)
            x = self._gap + self._label_width - words.shape[1]
            yield words, x, self._tops[place] + max(0, self._heights[place] - words.shape[0]) // 2

    def _row_lettering(self, height: int) -> Lettering:
        """Words beside a row may have as many lines as it has room for."""
        line = self._lettering(self._label_width).height_of(1)
        lines = max(1, min(2 * _LABEL_LINES, height // line))
        return Lettering(size=self._letters, width=self._label_width, lines=lines, color=INK)

    # --- layers -----------------------------------------------------------------------------------

    @cached_property
    def _pictures(self) -> list[PaintLayer]:
        """The layer of each cell."""
        return [self._layer(cell, done) for cell, done in zip(self.cells, self.drawn, strict=True)]

    def _layers(self) -> tuple[Layer, ...]:
        """From the bottom to the top, so that the first row is the uppermost in the list."""
        columns, rows, sheets = self.plan.shape
        layers: list[Layer] = list(self._pictures)
        if rows > 1 or sheets > 1:
            layers = _grouped(layers, columns, [self._row_name(row) for _ in range(sheets) for row in range(rows)])
        if sheets > 1:
            layers = _grouped(layers, rows, self._texts(2))
        return tuple(reversed(layers))

    def _row_name(self, row: int) -> str:
        return self.plan.label(1, row) if len(self.plan.axes) > 1 else self.plan.label(0, row)

    def _layer(self, cell: GridCell, done: SheetCell) -> PaintLayer:
        pixels = done.pixels() if done.pixels is not None else self._excuse(done.why, *self._sizes[cell.index])
        place = self._rect(cell, pixels.shape[1], pixels.shape[0])
        raster = Raster.from_array(pixels, place.x, place.y)
        return PaintLayer(name=cell.name, raster=raster, settings=done.settings or None)

    def _excuse(self, why: str, width: int, height: int) -> Pixels:
        """A frame of a cell's size with why there is no picture in it."""
        pixels = np.zeros((height, width, 4), np.uint8)
        pixels[:] = (*(round(value * 0.94) for value in PAPER), 255)
        size, inner = max(10, self._letters - 2), max(8, width - 2 * self._gap)
        lines = max(1, (height - self._gap) // Lettering(size=size, width=inner).height_of(1))
        color = ALARM if why else FAINT
        lettering = Lettering(size=size, width=inner, lines=lines, color=color, centred=True)
        words = lettering.pixels(why or self.say(Message("Not drawn")))[:height, :width]
        _laid_over(pixels, words, (width - words.shape[1]) // 2, (height - words.shape[0]) // 2)
        return pixels


def _laid_over(pixels: Pixels, words: Pixels, x: int, y: int) -> None:
    """Put premultiplied words over opaque pixels, in place."""
    part = pixels[y : y + words.shape[0], x : x + words.shape[1]]
    kept = 255 - words[..., 3:].astype(np.uint16)
    part[:] = words + (part * kept // 255).astype(np.uint8)


def _grouped(layers: Sequence[Layer], size: int, names: Sequence[str]) -> list[Layer]:
    """Groups of so many layers each, the first of each on its top."""
    parts = (layers[start : start + size] for start in range(0, len(layers), size))
    return [GroupLayer(name=name, children=tuple(reversed(part))) for name, part in zip(names, parts, strict=True)]


def _first_picture(layers: Sequence[Layer]) -> str | None:
    """The layer of the first cell: the uppermost of all."""
    layer = layers[-1]
    while layer.children:
        layer = layer.children[-1]
    return layer.id


def _column_widths(plan: GridPlan, sizes: Mapping[int, tuple[int, int]]) -> list[int]:
    columns = plan.shape[0]
    return [max(size[0] for index, size in sizes.items() if index % columns == column) for column in range(columns)]


def _row_heights(plan: GridPlan, sizes: Mapping[int, tuple[int, int]]) -> list[int]:
    """Of all rows of all sheets."""
    columns, rows, sheets = plan.shape
    return [max(size[1] for index, size in sizes.items() if index // columns == row) for row in range(rows * sheets)]
