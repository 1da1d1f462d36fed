"""Outlines drawn on the canvas, turned into masks and selections."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF

from studio.document import TILE_SIZE, Pixels, Raster, Rect, TileKey, freeze, tile_rect

if TYPE_CHECKING:
    from numpy.typing import NDArray


def rectangle_outline(points: list[QPointF]) -> QPainterPath:
    """A rectangle between the first and the last point, on whole pixels: both pixels under these belong to it."""
    one, other = points[0], points[-1]
    left, right = sorted((one.x(), other.x()))
    top, bottom = sorted((one.y(), other.y()))
    x, y = np.floor(left), np.floor(top)
    path = QPainterPath()
    path.addRect(QRectF(x, y, np.floor(right) + 1 - x, np.floor(bottom) + 1 - y))
    return path


def line_outline(points: list[QPointF]) -> QPainterPath:
    """A line from the first point to the last."""
    path = QPainterPath(points[0])
    path.lineTo(points[-1])
    return path


def in_steps_of_45(start: QPointF, end: QPointF) -> QPointF:
    """``end``, turned around ``start`` to the next of eight directions."""
    way = end - start
    turn = round(math.atan2(way.y(), way.x()) / (math.pi / 4)) * math.pi / 4
    length = math.hypot(way.x(), way.y())
    return start + QPointF(math.cos(turn), math.sin(turn)) * length


def ellipse_outline(points: list[QPointF]) -> QPainterPath:
    """An ellipse in the rectangle between the first and the last point."""
    path = QPainterPath()
    path.addEllipse(QRectF(points[0], points[-1]).normalized())
    return path


def closed_outline(points: list[QPointF]) -> QPainterPath:
    """A closed outline; where it crosses itself, everything enclosed counts as inside."""
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def with_equal_sides(start: QPointF, end: QPointF) -> QPointF:
    """``end`` moved so that both spans from ``start`` are as long as the longer one."""
    span = end - start
    side = max(abs(span.x()), abs(span.y()))
    return start + QPointF(side if span.x() >= 0 else -side, side if span.y() >= 0 else -side)


def spanned(first: QPointF, end: QPointF, *, square: bool, from_centre: bool) -> list[QPointF]:
    """The two points that span a shape from where its drag began to where it is: all ``square``, or ``from_centre``."""
    end = with_equal_sides(first, end) if square else end
    return [first * 2 - end, end] if from_centre else [first, end]


def shape_mask(path: QPainterPath, canvas: Rect, *, feather: int = 0, antialias: bool = True) -> Raster:
    """The part of ``path`` that lies on the canvas as a mask; its edge fades out over ``feather`` pixels.

    Only tiles that the outline runs through are drawn: those within are one full tile.
    """
    area = _aligned(path.boundingRect()).intersected(canvas)
    if area.is_empty:
        return Raster(channels=1)
    drawn = _tiles_of_outline(path, area) | _cut_tiles(area, canvas)
    full = freeze(np.full((TILE_SIZE, TILE_SIZE), 255, np.uint8))
    mask = Raster(channels=1).with_tiles(dict.fromkeys(_tiles_within(path, area) - drawn, full))
    for run in _runs(drawn):
        part = run.intersected(area)
        mask = mask.with_array(_drawn(path, part, antialias=antialias), part.x, part.y)
    if not feather:
        return mask
    from studio.raster import masks  # not needed for the first window

    return masks.feather(mask, float(feather), canvas)


def _drawn(path: QPainterPath, area: Rect, *, antialias: bool, scale: int = 1) -> Pixels:
    """The path in ``area`` of a plane whose pixels are ``scale`` pixels of the document wide."""
    image = QImage(area.width, area.height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, antialias)
    painter.translate(-area.x, -area.y)
    painter.scale(1 / scale, 1 / scale)
    painter.fillPath(path, Qt.GlobalColor.white)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(area.height, image.bytesPerLine())
    return rows[:, : area.width].copy()  # the picture goes with this call


def _tiles_within(path: QPainterPath, area: Rect) -> set[TileKey]:
    """Keys of the tiles whose middle lies in the path."""
    x, y = area.x // TILE_SIZE, area.y // TILE_SIZE
    tiles = Rect(x, y, (area.right - 1) // TILE_SIZE + 1 - x, (area.bottom - 1) // TILE_SIZE + 1 - y)
    rows, columns = np.nonzero(_drawn(path, tiles, antialias=False, scale=TILE_SIZE))
    return set(zip((columns + x).tolist(), (rows + y).tolist(), strict=True))


def _tiles_of_outline(path: QPainterPath, area: Rect) -> set[TileKey]:
    """Keys of the tiles of ``area`` that the outline runs through or past by a pixel or two."""
    found: set[TileKey] = set()
    for polygon in path.toSubpathPolygons():
        points = _closely(np.array([(point.x(), point.y()) for point in polygon.toList()]))
        low, high = np.minimum(points[:-1], points[1:]) - 2, np.maximum(points[:-1], points[1:]) + 2
        for x, y in ((low, low), (low, high), (high, low), (high, high)):
            keys = np.floor(np.stack([x[:, 0], y[:, 1]], axis=1) / TILE_SIZE).astype(int)
            found.update(map(tuple, np.unique(keys, axis=0).tolist()))
    return found & set(area.tile_keys())


def _closely(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners of a polygon, closed, with points between them: two that follow are never a tile apart."""
    ends = np.roll(points, -1, axis=0)
    counts = np.ceil(np.abs(ends - points).max(axis=1) / (TILE_SIZE / 2)).astype(int).clip(1)
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    shares = (np.arange(counts.sum()) - firsts) / np.repeat(counts, counts)
    between = np.repeat(points, counts, axis=0) + np.repeat(ends - points, counts, axis=0) * shares[:, None]
    return np.concatenate([between, points[:1]])


def _cut_tiles(area: Rect, canvas: Rect) -> set[TileKey]:
    """Keys of the tiles of ``area`` that the canvas ends in."""
    return {key for key in area.tile_keys() if tile_rect(key).intersected(canvas) != tile_rect(key)}


def _runs(keys: set[TileKey]) -> Iterator[Rect]:
    """Tiles beside each other in a row as one rectangle."""
    for row, in_row in groupby(sorted(keys, key=lambda key: (key[1], key[0])), key=lambda key: key[1]):
        columns = [column for column, _ in in_row]
        starts = [column for column in columns if (column - 1, row) not in keys]
        ends = [column + 1 for column in columns if (column + 1, row) not in keys]
        for start, end in zip(starts, ends, strict=True):
            yield Rect(start * TILE_SIZE, row * TILE_SIZE, (end - start) * TILE_SIZE, TILE_SIZE)


def _aligned(rect: QRectF) -> Rect:
    box = rect.toAlignedRect()
    return Rect(box.x(), box.y(), box.width(), box.height())
