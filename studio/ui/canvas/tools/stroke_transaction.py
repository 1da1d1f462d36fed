"""A stroke under way: nothing of it is in the document until it is committed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF

from studio.document import Document, Raster, Rect
from studio.history import StepKind
from studio.ui.canvas.targets import Target

if TYPE_CHECKING:
    from studio.raster.brush import Brush

SMOOTHING_LAG: Final = 64.0
"""Pixels that a fully smoothed brush trails behind the pointer, at most."""


class StrokeTransaction:
    """Paints on one raster of a document and yields a new document at the end.

    Parameters
    ----------
    document
        Where the stroke begins. Other parts of it may change meanwhile; `fits` tells whether it still applies.
    target, brush
        What is painted on, and with what. ``target`` must exist in ``document``.
    step
        The kind of step that it ends as.
    clip
        A mask that limits the stroke, or ``None``.
    around
        The part of the canvas at whose borders the stroke goes on at the other side, or ``None``.
    """

    def __init__(
        self,
        document: Document,
        target: Target,
        brush: Brush,
        step: StepKind,
        *,
        clip: Raster | None = None,
        around: Rect | None = None,
    ) -> None:
        base = target.raster(document)
        if base is None:
            raise KeyError(target)
        self.target = target
        self.step = step
        self._base = base
        self._brush = brush
        from studio.raster.brush import Stroke  # not needed for the first window

        self._stroke = Stroke(base, brush, clip=clip, around=around, lock_alpha=target.keeps_alpha(document))
        self._around = around
        self._area = Rect(0, 0, 0, 0)
        self._whole = Rect(0, 0, 0, 0)
        self._last: QPointF | None = None

    def fits(self, document: Document) -> bool:
        """Whether ``document`` still holds the very raster that the stroke began on."""
        return self.target.raster(document) is self._base

    def move_to(self, point: QPointF, pressure: float) -> None:
        """Draw on to a document point (pixels; centres end in .5) with a pressure of 0..1."""
        if self._stroke.move_to(point.x(), point.y(), pressure):
            self._area = self._area.united(self._reach(self._last or point, point))
        self._last = point

    @property
    def area(self) -> Rect:
        """A rectangle in document pixels that holds all paint since the last `take_area`."""
        return self._area

    @property
    def whole_area(self) -> Rect:
        """A rectangle in document pixels that holds all paint of the stroke."""
        return self._whole.united(self._area)

    def take_area(self) -> Rect:
        """`area`, which begins anew. After `committed`, that is all that was not shown yet."""
        self._whole = self.whole_area
        area, self._area = self._area, Rect(0, 0, 0, 0)
        return area

    def preview(self, document: Document) -> Document:
        """``document`` with the stroke so far; its tiles change as the stroke goes on."""
        return self.target.with_raster(document, self._stroke.raster())

    def snapshot(self, document: Document) -> Document | None:
        """``document`` with the stroke so far, which stays as it is; ``None`` if there is no paint yet."""
        return self.target.with_raster(document, self._stroke.snapshot()) if self._stroke.tiles else None

    def committed(self, document: Document) -> Document:
        """``document`` with the finished stroke; the same object if nothing changed."""
        raster = self._stroke.commit()
        if self._last is not None:
            self._area = self._area.united(self._reach(self._last, self._last))
        return document if raster is self._base else self.target.with_raster(document, raster)

    def _reach(self, start: QPointF, end: QPointF) -> Rect:
        margin = self._brush.diameter / 2 + 3 + self._brush.smoothing * SMOOTHING_LAG
        left, right = sorted((start.x(), end.x()))
        top, bottom = sorted((start.y(), end.y()))
        x, y = math.floor(left - margin), math.floor(top - margin)
        reach = Rect(x, y, math.ceil(right + margin) - x, math.ceil(bottom + margin) - y)
        return reach if self._around is None else _gone_around(reach, self._around)


def _gone_around(rect: Rect, around: Rect) -> Rect:
    """Where it lies that leaves ``around`` and goes on at the other side: along an axis where it does, anywhere."""
    x, width = _span(rect.x - around.x, rect.width, around.width)
    y, height = _span(rect.y - around.y, rect.height, around.height)
    return Rect(around.x + x, around.y + y, width, height)


def _span(start: int, length: int, side: int) -> tuple[int, int]:
    return (start % side, length) if start % side + length <= side else (0, side)
