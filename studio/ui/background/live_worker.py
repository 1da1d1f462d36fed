"""Live frames on the worker's thread, and the alarm of live painting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from studio.generation import Progress
from studio.jobs.live import LiveArtist, LiveFrame, LiveRequest
from studio.ui.background.background import Run
from studio.ui.background.worker import GenerationWorker


class LiveFrames:
    """Implements `studio.session.live_frames.LiveWorker` on the worker of the window."""

    def __init__(self, worker: GenerationWorker) -> None:
        self._worker = worker
        self._artist = LiveArtist()

    def draw(
        self,
        request: LiveRequest,
        done: Callable[[LiveFrame], object],
        failed: Callable[[Exception], object],
        progressed: Callable[[Progress], object],
    ) -> Run:
        artist = self._artist
        return self._worker.start_work(
            lambda runner, run: artist.draw(runner, request, run.token, run.tell), done, failed, progressed
        )

    def rest(self) -> None:
        """A frame that is being drawn keeps its artist to its end."""
        self._artist = LiveArtist()


class TimerAlarm(QObject):
    """Implements `studio.session.live.Alarm`. Signal: ``rang()``."""

    rang = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.rang)

    def set(self, seconds: float) -> None:
        self._timer.start(max(0, round(seconds * 1000)))

    def clear(self) -> None:
        self._timer.stop()
