"""Transforming parts of a document: layers and groups with their masks, what is selected of their pixels, one layer's
mask, or the generation mask.

A `Subject` says what is transformed; a `FreeTransform` how. `SettingError` says why not. Pixels are loaded with the
first change, not for the first window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Literal

from studio.document import (
    Document,
    GroupLayer,
    Layer,
    LayerId,
    PaintLayer,
    Raster,
    Rect,
    frame_holding,
    frames,
    parent_of,
    replace_layer,
    with_layer,
)
from studio.editing import refusals
from studio.editing.layer_edits import topmost_only
from studio.errors import SettingError
from studio.history import StepKind
from studio.jobs.requirements import no_mask
from studio.raster.free_transform import FreeTransform
from studio.session import Session

if TYPE_CHECKING:
    from studio.raster.resample import Resampling

TRANSFORM: Final = StepKind("layer.transform", "Transform", "transform")
FLIP_HORIZONTAL: Final = StepKind("layer.flip_horizontal", "Flip layer horizontally", "flip-horizontal")
FLIP_VERTICAL: Final = StepKind("layer.flip_vertical", "Flip layer vertically", "flip-vertical")
ROTATE_RIGHT: Final = StepKind("layer.rotate_right", "Rotate layer 90° right", "rotate-right")
ROTATE_LEFT: Final = StepKind("layer.rotate_left", "Rotate layer 90° left", "rotate-left")
ROTATE_HALF: Final = StepKind("layer.rotate_half", "Rotate layer 180°", "rotate-half")

What = Literal["layers", "layer_mask", "generation_mask"]
Change = Callable[[Raster], Raster]
Heed = Callable[[float], object]
"""Is told how far the work is, 0..1, and may raise `Cancelled`."""

_SHARE_OF_FREE: Final = 0.8
"""How much of the free memory what comes out may take."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is transformed. ``layer_ids`` are topmost ones; of "layer_mask" it is the layer that has the mask.

    ``is_selected``: of layers only the pixels that are selected, and the selection; their masks stay.
    """

    what: What
    layer_ids: tuple[LayerId, ...] = ()
    is_selected: bool = False

    def changed(self, document: Document, change: Change) -> Document:
        """The document with every raster of it changed, whole ones; rasters that were shared stay shared."""
        changing = once(change)
        if self.what == "generation_mask":
            return document.with_generation_mask(changing(document.generation_mask))
        for layer_id in self.layer_ids:
            layer = document.find(layer_id)
            if self.what == "layers":
                document = with_layer(document, layer.map_rasters(changing))
            elif layer.mask is not None:
                document = replace_layer(document, layer_id, mask=changing(layer.mask))
        return document

    def rasters(self, document: Document) -> tuple[Raster, ...]:
        """Every raster of it, once; ``KeyError`` where a layer is gone."""
        found: dict[int, Raster] = {}

        def note(raster: Raster) -> Raster:
            found[id(raster)] = raster
            return raster

        if self.is_selected:
            return (
                document.selection,
                *(note(layer.raster) for layer in self.painted(document) if layer.raster is not None),
            )
        self.changed(document, note)
        return tuple(found.values())

    def painted(self, document: Document) -> list[Layer]:
        """The layers of it that have pixels, those in groups too."""
        layers = [each for layer_id in self.layer_ids for each in document.find(layer_id).walk()]
        return [layer for layer in layers if layer.raster is not None]

    def is_same(self, before: Document, after: Document) -> bool:
        """Whether it is in both documents, with the very same pixels."""
        try:
            old, new = self.rasters(before), self.rasters(after)
        except KeyError:
            return False
        return len(old) == len(new) and all(first is second for first, second in zip(old, new, strict=True))

    def box(self, document: Document) -> Rect:
        """The smallest rectangle around its pixels; empty if there are none."""
        if self.what == "generation_mask":
            return document.generation_mask.bounds()
        if self.is_selected:
            document, floating = lifted_apart(document, self)
            return floating.box(document)
        layers = [document.find(layer_id) for layer_id in self.layer_ids]
        pixels, masks = Rect(0, 0, 0, 0), Rect(0, 0, 0, 0)
        for layer in layers:
            pixels = pixels.united(layer.bounds())
            masks = masks.united(layer.mask.bounds() if layer.mask is not None else masks)
        return masks if self.what == "layer_mask" or pixels.is_empty else pixels


def subject_of(document: Document, what: What, layer_ids: Iterable[LayerId]) -> Subject:
    """What is chosen, if it may be transformed."""
    if what == "generation_mask":
        if not document.generation_mask.tiles:
            raise no_mask()
        return Subject(what=what)
    ids = topmost_only(document, layer_ids)
    if not ids:
        raise refusals.no_layer_chosen()
    for layer_id in ids:
        _check(document, layer_id, what)
    is_selected = what == "layers" and document.edit_limit is not None
    subject = Subject(what=what, layer_ids=ids, is_selected=is_selected)
    if is_selected and not subject.painted(document):
        raise refusals.no_pixels(document.find(ids[0]))
    return subject


def lifted_apart(document: Document, subject: Subject) -> tuple[Document, Subject]:
    """The selected pixels of a subject in layers of their own, over what stays of theirs, in a group in its place."""
    from studio.raster.selecting import lifted

    floating: list[LayerId] = []
    for layer in subject.painted(document):
        assert layer.raster is not None
        stays, taken = (PaintLayer(name=layer.name, raster=part) for part in lifted(layer.raster, document.edit_limit))
        common = {field.name: getattr(layer, field.name) for field in fields(Layer)}
        document = with_layer(document, GroupLayer(**common, children=(stays, taken)))
        floating.append(taken.id)
    return document, Subject(what="layers", layer_ids=tuple(floating))


def chosen_for(
    document: Document, layer_ids: tuple[LayerId, ...], frame_ids: tuple[LayerId, ...]
) -> tuple[LayerId, ...]:
    """What is meant where layers and frames of the timeline are selected: the frames, if several are and one of them
    is worked on."""
    is_on_frame = frame_holding(document, document.active_id) is not None
    return frame_ids if len(frame_ids) > 1 and is_on_frame else layer_ids


def box_of(document: Document, subject: Subject) -> Rect:
    """`Subject.box`, which is not empty."""
    box = subject.box(document)
    if box.is_empty:
        raise refusals.nothing_to_transform()
    return box


def transformed(
    document: Document,
    subject: Subject,
    transform: FreeTransform,
    how: Resampling,
    heed: Heed = lambda _share: None,
) -> Document:
    """The document with its subject transformed; all else is shared with it."""
    from studio.raster.warping import warped

    if subject.is_selected:
        return _selected_transformed(document, subject, transform, how, heed)
    transform.check()
    rasters = subject.rasters(document)
    _check_memory(transform, rasters)
    done = 0

    def change(raster: Raster) -> Raster:
        nonlocal done
        start, done = done, done + 1
        gamma = document.gamma if raster.channels == 4 else 1.0
        return warped(raster, transform, how, gamma=gamma, heed=lambda share: heed((start + share) / len(rasters)))

    return subject.changed(document, change)


def _selected_transformed(
    document: Document, subject: Subject, transform: FreeTransform, how: Resampling, heed: Heed
) -> Document:
    from studio.raster.lifting import laid_over
    from studio.raster.warping import warped

    apart, floating = lifted_apart(document, subject)
    apart = transformed(apart, floating, transform, how, heed)
    for layer in subject.painted(document):
        below, above = (part.raster for part in apart.find(layer.id).children)
        assert below is not None
        assert above is not None
        document = replace_layer(document, layer.id, raster=laid_over(below, above))
    return document.with_selection(warped(document.selection, transform, how))


# --- what needs no handles ------------------------------------------------------------------------


def flip_layers(session: Session, layer_ids: Iterable[LayerId], axis: Literal["horizontal", "vertical"]) -> None:
    """Mirror layers in their place, to the bit."""
    kind = FLIP_HORIZONTAL if axis == "horizontal" else FLIP_VERTICAL
    _apply(session, layer_ids, kind, lambda transform: transform.mirrored(axis))


def turn_layers(session: Session, layer_ids: Iterable[LayerId], quarters: Literal[1, 2, 3]) -> None:
    """Turn layers clockwise by quarters about their middle, to the bit."""
    kind = {1: ROTATE_RIGHT, 2: ROTATE_HALF, 3: ROTATE_LEFT}[quarters]
    _apply(session, layer_ids, kind, lambda transform: transform.turned(90.0 * quarters))


def fitted(box: Rect, canvas: Rect) -> FreeTransform:
    """What makes a box as large as the canvas lets it be, in the middle, in proportion."""
    scale = min(canvas.width / box.width, canvas.height / box.height)
    middle = (canvas.x + canvas.width / 2, canvas.y + canvas.height / 2)
    return FreeTransform(box=box, center=middle, scale_x=scale, scale_y=scale)


def _apply(
    session: Session,
    layer_ids: Iterable[LayerId],
    kind: StepKind,
    change: Callable[[FreeTransform], FreeTransform],
) -> None:
    from studio.raster.resample import Resampling

    document = session.document
    subject = subject_of(document, "layers", layer_ids)
    transform = change(FreeTransform.unchanged(box_of(document, subject)))
    session.apply(kind, transformed(document, subject, transform, Resampling.NEAREST))


# --- why not --------------------------------------------------------------------------------------


def _check(document: Document, layer_id: LayerId, what: What) -> None:
    layer = document.find(layer_id)
    for each in (layer, *_parents(document, layer_id)):
        if each.locked:
            raise refusals.locked(each)
        if not each.visible and each.id not in {frame.id for frame in frames(document)}:
            raise refusals.hidden_here(each)
    if what == "layer_mask":
        if layer.mask is None:
            raise refusals.no_layer_mask(layer)
        return
    for each in layer.walk():
        if each.locked:
            raise refusals.locked(each)
        is_drawn = each.source is not None and each.raster is None and each.tile_keys() is not None
        if is_drawn or (each is layer and not each.is_group and not each.can_move):
            raise refusals.no_pixels(each)


def _parents(document: Document, layer_id: LayerId) -> list[Layer]:
    found = []
    parent = parent_of(document, layer_id)
    while parent is not None:
        found.append(document.find(parent))
        parent = parent_of(document, parent)
    return found


def _check_memory(transform: FreeTransform, rasters: Iterable[Raster]) -> None:
    """Refuse what would take more memory than is free: the tiles that are there, grown as the frame grows."""
    import psutil  # only here: the first window does without it

    bounds, box = transform.bounds(), transform.box
    grown = max(1.0, bounds.width * bounds.height / (box.width * box.height))
    held = sum(tile.nbytes for raster in rasters for tile in raster.tiles.values())
    wanted, free = held * grown, psutil.virtual_memory().available
    if wanted > free * _SHARE_OF_FREE:
        raise SettingError(
            "{width}x{height} pixels of all these layers take more memory than is free ({wanted} of {free} GB).",
            "Make it smaller, or transform fewer layers at a time.",
            width=bounds.width,
            height=bounds.height,
            wanted=round(wanted / 1e9, 1),
            free=round(free / 1e9, 1),
        )


def once(change: Change) -> Change:
    """A change that is worked out once for each raster, however many layers share it."""
    known: dict[int, tuple[Raster, Raster]] = {}

    def changed(raster: Raster) -> Raster:
        if id(raster) not in known:
            known[id(raster)] = (raster, change(raster))  # kept, so that its id stays its own
        return known[id(raster)][1]

    return changed
