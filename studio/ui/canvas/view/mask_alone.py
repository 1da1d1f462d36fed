"""A layer's mask shown in place of the picture: white where it shows, black where it hides."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from studio.document import Document, Layer, LayerId, PaintLayer, Raster, filled_raster

_BLACK: Final = (0, 0, 0, 255)
_WHITE: Final = (255, 255, 255, 255)


class MaskAlone:
    """Makes documents of two layers, white under the mask over black, so that painting on it stays quick."""

    def __init__(self) -> None:
        self.layer_id: LayerId | None = None
        self._size = (0, 0)
        self._black = PaintLayer(name="")
        self._white = PaintLayer(name="")

    def ends_with(self, document: Document) -> bool:
        """Whether what is shown alone is no longer the mask of the active layer."""
        return self.layer_id is not None and _mask_of(document, self.layer_id) is None

    def displayed(self, document: Document) -> Document:
        """What to show in place of ``document``; itself when nothing is shown alone."""
        mask = None if self.layer_id is None else _mask_of(document, self.layer_id)
        if mask is None:
            return document
        self._fit(document.width, document.height)
        layers: tuple[Layer, ...] = (self._black, replace(self._white, mask=mask))
        return replace(document, layers=layers, active_id=self._white.id, gamma=1.0, timeline=None)

    def _fit(self, width: int, height: int) -> None:
        if self._size != (width, height):
            self._size = (width, height)
            self._black = replace(self._black, raster=filled_raster(width, height, _BLACK))
            self._white = replace(self._white, raster=filled_raster(width, height, _WHITE))


def _mask_of(document: Document, layer_id: LayerId) -> Raster | None:
    layer = document.active_layer
    return layer.mask if layer is not None and layer.id == layer_id else None
