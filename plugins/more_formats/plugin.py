"""Picture formats that Pillow knows and Shoreline itself does not: TIFF, BMP, AVIF."""

import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.api import (
    ChoiceParameter,
    ExporterSpec,
    ImporterSpec,
    IntParameter,
    Pixels,
    SettingError,
    SettingsPageSpec,
    hookimpl,
    opaque,
    over_ground,
    premultiplied,
    settings_of,
)

if TYPE_CHECKING:
    from PIL import Image

# Pillow is imported where it is used; at the top it would delay every start.


@dataclass(frozen=True)
class _Format:
    """``pillow`` is Pillow's name of the format; ``options`` says what it is saved with, given the settings."""

    id: str
    name: str
    pillow: str
    suffixes: tuple[str, ...]
    options: Callable[[Mapping[str, Any]], dict[str, Any]]
    keeps_alpha: bool = True


_FORMATS = (
    _Format("tiff", "TIFF", "TIFF", ("tif", "tiff"), lambda chosen: {"compression": chosen["tiff_compression"]}),
    _Format("bmp", "BMP", "BMP", ("bmp", "dib"), lambda _chosen: {}, keeps_alpha=False),
    _Format(
        "avif",
        "AVIF",
        "AVIF",
        ("avif",),
        lambda chosen: {"quality": chosen["avif_quality"], "speed": chosen["avif_speed"]},
    ),
)

SETTINGS = SettingsPageSpec(
    id="picture_formats",
    name="Picture formats",
    description="How TIFF and AVIF files are written. Both keep transparency.",
    parameters=(
        ChoiceParameter(
            id="tiff_compression",
            label="TIFF",
            help="Both ways of compressing lose nothing. Some older programs read only LZW or none.",
            default="tiff_adobe_deflate",
            choices=(
                ("tiff_adobe_deflate", "Deflate, small"),
                ("tiff_lzw", "LZW, widely read"),
                ("raw", "None, large"),
            ),
        ),
        IntParameter(
            id="avif_quality",
            label="AVIF quality",
            help="Higher keeps more and makes larger files; 90 can hardly be told from the picture.",
            default=90,
            minimum=10,
            maximum=100,
        ),
        IntParameter(
            id="avif_speed",
            label="AVIF speed",
            help="Lower takes longer and makes smaller files.",
            default=6,
            minimum=0,
            maximum=10,
        ),
    ),
)


@hookimpl
def shoreline_settings_pages() -> Sequence[SettingsPageSpec]:
    return [SETTINGS]


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
            picture.save(packed, form.pillow, **form.options(settings_of(SETTINGS)))
        except (KeyError, OSError, ValueError) as error:
            problem = f"This Pillow cannot write the picture as {form.name}: {error}."
            raise SettingError(problem, "Choose another format, or make the picture smaller.") from error
        return packed.getvalue()

    return encode
