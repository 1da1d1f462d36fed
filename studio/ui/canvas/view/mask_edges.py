"""The edge of the generation mask in a magnified view: thin lines along the borders of pixels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.document import Raster, Rect, TileKey, tile_rect
from studio.ui.canvas.view.mask_overlay import DARK, INSIDE, LIGHT
from studio.ui.canvas.view.view_transform import ViewTransform

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TILE_LINES: Final = 4096
"""A tile with more edge pieces than this shows none: the colour alone shows such a mask."""


_Run = tuple[int, int, int]
"""Row, start and stop."""

_Pieces = tuple[list[_Run], list[_Run]]
"""Along rows, and along columns."""


class EdgeLines:
    """Draws a mask's edge tile by tile: the lines of a tile never depend on how much of it is painted."""

    def __init__(self) -> None:
        self._crowded: dict[TileKey, bool] = {}

    def draw(self, painter: QPainter, view: ViewTransform, mask: Raster, area: Rect, canvas: Rect) -> None:
        """Draw the edge where it touches document rectangle ``area``; ``painter`` is in view coordinates."""
        near = area.expanded(2).intersected(canvas)
        lines = [line for key in near.tile_keys() for line in self._lines(mask, key, canvas)]
        if not lines:
            return
        painter.save()
        painter.setTransform(view.matrix(), combine=True)
        for color, thickness in ((QColor(*DARK), 3), (QColor(*LIGHT), 1)):
            pen = QPen(color, thickness)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines(lines)
        painter.restore()

    def turned(self, mask: Raster, keys: Iterable[TileKey], canvas: Rect) -> list[Rect]:
        """The tiles among ``keys`` that were drawn before and whose lines now come, or go, as a whole."""
        turned = []
        for key in keys:
            before = self._crowded.get(key)
            if before is None:
                continue
            self._pieces(mask, key, canvas)
            if before != self._crowded[key]:
                turned.append(tile_rect(key))
        return turned

    def _lines(self, mask: Raster, key: TileKey, canvas: Rect) -> list[QLineF]:
        if not _may_have_edge(mask, key):
            return []
        pieces = self._pieces(mask, key, canvas)
        return [] if self._crowded[key] else edge_lines(pieces, tile_rect(key))

    def _pieces(self, mask: Raster, key: TileKey, canvas: Rect) -> _Pieces:
        pieces = edge_pieces(mask, tile_rect(key).intersected(canvas), canvas)
        self._crowded[key] = len(pieces[0]) + len(pieces[1]) > MAX_TILE_LINES
        return pieces


def edge_pieces(mask: Raster, area: Rect, canvas: Rect) -> _Pieces:
    """The runs of the edge above the rows of ``area``, and those left of its columns, counted from its corner."""
    across, down = _borders(mask, area, canvas)
    return _runs(across), _runs(down)


def edge_lines(pieces: _Pieces, area: Rect) -> list[QLineF]:
    """What `edge_pieces` found, as lines in document pixels."""
    across, down = pieces
    lines = [QLineF(area.x + start, area.y + y, area.x + stop, area.y + y) for y, start, stop in across]
    return lines + [QLineF(area.x + x, area.y + start, area.x + x, area.y + stop) for x, start, stop in down]


def _borders(mask: Raster, area: Rect, canvas: Rect) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the edge runs above each row, and left of each column, as ``(row, column)`` and ``(column, row)``.

    The far borders of ``area`` belong to the next tile, or to this one where the canvas ends.
    """
    inside = mask.read(area.expanded(1)) >= INSIDE
    across = inside[1:, 1:-1] != inside[:-1, 1:-1]
    down = (inside[1:-1, 1:] != inside[1:-1, :-1]).T
    across = across if area.bottom == canvas.bottom else across[:-1]
    return across, down if area.right == canvas.right else down[:-1]


def _runs(flags: NDArray[np.bool_]) -> list[_Run]:
    """Every run of true values along rows."""
    padded = np.zeros((flags.shape[0], flags.shape[1] + 2), np.int8)
    padded[:, 1:-1] = flags
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, stops = np.nonzero(steps == -1)
    return list(zip(rows.tolist(), starts.tolist(), stops.tolist(), strict=True))


def _may_have_edge(mask: Raster, key: TileKey) -> bool:
    near = ((key[0] + dx, key[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
    return any(neighbour in mask.tiles for neighbour in near)
