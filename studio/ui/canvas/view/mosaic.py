"""The visible part of a picture as one image, kept up to date piece by piece.

Painting a single image instead of many tiles leaves no seams when the view is scaled or rotated. The
image stands at a power-of-two reduction ("level") of the document, so that a reduced view touches few
pixels. What changed is fetched again in small pieces, within a time budget for each frame.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from functools import reduce
from typing import Final, Protocol

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from studio.document import TILE_SIZE, Pixels, Rect, TileKey, tile_rect
from studio.document.plain import Rgba
from studio.ui.canvas.view.view_transform import ViewTransform

FRAME_BUDGET: Final = 0.010
"""Seconds that one frame may spend on fetching changed pieces; at least one piece is always fetched."""

NEAREST_ZOOM: Final = 2.0
"""From this zoom on, document pixels are shown as squares."""

MAX_LEVEL: Final = 6


class PixelSource(Protocol):
    """Where a mosaic fetches pixels."""

    def plain(self, rect: Rect) -> Rgba | None:
        """The colour of all document pixels in ``rect``, opaque or nothing; ``None`` where they have to be read."""
        ...

    def warm(self, key: TileKey) -> None:
        """Do the slow part of reading one document tile, so that a later `read` of it is quick."""
        ...

    def read(self, rect: Rect, level: int) -> Pixels:
        """Pixels of ``rect``, given in level pixels (each 2**level document pixels wide).

        Premultiplied RGBA, uint8, shape ``(h, w, 4)``. The rectangle lies within one tile of that level.
        """
        ...


class Mosaic:
    """An image of the visible region, fetched from a `PixelSource`."""

    def __init__(self, source: PixelSource) -> None:
        self._source = source
        self._image = QImage()
        self._area = Rect(0, 0, 0, 0)
        self._level = 0
        self._dirty: dict[TileKey, Rect] = {}
        self._warm: dict[TileKey, dict[TileKey, Rect]] = {}

    @property
    def level(self) -> int:
        return self._level

    @property
    def is_settled(self) -> bool:
        """Whether everything visible is up to date."""
        return not self._dirty and not self._warm

    def invalidate(self, rect: Rect) -> None:
        """Note that document pixels in ``rect`` changed."""
        wanted = rect.intersected(self._covered())
        for key in sorted(wanted.tile_keys(), key=self._group):
            part = tile_rect(key).intersected(wanted)
            before = self._dirty.pop(key, None)
            self._dirty[key] = part if before is None else part.united(before)

    def invalidate_all(self) -> None:
        """Note that everything changed."""
        self._forget_dirty()
        self.invalidate(self._covered())

    def cover(self, view: ViewTransform, canvas: Rect, *, whole: bool = False) -> None:
        """Make the image span what ``view`` shows of ``canvas``, or all of it; pixels that it had are kept."""
        level = level_for(view.zoom)
        area = _on_tiles(canvas if whole else _seen(view, canvas), level)
        if level == self._level and _contains(self._area, area):
            return
        old_image, old_area, same_level = self._image, self._area, level == self._level
        old_dirty = self._forget_dirty()
        self._level, self._area = level, area
        self._image = QImage(max(1, area.width), max(1, area.height), QImage.Format.Format_ARGB32_Premultiplied)
        self._image.fill(0)
        self.invalidate(self._covered())
        if same_level and not old_image.isNull():
            self._keep(old_image, old_area, old_dirty)

    def refresh(self, budget: float = FRAME_BUDGET) -> list[Rect]:
        """Fetch changed pieces, latest change first, for about ``budget`` seconds.

        Returns the document rectangles that are new in the image. Call again until `is_settled`.
        """
        fetched: list[Rect] = []
        if self.is_settled:
            return fetched
        stop = time.perf_counter() + budget
        painter = QPainter(self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        try:
            while self._dirty:
                key = next(reversed(self._dirty))
                self._source.warm(key)
                group = self._group(key)
                self._warm.setdefault(group, {})[key] = self._dirty.pop(key)
                if not any(other in self._dirty for other in self._members(group)):
                    rect = reduce(Rect.united, self._warm.pop(group).values())
                    self._fetch(painter, rect)
                    fetched.append(rect)
                if time.perf_counter() >= stop:
                    break
        finally:
            painter.end()
        return fetched

    def paint(self, painter: QPainter, view: ViewTransform, canvas: Rect) -> None:
        """Draw the image where it belongs; ``painter`` is in view coordinates."""
        shown = self._covered().intersected(canvas)
        if shown.is_empty:
            return
        size = 1 << self._level
        source = QRectF(
            shown.x / size - self._area.x, shown.y / size - self._area.y, shown.width / size, shown.height / size
        )
        painter.save()
        smooth = view.zoom < NEAREST_ZOOM and not (view.is_upright and view.zoom == 1.0)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setTransform(view.matrix(), combine=True)
        painter.drawImage(QRectF(shown.x, shown.y, shown.width, shown.height), self._image, source)
        painter.restore()

    def _group(self, key: TileKey) -> TileKey:
        """Tiles of one group share a tile of the reduced picture, which is worth reading when all of them are warm."""
        return key[0] >> self._level, key[1] >> self._level

    def _members(self, group: TileKey) -> Iterator[TileKey]:
        side = 1 << self._level
        for row in range(group[1] * side, (group[1] + 1) * side):
            for column in range(group[0] * side, (group[0] + 1) * side):
                yield column, row

    def _forget_dirty(self) -> dict[TileKey, Rect]:
        forgotten = self._dirty
        for warm in self._warm.values():
            forgotten.update(warm)
        self._dirty, self._warm = {}, {}
        return forgotten

    def _covered(self) -> Rect:
        size = 1 << self._level
        return Rect(self._area.x * size, self._area.y * size, self._area.width * size, self._area.height * size)

    def _keep(self, image: QImage, area: Rect, dirty: dict[TileKey, Rect]) -> None:
        painter = QPainter(self._image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(QPointF(area.x - self._area.x, area.y - self._area.y), image)
        painter.end()
        size = 1 << self._level
        kept = Rect(area.x * size, area.y * size, area.width * size, area.height * size).intersected(self._covered())
        for key in kept.tile_keys():
            whole = tile_rect(key).intersected(self._covered())
            if _contains(kept, whole):
                self._dirty.pop(key, None)
                if key in dirty:
                    self._dirty[key] = dirty[key]

    def _fetch(self, painter: QPainter, rect: Rect) -> None:
        wanted, plain = reduced(rect, self._level), self._source.plain(rect)
        if plain is not None:
            color = QColor(*plain)
            area = QRect(wanted.x - self._area.x, wanted.y - self._area.y, wanted.width, wanted.height)
            painter.fillRect(area, color)
            return
        pixels = np.ascontiguousarray(self._source.read(wanted, self._level))
        image = QImage(
            pixels.data,
            wanted.width,
            wanted.height,
            wanted.width * 4,
            QImage.Format.Format_RGBA8888_Premultiplied,
        )
        painter.drawImage(QPointF(wanted.x - self._area.x, wanted.y - self._area.y), image)


def level_for(zoom: float) -> int:
    """The reduction whose pixels are at most as large as a device pixel at ``zoom``."""
    return min(MAX_LEVEL, max(0, math.floor(-math.log2(zoom) + 1e-6)))


def reduced(rect: Rect, level: int) -> Rect:
    """The level pixels that a document rectangle touches."""
    x, y = rect.x >> level, rect.y >> level
    return Rect(x, y, -(-rect.right >> level) - x, -(-rect.bottom >> level) - y)


def _seen(view: ViewTransform, canvas: Rect) -> Rect:
    seen = view.visible_rect().toAlignedRect()
    return Rect(seen.x(), seen.y(), seen.width(), seen.height()).expanded(4).intersected(canvas)


def _on_tiles(rect: Rect, level: int) -> Rect:
    """Level pixels on whole document tiles around what is visible, with a tile to spare for panning."""
    if rect.is_empty:
        return Rect(0, 0, 0, 0)
    x, y = rect.x // TILE_SIZE * TILE_SIZE, rect.y // TILE_SIZE * TILE_SIZE
    right, bottom = -(-rect.right // TILE_SIZE) * TILE_SIZE, -(-rect.bottom // TILE_SIZE) * TILE_SIZE
    return reduced(Rect(x, y, right - x, bottom - y), level)


def _contains(outer: Rect, inner: Rect) -> bool:
    return inner.is_empty or outer.intersected(inner) == inner
