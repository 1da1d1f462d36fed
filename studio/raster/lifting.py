"""What is selected of layers, taken out and put down elsewhere."""

from __future__ import annotations

from studio.document import Document, LayerId, Pixels, Raster, TileKey, replace_layer
from studio.raster.selecting import lifted, scaled


class LiftedPixels:
    """The selected pixels of a layer, or of those in a group, apart from what stays of them.

    They can be put down again and again: what they covered elsewhere comes back when they are moved on.
    """

    def __init__(self, document: Document, layer_id: LayerId) -> None:
        self.layer_id = layer_id
        self._selection = document.selection
        layers = document.find(layer_id).walk()
        rasters = {layer.id: layer.raster for layer in layers if layer.raster is not None}
        self._parts = {key: lifted(raster, document.edit_limit) for key, raster in rasters.items()}

    @property
    def holds_anything(self) -> bool:
        return any(taken.tiles for _, taken in self._parts.values())

    def put_down(self, document: Document, dx: int, dy: int) -> Document:
        """``document`` with them, and the selection, so many pixels further to the right and down."""
        for layer_id, (stays, taken) in self._parts.items():
            document = replace_layer(document, layer_id, raster=laid_over(stays, taken.translated(dx, dy)))
        return document.with_selection(self._selection.translated(dx, dy))


def laid_over(below: Raster, above: Raster) -> Raster:
    """RGBA pixels over others, normally blended."""
    changed: dict[TileKey, Pixels | None] = {}
    for key, tile in above.tiles.items():
        under = below.tiles.get(key)
        changed[key] = tile if under is None else tile + scaled(under, 255 - tile[..., 3])
    return below.with_tiles(changed)
