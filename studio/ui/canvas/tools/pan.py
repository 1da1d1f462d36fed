"""Drags the view; the document stays as it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QPointF, Qt

from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext
from studio.ui.canvas.view.pointer import Pointer


class PanTool(Tool):
    """Drags the picture through the view."""

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._last: QPointF | None = None

    @property
    def is_active(self) -> bool:
        return self._last is not None

    def press(self, pointer: Pointer) -> None:
        self._last = pointer.view

    def move(self, pointer: Pointer) -> None:
        if self._last is not None:
            self.context.set_view(self.context.view.panned(pointer.view - self._last))
            self._last = pointer.view

    def release(self, pointer: Pointer) -> None:
        self.move(pointer)
        self._last = None

    def cancel(self) -> None:
        self._last = None

    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.ClosedHandCursor if self.is_active else Qt.CursorShape.OpenHandCursor


PAN: Final = CanvasTool(
    id="pan",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Pan")),
    icon="pan",
    shortcut="H",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Drag the view. Space or the middle button does so with any tool.")),
    section=Section.VIEW,
    group="view",
    make=PanTool,
    only_looks=True,
)
