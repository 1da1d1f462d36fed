"""Picture formats that Pillow knows and Shoreline itself does not: TIFF, BMP, AVIF."""

import io
import struct
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.api import (
    ChoiceParameter,
    ExporterSpec,
    ImportedPicture,
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


_BROKEN = (OSError, SyntaxError, ValueError, LookupError, TypeError, ArithmeticError, struct.error)
"""What decoders raise for broken data."""
_LONGEST_SIDE = 32768
_PROFILE, _ORIENTATION = 34675, 0x0112
_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}
"""What the modes of pictures are called in colour profiles."""

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


def _decoder(form: _Format) -> Callable[[bytes], ImportedPicture]:
    def decode(data: bytes) -> ImportedPicture:
        from PIL import Image, UnidentifiedImageError

        try:
            # Pillow warns about odd metadata, which nobody sees or misses.
            with warnings.catch_warnings(action="ignore"):
                return _tiff(data) if form.id == "tiff" else _read(data, form.pillow)
        except SettingError:
            raise
        except (*_BROKEN, UnidentifiedImageError, Image.DecompressionBombError) as error:
            raise SettingError(
                f"The file is damaged or no {form.name} picture that can be read: {error}.", "Choose another file."
            ) from error

    return decode


def _tiff(data: bytes) -> ImportedPicture:
    from PIL import ImageOps

    from .tiff import deep_picture, layout_of

    layout = layout_of(data)
    _check_sides(layout.width, layout.height)
    if layout.is_plain:
        return _read(data, "TIFF")
    picture, notes = deep_picture(data, layout)
    profile = layout.tags.get(_PROFILE)
    picture.info["icc_profile"] = profile if isinstance(profile, bytes) else None
    rgba, more = _in_srgb(picture)
    rgba.getexif()[_ORIENTATION] = layout.orientation
    return ImportedPicture(np.array(ImageOps.exif_transpose(rgba)), (*notes, *more, *_pages(data)))


def _check_sides(width: int, height: int) -> None:
    """Refuse before any work what would be refused after it."""
    if max(width, height) > _LONGEST_SIDE:
        raise SettingError(
            f"The picture has {width}x{height} pixels, more than can be opened.",
            f"Scale it down to sides of at most {_LONGEST_SIDE}.",
        )


def _pages(data: bytes) -> tuple[str, ...]:
    """A note on a file of several pictures. Pillow cannot tell of kinds that it does not read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("TIFF",)) as opened:
            return _page_note(opened)
    except _BROKEN:
        return ()


def _page_note(opened: "Image.Image") -> tuple[str, ...]:
    count = int(getattr(opened, "n_frames", 1))
    return (f"A file of {count} pictures: the first is shown.",) if count > 1 else ()


def _read(data: bytes, pillow: str) -> ImportedPicture:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=(pillow,)) as opened:
        _check_sides(opened.width, opened.height)
        pages = _page_note(opened)
        rgba, notes = _in_srgb(ImageOps.exif_transpose(opened))
        return ImportedPicture(np.array(rgba), (*notes, *pages))


def _in_srgb(picture: "Image.Image") -> tuple["Image.Image", tuple[str, ...]]:
    """RGBA in sRGB, and notes: an embedded profile of the picture's own kind of colours is followed."""
    from PIL import Image, ImageCms

    alpha = _alpha(picture)
    if picture.mode not in _SPACES:
        picture = picture.convert("RGBA").convert("L" if picture.mode in ("LA", "La") else "RGB")
    profile = picture.info.get("icc_profile")
    rgb: Image.Image | None = None
    notes: tuple[str, ...] = ()
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
        if picture.mode == "LAB":
            own = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        if own is not None and str(own.profile.xcolor_space) == _SPACES[picture.mode]:
            rgb = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        pass
    if rgb is None:
        if profile:
            notes = ("The colour profile could not be used; colours may be off.",)
        elif picture.mode == "CMYK":
            notes = ("CMYK without a colour profile: its colours are approximate.",)
        rgb = picture.convert("RGB")
    rgb.putalpha(alpha)
    return rgb, notes


def _alpha(picture: "Image.Image") -> "Image.Image":
    from PIL import Image

    apart = picture.info.get("alpha")
    if isinstance(apart, Image.Image):
        return apart
    has_alpha = picture.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in picture.info
    return picture.convert("RGBA").getchannel("A") if has_alpha else Image.new("L", picture.size, 255)


def _encoder(form: _Format) -> Callable[[Pixels], bytes]:
    def encode(pixels: Pixels) -> bytes:
        from PIL import Image, ImageCms

        if not form.keeps_alpha:
            pixels = opaque(over_ground(premultiplied(pixels)))
        has_alpha = bool((pixels[..., 3] < 255).any())
        picture = Image.fromarray(pixels if has_alpha else np.ascontiguousarray(pixels[..., :3]))
        packed = io.BytesIO()
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        try:
            picture.save(packed, form.pillow, icc_profile=profile, **form.options(settings_of(SETTINGS)))
        except (KeyError, OSError, ValueError) as error:
            problem = f"This Pillow cannot write the picture as {form.name}: {error}."
            raise SettingError(problem, "Choose another format, or make the picture smaller.") from error
        return packed.getvalue()

    return encode
