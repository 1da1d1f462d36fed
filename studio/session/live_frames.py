"""A live frame on its way, and whether another one would be any different."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from studio.document import Document, Guide, Layer
from studio.generation import Progress
from studio.jobs.live import LiveFrame, LiveRequest
from studio.session.live_pace import Pace
from studio.session.open_document import DocumentId

_MOSTLY: Final = 0.5
"""A frame that has less of its way behind it is given up for a newer one."""


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
    same_mask = bool(one.document.selection.tiles) == bool(other.document.selection.tiles)
    same_place = one.document.canvas == other.document.canvas and same_mask
    return one.settings == other.settings and same_place and _guided(one.document) == _guided(other.document)


def looks_alike(one: Document, other: Document) -> bool:
    """Whether live frames of two documents would be the same."""
    if (one.canvas, one.gamma) != (other.canvas, other.gamma):
        return False
    mask, other_mask = one.selection, other.selection
    if mask is not other_mask and mask.changed_tiles(other_mask):
        return False
    if one.layers is other.layers:
        return one.guides == other.guides
    from studio.raster.difference import changed_keys  # not needed for the first window

    return _guided(one) == _guided(other) and not changed_keys(one, other)


def _guided(document: Document) -> tuple[tuple[Guide, Layer | None], ...]:
    """The guides that act, with the very layers that they look at, shown or not."""
    layers = {layer.id: layer for layer in document.walk()} if document.guides else {}
    acting = (guide for guide in document.guides if guide.acts)
    return tuple((guide, None if guide.layer_id is None else layers.get(guide.layer_id)) for guide in acting)
