"""Which tool the pointer drives: the chosen one, or one borrowed by a held key, a button or the pen's eraser end."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from studio.document import Document
from studio.ui.canvas.tools.registry import DEFAULT_TOOL
from studio.ui.canvas.tools.tool import Tool, Unfinished
from studio.ui.canvas.view.pointer import Pointer


class Toolbox:
    """Holds the tools and hands each press to one of them, which keeps the pointer until the release.

    The action of a tool that spans clicks waits after the release for the next one; the view can be panned meanwhile.
    """

    def __init__(self, tools: Mapping[str, Tool]) -> None:
        self._tools = dict(tools)
        self._chosen = self._tools[DEFAULT_TOOL]
        self._pressed: Tool | None = None
        self._waiting: Tool | None = None
        self._button = Qt.MouseButton.NoButton
        self.is_panning_key_down = False

    @property
    def chosen(self) -> Tool:
        return self._chosen

    @property
    def active(self) -> Tool | None:
        """The tool whose action is under way; before one that waits for a click comes that which has the pointer."""
        return next(iter(self._under_way()), None)

    def choose(self, tool_id: str) -> None:
        """``KeyError`` for an unknown id. An action under way is finished first."""
        tool = self._tools[tool_id]
        self.finish()
        self._chosen = tool
        tool.chosen()
        tool.context.redraw()  # for what tools show before anything is done

    def pointed(self, modifiers: Qt.KeyboardModifier) -> Tool:
        """The tool that a press with the left button would use, for the cursor."""
        if self._is_pressed:
            return self.active or self._chosen
        if self.is_panning_key_down:
            return self._tools["pan"]
        if modifiers & Qt.KeyboardModifier.AltModifier and self._chosen.info.alt_picks:
            return self._tools["picker"]
        return self._chosen

    def press(self, pointer: Pointer) -> None:
        """Start an action, or go on with one that spans clicks; a second button during a drag drops it."""
        if self._is_pressed:
            self.drop_drag()
            return
        tool = self._tool_for(pointer)
        if tool is None:
            return
        self._pressed = tool
        self._button = pointer.button
        tool.press(pointer)

    def move(self, pointer: Pointer) -> None:
        if self.active is not None:
            self.active.move(pointer)
        else:
            self._chosen.hover(pointer)

    def release(self, pointer: Pointer) -> None:
        """End the action if ``pointer`` carries the button that began it."""
        if self._pressed is not None and pointer.button == self._button:
            if self._is_pressed:
                self._pressed.release(pointer)
            self._let_go()

    def drop_drag(self) -> None:
        """Drop what is done between press and release; an action that spans clicks goes on."""
        if self._pressed is not None:
            if self._pressed.spans_clicks:
                self._pressed.let_go()
            else:
                self._pressed.cancel()
        self._let_go()

    def end_drag(self) -> None:
        """Keep what was done since the press, as if the button were released; one that spans clicks goes on."""
        if self._pressed is not None:
            if self._pressed.spans_clicks:
                self._pressed.let_go()
            else:
                self._pressed.finish()
        self._let_go()

    def cancel(self) -> None:
        """Drop the action under way, if any."""
        for tool in self._under_way():
            tool.cancel()
        self._pressed = self._waiting = None

    def finish(self) -> None:
        """Keep what the action under way has done, and end it."""
        for tool in self._under_way():
            tool.finish()
        self._pressed = self._waiting = None

    def so_far(self) -> Unfinished | None:
        """What the action under way would keep if it ended now."""
        steps = (tool.so_far() for tool in self._under_way())
        return next((step for step in steps if step is not None), None)

    def document_changed(self, document: Document) -> None:
        for tool in self._under_way():
            tool.document_changed(document)

    def before_paint(self) -> None:
        for tool in dict.fromkeys((*self._under_way(), self._chosen)):
            tool.before_paint()

    def paint(self, painter: QPainter) -> None:
        """Draw what the tools show over the picture; ``painter`` is in view coordinates."""
        for tool in dict.fromkeys((*self._under_way(), self._chosen)):
            tool.paint(painter)

    @property
    def _is_pressed(self) -> bool:
        """Whether a tool has the pointer and does something with it."""
        return self._pressed is not None and self._pressed.is_active

    def _under_way(self) -> list[Tool]:
        tools = dict.fromkeys((self._pressed, self._waiting, self._chosen))  # options alone can begin an action
        return [tool for tool in tools if tool is not None and tool.is_active]

    def _let_go(self) -> None:
        if self._pressed is not None and self._pressed.is_active:
            self._waiting = self._pressed
        self._pressed = None

    def _tool_for(self, pointer: Pointer) -> Tool | None:
        if pointer.button == Qt.MouseButton.MiddleButton or self.is_panning_key_down:
            return self._tools["pan"]
        if pointer.button == Qt.MouseButton.RightButton:
            return self._chosen if self._chosen.info.uses_right_button else None
        if pointer.button != Qt.MouseButton.LeftButton:
            return None
        if pointer.is_eraser and self._chosen.info.pen_eraser:
            return self._tools[self._chosen.info.pen_eraser]
        return self.pointed(pointer.modifiers)
