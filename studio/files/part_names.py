"""Texts that name a part of a picture: a picture of it, or a layer of a document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.errors import SettingError

OF: Final = "#"
"""Between a document and the name of its layer: ``scene.ora#Sky``."""


@dataclass(frozen=True)
class PartName:
    """A picture, which is opaque or white where the part is, or a ``layer`` of a document, which is opaque there."""

    file: Path
    layer: str = ""

    @property
    def name(self) -> str:
        """What a person calls the part."""
        return self.layer or self.file.stem


def part_name(text: str, folder: Path = Path(), own: Path | None = None) -> PartName:
    """What a text names beside a ``folder``; ``own`` is the document of a text that names a layer alone.

    A file whose own name holds the sign is that file. Raises `SettingError` for a layer of no document.
    """
    splits = [place for place, letter in enumerate(text) if letter == OF]
    if not splits or (folder / text).is_file():
        return PartName(folder / text)
    files = ((folder / text[:place], text[place + 1 :]) for place in splits if text[:place])
    file, layer = next(((file, layer) for file, layer in files if file.is_file()), (None, ""))
    if file is None and splits[0] == 0:
        file, layer = own, text[1:]
    if file is None and splits[0] == 0:
        raise SettingError("{part} is a layer of no document.", "Write a file before it: scene.ora{part}.", part=text)
    if file is None:  # it is said to be missing when it is read
        file, layer = folder / text[: splits[0]], text[splits[0] + 1 :]
    if not layer.strip():
        raise SettingError("{part} names no layer.", "Write the name of one behind it.", part=text)
    return PartName(file, layer)
