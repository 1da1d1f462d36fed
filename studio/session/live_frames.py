"""A live frame on its way, and whether another one would be any different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final, Protocol

from studio.document import Document
from studio.generation import Progress
from studio.jobs.live import LiveFrame, LiveRequest
from studio.session.live_pace import Pace
from studio.session.open_document import DocumentId

_MOSTLY: Final = 0.5
"""A frame that has less of its way behind it is given up for a newer one."""
_TOLD_APART: Final = ("layers", "selection", "generation_mask", "active_id", "timeline")
"""Fields of a document that are told apart by their tiles, or that show nothing."""


class Cancellable(Protocol):
    """Something on its way that can be given up; it still ends."""

    def cancel(self) -> None: ...


class LiveWorker(Protocol):
    """Draws one frame at a time; calls back on the thread of the session, at the end exactly one of the first two."""

    def draw(
        self,
        request: LiveRequest,
        done: Callable[[LiveFrame], object],
        failed: Callable[[Exception], object],
        progressed: Callable[[Progress], object],
    ) -> Cancellable:
        """Begin a frame; one that is given up fails with `Cancelled`, unless it was too late."""
        ...

    def rest(self) -> None:
        """Nothing is drawn for now: release what is kept from frame to frame."""
        ...


@dataclass(frozen=True)
class Changes:
    """What was not drawn yet: from ``first`` to ``last`` on the clock. ``is_demanded``: it is to be drawn at once."""

    first: float
    last: float
    is_demanded: bool = False

    def with_one(self, now: float, *, is_demanded: bool = False) -> Changes:
        return Changes(self.first, now, self.is_demanded or is_demanded)


@dataclass(kw_only=True)
class FrameRun:
    """A frame on its way. ``may_be_given_up``: for a newer one, before it has come far."""

    request: LiveRequest
    document_id: DocumentId
    began: float
    is_demanded: bool
    may_be_given_up: bool
    progress: Progress | None = None
    handle: Cancellable | None = None
    is_cancelling: bool = False

    def cancel(self) -> None:
        if self.handle is not None and not self.is_cancelling:
            self.is_cancelling = True
            self.handle.cancel()

    def progressed(self, progress: Progress, now: float) -> None:
        if self.progress is None or self.progress.stage == "loading":
            self.began = now  # to load a model is not counted
        self.progress = progress

    def is_far(self, pace: Pace, now: float) -> bool:
        """Whether it has more of its way behind it than before it."""
        done = 0.0 if self.progress is None else self.progress.fraction
        if pace.seconds:
            done = max(done, (now - self.began) / pace.seconds)
        return done >= _MOSTLY

    def foretold(self, pace: Pace, now: float) -> Pace:
        """What it would have taken, as far as it has told."""
        left = None if self.progress is None else self.progress.seconds_left
        return pace if left is None else Pace(now - self.began + left)


def is_drawn_alike(one: LiveRequest, other: LiveRequest) -> bool:
    """Whether two requests show and ask the same: told by their tiles, no pixel is compared."""
    return one.settings == other.settings and looks_alike(one.document, other.document)


def fails_alike(one: LiveRequest, other: LiveRequest) -> bool:
    """Whether what refused one would refuse the other: something else was painted, at most."""
    same_mask = bool(one.document.generation_mask.tiles) == bool(other.document.generation_mask.tiles)
    return one.settings == other.settings and same_mask and _told(one.document) == _told(other.document)


def looks_alike(one: Document, other: Document) -> bool:
    """Whether live frames of two documents would be the same."""
    mask, other_mask = one.generation_mask, other.generation_mask
    if mask is not other_mask and mask.changed_tiles(other_mask):
        return False
    if _told(one) != _told(other):
        return False
    from studio.raster.difference import changed_keys  # not needed for the first window

    return not changed_keys(one, other)


def _told(document: Document) -> tuple[object, ...]:
    """All that a document says beside what is to be seen and its mask: its size, its guides and the like, with the very
    layers that those look at, which may be hidden."""
    layers = {layer.id: layer for layer in document.walk()}
    told = [getattr(document, each.name) for each in fields(document) if each.name not in _TOLD_APART]
    looking = [item for several in told if isinstance(several, tuple) for item in several if hasattr(item, "layer_id")]
    return (*told, *(layers.get(item.layer_id) for item in looking))
