"""A picture that was drawn shown over the canvas, to be looked at before anything is made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.document import Document, Rect
from studio.generation.placement import where_it_lies
from studio.session import Job, Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.view.live_preview import LivePreview
from studio.ui.canvas.view.view_transform import ViewTransform
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.following import follow

Place = tuple[str, int]
"""A job's id and the index of one of its pictures."""

_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_HOLD_AWAY: Final = Qt.Key.Key_Y
_OWN_KEYS: Final = (
    *_STEPS,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Delete,
    _HOLD_AWAY,
)
_MARGIN: Final = 0.9
"""How much of the view a picture of another document fills."""


class ResultViewer(QWidget):
    """Lies over the canvas and shows one picture, on its place where that is in this document, else in the middle.

    Left and Right step through ``pictures()``, Escape and a click hide it; while Y is held the canvas is seen. Nothing
    is added to the document by looking. A picture that is only ``offered`` leaves keys and pointer to the canvas. Of
    pictures that wait for a decision `ResultStrip` has the buttons, for all others it has a bar of its own.

    Signals: ``add_requested(str job_id, int index)`` and ``drop_requested(str job_id, int index)``; ``changed()`` when
    another picture is shown, or none, or it is held away.
    """

    add_requested = Signal(str, int)
    drop_requested = Signal(str, int)
    changed = Signal()

    def __init__(self, session: Session, canvas: CanvasView, pictures: Callable[[], Sequence[Place]]) -> None:
        super().__init__()
        self._session = session
        self._canvas = canvas
        self._pictures = pictures
        self._shown: Place | None = None
        self._is_foreign = False
        self._is_before = False
        self._preview = LivePreview()
        self.previous_button = self._button("chevron-left", self.tr("Previous picture (Left)"))
        self.next_button = self._button("chevron-right", self.tr("Next picture (Right)"))
        self.close_button = self._button("close", self.tr("Back to the canvas (Esc)"))
        self.label = QLabel()
        self.add_button = QPushButton()
        self._arrange()
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.leave)
        self.add_button.clicked.connect(self._add)
        canvas.zoom_changed.connect(self.update)
        follow(self, session.document_changed, self._document_changed)
        follow(self, session.queue.jobs_changed, self._refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Picture of the queue"))
        self.hide()

    @property
    def shown(self) -> Place | None:
        """What is shown, or ``None``."""
        return self._shown

    @property
    def is_before(self) -> bool:
        """Whether the picture is held away, so that the canvas below is seen."""
        return self._is_before

    @property
    def is_offered(self) -> bool:
        """Whether the picture is only offered."""
        return self._shown is not None and self.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def hold_away(self, is_away: bool) -> None:
        """Show the canvas in place of the picture, or the picture again."""
        if is_away != self._is_before and (self._shown is not None or not is_away):
            self._is_before = is_away
            self.update()
            self.changed.emit()

    def show_picture(self, job_id: str, index: int) -> None:
        """Show picture ``index`` of a job; the one that is looked at already is hidden."""
        if self._shown == (job_id, index) and not self.is_offered:
            self.leave()
        elif self._show((job_id, index)):
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
            self.setFocus()

    def offer_picture(self, job_id: str, index: int) -> None:
        """Show picture ``index`` of a job to somebody who may be about to do something else."""
        if self._show((job_id, index)):
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _show(self, place: Place) -> bool:
        """Whether there is such a picture."""
        self._shown, self._is_before = place, False
        self._refresh()
        if self._shown is not None:
            self.show()
            self.changed.emit()
        return self._shown is not None

    def step(self, by: int) -> None:
        """Go ``by`` pictures on in the order of the queue; at its ends nothing happens."""
        places = list(self._pictures())
        if self._shown not in places:
            return
        position = places.index(self._shown) + by
        if 0 <= position < len(places):
            self.show_picture(*places[position])

    def leave(self) -> None:
        """Hide it and give the keys back to the canvas."""
        if self._shown is None:
            return
        had_focus = self.hasFocus() or self.isAncestorOf(QApplication.focusWidget() or self)
        self._shown, self._is_before = None, False
        self._preview.set(None, None)
        self.hide()
        if had_focus:
            self._canvas.setFocus()
        self.changed.emit()

    # --- showing ----------------------------------------------------------------------------------

    def _document_changed(self, _old: Document, _new: Document) -> None:
        self._refresh()

    def _refresh(self) -> None:
        """Follow the queue and the document."""
        if self._shown is None:
            return
        job = next((job for job in self._session.queue.jobs if job.id == self._shown[0]), None)
        index = self._shown[1]
        if job is None or index >= len(job.images):
            self.leave()
            return
        image = where_it_lies(job.images[index], job.request.document, self._session.document)
        height, width = image.pixels.shape[:2]
        self._is_foreign = not job.is_for(self._session.current.id)
        x, y = (0, 0) if self._is_foreign else (image.x, image.y)
        self._preview.set(Rect(x, y, width, height), image.pixels, image.mask)
        self._describe(job, index, image.seed)
        self.update()

    def _describe(self, job: Job, index: int, seed: int) -> None:
        places = list(self._pictures())
        position = places.index((job.id, index)) if (job.id, index) in places else 0
        text = self.tr("Picture {number} of {count} · seed {seed}")
        self.label.setText(text.format(number=position + 1, count=max(1, len(places)), seed=seed))
        self.previous_button.setEnabled(position > 0)
        self.next_button.setEnabled(position + 1 < len(places))
        is_layer = self._session.layer_of(job.id, index) is not None
        self.add_button.setText(self.tr("Go to its layer") if is_layer else self.tr("Add as layer"))
        self.add_button.setToolTip(
            self.tr("It is a layer already: make that active (Return)")
            if is_layer
            else self.tr("Put this picture into the document as a layer (Return)")
        )

    def _add(self) -> None:
        if self._shown is not None:
            self.add_requested.emit(*self._shown)

    def _drop(self) -> None:
        if self._shown is not None:
            self.drop_requested.emit(*self._shown)

    def _view(self) -> ViewTransform:
        """How the canvas is looked at, or all of a picture that belongs to another document."""
        place = self._preview.rect
        if place is None or not self._is_foreign:
            return self._canvas.view_transform()
        view = ViewTransform().resized(self.size(), self.devicePixelRatioF()).fitted(place.right, place.bottom)
        return view.zoomed(view.zoom * _MARGIN)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.bar = QFrame(self)
        self.bar.setProperty("role", "card")
        self.bar.setCursor(Qt.CursorShape.ArrowCursor)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        for widget in (self.previous_button, self.label, self.next_button, self.add_button, self.close_button):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)

    def _button(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # --- Qt events --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        if self._is_foreign:
            painter.fillRect(event.rect(), QColor(theme.workspace))
        if not self._is_before:
            self._preview.paint(painter, self._view(), QColor(theme.accent))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not _is_own(event):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.step(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_Delete:
            self._drop()
        elif key == _HOLD_AWAY:
            self.hold_away(True)
        else:
            self._add()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == _HOLD_AWAY and not event.isAutoRepeat():
            self.hold_away(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is held is let go elsewhere."""
        self.hold_away(False)
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.bar.isHidden() or not self.bar.geometry().contains(event.position().toPoint()):
            self.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._canvas, event)


def _is_own(event: QKeyEvent) -> bool:
    """Whether a key means something here; with Ctrl and the like it belongs to the window."""
    return event.key() in _OWN_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
