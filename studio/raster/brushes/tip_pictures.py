"""The pictures that dabs are printed with: tips as pyramids for the kernels, and the grain that they catch on."""

from __future__ import annotations

import base64
import binascii
import struct
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.document import TILE_SIZE, Pixels
from studio.errors import SettingError
from studio.raster.brushes.brush import Grain, Tip

MAX_TIP_SIDE: Final = 512
"""Pixels; larger pictures are made smaller."""

_BRISTLES_SIDE: Final = 256
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_PNG_SIZE: Final = struct.Struct(">II")


@lru_cache(maxsize=16)
def tip_levels(tip: Tip) -> tuple[int, Pixels]:
    """The side of a tip's picture, a power of two, and the picture and its halves down to one pixel, one after another.

    A tip that is drawn has none: 0. Raises `SettingError` for a picture that cannot be read.
    """
    if tip.kind == "bristle":
        return _levels(_bristles(tip.bristles))
    return _levels(read_stamp(tip.picture)) if tip.kind == "stamp" else (0, np.zeros(1, np.uint8))


def read_stamp(picture: str) -> Pixels:
    """The values of a stamp's PNG in base64, uint8 ``(h, w)``, at most 512 pixels a side. `SettingError` otherwise."""
    try:
        data = base64.b64decode(picture, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if data[:8] != _PNG_START or len(data) < 24:
        raise SettingError("The picture of the brush tip is damaged.", "Choose another picture or another preset.")
    width, height = _PNG_SIZE.unpack_from(data, 16)
    if not (0 < width <= MAX_TIP_SIDE and 0 < height <= MAX_TIP_SIDE):
        raise SettingError(
            "The picture of the brush tip has {width} x {height} pixels.",
            "Choose one of at most {most} pixels a side.",
            width=width,
            height=height,
            most=MAX_TIP_SIDE,
        )
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        raise SettingError("The picture of the brush tip is damaged.", "Choose another picture or another preset.")
    return np.asarray(pixels, np.uint8)


def stamp_picture(values: Pixels) -> str:
    """The text that `Tip.picture` holds of values, uint8 ``(h, w)``, 255 where it paints; large ones made smaller."""
    height, width = values.shape
    scale = min(1.0, MAX_TIP_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = values if scale == 1 else cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    _, data = cv2.imencode(".png", small)
    return base64.b64encode(data.tobytes()).decode("ascii")


@lru_cache(maxsize=8)
def grain_picture(grain: Grain) -> Pixels:
    """The heights of a surface, uint8 ``(256, 256)``, that goes on at its other side."""
    side = max(32, round(TILE_SIZE / grain.scale))
    rng = np.random.default_rng(11)
    heights = {"paper": _paper, "canvas": _canvas, "speckle": _speckle}[grain.kind](side, rng)
    margin = 4
    wide = np.pad(_levelled(heights), margin, mode="wrap")
    scale = TILE_SIZE / side
    start = (0.5 - margin) * scale - 0.5
    placed = np.array([[scale, 0, start], [0, scale, start]], np.float64)
    return np.asarray(cv2.warpAffine(wide, placed, (TILE_SIZE, TILE_SIZE), flags=cv2.INTER_LINEAR), np.uint8)


def _levels(picture: Pixels) -> tuple[int, Pixels]:
    height, width = picture.shape
    longest = max(height, width)
    square = np.zeros((longest, longest), np.uint8)
    top, left = (longest - height) // 2, (longest - width) // 2
    square[top : top + height, left : left + width] = picture
    side = 1 << max(2, (longest - 1).bit_length())
    level = np.asarray(cv2.resize(square, (side, side), interpolation=cv2.INTER_AREA), np.uint8)
    levels = [level]
    while level.shape[0] > 1:
        half = level.shape[0] // 2
        level = np.asarray(cv2.resize(level, (half, half), interpolation=cv2.INTER_AREA), np.uint8)
        levels.append(level)
    return side, np.concatenate([each.reshape(-1) for each in levels])


def _bristles(count: int) -> Pixels:
    """Ends of bristles in a disc, thick and thin, each with as much paint as chance gives it."""
    rng = np.random.default_rng(count)
    picture = np.zeros((_BRISTLES_SIDE, _BRISTLES_SIDE), np.float32)
    thick = 0.55 * _BRISTLES_SIDE / np.sqrt(count) / 2
    for _ in range(count):
        way, far = rng.uniform(0, 2 * np.pi), np.sqrt(rng.uniform(0, 1)) * (_BRISTLES_SIDE / 2 - thick - 1)
        middle = _BRISTLES_SIDE / 2 + far * np.array((np.cos(way), np.sin(way)))
        radius = thick * rng.uniform(0.5, 1.2)
        left, top = (middle - radius).astype(int)
        side = int(2 * radius) + 3
        part = picture[top : top + side, left : left + side]
        rows, columns = np.ogrid[: part.shape[0], : part.shape[1]]
        distance = np.hypot(columns + left - middle[0], rows + top - middle[1])
        paint = np.clip((radius - distance) / (0.6 * radius), 0, 1) * rng.uniform(0.35, 1.0)
        np.maximum(part, paint, out=part)
    return np.rint(picture * 255).astype(np.uint8)


def _paper(side: int, rng: np.random.Generator) -> NDArray[np.float32]:
    fine, coarse = (_smooth_noise(side, rng, sigma) for sigma in (0.8, 2.2))
    return np.asarray(fine * 0.6 + coarse * 0.8, np.float32)


def _canvas(side: int, rng: np.random.Generator) -> NDArray[np.float32]:
    threads = 2 * np.pi * np.arange(side, dtype=np.float32) / side * max(4, side // 6)
    across, down = np.sin(threads)[None, :], np.sin(threads)[:, None]
    woven = np.where(across * down > 0, np.abs(across), np.abs(down))
    return np.asarray(woven + 0.3 * _smooth_noise(side, rng, 1.0), np.float32)


def _speckle(side: int, rng: np.random.Generator) -> NDArray[np.float32]:
    return np.asarray(_smooth_noise(side, rng, 0.5) ** 3, np.float32)


def _smooth_noise(side: int, rng: np.random.Generator, sigma: float) -> NDArray[np.float32]:
    """Noise of mean 0 and deviation 1 that goes on at its other side."""
    margin = 12
    noise = np.pad(rng.standard_normal((side, side)).astype(np.float32), margin, mode="wrap")
    smooth = cv2.GaussianBlur(noise, (0, 0), sigma)[margin:-margin, margin:-margin]
    return np.asarray(smooth / smooth.std(), np.float32)


def _levelled(heights: NDArray[np.float32]) -> Pixels:
    """Heights as 0..255, of which each comes about equally often, with less in between than at the ends."""
    order = np.argsort(np.argsort(heights, axis=None), axis=None).reshape(heights.shape) / (heights.size - 1)
    return np.rint(order * order * (3 - 2 * order) * 255).astype(np.uint8)
