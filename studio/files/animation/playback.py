"""What a writer plays: the chosen frames in their order, scaled, on their background, with exact times."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from studio.document import Pixels
from studio.errors import CorruptFileError, SettingError, UnsupportedFileError
from studio.files.animation.formats import ExportOptions, Rgb
from studio.files.animation.frames import FrameSource, on_colour
from studio.files.pictures.formats import on_white
from studio.files.pictures.images import Frame
from studio.generation import CancelToken, Progress
from studio.generation.pictures import scaled

Report = Callable[[Progress], None]

_WHITE: Final = (255, 255, 255)
_LONGEST: Final = 3_600_000
"""Milliseconds of one frame; a damaged file may ask for years."""


def silent(progress: Progress) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, eq=False)
class TimedFrame:
    """Straight RGBA ``(h, w, 4)`` uint8, shown from ``begin`` to ``end`` seconds after the start."""

    pixels: Pixels
    begin: Fraction
    end: Fraction

    def rounded_duration(self, ticks: int) -> int:
        """The duration in ``1 / ticks`` seconds, at least 1; rounding does not add up over the frames."""
        return max(1, round(self.end * ticks) - round(self.begin * ticks))


class Playback:
    """The frames ``order`` (numbers from 0) of a source, as the options want them.

    `frames` may be called again; each call reads afresh, reports progress and raises `Cancelled` after a cancel.
    """

    def __init__(
        self, source: FrameSource, order: Sequence[range], options: ExportOptions, cancel: CancelToken, report: Report
    ) -> None:
        self._source = source
        self._order = order
        self._cancel = cancel
        self._report = report
        self._background = options.background
        self._rate = options.fps or source.rate
        self._resamples = options.fps is not None and source.timed and options.fps != source.rate
        self._resized = options.size is not None
        self._was_transparent = False
        self.size = options.size or source.size
        self._played = sum(len(part) for part in order)
        self._flat_by_format = False

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def rate(self) -> Fraction | None:
        """Frames a second, or ``None`` if every frame has its own duration.

        Another rate than the source's leaves frames out or repeats them, and the whole lasts as long; a source without
        times of its own is played at that rate.
        """
        return self._rate

    @property
    def has_alpha(self) -> bool:
        """Whether a frame may be transparent."""
        return self._background is None and self._source.has_alpha

    def flatten(self) -> None:
        """Put the frames on white unless there is a background: the format has no transparency."""
        self._flat_by_format = self._background is None
        self._background = self._background or _WHITE

    def notes(self, format_name: str) -> tuple[str, ...]:
        """What the person should know about what was written."""
        if self._flat_by_format and self._was_transparent:
            return (on_white(format_name.upper()),)
        return ()

    @property
    def count(self) -> int:
        """How many frames there will be; about how many where another rate than that of uneven frames is wanted."""
        if not self._resamples or self._source.rate is None or self._rate is None:
            return self._played
        return _frames_until(self._played / self._source.rate, self._rate)

    def counted(self) -> int:
        """How many frames there will be exactly, for which some sources must be read."""
        if self._resamples and self._source.rate is None:
            return sum(1 for _ in self._shown())
        return self.count

    def frames(self) -> Iterator[TimedFrame]:
        """All frames in order. Raises `CorruptFileError` when there is none."""
        started, number = time.monotonic(), 0
        before: tuple[Pixels, Pixels] | None = None
        for shown in self._shown():
            self._cancel.raise_if_cancelled()
            if before is None or before[0] is not shown.pixels:
                before = shown.pixels, self._prepared(shown.pixels)
            yield TimedFrame(before[1], shown.begin, shown.end)
            number += 1
            left = (time.monotonic() - started) / number * max(0, self.count - number)
            self._report(
                Progress(stage="exporting", step=number, total_steps=max(number, self.count), seconds_left=left)
            )
        if number == 0:
            raise CorruptFileError("{name} has no frames.", "Choose another one.", name=self.name)

    def sample(self, most: int) -> Iterator[Pixels]:
        """Up to ``most`` frames, evenly spread over the whole, for a look ahead; the source allows any order."""
        indices = list(itertools.chain.from_iterable(self._order))
        for place in sorted({round(at) for at in np.linspace(0, len(indices) - 1, min(most, len(indices)))}):
            self._cancel.raise_if_cancelled()
            yield self._prepared(self._source.frame(indices[place]).pixels)

    def _shown(self) -> Iterator[TimedFrame]:
        """The frames as the source has them, with the times that they are shown."""
        timed = self._timed()
        return _resampled(timed, self._rate) if self._resamples and self._rate is not None else timed

    def _timed(self) -> Iterator[TimedFrame]:
        begin = Fraction(0)
        rate = self._source.rate if self._resamples else self._rate
        for frame in self._raw():
            end = begin + (1 / rate if rate else Fraction(min(frame.duration, _LONGEST), 1000))
            yield TimedFrame(frame.pixels, begin, end)
            begin = end

    def _raw(self) -> Iterator[Frame]:
        if self._source.random_access:
            for index in itertools.chain.from_iterable(self._order):
                yield self._source.frame(index)
            return
        (forward,) = self._order
        yield from itertools.islice(self._source.frames(forward.start), len(forward))

    def _prepared(self, pixels: Pixels) -> Pixels:
        height, width = pixels.shape[:2]
        if (width, height) != self.size and not self._resized:
            raise UnsupportedFileError(
                "{name} has frames of {other_width}x{other_height} and of {width}x{height} pixels.",
                "Give a size that all are brought to.",
                name=self.name,
                other_width=self.size[0],
                other_height=self.size[1],
                width=width,
                height=height,
            )
        transparent = self._source.has_alpha and not is_opaque(pixels)
        self._was_transparent |= transparent
        if self._background is not None and transparent:
            pixels = _over(pixels, self._background)
        return pixels if (width, height) == self.size else resized(pixels, self.size)


def playback_order(source: FrameSource, options: ExportOptions) -> tuple[range, ...]:
    """The frame numbers from 0, forward and for ping-pong back without the two ends.

    Raises `SettingError` for a range without frames.
    """
    last = source.count if options.last is None else options.last
    if not 1 <= options.first <= last <= source.count:
        raise SettingError(
            "{source} has {count} frames; there are none from {first} to {last}.",
            "Give a range in 1-{count}.",
            source=source.name,
            count=source.count,
            first=options.first,
            last=last,
        )
    forward = range(options.first - 1, last)
    return (forward, range(last - 2, options.first - 1, -1)) if options.ping_pong else (forward,)


def _resampled(frames: Iterator[TimedFrame], rate: Fraction) -> Iterator[TimedFrame]:
    """``rate`` frames a second: each time what is shown in the middle of it, so that the whole lasts as long."""
    number, last = 0, None
    for frame in frames:
        last = frame
        while number + Fraction(1, 2) <= frame.end * rate:
            yield TimedFrame(frame.pixels, number / rate, (number + 1) / rate)
            number += 1
    if number == 0 and last is not None:
        yield TimedFrame(last.pixels, Fraction(0), 1 / rate)


def _frames_until(end: Fraction, rate: Fraction) -> int:
    """How many frames `_resampled` makes of ``end`` seconds."""
    return max(1, math.floor(end * rate + Fraction(1, 2)))


def changed_box(before: Pixels, after: Pixels) -> tuple[int, int, int, int]:
    """(x, y, width, height) of what differs between two frames ``(h, w, c)``; one pixel if nothing does."""
    return box_of((before != after).any(axis=2))


def box_of(changed: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> tuple[int, int, int, int]:
    """(x, y, width, height) of the true pixels of ``(h, w)``; one pixel at the top left if there is none."""
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    if not len(rows):
        return 0, 0, 1, 1
    x, y = int(columns[0]), int(rows[0])
    return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1


def is_opaque(pixels: Pixels) -> bool:
    """Whether every alpha of RGBA ``(h, w, 4)`` uint8 is 255, in one pass over whole pixels: a fifth of the time that a
    look at each alpha takes."""
    together = np.bitwise_and.reduce(np.ascontiguousarray(pixels).view(np.uint32), axis=None)
    return bool(together.reshape(1).view(np.uint8)[3] == 255)


def _over(pixels: Pixels, colour: Rgb) -> Pixels:
    """Straight RGBA over an opaque colour."""
    opaque: Pixels = np.full(pixels.shape, 255, np.uint8)
    opaque[..., :3] = on_colour(pixels, colour)
    return opaque


def resized(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Straight RGBA ``(h, w, 4)`` brought to ``size`` (width, height).

    The colours are premultiplied meanwhile, so that what is transparent does not bleed.
    """
    if is_opaque(pixels):
        return np.ascontiguousarray(scaled(pixels, *size))
    from studio.raster.convert import premultiply, unpremultiply

    small = scaled(premultiply(pixels), *size)
    return np.asarray(unpremultiply(np.minimum(small, small[..., 3:])), np.uint8)
