"""Which animations Shoreline writes, and how they can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal

from studio.errors import FileTooLargeError, SettingError, UnsupportedFileError

Dither = Literal["floyd_steinberg", "ordered", "none"]
Rgb = tuple[int, int, int]

MAX_RATE: Final = Fraction(1000)
MAX_GIF_RATE: Final = Fraction(50)
"""Viewers show a GIF frame of less than two hundredths of a second for ten."""


class AnimationFormat(StrEnum):
    """A way to write frames. FRAMES is a folder of PNG files, SPRITES one PNG with a JSON file beside it."""

    FRAMES = "frames"
    GIF = "gif"
    APNG = "apng"
    WEBP = "webp"
    AVIF = "avif"
    MP4 = "mp4"
    WEBM = "webm"
    SPRITES = "sprites"


_BY_SUFFIX: Final = {
    "": AnimationFormat.FRAMES,
    ".gif": AnimationFormat.GIF,
    ".apng": AnimationFormat.APNG,
    ".png": AnimationFormat.APNG,
    ".webp": AnimationFormat.WEBP,
    ".avif": AnimationFormat.AVIF,
    ".mp4": AnimationFormat.MP4,
    ".webm": AnimationFormat.WEBM,
    ".json": AnimationFormat.SPRITES,
}
_LONGEST_SIDE: Final = {
    AnimationFormat.GIF: 65535,
    AnimationFormat.WEBP: 16383,
    AnimationFormat.AVIF: 16384,
    AnimationFormat.MP4: 16384,
    AnimationFormat.WEBM: 16384,
}


@dataclass(frozen=True, kw_only=True)
class ExportOptions:
    """How to write an animation.

    ``fps`` is frames a second, 0 < fps <= 1000, or ``None`` for the source's own timing. ``size`` is (width, height)
    or ``None`` for the source's. ``first`` and ``last`` are the range, counted from 1, both included. ``loops`` is how
    often GIF, APNG and WebP play, 0 for ever. ``ping_pong`` plays back to the start too. ``background`` is the colour
    behind transparency; ``None`` keeps it where the format can and means white elsewhere. ``dither`` is for GIF.
    ``quality`` 1..100 is for WebP (100 is lossless), AVIF, MP4 and WebM. ``pad`` adds a row or column where MP4 needs
    even sides. ``columns`` is for sprite sheets, ``None`` for about a square.
    """

    fps: Fraction | None = None
    size: tuple[int, int] | None = None
    first: int = 1
    last: int | None = None
    loops: int = 0
    ping_pong: bool = False
    background: Rgb | None = None
    dither: Dither = "floyd_steinberg"
    quality: int = 85
    pad: bool = False
    columns: int | None = None


def animation_format(path: Path) -> AnimationFormat:
    """The format that a file's ending asks for; no ending means a folder of PNG files.

    Raises `UnsupportedFileError` for an ending that is not known.
    """
    found = AnimationFormat.FRAMES if path.is_dir() else _BY_SUFFIX.get(path.suffix.lower())
    if found is None:
        raise UnsupportedFileError(
            "{file}: Shoreline writes no animations that end in {suffix}.",
            "Choose .gif, .apng, .webp, .avif, .mp4, .webm, .json for a sprite sheet, or a folder for PNG files.",
            file=path.name,
            suffix=path.suffix,
        )
    return found


def parse_fps(text: str) -> Fraction:
    """ "24", "23.976" or "24000/1001" as frames a second. Raises `SettingError`."""
    try:
        fps = Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise SettingError(
            "{text!r} is not a number of frames a second.", "Write 24, 23.976 or 24000/1001.", text=text
        ) from error
    return checked_fps(fps)


def parse_colour(text: str) -> Rgb:
    """ "#336699" as (51, 102, 153). Raises `SettingError`."""
    digits = text.strip().removeprefix("#")
    try:
        if len(digits) != 6:
            raise ValueError
        value = int(digits, 16)
    except ValueError as error:
        raise SettingError("{text!r} is not a colour.", "Write red, green and blue like #336699.", text=text) from error
    return value >> 16, value >> 8 & 255, value & 255


def checked_fps(fps: Fraction) -> Fraction:
    """``fps``, or `SettingError` unless 0 < fps <= 1000."""
    if not 0 < fps <= MAX_RATE:
        raise SettingError(
            "fps cannot be {fps:g}.", "Give a number above 0 and up to {max_rate}.", fps=float(fps), max_rate=MAX_RATE
        )
    return fps


def check_options(options: ExportOptions, file_format: AnimationFormat) -> None:
    """Raise `SettingError` naming the first option that cannot be used."""
    if options.fps is not None:
        checked_fps(options.fps)
        if file_format is AnimationFormat.GIF and options.fps > MAX_GIF_RATE:
            raise SettingError(
                "GIF cannot show {fps:g} frames a second.",
                "Give an fps up to 50, or write WebP.",
                fps=float(options.fps),
            )
    if options.size is not None and min(options.size) < 1:
        raise SettingError(
            "The size cannot be {width}x{height}.",
            "Give sides of at least 1 pixel.",
            width=options.size[0],
            height=options.size[1],
        )
    if not 0 <= options.loops <= 65535:
        raise SettingError("loops cannot be {loops}.", "Give 0 for ever, or a number up to 65535.", loops=options.loops)
    if not 1 <= options.quality <= 100:
        raise SettingError("quality cannot be {quality}.", "Give a number from 1 to 100.", quality=options.quality)
    if options.columns is not None and options.columns < 1:
        raise SettingError("columns cannot be {columns}.", "Give a number from 1.", columns=options.columns)


def check_frame_size(size: tuple[int, int], file_format: AnimationFormat, options: ExportOptions) -> None:
    """Raise `FileTooLargeError` or `SettingError` for frames (width, height) that the format cannot hold."""
    longest = _LONGEST_SIDE.get(file_format)
    if longest is not None and max(size) > longest:
        raise FileTooLargeError(
            "{file_format} holds sides of at most {longest} pixels; the frames are {width}x{height}.",
            "Give a smaller size.",
            file_format=file_format.upper(),
            longest=longest,
            width=size[0],
            height=size[1],
        )
    if file_format is AnimationFormat.MP4 and (size[0] % 2 or size[1] % 2) and not options.pad:
        even = f"{size[0] + size[0] % 2}x{size[1] + size[1] % 2}"
        raise SettingError(
            "H.264 needs even sides, but the frames are {width}x{height}.",
            "Let them be padded to {even} (--pad), or give an even size.",
            width=size[0],
            height=size[1],
            even=even,
        )
