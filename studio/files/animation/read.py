"""Reading films, animated pictures and folders of frames, one frame after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.ImageFile import ImageFile

from studio.errors import CorruptFileError, FileError, ShorelineError, UnsupportedFileError
from studio.files.animation.document import DocumentFrames
from studio.files.animation.film import VideoFrames, sound_only
from studio.files.animation.frames import FolderFrames, FrameSource, MemoryFrames
from studio.files.documents import open_document, read_picture
from studio.files.pictures.formats import sniff
from studio.files.pictures.images import (
    BROKEN,
    BYTES_PER_FRAME_PIXEL,
    Frame,
    damaged,
    frame_milliseconds,
    frame_of,
    opened_picture,
    orientation_of,
    shown_frames,
    too_large,
)
from studio.files.untrusted.limits import check_file_bytes, check_picture_size
from studio.files.untrusted.memory import check_memory
from studio.text.exceptions import reason_for

_HEAD_BYTES: Final = 512
_AVIF: Final = (b"ftypavif", b"ftypavis")
_SOUND: Final = (b"ID3", b"fLaC", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
"""How MP3, FLAC and AAC files begin."""


def open_frames(path: Path) -> FrameSource:
    """The frames of a folder of pictures, of a GIF, WebP or PNG animation, of a film, or of a document's timeline.

    A still picture has one frame. Raises `FileError` (`UnsupportedFileError`, `CorruptFileError`) naming the file.
    """
    if path.is_dir():
        return FolderFrames(path)
    try:
        check_file_bytes(path.stat().st_size, path.name)
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise FileError("{path} does not exist.", "Check the name and the folder.", path=path) from error
    except OSError as error:
        raise FileError(
            "{file} could not be read: {reason}.",
            "Check that you may open it.",
            file=path.name,
            reason=reason_for(error),
        ) from error
    if head[4:12] in _AVIF:
        return PictureFrames(path, AvifImageFile)
    try:
        file_format = sniff(head, path.name)
    except (UnsupportedFileError, CorruptFileError):
        if _is_sound(head):
            raise sound_only(path.name) from None
        return VideoFrames(path)
    if file_format.is_layered:
        return DocumentFrames(open_document(path).document, path.name)
    animation = PictureFrames(path, partial(opened_picture, file_format=file_format))
    # One picture takes the road of all pictures, which keeps what animations cannot hold.
    return animation if animation.count > 1 else MemoryFrames((read_picture(path),), name=path.name)


def _is_sound(head: bytes) -> bool:
    return head.startswith(_SOUND) or (head[:4] in (b"RIFF", b"FORM") and head[8:12] in (b"WAVE", b"AIFF", b"AIFC"))


class PictureFrames:
    """The frames of an animated GIF, WebP, AVIF or PNG, as full, upright pictures."""

    random_access: Final = False
    rate: Final = None
    has_alpha: Final = True

    def __init__(self, path: Path, decoder: Callable[[BinaryIO], ImageFile]) -> None:
        self._path = path
        self._decoder = decoder
        self.name = path.name
        with self._opened() as image:
            self._shown = shown_frames(image)
            size = int(image.width), int(image.height)
            self.size = size if orientation_of(image) < 5 else size[::-1]
        self.count = len(self._shown)
        self.timed = self.count > 1

    def frames(self, start: int = 0) -> Iterator[Frame]:
        told, gone = 0.0, 0
        with self._opened() as image:
            for index in self._shown[start:]:
                try:
                    frame = frame_of(image, index)
                except BROKEN as error:
                    raise damaged(self.name, error) from error
                told += frame_milliseconds(image)
                yield Frame(frame.pixels, round(told) - gone)
                gone = round(told)

    def frame(self, index: int) -> Frame:
        for frame in self.frames(index):
            return frame
        raise IndexError(index)

    @contextmanager
    def _opened(self) -> Iterator[ImageFile]:
        try:
            with self._path.open("rb") as stream, self._decoder(stream) as image:
                check_picture_size(*image.size, self.name)
                area = image.width * image.height
                check_memory(area * BYTES_PER_FRAME_PIXEL, self._path.stat().st_size, self.name)
                yield image
        except ShorelineError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
            raise too_large(self.name) from error
        except BROKEN as error:
            raise damaged(self.name, error) from error
