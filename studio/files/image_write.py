"""Writing flat pictures: PNG, JPEG and WebP, with their generation settings and what their colours mean inside."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from studio.api.pictures import over_ground
from studio.document import Pixels
from studio.errors import FileTooLargeError
from studio.files.metadata import PARAMETERS_KEY, SHORELINE_KEY
from studio.files.metadata.a1111 import a1111_text
from studio.files.metadata.shoreline import settings_json, settings_xmp
from studio.files.metadata.user_comment import encode_user_comment
from studio.files.pictures.colour import srgb_profile
from studio.files.pictures.formats import FileFormat, on_white
from studio.files.pictures.images import EXIF_IFD, USER_COMMENT
from studio.generation import GenerationSettings
from studio.message import Message
from studio.raster.convert import unpremultiply

MAX_SIDES: Final = {FileFormat.JPEG: 65500, FileFormat.WEBP: 16383}
"""Longest sides that the formats can hold, in pixels."""

_MAX_SEGMENT: Final = 65500
_SOFTWARE: Final = 0x0131


@dataclass(frozen=True, kw_only=True)
class SaveOptions:
    """How to write a picture.

    ``quality`` 1..100 is for JPEG and lossy WebP, ``lossless`` for WebP, ``compression`` 0..9 for PNG (speed
    against size, never the look). ``embed_settings`` false leaves the generation settings out of the file.
    """

    quality: int = 92
    lossless: bool = False
    compression: int = 4
    embed_settings: bool = True


def write_picture(
    pixels: Pixels,
    stream: BinaryIO,
    file_format: FileFormat,
    settings: GenerationSettings | None,
    options: SaveOptions,
) -> tuple[str, ...]:
    """Write premultiplied RGBA ``(h, w, 4)`` uint8 as a flat picture and return notes.

    JPEG has no transparency: what is transparent lies on white there, with a note. Raises
    `FileTooLargeError` for sides that the format cannot hold.
    """
    longest = MAX_SIDES.get(file_format)
    if longest is not None and max(pixels.shape[:2]) > longest:
        raise FileTooLargeError(
            "A {file_format} picture can have sides of at most {longest} pixels.",
            "Save it as PNG.",
            file_format=file_format.upper(),
            longest=longest,
        )
    settings = settings if options.embed_settings else None
    if file_format is FileFormat.PNG:
        return _write_png(pixels, stream, settings, options)
    if file_format is FileFormat.JPEG:
        return _write_jpeg(pixels, stream, settings, options)
    return _write_webp(pixels, stream, settings, options)


def _write_png(
    pixels: Pixels, stream: BinaryIO, settings: GenerationSettings | None, options: SaveOptions
) -> tuple[str, ...]:
    info = PngInfo()
    info.add(b"sRGB", b"\0")
    if settings is not None:
        info.add_text(PARAMETERS_KEY, a1111_text(settings))
        info.add_itxt(SHORELINE_KEY, settings_json(settings))
    _image(pixels).save(stream, "PNG", pnginfo=info, compress_level=options.compression)
    return ()


def _write_jpeg(
    pixels: Pixels, stream: BinaryIO, settings: GenerationSettings | None, options: SaveOptions
) -> tuple[str, ...]:
    transparent = not _is_opaque(pixels)
    flat = over_ground(pixels) if transparent else pixels[..., :3]
    exif, xmp, notes = _embedded(settings)
    subsampling = 0 if options.quality >= 90 else 2
    image = Image.fromarray(np.ascontiguousarray(flat))
    # Into memory first: Pillow's own writing to a file forgets why the system refused it. Not "optimize": it needs
    # a buffer for the whole file, which Pillow makes too small for a picture full of detail.
    encoded = io.BytesIO()
    profile = srgb_profile()
    image.save(
        encoded, "JPEG", quality=options.quality, subsampling=subsampling, exif=exif, xmp=xmp, icc_profile=profile
    )
    stream.write(encoded.getbuffer())
    return (*notes, on_white("JPEG")) if transparent else notes


def _write_webp(
    pixels: Pixels, stream: BinaryIO, settings: GenerationSettings | None, options: SaveOptions
) -> tuple[str, ...]:
    exif, xmp, notes = _embedded(settings)
    # exact: else libwebp changes the colours of nearly transparent pixels.
    named = {"exif": exif, "xmp": xmp, "icc_profile": srgb_profile()}
    _image(pixels).save(stream, "WEBP", quality=options.quality, lossless=options.lossless, exact=True, **named)
    return notes


def _is_opaque(pixels: Pixels) -> bool:
    return bool((pixels[..., 3] == 255).all())


def _image(pixels: Pixels) -> Image.Image:
    """RGB of an opaque picture, else straight RGBA."""
    if _is_opaque(pixels):
        return Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    return Image.fromarray(unpremultiply(pixels))


def _embedded(settings: GenerationSettings | None) -> tuple[bytes, bytes, tuple[str, ...]]:
    """EXIF and XMP blocks with the settings, and notes about what did not fit into a JPEG segment."""
    if settings is None:
        return b"", b"", ()
    exif = Image.Exif()
    exif[_SOFTWARE] = "Shoreline"
    exif.get_ifd(EXIF_IFD)[USER_COMMENT] = encode_user_comment(a1111_text(settings))
    exif_bytes, xmp = exif.tobytes(), settings_xmp(settings)
    if max(len(exif_bytes), len(xmp)) > _MAX_SEGMENT:
        return (
            b"",
            b"",
            (Message("The generation settings are too long for this format; PNG and OpenRaster keep them."),),
        )
    return exif_bytes, xmp, ()
