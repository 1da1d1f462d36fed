"""Frames one after another, from files or from memory, never all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from studio.document import Pixels
from studio.errors import FileError
from studio.files.documents import read_picture
from studio.files.pictures.images import DEFAULT_DURATION, Frame
from studio.text.exceptions import reason_for

PICTURE_SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp"})


class FrameSource(Protocol):
    """Frames that can be gone through more than once.

    ``name`` is for messages. ``size`` is the (width, height) of the first frame. ``count`` is the number of frames; of
    a film it is what its header says. ``rate`` is frames a second if it is constant, else ``None`` and each frame's
    ``duration`` counts. ``has_alpha`` is false if every frame is known to be opaque. ``random_access`` says whether
    `frame` costs no more than one frame.
    """

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def count(self) -> int: ...
    @property
    def rate(self) -> Fraction | None: ...
    @property
    def timed(self) -> bool: ...
    @property
    def has_alpha(self) -> bool: ...
    @property
    def random_access(self) -> bool: ...

    def frames(self, start: int = 0) -> Iterator[Frame]:
        """The frames from ``start`` (from 0) on. Raises `FileError` naming the file, in the middle too."""
        ...

    def frame(self, index: int) -> Frame:
        """One frame; ``IndexError`` if there is none."""
        ...


class FolderFrames:
    """The pictures of a folder in the order of their names, where 10 comes after 9.

    ``rate`` and ``opaque`` are what the caller knows about them. Raises `FileError` for a folder without pictures.
    """

    random_access: Final = True

    def __init__(self, folder: Path, *, rate: Fraction | None = None, opaque: bool = False) -> None:
        self.files = pictures_in(folder)
        if not self.files:
            raise FileError(
                "{folder} holds no frames.", "Choose a folder of PNG, JPEG or WebP pictures.", folder=folder
            )
        self.name = folder.name
        self.rate = rate
        self.timed = rate is not None
        self.has_alpha = not opaque
        height, width = read_picture(self.files[0]).shape[:2]
        self.size = (width, height)

    @property
    def count(self) -> int:
        return len(self.files)

    def frames(self, start: int = 0) -> Iterator[Frame]:
        for index in range(start, self.count):
            yield self.frame(index)

    def frame(self, index: int) -> Frame:
        return Frame(read_picture(self.files[index]), DEFAULT_DURATION)


class MemoryFrames:
    """Frames in memory: straight RGBA ``(h, w, 4)`` uint8 each, at least one."""

    random_access: Final = True

    def __init__(self, pictures: Sequence[Pixels], *, rate: Fraction | None = None, name: str = "frames") -> None:
        self._pictures = pictures
        self.rate = rate
        self.timed = rate is not None
        self.name = name
        self.has_alpha = True
        height, width = pictures[0].shape[:2]
        self.size = (width, height)

    @property
    def count(self) -> int:
        return len(self._pictures)

    def frames(self, start: int = 0) -> Iterator[Frame]:
        for index in range(start, self.count):
            yield self.frame(index)

    def frame(self, index: int) -> Frame:
        return Frame(self._pictures[index], DEFAULT_DURATION)


def on_colour(pixels: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """Straight RGBA ``(h, w, 4)`` over an opaque colour: RGB ``(h, w, 3)``, uint8."""
    alpha = pixels[..., 3:].astype(np.uint16)
    behind = np.array(colour, np.uint16) * (255 - alpha)
    return np.asarray((pixels[..., :3] * alpha + behind + 127) // 255, np.uint8)


def pictures_in(folder: Path) -> list[Path]:
    """The pictures right in a folder, in natural order. Raises `FileError` if it cannot be read."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in PICTURE_SUFFIXES and path.is_file()]
    except OSError as error:
        raise FileError(
            "{folder} could not be read: {reason}.",
            "Check the name and the folder.",
            folder=folder,
            reason=reason_for(error),
        ) from error
    return sorted((path for path in found if not path.name.startswith(".")), key=_natural)


def _natural(path: Path) -> list[tuple[int, str]]:
    """Digits compare as numbers."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.name.lower()) if part
    ]
