"""Takes the painting colour from the picture."""

from __future__ import annotations

from studio.ui.canvas.tools.tool import Tool, ToolContext
from studio.ui.canvas.view.pointer import Pointer


class PickerTool(Tool):
    """Picks while pressed, so that a drag tries colours until the right one."""

    def __init__(self, tool_id: str, context: ToolContext) -> None:
        super().__init__(tool_id, context)
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
