"""What of a document goes on a sprite sheet: results that wait, its frames, or its layers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Final

from studio.document import BlendMode, Document, Layer, LayerId, Pixels, frames, go_to_frame, hold_of
from studio.editing.layer_edits import topmost_only
from studio.files.sheets.sheet import Sprite
from studio.generation.placement import title_of
from studio.raster.compose import compose, compose_layers
from studio.raster.convert import unpremultiply
from studio.session import Job, Session


class SpriteSource(StrEnum):
    """Results that wait for a decision; each frame as it is seen, once however long it is held; else layers, each alone
    on transparent ground, the topmost first: those that are selected, those that were generated, those that are
    visible, or all."""

    WAITING = "waiting"
    FRAMES = "frames"
    SELECTED = "selected"
    RESULTS = "results"
    VISIBLE = "visible"
    LAYERS = "layers"


_FEWEST: Final = {SpriteSource.SELECTED: 2, SpriteSource.RESULTS: 2}
"""Where fewer would only be the same as other choices."""


@dataclass(frozen=True, eq=False)
class Material:
    """What sprites can be made of: a document, its selected layers, and the results that wait beside it."""

    document: Document
    selected: Collection[LayerId] = ()
    waiting: Sequence[Sprite] = ()


def material_of(session: Session, selected: Collection[LayerId] = ()) -> Material:
    """That of the document that is shown."""
    target, jobs = session.current, {job.id: job for job in session.queue.jobs}
    waiting = [_result(jobs[job_id], index) for job_id, index in session.queue.undecided(target.id)]
    return Material(target.document, selected, waiting)


def sprite_sources(material: Material) -> dict[SpriteSource, list[tuple[int, int]]]:
    """What can be put on a sheet, the likeliest first, with the (width, height) of each sprite."""
    found = {source: [sprite.size for sprite in sprites_of(material, source)] for source in SpriteSource}
    return {source: sizes for source, sizes in found.items() if len(sizes) >= _FEWEST.get(source, 1)}


def sprites_of(material: Material, source: SpriteSource) -> list[Sprite]:
    """The sprites, drawn when they are asked for; those of a document are as large as the canvas."""
    if source is SpriteSource.WAITING:
        return list(material.waiting)
    document, selected = material.document, material.selected
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


def _result(job: Job, index: int) -> Sprite:
    """A picture of a job, all of it, also where a mask would show less."""
    pixels = job.images[index].pixels
    return Sprite(title_of(job.settings_of(index)), (pixels.shape[1], pixels.shape[0]), partial(unpremultiply, pixels))


def _alone(document: Document, layer: Layer) -> Pixels:
    """A layer by itself, shown even if it is hidden: straight RGBA ``(h, w, 4)`` of the canvas."""
    shown = replace(layer, visible=True, blend_mode=BlendMode.NORMAL)
    return unpremultiply(compose_layers((shown,), document.canvas, gamma=document.gamma))


def _frame(document: Document, place: int) -> Pixels:
    return unpremultiply(compose(go_to_frame(document, place)))
