"""What the Models window reads of the main window, and changes in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from studio.engine.device.residency import Plan
    from studio.engine.models.model_info import ModelInfo

PlanOf = Callable[["ModelInfo"], "Plan"]
"""What a model would take of the memory; called on any thread. Raises `ShorelineError`."""
Picture = Callable[[], QImage]
"""Makes a picture; called on any thread."""


@dataclass(frozen=True, kw_only=True)
class ModelUse:
    """``chosen()`` is the id of the model to draw with, ``choose(id)`` takes another; ``picture()`` is what is open."""

    chosen: Callable[[], str]
    choose: Callable[[str], object]
    picture: Callable[[], Picture]
