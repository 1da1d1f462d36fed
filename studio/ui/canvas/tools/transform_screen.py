"""What a transform under way looks like on screen: the part of the picture that is seen, made anew for each change."""

from __future__ import annotations

import math
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

_SHAPES: Final = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)
"""For handles that are dragged along 0, 45, 90 and 135 degrees of the view."""


class TransformScreen:
    """Shows transforms on a canvas in place of its picture; of the generation mask over it."""

    def __init__(self, context: ToolContext) -> None:
        self._context = context
        self._preview: TransformPreview | None = None
        self._now: tuple[object, ...] | None = None
        self._mask: QImage | None = None

    def show(self, document: Document, subject: Subject, shape: FreeTransform, how: str) -> None:
        """Show the document with its subject transformed, if that is not shown already."""
        from studio.raster.resample import Resampling  # not needed for the first window

        preview = self._preview_for(document, subject)
        now = (preview, shape, how)
        if self._now == now:
            return
        self._now = now
        if subject.what == "generation_mask":
            self._context.show(document.with_generation_mask(Raster(channels=1)))
            self._mask = self._tinted(preview.mask(shape, Resampling(how)))
        else:
            self._context.show_instead(_image(preview.picture(shape, Resampling(how))), preview.area)

    def clear(self) -> None:
        """Show the document as it is."""
        is_shown, self._preview, self._now, self._mask = self._now is not None, None, None, None
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

    def _preview_for(self, document: Document, subject: Subject) -> TransformPreview:
        from studio.editing.transform_preview import TransformPreview  # not needed for the first window

        view, known = self._context.view, self._preview
        seen = view.visible_rect().toAlignedRect()
        area = _on_tiles(Rect(seen.x(), seen.y(), seen.width(), seen.height()).intersected(document.canvas))
        level = level_for(view.zoom)
        if (
            known is None
            or known.document is not document
            or known.subject != subject
            or known.level != level
            or known.area.intersected(area) != area
        ):
            known = self._preview = TransformPreview(document, subject, area, level)
        return known

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
