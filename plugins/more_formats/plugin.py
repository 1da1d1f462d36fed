"""Picture formats that Pillow knows and Shoreline itself does not: TIFF, BMP, AVIF."""

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.api import ExporterSpec, ImporterSpec, Pixels, SettingError, hookimpl, opaque, over_ground, premultiplied

if TYPE_CHECKING:
    from PIL import Image

# Pillow is imported where it is used; at the top it would delay every start.


@dataclass(frozen=True)
class _Format:
    """``pillow`` is Pillow's name of the format, ``options`` what it is saved with."""

    id: str
    name: str
    pillow: str
    suffixes: tuple[str, ...]
    options: tuple[tuple[str, Any], ...] = ()
    keeps_alpha: bool = True


_FORMATS = (
    _Format("tiff", "TIFF", "TIFF", ("tif", "tiff"), (("compression", "tiff_adobe_deflate"),)),
    _Format("bmp", "BMP", "BMP", ("bmp", "dib"), keeps_alpha=False),
    _Format("avif", "AVIF", "AVIF", ("avif",), (("quality", 90),)),
)


@hookimpl
def shoreline_importers() -> Sequence[ImporterSpec]:
    return [ImporterSpec(id=f.id, name=f.name, suffixes=f.suffixes, decode=_decoder(f)) for f in _FORMATS]


@hookimpl
def shoreline_exporters() -> Sequence[ExporterSpec]:
    return [ExporterSpec(id=f.id, name=f.name, suffixes=f.suffixes, encode=_encoder(f)) for f in _FORMATS]


def _decoder(form: _Format) -> Callable[[bytes], Pixels]:
    def decode(data: bytes) -> Pixels:
        from PIL import Image, ImageOps, UnidentifiedImageError

        try:
            # Pillow warns about odd metadata, which nobody sees or misses.
            with (
                warnings.catch_warnings(action="ignore"),
                Image.open(io.BytesIO(data), formats=(form.pillow,)) as opened,
            ):
                return np.array(_in_srgb(ImageOps.exif_transpose(opened)))
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise SettingError(
                f"The file is damaged or no {form.name} picture that can be read: {error}.", "Choose another file."
            ) from error

    return decode


def _in_srgb(picture: "Image.Image") -> "Image.Image":
    """RGBA in sRGB: an embedded profile is followed; greys of 16 bits keep their upper 8."""
    from PIL import Image, ImageCms

    if picture.mode.startswith("I"):
        wide = np.asarray(picture).astype(np.int64)
        picture = Image.fromarray((wide.clip(0, 65535) >> 8).astype(np.uint8))
    profile = picture.info.get("icc_profile")
    rgba = picture.convert("RGBA")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return rgba
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(rgba, own, ImageCms.createProfile("sRGB"), outputMode="RGBA")
    except ImageCms.PyCMSError:
        return rgba
    return changed or rgba


def _encoder(form: _Format) -> Callable[[Pixels], bytes]:
    def encode(pixels: Pixels) -> bytes:
        from PIL import Image

        if not form.keeps_alpha:
            pixels = opaque(over_ground(premultiplied(pixels)))
        has_alpha = bool((pixels[..., 3] < 255).any())
        picture = Image.fromarray(pixels if has_alpha else np.ascontiguousarray(pixels[..., :3]))
        packed = io.BytesIO()
        try:
            picture.save(packed, form.pillow, **dict(form.options))
        except (KeyError, OSError, ValueError) as error:
            problem = f"This Pillow cannot write the picture as {form.name}: {error}."
            raise SettingError(problem, "Choose another format, or make the picture smaller.") from error
        return packed.getvalue()

    return encode
