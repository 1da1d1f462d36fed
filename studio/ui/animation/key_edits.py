"""What is done to keyframes: each makes one step of the project."""

from __future__ import annotations

from studio.animation import Interpolation
from studio.editing.animation import (
    KeyPlace,
    KeyValue,
    ProjectEditor,
    add_key,
    edits,
    keys_of,
    moved_keys,
    with_interpolation,
    with_one_value,
    without_keys,
)
from studio.ui.animation.curves import Curves
from studio.ui.animation.key_drag import key_at_place


class KeyEdits:
    """Works on the chosen keyframes and on the track that is worked on; without any, nothing happens.

    A `SettingError` says why something is not possible.
    """

    def __init__(self, editor: ProjectEditor, curves: Curves) -> None:
        self._editor = editor
        self._curves = curves

    def add(self, frame: int | None = None, value: float | None = None) -> None:
        """Add a keyframe to the track at a frame, by default the current one, and choose it."""
        project, track = self._editor.project, self._curves.track
        if project is None or track is None:
            return
        frame = self._curves.playhead if frame is None else frame
        self._editor.apply(edits.ADD_KEY, add_key(project, track, frame, value))
        self._curves.choose(frozenset({KeyPlace(track.id, frame)}))

    def delete(self) -> None:
        """Delete the chosen keyframes."""
        project, curves = self._editor.project, self._curves
        if project is not None and curves.chosen:
            self._editor.apply(edits.DELETE_KEYS, without_keys(project, curves.tracks, curves.chosen))

    def interpolate(self, way: Interpolation) -> None:
        """Say how the chosen keyframes go over to the next ones."""
        project, curves = self._editor.project, self._curves
        if project is not None and curves.chosen:
            self._editor.apply(edits.INTERPOLATE, with_interpolation(project, curves.tracks, curves.chosen, way))

    def move(self, by_frames: int, by_value: float = 0.0) -> None:
        """Move the chosen keyframes; values only where all are of one track."""
        project, curves = self._editor.project, self._curves
        if project is None or not curves.chosen:
            return
        if len({place.track for place in curves.chosen}) > 1:
            by_value = 0.0
        moved, places = moved_keys(project, curves.tracks, curves.chosen, by_frames, by_value)
        tracks = sorted(place.track for place in places)
        self._editor.apply(edits.MOVE_KEYS, moved, f"keys:{tracks}:{by_frames == 0}")
        curves.choose(places)

    def set_value(self, place: KeyPlace, value: KeyValue) -> None:
        """Give a keyframe another value."""
        project, track = self._editor.project, self._curves.tracks.get(place.track)
        if project is not None and track is not None:
            self._editor.apply(edits.SET_VALUE, add_key(project, track, place.frame, value))

    def make_one_value(self, frame: int) -> None:
        """Leave the track the value that it has at a frame, without keyframes."""
        project, track = self._editor.project, self._curves.track
        if project is not None and track is not None:
            self._editor.apply(edits.ONE_VALUE, with_one_value(project, track, frame))

    @property
    def has_curve(self) -> bool:
        """Whether the track has more than one keyframe."""
        project, track = self._editor.project, self._curves.track
        return project is not None and track is not None and len(keys_of(project, track)) > 1

    def ways(self) -> frozenset[Interpolation]:
        """The interpolations of the chosen keyframes; empty if none is chosen."""
        project, curves = self._editor.project, self._curves
        if project is None:
            return frozenset()
        keys = (key_at_place(project, curves.tracks, place) for place in curves.chosen)
        return frozenset(key.interpolation for key in keys if key is not None)
