"""The document as the canvas shows it: layers, mask overlay and live preview, ready to be painted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from studio.document import Document, Pixels, Raster, Rect, Ruling, TileKey, canvas_tiles, tile_rect
from studio.document.plain import Rgba, plain_color
from studio.ui.canvas.view.backdrop import (
    paint_border,
    paint_checkerboard,
    paint_part,
    paint_pixel_grid,
    paint_stretched,
    paint_workspace,
    qrectf,
)
from studio.ui.canvas.view.composing import Composing
from studio.ui.canvas.view.live_picture import LivePicture
from studio.ui.canvas.view.live_preview import LivePreview
from studio.ui.canvas.view.mask_edges import EdgeLines
from studio.ui.canvas.view.mask_overlay import MaskOverlaySource, edge_margin
from studio.ui.canvas.view.mosaic import MAX_LEVEL, NEAREST_ZOOM, Mosaic
from studio.ui.canvas.view.ruling import paint_grid, paint_guide_lines
from studio.ui.canvas.view.selection_outline import SelectionOutline
from studio.ui.canvas.view.view_transform import ViewTransform
from studio.ui.style.checker import checker_brush
from studio.ui.style.theme import Theme

if TYPE_CHECKING:
    from studio.raster.compositor import Compositor, TileWork

_LARGEST_PIXEL: Final = 1 << MAX_LEVEL
_AT_ONCE: Final = 4
"""Tiles that are composed here before the time is looked at again."""


@dataclass(frozen=True)
class MaskStyle:
    """How the generation mask is shown; ``opacity`` is 0..1."""

    color: QColor
    opacity: float
    visible: bool


class _Composite:
    """The composed layers, for a `Mosaic`. What composes is loaded for the first picture of more than one colour.

    ``arrived`` hears of each tile that was composed beside the window.
    """

    def __init__(self, document: Document, arrived: Callable[[TileKey], object], parent: QObject) -> None:
        self._document = document
        self._arrived = arrived
        self._made: Compositor | None = None
        self._composing = Composing(self._take, parent)
        self._seconds = 0.0
        self._level = 0

    @property
    def compositor(self) -> Compositor:
        if self._made is None:
            from studio.raster.compositor import Compositor

            self._made = Compositor(self._document)
        return self._made

    def set_document(self, document: Document, near: Rect | None) -> set[TileKey]:
        """Follow a new document; returns the keys of the canvas tiles that may look different."""
        self._document = document
        return canvas_tiles(document) if self._made is None else self._made.set_document(document, near)

    def spread(self, near: Rect | None) -> Rect | None:
        """Where a change within ``near`` is seen."""
        return near if self._made is None else self._made.spread(near)

    def plain(self, rect: Rect) -> Rgba | None:
        canvas = self._document.canvas
        inside = rect.intersected(canvas)
        # Reduced, pixels of an edge fade out where the side is no multiple of theirs.
        has_plain_edges = canvas.width % _LARGEST_PIXEL == canvas.height % _LARGEST_PIXEL == 0
        return plain_color(self._document, inside) if inside == rect or has_plain_edges else None

    def prepare(self, rect: Rect, level: int, seconds: float) -> list[TileKey] | None:
        if self.plain(rect) is not None:
            return []
        self._level = level
        keys = self.compositor.unknown(rect, level)
        works = [work for key in keys if (work := self.compositor.work(key)) is not None]
        if works and len(works) * self._seconds > seconds:
            for work in works:
                self._composing.want(work)
            return [work.key for work in works]
        return [] if self._compose(keys, seconds, is_usual=bool(works)) else None

    def _compose(self, keys: list[TileKey], seconds: float, *, is_usual: bool) -> bool:
        """Compose tiles here, for about so long; returns whether all are."""
        stop = time.perf_counter() + seconds
        for start in range(0, len(keys), _AT_ONCE):
            if start > 0 and time.perf_counter() >= stop:
                return False
            some, begun = keys[start : start + _AT_ONCE], time.process_time()
            self.compositor.compose(some)
            if is_usual:
                self._note((time.process_time() - begun) / len(some))
        return True

    def forget(self) -> None:
        self._composing.forget()

    def read(self, rect: Rect, level: int) -> Pixels:
        return self.compositor.read(rect, level)

    def _take(self, work: TileWork, tile: Pixels | None, seconds: float) -> None:
        self._note(seconds)  # nothing where it failed: it is tried here then, and what is wrong is said
        is_known = tile is None or self.compositor.take(work, tile)
        if is_known or self.compositor.work(work.key) is None:  # someone was in a hurry meanwhile, such as the picker
            self.compositor.reduce(work.key, self._level)
            self._arrived(work.key)

    def _note(self, seconds: float) -> None:
        """How long a tile takes here: slow ones are left to threads beside the window."""
        self._seconds = self._seconds + (seconds - self._seconds) / 4 if seconds else 0.0


class Picture:
    """Keeps what is on screen in step with a document, and paints it. ``arrived`` is called when something that was
    missing can be prepared; ``parent`` owns what works beside the window."""

    def __init__(self, document: Document, style: MaskStyle, arrived: Callable[[], object], parent: QObject) -> None:
        self._document = document
        self._displayed = document
        self._playing: QImage | None = None
        self._instead: tuple[QImage, Rect] | None = None
        self._arrived = arrived
        self._composite = _Composite(document, self._arrive, parent)
        self._layers = Mosaic(self._composite)
        self._own_style = style
        self._quick_style: MaskStyle | None = None
        self._outlined = False
        self._is_wrapped = False
        self._overlay = MaskOverlaySource(self._style.color, self._style.opacity)
        self._overlay.mask = self._overlaid(document)
        self._mask = Mosaic(self._overlay)
        self._edges = EdgeLines()
        self.outline = SelectionOutline(document.selection)
        self.live = LivePicture()
        self.preview = LivePreview()
        self.aids = frozenset[str]()
        self._checker: tuple[float, QBrush] | None = None

    @property
    def document(self) -> Document:
        return self._document

    @property
    def ruling(self) -> Ruling:
        """The guide lines and the grid that are drawn."""
        return self._displayed.ruling

    def is_settled(self, view: ViewTransform) -> bool:
        """Whether painting ``view`` shows the document as it is, with nothing left to fetch."""
        self._cover(view)
        return self._layers.is_settled and (self._mask.is_settled or not self._shows_mask)

    @property
    def has_more(self) -> bool:
        """Whether `prepare` would bring more up to date now; else that has to arrive first."""
        return self._layers.has_more or (self._mask.has_more and self._shows_mask)

    @property
    def _shows_mask(self) -> bool:
        return self._style.visible and not self._overlay.is_empty

    @property
    def mask_style(self) -> MaskStyle:
        return self._style

    @property
    def is_wrapped(self) -> bool:
        """Whether the picture is shown repeated around itself."""
        return self._is_wrapped

    def wrap(self, wrapped: bool) -> None:
        """Show the picture repeated around itself, or once."""
        self._is_wrapped = wrapped

    def copies(self, view: ViewTransform) -> tuple[ViewTransform, ...]:
        """The views in which the picture is painted: one, or one for each copy that is seen."""
        return view.copies(self._document.width, self._document.height) if self._is_wrapped else (view,)

    def set_mask_style(self, style: MaskStyle) -> None:
        self._own_style = style
        self._color_mask()

    @property
    def _style(self) -> MaskStyle:
        return self._quick_style or self._own_style

    def show_selection_as_mask(self, style: MaskStyle | None) -> None:
        """Lay what is selected over the picture in place of the generation mask and its own edge; ``None``: do not."""
        self._quick_style = style
        self._outlined = False
        self.outline.show(self._document.selection)
        self._overlay.mask = self._overlaid(self._document)
        self._color_mask()

    def _overlaid(self, document: Document) -> Raster:
        """The mask that lies over the picture."""
        return document.generation_mask if self._quick_style is None else document.selection

    @property
    def is_mask_outlined(self) -> bool:
        """Whether only the mask's edge is drawn, so that the colours under it can be judged."""
        return self._outlined

    def outline_mask(self, only_edge: bool) -> None:
        """Draw the mask's edge without its colour, until the mask changes."""
        if only_edge != self._outlined:
            self._outlined = only_edge
            self._color_mask()

    def _color_mask(self) -> None:
        self._overlay.set_style(self._style.color, 0.0 if self._outlined else self._style.opacity)
        self._mask.invalidate_all()

    def show(self, document: Document, near: Rect | None = None, displayed: Document | None = None) -> list[Rect]:
        """Show another document and return the document rectangles that look different.

        ``near``, if given, promises that every change since the document shown before lies within it (a live
        stroke knows that to the pixel); otherwise whole tiles count as changed. ``displayed``, if given, is what is
        drawn in place of ``document``: the same with onion skins.
        """
        before, self._document = self._document, document
        self._displayed = document if displayed is None else displayed
        changed = [tile_rect(key) for key in self._composite.set_document(self._displayed, near)]
        self._overlay.mask = self._overlaid(document)
        if before.generation_mask is not document.generation_mask:
            self.outline_mask(False)
        outlined = self.outline.show(document.selection) if self._quick_style is None else []
        if (before.width, before.height) != (document.width, document.height):
            self._layers.invalidate_all()
            self._mask.invalidate_all()
            return [before.canvas, document.canvas]
        changed = _bounded(changed, self._composite.spread(near))
        for rect in changed:
            self._layers.invalidate(rect)
        return changed + self._show_mask(before, near) + outlined

    def _show_mask(self, before: Document, near: Rect | None) -> list[Rect]:
        keys = _changed_mask_tiles(self._overlaid(before), self._overlaid(self._document), self._document)
        changed = _bounded([tile_rect(key) for key in keys], near)
        margin = edge_margin(self._mask.level)
        changed = [rect.expanded(margin) for rect in changed]
        for rect in changed:
            self._mask.invalidate(rect)
        if not self._overlay.draw_edge:
            near_keys = [key for rect in changed for key in rect.tile_keys()]
            changed += self._edges.turned(self._overlaid(self._document), near_keys, self._document.canvas)
        return changed if self._style.visible else []

    def prepare(self, view: ViewTransform, *, whole: bool = False) -> list[Rect]:
        """Bring what ``view`` shows up to date, as far as that is done in a frame; returns what became new.

        What takes longer arrives later, unless the ``whole`` is wanted now.
        """
        self._cover(view)
        fetched = self._layers.refresh(whole=whole)
        return fetched + self._mask.refresh(whole=whole) if self._shows_mask else fetched

    def _arrive(self, key: TileKey) -> None:
        if self._layers.arrive(key):
            self._arrived()

    def _cover(self, view: ViewTransform) -> None:
        canvas, copies = self._document.canvas, self.copies(view)
        is_whole = len(copies) > 1  # where copies meet, all sides are seen
        view = view if is_whole or not copies else copies[0]
        self._layers.cover(view, canvas, whole=is_whole)
        if not self._shows_mask:
            return
        draw_edge = view.zoom < NEAREST_ZOOM
        if draw_edge != self._overlay.draw_edge:
            self._overlay.draw_edge = draw_edge
            self._mask.invalidate_all()
        self._mask.cover(view, canvas, whole=is_whole)

    def paint(self, painter: QPainter, view: ViewTransform, exposed: QRect, theme: Theme) -> None:
        """Paint all of it within view rectangle ``exposed``, in view coordinates."""
        canvas = self._document.canvas
        paint_workspace(painter, view, canvas, exposed, theme)
        for each in self.copies(view):
            if not self._is_wrapped or each.view_rect(qrectf(canvas)).intersects(exposed):
                self._paint_canvas(painter, each, exposed, theme)
        if not self._is_wrapped:  # a line would hide how the sides meet
            paint_border(painter, view, canvas, theme)

    def _paint_canvas(self, painter: QPainter, view: ViewTransform, exposed: QRect, theme: Theme) -> None:
        canvas = self._document.canvas
        paint_checkerboard(painter, view, canvas, exposed, self._checker_brush(view.device_ratio))
        if self._playing is not None:
            paint_stretched(painter, view, canvas, self._playing)
            return
        if self._instead is not None:
            paint_part(painter, view, canvas, *self._instead)
        else:
            self._layers.paint(painter, view, canvas)
        for over in (self.live, self.preview):
            over.paint(painter, view, QColor(theme.accent))
        self._paint_aids(painter, view, canvas)
        if self._shows_mask:
            self._paint_mask(painter, view, exposed)
        if self._quick_style is None:
            self.outline.paint(painter, view, canvas, exposed)

    def outlined(self, view: ViewTransform) -> list[QRect]:
        """Rectangles of the view that hold all of the selection's edge."""
        return [place for each in self.copies(view) for place in self.outline.places(each, self._document.canvas)]

    def _paint_aids(self, painter: QPainter, view: ViewTransform, canvas: Rect) -> None:
        if "pixel_grid" in self.aids:
            paint_pixel_grid(painter, view, canvas)
        if "grid" in self.aids:
            paint_grid(painter, view, canvas, self.ruling.grid)
        if "lines" in self.aids:
            paint_guide_lines(painter, view, canvas, self.ruling)

    def play(self, image: QImage | None) -> None:
        """Show a picture of the whole canvas in place of the document; ``None`` shows the document again."""
        self._playing = image

    def show_instead(self, image: QImage | None, area: Rect | None) -> None:
        """Show a picture of an ``area`` that holds all of the canvas that is seen in place of the layers.

        ``None`` shows the layers again.
        """
        self._instead = None if image is None or area is None else (image, area)

    def color_at(self, x: int, y: int) -> QColor | None:
        """The colour that document pixel (x, y) shows, not premultiplied; ``None`` outside or where transparent."""
        if self._is_wrapped:
            x, y = x % self._document.width, y % self._document.height
        if not self._document.canvas.contains(x, y):
            return None
        from studio.raster.compose import compose

        spot = Rect(x, y, 1, 1)
        plain = self._displayed is self._document
        pixels = self._composite.read(spot, 0) if plain else compose(self._document, spot)
        r, g, b, a = (int(value) for value in pixels[0, 0])
        if a == 0:
            return None
        return QColor(*(min(255, round(value * 255 / a)) for value in (r, g, b)))

    def _paint_mask(self, painter: QPainter, view: ViewTransform, exposed: QRect) -> None:
        self._mask.paint(painter, view, self._document.canvas)
        if view.zoom >= NEAREST_ZOOM:
            seen = view.inverse().mapRect(QRectF(exposed)).toAlignedRect()
            area = Rect(seen.x(), seen.y(), seen.width(), seen.height())
            self._edges.draw(painter, view, self._overlaid(self._document), area, self._document.canvas)

    def _checker_brush(self, device_ratio: float) -> QBrush:
        if self._checker is None or self._checker[0] != device_ratio:
            self._checker = (device_ratio, checker_brush(device_ratio))
        return self._checker[1]


def _bounded(rects: list[Rect], near: Rect | None) -> list[Rect]:
    if near is None:
        return rects
    parts = [rect.intersected(near) for rect in rects]
    return [part for part in parts if not part.is_empty]


def _changed_mask_tiles(old: Raster, new: Raster, document: Document) -> set[TileKey]:
    if old.default != new.default:
        return set(document.canvas.tile_keys())
    return new.changed_tiles(old)
