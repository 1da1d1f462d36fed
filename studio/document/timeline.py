"""The timeline: which group of layers holds the frames of an animation, and how they are played."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from studio.document.layer import LayerId
from studio.errors import SettingError

MIN_FPS: Final = 0.1
MAX_FPS: Final = 120.0
MAX_HOLD: Final = 9999
"""Longest hold of one frame, in ticks of the frame rate."""


class LoopMode(StrEnum):
    """What follows the last frame. The values are stable identifiers used in files."""

    LOOP = "loop"
    ONCE = "once"
    PING_PONG = "ping-pong"


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """How the children of one group are played as frames, the bottom one first.

    Parameters
    ----------
    group_id
        The group whose children are the frames.
    fps
        Ticks a second, 0.1..120.
    holds
        For how many ticks (1..9999) a frame is shown, by the frame's id; frames that are not named: one tick.

    Raises `SettingError` for a rate or a hold that is out of range.
    """

    group_id: LayerId
    fps: float = 12.0
    loop: LoopMode = LoopMode.LOOP
    holds: Mapping[LayerId, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (math.isfinite(self.fps) and MIN_FPS <= self.fps <= MAX_FPS):
            raise SettingError(
                "{fps:g} frames per second are not possible.",
                "Choose from {min_fps:g} to {max_fps:g}.",
                fps=self.fps,
                min_fps=MIN_FPS,
                max_fps=MAX_FPS,
            )
        for hold in self.holds.values():
            if not 1 <= hold <= MAX_HOLD:
                raise SettingError(
                    "A frame cannot be held for {hold} ticks.",
                    "Choose from 1 to {max_hold}.",
                    hold=hold,
                    max_hold=MAX_HOLD,
                )
        longer = {frame: hold for frame, hold in self.holds.items() if hold > 1}
        object.__setattr__(self, "holds", MappingProxyType(longer))

    def hold(self, frame_id: LayerId) -> int:
        """For how many ticks a frame is shown."""
        return self.holds.get(frame_id, 1)

    def with_holds(self, holds: Mapping[LayerId, int]) -> Timeline:
        """The timeline with the holds of some frames changed."""
        return replace(self, holds={**self.holds, **holds})


def ticks_of(holds: Iterable[int]) -> tuple[int, ...]:
    """The index of the frame that each tick of one forward run shows, for frames held so long."""
    return tuple(index for index, hold in enumerate(holds) for _ in range(hold))


def frame_at(ticks: Sequence[int], loop: LoopMode, tick: int) -> int | None:
    """The frame that is shown ``tick`` ticks after the first one began; ``None`` when it is over.

    Going there and back, the first and the last frame are shown once at each turn, for their whole hold.
    """
    if not ticks:
        return None
    if loop is LoopMode.ONCE:
        return ticks[tick] if tick < len(ticks) else None
    if loop is LoopMode.PING_PONG:
        inner = tuple(index for index in reversed(ticks) if index not in (ticks[0], ticks[-1]))
        ticks = (*ticks, *inner)
    return ticks[tick % len(ticks)]
