"""Keyframes under the mouse: which one is where, and what dragging some of them makes of the project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF

from studio.editing.animation import Key, KeyPlace, Track, key_value, keys_of, moved_keys
from studio.files.animation.project import AnimationProject
from studio.ui.animation.lane_painter import LanePicture, key_point
from studio.ui.animation.lanes import Lane, TimeScale

SLACK: Final = 3
"""Pixels that the mouse may move before a press becomes a drag."""
_REACH: Final = 9.0
"""How near a click must be to a keyframe's mark, in pixels."""


@dataclass(frozen=True, kw_only=True)
class KeyDrag:
    """A press at ``start`` that moves ``places``, one of which is ``place``; without that it draws a frame around some.

    ``before`` were the chosen keyframes.
    """

    start: QPointF
    lane: Lane
    place: KeyPlace | None
    places: frozenset[KeyPlace]
    before: frozenset[KeyPlace] = field(default_factory=frozenset)

    def frames_moved(self, position: QPointF, scale: TimeScale) -> int:
        return round((position.x() - self.start.x()) / scale.step)

    def moved(
        self,
        project: AnimationProject,
        tracks: Mapping[str, Track],
        position: QPointF,
        scale: TimeScale,
        *,
        is_straight: bool,
    ) -> tuple[AnimationProject, frozenset[KeyPlace]]:
        """The project with the keyframes where the mouse is now, and their places; ``is_straight`` moves them in one
        direction only, the one it went farther in."""
        way = position - self.start
        by_frames, by_value = self.frames_moved(position, scale), self._value_moved(project, tracks, position)
        if is_straight:
            by_frames, by_value = (by_frames, 0.0) if abs(way.x()) >= abs(way.y()) else (0, by_value)
        return moved_keys(project, tracks, self.places, by_frames, by_value)

    def _value_moved(self, project: AnimationProject, tracks: Mapping[str, Track], position: QPointF) -> float:
        """By how much a dragged number changes; not at all with keyframes of several tracks."""
        if self.place is None or len({chosen.track for chosen in self.places}) > 1:
            return 0.0
        key = key_at_place(project, tracks, self.place)
        value = None if key is None else key_value(key)
        down = position.y() - self.start.y()
        if not isinstance(value, float) or abs(down) < SLACK:
            return 0.0
        return self.lane.value_at(self.lane.y(value) + down) - value


def key_at_place(project: AnimationProject, tracks: Mapping[str, Track], place: KeyPlace) -> Key | None:
    """The keyframe of a track at a frame."""
    track = tracks.get(place.track)
    if track is None:
        return None
    return next((key for key in keys_of(project, track) if key.frame == place.frame), None)


def places_of(project: AnimationProject | None, lanes: Sequence[Lane]) -> list[KeyPlace]:
    """Every keyframe that is shown."""
    if project is None:
        return []
    return [KeyPlace(lane.track.id, key.frame) for lane in lanes for key in keys_of(project, lane.track)]


def place_at(lane: Lane, picture: LanePicture, position: QPointF) -> KeyPlace | None:
    """The keyframe of a lane under a pixel: a number's mark, or the head of a bar."""
    near = [
        (abs(point.x() - position.x()), KeyPlace(lane.track.id, key.frame))
        for key in keys_of(picture.project, lane.track)
        for point in (key_point(lane, key, picture),)
        if abs(point.x() - position.x()) <= _REACH
        and (lane.track.kind != "number" or abs(point.y() - position.y()) <= _REACH)
    ]
    return min(near)[1] if near else None
