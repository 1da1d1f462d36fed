"""The moment at which a person sees the window: what is heavy waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

PATIENCE_MS: Final = 1000
"""A window that starts minimised or covered is not painted; work begins without it then."""


class FirstPaint(QObject):
    """Calls ``then`` once, after ``window`` was painted for the first time."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        self._window = window
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._come)
        self._patience.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            self._patience.start(0)  # what lies in the window is painted by then
        return super().eventFilter(watched, event)

    def _come(self) -> None:
        self._window.removeEventFilter(self)
        self._then()
