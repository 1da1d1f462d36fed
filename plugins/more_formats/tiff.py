"""TIFF pictures of every depth, arrangement and kind of number.

Pillow reads pictures of up to 8 bits a channel. Of others OpenCV gets the bare numbers out, from a copy of the file
whose directory says that they are plain grey or RGB: what they mean is worked out here.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from studio.api import SettingError

if TYPE_CHECKING:
    from PIL import Image

_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_STRIPS, _ORIENTATION, _SAMPLES, _STRIP_ROWS, _STRIP_BYTES = 273, 274, 277, 278, 279
_PLANAR, _PREDICTOR, _TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_BYTES = 284, 317, 322, 323, 324, 325
_EXTRA, _FORMAT, _PROFILE = 338, 339, 34675

_WHITE_IS_ZERO, _GREY, _RGB, _CMYK, _LAB, _ICC_LAB = 0, 1, 2, 5, 8, 9
_COLOURS: Final = {_WHITE_IS_ZERO: 1, _GREY: 1, _RGB: 3, _CMYK: 4, _LAB: 3, _ICC_LAB: 3}
"""How many samples a colour has, of the kinds whose numbers are worked out here."""
_PLAIN: Final = (_WHITE_IS_ZERO, _GREY, _RGB, 3, _CMYK, 6)
"""Kinds of colours that Pillow reads as they are, of up to 8 bits."""
_UNSIGNED, _SIGNED, _FLOAT, _VOID = 1, 2, 3, 4
_PREMULTIPLIED, _STRAIGHT = 1, 2
_NUMBERS: Final = {
    (_UNSIGNED, 8): np.uint8,
    (_UNSIGNED, 16): np.uint16,
    (_UNSIGNED, 32): np.uint32,
    (_SIGNED, 8): np.int8,
    (_SIGNED, 16): np.int16,
    (_SIGNED, 32): np.int32,
    (_FLOAT, 16): np.float16,
    (_FLOAT, 32): np.float32,
    (_FLOAT, 64): np.float64,
}
_ROWS: Final = 256
"""Rows that are converted at a time, so that a large picture is never in memory as floats."""
_MOST_BYTES: Final = 400_000_000
_MOST_TIMES: Final = 30
_FEW: Final = 0.01
"""Share of values above white at which these are bright spots, and not another scale."""

Samples = NDArray[Any]


@dataclass(frozen=True)
class Layout:
    """What a file's first directory says: the kind of colour (``photometric``), and how its numbers are stored."""

    width: int
    height: int
    bits: int
    number: int
    photometric: int
    samples: int
    extra: tuple[int, ...]
    is_planar: bool
    orientation: int
    tags: dict[int, Any]
    order: str
    is_big: bool

    @property
    def is_plain(self) -> bool:
        """Whether Pillow reads it right."""
        unsigned = self.number in (_UNSIGNED, _VOID)
        return unsigned and self.bits <= 8 and (self.photometric in _PLAIN)


def layout_of(data: bytes) -> Layout:
    """The layout of a file's first picture. Raises what Pillow raises for a broken directory, or ``ValueError``."""
    from PIL import TiffImagePlugin

    stream = io.BytesIO(data)
    is_big = data[2:4] in (b"\x2b\0", b"\0\x2b")
    directory: Any = TiffImagePlugin.ImageFileDirectory_v2(stream.read(16 if is_big else 8))
    stream.seek(directory.next)
    directory.load(stream)
    tags = {int(tag): directory[tag] for tag in list(directory)}
    bits = tuple(tags.get(_BITS, (1,)))
    numbers = tuple(tags.get(_FORMAT, (_UNSIGNED,)))
    return Layout(
        width=int(tags[_WIDTH]),
        height=int(tags[_HEIGHT]),
        bits=int(bits[0]) if len(set(bits)) == 1 else 0,
        number=int(numbers[0]) if len(set(numbers)) == 1 else 0,
        photometric=int(tags.get(_PHOTOMETRIC, _WHITE_IS_ZERO)),
        samples=int(tags.get(_SAMPLES, 1)),
        extra=tuple(tags.get(_EXTRA, ())),
        is_planar=tags.get(_PLANAR, 1) == 2,
        orientation=int(tags.get(_ORIENTATION, 1)),
        tags=tags,
        order="<" if data[:2] == b"II" else ">",
        is_big=is_big,
    )


def deep_picture(data: bytes, layout: Layout) -> tuple["Image.Image", tuple[str, ...]]:
    """A picture that is not plain, in L, RGB, CMYK or LAB of 8 bits a channel or with alpha as RGBA or LA, and notes.

    Raises `SettingError` for what is not read, ``ValueError`` for what is damaged.
    """
    from PIL import Image

    colours = _COLOURS.get(layout.photometric)
    dtype = _NUMBERS.get((_UNSIGNED if layout.number == _VOID else layout.number, layout.bits))
    if colours is None or dtype is None or layout.samples < colours:
        raise SettingError(
            f"It is a TIFF of a kind that is not read: {layout.samples} channels of {layout.bits} bits, "
            f"kind of colour {layout.photometric}.",
            "Save it with 8 or 16 bits a channel, in grey or RGB.",
        )
    if layout.width * layout.height * layout.samples * layout.bits // 8 > max(_MOST_BYTES, _MOST_TIMES * len(data)):
        raise SettingError("It unpacks to more than can be opened.", "Make it smaller, or save it with fewer bits.")
    samples = _samples(data, layout, np.dtype(dtype))
    pixels, notes = _eight_bits(samples, layout, colours)
    is_lab = layout.photometric in (_LAB, _ICC_LAB)
    mode = {1: "L", 3: "LAB" if is_lab else "RGB", 4: "CMYK"}[colours]
    shown = np.ascontiguousarray(pixels[..., :colours])
    if is_lab:
        shown[..., 1:] ^= 128  # Pillow wants a and b with a sign, as most files have them
    picture = Image.frombytes(mode, (layout.width, layout.height), shown.tobytes())
    if pixels.shape[2] > colours:
        picture.info["alpha"] = Image.fromarray(np.ascontiguousarray(pixels[..., colours]))
    return picture, notes


def _samples(data: bytes, layout: Layout, dtype: np.dtype[Any]) -> Samples:
    """The bare numbers, ``(h, w, samples)``."""
    shape = (layout.height, layout.width, layout.samples)
    if layout.is_planar and layout.samples > 1:
        planes = [_decoded(_directory(layout, data, plane), layout.height, layout.width) for plane in range(shape[2])]
        numbers = np.stack(planes, axis=2)
    elif layout.samples in (1, 3, 4):
        numbers = _decoded(_directory(layout, data, None), *shape)
    elif layout.tags.get(_PREDICTOR, 1) == 1:
        numbers = _decoded(_directory(layout, data, None, widened=layout.samples), shape[0], shape[1] * shape[2])
    else:
        raise SettingError(
            f"It is a TIFF with {layout.samples} channels and a predictor, which is not read.",
            "Save it without compression.",
        )
    numbers = numbers.reshape(shape)
    return numbers.view(dtype) if numbers.dtype.itemsize == dtype.itemsize else numbers.astype(dtype)


def _decoded(data: bytes, *shape: int) -> Samples:
    import cv2

    try:
        numbers = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise ValueError("its pixels cannot be decoded") from error
    if numbers is None or numbers.size != int(np.prod(shape)):
        raise ValueError("its pixels cannot be decoded")
    if numbers.ndim == 3 and numbers.shape[2] >= 3:
        numbers = numbers[..., [2, 1, 0, *range(3, numbers.shape[2])]]
    return np.asarray(numbers)


def _directory(layout: Layout, data: bytes, plane: int | None, widened: int = 1) -> bytes:
    """The file with another directory: that of one plane, or of pixels that are ``widened`` into as many grey ones."""
    tags = layout.tags
    samples = 1 if plane is not None or widened > 1 else layout.samples
    # Half floats are read as the whole numbers that have the same bits.
    number = _UNSIGNED if layout.bits == 16 or layout.number == _VOID else layout.number
    entries: dict[int, list[int]] = {
        _WIDTH: [layout.width * widened],
        _HEIGHT: [layout.height],
        _BITS: [layout.bits] * samples,
        _COMPRESSION: [int(tags.get(_COMPRESSION, 1))],
        _PHOTOMETRIC: [_GREY if samples == 1 else _RGB],
        _SAMPLES: [samples],
        _PLANAR: [1],
        _FORMAT: [number] * samples,
    }
    if tags.get(_PREDICTOR, 1) != 1:  # OpenCV warns of it where the compression knows none
        entries[_PREDICTOR] = [int(tags[_PREDICTOR])]
    if samples == 4:
        entries[_EXTRA] = [_STRAIGHT]
    if _TILES in tags:
        entries |= {_TILE_WIDTH: [int(tags[_TILE_WIDTH]) * widened], _TILE_HEIGHT: [int(tags[_TILE_HEIGHT])]}
        places, lengths = _TILES, _TILE_BYTES
    else:
        entries[_STRIP_ROWS] = [min(int(tags.get(_STRIP_ROWS, layout.height)), layout.height)]
        places, lengths = _STRIPS, _STRIP_BYTES
    for tag in (places, lengths):
        values = [int(value) for value in tags[tag]]
        count = len(values) // layout.samples
        entries[tag] = values if plane is None else values[plane * count : (plane + 1) * count]
    return _with_directory(data, entries, layout.order, is_big=layout.is_big)


def _with_directory(data: bytes, entries: dict[int, list[int]], order: str, *, is_big: bool) -> bytes:
    """The file with a directory of unsigned numbers of 32 bits, in a BigTIFF of 64, put in at its end."""
    kind, number, room = (16, "Q", 8) if is_big else (4, "I", 4)
    out = bytearray(data)
    out += bytes(-len(out) % 8)
    records = []
    for tag, values in sorted(entries.items()):
        packed = struct.pack(f"{order}{len(values)}{number}", *values)
        if len(packed) > room:
            packed, place = struct.pack(order + number, len(out)), packed
            out += place
        records.append(struct.pack(f"{order}HH{number}", tag, kind, len(values)) + packed)
    out += bytes(-len(out) % 8)
    struct.pack_into(order + number, out, 8 if is_big else 4, len(out))
    out += struct.pack(order + ("Q" if is_big else "H"), len(records)) + b"".join(records)
    return bytes(out + struct.pack(order + number, 0))


def _eight_bits(samples: Samples, layout: Layout, colours: int) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Colours and, if there is one, alpha, ``(h, w, colours)`` or one more, straight, and notes."""
    is_lab = layout.photometric in (_LAB, _ICC_LAB)
    low, high, note = (0.0, 1.0, _depth_note(layout)) if is_lab else _range(samples[..., :colours], layout)
    alpha = next((colours + place for place, kind in enumerate(layout.extra) if kind in (1, 2)), None)
    alpha = alpha if alpha is not None and alpha < layout.samples else None
    pixels = np.empty((*samples.shape[:2], colours + (alpha is not None)), np.uint8)
    for rows in _bands(layout.height):
        band = samples[rows].astype(np.float64)
        shown = _lab(band[..., :3], layout) if is_lab else (band[..., :colours] - low) / (high - low)
        if alpha is not None:
            weight = (band[..., alpha] / _full(layout)).clip(0, 1)
            pixels[rows, :, colours] = np.rint(weight * 255)
            if layout.extra[alpha - colours] == _PREMULTIPLIED and not is_lab:
                shown = shown / np.maximum(weight, 1e-6)[..., None]
        if layout.photometric == _WHITE_IS_ZERO:
            shown = 1 - shown
        pixels[rows, :, :colours] = np.rint(np.nan_to_num(shown, nan=0.0).clip(0, 1) * 255)
    unused = layout.samples - colours - (alpha is not None)
    more = (f"{unused} further channels were left out.",) if unused > 0 and layout.extra[:1] != (0,) else ()
    return pixels, (note, *more) if note else more


def _bands(height: int) -> Iterator[slice]:
    return (slice(row, row + _ROWS) for row in range(0, height, _ROWS))


def _lab(band: NDArray[np.float64], layout: Layout) -> NDArray[np.float64]:
    """L, a and b in 8 bits, 0..1: a and b are moved so that 128 is grey."""
    full = 2.0**layout.bits
    lightness = band[..., :1] / (full - 1)
    chroma = band[..., 1:]
    if layout.photometric == _LAB:
        chroma = np.where(chroma >= full / 2, chroma - full, chroma) + full / 2
    # 16 bits are 256 times 8: see the TIFF specification's CIE L*a*b*.
    return np.concatenate((lightness, np.floor(chroma * 256 / full) / 255), axis=2)


def _full(layout: Layout) -> float:
    """What a whole alpha is."""
    if layout.number == _FLOAT:
        return 1.0
    return 2.0 ** (layout.bits - (layout.number == _SIGNED)) - 1


def _range(colours: Samples, layout: Layout) -> tuple[float, float, str]:
    """Which numbers are black and white, and what to say about it."""
    if colours.dtype == np.uint8:
        return 0.0, 255.0, ""
    if colours.dtype == np.uint16:
        return 0.0, 65535.0, _depth_note(layout)
    finite = colours[np.isfinite(colours)] if layout.number == _FLOAT else colours
    least, most = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if layout.number == _FLOAT:
        low, high = _float_range(finite, least, most)
    elif least >= 0:
        low, high = 0.0, 65535.0 if layout.bits == 32 and most <= 65535 else _full(layout)
    else:
        low, high = least, max(most, least + 1)
    kind = {_FLOAT: "Floating point numbers", _SIGNED: "Numbers with a sign"}.get(layout.number, "Large numbers")
    return low, high, f"{kind} of {layout.bits} bits: shown as black is {low:.6g}, as white {high:.6g}."


def _float_range(finite: Samples, least: float, most: float) -> tuple[float, float]:
    """0 and 1, unless more than bright spots lie beyond: then what is darkest and what is brightest."""
    if np.count_nonzero(finite > 1.0) <= _FEW * finite.size and least >= -1.0:
        return 0.0, 1.0
    return min(0.0, least), most


def _depth_note(layout: Layout) -> str:
    return f"A picture of {layout.bits} bits a channel, converted to 8." if layout.bits > 8 else ""
