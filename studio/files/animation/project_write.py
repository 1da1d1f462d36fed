"""Writes the project file of an animation, so that `read_project` gives the same project back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from studio.errors import SettingError
from studio.files.animation.project import (
    REGION_NUMBERS,
    AnimationProject,
    NumberKey,
    ProjectRegion,
    PromptKey,
    SeedKey,
)
from studio.files.disk.atomic import saving_error, write_atomically

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_SHORT_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_HEAD: Final = ("format", "mode", "frames", "fps", "width", "height")
_MODEL: Final = ("model", "scheduler", "steps")
_TRACKS: Final = ("prompt", "negative_prompt", "seed", "guidance_scale", "strength")
_FILES: Final = ("source", "mask")

Key = NumberKey | PromptKey | SeedKey


def write_project(project: AnimationProject, path: Path) -> None:
    """Put the project in place of the file; the old one stays until the new one is whole.

    Raises `FileError`, and `SettingError` for the name of a source or mask that TOML cannot hold.
    """
    try:
        data = project_text(project).encode("utf-8")
    except UnicodeEncodeError as error:
        raise SettingError(
            "{file} cannot name a source or mask whose file name is no Unicode.",
            "Rename that file or folder.",
            file=path.name,
        ) from error

    def write(stream: BinaryIO) -> None:
        stream.write(data)

    try:
        write_atomically(path, write)
    except OSError as error:
        raise saving_error(path, error) from error


def project_text(project: AnimationProject) -> str:
    """The project as TOML. A track with one keyframe at the start is one value, as a person would write it."""
    plain = {name: getattr(project, name) for name in (*_HEAD, *_MODEL, *_FILES)}
    parts = [
        _lines({name: plain[name] for name in _HEAD}),
        _lines({name: plain[name] for name in _MODEL}),
        [_track(name, getattr(project, name)) for name in _TRACKS],
        _lines({name: plain[name] for name in _FILES if plain[name]}),
        *(_region(region) for region in project.regions),
        _table("keyframes", [_track(name, keys) for name, keys in project.keyframes.items()]),
        _table("parameters", _lines(project.parameters)),
        _table("export", _lines(project.export.model_dump(exclude_none=True))),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def _table(name: str, lines: list[str]) -> list[str]:
    return [f"[{name}]", *lines] if lines else []


def _region(region: ProjectRegion) -> list[str]:
    """One of a list of tables, with what it says beyond the usual."""
    plain = {name: getattr(region, name) for name in ("part", "prompt", "negative_prompt") if getattr(region, name)}
    usual = ProjectRegion(part=region.part)
    moved = [name for name in REGION_NUMBERS if getattr(region, name) != getattr(usual, name)]
    return ["[[regions]]", *_lines(plain), *(_track(name, getattr(region, name)) for name in moved)]


def _lines(values: Mapping[str, Any]) -> list[str]:
    return [f"{_key(name)} = {_value(value)}" for name, value in values.items()]


def _track(name: str, keys: Iterable[Key]) -> str:
    keys = tuple(keys)
    if len(keys) == 1 and keys[0].frame == 0 and keys[0].interpolation == "linear":
        (only,) = (value for field, value in _fields(keys[0]).items() if field != "frame")
        return f"{_key(name)} = {_value(only)}"
    rows = (", ".join(f"{field} = {_value(value)}" for field, value in _fields(key).items()) for key in keys)
    return f"{_key(name)} = [\n" + "".join(f"  {{ {row} }},\n" for row in rows) + "]"


def _fields(key: Key) -> dict[str, Any]:
    """Frame, value, and the interpolation where it is not the usual one."""
    dumped = key.model_dump()
    fields = {name: dumped[name] for name in dumped if name != "interpolation"}
    return fields if key.interpolation == "linear" else {**fields, "interpolation": key.interpolation}


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _text(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    return repr(value)


def _text(text: str) -> str:
    return '"' + "".join(map(_character, text)) + '"'


def _character(letter: str) -> str:
    if letter in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[letter]
    return f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter
