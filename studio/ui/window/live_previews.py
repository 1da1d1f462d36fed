"""What is being drawn: on its place over the picture, or small in the corner while somebody paints."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from studio.document import Document, Pixels
from studio.session import Job, Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.view.live_preview import FRAME_WIDTH
from studio.ui.panels.thumbnails import image_of
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.following import follow

CORNER_SIDE: Final = 128
"""Longest side of the picture in the corner, in device-independent pixels."""


class CornerPreview(QToolButton):
    """The picture that is being drawn, small. Signal: ``clicked()`` when it shall be seen on its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = self.tr("What is being drawn. Click to see it on its place.")
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pixmap = QPixmap()
        self.hide()

    def show_pixels(self, pixels: Pixels) -> None:
        """``pixels`` is uint8 ``(h, w, 3)`` RGB or ``(h, w, 4)`` premultiplied RGBA."""
        side = round(CORNER_SIDE * self.devicePixelRatioF())
        image = image_of(pixels).scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self._pixmap = QPixmap.fromImage(image)
        self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        size = self._pixmap.deviceIndependentSize().toSize()
        self.setFixedSize(size + QSize(GRID, GRID))
        self.update()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        frame = self.rect().adjusted(0, 0, -GRID, -GRID)  # it keeps off the corner
        painter.drawPixmap(frame.topLeft(), self._pixmap)
        painter.setPen(QPen(QColor(theme.accent_hover if self.underMouse() else theme.accent), FRAME_WIDTH))
        painter.drawRect(frame.adjusted(1, 1, -1, -1))
        painter.end()


class LivePreviews(QObject):
    """Puts the previews of the running job where they belong, while the document that it was asked for is shown.

    They lie over the picture. Who begins to paint, or changes the picture otherwise, gets them into the ``corner``,
    until that is clicked, `set_over` is called, or nothing runs any more. Signal: ``over_changed()``.
    """

    over_changed = Signal()

    def __init__(self, session: Session, canvas: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self._is_over = True
        self._latest: Job | None = None
        self._shown_id = session.current.id
        self._gave_way = False
        self.corner = CornerPreview()
        self.corner.clicked.connect(lambda: self.set_over(True))
        canvas.work_began.connect(self._give_way)
        follow(self, session.document_changed, self._document_changed)
        follow(self, session.queue.job_progressed, self._progressed)
        follow(self, session.queue.job_ended, self._ended)

    @property
    def is_over(self) -> bool:
        """Whether previews lie over the picture."""
        return self._is_over

    def set_over(self, is_over: bool) -> None:
        """Show previews over the picture, or in the corner."""
        if is_over != self._is_over:
            self._is_over = is_over
            self._gave_way = False
            self._show()
            self.over_changed.emit()

    def _progressed(self, job: Job) -> None:
        if job.progress is not None and job.progress.preview is not None:
            self._latest = job
            self._show()

    def _ended(self, _job: Job) -> None:
        self._latest = None
        self._show()
        waits = any(not job.is_over for job in self._session.queue.jobs)
        if self._gave_way and not waits:
            self.set_over(True)

    def _document_changed(self, _old: Document, _new: Document) -> None:
        is_another, self._shown_id = self._session.current.id != self._shown_id, self._session.current.id
        if is_another:
            self._show()
        else:
            self._give_way()

    def _give_way(self) -> None:
        job = self._session.queue.running_job  # none while a result is placed
        if job is not None and job.document_id == self._shown_id and self._is_over:
            self.set_over(False)
            self._gave_way = True

    def _show(self) -> None:
        is_here = self._latest is not None and self._latest.document_id == self._session.current.id
        latest = self._latest.progress if self._latest is not None and is_here else None
        if latest is None or latest.preview is None:
            self._canvas.set_live_preview(None, None)
            self.corner.hide()
        elif self._is_over:
            self._canvas.set_live_preview(latest.preview_rect, latest.preview, latest.preview_mask)
            self.corner.hide()
        else:
            self._canvas.set_live_preview(None, None)
            self.corner.show_pixels(latest.preview)
