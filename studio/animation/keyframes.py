"""Values that change over the frames: numbers, and blends of two things such as prompts and seeds."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from studio.animation.expressions import Expression, Moment
from studio.errors import SettingError

Interpolation = Literal["step", "linear", "cubic", "ease"]
"""How a keyframe goes over to the next one: not at all until it is reached, straight, along a smooth curve through all
keyframes that never overshoots, or slowly off and slowly on."""

T = TypeVar("T")


@dataclass(frozen=True)
class NumberKeyframe:
    """``value`` at ``frame`` (from 0); an expression goes on changing in between."""

    frame: int
    value: float | Expression
    interpolation: Interpolation = "linear"


@dataclass(frozen=True)
class NumberTrack:
    """A number over the frames; before the first and after the last keyframe it stays. ``name`` is for messages.

    Raises `SettingError` without keyframes, or when two are at one frame or not in order.
    """

    name: str
    keyframes: tuple[NumberKeyframe, ...]

    def __post_init__(self) -> None:
        _check_order(self.name, [key.frame for key in self.keyframes])

    def check_length(self, frames: int) -> None:
        """`SettingError` for a keyframe past the last of ``frames`` frames."""
        _check_length(self.name, self.keyframes[-1].frame, frames)

    def at(self, moment: Moment) -> float:
        """The value at a moment, which may lie between frames."""
        values = [key.value.at(moment) if isinstance(key.value, Expression) else key.value for key in self.keyframes]
        frames = [key.frame for key in self.keyframes]
        left = bisect_right(frames, moment.f) - 1
        if left < 0:
            return values[0]
        if left == len(frames) - 1:
            return values[-1]
        place = (moment.f - frames[left]) / (frames[left + 1] - frames[left])
        if self.keyframes[left].interpolation == "cubic":
            return _cubic(frames, values, left, place)
        share = _eased(place, self.keyframes[left].interpolation)
        return values[left] + share * (values[left + 1] - values[left])


@dataclass(frozen=True)
class BlendKeyframe(Generic[T]):
    """``value`` at ``frame`` (from 0), all of it."""

    frame: int
    value: T
    interpolation: Interpolation = "linear"


@dataclass(frozen=True)
class Blend(Generic[T]):
    """``first`` with ``amount`` (0..1) of ``second`` mixed in."""

    first: T
    second: T
    amount: float

    @property
    def nearest(self) -> T:
        """The one that weighs more; the first when both weigh the same."""
        return self.second if self.amount > 0.5 else self.first


@dataclass(frozen=True)
class BlendTrack(Generic[T]):
    """Things over the frames, each mixed into the next. For two neighbours "cubic" is the same as "ease".

    Raises `SettingError` as `NumberTrack` does.
    """

    name: str
    keyframes: tuple[BlendKeyframe[T], ...]

    def __post_init__(self) -> None:
        _check_order(self.name, [key.frame for key in self.keyframes])

    def check_length(self, frames: int) -> None:
        """`SettingError` for a keyframe past the last of ``frames`` frames."""
        _check_length(self.name, self.keyframes[-1].frame, frames)

    def at(self, moment: Moment) -> Blend[T]:
        """What is mixed at a moment; ``amount`` is 0 on a keyframe and outside of them."""
        frames = [key.frame for key in self.keyframes]
        left = bisect_right(frames, moment.f) - 1
        if left < 0 or left == len(frames) - 1:
            only = self.keyframes[max(left, 0)].value
            return Blend(only, only, 0.0)
        key, following = self.keyframes[left], self.keyframes[left + 1]
        share = _eased((moment.f - frames[left]) / (frames[left + 1] - frames[left]), key.interpolation)
        return Blend(key.value, following.value, share) if share > 0 else Blend(key.value, key.value, 0.0)


def constant_track(name: str, value: float | Expression) -> NumberTrack:
    """One value for all frames."""
    return NumberTrack(name, (NumberKeyframe(0, value),))


def _eased(place: float, interpolation: Interpolation) -> float:
    """The share of the next value at ``place`` 0..1 of the way."""
    if interpolation == "step":
        return 0.0
    return place if interpolation == "linear" else place * place * (3.0 - 2.0 * place)


def _cubic(frames: Sequence[int], values: Sequence[float], left: int, place: float) -> float:
    """A Hermite curve with slopes that keep it monotone between keyframes (Fritsch and Butland, 1984)."""
    width = frames[left + 1] - frames[left]
    slopes = [_slope(frames, values, index) * width for index in (left, left + 1)]
    start, end = values[left], values[left + 1]
    square, cube = place * place, place * place * place
    return (
        (2 * cube - 3 * square + 1) * start
        + (cube - 2 * square + place) * slopes[0]
        + (3 * square - 2 * cube) * end
        + (cube - square) * slopes[1]
    )


def _slope(frames: Sequence[int], values: Sequence[float], index: int) -> float:
    """Of the curve at a keyframe: 0 at the ends and at a turn, else the harmonic mean of the slopes to both sides."""
    if not 0 < index < len(frames) - 1:
        return 0.0
    widths = (frames[index] - frames[index - 1], frames[index + 1] - frames[index])
    before = (values[index] - values[index - 1]) / widths[0]
    after = (values[index + 1] - values[index]) / widths[1]
    if before * after <= 0.0:
        return 0.0
    weights = (widths[1] * 2 + widths[0], widths[1] + widths[0] * 2)
    return sum(weights) / (weights[0] / before + weights[1] / after)


def _check_order(name: str, frames: Sequence[int]) -> None:
    if not frames:
        raise SettingError("{name} has no keyframes.", "Give at least one.", name=name)
    if frames[0] < 0:
        raise SettingError(
            "{name} has a keyframe with frame = {frames}.",
            "In a project the first frame is frame = 0.",
            name=name,
            frames=frames[0],
        )
    for before, after in itertools.pairwise(frames):
        if after <= before:
            raise SettingError(
                "{name} has a keyframe with frame = {after} after one with frame = {before}.",
                "Give the keyframes in order, one for a frame.",
                name=name,
                after=after,
                before=before,
            )


def _check_length(name: str, last: int, frames: int) -> None:
    if last >= frames:
        raise SettingError(
            "{name} has a keyframe with frame = {last}, past the end: the last of {frames} has frame = {end}.",
            "Move the keyframe, or make the animation longer.",
            name=name,
            last=last,
            frames=frames,
            end=frames - 1,
        )
