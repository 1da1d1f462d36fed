"""Small pictures of files, for file managers: what a document carries with it, else the file itself, reduced."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import cv2
import numpy as np

from studio.document import Pixels
from studio.errors import CorruptFileError
from studio.files.documents import read_picture
from studio.files.openraster.write import THUMBNAIL_SIDE
from studio.files.pictures.formats import FileFormat
from studio.files.pictures.images import decode
from studio.files.untrusted.safe_zip import SafeZip

_CARRIED: Final = "Thumbnails/thumbnail.png"
_MERGED: Final = "mergedimage.png"
_MAX_BYTES: Final = 256 * 1024**2


def file_thumbnail(path: Path, side: int) -> Pixels:
    """A picture of any file that opens, straight RGBA ``(h, w, 4)`` uint8, its longer side at most ``side`` pixels.

    Raises what opening the file raises.
    """
    pixels = _carried(path, side) if path.suffix.lower() == ".ora" else None
    return fitted(read_picture(path) if pixels is None else pixels, side)


def _carried(path: Path, side: int) -> Pixels | None:
    """The flat pictures that OpenRaster asks programs to put beside the layers: no layer is read for a thumbnail."""
    entry = _CARRIED if side <= THUMBNAIL_SIDE else _MERGED
    try:
        with path.open("rb") as stream, SafeZip(stream, path.name) as archive:
            return decode(archive.read(entry, _MAX_BYTES), FileFormat.PNG, path.name).pixels
    except (CorruptFileError, OSError):
        return None


def fitted(pixels: Pixels, side: int) -> Pixels:
    """uint8 pixels with their longer side at most ``side`` pixels: as they are, or reduced by area."""
    height, width = pixels.shape[:2]
    scale = side / max(width, height)
    if scale >= 1:
        return pixels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
