"""What the Timeline panel and the Animation menu do: one small function an action, each making one step of history.

All take the session and, where it matters, the ids of the chosen frames. `SettingError` says why not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from studio.document import (
    CopiedFrames,
    LayerId,
    LoopMode,
    add_frame,
    are_siblings,
    copied_frames,
    current_frame,
    delete_frames,
    duplicate_frames,
    frames,
    make_timeline,
    move_frames,
    paste_frames,
    reverse_frames,
    set_hold,
    set_loop,
    set_rate,
    without_timeline,
)
from studio.editing import refusals
from studio.editing.layer_edits import numbered_name, refuse_locked, topmost_only
from studio.editing.naming import ENGLISH, Naming
from studio.history import StepKind
from studio.session import Session

MAKE: Final = StepKind("timeline.make", "Make timeline", "timeline")
REMOVE: Final = StepKind("timeline.remove", "Remove timeline", "timeline")
NEW_FRAME: Final = StepKind("frame.new", "New frame", "frame-add")
DUPLICATE: Final = StepKind("frame.duplicate", "Duplicate frames", "frame-duplicate")
DELETE: Final = StepKind("frame.delete", "Delete frames", "trash")
CUT: Final = StepKind("frame.cut", "Cut frames", "cut")
PASTE: Final = StepKind("frame.paste", "Paste frames", "paste")
MOVE: Final = StepKind("frame.move", "Move frames", "layers")
REVERSE: Final = StepKind("frame.reverse", "Reverse frames", "frame-reverse")
HOLD: Final = StepKind("frame.hold", "Hold frames", "frame-hold")
RATE: Final = StepKind("timeline.rate", "Frame rate", "sliders")
LOOP: Final = StepKind("timeline.loop", "Loop mode", "loop")


def make(session: Session, layer_ids: Iterable[LayerId], names: Naming = ENGLISH) -> None:
    """Make frames of layers (of a group: of what it holds); without layers an empty frame."""
    document = session.document
    chosen = topmost_only(document, layer_ids)
    if not are_siblings(document, chosen):
        raise refusals.different_groups()
    made = make_timeline(document, chosen, name=names.frames, frame_name=_frame_name(session, names))
    session.apply(MAKE, made)


def remove(session: Session) -> None:
    """Play the layers no longer as frames."""
    session.apply(REMOVE, without_timeline(session.document))


def add(session: Session, names: Naming = ENGLISH) -> None:
    session.apply(NEW_FRAME, add_frame(session.document, _frame_name(session, names)))


def duplicate(session: Session, frame_ids: Iterable[LayerId]) -> None:
    session.apply(DUPLICATE, duplicate_frames(session.document, frame_ids))


def delete(session: Session, frame_ids: Iterable[LayerId], names: Naming = ENGLISH, kind: StepKind = DELETE) -> None:
    """Delete frames; `SettingError` names the first that is locked."""
    chosen = tuple(frame_ids)
    for frame_id in chosen:
        refuse_locked(session.document.find(frame_id))
    session.apply(kind, delete_frames(session.document, chosen, _frame_name(session, names)))


def copy(session: Session, frame_ids: Iterable[LayerId]) -> CopiedFrames:
    return copied_frames(session.document, frame_ids)


def cut(session: Session, frame_ids: Iterable[LayerId], names: Naming = ENGLISH) -> CopiedFrames:
    """Take frames out and give them back for pasting."""
    chosen = tuple(frame_ids)
    copied = copied_frames(session.document, chosen)
    delete(session, chosen, names, CUT)
    return copied


def paste(session: Session, copied: CopiedFrames) -> None:
    """Put copied frames after the current one."""
    session.apply(PASTE, paste_frames(session.document, copied))


def move(session: Session, frame_ids: Iterable[LayerId], index: int) -> None:
    """Move frames before the frame at ``index``; the number of frames means to the end."""
    session.apply(MOVE, move_frames(session.document, frame_ids, index))


def reverse(session: Session, frame_ids: Iterable[LayerId]) -> None:
    """Turn the order of frames round; of all frames if there is only one."""
    chosen = tuple(frame_ids)
    if len(chosen) < 2:
        chosen = tuple(frame.id for frame in frames(session.document))
    session.apply(REVERSE, reverse_frames(session.document, chosen))


def hold(session: Session, frame_ids: Iterable[LayerId], ticks: int, merge_key: str | None = None) -> None:
    session.apply(HOLD, set_hold(session.document, frame_ids, ticks), merge_key=merge_key)


def rate(session: Session, fps: float, merge_key: str | None = None) -> None:
    session.apply(RATE, set_rate(session.document, fps), merge_key=merge_key)


def loop(session: Session, mode: LoopMode) -> None:
    session.apply(LOOP, set_loop(session.document, mode))


def step(session: Session, by: int) -> None:
    """Show the frame ``by`` places on, round and round."""
    count = len(frames(session.document))
    shown = current_frame(session.document)
    if shown is not None:
        session.show_frame((shown + by) % count)


def show_end(session: Session, *, last: bool) -> None:
    """Show the last or the first frame."""
    count = len(frames(session.document))
    if count:
        session.show_frame(count - 1 if last else 0)


def _frame_name(session: Session, names: Naming) -> str:
    return numbered_name(session.document, names.frame)
