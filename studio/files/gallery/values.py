"""What goes into the gallery and comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from studio.document import Pixels
from studio.generation import GenerationSettings

MOST_STARS: Final = 5
PICTURES: Final = "pictures"
"""The folder of the files, beside the index."""
ENDING: Final = ".png"


def is_inside(file: str) -> bool:
    """Whether a path that an index names lies in the folder of pictures: an index may be anyone's."""
    path = PurePosixPath(file)
    return not path.is_absolute() and ".." not in path.parts and ":" not in file and path.suffix == ENDING


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """A picture to keep: uint8 ``(h, w, 4)`` premultiplied RGBA, what draws it again, and when it was made.

    ``created`` is in seconds since 1970.
    """

    pixels: Pixels
    settings: GenerationSettings
    created: float


@dataclass(frozen=True, kw_only=True)
class PictureFile:
    """A picture that is on the disk, as the index is told of it. ``file`` is its path below the folder of pictures."""

    file: str
    created: float
    size: int
    width: int
    height: int
    settings: GenerationSettings | None
    thumbnail: bytes


@dataclass(frozen=True, kw_only=True)
class GalleryEntry:
    """A picture of the gallery. ``width`` and ``height`` are its pixels, ``rating`` 0 (none) to `MOST_STARS`.

    ``file`` is its path below the folder of pictures; ``settings`` what drew it, as JSON, or ``None`` for a file that
    came without. ``thumbnail`` is a WebP. ``is_there`` says whether the file was there when it was looked for.
    """

    id: int
    file: str
    created: float
    prompt: str
    model: str
    tool: str
    seed: int
    width: int
    height: int
    rating: int
    settings: str | None = None
    thumbnail: bytes = b""
    is_there: bool = True

    def settings_read(self) -> GenerationSettings | None:
        """The settings, if they are known and can be read: a newer version may have written them."""
        if self.settings is None:
            return None
        try:
            return GenerationSettings.read_json(self.settings)
        except ValueError:
            return None


@dataclass(frozen=True, kw_only=True)
class GalleryQuery:
    """What is looked for; the empty query finds everything.

    ``text`` is as a person types it, see `studio.files.gallery.words`. ``model`` is an id, ``least_rating`` 0 to
    `MOST_STARS`; with ``is_unrated`` only what has no stars. ``since`` and ``until`` are seconds since 1970, the latter
    left out.
    """

    text: str = ""
    model: str = ""
    least_rating: int = 0
    is_unrated: bool = False
    since: float | None = None
    until: float | None = None

    @property
    def is_empty(self) -> bool:
        return self == GalleryQuery()


@dataclass(frozen=True, kw_only=True)
class GalleryFacts:
    """How much there is: pictures, bytes of their files, and the models that drew them."""

    pictures: int
    size: int
    models: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """What had to go so that the folder keeps within its limit: pictures and bytes of them.

    ``is_over`` says that the rest is still above it, since nothing in it may go.
    """

    pictures: int = 0
    size: int = 0
    is_over: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found, the newest first: ids and, in the same order, files. And how much there is in all."""

    ids: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    facts: GalleryFacts = field(default_factory=lambda: GalleryFacts(pictures=0, size=0, models=()))
