"""The presets that ship and the person's own, each a small text file."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from studio.errors import CorruptFileError, FileError, SettingError, ShorelineError
from studio.files.disk.atomic import saving_error, write_atomically
from studio.raster.brushes.preset import LONGEST_NAME, BrushPreset
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_json

SUFFIX: Final = ".brush"
MOST_BYTES: Final = 2 * 1024**2
"""A preset is refused from here on."""

_REMOVED: Final = "removed"
_MOST_FILES: Final = 5_000


@dataclass(frozen=True)
class StoredPreset:
    """``id`` is the name of its file; ``is_bundled`` says that it ships, ``is_changed`` that the person changed it."""

    id: str
    preset: BrushPreset
    is_bundled: bool
    is_changed: bool


class PresetShelf:
    """The presets in a folder that ships and one of the person's own, in which a file of the same name counts instead.

    A file that cannot be read is passed over; `problems` says which and why.
    """

    def __init__(self, bundled: Path, own: Path) -> None:
        self._bundled = bundled
        self._own = own
        self.problems: tuple[ShorelineError, ...] = ()

    def presets(self) -> tuple[StoredPreset, ...]:
        """Those that ship in the order of their files, then the person's own by name."""
        problems: list[ShorelineError] = []
        shipped = dict(_read_all(self._bundled, problems))
        own = dict(_read_all(self._own, problems))
        self.problems = tuple(problems)
        first = [StoredPreset(key, own.get(key, preset), True, key in own) for key, preset in shipped.items()]
        others = [StoredPreset(key, preset, False, False) for key, preset in own.items() if key not in shipped]
        return (*first, *sorted(others, key=lambda each: each.preset.name.casefold()))

    def add(self, preset: BrushPreset) -> str:
        """Keep a new preset; returns its id. Raises `FileError`."""
        stem = re.sub(r"[^\w-]+", "-", preset.name.casefold()).strip("-")[:40] or "brush"
        taken = {path.stem for folder in (self._bundled, self._own) for path in folder.glob(f"*{SUFFIX}")}
        names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, _MOST_FILES))
        preset_id = next(name for name in names if name not in taken)
        self.save(preset_id, preset)
        return preset_id

    def save(self, preset_id: str, preset: BrushPreset) -> None:
        """Write a preset over the one of this id. Raises `FileError`."""
        path = self._own / f"{preset_id}{SUFFIX}"
        data = json.dumps(preset.differences(), indent=1, ensure_ascii=False).encode()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise saving_error(path, error) from error
        write_atomically(path, partial(_write, data))

    def rename(self, stored: StoredPreset, name: str) -> None:
        """Give a preset another name. Raises `SettingError` for none, and `FileError`."""
        name = name.strip()
        if not 0 < len(name) <= LONGEST_NAME:
            raise SettingError("A brush needs a name of 1 to {most} letters.", "Type another one.", most=LONGEST_NAME)
        self.save(stored.id, replace(stored.preset, name=name))

    def remove(self, preset_id: str) -> None:
        """Take the person's file of a preset away, into a folder beside: one that ships is then as it was.

        Raises `FileError`.
        """
        path = self._own / f"{preset_id}{SUFFIX}"
        try:
            (self._own / _REMOVED).mkdir(parents=True, exist_ok=True)
            path.replace(self._own / _REMOVED / path.name)
        except OSError as error:
            raise saving_error(path, error) from error


def read_preset(path: Path) -> BrushPreset:
    """A preset of our own. Raises `FileError` naming the file."""
    try:
        data = read_small(path, MOST_BYTES)
        preset = BrushPreset.read(parse_json(data))
    except (ValueError, SettingError) as error:
        raise CorruptFileError(
            "{file} is no brush preset that can be read ({reason}).",
            "Reset it, or copy it again from where it came.",
            file=path.name,
            reason=error,
        ) from error
    return preset if preset.name else replace(preset, name=path.stem[:LONGEST_NAME])


def read_small(path: Path, most: int) -> bytes:
    """All of a file of at most ``most`` bytes. Raises `FileError`."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise FileError(
            "{file} could not be read: {reason}.", "Choose another file.", file=path.name, reason=reason_for(error)
        ) from error
    if len(data) > most:
        raise FileError("{file} is too large for a brush.", "Choose another file.", file=path.name)
    return data


def _read_all(folder: Path, problems: list[ShorelineError]) -> Iterator[tuple[str, BrushPreset]]:
    paths: list[Path] = []
    with contextlib.suppress(OSError):
        paths = sorted(folder.glob(f"*{SUFFIX}"))[:_MOST_FILES]
    for path in paths:
        try:
            yield path.stem, read_preset(path)
        except ShorelineError as error:
            problems.append(error)


def _write(data: bytes, file: BinaryIO) -> None:
    file.write(data)
