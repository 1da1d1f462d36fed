"""Closing the window: nothing unsaved is lost, and the worker is never cut off in the middle of a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from studio.session import Session
from studio.ui.background.worker import GenerationWorker

PATIENCE_SECONDS: Final = 15.0
"""How long the window stays for a worker that is to stop, before it goes and leaves the waiting to the process."""


class Closing(QObject):
    """Asks about changes, cancels what runs, waits for the worker, then says ``finished()``.

    Signal ``stopping()``: the worker is being waited for.
    """

    stopping = Signal()
    finished = Signal()

    def __init__(
        self,
        session: Session,
        worker: GenerationWorker,
        after_saving: Callable[[Callable[[], object]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = worker
        self._after_saving = after_saving
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._finish)
        self.is_finished = False
        self._is_stopping = False

    def begin(self) -> None:
        """Start to close; does nothing while that is under way."""
        if not self._is_stopping and not self.is_finished:
            self._after_saving(self._stop)

    def _stop(self) -> None:
        if self._is_stopping:
            return
        self._is_stopping = True
        self._session.queue.cancel_all()
        if self._worker.is_running and self._worker.has_jobs:
            self.stopping.emit()
            self._worker.stopped.connect(self._finish)
            self._timer.start(int(PATIENCE_SECONDS * 1000))
            self._worker.stop()
        else:
            self._worker.stop()
            self._finish()

    def _finish(self) -> None:
        if not self.is_finished:
            self._timer.stop()
            self.is_finished = True
            self.finished.emit()
