"""Groups: layers that are blended as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from studio.document.layer import Layer, LayerKind
from studio.document.tiles import Raster

GROUP: Final = LayerKind(
    "group", "folder", ('"{name}" is a group and holds no pixels.', "Select a layer inside it, or add a new layer.")
)


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupLayer(Layer):
    """Layers that are blended as one. ``children`` runs from the bottom to the top.

    An ``isolated`` group is composed on its own and then blended; otherwise (pass-through) its
    children blend straight onto what lies below, and only opacity and mask act on them together.
    """

    kind: ClassVar[LayerKind] = GROUP

    children: tuple[Layer, ...] = ()
    isolated: bool = True

    @property
    def is_group(self) -> bool:
        return True

    @property
    def passes_through(self) -> bool:
        return not self.isolated

    def with_children(self, children: tuple[Layer, ...]) -> Self:
        return replace(self, children=children)

    def map_rasters(self, change: Callable[[Raster], Raster]) -> Self:
        return replace(
            super().map_rasters(change), children=tuple(child.map_rasters(change) for child in self.children)
        )
