"""The mask polygon: corners by clicks, made the mask when it is closed."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.history import StepKind
from studio.ui.canvas.tools.area_tool import MASK_AREA
from studio.ui.canvas.tools.mask_options import MASK_SHAPE, MASK_VIEW
from studio.ui.canvas.tools.polygon_tool import PolygonTool
from studio.ui.canvas.tools.tool import CanvasTool, Section

_STEP: Final = StepKind("mask.polygon", "Mask polygon", "mask-polygon")

MASK_POLYGON: Final = CanvasTool(
    id="mask_polygon",
    name=str(QT_TRANSLATE_NOOP("CanvasTools", "Mask polygon")),
    icon="mask-polygon",
    shortcut="Shift+L",
    hint=str(
        QT_TRANSLATE_NOOP(
            "CanvasTools",
            "Click corners; a double click or Enter closes it. Shift adds to the mask, Alt takes away.",
        )
    ),
    section=Section.MASK,
    group="mask_shapes",
    make=partial(PolygonTool, area=MASK_AREA, step=_STEP),
    options=(MASK_SHAPE, MASK_VIEW),
)
