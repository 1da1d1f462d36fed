"""Adjustment layers: they hold no pixels, and change how those below them in the group look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from studio.document.adjustment import Adjustment
from studio.document.layer import Layer, LayerKind

ADJUSTMENT: Final = LayerKind(
    "adjustment",
    "adjustment",
    (
        '"{name}" is an adjustment layer: it changes what lies below it and holds no pixels.',
        "Double-click its mark to set it, paint on its mask, or choose another layer.",
    ),
)

_UNSET: Final = Adjustment("levels")


@dataclass(frozen=True, kw_only=True, eq=False)
class AdjustmentLayer(Layer):
    """Shows the layers below it in the same group adjusted, as far as its mask and opacity let it."""

    kind: ClassVar[LayerKind] = ADJUSTMENT

    adjustment: Adjustment = _UNSET

    @property
    def content(self) -> Adjustment:
        return self.adjustment
