"""How a model's UNet was taught to draw beyond what its scheduler says: ``sampling.json`` in its folder.

``{"known_cells": "clean"}``: when a part of a picture is kept, the UNet is to see it without noise. Others see it under
as much noise as the rest, which is ``"noisy"``.
``{"closing_timestep": 100}``: after the last step the picture passes the UNet once more, as if it held the little noise
of this timestep, 1 to 999. None is added: what is taken off are the small errors of the steps.
``{"masked_guidance": 0.25}``: in a masked job the guidance scale counts by this share of what it is above 1, so that 5
becomes 2. To a UNet that sees the kept part without noise this says much already, and guidance by the prompt overshoots
around what is drawn. Only with ``"known_cells": "clean"``.
``{"regions_apart": 0.5}``: for this share of the steps parts with words of their own are drawn in windows in them.
A UNet that was taught one thing a picture takes them for one thing else.

A model without the file has none of these habits, nor has one whose UNet takes a masked picture in channels of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.engine.models.settings_files import read_json, unusable_value

FILE: Final = "sampling.json"


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What ``sampling.json`` says.

    ``closing_timestep`` is ``None`` for no closing pass, ``masked_guidance`` and
    ``regions_apart`` are 0..1.
    """

    sees_known_cells: bool = False
    closing_timestep: int | None = None
    masked_guidance: float = 1.0
    regions_apart: float = 0.0


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
    guidance, apart = _share(file, values, "masked_guidance", 1.0), _share(file, values, "regions_apart", 0.0)
    if _takes_masked_image(model):
        return Habits()
    return Habits(
        sees_known_cells=known == "clean", closing_timestep=closing, masked_guidance=guidance, regions_apart=apart
    )


def _share(file: Path, values: Mapping[str, Any], name: str, default: float) -> float:
    share = values.get(name, default)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0.0 <= share <= 1.0:
        raise unusable_value(file, name)
    return float(share)


def _takes_masked_image(model: Path) -> bool:
    """Whether the UNet is an inpainting one, which is shown what is kept in channels of its own."""
    config = model / "unet" / "config.json"
    return config.is_file() and read_json(config).get("in_channels") == 9
