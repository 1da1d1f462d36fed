"""Which actions are of use right now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studio.document import frames, index_of, parent_of
from studio.session import JobStatus, Session

_ON_FRAMES: Final = ("remove", "export", "add", "duplicate", "cut", "copy", "delete", "onion_skin")
_ON_LAYER_MASK: Final = ("layer.mask_enabled", "layer.mask_alone", "layer.invert_mask", "layer.remove_mask")
_ON_SEVERAL_FRAMES: Final = ("reverse", "play", "first", "previous", "next", "last")


def enabled_states(session: Session) -> Mapping[str, bool]:
    """Whether each action that depends on the session can do something, by action id."""
    document = session.document
    layer = document.active_layer
    has_layer = layer is not None
    has_mask = bool(document.selection.tiles)
    count = len(frames(document))
    can_paint = document.active_paint_layer is not None
    return {
        "edit.undo": session.history.can_undo,
        "edit.redo": session.history.can_redo,
        "edit.cut": can_paint,
        "edit.copy": can_paint,
        "edit.clear": can_paint,
        "layer.group_layer": has_layer,
        "layer.ungroup": layer is not None and layer.is_group,
        "layer.duplicate": has_layer,
        "layer.remove": has_layer,
        "layer.raise": has_layer,
        "layer.lower": has_layer,
        "layer.merge_down": has_layer and _has_layer_below(session),
        "layer.visible": has_layer,
        "layer.locked": has_layer,
        "layer.add_mask": has_layer and has_mask,
        **dict.fromkeys(_ON_LAYER_MASK, layer is not None and layer.mask is not None),
        "layer.flatten": bool(document.layers),
        "mask.clear": has_mask,
        "mask.invert": True,
        "mask.grow": has_mask,
        "mask.shrink": has_mask,
        "mask.feather": has_mask,
        "mask.from_layer": can_paint,
        "image.crop_to_mask": has_mask,
        "timeline.make": count == 0,
        **{f"timeline.{name}": count > 0 for name in _ON_FRAMES},
        **{f"timeline.{name}": count > 1 for name in _ON_SEVERAL_FRAMES},
        "generate.cancel": session.queue.running_job is not None,
        "generate.cancel_all": any(job.status in (JobStatus.RUNNING, JobStatus.QUEUED) for job in session.queue.jobs),
    }


def checked_states(session: Session) -> Mapping[str, bool]:
    """Whether each checkable action that shows the session is checked, by action id."""
    layer = session.document.active_layer
    return {
        "layer.visible": layer is not None and layer.visible,
        "layer.locked": layer is not None and layer.locked,
        "layer.mask_enabled": layer is not None and layer.shown_mask is not None,
    }


def _has_layer_below(session: Session) -> bool:
    document = session.document
    layer = document.active_layer
    if layer is None:
        return False
    return index_of(document, layer.id) > 0 or parent_of(document, layer.id) is not None
