"""The edge of the selection: moving dashes, one device pixel wide, however the view stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QTransform

from studio.document import TILE_SIZE, Pixels, Raster, Rect
from studio.system.signals import Signal
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.mask_overlay import INSIDE
from studio.ui.canvas.view.view_transform import ViewTransform

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

DASH: Final = 4
"""Device pixels of a dash along a row or a column."""
_CELL: Final = 64
"""Device pixels of the squares in which the edge is looked for, to be painted again."""
_MOST_LEVELS: Final = 8
"""Pixels of the highest level are whole tiles."""
_MOST_KEPT: Final = 4096 * 4096
"""Level pixels of a selection that are kept as a whole: then moving the view looks at no tile."""
_BLACK: Final = 0xFF000000
_WHITE: Final = 0xFFFFFFFF


@dataclass(frozen=True, eq=False)
class _Edge:
    """Where the edge runs in a view: ``flags`` for each device pixel of a part of it whose corner is ``left, top``."""

    left: int
    top: int
    flags: Flags


class SelectionOutline:
    """Draws the edge of a selection over the picture.

    Each device pixel is told by what is selected under its middle, and by its place alone, so that a part of the view
    looks as if all of it had been painted. Signal: ``painted()`` when some of the edge was.
    """

    painted = Signal()

    def __init__(self, selection: Raster) -> None:
        self._selection = selection
        self._phase = 0
        self._edges: dict[ViewTransform, _Edge] = {}
        self._smaller: dict[int, tuple[Pixels, Flags]] = {}
        self._whole: Flags | None = None
        self._level = 0

    def show(self, selection: Raster) -> list[Rect]:
        """Show another selection; returns the document rectangles that may look different."""
        before, self._selection = self._selection, selection
        if before is selection:
            return []
        self._edges.clear()
        self._whole = None
        tiles = {id(tile) for tile in selection.tiles.values()} if self._smaller else set()
        self._smaller = {key: known for key, known in self._smaller.items() if key in tiles}
        return [area for area in (before.tile_bounds(), selection.tile_bounds()) if not area.is_empty]

    def step(self) -> None:
        """Let the dashes go on by a pixel."""
        self._phase = (self._phase + 1) % (2 * DASH)

    def places(self, view: ViewTransform, canvas: Rect) -> list[QRect]:
        """Rectangles of the view that hold all of the edge."""
        edge = self._edge(view, canvas)
        return [] if edge is None else _places(edge, view.device_ratio)

    def paint(self, painter: QPainter, view: ViewTransform, canvas: Rect, exposed: QRect) -> None:
        """Draw what lies in view rectangle ``exposed``; ``painter`` is in view coordinates."""
        edge = self._edge(view, canvas)
        if edge is None:
            return
        ratio = view.device_ratio
        flags, left, top = _part(edge, _device_rect(exposed, ratio))
        if not flags.any():
            return
        rows, columns = np.nonzero(flags)
        pixels = np.zeros(flags.shape, np.uint32)
        is_dark = ((rows + columns + (left + top - self._phase)) // DASH) % 2 == 0
        pixels[rows, columns] = np.where(is_dark, np.uint32(_BLACK), np.uint32(_WHITE))
        height, width = flags.shape
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(left / ratio, top / ratio), image)
        self.painted.emit()

    def _edge(self, view: ViewTransform, canvas: Rect) -> _Edge | None:
        """The edge in a view; ``None`` where none of the selection is seen."""
        if not self._selection.tiles:
            return None
        if not any(replace(view, copy=known.copy) == known for known in self._edges):
            self._edges.clear()
        if view not in self._edges:
            self._edges[view] = self._found(view, canvas)
        edge = self._edges[view]
        return edge if edge.flags.size else None

    def _found(self, view: ViewTransform, canvas: Rect) -> _Edge:
        area = self._selection.tile_bounds().intersected(canvas)
        seen = view.view_rect(qrectf(area)).intersected(QRect(0, 0, view.view_width, view.view_height))
        part = _device_rect(seen, view.device_ratio) if not area.is_empty else QRect()
        if part.isEmpty():
            return _Edge(0, 0, np.zeros((0, 0), np.bool_))
        around = part.adjusted(-1, -1, 1, 1)
        inside = self._inside(view, area, around)
        core = inside[1:-1, 1:-1]
        all_inside = inside[:-2, 1:-1] & inside[2:, 1:-1] & inside[1:-1, :-2] & inside[1:-1, 2:]
        return _Edge(part.left(), part.top(), core & ~all_inside)

    def _inside(self, view: ViewTransform, area: Rect, part: QRect) -> Flags:
        """Whether the middle of each device pixel of ``part`` is selected; ``area`` holds all that can be."""
        to_document = QTransform.fromScale(1 / view.device_ratio, 1 / view.device_ratio) * view.inverse()
        level = _level_of(view.zoom)
        seen = to_document.mapRect(QRectF(part)).toAlignedRect()
        near = Rect(seen.x(), seen.y(), seen.width(), seen.height()).expanded(1).intersected(area)
        size = 1 << level
        if near.is_empty:
            return np.zeros((part.height(), part.width()), np.bool_)
        x, y = near.x // size, near.y // size
        read = Rect(x, y, -(-near.right // size) - x, -(-near.bottom // size) - y)
        to_level = to_document * QTransform.fromScale(1 / size, 1 / size) * QTransform.fromTranslate(-read.x, -read.y)
        return _sampled(self._read(read, level), to_level, part)

    def _read(self, rect: Rect, level: int) -> Flags:
        """Whether anything under level pixels of ``rect`` is inside."""
        if level == 0:
            return self._selection.read(rect) >= INSIDE
        if level != self._level:
            self._smaller.clear()
            self._whole = None
            self._level = level
        whole = _scaled(self._selection.tile_bounds(), level)
        if whole.width * whole.height > _MOST_KEPT or whole.intersected(rect) != rect:
            return self._assembled(rect, level)
        if self._whole is None:
            self._whole = self._assembled(whole, level)
        return self._whole[_slices(rect, whole)]

    def _assembled(self, rect: Rect, level: int) -> Flags:
        side = TILE_SIZE >> level
        out = np.zeros((rect.height, rect.width), np.bool_)
        size = 1 << level
        for key in Rect(rect.x * size, rect.y * size, rect.width * size, rect.height * size).tile_keys():
            tile = self._selection.tiles.get(key)
            if tile is not None:
                place = Rect(key[0] * side, key[1] * side, side, side)
                part = place.intersected(rect)
                out[_slices(part, rect)] = self._reduced(tile, level)[_slices(part, place)]
        return out

    def _reduced(self, tile: Pixels, level: int) -> Flags:
        known = self._smaller.get(id(tile))
        if known is None:
            known = self._smaller[id(tile)] = (tile, _halved(tile >= INSIDE, level))
        return known[1]


def _scaled(rect: Rect, level: int) -> Rect:
    """A rectangle of whole tiles in level pixels."""
    return Rect(rect.x >> level, rect.y >> level, rect.width >> level, rect.height >> level)


def _slices(part: Rect, whole: Rect) -> tuple[slice, slice]:
    return (
        slice(part.y - whole.y, part.bottom - whole.y),
        slice(part.x - whole.x, part.right - whole.x),
    )


def _halved(flags: Flags, level: int) -> Flags:
    for _ in range(level):
        flags = flags[::2, ::2] | flags[1::2, ::2] | flags[::2, 1::2] | flags[1::2, 1::2]
    return flags


def _level_of(zoom: float) -> int:
    """The lowest level whose pixels are no smaller than those of the screen, which then miss none of them."""
    level = 0
    while level < _MOST_LEVELS and zoom * (1 << level) < 1.0:
        level += 1
    return level


def _sampled(source: Flags, transform: QTransform, part: QRect) -> Flags:
    """``source`` under the middle of each device pixel of ``part``; ``transform`` maps these to its pixels."""
    if not transform.m12() == transform.m21() == 0.0:
        return _turned(source, transform, part)
    across, down = np.arange(part.left(), part.right() + 1) + 0.5, np.arange(part.top(), part.bottom() + 1) + 0.5
    columns = np.floor(across * transform.m11() + transform.dx()).astype(np.intp)
    rows = np.floor(down * transform.m22() + transform.dy()).astype(np.intp)
    height, width = source.shape
    out: Flags = source[np.clip(rows, 0, height - 1)][:, np.clip(columns, 0, width - 1)]
    out[(rows < 0) | (rows >= height)] = False
    out[:, (columns < 0) | (columns >= width)] = False
    return out


def _turned(source: Flags, transform: QTransform, part: QRect) -> Flags:
    """The same for a view whose rows are not those of the picture."""
    import cv2  # not needed for the first window

    corner = transform.map(QPointF(part.left() + 0.5, part.top() + 0.5)) - QPointF(0.5, 0.5)
    matrix = np.array([[transform.m11(), transform.m21(), corner.x()], [transform.m12(), transform.m22(), corner.y()]])
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(source.view(np.uint8), matrix, (part.width(), part.height()), flags=flags) > 0)


def _device_rect(rect: QRect, ratio: float) -> QRect:
    """The device pixels that a rectangle of the view touches."""
    return QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio).toAlignedRect()


def _part(edge: _Edge, rect: QRect) -> tuple[Flags, int, int]:
    """The flags within a rectangle of device pixels, and where they begin."""
    height, width = edge.flags.shape
    inside = rect.intersected(QRect(QRect(edge.left, edge.top, width, height).topLeft(), QSize(width, height)))
    x, y = inside.left() - edge.left, inside.top() - edge.top
    return edge.flags[y : y + inside.height(), x : x + inside.width()], inside.left(), inside.top()


def _places(edge: _Edge, ratio: float) -> list[QRect]:
    """The cells with an edge in them, those beside each other as one, in pixels of the view."""
    height, width = edge.flags.shape
    padded = np.zeros((-(-height // _CELL) * _CELL, -(-width // _CELL) * _CELL), np.bool_)
    padded[:height, :width] = edge.flags
    blocks = padded.reshape(padded.shape[0] // _CELL, _CELL, padded.shape[1] // _CELL, _CELL)
    cells = np.asarray(blocks.any(axis=(1, 3)))
    found = []
    for row, line in enumerate(cells):
        for first, last in _runs(line):
            x, y = edge.left + first * _CELL, edge.top + row * _CELL
            part = QRectF(x / ratio, y / ratio, (last - first) * _CELL / ratio, _CELL / ratio)
            found.append(part.toAlignedRect())
    return found


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """Every run of true values: its start and its end."""
    steps = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
