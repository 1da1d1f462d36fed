"""The pictures of the gallery as files: a PNG each, with the settings that draw it again, in a folder a month."""

from __future__ import annotations

import time
from pathlib import Path
from typing import BinaryIO, Final

import cv2

from studio.document import Pixels
from studio.errors import FileError, GalleryError
from studio.files.disk.atomic import write_atomically
from studio.files.documents import open_document
from studio.files.gallery.values import ENDING, Drawn, PictureFile
from studio.files.image_write import SaveOptions, write_picture
from studio.files.pictures.formats import FileFormat
from studio.files.thumbnails import fitted
from studio.raster.compose import compose
from studio.raster.convert import unpremultiply
from studio.system.private_files import make_private, make_private_folder
from studio.text.exceptions import reason_for
from studio.text.identifiers import new_identifier

THUMBNAIL_SIDE: Final = 192
"""Longest side in pixels: what a panel shows, on a screen of double density too."""
_THUMBNAIL_QUALITY: Final = 80
_COMPRESSION: Final = 1
"""Half the time of the usual 4, for a few percent more bytes."""


def write_drawn(folder: Path, drawn: Drawn) -> PictureFile:
    """Write a picture to ``folder``, for its owner alone. Raises `GalleryError`; nothing half written is left."""
    path = folder / _name(drawn)
    _write(path, drawn)
    height, width = drawn.pixels.shape[:2]
    return PictureFile(
        file=path.relative_to(folder).as_posix(),
        created=drawn.created,
        size=path.stat().st_size,
        width=width,
        height=height,
        settings=drawn.settings,
        thumbnail=thumbnail(drawn.pixels),
    )


def read_drawn(folder: Path, file: str) -> PictureFile:
    """A picture that lies there and that the index does not know. Raises `FileError` for one that cannot be read."""
    path = folder / file
    opened = open_document(path)
    document = opened.document
    status = path.stat()
    return PictureFile(
        file=file,
        created=status.st_mtime,
        size=status.st_size,
        width=document.width,
        height=document.height,
        settings=opened.settings,
        thumbnail=thumbnail(compose(document)),
    )


def thumbnail(pixels: Pixels) -> bytes:
    """A small picture as WebP, of premultiplied RGBA ``(h, w, 4)``, uint8."""
    small = fitted(pixels, THUMBNAIL_SIDE)
    bgra = cv2.cvtColor(unpremultiply(small), cv2.COLOR_RGBA2BGRA)
    done, data = cv2.imencode(".webp", bgra, (cv2.IMWRITE_WEBP_QUALITY, _THUMBNAIL_QUALITY))
    return data.tobytes() if done else b""


def _name(drawn: Drawn) -> Path:
    """By the local time, for people; what makes it one of its own is random, since clocks are set back."""
    moment = time.localtime(drawn.created)
    clock = time.strftime("%Y%m%d-%H%M%S", moment)
    return Path(time.strftime("%Y-%m", moment)) / f"{clock}-{drawn.settings.seed}-{new_identifier()[:8]}{ENDING}"


def _write(path: Path, drawn: Drawn) -> None:
    def write(stream: BinaryIO) -> None:
        write_picture(drawn.pixels, stream, FileFormat.PNG, drawn.settings, SaveOptions(compression=_COMPRESSION))

    try:
        make_private_folder(path.parent)
        write_atomically(path, write)
        make_private(path)
    except (FileError, OSError) as error:
        raise GalleryError(
            "A picture that was drawn could not be kept in the gallery: {reason}",
            "It is in its document and in the queue all the same.",
            reason=error.message if isinstance(error, FileError) else f"{reason_for(error)}.",
        ) from error
