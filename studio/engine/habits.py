"""How a model's UNet was taught to draw beyond what its scheduler says: ``sampling.json`` in its folder.

``{"known_cells": "clean"}``: when a part of a picture is kept, the UNet is to see it without noise. Others see it under
as much noise as the rest, which is ``"noisy"``.
``{"closing_timestep": 100}``: after the last step the picture passes the UNet once more, as if it held the little noise
of this timestep, 1 to 999. None is added: what is taken off are the small errors of the steps. Not for the XL family,
whose UNets take more than a caption.

A model without the file has neither habit.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.engine.models import read_json
from studio.engine.weights import unusable_value

FILE: Final = "sampling.json"


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What ``sampling.json`` says. ``closing_timestep`` is ``None`` for no closing pass."""

    sees_known_cells: bool = False
    closing_timestep: int | None = None


def read_habits(model: Path) -> Habits:
    """The habits of the model in a folder, or of a one-file checkpoint, which has none.

    Raises `ModelError` naming the file when it is damaged or a value cannot be used.
    """
    file = model / FILE
    if not file.is_file():
        return Habits()
    values = read_json(file)
    known, closing = values.get("known_cells", "noisy"), values.get("closing_timestep")
    if known not in ("clean", "noisy"):
        raise unusable_value(file, "known_cells")
    if closing is not None and (isinstance(closing, bool) or not isinstance(closing, int) or not 1 <= closing <= 999):
        raise unusable_value(file, "closing_timestep")
    return Habits(sees_known_cells=known == "clean", closing_timestep=closing)
