"""A brush with a name, and how it looks in a list."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, Final

from studio.raster.brushes.brush import Brush
from studio.system.records import Record, choice, record, text

LONGEST_NAME: Final = 60


@dataclass(frozen=True, kw_only=True)
class BrushPreset(Record):
    """``tool`` is the canvas tool that it is for; the brush's colour does not count."""

    name: str = text("", longest=LONGEST_NAME)
    tool: str = choice("brush", "eraser")
    brush: Brush = record(Brush)

    def differences(self) -> dict[str, Any]:
        """Values of JSON from which `read` makes the same: of the brush only what is not as usual."""
        usual, own = Brush(), self.brush
        named = (field.name for field in fields(Brush) if field.name not in ("rgba", "eraser"))
        values = own.values()
        changed = {name: values[name] for name in named if getattr(own, name) != getattr(usual, name)}
        return {"name": self.name, "tool": self.tool, "brush": changed}


def sample_path(width: float, height: float) -> list[tuple[float, float, float]]:
    """Points (x, y, pressure) of a stroke that shows a brush in so many pixels: an S, light at its ends."""
    points = []
    margin = height * 0.28
    for step in range(33):
        share = step / 32
        x = margin + (width - 2 * margin) * share
        y = height / 2 - math.sin(math.tau * share) * height * 0.22
        points.append((x, y, 0.08 + 0.92 * math.sin(math.pi * share) ** 0.8))
    return points
