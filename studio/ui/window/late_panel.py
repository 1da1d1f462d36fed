"""A dock whose panel is made when it is seen or asked for first, so that the window need not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from studio.ui.window.dock import make_dock, put_panel

Panel = TypeVar("Panel", bound=QWidget)


class LatePanel(Generic[Panel]):
    """The dock stands at once, with nothing in it; ``make`` makes its panel, once."""

    def __init__(self, name: str, title: str, make: Callable[[], Panel], window: QMainWindow) -> None:
        self.dock = make_dock(name, title, QWidget(), window)
        self._make = make
        self._panel: Panel | None = None
        self.dock.visibilityChanged.connect(self._seen)

    @property
    def is_made(self) -> bool:
        return self._panel is not None

    @property
    def panel(self) -> Panel:
        """The panel, which is made now if it is not there yet."""
        if self._panel is None:
            self._panel = self._make()
            put_panel(self.dock, self._panel)
        return self._panel

    def make(self) -> None:
        """Make the panel if it is not there yet."""
        _made = self.panel

    def _seen(self, is_visible: bool) -> None:
        if is_visible:
            self.make()


class OneByOne(QObject):
    """Does pieces of work whenever the window has nothing else to do, each in a turn of its own."""

    def __init__(self, pieces: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._pieces = iter(pieces)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            self._timer.stop()
            self.deleteLater()
        else:
            piece()
