"""Where the pictures of a gallery lie, without reading one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from studio.errors import GalleryError
from studio.files.gallery.values import ENDING, is_inside


def files_in(folder: Path) -> Iterator[str]:
    """The pictures that lie in ``folder`` and the folders in it, by their paths below it; no order.

    Names that are no Unicode are not of our making.
    """
    for place, _folders, names in os.walk(folder):
        below = Path(place).relative_to(folder)
        found = ((below / name).as_posix() for name in names if name.endswith(ENDING) and not name.startswith("."))
        yield from (file for file in found if is_inside(file) and file.isprintable())


def path_of(folder: Path, file: str) -> Path:
    """Where a picture lies. Raises `GalleryError` for one that an index has outside the folder."""
    if not is_inside(file):
        raise GalleryError("The gallery names a picture outside its folder: {file}.", "It is left alone.", file=file)
    return folder / file
