"""Rulers at the top and at the left of the canvas, in document pixels. Guide lines are dragged out of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from studio.editing.ruling import Direction, set_line, with_line
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.aids import AIDS, aids_shown
from studio.ui.canvas.tools.snapping import snapping_of
from studio.ui.canvas.view.view_transform import ViewTransform
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.following import follow

THICKNESS: Final = 5 * GRID
_LABEL_GAP: Final = 56.0
"""Logical pixels from one number to the next, at least."""
_TICK_GAP: Final = 5.0
_REACH: Final = 5.0
"""Logical pixels around a handle that count as on it."""
_FONT_PIXELS: Final = 9


class Rulers(QObject):
    """Lays both rulers over the edges of a canvas while the person wants them."""

    def __init__(self, session: Session, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.bars = tuple(
            RulerBar(each, session, canvas) for each in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
        )
        canvas.installEventFilter(self)
        canvas.options.changed.connect(self._option_changed)
        canvas.zoom_changed.connect(self._repaint)
        canvas.cursor_moved.connect(self._follow)
        follow(self, session.document_changed, self._repaint)
        self._option_changed(AIDS.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _option_changed(self, group_id: str) -> None:
        if group_id == AIDS.id:
            for bar in self.bars:
                bar.setVisible(bool(self._canvas.options.values(AIDS.id)["rulers"]))
            self._place()

    def _place(self) -> None:
        across, down = self.bars
        across.setGeometry(0, 0, self._canvas.width(), THICKNESS)
        down.setGeometry(0, THICKNESS, THICKNESS, max(0, self._canvas.height() - THICKNESS))

    def _repaint(self, *_changes: object) -> None:
        for bar in self.bars:
            bar.update()

    def _follow(self, x: int, y: int) -> None:
        across, down = self.bars
        across.mark(x)
        down.mark(y)


class RulerBar(QWidget):
    """One ruler. A drag out of it makes a guide line along it; handles on it move those across it, and what is dragged
    back onto a ruler, or out of the canvas, is taken away."""

    def __init__(self, orientation: Qt.Orientation, session: Session, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._is_level = orientation == Qt.Orientation.Horizontal
        self._marked: int | None = None
        self._drag: tuple[Direction, int | None] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Upper ruler") if self._is_level else self.tr("Left ruler"))
        self.setToolTip(self.tr("Drag a guide line out of the ruler; drag it back to remove it"))
        self.hide()

    def mark(self, place: int) -> None:
        """Show where the pointer is, in document pixels."""
        self._marked = place
        self.update()

    @property
    def view(self) -> ViewTransform:
        return self._canvas.view_transform()

    # --- dragging ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._drag is not None:
            self._end()
            return
        self._canvas.finish_stroke()
        self._canvas.options.set(AIDS.id, lines=True)
        handle = self._handle_at(event.position())
        along: Direction = "level" if self._is_level else "upright"
        self._drag = (along, None) if handle is None else (self._across, handle)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self.setCursor(self._cursor(self._handle_at(event.position()) is not None))
            return
        place = self._place_at(event)
        self._canvas.show_preview(with_line(self._session.document, self._drag[0], place, self._drag[1]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, place = self._drag, self._place_at(event)
        self._end()
        if drag is not None and event.button() == Qt.MouseButton.LeftButton:
            set_line(self._session, drag[0], place, drag[1])

    def _end(self) -> None:
        self._drag = None
        self._canvas.show_preview(None)

    def hideEvent(self, _event: QEvent) -> None:
        if self._drag is not None:
            self._end()

    def _cursor(self, is_on_handle: bool) -> Qt.CursorShape:
        if is_on_handle == self._is_level:
            return Qt.CursorShape.SplitHCursor
        return Qt.CursorShape.SplitVCursor

    @property
    def _across(self) -> Direction:
        """The lines that have handles here."""
        return "upright" if self._is_level else "level"

    def _places(self) -> tuple[int, ...]:
        """Where the lines lie that have handles here."""
        ruling = self._session.document.ruling
        return ruling.upright if self._is_level else ruling.level

    def _handle_at(self, position: QPointF) -> int | None:
        along = position.x() if self._is_level else position.y()
        near = [(abs(self._along(place) - along), place) for place in self._places()]
        distance, place = min(near, default=(math.inf, None))
        return place if distance <= _REACH else None

    def _place_at(self, event: QMouseEvent) -> int | None:
        """Where the dragged line would lie; ``None`` where it would be taken away."""
        if self._drag is None:
            return None
        position = self.mapTo(self._canvas, event.position())
        free = QRect(THICKNESS, THICKNESS, self._canvas.width() - THICKNESS, self._canvas.height() - THICKNESS)
        is_along = self._drag[1] is not None and self.rect().contains(event.position().toPoint())
        if not free.contains(position.toPoint()) and not is_along:
            return None
        direction, before = self._drag
        rest = with_line(self._session.document, direction, None, before)
        aids = aids_shown(self._canvas.options.values(AIDS.id))
        point = snapping_of(rest, aids, self.view.scale).point(self.view.to_document(position))
        self._canvas.cursor_moved.emit(math.floor(point.x()), math.floor(point.y()))
        return round(point.x() if direction == "upright" else point.y())

    # --- painting ---------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(THICKNESS, THICKNESS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), QColor(theme.panel))
        font = QFont(self.font())
        font.setPixelSize(_FONT_PIXELS)
        painter.setFont(font)
        if self.view.angle == 0.0:
            painter.setPen(QColor(theme.text_muted))
            self._paint_scale(painter)
            self._paint_handles(painter, QColor(theme.accent))
            self._paint_mark(painter, QColor(theme.text))
        edge = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(QColor(theme.outline))
        painter.drawLine(edge.bottomLeft() if self._is_level else edge.topRight(), edge.bottomRight())
        painter.end()

    def _paint_scale(self, painter: QPainter) -> None:
        step, parts = _steps(self.view.scale)
        for place in _multiples(step, *self._span()):
            self._tick(painter, place, THICKNESS)
            self._number(painter, place)
        for place in _multiples(step / parts, *self._span()):
            self._tick(painter, place, THICKNESS // 4)

    def _tick(self, painter: QPainter, place: float, length: int) -> None:
        along = round(self._along(place))
        if self._is_level:
            painter.drawLine(along, THICKNESS - length, along, THICKNESS)
        else:
            painter.drawLine(THICKNESS - length, along, THICKNESS, along)

    def _number(self, painter: QPainter, place: float) -> None:
        along, text = round(self._along(place)), f"{place:g}"
        if self._is_level:
            painter.drawText(QPoint(along + 2, _FONT_PIXELS), text)
            return
        painter.save()
        painter.translate(_FONT_PIXELS, along - 2)
        painter.rotate(-90)
        painter.drawText(QPoint(0, 0), text)
        painter.restore()

    def _paint_handles(self, painter: QPainter, color: QColor) -> None:
        for place in self._places():
            self._paint_arrow(painter, place, 4.0, color)

    def _paint_mark(self, painter: QPainter, color: QColor) -> None:
        if self._marked is not None:
            self._paint_arrow(painter, self._marked + 0.5, 2.5, color)

    def _paint_arrow(self, painter: QPainter, place: float, half: float, color: QColor) -> None:
        """A triangle whose tip stands on the canvas."""
        along, end = self._along(place), float(THICKNESS)
        points = [QPointF(along, end), QPointF(along - half, end - 2 * half), QPointF(along + half, end - 2 * half)]
        if not self._is_level:
            points = [QPointF(point.y(), point.x()) for point in points]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawPolygon(QPolygonF(points))
        painter.restore()

    def _along(self, place: float) -> float:
        """Where a document coordinate lies on this bar, in its logical pixels."""
        point = self.view.to_view(QPointF(place, place))
        on_bar = self.mapFrom(self._canvas, point)
        return on_bar.x() if self._is_level else on_bar.y()

    def _span(self) -> tuple[float, float]:
        """The document coordinates at the ends of the bar."""
        seen = self.view.inverse().mapRect(QRectF(self.geometry()))
        return (seen.left(), seen.right()) if self._is_level else (seen.top(), seen.bottom())


def _steps(scale: float) -> tuple[float, int]:
    """From one number to the next in document pixels, and in how many parts that is divided."""
    least = max(1.0, _LABEL_GAP / scale)
    size = 10 ** math.floor(math.log10(least))
    factor = next(factor for factor in (1, 2, 5, 10) if factor * size >= least - 1e-9)
    step = factor * size
    parts = next(parts for parts in (10, 5, 4, 2, 1) if step * scale / parts >= _TICK_GAP and step / parts >= 1)
    return float(step), parts


def _multiples(step: float, start: float, end: float) -> Iterator[float]:
    for number in range(math.floor(start / step), math.ceil(end / step) + 1):
        yield number * step
