"""Into sRGB: embedded colour profiles, CMYK, palettes and grey, as straight RGBA pixels."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from functools import cache
from typing import Final, cast

import numpy as np
from PIL import Image, ImageCms

from studio.document import Pixels
from studio.message import Message
from studio.text.amounts import bytes_text
from studio.text.exceptions import reason_for

_Convert = Callable[[Image.Image], Image.Image]

_BAND_PIXELS: Final = 1 << 21
_GRID: Final = (0, 51, 102, 153, 204, 255)
_WITH_ALPHA: Final = ("RGBA", "LA", "PA", "RGBa", "La")
_GREYS: Final = ("L", "LA", "La", "1")
_MOST_BYTES: Final = 32 * 1024**2
_PROFILE_MODES: Final = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def to_srgb(image: Image.Image, profile: bytes | None) -> tuple[Pixels, tuple[str, ...]]:
    """Straight RGBA ``(h, w, 4)`` uint8 in sRGB of a loaded picture of 8 bits a channel, with notes.

    ``profile`` is the embedded ICC profile. One that cannot be used leaves the colours as they are, with a note.
    """
    convert, notes = _conversion(image, profile)
    pixels = np.empty((image.height, image.width, 4), np.uint8)
    rows = max(1, _BAND_PIXELS // image.width)
    for top in range(0, image.height, rows):
        # In bands, so that what is in between takes no memory to speak of.
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        pixels[top : top + rows] = _straight(band, convert)
    return pixels, notes


@cache
def srgb_profile() -> bytes:
    """The ICC profile of the colours that everything here has."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _straight(image: Image.Image, convert: _Convert | None) -> Pixels:
    if convert is None and image.mode == "RGBA":
        return np.asarray(image)
    alpha = _alpha(image)
    pixels = np.empty((image.height, image.width, 4), np.uint8)
    pixels[..., :3] = np.asarray(_plain_rgb(image) if convert is None else convert(image))
    pixels[..., 3] = 255 if alpha is None else np.asarray(alpha)
    return pixels


def _alpha(image: Image.Image) -> Image.Image | None:
    if image.mode in _WITH_ALPHA:
        return image.getchannel("A") if image.mode in ("RGBA", "LA", "PA") else image.convert("RGBA").getchannel("A")
    return image.convert("RGBA").getchannel("A") if "transparency" in image.info else None


def _conversion(image: Image.Image, profile: bytes | None) -> tuple[_Convert | None, tuple[str, ...]]:
    """What makes RGB of a part of the picture, ``None`` for the plain way, with notes."""
    if not profile:
        notes = (
            (Message("CMYK without a colour profile: its colours are approximate."),) if image.mode == "CMYK" else ()
        )
        return None, notes
    try:
        return _through_profile(image.crop((0, 0, 1, 1)), profile)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as error:
        reason = reason_for(error)
        return None, (Message("The colour profile could not be used ({reason}); colours may be off.", reason=reason),)


def _plain_rgb(image: Image.Image) -> Image.Image:
    # By way of RGBA, because "La" and "RGBa" have no direct road to RGB, nor have transparent palettes.
    layered = image.mode in _WITH_ALPHA or "transparency" in image.info
    return image.convert("RGBA").convert("RGB") if layered else image.convert("RGB")


def _through_profile(sample: Image.Image, profile: bytes) -> tuple[_Convert | None, tuple[str, ...]]:
    """The way through a profile for pictures like ``sample``, tried on it."""
    if len(profile) > _MOST_BYTES:
        raise ValueError(Message("it has {size}", size=bytes_text(len(profile))))
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    mode = _PROFILE_MODES.get(str(source.profile.xcolor_space))
    if mode is None:
        raise ValueError(Message("{space} is not RGB, grey or CMYK", space=str(source.profile.xcolor_space).strip()))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", intent)

    def convert(image: Image.Image) -> Image.Image:
        colours = image if image.mode == mode else _in_mode(image, mode)
        return cast("Image.Image", ImageCms.applyTransform(colours, transform))

    convert(sample)
    if mode == "RGB" and _changes_nothing(transform):
        return None, ()
    return convert, (Message("Colours converted to sRGB."),)


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    is_grey = image.mode in _GREYS
    if mode == "CMYK" or image.mode == "CMYK" or (mode == "L" and not is_grey):
        raise ValueError(Message("it is for {mode}, the picture is {other}", mode=mode, other=image.mode))
    rgb = _plain_rgb(image)
    return rgb if mode == "RGB" else rgb.convert(mode)


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a transform moves no colour of a coarse grid by more than one level: the profile is sRGB itself."""
    colours = np.array(list(itertools.product(_GRID, repeat=3)), np.uint8).reshape(-1, 6, 3)
    converted = cast("Image.Image", ImageCms.applyTransform(Image.fromarray(colours), transform))
    return bool(np.abs(np.asarray(converted).astype(int) - colours).max() <= 1)
