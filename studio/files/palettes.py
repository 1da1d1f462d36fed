"""Palettes of other programs: GIMP's (.gpl), which Krita and Inkscape write too, and Adobe's swatches (.ase)."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.document import Rgb
from studio.errors import CorruptFileError, FileError, FileTooLargeError
from studio.message import Message
from studio.text.exceptions import reason_for

MAX_COLOURS: Final = 10_000
"""So many colours of a palette are read."""

_MOST_BYTES: Final = 16 * 1024**2
_GIMP: Final = "GIMP Palette"
_SWATCHES: Final = b"ASEF"
_COLOUR: Final = re.compile(r"\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:\s+(.*))?")
_BLOCK: Final = struct.Struct(">HI")
_IS_COLOUR: Final = 0x0001
_IS_GROUP: Final = 0xC001


@dataclass(frozen=True)
class PaletteColour:
    """``name`` is empty for a colour that has none."""

    rgb: Rgb
    name: str = ""


@dataclass(frozen=True)
class Palette:
    """Colours in their order. ``columns`` says how many stand side by side, 0 if the file does not.

    ``notes`` say what of the file could not be read.
    """

    name: str
    colours: tuple[PaletteColour, ...]
    columns: int = 0
    notes: tuple[str, ...] = ()


def read_palette(path: Path) -> Palette:
    """Read a palette, known by its content. Raises `CorruptFileError`, `FileTooLargeError` or `FileError`."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FileTooLargeError("{file} is too large for a palette.", "Choose another file.", file=path.name)
        data = path.read_bytes()
    except OSError as error:
        raise FileError(
            "{file} could not be read: {reason}.",
            "Check that you may open it.",
            file=path.name,
            reason=reason_for(error),
        ) from error
    text = _text(data)
    if data.startswith(_SWATCHES):
        palette = _swatches(data, path.stem)
    elif text.lstrip().startswith(_GIMP):
        palette = _gimp(text, path.stem)
    else:
        raise CorruptFileError(
            "{file} is not a palette that Shoreline knows.", "Choose a .gpl or .ase file.", file=path.name
        )
    if not palette.colours:
        raise CorruptFileError(
            "{file} holds no colour that can be read.", "Get it again, or choose another one.", file=path.name
        )
    return palette


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


# --- GIMP ---------------------------------------------------------------------------------------------


def _gimp(text: str, stem: str) -> Palette:
    name, columns, odd = stem, 0, 0
    colours: list[PaletteColour] = []
    for line in text.lstrip().splitlines()[1:]:
        if line.startswith("Name:"):
            name = line[5:].strip() or stem
        elif line.startswith("Columns:"):
            columns = min(256, int(line[8:])) if line[8:].strip().isdecimal() else 0
        elif line.strip() and not line.lstrip().startswith("#"):
            colour = _gimp_colour(line)
            odd += colour is None
            colours += [] if colour is None else [colour]
    return Palette(name, tuple(colours[:MAX_COLOURS]), columns, _notes(odd, len(colours)))


def _gimp_colour(line: str) -> PaletteColour | None:
    found = _COLOUR.fullmatch(line)
    if found is None:
        return None
    red, green, blue = (int(found[channel]) for channel in (1, 2, 3))
    name = (found[4] or "").strip()
    return PaletteColour((red, green, blue), name) if max(red, green, blue) < 256 else None


def _notes(odd: int, count: int) -> tuple[str, ...]:
    """What is said of colours that could not be read, and of those that are too many."""
    notes: list[str] = []
    if odd:
        notes.append(Message("{count} colours could not be read and were left out.", count=odd))
    if count > MAX_COLOURS:
        notes.append(Message("Only the first {count} colours were read.", count=MAX_COLOURS))
    return tuple(notes)


# --- Adobe --------------------------------------------------------------------------------------------


def _swatches(data: bytes, stem: str) -> Palette:
    name, odd = stem, 0
    colours: list[PaletteColour] = []
    for kind, body in _blocks(data):
        if kind == _IS_GROUP and name == stem:
            name = _name(body)[0] or stem
        elif kind == _IS_COLOUR:
            try:
                colours.append(_swatch(body))
            except (struct.error, ValueError):
                odd += 1
    return Palette(name, tuple(colours[:MAX_COLOURS]), 0, _notes(odd, len(colours)))


def _blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The blocks that lie in the file wholly; how many it says there are is not believed."""
    place = 12
    while place + _BLOCK.size <= len(data):
        kind, length = _BLOCK.unpack_from(data, place)
        place += _BLOCK.size + length
        if place > len(data):
            return
        yield kind, data[place - length : place]


def _name(body: bytes) -> tuple[str, int]:
    """The name that a block begins with, and where that ends."""
    if len(body) < 2:
        return "", len(body)
    end = 2 + 2 * int(struct.unpack_from(">H", body)[0])
    return body[2:end].decode("utf-16-be", "replace").rstrip("\0"), end


def _swatch(body: bytes) -> PaletteColour:
    """Raises ``ValueError`` or ``struct.error`` for a damaged one, or one in unknown colours."""
    name, start = _name(body)
    model = body[start : start + 4]
    if model not in _MODELS:
        raise ValueError(f"the colour model {model!r} is unknown")
    values = struct.unpack_from(f">{_MODELS[model]}f", body, start + 4)
    if not all(map(math.isfinite, values)):
        raise ValueError("a colour is no number")
    red, green, blue = (min(255, max(0, round(255 * share))) for share in _shares(model, values))
    return PaletteColour((red, green, blue), name)


_MODELS: Final = {b"RGB ": 3, b"Gray": 1, b"CMYK": 4, b"LAB ": 3}
"""How many numbers each has."""


def _shares(model: bytes, values: tuple[float, ...]) -> tuple[float, ...]:
    """Red, green and blue, 0..1 if they can be shown; without a profile inks are taken as filters of light."""
    if model == b"Gray":
        return values * 3
    if model == b"CMYK":
        return tuple((1 - ink) * (1 - values[3]) for ink in values[:3])
    return values if model == b"RGB " else _lab(*values)


_WHITE: Final = (0.9642, 1.0, 0.8251)
_TO_SRGB: Final = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)


def _lab(lightness: float, a: float, b: float) -> tuple[float, ...]:
    """sRGB of a colour in CIE Lab (D50); ``lightness`` is 0..1, the others -128..127."""
    middle = (lightness * 100 + 16) / 116
    light = [
        white * (root**3 if root > 6 / 29 else 3 * (6 / 29) ** 2 * (root - 4 / 29))
        for white, root in zip(_WHITE, (middle + a / 500, middle, middle - b / 200), strict=True)
    ]
    linear = (sum(factor * each for factor, each in zip(row, light, strict=True)) for row in _TO_SRGB)
    return tuple(12.92 * each if each <= 0.0031308 else 1.055 * each ** (1 / 2.4) - 0.055 for each in linear)
