"""What lies below and above the active layer, composed once, so that painting costs the same with any layers there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Final

import numpy as np

from studio.document import Document, Layer, LayerId, Pixels, Run, TileKey, runs
from studio.raster.adjustments.table import reach_of
from studio.raster.collapse import Collapsed, LazyTile, Merged, is_affine, is_normal
from studio.raster.compose import Spot, blend_layers, blend_values
from studio.raster.spaces import ByteSpace

_Layers = tuple[Layer, ...]
_SPACE: Final = ByteSpace()
_MOST_TILES: Final = 256

_Apply = Callable[[Spot, Pixels], Pixels | None]
"""Puts layers above over a composite."""


@dataclass(frozen=True, slots=True)
class _Siblings:
    """One level on the way to the active layer: its siblings (or its group's) below and above.

    In between is the layer or its group, with those that are clipped to it, or that it is clipped to: a run.
    """

    below: _Layers
    run: Run
    above: _Layers

    @property
    def layer(self) -> Layer:
        """The layer that the run is, or begins with."""
        return self.run[0]


@dataclass(frozen=True, slots=True)
class _Cached:
    """The caches of one level in one tile."""

    below: LazyTile
    above: tuple[_Apply, ...]


class ActiveSplit:
    """Caches, for each tile, the composite below the active layer and the joint effect of the layers above it.

    Runs of layers above whose modes are affine (normal, multiply, screen and others, see `is_affine`) act as one.
    Others are blended each time. Caches fill as the brush reaches them. 8-bit values only (``gamma`` 1), and no
    adjustments by which a pixel depends on others around it.
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
        is_plain = document.gamma == 1.0 and not reach_of(document)
        return _way_to(document.layers, document.active_id) if is_plain else ()

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
            beneath = below if _lets_through(level.run) else None

    def _compose_level(self, depth: int, spot: Spot, caches: tuple[_Cached, ...]) -> Pixels | None:
        """What the siblings at one level make: below, the active layer or its group, and above."""
        run, layer = self._way[depth].run, self._way[depth].layer
        is_last = depth + 1 == len(self._way)
        if not is_last and _lets_through(run):
            result = self._compose_level(depth + 1, spot, caches)  # its backdrop holds this level's
        elif is_last:
            result = blend_layers(_SPACE, run, spot, caches[depth].below.part(spot))
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
    for as_one, found in groupby(runs(layers), is_affine):
        if as_one:
            yield _joined(key, tuple(found))
        else:
            yield from (_single(run) for run in found)


def _joined(key: TileKey, found: tuple[Run, ...]) -> _Apply:
    as_one = Merged if all(is_normal(run) for run in found) else Collapsed
    return as_one(key, tuple(chain.from_iterable(found))).apply


def _single(run: Run) -> _Apply:
    return lambda spot, below: blend_layers(_SPACE, run, spot, below)


def _way_to(layers: _Layers, layer_id: LayerId | None) -> tuple[_Siblings, ...]:
    """The levels from the top of the tree down to a layer; empty if it is not there or not shown.

    The way ends at what is composed as a whole: a run of several layers, and a group that is hidden, or passes through
    with an opacity or mask.
    """
    index = 0
    for run in runs(layers):
        here = _Siblings(layers[:index], run, layers[index + len(run) :])
        index += len(run)
        if any(layer.id == layer_id for layer in run):
            return (here,)
        for layer in run:
            inner = _way_to(layer.children, layer_id)
            if inner:
                return (here, *inner) if _can_enter(run) else (here,)
    return ()


def _can_enter(run: Run) -> bool:
    group = run[0]
    return len(run) == 1 and group.visible and (not group.passes_through or _lets_through(run))


def _lets_through(run: Run) -> bool:
    """Whether the layers in a group blend with what lies below it as if there was no group."""
    group = run[0]
    return len(run) == 1 and group.passes_through and group.visible and group.shown_mask is None and group.opacity >= 1


def _outline(way: tuple[_Siblings, ...]) -> tuple[object, ...]:
    return tuple(
        (
            tuple(layer.id for layer in level.below),
            (tuple(layer.id for layer in level.run), _lets_through(level.run)),
            tuple(layer.id for layer in level.above),
        )
        for level in way
    )


def _same_surroundings(old: _Siblings, new: _Siblings) -> bool:
    pairs = zip((*old.below, *old.above), (*new.below, *new.above), strict=True)
    return all(before is after for before, after in pairs)
