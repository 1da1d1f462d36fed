"""Which tool the pointer drives: the chosen one, or one borrowed by a held key, a button or the pen's eraser end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt

from studio.document import Document
from studio.ui.canvas.tools.registry import DEFAULT_TOOL
from studio.ui.canvas.tools.tool import Tool, Unfinished
from studio.ui.canvas.view.pointer import Pointer

_ALT_PICKS: Final = frozenset({"brush", "eraser", "fill"})
_RIGHT_BUTTON: Final = frozenset({"mask_brush", "zoom"})
"""Tools that do something of their own with the right button."""


class Toolbox:
    """Holds the tools and hands each press to one of them, which keeps the pointer until the release."""

    def __init__(self, tools: Mapping[str, Tool]) -> None:
        self._tools = dict(tools)
        self._chosen = self._tools[DEFAULT_TOOL]
        self._active: Tool | None = None
        self._button = Qt.MouseButton.NoButton
        self.is_panning_key_down = False

    @property
    def chosen(self) -> Tool:
        return self._chosen

    @property
    def active(self) -> Tool | None:
        """The tool whose action is under way."""
        if self._active is not None and not self._active.is_active:
            self._active = None
        return self._active

    def choose(self, tool_id: str) -> None:
        """``KeyError`` for an unknown id. An action under way is finished first."""
        tool = self._tools[tool_id]
        self.finish()
        self._chosen = tool

    def pointed(self, modifiers: Qt.KeyboardModifier) -> Tool:
        """The tool that a press with the left button would use, for the cursor."""
        if self.active is not None:
            return self.active
        if self.is_panning_key_down:
            return self._tools["pan"]
        if modifiers & Qt.KeyboardModifier.AltModifier and self._chosen.id in _ALT_PICKS:
            return self._tools["picker"]
        return self._chosen

    def press(self, pointer: Pointer) -> None:
        """Start an action; a second button during an action drops it."""
        if self.active is not None:
            self.cancel()
            return
        tool = self._tool_for(pointer)
        if tool is None:
            return
        self._active = tool
        self._button = pointer.button
        tool.press(pointer)

    def move(self, pointer: Pointer) -> None:
        if self.active is not None:
            self.active.move(pointer)

    def release(self, pointer: Pointer) -> None:
        """End the action if ``pointer`` carries the button that began it."""
        if self.active is not None and pointer.button == self._button:
            self.active.release(pointer)
            self._active = None

    def cancel(self) -> None:
        """Drop the action under way, if any."""
        tool, self._active = self.active, None
        if tool is not None:
            tool.cancel()

    def finish(self) -> None:
        """Keep what the action under way has done, and end it."""
        tool, self._active = self.active, None
        if tool is not None:
            tool.finish()

    def so_far(self) -> Unfinished | None:
        """What the action under way would keep if it ended now."""
        return None if self.active is None else self.active.so_far()

    def document_changed(self, document: Document) -> None:
        if self.active is not None:
            self.active.document_changed(document)

    def _tool_for(self, pointer: Pointer) -> Tool | None:
        if pointer.button == Qt.MouseButton.MiddleButton or self.is_panning_key_down:
            return self._tools["pan"]
        if pointer.button == Qt.MouseButton.RightButton:
            return self._chosen if self._chosen.id in _RIGHT_BUTTON else None
        if pointer.button != Qt.MouseButton.LeftButton:
            return None
        if pointer.is_eraser and self._chosen.id in ("brush", "mask_brush"):
            return self._tools["eraser" if self._chosen.id == "brush" else "mask_eraser"]
        return self.pointed(pointer.modifiers)
