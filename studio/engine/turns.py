"""Models that draw in turns: one for Generate, and its entry with few-step weights for live painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.engine.loaded_model import LoadedModel
    from studio.engine.models.library import ModelInfo


class Turns:
    """The model that is ``drawing``, and its twin that waits for its next turn, where there is room for both."""

    def __init__(self) -> None:
        self.drawing: LoadedModel | None = None
        self._waiting: LoadedModel | None = None

    def turn_to(self, info: ModelInfo) -> bool:
        """Have the model of ``info`` draw: ``None`` where it has to be loaded. Whether it did not draw before.

        What cannot wait meanwhile is released.
        """
        if self.drawing is not None and self.drawing.info == info:
            return False
        there = [model for model in (self.drawing, self._waiting) if model is not None]
        self.drawing = next((model for model in there if model.info == info and model.is_as_on_disk()), None)
        self._waiting = next((model for model in there if model.can_wait_for(info)), None)
        is_less = len(there) > (self.drawing is not None) + (self._waiting is not None)
        there.clear()
        if is_less:
            _release_unused()
        return True

    def release_waiting(self) -> bool:
        """Make room by what waits; whether there was something."""
        if self._waiting is None:
            return False
        self._waiting = None
        _release_unused()
        return True

    def release(self) -> None:
        """Give the memory of all back to the device and the system."""
        if self.drawing is not None or self._waiting is not None:
            self.drawing = self._waiting = None
            _release_unused()


def _release_unused() -> None:
    from studio.engine.device.memory import release_unused  # torch comes with it

    release_unused()
