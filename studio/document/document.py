"""The document: one frozen value that holds a whole picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from studio.document.guides import Guide
from studio.document.layer import Layer, LayerId
from studio.document.origin import Origin
from studio.document.paint_layer import PaintLayer
from studio.document.regions import Region
from studio.document.ruling import Ruling
from studio.document.tiles import Raster, Rect, TileKey
from studio.document.timeline import Timeline
from studio.errors import SettingError

MAX_SIDE = 32768
"""Longest canvas side in pixels."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """A picture: a tree of layers on a canvas of ``width`` x ``height`` pixels.

    Parameters
    ----------
    layers
        From the bottom to the top.
    active_id
        The layer that painting goes to, or ``None``.
    selection
        What edits keep to: one channel, 255 where they act wholly, 0 where not at all. An empty one is no selection:
        then edits act everywhere.
    generation_mask
        Where to generate: one channel, 255 where inpainting acts, 0 elsewhere.
    gamma
        Exponent of the space in which layers blend: 1.0 blends sRGB values as they are (the usual);
        2.2 blends in linear light, as MyPaint 2 does.
    timeline
        Which group's children are the frames of an animation, and how they are played; ``None`` for a still picture.
    guides
        What is drawn after beside the prompt, in the order in which they are shown.
    regions
        Parts of the picture with prompts of their own, in the order in which they were made.
    origin
        Where the canvas lies on the picture, see `Origin`.
    ruling
        Guide lines and a grid to draw by.
    """

    width: int
    height: int
    layers: tuple[Layer, ...] = ()
    active_id: LayerId | None = None
    selection: Raster = field(default_factory=lambda: Raster(channels=1))
    generation_mask: Raster = field(default_factory=lambda: Raster(channels=1))
    gamma: float = 1.0
    timeline: Timeline | None = None
    guides: tuple[Guide, ...] = ()
    regions: tuple[Region, ...] = ()
    origin: Origin = field(default_factory=Origin)
    ruling: Ruling = field(default_factory=Ruling)

    def __post_init__(self) -> None:
        if not (1 <= self.width <= MAX_SIDE and 1 <= self.height <= MAX_SIDE):
            raise SettingError(
                "A canvas of {width}x{height} pixels is not possible.",
                "Choose sides from 1 to {max_side} pixels.",
                width=self.width,
                height=self.height,
                max_side=MAX_SIDE,
            )

    @property
    def canvas(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    def walk(self) -> Iterator[Layer]:
        """Every layer, groups before their children, from the bottom to the top."""
        for layer in self.layers:
            yield from layer.walk()

    def rasters(self) -> Iterator[Raster]:
        """Every raster: the selection, the generation mask, layers' masks and layers' pixels."""
        yield self.selection
        yield self.generation_mask
        for layer in self.walk():
            yield from layer.rasters()

    def map_rasters(self, change: Callable[[Raster], Raster]) -> Document:
        """The document with every raster changed: layers' pixels, layers' masks, selection and generation mask."""
        layers = tuple(layer.map_rasters(change) for layer in self.layers)
        selection, mask = change(self.selection), change(self.generation_mask)
        return replace(self, layers=layers, selection=selection, generation_mask=mask)

    def find(self, layer_id: LayerId) -> Layer:
        """The layer with this id; ``KeyError`` if there is none."""
        for layer in self.walk():
            if layer.id == layer_id:
                return layer
        raise KeyError(layer_id)

    @property
    def active_layer(self) -> Layer | None:
        if self.active_id is None:
            return None
        try:
            return self.find(self.active_id)
        except KeyError:
            return None

    @property
    def active_paint_layer(self) -> PaintLayer | None:
        layer = self.active_layer
        return layer if isinstance(layer, PaintLayer) else None

    @property
    def edit_limit(self) -> Raster | None:
        """What edits keep to: the selection; ``None`` where nothing is selected, so that they act everywhere."""
        return self.selection if self.selection.tiles or self.selection.default else None

    @property
    def effective_mask(self) -> Raster:
        """Where to generate: in the generation mask or, where none is painted, in what is selected."""
        mask = self.generation_mask
        return mask if mask.tiles or mask.default or self.edit_limit is None else self.edit_limit

    def with_active(self, layer_id: LayerId | None) -> Document:
        return replace(self, active_id=layer_id)

    def with_selection(self, selection: Raster) -> Document:
        return replace(self, selection=selection)

    def masked_by_selection(self) -> Document:
        """The document with what is selected as its generation mask, if none is painted; itself if one is."""
        return self if self.effective_mask is self.generation_mask else self.with_generation_mask(self.selection)

    def with_generation_mask(self, generation_mask: Raster) -> Document:
        return replace(self, generation_mask=generation_mask)


def canvas_tiles(document: Document) -> set[TileKey]:
    """Keys of all tiles that the canvas touches."""
    return set(document.canvas.tile_keys())
