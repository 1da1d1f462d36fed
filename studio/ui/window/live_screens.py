"""Where the live picture is shown: over the picture, beside it, or in a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from studio.ui.canvas.live_overlay import LiveOverlay
from studio.ui.panels.live.live_view import LiveView
from studio.ui.style.theme import GRID

if TYPE_CHECKING:
    from studio.jobs.live import LiveFrame
    from studio.ui.panels.live.live_strip import LivePlace

_WINDOW_SIDE: Final = 128 * GRID


class LiveWindow(QWidget):
    """A live picture in a window of its own. Signal: ``closed()`` by the person."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Live picture"))
        self.view = LiveView(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.resize(_WINDOW_SIDE, _WINDOW_SIDE)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class LiveScreens(QObject):
    """Shows frames in one of the places, at first in ``place``, while live painting is on.

    ``beside`` is laid out by the window; the other place is made when it is first asked for. Signal:
    ``place_changed()``, also when the person closes the window.
    """

    place_changed = Signal()

    def __init__(self, overlay: LiveOverlay, window: QMainWindow, place: LivePlace = "over") -> None:
        super().__init__(window)
        self._overlay = overlay
        self._window = window
        self._place: LivePlace = place
        self._is_on = False
        self._frame: LiveFrame | None = None
        self._word = ""
        self.beside = LiveView(window)
        self.beside.hide()
        self._apart: LiveWindow | None = None

    @property
    def place(self) -> LivePlace:
        return self._place

    @property
    def apart(self) -> LiveWindow:
        """The window of its own."""
        if self._apart is None:
            self._apart = LiveWindow(self._window)
            self._apart.closed.connect(self._closed)
        return self._apart

    def turn(self, on: bool) -> None:
        """Show the place, or nothing."""
        self._is_on = on
        self._arrange()

    def show_in(self, place: LivePlace) -> None:
        """Show the picture somewhere else from now on."""
        if place != self._place:
            self._place = place
            self._arrange()
            self.place_changed.emit()

    def show_frame(self, frame: LiveFrame | None) -> None:
        """Show another picture, or none any more."""
        self._frame = frame
        self._show()

    def show_word(self, text: str) -> None:
        """What is said where there is no picture yet."""
        self._word = text
        view = self._view()
        if view is not None:
            view.show_word(text)

    def _view(self) -> LiveView | None:
        """The view of the present place, if it is one."""
        if self._place == "over" or not self._is_on:
            return None
        return self.beside if self._place == "beside" else self.apart.view

    def _arrange(self) -> None:
        view = self._view()
        self.beside.setVisible(view is self.beside)
        if view is not None and view is not self.beside:
            self.apart.show()
            self.apart.raise_()
        elif self._apart is not None:
            self._apart.hide()
        self._show()

    def _show(self) -> None:
        frame, view = self._frame, self._view()
        if view is not None:
            view.show_word(self._word)
            view.show_pixels(None if frame is None else frame.seen)
        if view is not None or frame is None or not self._is_on:
            self._overlay.clear()
        else:
            self._overlay.show_picture(frame.rect, frame.pixels, frame.mask)

    def _closed(self) -> None:
        if self._is_on and self._place == "window":
            self.show_in("over")
