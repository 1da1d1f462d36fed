"""What every layer is: a frozen value that a document's tree is made of. Each kind of layer is one file beside this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from typing import ClassVar, Protocol, Self

from studio.document.adjustment import Adjustment
from studio.document.label import Label
from studio.document.tiles import Pixels, Raster, Rect, Rgb, TileKey
from studio.text.identifiers import new_identifier


class BlendMode(StrEnum):
    """How a layer mixes with what lies below it (W3C Compositing and Blending Level 1, plus linear burn).

    The values are stable identifiers used in files and settings.
    """

    NORMAL = "normal"
    MULTIPLY = "multiply"
    SCREEN = "screen"
    OVERLAY = "overlay"
    DARKEN = "darken"
    LIGHTEN = "lighten"
    COLOR_DODGE = "color-dodge"
    COLOR_BURN = "color-burn"
    LINEAR_BURN = "linear-burn"
    HARD_LIGHT = "hard-light"
    SOFT_LIGHT = "soft-light"
    DIFFERENCE = "difference"
    EXCLUSION = "exclusion"
    PLUS = "plus"
    HUE = "hue"
    SATURATION = "saturation"
    COLOR = "color"
    LUMINOSITY = "luminosity"
    DESTINATION_IN = "destination-in"
    DESTINATION_OUT = "destination-out"
    DESTINATION_ATOP = "destination-atop"


LayerId = str


def new_layer_id() -> LayerId:
    """A fresh identifier, unique across documents."""
    return new_identifier()


@dataclass(frozen=True)
class LayerKind:
    """How layers of one kind are told from others.

    ``id`` is a stable identifier, ``icon`` names the mark in the Layers panel (none if it is empty). ``no_pixels`` says
    what such a layer (``{name}``) is, and what to do, where pixels of its own would be changed; empty for layers that
    have them. The texts are English and are translated where they are shown.
    """

    id: str
    icon: str = ""
    no_pixels: tuple[str, str] = ("", "")


class TileSource(Protocol):
    """Where a layer's pixels come from: premultiplied RGBA on an unbounded plane, tile by tile."""

    def tile(self, key: TileKey) -> Pixels | None:
        """One tile, uint8 ``(256, 256, 4)``, read-only; ``None`` where it is transparent."""
        ...

    def tile_keys(self) -> set[TileKey] | None:
        """Keys of all tiles that hold something; ``None``: every tile of the plane."""
        ...

    def changed_tiles(self, other: Self) -> set[TileKey] | None:
        """Keys of the tiles that are not the same object in both; ``None``: every tile of the plane."""
        ...

    def bounds(self) -> Rect:
        """The smallest rectangle around what is not transparent; empty for a source without edges."""
        ...

    def within(self, area: Rect) -> Raster:
        """The same pixels as a raster that holds at least those in ``area``."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """What all kinds of layers share.

    ``opacity`` is 0..1. ``mask``, if any, is a one-channel raster: 0 hides, 255 shows; without ``mask_enabled`` it is
    kept and hides nothing. ``alpha_locked`` says that work on the pixels keeps their transparency; a ``clipped`` layer
    shows only where the next one below it does that is not (see `clipping`). ``label`` marks it for people.
    ``settings`` is the JSON text of the generation settings that made the layer, if any, and ``drawn_in`` the
    generation mask that it was drawn in, if there was one: it hides nothing.

    Code outside this package asks a layer for what it needs and does not ask of which kind it is.
    """

    kind: ClassVar[LayerKind]

    name: str
    id: LayerId = field(default_factory=new_layer_id)
    visible: bool = True
    locked: bool = False
    alpha_locked: bool = False
    clipped: bool = False
    label: Label = Label.NONE
    opacity: float = 1.0
    blend_mode: BlendMode = BlendMode.NORMAL
    mask: Raster | None = None
    mask_enabled: bool = True
    settings: str | None = None
    drawn_in: Raster | None = None

    # --- what a kind says about itself ------------------------------------------------------------

    @property
    def source(self) -> TileSource | None:
        """Where the pixels come from; ``None`` for a layer that shows only what lies in it."""
        return None

    @property
    def raster(self) -> Raster | None:
        """The pixels that can be painted on; ``None`` if the layer keeps none."""
        return None

    @property
    def children(self) -> tuple[Layer, ...]:
        """The layers in it, from the bottom to the top."""
        return ()

    @property
    def is_group(self) -> bool:
        """Whether other layers may lie in it."""
        return False

    @property
    def passes_through(self) -> bool:
        """Whether the layers in it blend straight onto what lies below it."""
        return False

    @property
    def color(self) -> Rgb | None:
        """The one colour that it shows everywhere; ``None`` for a layer that has none to choose."""
        return None

    @property
    def adjustment(self) -> Adjustment | None:
        """What it does to the layers below it; ``None`` for a layer that only lies over them."""
        return None

    @property
    def can_move(self) -> bool:
        """Whether the layer, or a part of it, lies somewhere; what covers everything stays where it is."""
        return self.mask is not None or (self.tile_keys() is not None and self.adjustment is None)

    def with_color(self, rgb: Rgb) -> Layer:
        """The layer in another colour; ``TypeError`` for one that has none to choose."""
        raise TypeError(f"a layer of kind {self.kind.id!r} has no colour; {rgb} cannot be its")

    def with_children(self, children: tuple[Layer, ...]) -> Layer:
        """The layer with other layers in it; ``TypeError`` where no layers may lie in it."""
        if children:
            raise TypeError(f"a layer of kind {self.kind.id!r} holds no layers")
        return self

    def map_rasters(self, change: Callable[[Raster], Raster]) -> Self:
        """The layer with every raster of it and of the layers in it changed: masks and pixels."""
        if self.mask is None and self.drawn_in is None:
            return self
        mask, drawn_in = (None if each is None else change(each) for each in (self.mask, self.drawn_in))
        return replace(self, mask=mask, drawn_in=drawn_in)

    # --- what follows from that -------------------------------------------------------------------

    @property
    def shown_mask(self) -> Raster | None:
        """The mask as far as it acts on what is seen."""
        return self.mask if self.mask_enabled else None

    @property
    def content(self) -> object:
        """What the layer shows, apart from how: of two states of a layer, equal if the pixels in it are the same."""
        return self.children if self.source is None else self.source

    def walk(self) -> Iterator[Layer]:
        """The layer and all that lies in it, groups before their children, from the bottom to the top."""
        yield self
        for child in self.children:
            yield from child.walk()

    def rasters(self) -> Iterator[Raster]:
        """Its own rasters: masks and pixels, not those of the layers in it."""
        for mask in (self.mask, self.drawn_in):
            if mask is not None:
                yield mask
        if self.raster is not None:
            yield self.raster

    def bounds(self) -> Rect:
        """The smallest rectangle around the pixels of the layer and of all that lies in it."""
        box = Rect(0, 0, 0, 0) if self.source is None else self.source.bounds()
        for child in self.children:
            box = box.united(child.bounds())
        return box

    def bounds_on(self, canvas: Rect) -> Rect:
        """`bounds`, and all of the canvas where the layer, or one in it, has no edges."""
        return self.bounds() if self.tile_keys() is not None else self.bounds().united(canvas)

    def tile_keys(self) -> set[TileKey] | None:
        """Keys of all tiles that the layer, or one in it, has content in; ``None``: every tile of the plane."""
        parts = [set() if self.source is None else self.source.tile_keys()]
        parts += [child.tile_keys() for child in self.children]
        known = [keys for keys in parts if keys is not None]
        return set(chain.from_iterable(known)) if len(known) == len(parts) else None

    def with_fresh_ids(self) -> Layer:
        """A copy of the layer, and of all that is in it, under new ids."""
        children = tuple(child.with_fresh_ids() for child in self.children)
        return replace(self, id=new_layer_id()).with_children(children)
