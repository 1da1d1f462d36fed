"""Where frames and values lie in the curve editor: one lane a track, all over one scale of frames."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from studio.animation import Expression
from studio.editing.animation import Track, curve, key_value, keys_of
from studio.files.animation.project import AnimationProject
from studio.ui.style.theme import GRID

LANE_HEIGHT: Final = 9 * GRID
TALL_HEIGHT: Final = 36 * GRID
TEXT_HEIGHT: Final = 20 * GRID
LEFT: Final = 14 * GRID
"""Space before the first frame, for the values of a curve."""
RIGHT: Final = 5 * GRID
MOST_ZOOM: Final = 60.0
_INSET: Final = 2 * GRID
_MOST_SAMPLES: Final = 400
_FLAT_STEPS: Final = 50


@dataclass(frozen=True)
class TimeScale:
    """Frames from left to right over ``width`` pixels, ``zoom`` times wider and scrolled by ``offset`` pixels."""

    frames: int
    width: int
    zoom: float = 1.0
    offset: float = 0.0

    @property
    def step(self) -> float:
        """Pixels from one frame to the next."""
        return max(1.0, (self.width - LEFT - RIGHT) * self.zoom) / max(1, self.frames - 1)

    @property
    def overhang(self) -> int:
        """Pixels that do not fit, so that there is something to scroll."""
        return max(0, math.ceil(self.step * (self.frames - 1) + LEFT + RIGHT - self.width))

    def x(self, frame: float) -> float:
        return LEFT + frame * self.step - self.offset

    def frame_at(self, x: float) -> float:
        """The moment at a pixel, which may lie between and beyond the frames."""
        return (x + self.offset - LEFT) / self.step

    def nearest(self, x: float) -> int:
        """The frame nearest to a pixel."""
        return min(max(round(self.frame_at(x)), 0), self.frames - 1)

    def samples(self) -> list[float]:
        """Moments two pixels apart over what is seen."""
        first, last = max(0.0, self.frame_at(0)), min(self.frames - 1.0, self.frame_at(self.width))
        count = max(2, min(_MOST_SAMPLES * 2, round((last - first) * self.step / 2)))
        return [first + (last - first) * place / (count - 1) for place in range(count)]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """The strip of one track; numbers from ``low`` at its foot to ``high`` at its head."""

    track: Track
    top: int
    height: int
    low: float = 0.0
    high: float = 1.0

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - _INSET - share * (self.height - 2 * _INSET)

    def value_at(self, y: float) -> float:
        """The value at a pixel, rounded to what a pixel can tell, within the track's limits."""
        span = self.high - self.low
        value = self.low + (self.bottom - _INSET - y) / (self.height - 2 * _INSET) * span
        quantum = 10.0 ** math.floor(math.log10(span / (self.height - 2 * _INSET)))
        return min(max(round(round(value / quantum) * quantum, 9), self.track.minimum), self.track.maximum)


def lanes_of(project: AnimationProject, tracks: Iterable[Track], tall: str) -> tuple[Lane, ...]:
    """A lane for each track, below each other; that of the track ``tall`` has room to work in."""
    lanes = []
    top = 0
    for track in tracks:
        height = LANE_HEIGHT if track.id != tall else TALL_HEIGHT if track.kind == "number" else TEXT_HEIGHT
        low, high = _range(project, track) if track.kind == "number" else (0.0, 1.0)
        lanes.append(Lane(track=track, top=top, height=height, low=low, high=high))
        top += height
    return tuple(lanes)


def _range(project: AnimationProject, track: Track) -> tuple[float, float]:
    """From the least to the greatest value with some room, within the limits where they are near."""
    last = project.frames - 1
    count = min(_MOST_SAMPLES, project.frames)
    moments = [last * place / max(1, count - 1) for place in range(count)]
    values = [value for value in curve(project, track, moments) if value is not None]
    values += [
        value
        for value in map(key_value, keys_of(project, track))
        if isinstance(value, float) and not isinstance(value, Expression) and math.isfinite(value)
    ]
    low, high = (min(values), max(values)) if values else (track.default, track.default)
    room = (high - low) * 0.15 or max(track.step * _FLAT_STEPS, abs(high) * 0.5) / 2
    lowest, highest = min(track.minimum, low), max(track.maximum, high)  # a curve that leaves its limits is seen too
    low, high = low - room, high + room
    if low < lowest:
        low, high = lowest, max(high, lowest + 2 * room)
    if high > highest:
        low, high = max(lowest, min(low, highest - 2 * room)), highest
    return low, high
