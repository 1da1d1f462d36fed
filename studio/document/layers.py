"""Layers: paint layers and groups, as frozen values."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from studio.document.tiles import Raster


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
    return uuid.uuid4().hex


@dataclass(frozen=True, kw_only=True, eq=False)
class LayerBase:
    """What paint layers and groups share.

    ``opacity`` is 0..1. ``mask``, if any, is a one-channel raster: 0 hides, 255 shows; without ``mask_enabled`` it is
    kept and hides nothing. ``settings`` is the JSON text of the generation settings that made the layer, if any.
    """

    name: str
    id: LayerId = field(default_factory=new_layer_id)
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0
    blend_mode: BlendMode = BlendMode.NORMAL
    mask: Raster | None = None
    mask_enabled: bool = True
    settings: str | None = None

    @property
    def shown_mask(self) -> Raster | None:
        """The mask as far as it acts on what is seen."""
        return self.mask if self.mask_enabled else None


@dataclass(frozen=True, kw_only=True, eq=False)
class PaintLayer(LayerBase):
    """Pixels in document coordinates, premultiplied RGBA, unbounded (also outside the canvas)."""

    raster: Raster = field(default_factory=Raster)


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupLayer(LayerBase):
    """Layers that are blended as one. ``children`` runs from the bottom to the top.

    An ``isolated`` group is composed on its own and then blended; otherwise (pass-through) its
    children blend straight onto what lies below, and only opacity and mask act on them together.
    """

    children: tuple[Layer, ...] = ()
    isolated: bool = True


Layer: TypeAlias = PaintLayer | GroupLayer
