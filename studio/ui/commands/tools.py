"""The commands that choose a canvas tool: one for each tool of the registry, in the order of the tool bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from studio.ui.canvas.tools.registry import TOOLS
from studio.ui.canvas.tools.tool import CanvasTool
from studio.ui.commands.context import Context, WindowCommand
from studio.ui.widgets.command import Command

TOOL_PREFIX: Final = "tool."


def _choose(tool_id: str) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        context.canvas.set_tool(tool_id)
        context.canvas.setFocus()  # the next keys are meant for the tool, not for the prompt

    return run


def _command(tool: CanvasTool) -> WindowCommand:
    return Command(
        id=TOOL_PREFIX + tool.id,
        text=tool.name,
        tip=tool.hint,
        icon=tool.icon,
        shortcut=tool.shortcut,
        run=_choose(tool.id),
        checked=lambda state: state.tool == tool.id,
        domain="CanvasTools",
    )


TOOL_COMMANDS: Final = tuple(_command(tool) for tool in TOOLS)
