"""The live picture on the canvas: what shows it, and what tells live painting of paint."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from studio.document import Pixels, Rect
from studio.ui.canvas.canvas_context import CanvasContext


class LiveOverlay(QObject):
    """Signal: ``document_shown()`` when the canvas shows another document, also one with a stroke under way."""

    document_shown = Signal()

    def __init__(self, context: CanvasContext) -> None:
        super().__init__(context)
        self._context = context
        context.document_shown.connect(self._document_shown)

    @property
    def is_shown(self) -> bool:
        """Whether a live picture lies over the document."""
        return self._context.picture.live.rect is not None

    def show_picture(self, rect: Rect, pixels: Pixels, mask: Pixels | None) -> None:
        """Show a picture of the document as it was at the last `ask` over ``rect``, see `LivePicture.set`."""
        self._context.show_live_picture(rect, pixels, mask)
        if mask is not None and not self._context.picture.is_mask_outlined:
            self._context.picture.outline_mask(True)  # its colour would tint what is drawn inside
            self._context.redraw()

    def clear(self) -> None:
        self._context.show_live_picture(None, None, None)

    def ask(self) -> None:
        """What is painted from now on is not in the picture that is shown next, and lies over it."""
        self._context.picture.live.ask()

    def _document_shown(self, near: Rect | None) -> None:
        if near is not None:
            self._context.picture.live.paint_on(near)
        self.document_shown.emit()
