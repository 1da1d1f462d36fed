"""What lies below and above the active layer, composed once, so that painting costs the same with any layers there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np

from studio.document import Document, Layer, LayerId, Pixels, TileKey
from studio.raster.collapse import Collapsed, LazyTile, Merged, is_affine, is_normal
from studio.raster.compose import Spot, blend_layer, blend_layers, blend_values
from studio.raster.spaces import ByteSpace

_Layers = tuple[Layer, ...]
_SPACE: Final = ByteSpace()
_MOST_TILES: Final = 256

_Apply = Callable[[Spot, Pixels], Pixels | None]
"""Puts layers above over a composite."""


@dataclass(frozen=True, slots=True)
class _Siblings:
    """One level on the way to the active layer: its siblings (or its group's) below and above."""

    below: _Layers
    layer: Layer
    above: _Layers


@dataclass(frozen=True, slots=True)
class _Cached:
    """The caches of one level in one tile."""

    below: LazyTile
    above: tuple[_Apply, ...]


class ActiveSplit:
    """Caches, for each tile, the composite below the active layer and the joint effect of the layers above it.

    Runs of layers above whose modes are affine (normal, multiply, screen and others, see `is_affine`) act as one.
    Others are blended each time. Caches fill as the brush reaches them. 8-bit values only (``gamma`` 1).
    """

    def __init__(self) -> None:
        self._way: tuple[_Siblings, ...] = ()
        self._tiles: OrderedDict[TileKey, tuple[_Cached, ...]] = OrderedDict()

    def set_document(self, document: Document, changed: set[TileKey]) -> bool:
        """Follow a new document, of which ``changed`` tiles differ from the last one.

        Returns whether nothing but the active layer changed, so that the caches serve for these tiles.
        """
        before, self._way = self._way, self._new_way(document)
        if not self._way or _outline(self._way) != _outline(before):
            self._tiles.clear()
            return False
        if all(_same_surroundings(old, new) for old, new in zip(before, self._way, strict=True)):
            return True
        # Caches look at the layers of the document that they were made for: they live on only where no layer
        # changed, and there the old layers' tiles are the new ones'.
        for key in changed:
            self._tiles.pop(key, None)
        return False

    @staticmethod
    def _new_way(document: Document) -> tuple[_Siblings, ...]:
        return _way_to(document.layers, document.active_id) if document.gamma == 1.0 else ()

    def compose(self, spot: Spot) -> Pixels | None:
        """The composite of one spot; what is missing in the caches is composed there and then."""
        caches = self._tiles.get(spot.key)
        if caches is None:
            caches = self._tiles[spot.key] = tuple(self._new_caches(spot.key))
            if len(self._tiles) > _MOST_TILES:
                self._tiles.popitem(last=False)
        return self._compose_level(0, spot, caches)

    def _new_caches(self, key: TileKey) -> Iterator[_Cached]:
        beneath: LazyTile | None = None
        for level in self._way:
            below = LazyTile(key, _composer_of_below(level.below, beneath))
            yield _Cached(below, tuple(_appliers(level.above, key)))
            beneath = below if _is_plain_pass_through(level.layer) else None

    def _compose_level(self, depth: int, spot: Spot, caches: tuple[_Cached, ...]) -> Pixels | None:
        """What the siblings at one level make: below, the active layer or its group, and above."""
        layer = self._way[depth].layer
        is_last = depth + 1 == len(self._way)
        if not is_last and _is_plain_pass_through(layer):
            result = self._compose_level(depth + 1, spot, caches)  # its backdrop holds this level's
        elif is_last:
            result = blend_layer(_SPACE, layer, spot, caches[depth].below.part(spot))
        else:
            values = self._compose_level(depth + 1, spot, caches)
            result = blend_values(_SPACE, layer, spot, values, caches[depth].below.part(spot))
        for apply in caches[depth].above:
            if result is None:
                height, width = spot.shape
                result = np.zeros((height, width, 4), np.uint8)
            result = apply(spot, result)
        return result


def _composer_of_below(layers: _Layers, beneath: LazyTile | None) -> Callable[[Spot], Pixels | None]:
    def compose(spot: Spot) -> Pixels | None:
        return blend_layers(_SPACE, layers, spot, None if beneath is None else beneath.part(spot))

    return compose


def _appliers(layers: _Layers, key: TileKey) -> Iterator[_Apply]:
    """Layers above in as few steps as possible: runs of affine layers act as one."""
    for as_one, run in groupby(layers, is_affine):
        if as_one:
            yield _joined(key, tuple(run))
        else:
            yield from (_single(layer) for layer in run)


def _joined(key: TileKey, run: _Layers) -> _Apply:
    return (Merged if all(is_normal(layer) for layer in run) else Collapsed)(key, run).apply


def _single(layer: Layer) -> _Apply:
    return lambda spot, below: blend_layer(_SPACE, layer, spot, below)


def _way_to(layers: _Layers, layer_id: LayerId | None) -> tuple[_Siblings, ...]:
    """The levels from the top of the tree down to a layer; empty if it is not there or not shown.

    The way ends at a group that is hidden, or passes through with an opacity or mask: it is composed as a whole.
    """
    for index, layer in enumerate(layers):
        here = _Siblings(layers[:index], layer, layers[index + 1 :])
        if layer.id == layer_id:
            return (here,)
        inner = _way_to(layer.children, layer_id)
        if inner:
            return (here, *inner) if _can_enter(layer) else (here,)
    return ()


def _can_enter(group: Layer) -> bool:
    return group.visible and (not group.passes_through or _is_plain_pass_through(group))


def _is_plain_pass_through(layer: Layer) -> bool:
    return layer.passes_through and layer.visible and layer.shown_mask is None and layer.opacity >= 1


def _outline(way: tuple[_Siblings, ...]) -> tuple[object, ...]:
    return tuple(
        (
            tuple(layer.id for layer in level.below),
            (level.layer.id, _is_plain_pass_through(level.layer)),
            tuple(layer.id for layer in level.above),
        )
        for level in way
    )


def _same_surroundings(old: _Siblings, new: _Siblings) -> bool:
    pairs = zip((*old.below, *old.above), (*new.below, *new.above), strict=True)
    return all(before is after for before, after in pairs)
