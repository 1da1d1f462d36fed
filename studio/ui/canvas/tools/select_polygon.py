"""Selects a polygon with corners by clicks."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import SELECTION_AREA
from studio.ui.canvas.tools.polygon_tool import PolygonTool
from studio.ui.canvas.tools.selection_options import QUICK_MASK, SELECTION_COMMANDS, SELECTION_SHAPE
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("selection.polygon", "Polygonal selection", "select-polygon")

SELECT_POLYGON: Final = CanvasTool(
    id="select_polygon",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Select polygon")),
    icon="select-polygon",
    shortcut="Shift+A",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Click corners to select; a double click or Enter closes it. Shift adds, Alt takes away.",
        )
    ),
    section=Section.SELECT,
    group="select_outlines",
    make=partial(PolygonTool, area=SELECTION_AREA, step=_STEP),
    options=(SELECTION_SHAPE, QUICK_MASK),
    commands=SELECTION_COMMANDS,
)
