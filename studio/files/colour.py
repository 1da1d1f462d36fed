"""Into sRGB: embedded colour profiles, CMYK, palettes and grey, as straight RGBA pixels."""

from __future__ import annotations

import io
import itertools
from typing import Final, cast

import numpy as np
from PIL import Image, ImageCms

from studio.document import Pixels

_GRID: Final = (0, 51, 102, 153, 204, 255)
_WITH_ALPHA: Final = ("RGBA", "LA", "PA", "RGBa", "La")
_PROFILE_MODES: Final = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def to_srgb(image: Image.Image, profile: bytes | None) -> tuple[Pixels, tuple[str, ...]]:
    """Straight RGBA ``(h, w, 4)`` uint8 in sRGB of a loaded picture of 8 bits a channel, with notes.

    ``profile`` is the embedded ICC profile. One that cannot be used leaves the colours as they are, with a note.
    """
    if not profile and image.mode == "RGBA":
        return np.array(image), ()
    alpha = _alpha(image)
    colours, notes = _colours(image, profile)
    pixels = np.empty((image.height, image.width, 4), np.uint8)
    pixels[..., :3] = np.asarray(colours)
    pixels[..., 3] = 255 if alpha is None else np.asarray(alpha)
    return pixels, notes


def _alpha(image: Image.Image) -> Image.Image | None:
    if image.mode in _WITH_ALPHA:
        return image.getchannel("A") if image.mode in ("RGBA", "LA", "PA") else image.convert("RGBA").getchannel("A")
    return image.convert("RGBA").getchannel("A") if "transparency" in image.info else None


def _colours(image: Image.Image, profile: bytes | None) -> tuple[Image.Image, tuple[str, ...]]:
    if not profile:
        notes = ("CMYK without a colour profile: its colours are approximate.",) if image.mode == "CMYK" else ()
        return _plain_rgb(image), notes
    try:
        return _through_profile(image, profile)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError) as error:
        return _plain_rgb(image), (f"The colour profile could not be used ({error}); colours may be off.",)


def _plain_rgb(image: Image.Image) -> Image.Image:
    # By way of RGBA, because "La" and "RGBa" have no direct road to RGB, nor have transparent palettes.
    layered = image.mode in _WITH_ALPHA or "transparency" in image.info
    return image.convert("RGBA").convert("RGB") if layered else image.convert("RGB")


def _through_profile(image: Image.Image, profile: bytes) -> tuple[Image.Image, tuple[str, ...]]:
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    mode = _PROFILE_MODES.get(str(source.profile.xcolor_space))
    if mode is None:
        raise ValueError(f"{source.profile.xcolor_space} is not RGB, grey or CMYK")
    colours = image if image.mode == mode else _in_mode(image, mode)
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", intent)
    if mode == "RGB" and _changes_nothing(transform):
        return colours, ()
    converted = cast("Image.Image", ImageCms.applyTransform(colours, transform))
    return converted, ("Colours converted to sRGB.",)


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    if mode == "CMYK" or image.mode == "CMYK":
        raise ValueError(f"it is for {mode}, the picture is {image.mode}")
    rgb = _plain_rgb(image)
    return rgb if mode == "RGB" else rgb.convert(mode)


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a transform moves no colour of a coarse grid by more than one level: the profile is sRGB itself."""
    colours = np.array(list(itertools.product(_GRID, repeat=3)), np.uint8).reshape(-1, 6, 3)
    converted = cast("Image.Image", ImageCms.applyTransform(Image.fromarray(colours), transform))
    return bool(np.abs(np.asarray(converted).astype(int) - colours).max() <= 1)
