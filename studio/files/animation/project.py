"""The project file of an animation: TOML that says what is drawn at which frame."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationError,
)

from studio.animation import (
    BlendKeyframe,
    BlendTrack,
    Expression,
    Interpolation,
    NumberKeyframe,
    NumberTrack,
)
from studio.document import MAX_REGIONS
from studio.errors import FileError, SettingError
from studio.files.animation.formats import Dither, ExportOptions, parse_colour
from studio.files.part_names import OF, PartName, part_name
from studio.generation import MAX_PROMPT, MAX_SEED, GenerationSettings
from studio.text.amounts import bytes_text
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_toml

MAX_FRAMES: Final = 100_000
_MAX_BYTES: Final = 4 * 1024**2
_LONGEST_SHOWN: Final = 80
_USUAL: Final = GenerationSettings()


def _formula(value: Any) -> float | Expression:
    if isinstance(value, str):
        try:
            return Expression(value)
        except SettingError as error:
            raise ValueError(str(error)) from error
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("give a number, or a formula as text")
    return float(value)


def _formula_text(value: float | Expression) -> float | str:
    return value.text if isinstance(value, Expression) else value


Value: TypeAlias = Annotated[float | Expression, PlainValidator(_formula), PlainSerializer(_formula_text)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Keyframe(_Strict):
    frame: int = Field(ge=0)
    interpolation: Interpolation = "linear"


class NumberKey(_Keyframe):
    """A number or a formula from a frame (from 0) on."""

    value: Value


class PromptKey(_Keyframe):
    """A prompt from a frame on."""

    text: str = Field(max_length=MAX_PROMPT)


class SeedKey(_Keyframe):
    """A seed from a frame on."""

    seed: int = Field(ge=0, le=MAX_SEED)


def _keys(name: str) -> BeforeValidator:
    """One value alone is a single keyframe at the start."""

    def listed(value: Any) -> Any:
        return tuple(value) if isinstance(value, list | tuple) else ({"frame": 0, name: value},)

    return BeforeValidator(listed)


Numbers: TypeAlias = Annotated[tuple[NumberKey, ...], _keys("value"), Field(min_length=1)]
Prompts: TypeAlias = Annotated[tuple[PromptKey, ...], _keys("text"), Field(min_length=1)]
Seeds: TypeAlias = Annotated[tuple[SeedKey, ...], _keys("seed"), Field(min_length=1)]


def _part(text: str) -> str:
    file, sign, layer = text.rpartition(OF)
    if not text.strip() or (sign and not (file and layer.strip())):
        raise ValueError("name a picture, or a document and its layer: scene.ora#Sky")
    return text


class ProjectRegion(_Strict):
    """A part of the frames that is drawn after words of its own, which those of the project follow.

    ``part`` names it, see `studio.files.part_names`. It moves by ``x`` and ``y``, shares of the width and the height of
    the frames, grows by ``scale`` and turns by ``rotation`` degrees clockwise, both about its own middle.
    """

    part: Annotated[str, AfterValidator(_part)]
    prompt: str = Field(default="", max_length=MAX_PROMPT)
    negative_prompt: str = Field(default="", max_length=MAX_PROMPT)
    x: Numbers = (NumberKey(frame=0, value=0.0),)
    y: Numbers = (NumberKey(frame=0, value=0.0),)
    scale: Numbers = (NumberKey(frame=0, value=1.0),)
    rotation: Numbers = (NumberKey(frame=0, value=0.0),)

    def tracks(self, number: int) -> dict[str, NumberTrack]:
        """How it moves, by the names of its numbers; ``number`` is its place among the regions, from 0."""
        return {name: _number_track(f"regions[{number}].{name}", getattr(self, name)) for name in REGION_NUMBERS}


REGION_NUMBERS: Final = {"x": (-2.0, 2.0), "y": (-2.0, 2.0), "scale": (0.05, 20.0), "rotation": (-36_000.0, 36_000.0)}
"""The numbers of a region that may be keyframed, each with the least and the most that it can be."""


class ExportTable(_Strict):
    """How the finished frames are written; `ExportOptions` says what each means."""

    loops: int = Field(default=0, ge=0, le=65535)
    ping_pong: bool = False
    background: str = ""
    dither: Dither = "floyd_steinberg"
    quality: int = Field(default=85, ge=1, le=100)
    pad: bool = False
    columns: int | None = Field(default=None, ge=1)

    def options(self, fps: Fraction) -> ExportOptions:
        """The same for `studio.files.animation.export`. Raises `SettingError` for a colour that is none."""
        values = self.model_dump()
        values["background"] = parse_colour(self.background) if self.background else None
        return ExportOptions(fps=fps, **values)


class AnimationProject(_Strict):
    """Everything that, with the same model, source and mask, gives the same frames again.

    ``prompt``, ``negative_prompt``, ``seed``, ``guidance_scale``, ``strength`` and the numbers of ``keyframes`` (those
    of the mode) are each one value or a list of keyframes. ``source`` and ``mask`` are paths beside the project file.
    Of ``regions`` a later one lies over those before.
    """

    format: Literal[1] = 1
    mode: str = "latent_walk"
    frames: int = Field(ge=1, le=MAX_FRAMES)
    fps: float = Field(default=12.0, gt=0.0, le=1000.0, strict=False)
    width: int = Field(default=256, ge=64, le=8192)
    height: int = Field(default=256, ge=64, le=8192)
    model: str = _USUAL.model
    scheduler: str = _USUAL.scheduler
    steps: int = Field(default=_USUAL.steps, ge=1, le=500)
    prompt: Prompts
    negative_prompt: Prompts = (PromptKey(frame=0, text=""),)
    seed: Seeds = (SeedKey(frame=0, seed=0),)
    guidance_scale: Numbers = (NumberKey(frame=0, value=_USUAL.guidance_scale),)
    strength: Numbers = (NumberKey(frame=0, value=0.5),)
    keyframes: dict[str, Numbers] = Field(default_factory=dict)
    parameters: dict[str, bool | int | float | str] = Field(default_factory=dict)
    source: str = ""
    mask: str = ""
    regions: Annotated[tuple[ProjectRegion, ...], BeforeValidator(tuple), Field(max_length=MAX_REGIONS)] = ()
    export: ExportTable = ExportTable()

    def check_length(self) -> None:
        """`SettingError` for keyframes that are out of order or past the end."""
        for track in (self.prompts(), self.negative_prompts(), self.seeds()):
            track.check_length(self.frames)
        for numbers in (self.guidance(), self.strengths(), *self.mode_numbers().values(), *self._of_regions()):
            numbers.check_length(self.frames)

    def prompts(self) -> BlendTrack[str]:
        return _prompt_track("prompt", self.prompt)

    def negative_prompts(self) -> BlendTrack[str]:
        return _prompt_track("negative_prompt", self.negative_prompt)

    def seeds(self) -> BlendTrack[int]:
        return BlendTrack("seed", tuple(BlendKeyframe(key.frame, key.seed, key.interpolation) for key in self.seed))

    def guidance(self) -> NumberTrack:
        return _number_track("guidance_scale", self.guidance_scale)

    def strengths(self) -> NumberTrack:
        return _number_track("strength", self.strength)

    def mode_numbers(self) -> dict[str, NumberTrack]:
        """The tracks of the mode's own numbers, by name."""
        return {name: _number_track(f"keyframes.{name}", keys) for name, keys in self.keyframes.items()}

    def _of_regions(self) -> Iterator[NumberTrack]:
        for number, region in enumerate(self.regions):
            yield from region.tracks(number).values()


@dataclass(frozen=True)
class ProjectFile:
    """A project and where it came from, for its relative paths."""

    project: AnimationProject
    path: Path

    def beside(self, name: str) -> Path | None:
        """The file that the project names, or ``None`` for no name."""
        return self.path.parent / name if name else None

    def parts(self) -> tuple[PartName, ...]:
        """What the regions are."""
        return tuple(part_name(region.part, self.path.parent) for region in self.project.regions)

    def fingerprint(self) -> str:
        """Of all that the frames depend on, the contents of source, mask and regions included. Raises `FileError`."""
        left_out = {"export"} if self.project.regions else {"export", "regions"}
        settings = self.project.model_dump(mode="json", exclude=left_out)
        digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode("utf-8"))
        for path in (self.beside(self.project.source), self.beside(self.project.mask)):
            digest.update(b"-" if path is None else _contents(path))
        for file in dict.fromkeys(part.file for part in self.parts()):
            digest.update(_contents(file))
        return digest.hexdigest()


def read_project(path: Path) -> ProjectFile:
    """Read and check a project file; `FileError` or `SettingError` naming the file and the key that is wrong."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise FileError(
                "{file} is larger than {max_bytes}.",
                "A project is a few lines of text.",
                file=path.name,
                max_bytes=bytes_text(_MAX_BYTES),
            )
        data = parse_toml(path.read_bytes())
    except OSError as error:
        raise FileError(
            "{path} could not be read: {reason}.",
            "Check the name and the folder.",
            path=path,
            reason=reason_for(error),
        ) from error
    except UnicodeDecodeError as error:
        raise FileError("{file} is not UTF-8 text.", "Save it as UTF-8.", file=path.name) from error
    except ValueError as error:
        raise FileError(
            "{file} is not valid TOML: {reason}.", "Mend that place.", file=path.name, reason=error
        ) from error
    try:
        project = AnimationProject.model_validate(data)
    except ValidationError as error:
        raise _problem(path, error) from error
    try:
        project.check_length()
        project.export.options(Fraction(1))
    except SettingError as error:
        raise SettingError("{file}: {text}", error.advice, file=path.name, text=error.message) from error
    return ProjectFile(project, path)


def _problem(path: Path, error: ValidationError) -> SettingError:
    first = error.errors()[0]
    key = ""
    for part in first["loc"]:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else part
    advice = "See the help page about animation."
    if first["type"] == "missing":
        return SettingError("{file}: {key} is missing.", advice, file=path.name, key=key)
    if first["type"] == "extra_forbidden":
        return SettingError("{file}: there is no key {key}.", advice, file=path.name, key=key)
    return SettingError(
        "{file}: {key} cannot be {shown}: {reason}.",
        advice,
        file=path.name,
        key=key,
        shown=_shown(first["input"]),
        reason=reason_of(error),
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def reason_of(error: ValidationError) -> str:
    """What is wrong first, in our own words where we have some, without a full stop."""
    first = error.errors()[0]
    reason = str(first["ctx"]["error"]) if first["type"] == "value_error" else first["msg"]
    return reason.rstrip(".")


def _prompt_track(name: str, keys: tuple[PromptKey, ...]) -> BlendTrack[str]:
    return BlendTrack(name, tuple(BlendKeyframe(key.frame, key.text, key.interpolation) for key in keys))


def _number_track(name: str, keys: tuple[NumberKey, ...]) -> NumberTrack:
    return NumberTrack(name, tuple(NumberKeyframe(key.frame, key.value, key.interpolation) for key in keys))


def _contents(path: Path) -> bytes:
    try:
        if path.is_dir():
            digest = hashlib.sha256()
            for file in sorted(path.iterdir()):
                digest.update(os.fsencode(file.name) + (_contents(file) if file.is_file() else b""))
            return digest.digest()
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except OSError as error:
        raise FileError(
            "{path} could not be read: {reason}.",
            "Check the name and the folder.",
            path=path,
            reason=reason_for(error),
        ) from error
