"""What is done to every pixel, compiled from C, without the interpreter lock.

How it was chosen. On one core with AVX2, in million pixels a second, normal and soft light: this 1370 and 370, numba
305 and 43; QPainter, OpenCV and numpy, which did it before, 630 and 16. This loads in 0.1 ms and takes 60 KiB; numba
takes 0.2 s to import, 115 MiB of memory and 210 MB on the disk, and compiles when the first stroke waits for it.
`build` compiles the kernels when Shoreline is installed, with a compiler that comes as a Python package; afterwards
nobody needs that.

Pixels are premultiplied RGBA, uint8 ``(h, w, 4)``; rows may lie apart, the pixels of one do not.
"""

from __future__ import annotations

import ctypes
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import TILE_SIZE, BlendMode, Pixels, Rect

Floats = NDArray[np.float32]

_AVX2: Final = 11
"""OpenCV's number for these instructions."""
_SOURCE: Final = struct.Struct("@PPnnif")
_LIGHT: Final = struct.Struct("@PPPn")
_PAINTED: Final = struct.Struct("@PPPPnnnnii")
_TIP: Final = struct.Struct("@PPiiff")
_STRIDES: Final = struct.Struct("@4n")
_AREA: Final = struct.Struct("@4i")
_RESAMPLED: Final = struct.Struct("@PPPnnPPiiPPiii4x")
_MODES: Final = {mode: number for number, mode in enumerate(BlendMode)}

Source = tuple[Pixels, BlendMode, float, Pixels | None]
"""Pixels to blend, how, with which opacity (0..1), and the mask ``(h, w)`` that they show through."""


_ARGUMENTS: Final = {
    "blend": (
        *(ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_int32, ctypes.c_int32),
        *(ctypes.c_char_p, ctypes.c_int32),
    ),
    "blend_light": (ctypes.c_char_p, ctypes.c_ssize_t, ctypes.c_int32),
    "map": (*(ctypes.c_void_p,) * 4, ctypes.c_char_p, ctypes.c_int32, ctypes.c_int32),
    "cover": (
        *(ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int32),
        *(ctypes.c_float, ctypes.c_float, ctypes.c_char_p),
    ),
    "stamp": (
        *(ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int32),
        *(ctypes.c_char_p, ctypes.c_char_p),
    ),
    "paint": (ctypes.c_char_p, ctypes.c_uint32, ctypes.c_float, ctypes.c_int32, ctypes.c_int32),
    "mix": (*(ctypes.c_char_p, ctypes.c_void_p, ctypes.c_ssize_t, ctypes.c_float, ctypes.c_int32, ctypes.c_int32),),
    "resample": (ctypes.c_char_p,),
    "unpack_lzf": (ctypes.c_char_p, ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_ssize_t),
}
_WAY_OUT: Final = "`python studio/raster/kernels/build.py` does it, and so does `make setup`."


def _loaded() -> ctypes.CDLL:
    """The library for the best instructions that this machine has."""
    names = ("kernels-avx2.*", "kernels-plain.*") if cv2.checkHardwareSupport(_AVX2) else ("kernels-plain.*",)
    for name in names:
        for path in Path(__file__).parent.glob(name):
            return _declared(ctypes.CDLL(str(path)))
    raise ImportError(f"The kernels are not compiled. {_WAY_OUT}")


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    """The library, told what its functions take. Raises `ImportError` for one of another version."""
    try:
        for name, arguments in _ARGUMENTS.items():
            getattr(library, name).argtypes = arguments
    except AttributeError as error:
        raise ImportError(
            f"The kernels are those of another version and are to be compiled anew. {_WAY_OUT}"
        ) from error
    return library


_LIBRARY: Final = _loaded()


def blend(backdrop: Pixels, sources: Sequence[Source]) -> None:
    """Blend sources over ``backdrop``, one after the other, in place; all have its height and width."""
    height, width = backdrop.shape[:2]
    if not backdrop.size:
        return
    packed = b"".join(_packed(source, (height, width)) for source in sources)
    place, stride = _placed(backdrop, np.uint8, (height, width, 4), writable=True)
    _LIBRARY.blend(place, stride, width, height, packed, len(sources))


def blend_light(backdrop: Floats, source: Floats, mode: BlendMode) -> Floats:
    """Planes of ``source`` over those of ``backdrop``: premultiplied float32 ``(4, h, w)`` in 0..1; a new array."""
    out = np.empty(backdrop.shape, np.float32)
    flat = (4, out.size // 4)
    arrays = [np.ascontiguousarray(values).reshape(flat) for values in (backdrop, source, out)]
    (below, plane), (above, _), (place, _) = (_placed(values, np.float32, flat) for values in arrays)
    _LIBRARY.blend_light(_LIGHT.pack(below, above, place, plane), flat[1], _MODES[mode])
    return out


def map_affinely(pixels: Pixels, nothing: Pixels, black: Pixels, white: Pixels) -> None:
    """Map pixels, in place, as the affine map does that makes these of transparent, opaque black and white ones."""
    height, width = pixels.shape[:2]
    if not pixels.size:
        return
    places, strides = zip(
        _placed(pixels, np.uint8, pixels.shape, writable=True),
        *(_placed(values, np.uint8, (height, width, 4)) for values in (nothing, black, white)),
        strict=True,
    )
    _LIBRARY.map(*places, _STRIDES.pack(*strides), width, height)


def cover(coverage: Floats, within: Rect, dabs: array[float], hardness: float, flow: float) -> Rect:
    """Add dabs to the coverage of a tile, float32 ``(256, 256)``, in place; returns a rectangle around what changed.

    ``dabs`` are floats ("f"), four a dab: the centre x and y in pixels of the tile, the radius, and the coverage that
    the dab never exceeds. Nothing outside ``within``, a part of the tile, is changed. ``hardness`` is the share of the
    radius that is full, ``flow`` what a dab there adds of what is missing; both 0..1.
    """
    place, stride = _placed(coverage, np.float32, (TILE_SIZE, TILE_SIZE), writable=True)
    right, bottom = min(TILE_SIZE, within.right), min(TILE_SIZE, within.bottom)
    bounds = _AREA.pack(max(0, within.x), max(0, within.y), right, bottom)
    changed = ctypes.create_string_buffer(_AREA.size)
    dabs_place, length = dabs.buffer_info()
    _LIBRARY.cover(place, stride, bounds, dabs_place, length // 4, hardness, flow, changed)
    left, top, right, bottom = _AREA.unpack(changed)
    return Rect(left, top, max(0, right - left), max(0, bottom - top))


@dataclass(frozen=True, eq=False)
class PrintedTip:
    """What `stamp` prints: ``kind`` is "round", "square" or else a picture, its levels uint8 one after another, the
    first of ``side`` pixels; ``hardness`` is as for `cover`. ``grain``, uint8 ``(256, 256)``, is the surface of each
    tile: where it is 0, prints cover less by the share ``depth``."""

    kind: str
    hardness: float
    side: int
    levels: Pixels
    grain: Pixels | None
    depth: float


_KINDS: Final = {"round": 0, "square": 1}
_PICTURE: Final = 2


def stamp(coverage: Floats, within: Rect, stamps: array[float], tip: PrintedTip, colours: Floats | None) -> Rect:
    """Add prints to the coverage of a tile, as `cover` does; returns a rectangle around what changed.

    ``stamps`` are floats ("f"), twelve a print: the centre x and y in pixels of the tile; u and v, which are -1..1
    across the tip, for a pixel to the right and one down, as ux, uy, vx, vy; how far it reaches in pixels, its ceiling,
    its flow, and its colour, 0..255 each. ``colours``, float32 ``(256, 256, 3)``, become those that are seen.
    """
    place, stride = _placed(coverage, np.float32, (TILE_SIZE, TILE_SIZE), writable=True)
    sheet = None if colours is None else _placed(colours, np.float32, (TILE_SIZE, TILE_SIZE, 3), writable=True)[0]
    grain = 0 if tip.grain is None else _placed(tip.grain, np.uint8, (TILE_SIZE, TILE_SIZE))[0]
    levels = tip.levels.ctypes.data
    look = _TIP.pack(levels, grain, _KINDS.get(tip.kind, _PICTURE), tip.side, tip.hardness, tip.depth)
    right, bottom = min(TILE_SIZE, within.right), min(TILE_SIZE, within.bottom)
    bounds = _AREA.pack(max(0, within.x), max(0, within.y), right, bottom)
    changed = ctypes.create_string_buffer(_AREA.size)
    stamps_place, length = stamps.buffer_info()
    _LIBRARY.stamp(place, stride, sheet, bounds, stamps_place, length // 12, look, changed)
    left, top, right, bottom = _AREA.unpack(changed)
    return Rect(left, top, max(0, right - left), max(0, bottom - top))


def paint(
    out: Pixels,
    before: Pixels,
    strength: Floats,
    colour: bytes,
    *,
    opacity: float = 1.0,
    clip: Pixels | None = None,
    lock_alpha: bool = False,
) -> None:
    """Write to ``out`` what ``before`` becomes with a colour mixed in.

    Both are RGBA or a mask ``(h, w)``, and ``colour`` four bytes premultiplied, or one. The share of the colour is
    ``strength``, float32 ``(h, w)`` in 0..1, times ``opacity`` and, if given, the mask ``clip``. ``lock_alpha`` keeps
    the alpha of RGBA.
    """
    if not out.size:
        return
    if (len(colour) > 1) != (out.ndim == 3):
        raise ValueError(f"A colour of {len(colour)} bytes does not fit pixels {out.shape}.")
    area = _painted(out, before, strength, clip)
    _LIBRARY.paint(area, int.from_bytes(colour, "little"), opacity, len(colour), lock_alpha)


def mix(
    out: Pixels,
    before: Pixels,
    source: Pixels,
    strength: Floats,
    *,
    opacity: float = 1.0,
    clip: Pixels | None = None,
    lock_alpha: bool = False,
) -> None:
    """Write to ``out`` what ``before`` becomes with another picture ``source`` mixed in.

    All three are RGBA or masks ``(h, w)``; the rest is as for `paint`.
    """
    if not out.size:
        return
    area = _painted(out, before, strength, clip)
    place, stride = _placed(source, np.uint8, out.shape)
    _LIBRARY.mix(area, place, stride, opacity, 4 if out.ndim == 3 else 1, lock_alpha)


def _painted(out: Pixels, before: Pixels, strength: Floats, clip: Pixels | None) -> bytes:
    """Where is painted, for C."""
    height, width = out.shape[:2]
    shape = (height, width, 4) if out.ndim == 3 else (height, width)
    places, strides = zip(
        _placed(out, np.uint8, shape, writable=True),
        _placed(before, np.uint8, out.shape),
        _placed(strength, np.float32, (height, width)),
        (None, 0) if clip is None else _placed(clip, np.uint8, (height, width)),
        strict=True,
    )
    return _PAINTED.pack(*(place or 0 for place in places), *strides, width, height)


def unpack_lzf(packed: bytes, size: int) -> Pixels:
    """The ``size`` bytes that were packed by LZF, uint8 ``(size,)``. Raises ``ValueError`` if they do not come out."""
    out = np.empty(size, np.uint8)
    if _LIBRARY.unpack_lzf(packed, len(packed), out.ctypes.data, size) != size:
        raise ValueError("packed bytes are damaged")
    return out


def resample(pixels: Pixels, across: Axis, down: Axis) -> Pixels:
    """Premultiplied RGBA or a mask ``(h, w)`` at another size: a new array. ``across`` makes its columns of columns,
    and ``down`` its rows of rows."""
    channels = 4 if pixels.ndim == 3 else 1
    source = np.ascontiguousarray(pixels)
    out = np.empty((len(down.first), len(across.first), *pixels.shape[2:]), np.uint8)
    rows = np.empty((1 + down.weights.shape[1], out.shape[1] * channels), np.float32)
    if not out.size:
        return out
    axes = [across.checked(source.shape[1]), down.checked(source.shape[0])]
    places = (values.__array_interface__["data"][0] for values in (out, source, rows))
    packed = [number for axis in axes for number in axis.packed()]
    _LIBRARY.resample(_RESAMPLED.pack(*places, out.strides[0], source.strides[0], *packed, channels))
    return out


@dataclass(frozen=True, eq=False)
class Axis:
    """Of which pixels of a row (or column) those of another are made.

    Parameters
    ----------
    first
        The first of them for each, int32 ``(n,)``, never less than the one before.
    weights
        Of it and those that follow it, float32 ``(n, taps)``.
    """

    first: NDArray[np.int32]
    weights: Floats

    def part(self, start: int, stop: int) -> Axis:
        """What those from ``start`` on and before ``stop`` are made of."""
        return Axis(self.first[start:stop], self.weights[start:stop])

    def checked(self, length: int) -> Axis:
        """Itself; `ValueError` where C would read beyond a row of ``length`` pixels or misread the numbers."""
        count, taps = self.weights.shape
        is_sound = self.first.dtype == np.int32 and self.weights.dtype == np.float32 and self.first.shape == (count,)
        is_whole = self.first.flags.c_contiguous and self.weights.flags.c_contiguous
        if not (is_sound and is_whole and 0 <= self.first[0] <= self.first[-1] <= length - taps):
            raise ValueError(f"These weights are not for {length} pixels.")
        return self

    def packed(self) -> tuple[int, int, int, int]:
        """As `resample` reads it."""
        first, weights = (values.__array_interface__["data"][0] for values in (self.first, self.weights))
        return first, weights, self.weights.shape[1], self.weights.shape[0]


def _packed(source: Source, shape: tuple[int, int]) -> bytes:
    pixels, mode, opacity, mask = source
    place, stride = _placed(pixels, np.uint8, (*shape, 4))
    mask_place, mask_stride = (0, 0) if mask is None else _placed(mask, np.uint8, shape)
    return _SOURCE.pack(place, mask_place, stride, mask_stride, _MODES[mode], min(1.0, opacity))


def _placed(values: NDArray[Any], kind: type, shape: tuple[int, ...], *, writable: bool = False) -> tuple[int, int]:
    """Where an array lies, and how many pixels its rows are apart; `ValueError` for one that C would misread."""
    pixel = values.itemsize * (shape[2] if len(shape) == 3 else 1)
    rows, *rest = values.strides
    if values.shape != shape or values.dtype != kind or rest != [pixel, values.itemsize][: len(rest)] or rows % pixel:
        raise ValueError(f"Pixels of {values.dtype} {values.shape} with strides of {values.strides} cannot be used.")
    place, is_read_only = values.__array_interface__["data"]
    if writable and is_read_only:
        raise ValueError("These pixels are read-only.")
    return place, rows // pixel
