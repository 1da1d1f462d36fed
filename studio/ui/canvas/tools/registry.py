"""The canvas tools as data: what the tool bar shows and which keys choose them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, kw_only=True)
class ToolInfo:
    """One tool of the canvas.

    ``name`` and ``hint`` are English source texts; show `title` and `tooltip` instead.
    ``icon`` is a name for `studio.ui.style.icons.icon`, ``shortcut`` a key sequence ("" for none).
    """

    id: str
    name: str
    icon: str
    shortcut: str
    hint: str

    @property
    def title(self) -> str:
        """The translated name."""
        return QCoreApplication.translate("CanvasTools", self.name)

    @property
    def tooltip(self) -> str:
        """ "Brush (B)" and, on a second line, what the tool does; translated."""
        title = f"{self.title} ({self.shortcut})" if self.shortcut else self.title
        return f"{title}\n{QCoreApplication.translate('CanvasTools', self.hint)}"


TOOLS: Final = (
    ToolInfo(
        id="brush",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Brush")),
        icon="brush",
        shortcut="B",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Paint on the layer. Shift+click draws a line, Alt picks a colour.")),
    ),
    ToolInfo(
        id="eraser",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Eraser")),
        icon="eraser",
        shortcut="E",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Erase from the layer. Shift+click erases along a line.")),
    ),
    ToolInfo(
        id="fill",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Fill")),
        icon="fill",
        shortcut="F",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Fill an area of similar colour on the layer.")),
    ),
    ToolInfo(
        id="picker",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Colour picker")),
        icon="picker",
        shortcut="I",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Take a colour from the picture.")),
    ),
    ToolInfo(
        id="move",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Move layer")),
        icon="move",
        shortcut="V",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Drag the layer. Arrow keys move it by 1 pixel, with Shift by 10.")),
    ),
    ToolInfo(
        id="mask_brush",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask brush")),
        icon="mask-brush",
        shortcut="M",
        hint=str(
            QT_TRANSLATE_NOOP("CanvasTools", "Paint where to generate. Ctrl or the right button erases the mask.")
        ),
    ),
    ToolInfo(
        id="mask_eraser",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask eraser")),
        icon="mask-eraser",
        shortcut="Shift+M",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Erase the generation mask.")),
    ),
    ToolInfo(
        id="mask_rectangle",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask rectangle")),
        icon="mask-rectangle",
        shortcut="R",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Drag a rectangular mask. Shift adds to the mask, Alt takes away.")),
    ),
    ToolInfo(
        id="mask_ellipse",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask ellipse")),
        icon="mask-ellipse",
        shortcut="Shift+R",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Drag an elliptical mask. Shift adds to the mask, Alt takes away.")),
    ),
    ToolInfo(
        id="mask_lasso",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask lasso")),
        icon="mask-lasso",
        shortcut="L",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Draw around an area. Shift adds to the mask, Alt takes away.")),
    ),
    ToolInfo(
        id="pan",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Pan")),
        icon="pan",
        shortcut="H",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Drag the view. Space or the middle button does so with any tool.")),
    ),
    ToolInfo(
        id="zoom",
        name=str(QT_TRANSLATE_NOOP("CanvasTools", "Zoom")),
        icon="zoom",
        shortcut="Z",
        hint=str(QT_TRANSLATE_NOOP("CanvasTools", "Click to zoom in, Alt+click to zoom out, drag to zoom smoothly.")),
    ),
)
"""Every tool, in tool bar order."""

DEFAULT_TOOL: Final = "brush"


def tool_info(tool_id: str) -> ToolInfo:
    """The tool with this id; ``KeyError`` if there is none."""
    for info in TOOLS:
        if info.id == tool_id:
            return info
    raise KeyError(tool_id)
