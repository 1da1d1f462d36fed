"""Pictures in shades of one colour, as onion skins are drawn."""

from __future__ import annotations

import numpy as np

from studio.document import Pixels, Raster, TileKey


def tinted(raster: Raster, color: tuple[int, int, int]) -> Raster:
    """A raster in shades of ``color`` (red, green, blue, 0..255): black becomes that colour, white stays white.

    Alpha stays as it is. Grey is the luma of Rec. 601, as QColor and OpenCV count it.
    """
    changed: dict[TileKey, Pixels | None] = {key: tinted_pixels(tile, color) for key, tile in raster.tiles.items()}
    return Raster().with_tiles(changed)


def tinted_pixels(pixels: Pixels, color: tuple[int, int, int]) -> Pixels:
    """Premultiplied RGBA ``(h, w, 4)`` uint8 in shades of one colour; a new array."""
    wide = pixels.astype(np.uint32)
    alpha = wide[..., 3]
    luma = (77 * wide[..., 0] + 150 * wide[..., 1] + 29 * wide[..., 2] + 128) >> 8
    out = np.empty_like(pixels)
    for channel, value in enumerate(color):
        # Screen of grey and colour: 1 - (1 - grey) (1 - colour), premultiplied.
        out[..., channel] = alpha - ((alpha - np.minimum(luma, alpha)) * (255 - value) + 127) // 255
    out[..., 3] = pixels[..., 3]
    return out
