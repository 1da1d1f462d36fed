"""Edits of a project's keyframes and length. Each takes a project and returns a new, valid one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from studio.animation import Expression, Interpolation
from studio.editing.animation.tracks import (
    MODE_PREFIX,
    REGION_PREFIX,
    Key,
    KeyValue,
    Track,
    key_value,
    keys_of,
    region_place,
    value_at,
)
from studio.errors import SettingError
from studio.files.animation.project import AnimationProject, NumberKey, PromptKey, SeedKey, reason_of
from studio.history import StepKind

SETTINGS: Final = StepKind("animation.settings", "Settings", "sliders")
ADD_KEY: Final = StepKind("keyframe.add", "Add keyframe", "frame-add")
SET_VALUE: Final = StepKind("keyframe.value", "Value", "sliders")
MOVE_KEYS: Final = StepKind("keyframe.move", "Move keyframes", "move")
DELETE_KEYS: Final = StepKind("keyframe.delete", "Delete keyframes", "trash")
INTERPOLATE: Final = StepKind("keyframe.interpolation", "Interpolation", "sliders")
ONE_VALUE: Final = StepKind("keyframe.one_value", "One value", "sliders")

_Key = TypeVar("_Key", NumberKey, PromptKey, SeedKey)


@dataclass(frozen=True, order=True)
class KeyPlace:
    """One keyframe of a project: the id of its track, and its frame."""

    track: str
    frame: int


def changed(project: AnimationProject, **values: Any) -> AnimationProject:
    """The project with some of its settings changed. Raises `SettingError` for a value that cannot be."""
    try:
        return AnimationProject.model_validate({**dict(project), **values})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise SettingError(
            "{name} cannot be {first!r}: {reason}.",
            "Choose another value.",
            name=name,
            first=first["input"],
            reason=reason_of(error),
        ) from error


def with_value(project: AnimationProject, track: Track, frame: int, value: KeyValue) -> AnimationProject:
    """Set what a track is at a frame.

    A track of one value keeps to one value. In any other one the keyframe there changes, or a new one is added.
    """
    keys = keys_of(project, track)
    if len(keys) == 1 and keys[0].frame == 0:
        return _with_keys(project, track, [_revalued(keys[0], value)])
    if any(key.frame == frame for key in keys):
        return _with_keys(project, track, [_revalued(key, value) if key.frame == frame else key for key in keys])
    return add_key(project, track, frame, value)


def add_key(project: AnimationProject, track: Track, frame: int, value: KeyValue | None = None) -> AnimationProject:
    """Add a keyframe, which goes on as the one before it does; without a ``value`` with what the track is there.

    A keyframe that is there already gets the value. Raises `SettingError` where a formula gives no number.
    """
    keys = keys_of(project, track)
    wanted = value_at(project, track, frame) if value is None else value
    earlier = [key for key in keys if key.frame <= frame]
    like = earlier[-1] if earlier else keys[0]
    made = _revalued(like.model_copy(update={"frame": frame}), wanted)
    return _with_keys(project, track, [*(key for key in keys if key.frame != frame), made])


def moved_keys(
    project: AnimationProject,
    tracks: Mapping[str, Track],
    places: Collection[KeyPlace],
    by_frames: int,
    by_value: float = 0.0,
) -> tuple[AnimationProject, frozenset[KeyPlace]]:
    """Move keyframes together, and say where they are now.

    They stop at the first and the last frame and where one would lie on a keyframe that stays. Numbers change by
    ``by_value``, stopping at the track's limits; formulas, prompts and seeds only move in time.
    """
    by_frames = _possible_shift(project, tracks, places, by_frames)
    for track_id in {place.track for place in places}:
        track = tracks[track_id]
        moving = {place.frame for place in places if place.track == track_id}
        keys = keys_of(project, track)
        shifted = [_shifted(key, track, by_frames, by_value) if key.frame in moving else key for key in keys]
        project = _with_keys(project, track, shifted)
    return project, frozenset(KeyPlace(place.track, place.frame + by_frames) for place in places)


def without_keys(
    project: AnimationProject, tracks: Mapping[str, Track], places: Collection[KeyPlace]
) -> AnimationProject:
    """Delete keyframes. Of a track that would be left without any, its first one becomes the value of all frames."""
    for track_id in {place.track for place in places}:
        track = tracks[track_id]
        gone = {place.frame for place in places if place.track == track_id}
        keys = keys_of(project, track)
        left = [key for key in keys if key.frame not in gone]
        project = _with_keys(project, track, left or [_at_start(keys[0])])
    return project


def with_interpolation(
    project: AnimationProject, tracks: Mapping[str, Track], places: Collection[KeyPlace], interpolation: Interpolation
) -> AnimationProject:
    """Say how keyframes go over to the next ones."""
    for track_id in {place.track for place in places}:
        track = tracks[track_id]
        chosen = {place.frame for place in places if place.track == track_id}
        keys = [
            key.model_copy(update={"interpolation": interpolation}) if key.frame in chosen else key
            for key in keys_of(project, track)
        ]
        project = _with_keys(project, track, keys)
    return project


def with_one_value(project: AnimationProject, track: Track, frame: int) -> AnimationProject:
    """Give a track one value for all frames: what it is at ``frame``, or the formula of the keyframe there."""
    keys = keys_of(project, track)
    here = next((key for key in keys if key.frame == frame), None)
    value = value_at(project, track, frame) if here is None else key_value(here)
    return _with_keys(project, track, [_revalued(_at_start(keys[0]), value)])


def with_frames(project: AnimationProject, frames: int, tracks: Iterable[Track]) -> AnimationProject:
    """Change the number of frames.

    A longer animation leaves keyframes where they are; in a shorter one that would cut some off, all move together
    in proportion, and of those that would then share a frame the first is left.
    """
    last = max(key.frame for track in tracks for key in keys_of(project, track))
    if last < frames:
        return changed(project, frames=frames)
    for track in tracks:
        squeezed: dict[int, Key] = {}
        for key in keys_of(project, track):
            frame = round(key.frame * (frames - 1) / last)
            squeezed.setdefault(frame, key.model_copy(update={"frame": frame}))
        if any(key.frame > 0 for key in keys_of(project, track)):
            project = _with_keys(project, track, squeezed.values())
    return changed(project, frames=frames)


def with_mode(
    project: AnimationProject, mode: str, numbers: Iterable[str], parameters: Iterable[str]
) -> AnimationProject:
    """Change the mode; of keyframes and parameters those stay that the new mode has too."""
    numbers, parameters = set(numbers), set(parameters)
    return changed(
        project,
        mode=mode,
        keyframes={name: keys for name, keys in project.keyframes.items() if name in numbers},
        parameters={name: value for name, value in project.parameters.items() if name in parameters},
    )


def _with_keys(project: AnimationProject, track: Track, keys: Iterable[Key]) -> AnimationProject:
    ordered = tuple(sorted(keys, key=lambda key: key.frame))
    if ordered == keys_of(project, track):
        return project
    if track.id.startswith(MODE_PREFIX):
        name = track.id.removeprefix(MODE_PREFIX)
        return project.model_copy(update={"keyframes": {**project.keyframes, name: ordered}})
    if track.id.startswith(REGION_PREFIX):
        number, name = region_place(track.id)
        regions = list(project.regions)
        regions[number] = regions[number].model_copy(update={name: ordered})
        return project.model_copy(update={"regions": tuple(regions)})
    return project.model_copy(update={track.id: ordered})


def _revalued(key: Key, value: KeyValue) -> Key:
    if isinstance(key, NumberKey):
        return _made(NumberKey, key, value=value.text if isinstance(value, Expression) else value)
    return _made(PromptKey, key, text=value) if isinstance(key, PromptKey) else _made(SeedKey, key, seed=value)


def _made(kind: type[_Key], like: Key, **values: Any) -> _Key:
    try:
        return kind(frame=like.frame, interpolation=like.interpolation, **values)
    except ValidationError as error:
        raise SettingError("{reason}.", "Write another value.", reason=reason_of(error)) from error


def _at_start(key: Key) -> Key:
    return key.model_copy(update={"frame": 0, "interpolation": "linear"})


def _shifted(key: Key, track: Track, by_frames: int, by_value: float) -> Key:
    moved = key.model_copy(update={"frame": key.frame + by_frames})
    if by_value == 0.0 or not isinstance(moved, NumberKey) or isinstance(moved.value, Expression):
        return moved
    value = round(min(max(moved.value + by_value, track.minimum), track.maximum), 6)
    return moved.model_copy(update={"value": value})


def _possible_shift(
    project: AnimationProject, tracks: Mapping[str, Track], places: Collection[KeyPlace], by_frames: int
) -> int:
    """The shift nearest to the wanted one, on this side of it, at which every keyframe has a frame of its own."""
    frames = [place.frame for place in places]
    by_frames = min(max(by_frames, -min(frames)), project.frames - 1 - max(frames))
    taken = {
        KeyPlace(track_id, key.frame)
        for track_id in {place.track for place in places}
        for key in keys_of(project, tracks[track_id])
    } - set(places)
    step = 1 if by_frames > 0 else -1
    while by_frames != 0 and any(KeyPlace(place.track, place.frame + by_frames) in taken for place in places):
        by_frames -= step
    return by_frames
