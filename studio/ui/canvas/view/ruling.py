"""Guide lines and the grid over the picture. They are seen on any colour and lie between the pixels of the picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.document import Grid, Rect, Ruling
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.view_transform import ViewTransform

_LINES: Final = (QColor(255, 255, 255, 200), QColor(0, 130, 200))
"""Below and above."""
_GRID: Final = (QColor(255, 255, 255, 70), QColor(40, 40, 40, 110))
_CLOSEST: Final = 5.0
"""Lines of the grid that lie closer than this, in logical view pixels, would hide the picture: every second, fourth ...
one is drawn then."""


def paint_grid(painter: QPainter, view: ViewTransform, canvas: Rect, grid: Grid) -> None:
    """Draw the grid on the canvas; ``painter`` is in view coordinates."""
    seen = qrectf(canvas).intersected(view.visible_rect())
    if seen.isEmpty():
        return
    across = _places(grid.x, grid.width, view.scale, (seen.left(), seen.right()))
    down = _places(grid.y, grid.height, view.scale, (seen.top(), seen.bottom()))
    _draw(painter, view, [*_upright(across, qrectf(canvas)), *_level(down, qrectf(canvas))], _GRID)


def paint_guide_lines(painter: QPainter, view: ViewTransform, canvas: Rect, ruling: Ruling) -> None:
    """Draw the guide lines from one end of the view to the other, also beyond the canvas."""
    if not ruling.has_lines:
        return
    reach = qrectf(canvas).united(view.visible_rect())
    _draw(painter, view, [*_upright(ruling.upright, reach), *_level(ruling.level, reach)], _LINES)


def _upright(places: Iterable[float], area: QRectF) -> list[QLineF]:
    return [QLineF(x, area.top(), x, area.bottom()) for x in places]


def _level(places: Iterable[float], area: QRectF) -> list[QLineF]:
    return [QLineF(area.left(), y, area.right(), y) for y in places]


def _places(start: int, cell: int, scale: float, span: tuple[float, float]) -> list[float]:
    """Where lines of the grid fall in a span of document pixels."""
    step = cell
    while step * scale < _CLOSEST:
        step *= 2
    first, last = int((span[0] - start) // step), int((span[1] - start) // step) + 1
    places = (float(start + number * step) for number in range(first, last + 1))
    return [place for place in places if span[0] <= place <= span[1]]


def _draw(painter: QPainter, view: ViewTransform, lines: list[QLineF], colors: tuple[QColor, QColor]) -> None:
    """Draw lines in two colours, the second shifted by a device pixel."""
    matrix, shift = view.matrix(), QPointF(1, 1) / view.device_ratio
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, view.angle % 90.0 != 0.0)
    for color, way in zip(colors, (shift, QPointF()), strict=True):
        painter.setPen(QPen(color, 1 / view.device_ratio))
        painter.drawLines([matrix.map(line).translated(way) for line in lines])
    painter.restore()
