"""What lies below and above the active layer, composed once, so that painting recomposes little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from studio.document import BlendMode, Document, GroupLayer, Layer, LayerId, Pixels, TileKey
from studio.raster.blend import CLEARING_MODES
from studio.raster.compose import Spot, blend_layer, blend_layers, blend_source, layer_source, under_mask
from studio.raster.spaces import ByteSpace

_Layers = tuple[Layer, ...]
_SPACE: Final = ByteSpace()
_MOST_TILES: Final = 1024


@dataclass(frozen=True, slots=True)
class _Ready:
    """Layers that need no more than one blend: a run of normal layers merged, or one layer's pixels."""

    pixels: Pixels | None
    mode: BlendMode
    opacity: float


_Above: TypeAlias = "tuple[_Ready | Layer, ...]"


@dataclass(frozen=True, slots=True)
class _Siblings:
    """One level on the way to the active layer: its siblings (or its group's) below and above."""

    below: _Layers
    layer: Layer
    above: _Layers


class ActiveSplit:
    """Caches, for each tile, of the composite below the active layer and of the layers above it.

    Normal layers above are merged into one, for source-over is associative; each layer above with another mode
    is kept ready as one blend. Composes with 8-bit values only (``gamma`` 1).
    """

    def __init__(self) -> None:
        self._way: tuple[_Siblings, ...] = ()
        self._below: dict[TileKey, tuple[Pixels | None, ...]] = {}
        self._above: dict[TileKey, tuple[_Above, ...]] = {}

    @property
    def is_ready(self) -> bool:
        """Whether there is an active layer to split at."""
        return bool(self._way)

    def holds(self, key: TileKey) -> bool:
        return key in self._below

    def set_document(self, document: Document, changed: set[TileKey]) -> None:
        """Follow a new document, of which ``changed`` tiles differ from the last one."""
        way = _way_to(document.layers, document.active_id) if document.gamma == 1.0 else ()
        if _outline(way) != _outline(self._way):
            self.clear()
        elif any(not _same_surroundings(old, new) for old, new in zip(self._way, way, strict=True)):
            for key in changed:
                self._below.pop(key, None)
                self._above.pop(key, None)
        self._way = way

    def clear(self) -> None:
        self._below.clear()
        self._above.clear()

    def compose(self, spot: Spot) -> Pixels | None:
        """The composite of one spot, from the caches, which are filled for its whole tile if need be."""
        if spot.key not in self._below:
            self._fill(Spot(spot.key))
        return self._compose_level(0, spot)

    def _fill(self, whole: Spot) -> None:
        if len(self._below) >= _MOST_TILES:
            self.clear()
        below: list[Pixels | None] = []
        backdrop: Pixels | None = None
        for level in self._way:
            backdrop = _frozen(blend_layers(_SPACE, level.below, whole, backdrop))
            below.append(backdrop)
            if not _is_plain_pass_through(level.layer):
                backdrop = None
        self._below[whole.key] = tuple(below)
        self._above[whole.key] = tuple(_prepared(level.above, whole) for level in self._way)

    def _compose_level(self, depth: int, spot: Spot) -> Pixels | None:
        """What the siblings at one level make: below, the active layer or its group, and above."""
        layer = self._way[depth].layer
        if depth + 1 < len(self._way) and _is_plain_pass_through(layer):
            result = self._compose_level(depth + 1, spot)  # its backdrop holds this level's
        else:
            below = self._below[spot.key][depth]
            backdrop = None if below is None else spot.of(below)
            if depth + 1 < len(self._way):
                source = under_mask(_SPACE, layer, spot, self._compose_level(depth + 1, spot))
                result = blend_source(_SPACE, source, layer.blend_mode, layer.opacity, backdrop)
            else:
                result = blend_layer(_SPACE, layer, spot, backdrop)
        for item in self._above[spot.key][depth]:
            if isinstance(item, _Ready):
                source = None if item.pixels is None else spot.of(item.pixels)
                result = blend_source(_SPACE, source, item.mode, item.opacity, result)
            else:
                result = blend_layer(_SPACE, item, spot, result)
        return result


def _way_to(layers: _Layers, layer_id: LayerId | None) -> tuple[_Siblings, ...]:
    """The levels from the top of the tree down to a layer; empty if it is not there or not shown.

    The way ends at a group that is hidden, or passes through with an opacity or mask: it is composed as a whole.
    """
    for index, layer in enumerate(layers):
        here = _Siblings(layers[:index], layer, layers[index + 1 :])
        if layer.id == layer_id:
            return (here,)
        if isinstance(layer, GroupLayer):
            inner = _way_to(layer.children, layer_id)
            if inner:
                return (here, *inner) if _can_enter(layer) else (here,)
    return ()


def _can_enter(group: GroupLayer) -> bool:
    return group.visible and (group.isolated or _is_plain_pass_through(group))


def _is_plain_pass_through(layer: Layer) -> bool:
    is_through = isinstance(layer, GroupLayer) and not layer.isolated
    return is_through and layer.visible and layer.mask is None and layer.opacity >= 1


def _outline(way: tuple[_Siblings, ...]) -> tuple[object, ...]:
    return tuple(
        (tuple(layer.id for layer in level.below), level.layer.id, tuple(layer.id for layer in level.above))
        for level in way
    )


def _same_surroundings(old: _Siblings, new: _Siblings) -> bool:
    pairs = zip((*old.below, *old.above), (*new.below, *new.above), strict=True)
    return all(before is after for before, after in pairs)


def _prepared(layers: _Layers, spot: Spot) -> _Above:
    """Layers above, in as few blends as possible, for one whole tile."""
    items: list[_Ready | Layer] = []
    for layer in layers:
        if not layer.visible:
            continue
        if isinstance(layer, GroupLayer) and not layer.isolated:
            items.extend(_prepared(layer.children, spot) if _is_plain_pass_through(layer) else (layer,))
            continue
        source = layer_source(_SPACE, layer, spot)
        if source is not None or layer.blend_mode in CLEARING_MODES:
            items.append(_Ready(_frozen(source), layer.blend_mode, layer.opacity))
    return tuple(_merged(items))


def _merged(items: list[_Ready | Layer]) -> list[_Ready | Layer]:
    """Join neighbours that are both normal."""
    merged: list[_Ready | Layer] = []
    for item in items:
        last = merged[-1] if merged else None
        if isinstance(item, _Ready) and isinstance(last, _Ready) and item.mode is last.mode is BlendMode.NORMAL:
            below = blend_source(_SPACE, last.pixels, last.mode, last.opacity, None)
            joined = blend_source(_SPACE, item.pixels, item.mode, item.opacity, below)
            merged[-1] = _Ready(_frozen(joined), BlendMode.NORMAL, 1.0)
        else:
            merged.append(item)
    return merged


def _frozen(pixels: Pixels | None) -> Pixels | None:
    if pixels is not None and pixels.flags.writeable:
        pixels.flags.writeable = False
    return pixels
