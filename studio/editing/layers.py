"""What the Layers panel and the Layer menu do: one small function an action, each making one step of history.

All take the session and, where it matters, the ids of the chosen layers. `SettingError` says why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    Label,
    LayerId,
    PaintLayer,
    Raster,
    group_layers,
    index_of,
    parent_of,
    replace_layer,
    siblings_of,
    ungroup,
)
from studio.editing import layer_edits, refusals
from studio.editing.insertion import with_copied
from studio.editing.naming import ENGLISH, Naming
from studio.history import StepKind
from studio.jobs.requirements import no_mask
from studio.session import Session

NEW_LAYER: Final = StepKind("layer.new", "New layer", "layer-add")
NEW_GROUP: Final = StepKind("layer.new_group", "New group", "folder-add")
NEW_FROM_VISIBLE: Final = StepKind("layer.new_from_visible", "New layer from visible", "images")
DELETE: Final = StepKind("layer.delete", "Delete layer", "trash")
DUPLICATE: Final = StepKind("layer.duplicate", "Duplicate layer", "layer-duplicate")
GROUP: Final = StepKind("layer.group", "Group layers", "layer-group")
UNGROUP: Final = StepKind("layer.ungroup", "Ungroup", "layer-ungroup")
MERGE_DOWN: Final = StepKind("layer.merge_down", "Merge down", "merge-down")
MERGE_VISIBLE: Final = StepKind("layer.merge_visible", "Merge visible layers", "merge-visible")
LABEL: Final = StepKind("layer.label", "Label layer", "layer")
FLATTEN: Final = StepKind("layer.flatten", "Flatten picture", "flatten")
COPY_OVER: Final = StepKind("layer.copy_over", "Layers of another picture", "layer-add")
MOVE: Final = StepKind("layer.restack", "Move in the stack", "layers")
RENAME: Final = StepKind("layer.rename", "Rename layer", "layer")
SHOW: Final = StepKind("layer.show", "Show layer", "eye")
HIDE: Final = StepKind("layer.hide", "Hide layer", "eye-off")
SHOW_ALONE: Final = StepKind("layer.show_alone", "Show one layer alone", "eye")
LOCK: Final = StepKind("layer.lock", "Lock layer", "lock")
UNLOCK: Final = StepKind("layer.unlock", "Unlock layer", "unlock")
LOCK_ALPHA: Final = StepKind("layer.lock_alpha", "Lock transparency of layer", "alpha-lock")
UNLOCK_ALPHA: Final = StepKind("layer.unlock_alpha", "Unlock transparency of layer", "alpha-lock")
CLIP: Final = StepKind("layer.clip", "Clip to the layer below", "clip")
UNCLIP: Final = StepKind("layer.unclip", "Unclip layer", "clip")
OPACITY: Final = StepKind("layer.opacity", "Layer opacity", "sliders")
BLEND_MODE: Final = StepKind("layer.blend_mode", "Blend mode", "sliders")
ADD_MASK: Final = StepKind("layer_mask.add", "Add layer mask", "layer-mask")
APPLY_MASK: Final = StepKind("layer_mask.apply", "Apply layer mask", "layer-mask")
DELETE_MASK: Final = StepKind("layer_mask.delete", "Delete layer mask", "layer-mask")
INVERT_MASK: Final = StepKind("layer_mask.invert", "Invert layer mask", "layer-mask")
ENABLE_MASK: Final = StepKind("layer_mask.enable", "Switch layer mask on", "layer-mask")
DISABLE_MASK: Final = StepKind("layer_mask.disable", "Switch layer mask off", "layer-mask")


def add_paint_layer(session: Session, names: Naming = ENGLISH) -> None:
    """Add an empty layer above the active one."""
    layer = PaintLayer(name=layer_edits.numbered_name(session.document, names.layer))
    session.apply(NEW_LAYER, layer_edits.insert_above_active(session.document, layer))


def add_group(session: Session, names: Naming = ENGLISH) -> None:
    """Add an empty group above the active layer."""
    group = GroupLayer(name=layer_edits.numbered_name(session.document, names.group))
    session.apply(NEW_GROUP, layer_edits.insert_above_active(session.document, group))


def add_layer_from_visible(session: Session, names: Naming = ENGLISH) -> None:
    """Add a layer on top that holds everything that is seen."""
    session.apply(NEW_FROM_VISIBLE, layer_edits.with_visible_copy(session.document, names.visible))


def delete_layers(session: Session, layer_ids: Iterable[LayerId]) -> None:
    session.apply(DELETE, layer_edits.without_layers(session.document, layer_ids))


def duplicate_layers(session: Session, layer_ids: Iterable[LayerId], names: Naming = ENGLISH) -> None:
    session.apply(DUPLICATE, layer_edits.with_copies(session.document, layer_ids, names.copy))


def group_selected(session: Session, layer_ids: Iterable[LayerId], names: Naming = ENGLISH) -> None:
    """Put layers into a new group; those that do not lie beside the topmost one are moved to it first."""
    chosen = layer_edits.topmost_only(session.document, layer_ids)
    if chosen:
        gathered = _gathered(session.document, chosen)
        name = layer_edits.numbered_name(session.document, names.group)
        session.apply(GROUP, group_layers(gathered, chosen, name))


def ungroup_layer(session: Session, layer_id: LayerId) -> None:
    """Replace a group by what it holds."""
    layer = session.document.find(layer_id)
    if not layer.is_group:
        raise refusals.not_a_group(layer)
    session.apply(UNGROUP, ungroup(session.document, layer_id))


def merge_down(session: Session, layer_id: LayerId) -> None:
    session.apply(MERGE_DOWN, layer_edits.merged_down(session.document, layer_id))


def merge_visible(session: Session, names: Naming = ENGLISH) -> None:
    """Make one layer of everything that is seen; what is hidden stays."""
    session.apply(MERGE_VISIBLE, layer_edits.merged_visible(session.document, names.visible))


def flatten_picture(session: Session, names: Naming = ENGLISH) -> None:
    """Make one layer of everything that is seen."""
    from studio.raster import merging

    session.apply(FLATTEN, merging.flatten(session.document, names.background))


def move_layers(session: Session, layer_ids: Iterable[LayerId], parent: LayerId | None, below: LayerId | None) -> None:
    """Move layers into ``parent``, directly below the sibling ``below`` (``None``: on top)."""
    session.apply(MOVE, layer_edits.moved_layers(session.document, layer_ids, parent, below))


def copy_over(
    session: Session, source: Document, layer_ids: Iterable[LayerId], parent: LayerId | None, index: int
) -> None:
    """Put copies of layers of another picture into group ``parent`` at ``index`` counted from the bottom."""
    copied = with_copied(session.document, source, layer_ids, parent=parent, index=index)
    session.apply(COPY_OVER, copied)


def copy_over_above_active(session: Session, source: Document, layer_ids: Iterable[LayerId]) -> None:
    """Put copies of layers of another picture above the active layer."""
    document = session.document
    active = document.active_layer
    parent = None if active is None else parent_of(document, active.id)
    index = len(document.layers) if active is None else index_of(document, active.id) + 1
    copy_over(session, source, layer_ids, parent, index)


def shift_layer(session: Session, layer_id: LayerId, steps: int) -> None:
    """Move a layer up or down by ``steps`` among its siblings."""
    session.apply(MOVE, layer_edits.shifted_layer(session.document, layer_id, steps))


def rename_layer(session: Session, layer_id: LayerId, name: str) -> None:
    """Give a layer another name; an empty one changes nothing."""
    clean = " ".join(name.split())
    if clean and clean != session.document.find(layer_id).name:
        session.apply(RENAME, replace_layer(session.document, layer_id, name=clean))


def set_visible(session: Session, layer_ids: Iterable[LayerId], visible: bool) -> None:
    session.apply(SHOW if visible else HIDE, _changed(session.document, layer_ids, visible=visible))


def show_alone(session: Session, layer_id: LayerId) -> None:
    """Hide all siblings of a layer and show it; where they are hidden already, show them all again."""
    siblings = siblings_of(session.document, layer_id)
    alone = all(layer.visible == (layer.id == layer_id) for layer in siblings)
    document = session.document
    for layer in siblings:
        document = _changed(document, (layer.id,), visible=alone or layer.id == layer_id)
    session.apply(SHOW_ALONE, document)


def set_locked(session: Session, layer_ids: Iterable[LayerId], locked: bool) -> None:
    session.apply(LOCK if locked else UNLOCK, _changed(session.document, layer_ids, locked=locked))


def set_alpha_locked(session: Session, layer_ids: Iterable[LayerId], locked: bool) -> None:
    """Let work on the pixels of layers keep their transparency, or not; layers without pixels are passed over."""
    document = session.document
    with_pixels = [layer_id for layer_id in layer_ids if document.find(layer_id).raster is not None]
    session.apply(LOCK_ALPHA if locked else UNLOCK_ALPHA, _changed(document, with_pixels, alpha_locked=locked))


def set_label(session: Session, layer_ids: Iterable[LayerId], label: Label) -> None:
    """Mark layers by a colour in the list, or by none."""
    session.apply(LABEL, _changed(session.document, layer_ids, label=label))


def set_clipped(session: Session, layer_ids: Iterable[LayerId], clipped: bool) -> None:
    """Show layers only where the one below them does, or everywhere again."""
    session.apply(CLIP if clipped else UNCLIP, layer_edits.with_clipped(session.document, layer_ids, clipped))


def set_opacity(session: Session, layer_ids: Iterable[LayerId], opacity: float, merge_key: str | None) -> None:
    """Set opacity 0..1; steps with the same ``merge_key`` (one drag of a slider) become one."""
    session.apply(OPACITY, _changed(session.document, layer_ids, opacity=opacity), merge_key=merge_key)


def set_blend_mode(session: Session, layer_ids: Iterable[LayerId], mode: BlendMode) -> None:
    session.apply(BLEND_MODE, _changed(session.document, layer_ids, blend_mode=mode))


def add_mask(session: Session, layer_id: LayerId) -> None:
    """Give a layer a mask that shows what is selected, or everything; one that has a mask keeps it."""
    if session.document.find(layer_id).mask is None:
        mask = session.document.edit_limit or Raster(channels=1, default=255)
        session.apply(ADD_MASK, replace_layer(session.document, layer_id, mask=mask, mask_enabled=True))


def add_mask_from_generation_mask(session: Session, layer_id: LayerId) -> None:
    """Show a layer only where the generation mask is painted."""
    mask = session.document.generation_mask
    if not mask.tiles:
        raise no_mask()
    session.apply(ADD_MASK, replace_layer(session.document, layer_id, mask=mask, mask_enabled=True))


def apply_mask(session: Session, layer_id: LayerId) -> None:
    """Make what a layer's mask hides transparent for good."""
    session.apply(APPLY_MASK, layer_edits.with_applied_mask(session.document, layer_id))


def delete_mask(session: Session, layer_id: LayerId) -> None:
    """Drop a layer's mask without applying it."""
    if session.document.find(layer_id).mask is not None:
        session.apply(DELETE_MASK, replace_layer(session.document, layer_id, mask=None, mask_enabled=True))


def invert_layer_mask(session: Session, layer_id: LayerId) -> None:
    """Show what a layer's mask hid, and hide what it showed."""
    session.apply(INVERT_MASK, layer_edits.with_inverted_mask(session.document, layer_id))


def toggle_mask(session: Session, layer_id: LayerId) -> None:
    """Switch a layer's mask off, so that it is kept and hides nothing, or on again."""
    layer = session.document.find(layer_id)
    if layer.mask is None:
        raise refusals.no_layer_mask(layer)
    kind = DISABLE_MASK if layer.mask_enabled else ENABLE_MASK
    session.apply(kind, replace_layer(session.document, layer_id, mask_enabled=not layer.mask_enabled))


def _changed(document: Document, layer_ids: Iterable[LayerId], **changes: Any) -> Document:
    for layer_id in layer_ids:
        layer = document.find(layer_id)
        if any(getattr(layer, name) != value for name, value in changes.items()):
            document = replace_layer(document, layer_id, **changes)
    return document


def _gathered(document: Document, chosen: tuple[LayerId, ...]) -> Document:
    """A document in which ``chosen`` (bottom to top) are siblings of the last of them."""
    top = chosen[-1]
    parent = parent_of(document, top)
    strays = [layer_id for layer_id in chosen if parent_of(document, layer_id) != parent]
    return layer_edits.moved_layers(document, strays, parent, top) if strays else document
