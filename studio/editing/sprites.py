"""What of a document goes on a sprite sheet: its frames, its layers, or the pictures that were made of prompts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Final

from studio.document import BlendMode, Document, Layer, LayerId, Pixels, frames, go_to_frame, hold_of
from studio.editing.layer_edits import topmost_only
from studio.files.sheets.sheet import Sprite
from studio.raster.compose import compose, compose_layers
from studio.raster.convert import unpremultiply


class SpriteSource(StrEnum):
    """Each frame as it is seen, once however long it is held; else layers, each alone on transparent ground, the
    topmost first: those that are selected, those that were generated, those that are visible, or all."""

    FRAMES = "frames"
    SELECTED = "selected"
    RESULTS = "results"
    VISIBLE = "visible"
    LAYERS = "layers"


_FEWEST: Final = {SpriteSource.SELECTED: 2, SpriteSource.RESULTS: 2}
"""Where fewer would only be the same as other choices."""


def sprite_sources(document: Document, selected: Collection[LayerId] = ()) -> dict[SpriteSource, int]:
    """What can be put on a sheet, the likeliest first, with how many sprites each would be."""
    counts = {source: len(_chosen(document, source, selected)) for source in SpriteSource}
    return {source: count for source, count in counts.items() if count >= _FEWEST.get(source, 1)}


def sprites_of(document: Document, source: SpriteSource, selected: Collection[LayerId] = ()) -> list[Sprite]:
    """The sprites of a document, each as large as the canvas and drawn when it is asked for."""
    size = document.width, document.height
    chosen = _chosen(document, source, selected)
    if source is not SpriteSource.FRAMES or document.timeline is None:
        return [Sprite(layer.name, size, partial(_alone, document, layer)) for layer in chosen]
    tick = 1000 / document.timeline.fps
    return [
        Sprite(frame.name, size, partial(_frame, document, place), round(tick * hold_of(document, frame.id)))
        for place, frame in enumerate(chosen)
    ]


def _chosen(document: Document, source: SpriteSource, selected: Collection[LayerId]) -> list[Layer]:
    """The layers that become sprites, in their order on the sheet."""
    if source is SpriteSource.FRAMES:
        return list(frames(document))
    found: Iterable[Layer]
    if source is SpriteSource.SELECTED:
        found = (document.find(layer_id) for layer_id in topmost_only(document, selected))
    elif source is SpriteSource.RESULTS:
        found = (layer for layer in document.walk() if layer.settings is not None and not layer.is_group)
    else:
        found = (layer for layer in document.layers if layer.visible or source is SpriteSource.LAYERS)
    return list(found)[::-1]


def _alone(document: Document, layer: Layer) -> Pixels:
    """A layer by itself, shown even if it is hidden: straight RGBA ``(h, w, 4)`` of the canvas."""
    shown = replace(layer, visible=True, blend_mode=BlendMode.NORMAL)
    return unpremultiply(compose_layers((shown,), document.canvas, gamma=document.gamma))


def _frame(document: Document, place: int) -> Pixels:
    return unpremultiply(compose(go_to_frame(document, place)))
