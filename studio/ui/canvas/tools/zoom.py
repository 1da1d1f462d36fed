"""Zooms the view; the document stays as it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, Qt

from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext
from studio.ui.canvas.view.pointer import Pointer
from studio.ui.canvas.view.view_transform import next_zoom, previous_zoom

_DRAG_START: Final = 4.0
_ZOOM_PER_PIXEL: Final = 1.01


class ZoomTool(Tool):
    """Click zooms in, Alt+click or a right click zooms out; a drag up or right zooms in smoothly."""

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._start: QPointF | None = None
        self._zoom = 1.0
        self._dragged = False

    @property
    def is_active(self) -> bool:
        return self._start is not None

    def press(self, pointer: Pointer) -> None:
        self._start = pointer.view
        self._zoom = self.context.view.zoom
        self._dragged = False

    def move(self, pointer: Pointer) -> None:
        if self._start is None:
            return
        way = pointer.view - self._start
        self._dragged = self._dragged or max(abs(way.x()), abs(way.y())) >= _DRAG_START
        if self._dragged:
            zoom = self._zoom * _ZOOM_PER_PIXEL ** (way.x() - way.y())
            self.context.set_view(self.context.view.zoomed(zoom, self._start))

    def release(self, pointer: Pointer) -> None:
        if self._start is not None and not self._dragged:
            view = self.context.view
            outward = pointer.alt or pointer.button == Qt.MouseButton.RightButton
            zoom = previous_zoom(view.zoom) if outward else next_zoom(view.zoom)
            self.context.set_view(view.zoomed(zoom, self._start))
        self._start = None

    def cancel(self) -> None:
        self._start = None


ZOOM: Final = CanvasTool(
    id="zoom",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Zoom")),
    icon="zoom",
    shortcut="Z",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Click to zoom in, Alt+click to zoom out, drag to zoom smoothly.")),
    section=Section.VIEW,
    group="view",
    make=ZoomTool,
    uses_right_button=True,
    only_looks=True,
)
