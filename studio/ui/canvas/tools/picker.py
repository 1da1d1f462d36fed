"""Takes the painting colour from the picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.canvas.tools.tool import CanvasTool, Section, Tool, ToolContext
from studio.ui.canvas.view.pointer import Pointer


class PickerTool(Tool):
    """Picks while pressed, so that a drag tries colours until the right one."""

    def __init__(self, info: CanvasTool, context: ToolContext) -> None:
        super().__init__(info, context)
        self._is_pressed = False

    @property
    def is_active(self) -> bool:
        return self._is_pressed

    def press(self, pointer: Pointer) -> None:
        self._is_pressed = True
        self.context.pick(pointer)

    def move(self, pointer: Pointer) -> None:
        self.context.pick(pointer)

    def release(self, pointer: Pointer) -> None:
        self.context.pick(pointer)
        self._is_pressed = False

    def cancel(self) -> None:
        self._is_pressed = False


PICKER: Final = CanvasTool(
    id="picker",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Colour picker")),
    icon="picker",
    shortcut="I",
    hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Take a colour from the picture.")),
    section=Section.PAINT,
    make=PickerTool,
)
