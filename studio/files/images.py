"""Reading flat pictures: PNG, JPEG, WebP and GIF, as straight RGBA in sRGB, upright."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO, Final, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from studio.document import Pixels
from studio.errors import CorruptFileError, FileTooLargeError
from studio.files.colour import to_srgb
from studio.files.formats import FileFormat
from studio.files.limits import MAX_PIXELS, check_picture_size
from studio.files.png_chunks import split_text

EXIF_IFD: Final = 0x8769
USER_COMMENT: Final = 0x9286
MAKER_NOTE: Final = 0x927C
_ORIENTATION: Final = 0x0112

_DECODERS: Final[dict[FileFormat, Callable[[BinaryIO], ImageFile]]] = {
    FileFormat.PNG: PngImageFile,
    FileFormat.JPEG: JpegImageFile,
    FileFormat.WEBP: WebPImageFile,
    FileFormat.GIF: GifImageFile,
}

BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    struct.error,
    zlib.error,
    cv2.error,
)
"""What decoders raise for broken data: Pillow has no one exception for it."""


@dataclass(frozen=True)
class RawMetadata:
    """Texts found in a picture. ``texts`` are PNG keywords; the others are from EXIF and XMP."""

    texts: dict[str, str] = field(default_factory=dict)
    user_comment: bytes = b""
    xmp: bytes = b""


@dataclass(frozen=True, eq=False)
class DecodedImage:
    """``pixels`` is straight RGBA ``(h, w, 4)`` uint8, sRGB, upright."""

    pixels: Pixels
    metadata: RawMetadata
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Frame:
    """One full frame of an animation: straight RGBA ``(h, w, 4)`` uint8, shown for ``duration`` milliseconds."""

    pixels: Pixels
    duration: int


def decode(
    data: bytes, file_format: FileFormat, name: str, check_size: Callable[[int, int, str], None] = check_picture_size
) -> DecodedImage:
    """Decode a flat picture, of an animation the first frame.

    ``check_size(width, height, name)`` is called before any pixel is decoded. Raises `CorruptFileError` or
    `FileTooLargeError` naming the file ``name``; broken metadata or profiles only make notes.
    """
    try:
        return _decode(data, file_format, name, check_size)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise too_large(name) from error
    except BROKEN as error:
        raise damaged(name, error) from error


def decode_frames(data: bytes, file_format: FileFormat, name: str) -> tuple[Frame, ...]:
    """All frames of an animated GIF, WebP or PNG, each as a full picture; one frame for a still picture.

    Raises as `decode` does; also when all frames together are over 400 million pixels.
    """
    try:
        with _DECODERS[file_format](io.BytesIO(data)) as image:
            count = int(getattr(image, "n_frames", 1))
            check_picture_size(*image.size, name)
            if count * image.width * image.height > MAX_PIXELS:
                raise too_large(name)
            return tuple(frame_of(image, index) for index in range(count))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise too_large(name) from error
    except BROKEN as error:
        raise damaged(name, error) from error


def decode_mask(data: bytes, name: str) -> Pixels:
    """The grey values ``(h, w)`` uint8 of a PNG in a layered file, for a mask."""
    try:
        with PngImageFile(io.BytesIO(data)) as image:
            return np.array(image.convert("L"))
    except BROKEN as error:
        raise damaged(name, error) from error


def png_size(data: bytes, name: str) -> tuple[int, int]:
    """Width and height from the header of a PNG (its first 24 bytes are enough)."""
    if len(data) < 24 or data[12:16] != b"IHDR":
        raise damaged(name, ValueError("not a PNG picture"))
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def flat_size(stream: BinaryIO, file_format: FileFormat, name: str) -> tuple[int, int]:
    """Width and height of a flat picture, from its header. Raises `CorruptFileError`."""
    try:
        with _DECODERS[file_format](stream) as image:
            return int(image.width), int(image.height)
    except BROKEN as error:
        raise damaged(name, error) from error


def too_large(name: str) -> FileTooLargeError:
    """What to tell a person about a picture that unpacks to too much."""
    return FileTooLargeError(
        f"{name} would unpack to more than Shoreline accepts.",
        f"Scale it down to at most {MAX_PIXELS // 1_000_000} million pixels.",
    )


def damaged(name: str, error: Exception) -> CorruptFileError:
    """What to tell a person about a file that its decoder refused."""
    return CorruptFileError(f"{name} is damaged or incomplete ({error}).", "Get it again, or open a backup.")


def _decode(
    data: bytes, file_format: FileFormat, name: str, check_size: Callable[[int, int, str], None]
) -> DecodedImage:
    parts = split_text(data) if file_format is FileFormat.PNG else None
    source = parts.picture if parts else data
    notes = list(parts.notes) if parts else []
    with _DECODERS[file_format](io.BytesIO(source)) as image:
        check_size(*image.size, name)
        frames = int(getattr(image, "n_frames", 1))
        if frames > 1:
            notes.append(f"An animation of {frames} frames: the first is shown.")
        if parts is not None and parts.bit_depth == 16:
            notes.append("A picture of 16 bits a channel, converted to 8.")
            image_8bit = _from_16_bits(source)
        else:
            image.load()
            image_8bit = image
        profile = image.info.get("icc_profile")
        pixels, colour_notes = to_srgb(image_8bit, profile if isinstance(profile, bytes) else None)
        metadata, orientation = _exif(image, parts.texts if parts else {})
    return DecodedImage(upright(pixels, orientation), metadata, (*notes, *colour_notes))


def _from_16_bits(data: bytes) -> Image.Image:
    """Round to 8 bits. OpenCV decodes, because Pillow cuts the lower byte off, half a level too dark."""
    values = cast("NDArray[np.uint16] | None", cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED))
    if values is None or values.dtype != np.uint16:
        raise ValueError("the pixels cannot be decoded")
    rounded: Pixels = np.empty(values.shape, np.uint8)
    for row in range(values.shape[0]):
        rounded[row] = (values[row].astype(np.uint32) * 255 + 32767) // 65535
    if rounded.ndim == 2:
        return Image.fromarray(rounded)
    order = cv2.COLOR_BGRA2RGBA if rounded.shape[2] == 4 else cv2.COLOR_BGR2RGB
    return Image.fromarray(cv2.cvtColor(rounded, order))


def opened_picture(stream: BinaryIO, file_format: FileFormat) -> ImageFile:
    """A flat picture or animation opened by the one decoder of its format; raises what is in `BROKEN`."""
    return _DECODERS[file_format](stream)


def frame_of(image: ImageFile, index: int) -> Frame:
    """One frame of an animation as a full picture; raises what is in `BROKEN`."""
    image.seek(index)
    image.load()
    duration = image.info.get("duration", 0)
    profile = image.info.get("icc_profile")
    pixels, _ = to_srgb(image.convert("RGBA"), profile if isinstance(profile, bytes) else None)
    return Frame(pixels, int(duration) if isinstance(duration, int | float) else 0)


def _exif(image: ImageFile, texts: dict[str, str]) -> tuple[RawMetadata, int]:
    """Metadata and the EXIF orientation (1 to 8); whatever is broken counts as absent."""
    comment, orientation = b"", 1
    try:
        exif = image.getexif()
        raw = exif.get_ifd(EXIF_IFD).get(USER_COMMENT, b"")
        comment = raw.encode("utf-8") if isinstance(raw, str) else bytes(raw)
        orientation = int(exif.get(_ORIENTATION, 1))
    except BROKEN:
        pass
    xmp = image.info.get("xmp", b"")
    return RawMetadata(texts, comment, xmp if isinstance(xmp, bytes) else b""), orientation


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turn ``(h, w, 4)`` pixels as an EXIF orientation says (1 to 8; others change nothing)."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
