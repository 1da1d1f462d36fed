"""Reading films, animated pictures and folders of frames, one frame after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.ImageFile import ImageFile

from studio.document import Pixels
from studio.errors import CorruptFileError, FileError, ShorelineError, UnsupportedFileError
from studio.files.animation_document import DocumentFrames
from studio.files.animation_frames import DEFAULT_DURATION, FolderFrames, FrameSource
from studio.files.documents import open_document
from studio.files.formats import FileFormat, sniff
from studio.files.images import BROKEN, Frame, damaged, frame_of, opened_picture, too_large
from studio.files.limits import check_file_bytes, check_picture_size

if TYPE_CHECKING:
    import av.container

_HEAD_BYTES: Final = 512
_AVIF: Final = (b"ftypavif", b"ftypavis")
_FILMS: Final = "mov,matroska,webm,avi,ogg,flv,mpegts,mpeg,asf,ivf,y4m,yuv4mpegpipe,m4v"
"""Containers that FFmpeg may take a file for: none that names other files, as playlists do."""


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
        raise FileError(f"{path} does not exist.", "Check the name and the folder.") from error
    except OSError as error:
        raise FileError(f"{path.name} could not be read: {error.strerror}.", "Check that you may open it.") from error
    if head[4:12] in _AVIF:
        return PictureFrames(path, AvifImageFile)
    try:
        file_format = sniff(head, path.name)
    except (UnsupportedFileError, CorruptFileError):
        return VideoFrames(path)
    if file_format in (FileFormat.OPENRASTER, FileFormat.PSD):
        return DocumentFrames(open_document(path).document, path.name)
    return PictureFrames(path, partial(opened_picture, file_format=file_format))


class PictureFrames:
    """The frames of an animated GIF, WebP or PNG, as full pictures."""

    random_access: Final = False
    rate: Final = None
    has_alpha: Final = True

    def __init__(self, path: Path, decoder: Callable[[BinaryIO], ImageFile]) -> None:
        self._path = path
        self._decoder = decoder
        self.name = path.name
        with self._opened() as image:
            self.size = (int(image.width), int(image.height))
            self.count = int(getattr(image, "n_frames", 1))

    def frames(self, start: int = 0) -> Iterator[Frame]:
        with self._opened() as image:
            for index in range(start, self.count):
                try:
                    frame = frame_of(image, index)
                except BROKEN as error:
                    raise damaged(self.name, error) from error
                yield Frame(frame.pixels, frame.duration or DEFAULT_DURATION)

    def frame(self, index: int) -> Frame:
        return _one(self, index)

    @contextmanager
    def _opened(self) -> Iterator[ImageFile]:
        try:
            with self._path.open("rb") as stream, self._decoder(stream) as image:
                check_picture_size(*image.size, self.name)
                yield image
        except ShorelineError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
            raise too_large(self.name) from error
        except BROKEN as error:
            raise damaged(self.name, error) from error


class VideoFrames:
    """The pictures of a film's first video track, through FFmpeg. Sound is left out."""

    random_access: Final = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name
        with self._opened() as (_container, stream):
            context = stream.codec_context
            check_picture_size(context.width, context.height, self.name)
            self.size = (int(context.width), int(context.height))
            rate = stream.average_rate or stream.guessed_rate
            self.rate = Fraction(rate) if rate else Fraction(25)
            self.has_alpha = _has_alpha(stream)
            self.count = int(stream.frames) or self._counted()
        if self.count < 1:
            raise CorruptFileError(f"{self.name} has no pictures in it.", "Choose another film.")

    def frames(self, start: int = 0) -> Iterator[Frame]:
        duration = round(1000 / self.rate)
        shown = 0
        with self._opened() as (container, stream):
            for picture in _decoded(container, stream):
                if shown >= start:
                    yield Frame(self._pixels(picture), duration)
                shown += 1
        if shown < self.count - _MAY_MISS:
            raise CorruptFileError(
                f"{self.name} ends after {shown} of {self.count} frames.", "Get it again, or open a backup."
            )

    def frame(self, index: int) -> Frame:
        return _one(self, index)

    def _pixels(self, picture: Any) -> Pixels:
        if (picture.width, picture.height) != self.size:
            raise UnsupportedFileError(f"The size of the pictures changes in {self.name}.", "Convert it first.")
        pixels: Pixels = np.full((self.size[1], self.size[0], 4), 255, np.uint8)
        pixels[..., :3] = picture.to_ndarray(format="rgb24")
        if self.has_alpha:
            pixels[..., 3] = _alpha(picture)
        return pixels

    def _counted(self) -> int:
        """The number of packets, for films whose header does not say."""
        with self._opened() as (container, stream):
            return sum(1 for packet in container.demux(stream) if packet.size)

    @contextmanager
    def _opened(self) -> Iterator[tuple[av.container.InputContainer, Any]]:
        import av  # FFmpeg's libraries, which most starts never need

        try:
            with (
                self._path.open("rb") as file,
                av.open(file, "r", options={"format_whitelist": _FILMS}) as container,
            ):
                if not container.streams.video:
                    raise UnsupportedFileError(f"{self.name} has no pictures in it.", "Choose a film.")
                stream = container.streams.video[0]
                stream.thread_type = "AUTO"
                yield container, stream
        except ShorelineError:
            raise
        except av.error.DecoderNotFoundError as error:
            raise UnsupportedFileError(
                f"{self.name} has a codec that this build cannot read.", "Convert it to H.264 or VP9 first."
            ) from error
        except av.error.FFmpegError as error:
            raise CorruptFileError(
                f"{self.name} is no film that Shoreline reads, or is damaged ({error.strerror}).",
                "Choose another film, an animated GIF, WebP or PNG, or a folder of frames.",
            ) from error
        except (OSError, ValueError, MemoryError) as error:
            raise damaged(self.name, error) from error


_MAY_MISS: Final = 2
"""Frames that a sound film may hold fewer than its header says."""
_ALPHA_DECODERS: Final = {"vp8": "libvpx", "vp9": "libvpx-vp9"}


def _alpha(picture: Any) -> Pixels:
    """The alpha plane; not by way of RGBA, where FFmpeg loses the last columns of some widths."""
    plane = picture.reformat(format="yuva444p").planes[3]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: picture.height, : picture.width]


def _has_alpha(stream: Any) -> bool:
    pixel_format = stream.codec_context.format
    own = pixel_format is not None and any(component.is_alpha for component in pixel_format.components)
    return bool(own or _alpha_apart(stream))


def _alpha_apart(stream: Any) -> bool:
    """Whether a WebM says that its transparency is a track within the track."""
    return any(key.lower() == "alpha_mode" and value == "1" for key, value in stream.metadata.items())


def _decoded(container: Any, stream: Any) -> Iterator[Any]:
    if not _alpha_apart(stream):
        yield from container.decode(stream)
        return
    import av

    # FFmpeg's own VP8 and VP9 decoders leave the transparency of WebM out; libvpx reads it.
    name = _ALPHA_DECODERS.get(stream.codec_context.codec.canonical_name, "libvpx-vp9")
    decoder: Any = av.CodecContext.create(name, "r")
    for packet in container.demux(stream):
        yield from decoder.decode(packet)


def _one(source: FrameSource, index: int) -> Frame:
    for frame in source.frames(index):
        return frame
    raise IndexError(index)
