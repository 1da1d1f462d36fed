"""The frames of an animated layer of Krita's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from studio.document import MAX_HOLD
from studio.files.krita.xml import whole


@dataclass(frozen=True)
class StoredFrame:
    """Pixels under a name, moved by (x, y), that are shown from the tick ``time`` on."""

    name: str
    time: int
    x: int
    y: int


def stored_frames(root: Element) -> tuple[StoredFrame, ...]:
    """The frames of a layer's pixels, by time."""
    found: dict[int, StoredFrame] = {}
    for channel in root.iter():
        if channel.tag == "channel" and channel.get("name") == "content":
            found.update((frame.time, frame) for frame in map(_frame, channel) if frame is not None)
    return tuple(found[time] for time in sorted(found))


def holds(frames: tuple[StoredFrame, ...], end: int) -> tuple[int, ...]:
    """For how many ticks each is shown, up to and with the tick ``end``."""
    times = [*(frame.time for frame in frames), max(end, frames[-1].time) + 1]
    return tuple(min(MAX_HOLD, max(1, after - before)) for before, after in pairwise(times))


def shown_at(frames: tuple[StoredFrame, ...], time: int) -> int:
    """Which frame is shown at a tick."""
    return max(0, sum(frame.time <= time for frame in frames) - 1)


def _frame(element: Element) -> StoredFrame | None:
    name = element.get("frame")
    if element.tag != "keyframe" or not name:
        return None
    offset = next((child for child in element if child.tag == "offset"), element)
    return StoredFrame(name, whole(element, "time", 0), whole(offset, "x", 0), whole(offset, "y", 0))
