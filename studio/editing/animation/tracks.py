"""The keyframed settings of a project as tracks: what they are called, what they may hold, and what they are when."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from studio.animation import Blend, Expression, Moment, NumberKeyframe, NumberTrack
from studio.api.parameters import FloatParameter
from studio.errors import SettingError
from studio.files.animation.project import REGION_NUMBERS, AnimationProject, NumberKey, PromptKey, SeedKey
from studio.files.part_names import OF
from studio.generation import MAX_PROMPT, MAX_SEED

TrackKind = Literal["number", "text", "seed"]
Key = NumberKey | PromptKey | SeedKey
KeyValue = float | int | str | Expression

MODE_PREFIX: Final = "keyframes."
REGION_PREFIX: Final = "regions."
_MOST_CHECKED: Final = 2000
"""Frames at which a curve is looked at for mistakes while it is edited; a run looks at all of them."""


@dataclass(frozen=True, kw_only=True)
class Track:
    """One keyframed setting. ``id`` is its key in the project file, ``keyframes.NAME`` for a number of the mode and
    ``regions.PLACE.NAME`` for one of a region.

    Numbers lie in ``minimum``..``maximum`` and go in steps of ``step``; without keyframes they are ``default``.
    ``label`` and ``help`` are English texts of the plugin, and empty for what every project has; of a region the label
    is what its part is called.
    """

    id: str
    kind: TrackKind
    label: str = ""
    help: str = ""
    minimum: float = -math.inf
    maximum: float = math.inf
    default: float = 0.0
    step: float = 0.01


_OF_EVERY_PROJECT: Final = (
    Track(id="prompt", kind="text"),
    Track(id="negative_prompt", kind="text"),
    Track(id="seed", kind="seed", minimum=0.0, maximum=float(MAX_SEED), step=1.0),
    Track(id="guidance_scale", kind="number", minimum=0.0, maximum=50.0, default=5.0, step=0.1),
    Track(id="strength", kind="number", minimum=0.0, maximum=1.0, default=0.5),
)


def tracks_of(project: AnimationProject, keyframed: Iterable[FloatParameter]) -> tuple[Track, ...]:
    """The tracks of every project, those that its mode declares, of its regions, and any others that it holds."""
    declared = tuple(_declared(parameter) for parameter in keyframed)
    known = {track.id for track in declared}
    others = (Track(id=MODE_PREFIX + name, kind="number", label=name) for name in project.keyframes)
    unknown = (track for track in others if track.id not in known)
    return (*_OF_EVERY_PROJECT, *declared, *_of_regions(project), *unknown)


def keys_of(project: AnimationProject, track: Track) -> tuple[Key, ...]:
    """The keyframes in order; a single one at frame 0 is one value for all frames.

    What the project does not have, such as a region that is gone, is as it usually is.
    """
    usual = (NumberKey(frame=0, value=track.default),)
    if track.id.startswith(MODE_PREFIX):
        return project.keyframes.get(track.id.removeprefix(MODE_PREFIX), usual)
    if track.id.startswith(REGION_PREFIX):
        number, name = region_place(track.id)
        of_region: tuple[Key, ...] = getattr(project.regions[number], name) if number < len(project.regions) else usual
        return of_region
    keys: tuple[Key, ...] = getattr(project, track.id)
    return keys


def region_place(track_id: str) -> tuple[int, str]:
    """Which region a track is of, from 0, and which of its numbers."""
    number, _, name = track_id.removeprefix(REGION_PREFIX).partition(".")
    return int(number), name


def key_value(key: Key) -> KeyValue:
    """What a keyframe holds: a number or formula, a prompt, or a seed."""
    if isinstance(key, NumberKey):
        return key.value
    return key.text if isinstance(key, PromptKey) else key.seed


def value_at(project: AnimationProject, track: Track, frame: int) -> KeyValue:
    """The number at a frame; of blended prompts and seeds the one that weighs more. Raises `SettingError`."""
    moment = Moment(float(frame), project.frames, project.fps)
    if track.kind == "number":
        return _numbers(track, keys_of(project, track)).at(moment)
    blend: Blend[str] | Blend[int]
    if track.kind == "seed":
        blend = project.seeds().at(moment)
    else:
        blend = (project.prompts() if track.id == "prompt" else project.negative_prompts()).at(moment)
    return blend.nearest


def curve(project: AnimationProject, track: Track, frames: Sequence[float]) -> list[float | None]:
    """A number track at moments given as frames, which may lie between frames; ``None`` where it has no value."""
    numbers = _numbers(track, keys_of(project, track))
    return [_or_none(numbers, Moment(frame, project.frames, project.fps)) for frame in frames]


def problem_of(project: AnimationProject, track: Track) -> SettingError | None:
    """What is wrong with a track at the first frame where something is, if anything."""
    if track.kind != "number":
        return None
    numbers = _numbers(track, keys_of(project, track))
    stride = max(1, math.ceil(project.frames / _MOST_CHECKED))
    checked = sorted({*range(0, project.frames, stride), project.frames - 1, *(key.frame for key in numbers.keyframes)})
    for frame in checked:
        try:
            value = numbers.at(Moment(float(frame), project.frames, project.fps))
        except SettingError as error:
            return error
        if not track.minimum <= value <= track.maximum:
            return SettingError(
                "{track} is {value:.6g} at frame {frame}.",
                "Keep it between {minimum:g} and {maximum:g}.",
                track=track.id,
                value=value,
                frame=frame + 1,
                minimum=track.minimum,
                maximum=track.maximum,
            )
    return None


def parsed_value(track: Track, text: str) -> KeyValue:
    """What was typed for a track: a number or a formula, a prompt, or a seed. Raises `SettingError`."""
    if track.kind == "text":
        if len(text) > MAX_PROMPT:
            raise SettingError(
                "A prompt has {count} characters.",
                "Write at most {max_prompt}.",
                count=len(text),
                max_prompt=MAX_PROMPT,
            )
        return text
    number = _number(text)
    if track.kind == "seed":
        if number is None or number != int(number) or not 0 <= number <= MAX_SEED:
            raise SettingError(
                "{text!r} is not a seed.", "Write a whole number from 0 to {max_seed}.", text=text, max_seed=MAX_SEED
            )
        return int(number)
    if number is None:
        return Expression(text.strip())
    if not track.minimum <= number <= track.maximum:
        raise SettingError(
            "{track} cannot be {number:g}.",
            "Keep it between {minimum:g} and {maximum:g}.",
            track=track.id,
            number=number,
            minimum=track.minimum,
            maximum=track.maximum,
        )
    return number


def value_text(value: KeyValue) -> str:
    """A value as it can be typed again; numbers rounded to six places."""
    if isinstance(value, Expression):
        return value.text
    return f"{round(value, 6):.10g}" if isinstance(value, float) else str(value)


def _of_regions(project: AnimationProject) -> Iterator[Track]:
    for number, region in enumerate(project.regions):
        for name, (least, most) in REGION_NUMBERS.items():
            yield Track(
                id=f"{REGION_PREFIX}{number}.{name}",
                kind="number",
                label=_called(region.part),
                minimum=least,
                maximum=most,
                default=1.0 if name == "scale" else 0.0,
                step=1.0 if name == "rotation" else 0.01,
            )


def _called(part: str) -> str:
    """The layer that a region is, or the picture without its ending."""
    file, sign, layer = part.rpartition(OF)
    return layer if sign else Path(file or layer).stem


def _declared(parameter: FloatParameter) -> Track:
    return Track(
        id=MODE_PREFIX + parameter.id,
        kind="number",
        label=parameter.label,
        help=parameter.help,
        minimum=parameter.minimum,
        maximum=parameter.maximum,
        default=parameter.default,
        step=parameter.step,
    )


def _numbers(track: Track, keys: Iterable[Key]) -> NumberTrack:
    numbers = (key for key in keys if isinstance(key, NumberKey))
    return NumberTrack(track.id, tuple(NumberKeyframe(key.frame, key.value, key.interpolation) for key in numbers))


def _or_none(numbers: NumberTrack, moment: Moment) -> float | None:
    try:
        return numbers.at(moment)
    except SettingError:
        return None


def _number(text: str) -> float | None:
    """A plain number, with a point or a comma; a formula is none."""
    try:
        number = float(text.strip().replace(",", ".", 1))
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None
