"""Line, rectangle, ellipse, polygon and curve, drawn with the brush."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.ui.canvas.tools.drawn_shape import DraggedShapeTool, DrawnPathTool, drawn_tool
from studio.ui.canvas.tools.shapes import ellipse_outline, line_outline, rectangle_outline

DRAW_LINE: Final = drawn_tool(
    "draw_line",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Line")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "Drag a straight line. Shift keeps to steps of 45°.")),
    make=partial(DraggedShapeTool, outline=line_outline, is_line=True),
    shortcut="U",
    can_fill=False,
)
DRAW_RECTANGLE: Final = drawn_tool(
    "draw_rectangle",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Rectangle")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "Drag a rectangle. Shift gives it equal sides, Alt begins in its middle.")),
    make=partial(DraggedShapeTool, outline=rectangle_outline),
    shortcut="Shift+U",
)
DRAW_ELLIPSE: Final = drawn_tool(
    "draw_ellipse",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Ellipse")),
    str(QT_TRANSLATE_NOOP("CanvasTools", "Drag an ellipse. Shift makes it a circle, Alt begins in its middle.")),
    make=partial(DraggedShapeTool, outline=ellipse_outline),
)
DRAW_POLYGON: Final = drawn_tool(
    "draw_polygon",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Polygon")),
    str(
        QT_TRANSLATE_NOOP(
            "CanvasTools", "Click corners. Enter or a double click ends it, a click on the first corner closes it."
        )
    ),
    make=partial(DrawnPathTool, bends=False),
)
DRAW_CURVE: Final = drawn_tool(
    "draw_curve",
    str(QT_TRANSLATE_NOOP("CanvasTools", "Curve")),
    str(
        QT_TRANSLATE_NOOP(
            "CanvasTools", "Click points and drag from them to bend the curve. Enter or a double click ends it."
        )
    ),
    make=partial(DrawnPathTool, bends=True),
)
