"""What a transform under way looks like on screen: the part of the picture that is seen, made anew for each change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from studio.document import TILE_SIZE, Document, Pixels, Raster, Rect
from studio.editing.transforming import Subject
from studio.raster.free_transform import FreeTransform, Point
from studio.ui.canvas.tools.mask_options import MASK_VIEW, mask_style
from studio.ui.canvas.tools.tool import ToolContext
from studio.ui.canvas.view.backdrop import paint_part
from studio.ui.canvas.view.mosaic import level_for

if TYPE_CHECKING:
    from studio.editing.transform_preview import TransformPreview

_AT_ONCE: Final = 400
"""Tiles that are looked at without a wait that is felt."""
_SHAPES: Final = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)
"""For handles that are dragged along 0, 45, 90 and 135 degrees of the view."""


@dataclass(frozen=True)
class _Wanted:
    """The part of a document that is to be shown, and how much reduced."""

    document: Document
    subject: Subject
    area: Rect
    level: int

    def is_met_by(self, preview: TransformPreview) -> bool:
        """Whether a preview shows all of it."""
        is_same = preview.document is self.document and preview.subject == self.subject
        return is_same and preview.level == self.level and preview.area.intersected(self.area) == self.area

    def tiles(self) -> int:
        """How many tiles have to be looked at."""
        keys = set(self.area.tile_keys())
        return sum(len(keys & raster.tiles.keys()) for raster in self.document.rasters())

    def preview(self) -> TransformPreview:
        """What draws it; on any thread."""
        from studio.editing.transform_preview import TransformPreview  # not needed for the first window

        return TransformPreview(self.document, self.subject, self.area, self.level)


class TransformScreen:
    """Shows transforms on a canvas in place of its picture; of the generation mask over it."""

    def __init__(self, context: ToolContext) -> None:
        self._context = context
        self._preview: TransformPreview | None = None
        self._now: tuple[object, ...] | None = None
        self._mask: QImage | None = None
        self._run: _Wanted | None = None

    def show(self, document: Document, subject: Subject, shape: FreeTransform, how: str) -> None:
        """Show the document with its subject transformed, if that is not shown already."""
        from studio.raster.resample import Resampling  # not needed for the first window

        preview = self._preview_for(document, subject)
        if preview is None:
            return
        now = (preview, shape, how)
        if self._now == now:
            return
        self._now = now
        if subject.what == "generation_mask":
            self._context.show(document.with_generation_mask(Raster(channels=1)))
            self._mask = self._tinted(preview.mask(shape, Resampling(how)))
        else:
            if subject.is_selected:  # its outline would stay behind
                self._context.show(document.with_selection(Raster(channels=1)))
            self._context.show_instead(_image(preview.picture(shape, Resampling(how))), preview.area)

    def clear(self) -> None:
        """Show the document as it is."""
        is_shown, self._now = self._now is not None, None
        self._preview = self._mask = self._run = None
        if is_shown:
            self._context.show_instead(None)
            self._context.show(self._context.session.document)

    def paint(self, painter: QPainter) -> None:
        """Draw what lies over the picture; ``painter`` is in view coordinates."""
        if self._mask is not None and self._preview is not None:
            canvas = self._context.session.document.canvas
            paint_part(painter, self._context.view, canvas, self._mask, self._preview.area)

    def cursor_along(self, start: Point, end: Point) -> Qt.CursorShape:
        """The cursor for what is dragged along the way between two points of the canvas."""
        way = self._context.view.to_view(QPointF(*end)) - self._context.view.to_view(QPointF(*start))
        return _SHAPES[round(math.degrees(math.atan2(way.y(), way.x())) / 45) % 4]

    def _preview_for(self, document: Document, subject: Subject) -> TransformPreview | None:
        """What draws the part that is seen. Of a large picture it is made beside the window, and ``None`` before."""
        view = self._context.view
        seen = view.visible_rect().toAlignedRect()
        area = _on_tiles(Rect(seen.x(), seen.y(), seen.width(), seen.height()).intersected(document.canvas))
        wanted = _Wanted(document, subject, area, level_for(view.zoom))
        if self._preview is not None and wanted.is_met_by(self._preview):
            self._run = None
        elif self._run is None or self._run != wanted:
            self._make(wanted)
        known = self._preview
        return known if known is not None and known.document is document and known.subject == subject else None

    def _make(self, wanted: _Wanted) -> None:
        if wanted.tiles() <= _AT_ONCE:
            self._preview = wanted.preview()
            return
        self._run = wanted

        def arrived(preview: TransformPreview) -> None:
            if self._run == wanted:
                self._run, self._preview = None, preview
                self._context.redraw()

        self._context.background.run(wanted.preview, arrived)

    def _tinted(self, mask: Pixels) -> QImage:
        import numpy as np

        style = mask_style(self._context.options(MASK_VIEW))
        color = QColor(style.color)
        tint = np.array([color.red(), color.green(), color.blue(), 255]) * style.opacity / 255
        return _image(np.round(mask[..., None] * tint).astype(np.uint8))


def _on_tiles(rect: Rect) -> Rect:
    """Whole tiles around a rectangle, one at least."""
    x, y = rect.x // TILE_SIZE * TILE_SIZE, rect.y // TILE_SIZE * TILE_SIZE
    right, bottom = -(-rect.right // TILE_SIZE) * TILE_SIZE, -(-rect.bottom // TILE_SIZE) * TILE_SIZE
    return Rect(x, y, max(right - x, TILE_SIZE), max(bottom - y, TILE_SIZE))


def _image(pixels: Pixels) -> QImage:
    """A picture that owns its pixels, premultiplied."""
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888_Premultiplied)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
