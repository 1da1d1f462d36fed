"""The visible part of a picture as one image, kept up to date piece by piece.

Painting a single image instead of many tiles leaves no seams when the view is scaled or rotated. The
image stands at a power-of-two reduction ("level") of the document, so that a reduced view touches few
pixels. What changed is fetched again in small pieces, within a time budget for each frame.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import Final, Protocol

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from studio.document import TILE_SIZE, Pixels, Rect, TileKey, tile_rect
from studio.document.plain import Rgba
from studio.ui.canvas.view.view_transform import ViewTransform

FRAME_BUDGET: Final = 0.005
"""Seconds that one frame may spend on fetching changed pieces; at least one piece is always fetched."""

NEAREST_ZOOM: Final = 2.0
"""From this zoom on, document pixels are shown as squares."""

MAX_LEVEL: Final = 6


class PixelSource(Protocol):
    """Where a mosaic fetches pixels."""

    def plain(self, rect: Rect) -> Rgba | None:
        """The colour of all document pixels in ``rect``, opaque or nothing; ``None`` where they have to be read."""
        ...

    def ask(self, key: TileKey, level: int, *, is_late: bool) -> bool:
        """Have the slow part of reading one document tile for ``level`` done elsewhere, if there is one that is too
        slow for here; if ``is_late``, any. Returns whether it is: `Mosaic.arrive` is to be called then."""
        ...

    def warm(self, key: TileKey, level: int) -> None:
        """Do the slow part of reading one document tile here, so that a later `read` of it is quick."""
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
        self._image = _Image.blank(Rect(0, 0, 0, 0), 0)
        self._dirty: dict[TileKey, Rect] = {}
        self._warm: dict[TileKey, dict[TileKey, Rect]] = {}
        self._asked: dict[TileKey, Rect] = {}

    @property
    def level(self) -> int:
        return self._image.level

    @property
    def covered(self) -> Rect:
        """The document rectangle that the image spans."""
        return self._image.covered

    @property
    def is_settled(self) -> bool:
        """Whether everything visible is up to date."""
        return not self._dirty and not self._warm and not self._asked

    @property
    def has_more(self) -> bool:
        """Whether another `refresh` would fetch something now; else what is asked for has to arrive first."""
        return bool(self._dirty)

    def arrive(self, key: TileKey) -> bool:
        """A document tile that was asked for can be read now. Returns whether it is waited for."""
        part = self._asked.pop(key, None)
        if part is not None:
            self._dirty[key] = part
        return part is not None

    def invalidate(self, rect: Rect) -> None:
        """Note that document pixels in ``rect`` changed."""
        wanted = rect.intersected(self.covered)
        for key in sorted(wanted.tile_keys(), key=self._group):
            part = tile_rect(key).intersected(wanted)
            for waiting in (self._dirty, self._asked):
                part = part.united(waiting.pop(key, part))
            self._dirty[key] = part

    def invalidate_all(self) -> None:
        """Note that everything changed."""
        self._forget_dirty()
        self.invalidate(self.covered)

    def cover(self, view: ViewTransform, canvas: Rect, *, whole: bool = False) -> None:
        """Make the image span what ``view`` shows of ``canvas``, or all of it; pixels that it had are kept."""
        level = level_for(view.zoom)
        area = _on_tiles(canvas if whole else _seen(view, canvas), level)
        if level == self.level and _contains(self._image.area, area):
            return
        before, old_dirty = self._image, self._forget_dirty()
        self._image = _Image.blank(area, level)
        self.invalidate(self.covered)
        self._keep(before, old_dirty)

    def refresh(self, budget: float = FRAME_BUDGET, *, whole: bool = False) -> list[Rect]:
        """Fetch changed pieces, latest change first, for about ``budget`` seconds; what would take longer is asked for.

        Returns the document rectangles that are new in the image. Call again while there `has_more`; with ``whole``
        all of it is fetched now.
        """
        fetched: list[Rect] = []
        stop, has_worked = time.perf_counter() + budget, False
        while self._dirty:
            key, is_late = next(reversed(self._dirty)), time.perf_counter() >= stop
            if not whole and self._source.ask(key, self.level, is_late=is_late):
                self._asked[key] = self._dirty.pop(key)
                continue
            if is_late and has_worked and not whole:
                break
            has_worked = True
            rect = self._warmed(key)
            if not rect.is_empty:
                self._fetch(rect)
                fetched.append(rect)
        return fetched

    def _warmed(self, key: TileKey) -> Rect:
        """Warm a tile; returns what can be fetched now of its group, nothing as long as others of it are missing."""
        self._source.warm(key, self.level)
        group = self._group(key)
        self._warm.setdefault(group, {})[key] = self._dirty.pop(key)
        if any(other in self._dirty or other in self._asked for other in self._members(group)):
            return Rect(0, 0, 0, 0)
        return reduce(Rect.united, self._warm.pop(group).values())

    def paint(self, painter: QPainter, view: ViewTransform, canvas: Rect) -> None:
        """Draw the image where it belongs; ``painter`` is in view coordinates."""
        shown = self.covered.intersected(canvas)
        if shown.is_empty:
            return
        size, area = 1 << self.level, self._image.area
        source = QRectF(shown.x / size - area.x, shown.y / size - area.y, shown.width / size, shown.height / size)
        painter.save()
        smooth = view.zoom < NEAREST_ZOOM and not (view.is_upright and view.zoom == 1.0)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setTransform(view.matrix(), combine=True)
        painter.drawImage(QRectF(shown.x, shown.y, shown.width, shown.height), self._image.image, source)
        painter.restore()

    def _group(self, key: TileKey) -> TileKey:
        """Tiles of one group share a tile of the reduced picture, which is worth reading when all of them are warm."""
        return key[0] >> self.level, key[1] >> self.level

    def _members(self, group: TileKey) -> Iterator[TileKey]:
        side = 1 << self.level
        for row in range(group[1] * side, (group[1] + 1) * side):
            for column in range(group[0] * side, (group[0] + 1) * side):
                yield column, row

    def _forget_dirty(self) -> dict[TileKey, Rect]:
        forgotten = {**self._asked, **self._dirty}
        for warm in self._warm.values():
            forgotten.update(warm)
        self._dirty, self._warm, self._asked = {}, {}, {}
        return forgotten

    def _keep(self, before: _Image, dirty: dict[TileKey, Rect]) -> None:
        """Take over what an image had of the area: as it is, or of another level as a rough picture for the time until
        all is fetched."""
        kept = before.covered.intersected(self.covered)
        if kept.is_empty:
            return
        self._image.take_over(before, kept)
        if before.level != self.level:
            return
        for key in kept.tile_keys():
            if _contains(kept, tile_rect(key).intersected(self.covered)):
                self._dirty.pop(key, None)
                if key in dirty:
                    self._dirty[key] = dirty[key]

    def _fetch(self, rect: Rect) -> None:
        plain = self._source.plain(rect)
        if plain is not None:
            self._image.fill(rect, QColor(*plain))
        else:
            self._image.write(rect, self._source.read(reduced(rect, self.level), self.level))


@dataclass(frozen=True, eq=False)
class _Image:
    """A picture that spans an area; that is given in level pixels. Plain colours need no numpy, nor does the first
    window."""

    image: QImage
    area: Rect
    level: int

    @classmethod
    def blank(cls, area: Rect, level: int) -> _Image:
        image = QImage(max(1, area.width), max(1, area.height), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        return cls(image, area, level)

    @property
    def covered(self) -> Rect:
        """The document rectangle that it spans."""
        size = 1 << self.level
        return Rect(self.area.x * size, self.area.y * size, self.area.width * size, self.area.height * size)

    def place(self, rect: Rect) -> QRect:
        """Where in the image a document rectangle lies."""
        wanted = reduced(rect, self.level)
        return QRect(wanted.x - self.area.x, wanted.y - self.area.y, wanted.width, wanted.height)

    def fill(self, rect: Rect, color: QColor) -> None:
        """Paint a document rectangle in one colour, opaque or nothing."""
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillRect(self.place(rect), color)
        painter.end()

    def take_over(self, other: _Image, rect: Rect) -> None:
        """Copy a document rectangle of another image, of another level by its nearest pixels."""
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.drawImage(self.place(rect), other.image, other.place(rect))
        painter.end()

    def write(self, rect: Rect, pixels: Pixels) -> None:
        """Put premultiplied RGBA ``(h, w, 4)`` into a document rectangle."""
        from cv2 import COLOR_RGBA2BGRA, cvtColor

        place, shape = self.place(rect), (self.image.height(), self.image.width(), 4)
        every = np.frombuffer(self.image.bits(), np.uint8).reshape(shape)
        rows, columns = slice(place.top(), place.bottom() + 1), slice(place.left(), place.right() + 1)
        every[rows, columns] = cvtColor(pixels, COLOR_RGBA2BGRA)


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
