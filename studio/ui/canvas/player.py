"""Plays the frames of the timeline without touching the document."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from studio.document import Document, LoopMode, current_frame, frame_at, frames, go_to_frame, hold_of, ticks_of
from studio.session import Session, same_picture
from studio.ui.background.background import Background
from studio.ui.canvas.view.mosaic import level_for
from studio.ui.widgets.following import follow

MAX_BYTES: Final = 512 * 1024**2
"""Bytes of composed frames that are kept; larger animations are played at a lower resolution."""


@dataclass(eq=False)
class _Reel:
    """What is being played: a snapshot of the document, and its frames as far as they are composed.

    ``level`` is the power of two by which they are reduced.
    """

    document: Document
    ticks: tuple[int, ...]
    level: int
    images: dict[int, QImage] = field(default_factory=dict)
    failed: set[int] = field(default_factory=set)

    @property
    def fps(self) -> float:
        return 12.0 if self.document.timeline is None else self.document.timeline.fps

    @property
    def loop(self) -> LoopMode:
        return LoopMode.LOOP if self.document.timeline is None else self.document.timeline.loop

    def frame_at(self, tick: int) -> int | None:
        return frame_at(self.ticks, self.loop, tick)

    def first_missing(self, start: int) -> int | None:
        """The next frame from ``start`` on, round and round, that is not composed."""
        count = len(frames(self.document))
        order = (*range(start, count), *range(start))
        return next((index for index in order if index not in self.images and index not in self.failed), None)


class Player(QObject):
    """Plays at the timeline's rate by the clock: a frame that is not ready in time is left out, never waited for.

    Frames are composed one after the other on a thread, for the zoom that they are seen at. Any change of the document
    stops the player.

    Signals: ``picture_changed(QImage | None)`` with the whole canvas as it is to be shown, ``None`` for the document
    itself; ``frame_changed(int)`` with the index of the frame being played, -1 for none; ``playing_changed(bool)``.
    """

    picture_changed = Signal(object)
    frame_changed = Signal(int)
    playing_changed = Signal(bool)

    def __init__(
        self, session: Session, parent: QObject | None = None, *, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._zoom = 1.0
        self._reel: _Reel | None = None
        self._started = 0.0
        self._shown = -1
        self._tick = -1
        self._seconds = 0.0  # that composing a frame took last
        self._is_playing = False
        self._is_composing = False
        self._background = Background("player", self)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)
        follow(self, session.document_changed, self._document_changed)

    @property
    def is_playing(self) -> bool:
        return self._is_playing

    @property
    def is_ready(self) -> bool:
        """Whether all frames are composed."""
        return self._reel is not None and self._reel.first_missing(0) is None

    def set_zoom(self, zoom: float) -> None:
        """Device pixels per document pixel of the view that shows the pictures."""
        self._zoom = zoom
        if self._is_playing and self._reel is not None and self._level() < self._reel.level:
            self._reel = self._new_reel()
            self._compose_next()

    def toggle(self) -> None:
        """Play, or stop."""
        if self._is_playing:
            self.stop()
        else:
            self.play()

    def play(self) -> None:
        """Begin with the current frame (once through: with the first, if the current one is the last)."""
        document = self._session.document
        shown = current_frame(document)
        if self._is_playing or shown is None:
            return
        if self._reel is None or not self._serves(self._reel, document):
            self._reel = self._new_reel()
        else:
            self._reel = _Reel(document, _ticks(document), self._reel.level, self._reel.images)
        reel = self._reel
        start = reel.ticks.index(shown)
        if reel.loop is LoopMode.ONCE and shown == reel.ticks[-1]:
            start = 0
        self._started = self._clock() - start / reel.fps
        self._tick = start - 1
        self._is_playing = True
        self.playing_changed.emit(True)
        self._compose_next()
        self.advance()

    def stop(self) -> None:
        """Show the document again."""
        if not self._is_playing:
            return
        self._timer.stop()
        self._is_playing = False
        self._shown = -1
        self.picture_changed.emit(None)
        self.frame_changed.emit(-1)
        self.playing_changed.emit(False)

    def advance(self) -> None:
        """Show the frame that is due by the clock, if it is composed, and wake up for the next tick."""
        reel = self._reel
        if not self._is_playing or reel is None:
            return
        elapsed = self._elapsed(reel)
        tick = max(0, math.floor(elapsed + 1e-6))
        if reel.frame_at(tick) is None:
            self.stop()
            return
        index = self._latest_ready(reel, tick)
        if index is not None:
            self._tick = tick
            self._show(index, reel.images[index])
        self._timer.start(max(1, math.ceil((tick + 1 - elapsed) / reel.fps * 1000)))

    def _show(self, index: int, image: QImage) -> None:
        if index != self._shown:
            self._shown = index
            self.picture_changed.emit(image)
            self.frame_changed.emit(index)

    def _elapsed(self, reel: _Reel) -> float:
        """Ticks since playing began."""
        return (self._clock() - self._started) * reel.fps

    def _latest_ready(self, reel: _Reel, tick: int) -> int | None:
        """The frame that is due, or the last one since the picture last changed that is composed."""
        for earlier in range(tick, max(self._tick, tick - len(reel.ticks)), -1):
            index = reel.frame_at(earlier)
            if index is not None and index in reel.images:
                return index
        return None

    # --- composing --------------------------------------------------------------------------------

    def _compose_next(self) -> None:
        reel = self._reel
        if self._is_composing or not self._is_playing or reel is None:
            return
        soon = reel.frame_at(math.ceil(self._elapsed(reel) + self._seconds * reel.fps))
        index = reel.first_missing(soon or 0)
        if index is None:
            return
        self._is_composing = True
        document, level, started = reel.document, reel.level, self._clock()
        self._background.run(
            lambda: composed_frame(document, index, level),
            lambda image: self._composed(reel, index, image, started),
            lambda _error: self._composed(reel, index, None, started),
        )

    def _composed(self, reel: _Reel, index: int, image: QImage | None, started: float) -> None:
        self._is_composing = False
        self._seconds = self._clock() - started
        if image is None:
            reel.failed.add(index)
        else:
            reel.images[index] = image
        self._compose_next()

    def _new_reel(self) -> _Reel:
        document = self._session.document
        return _Reel(document, _ticks(document), self._level())

    def _serves(self, reel: _Reel, document: Document) -> bool:
        """Whether frames composed before can be shown again."""
        return same_picture(reel.document, document) and reel.level <= self._level()

    def _level(self) -> int:
        """The reduction that the view needs, and at which all frames fit into `MAX_BYTES`."""
        document = self._session.document
        whole = document.width * document.height * 4 * max(1, len(frames(document)))
        fitting = math.ceil(math.log2(max(1.0, whole / MAX_BYTES)) / 2)
        return max(level_for(self._zoom), fitting)

    def _document_changed(self, _old: Document, new: Document) -> None:
        self.stop()
        if self._reel is not None and not same_picture(self._reel.document, new):
            self._reel = None


def composed_frame(document: Document, index: int, level: int) -> QImage:
    """The whole canvas with one frame shown, reduced by 2**level."""
    import cv2

    from studio.raster.compose import compose

    pixels = compose(go_to_frame(document, index))
    if level > 0:
        size = (max(1, document.width >> level), max(1, document.height >> level))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    height, width = pixels.shape[:2]
    wrapped = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGBA8888_Premultiplied)
    return wrapped.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _ticks(document: Document) -> tuple[int, ...]:
    return ticks_of(_holds(document))


def _holds(document: Document) -> Iterator[int]:
    return (hold_of(document, frame.id) for frame in frames(document))
