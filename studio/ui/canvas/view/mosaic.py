"""The visible part of a picture as one image, kept up to date piece by piece.

Painting a single image instead of many tiles leaves no seams when the view is scaled or rotated. The
image stands at a power-of-two reduction ("level") of the document, so that a reduced view touches few
pixels. What changed is fetched again in small pieces, within a time budget for each frame.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from studio.document import TILE_SIZE, Pixels, Rect, TileKey
from studio.document.plain import Rgba
from studio.ui.canvas.view.view_transform import ViewTransform

FRAME_BUDGET: Final = 0.004
"""Seconds that one frame may spend on fetching changed pieces; at least one piece is always looked at."""

NEAREST_ZOOM: Final = 2.0
"""From this zoom on, document pixels are shown as squares."""

MAX_LEVEL: Final = 6
_PADDING: Final = 1024
"""Images have sides of multiples of this, so that the one before the last can often be used again: memory that is new
costs more than the pixels that are put into it."""
_LARGEST_SPARE: Final = 64 * 1024**2
"""Bytes of an image that is kept to be used again."""

Place: TypeAlias = tuple[int, int]
"""Column and row of a piece: a tile of the reduced picture."""


class PixelSource(Protocol):
    """Where a mosaic fetches pixels."""

    def plain(self, rect: Rect) -> Rgba | None:
        """The colour of all document pixels in ``rect``, opaque or nothing; ``None`` where they have to be read."""
        ...

    def prepare(self, rect: Rect, level: int, seconds: float) -> Collection[TileKey] | None:
        """Have what is slow about reading a document rectangle done: here for ``seconds`` at most, or elsewhere.

        Returns the document tiles that are waited for: `Mosaic.arrive` is to be called for each; ``None`` if there is
        more to be done here. The rectangle lies within one tile of that level.
        """
        ...

    def forget(self) -> None:
        """What was waited for need not be done any more."""
        ...

    def read(self, rect: Rect, level: int) -> Pixels:
        """Pixels of ``rect``, given in level pixels (each 2**level document pixels wide).

        Premultiplied RGBA, uint8, shape ``(h, w, 4)``. The rectangle lies within one tile of that level.
        """
        ...


class Mosaic:
    """An image of the visible region and some more around it, fetched from a `PixelSource`."""

    def __init__(self, source: PixelSource) -> None:
        self._source = source
        self._image = _Image.blank(Rect(0, 0, 0, 0), 0)
        self._spare = QImage()
        self._dirty: dict[Place, Rect] = {}
        self._asked: dict[Place, Rect] = {}
        self._missing: dict[Place, set[TileKey]] = {}

    @property
    def level(self) -> int:
        return self._image.level

    @property
    def covered(self) -> Rect:
        """The document rectangle that the image spans."""
        return self._image.covered

    @property
    def is_settled(self) -> bool:
        """Whether everything covered is up to date."""
        return not self._dirty and not self._asked

    @property
    def has_more(self) -> bool:
        """Whether another `refresh` would fetch something now; else what is asked for has to arrive first."""
        return bool(self._dirty)

    def arrive(self, key: TileKey) -> bool:
        """A document tile that was waited for is there. Returns whether something can be fetched now."""
        place = key[0] >> self.level, key[1] >> self.level
        missing = self._missing.get(place)
        if missing is None or key not in missing:
            return False
        missing.remove(key)
        if missing:
            return False
        del self._missing[place]
        self._dirty[place] = self._asked.pop(place)
        return True

    def invalidate(self, rect: Rect) -> None:
        """Note that document pixels in ``rect`` changed."""
        wanted = rect.intersected(self.covered)
        for place in _places(wanted, self.level):
            self._mark(place, _piece(place, self.level).intersected(wanted))

    def invalidate_all(self) -> None:
        """Note that everything changed."""
        self.invalidate(self.covered)

    def cover(self, view: ViewTransform, canvas: Rect, *, whole: bool = False) -> None:
        """Make the image span what ``view`` shows of ``canvas``, or all of it; pixels that it had are kept."""
        level = level_for(view.zoom)
        seen = canvas if whole else _seen(view, canvas)
        if level == self.level and _contains(self.covered, seen):
            return
        before, unfetched = self._image, {*self._dirty, *self._asked}
        self._dirty, self._asked, self._missing = {}, {}, {}
        self._source.forget()
        self._image = _Image.blank(_on_pieces(seen, canvas, level), level, self._spare)
        self._spare = before.image if before.image.sizeInBytes() <= _LARGEST_SPARE else QImage()
        kept = before.covered.intersected(self.covered)
        self._image.take_over(before, kept)
        for place in sorted(_places(self.covered, level), key=lambda place: -_distance(_piece(place, level), seen)):
            piece = _piece(place, level)
            if level != before.level or not _contains(kept, piece) or place in unfetched:
                self._mark(place, piece)

    def refresh(self, budget: float = FRAME_BUDGET, *, whole: bool = False) -> list[Rect]:
        """Fetch changed pieces, latest change first, for about ``budget`` seconds; what would take longer is asked for.

        Returns the document rectangles that are new in the image. Call again while there `has_more`; with ``whole``
        all of it is fetched now.
        """
        fetched: list[Rect] = []
        stop, is_first = time.perf_counter() + budget, True
        if whole:
            self._dirty |= self._asked
            self._asked, self._missing = {}, {}
        while self._dirty:
            left = math.inf if whole else stop - time.perf_counter()
            if left <= 0 and not is_first:
                break
            is_first = False
            place, rect = self._dirty.popitem()
            missing = self._source.prepare(rect, self.level, left)
            if missing is None:
                self._dirty[place] = rect
                break
            if missing:
                self._asked[place], self._missing[place] = rect, set(missing)
            else:
                self._fetch(rect)
                fetched.append(rect)
        return fetched

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

    def _mark(self, place: Place, part: Rect) -> None:
        self._missing.pop(place, None)
        for waiting in (self._dirty, self._asked):
            part = part.united(waiting.pop(place, part))
        self._dirty[place] = part

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
    def blank(cls, area: Rect, level: int, spare: QImage | None = None) -> _Image:
        """One of which nothing is painted yet, not even in no colour; a ``spare`` image is used where it fits."""
        width, height = (-(-max(1, side) // _PADDING) * _PADDING for side in (area.width, area.height))
        if spare is None or (spare.width(), spare.height()) != (width, height):
            spare = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        return cls(spare, area, level)

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
        """Copy a document rectangle of another image, of another level by its nearest pixels as a rough picture for
        the time until better ones are fetched; the rest shows nothing."""
        kept = QRect() if rect.is_empty else self.place(rect)
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        if not kept.isEmpty():
            painter.drawImage(kept, other.image, other.place(rect))
        every = QRect(0, 0, self.area.width, self.area.height)
        painter.setClipRegion(QRegion(every) - QRegion(kept))
        painter.fillRect(every, Qt.GlobalColor.transparent)
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


def _on_pieces(seen: Rect, canvas: Rect, level: int) -> Rect:
    """Level pixels of whole pieces around what is visible, with one to spare for what is seen next."""
    if seen.is_empty:
        return Rect(0, 0, 0, 0)
    side = TILE_SIZE << level
    wanted = seen.expanded(side).intersected(canvas)
    x, y = wanted.x // side, wanted.y // side
    columns, rows = -(-wanted.right // side) - x, -(-wanted.bottom // side) - y
    return Rect(x * TILE_SIZE, y * TILE_SIZE, columns * TILE_SIZE, rows * TILE_SIZE)


def _piece(place: Place, level: int) -> Rect:
    """The document rectangle of a piece."""
    side = TILE_SIZE << level
    return Rect(place[0] * side, place[1] * side, side, side)


def _places(rect: Rect, level: int) -> Iterator[Place]:
    """The pieces that a document rectangle touches."""
    return iter(()) if rect.is_empty else reduced(rect, level).tile_keys()


def _distance(piece: Rect, seen: Rect) -> int:
    """How far the middle of a piece is from the middle of what is seen, for the order in which they are fetched."""
    return abs(2 * (piece.x - seen.x) + piece.width - seen.width) + abs(
        2 * (piece.y - seen.y) + piece.height - seen.height
    )


def _contains(outer: Rect, inner: Rect) -> bool:
    return inner.is_empty or outer.intersected(inner) == inner
