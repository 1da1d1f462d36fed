"""Number formats, timed anew on the worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance

from studio.ui.background.background import Run
from studio.ui.background.worker import GenerationWorker

if TYPE_CHECKING:
    from studio.engine.device.devices import Device
    from studio.engine.device.wish import Wish
    from studio.engine.models.model_info import ModelInfo

Measure = Callable[["ModelInfo", "Wish", Callable[[float], object]], tuple["Device", bool]]
"""Times the formats for a model, on any thread: the device in those that are fastest, and whether they are others than
were known. Tells which share is done, and passes what that raises."""


class FormatTiming(QObject):
    """Has ``measure`` done after what is drawn: the time of that would count.

    Signals: ``progressed(float)`` with a share of 0..1, ``measured(Device)`` in the formats that are fastest, before it
    ``changed()`` if those are others than were known; ``failed(Exception)``, which is `Cancelled` after a cancel.
    """

    progressed = Signal(float)
    measured = Signal(object)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, worker: GenerationWorker, measure: Measure, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._measure = measure
        self._run: Run | None = None

    def begin(self, model: ModelInfo, wish: Wish) -> None:
        """Time the formats on the device of a wish. Of a timing before nothing is heard any more."""
        self.cancel()
        run = self._run = self._worker.start_work(
            lambda _runner, run: self._measure(model, wish, lambda share: _heard(run, share)),
            lambda found: self._end(run, *found),
            lambda error: self._tell(run, self.failed, error),
            lambda told: self._tell(run, self.progressed, told.fraction),
        )

    def cancel(self) -> None:
        """What was measured before stays."""
        if self._run is not None:
            self._run.cancel()

    def _end(self, run: Run, device: Device, is_new: bool) -> None:
        if is_new:
            self.changed.emit()
        self._tell(run, self.measured, device)

    def _tell(self, run: Run, signal: SignalInstance, value: object) -> None:
        if run is self._run:
            signal.emit(value)


def _heard(run: Run, share: float) -> None:
    run.token.raise_if_cancelled()
    run.report(share)
