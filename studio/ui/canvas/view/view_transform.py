"""Where the document stands in the view: a frozen value with zoom, rotation, mirroring and position."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QTransform

MIN_ZOOM: Final = 1 / 64
MAX_ZOOM: Final = 64.0
ZOOM_STEPS: Final = (
    *(1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3),
    *(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0),
)
"""The factors that "zoom in" and "zoom out" step through."""

MOST_COPIES: Final = 4
"""Of a canvas to each side, see `ViewTransform.copies`."""

FIT_MARGIN: Final = 24
"""Pixels of the view left free on every side by `ViewTransform.fitted`."""


@dataclass(frozen=True, kw_only=True)
class ViewTransform:
    """Maps document pixels to logical pixels of the view.

    Parameters
    ----------
    center_x, center_y
        The document point (in pixels, may be fractional) that is shown in the middle of the view.
    zoom
        Device pixels per document pixel, `MIN_ZOOM`..`MAX_ZOOM`. 1.0 is "actual size" on every screen.
    angle
        Clockwise rotation of the view in degrees, -180 < angle <= 180.
    mirrored
        Whether left and right are swapped in the view. The document is not touched.
    view_width, view_height
        Size of the view in logical pixels.
    device_ratio
        Device pixels per logical pixel.
    copy
        By how many document pixels the canvas is shown further to the right and further down, as a copy beside itself.
    """

    center_x: float = 0.0
    center_y: float = 0.0
    zoom: float = 1.0
    angle: float = 0.0
    mirrored: bool = False
    view_width: int = 1
    view_height: int = 1
    device_ratio: float = 1.0
    copy: tuple[int, int] = (0, 0)

    @property
    def scale(self) -> float:
        """Logical pixels per document pixel."""
        return self.zoom / self.device_ratio

    @property
    def is_upright(self) -> bool:
        """Whether rows of the document are rows of the view (neither rotated nor mirrored)."""
        return self.angle == 0.0 and not self.mirrored

    def matrix(self) -> QTransform:
        """Document to view. Upright views are shifted to whole device pixels, so that pixels stay crisp."""
        matrix = QTransform()
        matrix.translate(self.view_width / 2, self.view_height / 2)
        matrix.rotate(self.angle)
        matrix.scale(-self.scale if self.mirrored else self.scale, self.scale)
        matrix.translate(-self.center_x, -self.center_y)
        if self.angle == 0.0:
            ratio = self.device_ratio
            dx, dy = round(matrix.dx() * ratio) / ratio, round(matrix.dy() * ratio) / ratio
            matrix = QTransform(matrix.m11(), matrix.m12(), matrix.m21(), matrix.m22(), dx, dy)
        return matrix.translate(*self.copy) if any(self.copy) else matrix

    def inverse(self) -> QTransform:
        """View to document."""
        return self.matrix().inverted()[0]

    def to_view(self, point: QPointF) -> QPointF:
        return self.matrix().map(point)

    def to_document(self, point: QPointF) -> QPointF:
        return self.inverse().map(point)

    def visible_rect(self) -> QRectF:
        """The smallest upright document rectangle that covers the view."""
        return self.inverse().mapRect(QRectF(0, 0, self.view_width, self.view_height))

    def view_rect(self, rect: QRectF, margin: int = 2) -> QRect:
        """The view pixels that a document rectangle may touch; ``margin`` covers smoothing."""
        return self.matrix().mapRect(rect).toAlignedRect().adjusted(-margin, -margin, margin, margin)

    # --- other views ------------------------------------------------------------------------------

    def resized(self, size: QSize, device_ratio: float) -> ViewTransform:
        """The same centre in a view of another size; ``zoom`` stays in device pixels."""
        return replace(
            self,
            view_width=max(1, size.width()),
            view_height=max(1, size.height()),
            device_ratio=device_ratio,
        )

    def zoomed(self, zoom: float, anchor: QPointF | None = None) -> ViewTransform:
        """Another zoom; the document point under view point ``anchor`` (else the centre) stays in place."""
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        return self._anchored(replace(self, zoom=zoom), anchor)

    def rotated(self, angle: float, anchor: QPointF | None = None) -> ViewTransform:
        """Another angle in degrees, about view point ``anchor`` (else the centre)."""
        angle = 180.0 - (180.0 - angle) % 360.0
        return self._anchored(replace(self, angle=0.0 if abs(angle) < 1e-6 else angle), anchor)

    def with_mirror(self, mirrored: bool) -> ViewTransform:
        """Swap left and right about the centre of the view."""
        return replace(self, mirrored=mirrored)

    def panned(self, delta: QPointF) -> ViewTransform:
        """Move the picture by ``delta`` logical view pixels."""
        middle = QPointF(self.view_width / 2, self.view_height / 2)
        center = self.to_document(middle - delta) - self.to_document(middle)
        return replace(self, center_x=self.center_x + center.x(), center_y=self.center_y + center.y())

    def clamped(self, width: int, height: int) -> ViewTransform:
        """Keep the middle of the view on the canvas, so that the picture cannot get lost."""
        return replace(
            self,
            center_x=min(max(self.center_x, 0.0), float(width)),
            center_y=min(max(self.center_y, 0.0), float(height)),
        )

    def fitted(self, width: int, height: int) -> ViewTransform:
        """Show the whole canvas with a margin; small canvases grow by whole factors only, to stay crisp."""
        turned = QTransform().rotate(self.angle).mapRect(QRectF(0, 0, width, height))
        free = QSizeF(max(16, self.view_width - 2 * FIT_MARGIN), max(16, self.view_height - 2 * FIT_MARGIN))
        zoom = min(free.width() / turned.width(), free.height() / turned.height()) * self.device_ratio
        if zoom > 2:
            zoom = math.floor(zoom)
        zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        return replace(self, zoom=zoom, center_x=width / 2, center_y=height / 2)

    def showing(self, rect: QRectF, width: int, height: int) -> ViewTransform:
        """Look at a rectangle, also one beyond the canvas of this size, from further away if it is not seen whole."""
        target = replace(self, center_x=rect.center().x(), center_y=rect.center().y()).clamped(width, height)
        seen, middle = target.matrix().mapRect(rect), QPointF(self.view_width / 2, self.view_height / 2)
        needed_x = max(seen.right() - middle.x(), middle.x() - seen.left(), 1.0)
        needed_y = max(seen.bottom() - middle.y(), middle.y() - seen.top(), 1.0)
        free_x, free_y = max(8.0, middle.x() - FIT_MARGIN), max(8.0, middle.y() - FIT_MARGIN)
        return target.zoomed(target.zoom * min(1.0, free_x / needed_x, free_y / needed_y))

    def copies(self, width: int, height: int) -> tuple[ViewTransform, ...]:
        """Views of the copies of a canvas of this size that lie around it without a gap, as far as they are seen; at
        most `MOST_COPIES` to each side. The canvas itself is among them where it is seen."""
        seen = self.visible_rect()
        columns = _copies_in(seen.left(), seen.right(), width)
        rows = _copies_in(seen.top(), seen.bottom(), height)
        return tuple(replace(self, copy=(column * width, row * height)) for row in rows for column in columns)

    def _anchored(self, target: ViewTransform, anchor: QPointF | None) -> ViewTransform:
        if anchor is None:
            return target
        moved = target.to_view(self.to_document(anchor))
        return target.panned(anchor - moved)


def _copies_in(start: float, end: float, side: int) -> range:
    first, last = math.floor(start / side), math.ceil(end / side)
    return range(max(first, -MOST_COPIES), min(last, MOST_COPIES + 1))


def next_zoom(zoom: float) -> float:
    """The step above a zoom factor."""
    return next((step for step in ZOOM_STEPS if step > zoom * 1.001), MAX_ZOOM)


def previous_zoom(zoom: float) -> float:
    """The step below a zoom factor."""
    return next((step for step in reversed(ZOOM_STEPS) if step < zoom / 1.001), MIN_ZOOM)
