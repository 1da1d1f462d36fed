"""Edits of the frames of a document's timeline. Each takes a document and returns a new one that shares all it can.

Frames are the children of the timeline's group, the first one at the bottom. Exactly one of them is visible: the
current one. ``KeyError`` is raised for an id that is no frame, and where a document has no timeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from studio.document.document import Document
from studio.document.edit import add_layer, group_layers, parent_of, replace_layer
from studio.document.group_layer import GroupLayer
from studio.document.layer import Layer, LayerId
from studio.document.paint_layer import PaintLayer
from studio.document.timeline import LoopMode, Timeline


@dataclass(frozen=True, eq=False)
class CopiedFrames:
    """Frames on the timeline's clipboard, in order, each with its hold in ticks."""

    frames: tuple[tuple[Layer, int], ...]


# --- asking ---------------------------------------------------------------------------------------


def frames(document: Document) -> tuple[Layer, ...]:
    """The frames in order; none where the document has no timeline or its group is gone."""
    group = _group(document)
    return () if group is None else group.children


def current_frame(document: Document) -> int | None:
    """The index of the frame that is shown; ``None`` without frames."""
    every = frames(document)
    if not every:
        return None
    return next((index for index, frame in enumerate(every) if frame.visible), 0)


def frame_holding(document: Document, layer_id: LayerId | None) -> int | None:
    """The index of the frame that is, or holds, a layer; ``None`` for any other layer."""
    if layer_id is None:
        return None
    return next((index for index, frame in enumerate(frames(document)) if _holds(frame, layer_id)), None)


def hold_of(document: Document, frame_id: LayerId) -> int:
    """For how many ticks a frame is shown."""
    return 1 if document.timeline is None else document.timeline.hold(frame_id)


def are_siblings(document: Document, layer_ids: Iterable[LayerId]) -> bool:
    """Whether layers lie in the same group, so that they can become frames together."""
    return len({parent_of(document, layer_id) for layer_id in layer_ids}) <= 1


# --- making and ending ----------------------------------------------------------------------------


def make_timeline(
    document: Document, layer_ids: tuple[LayerId, ...], *, name: str, frame_name: str, fps: float = 12.0
) -> Document:
    """Make frames of layers; what else there is stays as it is, behind or before every frame.

    One group: its children become the frames. Else the layers, which must be siblings, go into a new group called
    ``name``. Without layers an empty frame called ``frame_name`` is put on top.
    """
    if not layer_ids:
        blank = PaintLayer(name=frame_name)
        document = add_layer(document, GroupLayer(name=name, children=(blank,)))
        group_id = document.layers[-1].id
    else:
        group_id = layer_ids[0]
        chosen = document.find(group_id)
        if len(layer_ids) > 1 or not chosen.children:
            shown = document.active_id
            document = group_layers(document, layer_ids, name)
            group_id = document.active_id or group_id
            document = document.with_active(shown)
    document = replace_layer(document, group_id, isolated=False)  # frames look as the layers did
    made = replace(document, timeline=Timeline(group_id=group_id, fps=fps))
    place = frame_holding(made, made.active_id)
    return go_to_frame(made, 0 if place is None else place)


def without_timeline(document: Document) -> Document:
    """The same layers, no longer played as frames."""
    return replace(document, timeline=None)


def with_sound_timeline(document: Document, before: Document | None = None) -> Document:
    """Keep a timeline true after any edit of the layers.

    A timeline whose group is gone or empty ends. Of several visible frames the only one that was not visible
    ``before`` stays, else the one with the active layer, else the first; of none that with the active layer is shown,
    else the one at the place of the frame that was.
    """
    if document.timeline is None:
        return document
    every = frames(document)
    if not every:
        return without_timeline(document)
    visible = [index for index, frame in enumerate(every) if frame.visible]
    if len(visible) == 1:
        return document
    return _with_shown(document, _best_shown(document, visible, before))


# --- the current frame ----------------------------------------------------------------------------


def go_to_frame(document: Document, index: int) -> Document:
    """Show another frame, and make its layer active (of a group: the top paint layer). ``IndexError`` if there is none.

    An active layer that lies in that frame already stays active.
    """
    frame = frames(document)[index]
    shown = _with_shown(document, index)
    if document.active_id is not None and _holds(frame, document.active_id):
        return shown
    return shown.with_active(_paintable(frame).id)


def with_frame_of_active(document: Document) -> Document:
    """Show the frame that the active layer lies in, if it lies in one."""
    place = frame_holding(document, document.active_id)
    return document if place is None else _with_shown(document, place)


# --- editing --------------------------------------------------------------------------------------


def add_frame(document: Document, name: str) -> Document:
    """Put an empty frame after the current one and show it."""
    return _inserted(document, ((PaintLayer(name=name), 1),), _after_current(document))


def add_frames(
    document: Document, new: Sequence[Layer], *, name: str, fps: float, loop: LoopMode = LoopMode.LOOP
) -> Document:
    """Put layers in as frames: after the current one, or, where there is no timeline, as a new one on top.

    ``name`` is that of the new timeline's group; ``fps`` and ``loop`` are its.
    """
    if document.timeline is not None:
        return _inserted(document, tuple((layer, 1) for layer in new), _after_current(document))
    group = GroupLayer(name=name, children=tuple(new), isolated=False)
    timeline = Timeline(group_id=group.id, fps=fps, loop=loop)
    return go_to_frame(replace(add_layer(document, group), timeline=timeline), 0)


def duplicate_frames(document: Document, frame_ids: Iterable[LayerId]) -> Document:
    """Put copies of frames, with their holds, after the last of them, and show the first copy."""
    copied = copied_frames(document, frame_ids)
    last = max(_index(document, frame.id) for frame, _ in copied.frames)
    return paste_frames(document, copied, last + 1)


def delete_frames(document: Document, frame_ids: Iterable[LayerId], blank_name: str) -> Document:
    """Take frames out and show the next one that is left; of all frames a blank one called ``blank_name`` is left."""
    gone = set(frame_ids)
    every = frames(document)
    left = tuple(frame for frame in every if frame.id not in gone)
    if not left:
        left = (PaintLayer(name=blank_name),)
        return go_to_frame(_with_frames(document, left), 0)
    shown = current_frame(document) or 0
    following = [frame.id for frame in (*every[shown:], *reversed(every[:shown])) if frame.id not in gone]
    changed = _with_frames(document, left)
    return go_to_frame(changed, _index(changed, following[0]))


def move_frames(document: Document, frame_ids: Iterable[LayerId], index: int) -> Document:
    """Move frames together before the frame that is at ``index`` now (the number of frames: to the end)."""
    chosen = set(frame_ids)
    every = frames(document)
    moving = tuple(frame for frame in every if frame.id in chosen)
    head = tuple(frame for frame in every[:index] if frame.id not in chosen)
    tail = tuple(frame for frame in every[index:] if frame.id not in chosen)
    return _with_frames(document, (*head, *moving, *tail))


def reverse_frames(document: Document, frame_ids: Iterable[LayerId]) -> Document:
    """Turn the order of frames round, each at a place that one of them had."""
    chosen = set(frame_ids)
    every = frames(document)
    backwards = iter([frame for frame in reversed(every) if frame.id in chosen])
    return _with_frames(document, tuple(next(backwards) if frame.id in chosen else frame for frame in every))


def set_hold(document: Document, frame_ids: Iterable[LayerId], hold: int) -> Document:
    """Show frames for ``hold`` ticks; `SettingError` for a number out of range."""
    timeline = _timeline(document)
    changed = timeline.with_holds(dict.fromkeys(frame_ids, hold))
    return document if changed == timeline else replace(document, timeline=changed)


def set_rate(document: Document, fps: float) -> Document:
    """Play at another number of frames a second; `SettingError` for a number out of range."""
    timeline = replace(_timeline(document), fps=fps)
    return document if timeline == document.timeline else replace(document, timeline=timeline)


def set_loop(document: Document, loop: LoopMode) -> Document:
    """Say what follows the last frame."""
    timeline = replace(_timeline(document), loop=loop)
    return document if timeline == document.timeline else replace(document, timeline=timeline)


def copied_frames(document: Document, frame_ids: Iterable[LayerId]) -> CopiedFrames:
    """Frames for the clipboard, in their order on the timeline."""
    chosen = set(frame_ids)
    kept = tuple((frame, hold_of(document, frame.id)) for frame in frames(document) if frame.id in chosen)
    return CopiedFrames(kept)


def paste_frames(document: Document, copied: CopiedFrames, index: int | None = None) -> Document:
    """Put copies of frames before ``index`` (after the current frame by default) and show the first of them."""
    fresh = tuple((frame.with_fresh_ids(), hold) for frame, hold in copied.frames)
    return _inserted(document, fresh, _after_current(document) if index is None else index)


def add_to_frame(document: Document, layer: Layer, frame_id: LayerId) -> Document:
    """Put a layer on top of one frame and make it active. A frame that is a plain layer becomes a group for it."""
    frame = frames(document)[_index(document, frame_id)]
    if frame.is_group:
        inside = add_layer(document, layer, parent=frame.id)
    else:
        group = GroupLayer(
            name=frame.name, visible=frame.visible, children=(replace(frame, visible=True), layer), isolated=False
        )
        others = tuple(group if other is frame else other for other in frames(document))
        held = _timeline(document).with_holds({group.id: hold_of(document, frame.id)})
        inside = replace(_with_frames(document, others), timeline=held).with_active(layer.id)
    return inside


# --- parts ----------------------------------------------------------------------------------------


def _group(document: Document) -> Layer | None:
    if document.timeline is None:
        return None
    wanted = document.timeline.group_id
    return next((layer for layer in document.walk() if layer.id == wanted and layer.is_group), None)


def _timeline(document: Document) -> Timeline:
    if document.timeline is None:
        raise KeyError("timeline")
    return document.timeline


def _index(document: Document, frame_id: LayerId) -> int:
    for index, frame in enumerate(frames(document)):
        if frame.id == frame_id:
            return index
    raise KeyError(frame_id)


def _after_current(document: Document) -> int:
    shown = current_frame(document)
    return 0 if shown is None else shown + 1


def _holds(frame: Layer, layer_id: LayerId) -> bool:
    return any(layer.id == layer_id for layer in frame.walk())


def _paintable(frame: Layer) -> Layer:
    """The topmost visible layer with pixels of a frame; the frame itself if it has none."""
    for child in reversed(frame.children):
        found = _paintable(child) if child.visible else child
        if child.visible and found.raster is not None:
            return found
    return frame


def _with_frames(document: Document, changed: tuple[Layer, ...]) -> Document:
    every = frames(document)
    if len(changed) == len(every) and all(one is other for one, other in zip(changed, every, strict=True)):
        return document
    return replace_layer(document, _timeline(document).group_id, children=changed)


def _with_shown(document: Document, index: int) -> Document:
    every = frames(document)
    shown = tuple(
        frame if frame.visible == (place == index) else replace(frame, visible=place == index)
        for place, frame in enumerate(every)
    )
    return _with_frames(document, shown)


def _inserted(document: Document, new: Sequence[tuple[Layer, int]], index: int) -> Document:
    """Put frames with their holds in, and show the first of them."""
    every = frames(document)
    hidden = tuple(replace(frame, visible=False) for frame, _ in new)
    changed = _with_frames(document, (*every[:index], *hidden, *every[index:]))
    held = _timeline(document).with_holds({frame.id: hold for frame, hold in new})
    return go_to_frame(replace(changed, timeline=held), index)


def _best_shown(document: Document, visible: Sequence[int], before: Document | None) -> int:
    every = frames(document)
    if before is not None and visible:
        seen = {frame.id for frame in frames(before) if frame.visible}
        fresh = [index for index in visible if every[index].id not in seen]
        if len(fresh) == 1:
            return fresh[0]
    active = frame_holding(document, document.active_id)
    if active is not None and (not visible or active in visible):
        return active
    if visible:
        return visible[0]
    place = None if before is None else current_frame(before)
    return min(place or 0, len(every) - 1)
