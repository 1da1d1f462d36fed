"""A grid: many pictures that differ in two or three parameters, to be looked at side by side."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from studio.errors import SettingError
from studio.generation.grid_values import MOST_VALUES
from studio.generation.settings import GenerationSettings
from studio.system.records import Record, check_of, reading, record, several, text

if TYPE_CHECKING:
    from studio.document import Document, Raster, Rect

MOST_AXES: Final = 3
MOST_CELLS: Final = 500
"""Most pictures of one grid."""

_KEY_LENGTH: Final = 32
_TEXT: Final = check_of(text())


@dataclass(frozen=True, kw_only=True)
class GridAxis(Record):
    """One parameter with its values.

    ``parameter`` is the id of a kind of axis, see `studio.jobs.grids.kinds`, and ``texts`` are its values as that reads
    them; ``name`` and ``labels`` say both to the person, in the language that it was asked in.
    """

    parameter: str = text()
    texts: tuple[str, ...] = several(_TEXT, most=MOST_VALUES)
    name: str = text("")
    labels: tuple[str, ...] = several(_TEXT, most=MOST_VALUES)


@dataclass(frozen=True, kw_only=True)
class GridPlan(Record):
    """What a grid shows: ``settings`` are those of every cell but for the ``axes``: columns, rows and sheets."""

    settings: GenerationSettings = record(GenerationSettings)
    axes: tuple[GridAxis, ...] = several(reading(GridAxis), most=MOST_AXES)

    @property
    def shape(self) -> tuple[int, int, int]:
        """How many columns, rows and sheets there are."""
        columns, rows, sheets = [*(len(axis.texts) for axis in self.axes), 1, 1, 1][:MOST_AXES]
        return columns, rows, sheets

    @property
    def count(self) -> int:
        """How many cells there are."""
        columns, rows, sheets = self.shape
        return columns * rows * sheets

    @property
    def key(self) -> str:
        """A name for a folder that this plan's grids alone have."""
        asked = [self.settings.values(), [[axis.parameter, *axis.texts] for axis in self.axes]]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:_KEY_LENGTH]

    def places(self) -> Iterator[tuple[int, ...]]:
        """For each cell which value of each axis it has: row by row, sheet by sheet."""
        columns, rows, sheets = self.shape
        for sheet in range(sheets):
            for row in range(rows):
                for column in range(columns):
                    yield (column, row, sheet)[: len(self.axes)]

    def label(self, axis: int, index: int) -> str:
        """What is written at a column, row or sheet: the name of the parameter and its value."""
        asked = self.axes[axis]
        return f"{asked.name}: {asked.labels[index]}" if asked.name else asked.labels[index]

    def check(self) -> None:
        """Raises `SettingError` for a grid without an axis, with one twice, and with too many cells."""
        if not self.axes:
            raise SettingError("A grid needs a parameter that changes.", "Choose one for the columns.")
        names = [axis.parameter for axis in self.axes]
        for axis in self.axes:
            if names.count(axis.parameter) > 1:
                name = axis.name or axis.parameter
                raise SettingError("{name} is there twice.", "Choose another parameter.", name=name)
        if self.count > MOST_CELLS:
            raise SettingError(
                "A grid of {count} pictures is too large.",
                "Take fewer values: {most} pictures are the most.",
                count=self.count,
                most=MOST_CELLS,
            )


@dataclass(frozen=True, kw_only=True, eq=False)
class GridCell:
    """One picture of a grid, the ``index``-th, with the values at ``place`` of the axes: what it is drawn with."""

    index: int
    place: tuple[int, ...]
    name: str
    settings: GenerationSettings
    document: Document


@dataclass(frozen=True, kw_only=True, eq=False)
class GridTask:
    """A grid as a job. Finished cells are kept in ``folder``, so that a run that was stopped goes on there; with
    ``restart`` all are drawn anew. ``say`` gives a message in the language of the person, for what the sheet says.

    A folder that ``is_ours`` lies among those of other grids: old ones make room, cells of another grid in it do too,
    and what was asked for is kept in it until the run is over, so that one that was killed can be offered again; after
    a cancel too, for who cancelled to drop.
    """

    plan: GridPlan
    cells: tuple[GridCell, ...]
    folder: Path
    restart: bool = False
    is_ours: bool = False
    say: Callable[[str], str] = str


@dataclass(frozen=True, kw_only=True, eq=False)
class CellPicture:
    """The picture of a cell, premultiplied RGBA in a part of the ``raster`` of its layer, and what draws it again."""

    raster: Raster
    rect: Rect
    settings: GenerationSettings


@dataclass(frozen=True, kw_only=True, eq=False)
class DrawnGrid:
    """What a job made of a grid: a document with a layer for each of the ``drawn`` pictures, out of ``count``.

    ``new`` are those of them that were not taken over from an earlier run.
    """

    document: Document
    drawn: int
    count: int
    new: tuple[CellPicture, ...] = ()
