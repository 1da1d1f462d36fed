"""A stroke under way: nothing of it is in the document until it is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from studio.document import Document, Raster, Rect
from studio.history import StepKind
from studio.ui.canvas.targets import Target
from studio.ui.canvas.view.pointer import Pointer

if TYPE_CHECKING:
    from studio.raster.brush import MakeStroke
    from studio.raster.brushes.brush import Brush
    from studio.raster.brushes.symmetry import Symmetry


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
    symmetry
        Where the stroke is drawn again, or ``None``.
    seed
        What chance does.
    make
        Begins the stroke on the raster; ``None`` for one that paints with a colour.
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
        symmetry: Symmetry | None = None,
        seed: int = 0,
        make: MakeStroke | None = None,
    ) -> None:
        base = target.raster(document)
        if base is None:
            raise KeyError(target)
        self.target = target
        self.step = step
        self._base = base
        from studio.raster.brush import Stroke  # not needed for the first window

        self._stroke = (make or Stroke)(
            base,
            brush,
            clip=clip,
            around=around,
            lock_alpha=target.keeps_alpha(document),
            symmetry=symmetry,
            seed=seed,
        )
        self._area = Rect(0, 0, 0, 0)
        self._whole = Rect(0, 0, 0, 0)

    def fits(self, document: Document) -> bool:
        """Whether ``document`` still holds the very raster that the stroke began on."""
        return self.target.raster(document) is self._base

    def move_to(self, pointer: Pointer) -> None:
        """Draw on to where the pointer is, as it is held."""
        point = pointer.document
        self._stroke.move_to(
            point.x(),
            point.y(),
            pointer.pressure,
            tilt=pointer.tilt,
            azimuth=pointer.azimuth,
            time=pointer.time,
        )
        self._note_area()

    @property
    def place(self) -> QPointF | None:
        """Where the brush is in document pixels, which may trail the pointer; ``None`` before the first point."""
        place = self._stroke.place
        return None if place is None else QPointF(*place)

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
        self._note_area()
        return document if raster is self._base else self.target.with_raster(document, raster)

    def _note_area(self) -> None:
        self._area = self._area.united(self._stroke.take_area())
