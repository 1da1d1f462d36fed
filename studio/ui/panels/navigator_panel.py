"""The Navigator: the whole picture, small, with a frame around what the canvas shows of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTransform, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.document import Document, Pixels
from studio.session import Session
from studio.ui.background.background import Background
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.view.gestures import scrolled_view
from studio.ui.panels.thumbnails import image_of
from studio.ui.style.checker import checker_brush
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.following import follow

SIDE: Final = 256
"""Longest side in pixels of the small picture."""
DELAY_MS: Final = 150
"""How long after a change the small picture is made anew: strokes in a row need it once."""
_BUTTONS: Final = ("view.zoom_out", "view.zoom_in", "view.actual_size", "view.fit")


class NavigatorPanel(QWidget):
    """A small picture to look around in, and the commands that zoom."""

    def __init__(
        self, session: Session, canvas: CanvasView, actions: ActionTable, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.overview = Overview(session, canvas, self)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for command_id in _BUTTONS:
            row.addWidget(stand_for(QToolButton(self), actions[command_id]))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.overview, 1)
        column.addLayout(row)


class Overview(QWidget):
    """The small picture. A press or drag looks at that place, the wheel zooms."""

    def __init__(self, session: Session, canvas: CanvasView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._image = QImage()
        self._made_of: Document | None = None
        self._background = Background("navigator", self)
        self._delay = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._delay.timeout.connect(self._make)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("The whole picture"))
        self.setToolTip(self.tr("Press or drag to look at another place; the wheel zooms"))
        follow(self, session.document_changed, self._document_changed)
        canvas.zoom_changed.connect(self.update)
        canvas.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE * 3 // 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(24 * GRID, 20 * GRID)

    def place(self) -> QRectF:
        """Where the picture lies in the widget, in its proportions."""
        document = self._session.document
        size = QRectF(0, 0, document.width, document.height).size().toSize()
        fitted = size.scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - fitted.width()) / 2, (self.height() - fitted.height()) / 2, fitted.width(), fitted.height()
        )

    # --- the small picture ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self.update()
        return super().eventFilter(watched, event)

    def showEvent(self, _event: QEvent) -> None:
        self._delay.start(0)

    def hideEvent(self, _event: QEvent) -> None:
        self._delay.stop()

    def _document_changed(self, old: Document, new: Document) -> None:
        if self.isVisible() and not self._delay.isActive():
            self._delay.start()
        if old.canvas != new.canvas:
            self.update()

    def _make(self) -> None:
        document = self._session.document
        if document is not self._made_of and not self._background.is_busy:
            self._background.run(lambda: overview_pixels(document), lambda pixels: self._show(document, pixels))

    def _show(self, document: Document, pixels: Pixels) -> None:
        self._made_of, self._image = document, image_of(pixels)
        self.update()
        if document is not self._session.document and self.isVisible():
            self._delay.start()

    # --- looking around ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._look_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._canvas.zoom_to(scrolled_view(self._canvas.view_transform(), event).zoom)
        event.accept()

    def _look_at(self, position: QPointF) -> None:
        place, document = self.place(), self._session.document
        if not place.isEmpty():
            x = (position.x() - place.x()) / place.width() * document.width
            y = (position.y() - place.y()) / place.height() * document.height
            self._canvas.set_view(replace(self._canvas.view_transform(), center_x=x, center_y=y))

    def paintEvent(self, _event: QPaintEvent) -> None:
        place, theme = self.place(), current_theme()
        if place.isEmpty():
            return
        painter = QPainter(self)
        painter.fillRect(place, checker_brush(self.devicePixelRatioF()))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.outline), 1))
        painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        frame = self._frame(place)
        for color, width in ((QColor(0, 0, 0, 160), 3.0), (QColor(theme.accent), 1.5)):
            painter.setPen(QPen(color, width))
            painter.drawPolygon(frame)
        painter.end()

    def _frame(self, place: QRectF) -> QPolygonF:
        """What the canvas shows of the picture, turned as the view is."""
        view, document = self._canvas.view_transform(), self._session.document
        seen = view.inverse().map(QPolygonF(QRectF(0, 0, view.view_width, view.view_height)))
        scale_x, scale_y = place.width() / document.width, place.height() / document.height
        to_widget = QTransform(scale_x, 0, 0, scale_y, place.x(), place.y())
        return to_widget.map(seen).intersected(QPolygonF(place))


def overview_pixels(document: Document) -> Pixels:
    """The whole picture with its longer side at most `SIDE`: premultiplied RGBA, uint8 ``(h, w, 4)``."""
    from studio.raster.thumbnail import document_thumbnail

    return document_thumbnail(document, SIDE)
