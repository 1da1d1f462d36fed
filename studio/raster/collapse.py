"""Many layers as one: runs of layers whose joint effect on what lies below is affine.

With premultiplied colour C and alpha A of the backdrop, blending a layer by one of the modes below gives, for each
colour, ``a C + b A + c`` and for alpha ``d A + e``, with numbers that depend on the layer alone. Such maps compose, so
any run of these layers is such a map as well. Three backdrops tell it: transparent, opaque black and opaque white.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from studio.document import TILE_SIZE, BlendMode, Layer, Pixels, Run, TileKey, runs
from studio.raster import kernels
from studio.raster.compose import Spot, blend_layers
from studio.raster.spaces import ByteSpace
from studio.raster.words import solid

_AFFINE: Final = frozenset(
    {
        BlendMode.NORMAL,
        BlendMode.MULTIPLY,
        BlendMode.SCREEN,
        BlendMode.DESTINATION_IN,
        BlendMode.DESTINATION_OUT,
        BlendMode.DESTINATION_ATOP,
    }
)
_BLOCK: Final = 64
_BLOCKS: Final = TILE_SIZE // _BLOCK
_SPACE: Final = ByteSpace()


def is_affine(run: Run) -> bool:
    """Whether a layer or group, with what is clipped to it, acts on what lies below it as an affine map."""
    base, *clipped = run
    if base.adjustment is not None:
        return not base.visible
    if base.passes_through and not clipped:
        return all(is_affine(inner) for inner in runs(base.children) if inner[0].visible)
    return base.blend_mode in _AFFINE or not base.visible


def is_normal(run: Run) -> bool:
    """Whether a layer or group, with what is clipped to it, lies over what is below it whatever colours that has."""
    base, *clipped = run
    return not base.visible or (base.blend_mode is BlendMode.NORMAL and (bool(clipped) or not base.passes_through))


class LazyTile:
    """A tile whose pixels are computed block by block when they are first asked for.

    ``compute(spot)`` gives premultiplied RGBA8 of a spot or ``None`` for transparency.
    """

    def __init__(self, key: TileKey, compute: Callable[[Spot], Pixels | None]) -> None:
        self._key = key
        self._compute = compute
        self._pixels = np.zeros((TILE_SIZE, TILE_SIZE, 4), np.uint8)
        self._known = np.zeros((_BLOCKS, _BLOCKS), np.bool_)

    def part(self, spot: Spot) -> Pixels:
        """The pixels of a spot: a new, writable array."""
        return self.view(spot).copy()

    def view(self, spot: Spot) -> Pixels:
        """The pixels of a spot, to be read only."""
        rows, columns = spot.bounds
        blocks = (
            slice(rows.start // _BLOCK, -(-rows.stop // _BLOCK)),
            slice(columns.start // _BLOCK, -(-columns.stop // _BLOCK)),
        )
        if not self._known[blocks].all():
            self._fill(blocks)
        return self._pixels[rows, columns]

    def _fill(self, blocks: tuple[slice, slice]) -> None:
        """Compute the smallest rectangle around the unknown ones of some blocks."""
        rows, columns = np.nonzero(~self._known[blocks])
        top, left = blocks[0].start + int(rows.min()), blocks[1].start + int(columns.min())
        bottom, right = blocks[0].start + int(rows.max()) + 1, blocks[1].start + int(columns.max()) + 1
        area = slice(top * _BLOCK, bottom * _BLOCK), slice(left * _BLOCK, right * _BLOCK)
        pixels = self._compute(Spot(self._key, area))
        if pixels is not None:
            self._pixels[area] = pixels
        self._known[top:bottom, left:right] = True


class Merged:
    """A run of normal layers in one tile: one picture that lies over what is below."""

    def __init__(self, key: TileKey, layers: tuple[Layer, ...]) -> None:
        self._pixels = LazyTile(key, lambda spot: blend_layers(_SPACE, layers, spot, None))

    def apply(self, spot: Spot, below: Pixels) -> Pixels:
        """The run over premultiplied pixels of a spot, which are used up if they are writable."""
        return _SPACE.over(below, ((self._pixels.view(spot), BlendMode.NORMAL, 1.0, None),))


class Collapsed:
    """A run of affine layers in one tile, known by what it makes of three backdrops."""

    def __init__(self, key: TileKey, layers: tuple[Layer, ...]) -> None:
        self._layers = layers
        self._on_nothing = LazyTile(key, self._over(None))
        self._on_black = LazyTile(key, self._over((0, 0, 0, 255)))
        self._on_white = LazyTile(key, self._over((255, 255, 255, 255)))

    def apply(self, spot: Spot, below: Pixels) -> Pixels:
        """The run over premultiplied pixels of a spot, which are used up if they are writable."""
        mapped = below if below.flags.writeable else below.copy()
        kernels.map_affinely(mapped, *(made.view(spot) for made in (self._on_nothing, self._on_black, self._on_white)))
        return mapped

    def _over(self, rgba: tuple[int, int, int, int] | None) -> Callable[[Spot], Pixels | None]:
        def compute(spot: Spot) -> Pixels | None:
            backdrop = None
            if rgba is not None:
                height, width = spot.shape
                backdrop = solid(height, width, rgba)
            return blend_layers(_SPACE, self._layers, spot, backdrop)

        return compute
