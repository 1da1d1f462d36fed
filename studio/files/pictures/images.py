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
from studio.files.pictures.colour import to_srgb
from studio.files.pictures.fast_png import decode_png, is_plain
from studio.files.pictures.formats import FileFormat
from studio.files.pictures.png_chunks import check_header, split_text
from studio.files.untrusted.limits import MAX_PIXELS, check_layer_size, check_picture_size
from studio.files.untrusted.memory import check_memory
from studio.message import Message

EXIF_IFD: Final = 0x8769
USER_COMMENT: Final = 0x9286
DEFAULT_DURATION: Final = 100
"""Milliseconds for a frame whose file gives none, or hardly any, as browsers do."""
_ORIENTATION: Final = 0x0112
_SHORTEST: Final = 10


class _Png(PngImageFile):
    """Pillow widens greys of 2 and 4 bits to 8, and forgets that for the one that is transparent."""

    def _open(self) -> None:
        super()._open()
        transparent = self.info.get("transparency")
        if self.mode == "L" and isinstance(transparent, int) and self.tile:
            most = {"L;2": 3, "L;4": 15}.get(str(self.tile[0].args), 255)
            self.info["transparency"] = (transparent & most) * 255 // most


_DECODERS: Final[dict[FileFormat, Callable[[BinaryIO], ImageFile]]] = {
    FileFormat.PNG: _Png,
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
    RuntimeError,
    struct.error,
    zlib.error,
    cv2.error,
)
"""What decoders raise for broken data: Pillow has no one exception for it."""


BYTES_PER_PIXEL: Final = 10
"""What decoding and laying out in tiles takes at its height for each pixel, as measured."""

BYTES_PER_FRAME_PIXEL: Final = 18
"""The same for a frame of an animation, for WebP, whose decoder has canvases of its own, and for 16 bits a channel."""


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
        with opened_picture(io.BytesIO(data), file_format) as image:
            shown = shown_frames(image)
            check_picture_size(*image.size, name)
            area = image.width * image.height
            if len(shown) * area > MAX_PIXELS:
                raise too_large(name)
            if len(shown) > 1:
                check_memory(len(shown) * area * 4 + area * BYTES_PER_FRAME_PIXEL, len(data), name)
                return tuple(frame_of(image, index) for index in shown)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise too_large(name) from error
    except BROKEN as error:
        raise damaged(name, error) from error
    return (Frame(decode(data, file_format, name).pixels, 0),)


def decode_mask(data: bytes, name: str) -> Pixels:
    """The grey values ``(h, w)`` uint8 of a PNG in a layered file, for a mask. Raises as `decode` does."""
    try:
        picture = split_text(data).picture
        width, height = check_header(picture)
        check_layer_size(width, height, name)
        check_memory(width * height * BYTES_PER_PIXEL, len(data), name)
        with PngImageFile(io.BytesIO(picture)) as image:
            return np.array(image.convert("L"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise too_large(name) from error
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
        "{name} would unpack to more than Shoreline accepts.",
        "Scale it down to at most {max_pixels} million pixels.",
        name=name,
        max_pixels=MAX_PIXELS // 1_000_000,
    )


def damaged(name: str, error: Exception) -> CorruptFileError:
    """What to tell a person about a file that its decoder refused."""
    # Some decoders say more than a person can read: what they looked at, and all that it might have been.
    said = error.args[0] if len(error.args) > 1 and isinstance(error.args[0], str) else error
    return CorruptFileError(
        "{name} is damaged or incomplete ({reason}).", "Get it again, or open a backup.", name=name, reason=said
    )


def _decode(
    data: bytes, file_format: FileFormat, name: str, check_size: Callable[[int, int, str], None]
) -> DecodedImage:
    parts = split_text(data) if file_format is FileFormat.PNG else None
    source = parts.picture if parts else data
    notes = list(parts.notes) if parts else []
    is_wide = parts is not None and parts.bit_depth == 16
    if parts is not None:
        size = check_header(source)
        plain = _plain(source, size, name, check_size)
        if plain is not None:
            return DecodedImage(plain, RawMetadata(parts.texts), tuple(notes))
    with _DECODERS[file_format](io.BytesIO(source)) as image:
        check_size(*image.size, name)
        needed = BYTES_PER_FRAME_PIXEL if is_wide or file_format is FileFormat.WEBP else BYTES_PER_PIXEL
        check_memory(image.width * image.height * needed, len(data), name)
        shown = shown_frames(image)
        if len(shown) > 1:
            notes.append(Message("An animation of {count} frames: the first is shown.", count=len(shown)))
        if is_wide:
            notes.append(Message("A picture of {depth} bits a channel, converted to 8.", depth=16))
        if shown.start > 0 or not is_wide:
            image_8bit = _loaded(image, shown.start)
        else:
            image_8bit = _from_16_bits(source, image.info.get("transparency"))
        profile = image.info.get("icc_profile")
        pixels, colour_notes = to_srgb(image_8bit, profile if isinstance(profile, bytes) else None)
        metadata, orientation = _exif(image, parts.texts if parts else {})
    return DecodedImage(upright(pixels, orientation), metadata, (*notes, *colour_notes))


def _plain(data: bytes, size: tuple[int, int], name: str, check_size: Callable[[int, int, str], None]) -> Pixels | None:
    """The pixels of a plain PNG; ``None`` for others, and for damaged ones, of which the other decoder can say more."""
    if not is_plain(data):
        return None
    check_size(*size, name)
    check_memory(size[0] * size[1] * BYTES_PER_PIXEL, len(data), name)
    try:
        return decode_png(data, size[0] * size[1])
    except ValueError:
        return None


def _from_16_bits(data: bytes, transparent: object) -> Image.Image:
    """Round to 8 bits. OpenCV decodes, because Pillow cuts the lower byte off, half a level too dark.

    ``transparent`` is the grey that a PNG says is transparent, if it does; OpenCV knows that of colours only.
    """
    values = cast("NDArray[np.uint16] | None", cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED))
    if values is None or values.dtype != np.uint16:
        raise ValueError("the pixels cannot be decoded")
    if values.ndim == 2:
        return _from_16_bit_grey(values, transparent)
    rounded = _rounded(values)
    order = cv2.COLOR_BGRA2RGBA if rounded.shape[2] == 4 else cv2.COLOR_BGR2RGB
    return Image.fromarray(cv2.cvtColor(rounded, order))


def _from_16_bit_grey(values: NDArray[np.uint16], transparent: object) -> Image.Image:
    grey = Image.fromarray(_rounded(values))
    if isinstance(transparent, int):
        # Looked for among the 16 bits, of which several become the same grey.
        grey.putalpha(Image.fromarray(np.where(values == transparent, 0, 255).astype(np.uint8)))
    return grey


def _rounded(values: NDArray[np.uint16]) -> Pixels:
    rounded: Pixels = np.empty(values.shape, np.uint8)
    for row in range(values.shape[0]):
        rounded[row] = (values[row].astype(np.uint32) * 255 + 32767) // 65535
    return rounded


def opened_picture(stream: BinaryIO, file_format: FileFormat) -> ImageFile:
    """A flat picture or animation opened by the one decoder of its format; raises what is in `BROKEN`.

    A PNG is opened without its texts, of which Pillow refuses long ones with the whole picture.
    """
    if file_format is FileFormat.PNG:
        picture = split_text(stream.read()).picture
        check_header(picture)
        stream = io.BytesIO(picture)
    return _DECODERS[file_format](stream)


def shown_frames(image: ImageFile) -> range:
    """The frames that are shown, counted as Pillow does: not the picture that an APNG has for other programs only."""
    count = int(getattr(image, "n_frames", 1))
    return range(1 if getattr(image, "default_image", False) and count > 1 else 0, count)


def frame_of(image: ImageFile, index: int) -> Frame:
    """One frame of an animation as a full, upright picture; raises what is in `BROKEN`."""
    profile = image.info.get("icc_profile")
    pixels, _ = to_srgb(_loaded(image, index).convert("RGBA"), profile if isinstance(profile, bytes) else None)
    return Frame(upright(pixels, orientation_of(image)), round(frame_milliseconds(image)))


def frame_milliseconds(image: ImageFile) -> float:
    """How long the frame that was loaded last is shown. One of 10 ms or less is shown for 100, as browsers do."""
    told = image.info.get("duration", 0)
    duration = float(told) if isinstance(told, int | float) else 0.0
    return duration if duration > _SHORTEST else DEFAULT_DURATION


def orientation_of(image: ImageFile) -> int:
    """The EXIF orientation, 1 to 8; a broken one counts as none."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except BROKEN:
        return 1


def _loaded(image: ImageFile, index: int) -> Image.Image:
    """A decoded frame, of 8 bits a channel."""
    size = image.size
    image.seek(index)
    if image.size != size:
        raise ValueError("a frame reaches beyond the picture")
    image.load()
    if image.mode.startswith("I;16"):
        return _from_16_bit_grey(np.asarray(image), image.info.get("transparency"))
    return image


def _exif(image: ImageFile, texts: dict[str, str]) -> tuple[RawMetadata, int]:
    """Metadata and the EXIF orientation (1 to 8); whatever is broken counts as absent."""
    comment = b""
    try:
        exif = image.getexif()
        raw = exif.get_ifd(EXIF_IFD).get(USER_COMMENT, b"")
        comment = raw.encode("utf-8") if isinstance(raw, str) else bytes(raw)
    except BROKEN:
        pass
    xmp = image.info.get("xmp", b"")
    return RawMetadata(texts, comment, xmp if isinstance(xmp, bytes) else b""), orientation_of(image)


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turn ``(h, w, 4)`` pixels as an EXIF orientation says (1 to 8; others change nothing)."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.transpose(1, 0, 2)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
