"""What models would take of the memory, worked out off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.ui.background.background import Background

if TYPE_CHECKING:
    from studio.engine.device.residency import Plan
    from studio.engine.device.wish import Wish
    from studio.engine.models.model_info import ModelInfo

Foretell = Callable[["ModelInfo", "Wish"], "Plan"]
"""What a model would take by a wish; called on any thread. Raises `ShorelineError`."""


class MemoryForecasts(QObject):
    """Has plans made one after the other; of those that wait only the newest is made.

    Signals: ``foretold(ModelInfo, Plan)``, ``failed(ModelInfo, Exception)``.
    """

    foretold = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("memory", self, expendable=True)
        self._newest: tuple[ModelInfo, Callable[[], Plan]] | None = None

    def ask(self, model: ModelInfo, foretell: Callable[[], Plan]) -> None:
        """Work out what a model would take; the answer comes by a signal. ``foretell`` is called on another thread."""
        is_idle = self._newest is None
        self._newest = model, foretell
        if is_idle:
            self._work()

    def stop(self) -> None:
        """Nothing is waited for."""
        self._background.stop()

    def _work(self) -> None:
        asked = self._newest
        assert asked is not None
        model, foretell = asked

        def heard(answer: Callable[[], object]) -> None:
            if self._newest is asked:
                self._newest = None
                answer()
            else:
                self._work()

        self._background.run(
            foretell,
            lambda plan: heard(lambda: self.foretold.emit(model, plan)),
            lambda error: heard(lambda: self.failed.emit(model, error)),
        )
