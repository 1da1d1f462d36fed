"""Strokes that are drawn in several places at once: how they are chosen, and the axes that the canvas shows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio.api.parameters import BoolParameter, IntParameter
from studio.document import Rect
from studio.raster.limits import MOST_TURNS
from studio.ui.canvas.tools.options import OptionGroup
from studio.ui.canvas.tools.tool import ToolContext

if TYPE_CHECKING:
    from studio.raster.brushes.symmetry import Symmetry

SYMMETRY: Final = OptionGroup(
    id="symmetry",
    parameters=(
        BoolParameter(
            id="across",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Mirror left and right")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "Draw every stroke again, mirrored at the middle of the canvas")),
            advanced=True,
        ),
        BoolParameter(
            id="down",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Mirror top and bottom")),
            help=str(QT_TRANSLATE_NOOP("CanvasTools", "Draw every stroke again, mirrored at the middle of the canvas")),
            advanced=True,
        ),
        IntParameter(
            id="turns",
            label=str(QT_TRANSLATE_NOOP("CanvasTools", "Around the middle")),
            help=str(
                QT_TRANSLATE_NOOP("CanvasTools", "How many times a stroke is drawn around the middle of the canvas")
            ),
            default=1,
            minimum=1,
            maximum=MOST_TURNS,
            advanced=True,
        ),
    ),
    session_only=frozenset({"across", "down", "turns"}),
    icon="symmetry",
    on_canvas=True,
)

_DARK: Final = QColor(0, 0, 0, 110)
_LIGHT: Final = QColor(120, 200, 255, 210)


def symmetry_of(values: Mapping[str, Any], canvas: Rect) -> Symmetry | None:
    """Where strokes on a canvas are drawn again as the values of `SYMMETRY` say; ``None`` for nowhere."""
    if not is_symmetric(values):
        return None
    from studio.raster.brushes.symmetry import Symmetry

    x, y = canvas.x + canvas.width / 2, canvas.y + canvas.height / 2
    return Symmetry(x=x, y=y, across=values["across"], down=values["down"], turns=values["turns"])


def is_symmetric(values: Mapping[str, Any]) -> bool:
    """Whether the values of `SYMMETRY` draw anything twice."""
    return bool(values["across"] or values["down"] or values["turns"] > 1)


def paint_axes(painter: QPainter, context: ToolContext) -> None:
    """Draw the axes of the symmetry that is chosen; ``painter`` is in view coordinates."""
    values, canvas = context.options(SYMMETRY), context.session.document.canvas
    if not is_symmetric(values):
        return
    matrix = context.view.matrix()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in _axes(values, canvas):
        seen = matrix.map(line)
        painter.setPen(QPen(_DARK, 2.5))
        painter.drawLine(seen)
        painter.setPen(QPen(_LIGHT, 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(seen)
    painter.restore()


def _axes(values: Mapping[str, Any], canvas: Rect) -> list[QLineF]:
    """Lines through the middle of the canvas, in document pixels."""
    middle = QPointF(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2)
    lines = []
    if values["across"]:
        lines.append(QLineF(middle.x(), canvas.y, middle.x(), canvas.bottom))
    if values["down"]:
        lines.append(QLineF(canvas.x, middle.y(), canvas.right, middle.y()))
    reach = min(canvas.width, canvas.height) / 2
    for step in range(values["turns"] if values["turns"] > 1 else 0):
        way = math.tau * step / values["turns"] - math.pi / 2
        lines.append(QLineF(middle, middle + QPointF(math.cos(way), math.sin(way)) * reach))
    return lines
