"""The JSON file beside a sheet, in the two layouts that game engines read: an array of frames, or one by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio import __version__
from studio.errors import FileError
from studio.files.sheets.layout import Layout, Place

_APP: Final = "Shoreline"
_LARGEST: Final = 64 << 20
"""Bytes of a description that is looked into, to see whose it is."""


@dataclass(frozen=True)
class Described:
    """What is said of one sprite: its name, its whole (width, height), and for how many milliseconds it is shown."""

    name: str
    size: tuple[int, int]
    duration: int | None = None


def described(sprites: Sequence[Described], layout: Layout, picture: str, *, by_name: bool = False) -> str:
    """The JSON text: ``frames`` as an array with a ``filename`` each, or ``by_name`` as an object."""
    frames = [_frame(sprite, place) for sprite, place in zip(sprites, layout.places, strict=True)]
    names = unique(f"{sprite.name}.png" for sprite in sprites)
    named = zip(names, frames, strict=True)
    listed: Any = dict(named) if by_name else [{"filename": name, **frame} for name, frame in named]
    meta = {
        "app": _APP,
        "version": __version__,
        "image": picture,
        "format": "RGBA8888",
        "size": {"w": layout.width, "h": layout.height},
        "scale": "1",
    }
    return json.dumps({"frames": listed, "meta": meta}, indent=1, ensure_ascii=False)


def unique(names: Iterable[str]) -> list[str]:
    """Names of which none comes twice: the second "a.png" is "a 2.png"."""
    taken: set[str] = set()
    next_number: Counter[str] = Counter()
    out = []
    for name in names:
        free = name
        while free in taken:
            next_number[name] += 1
            stem, dot, suffix = name.rpartition(".")
            free = f"{stem} {next_number[name] + 1}{dot}{suffix}"
        taken.add(free)
        out.append(free)
    return out


def check_companion(path: Path) -> None:
    """Raise `FileError` where a sheet ``path`` (.png or .json) would replace a file beside it that is not of the sheet.

    The file that a person named was asked about; the other one is replaced only if both are a sheet already.
    """
    picture, description = path.with_suffix(".png"), path.with_suffix(".json")
    other = description if path.suffix.lower() == ".png" else picture
    if other.exists() and not _describes(description, picture):
        raise FileError(
            "{file} is there already and does not belong to a sheet of this name.",
            "Choose another name: a sheet is a .png and a .json file.",
            file=other.name,
        )


def _describes(description: Path, picture: Path) -> bool:
    try:
        if description.stat().st_size > _LARGEST:
            return False
        meta = json.loads(description.read_bytes())["meta"]
        return bool(meta["app"] == _APP and meta["image"] == picture.name)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return False


def _frame(sprite: Described, place: Place) -> dict[str, Any]:
    part, (width, height) = place.part, sprite.size
    frame = {
        "frame": {"x": place.x, "y": place.y, "w": part.width, "h": part.height},
        "rotated": False,
        "trimmed": (part.x, part.y, part.width, part.height) != (0, 0, width, height),
        "spriteSourceSize": {"x": part.x, "y": part.y, "w": part.width, "h": part.height},
        "sourceSize": {"w": width, "h": height},
    }
    return frame if sprite.duration is None else {**frame, "duration": sprite.duration}
