"""Pixel art on its grid: the grid is found, every cell gets one colour, and the colours are few."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.api import CancelToken, Pixels, SettingError

LARGEST_CELL = 64
MOST_COLOURS = 256
_CLEAREST = 0.5
"""How clearly steps have to lie on a grid, as a correlation: pixel art has over 0.8, drawings without a grid under 0.4,
whose few outlines fit some large cell by chance."""
_ROUNDS = 12
"""Of k-means, at most."""
_BAND_CELLS = 16
"""Rows of cells that are worked on between two looks at the cancel token."""
_HEX = re.compile(r"#([0-9a-fA-F]{6})\b")
_NUMBERS = re.compile(r"^\s*(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})\b", re.MULTILINE)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Cells of ``size`` pixels a side; the first whole ones begin at (x, y), each 0..size - 1."""

    size: int
    x: int
    y: int


def find_grid(pixels: Pixels, size: int = 0) -> Grid:
    """The grid of enlarged pixel art, uint8 ``(h, w, 4)`` straight RGBA; of cells of ``size`` pixels, 0 for any.

    Steps between neighbours lie on it: the comb that they correlate with best is taken, along both axes together.
    Raises `SettingError` where no size fits clearly.
    """
    across, down = _steps(pixels, 1), _steps(pixels, 0)
    sizes = [size] if size else range(2, min(LARGEST_CELL, min(pixels.shape[:2]) // 2) + 1)
    fits = [(*_best_offset(across, each), *_best_offset(down, each), each) for each in sizes]
    if not fits:
        raise _no_grid()
    fit_x, x, fit_y, y, found = max(fits, key=lambda fit: fit[0] + fit[2])
    if not size and fit_x + fit_y < 2 * _CLEAREST:
        raise _no_grid()
    return Grid(found, x, y)


def cells_of(pixels: Pixels, grid: Grid, cancel: CancelToken, report: Callable[[float], None]) -> Pixels:
    """One pixel for every cell, ``(rows, columns, 4)``: the median of what is opaque in it, with alpha 0 or 255.

    Cells that the border cuts count where half of them or more is there. In larger cells the outermost pixels, which
    may be mixed with the neighbour's, are not asked.
    """
    rows, columns = (
        _starts(side, grid.size, start) for side, start in zip(pixels.shape[:2], (grid.y, grid.x), strict=True)
    )
    out = np.zeros((len(rows), len(columns), 4), np.uint8)
    for first in range(0, len(rows), _BAND_CELLS):
        cancel.raise_if_cancelled()
        for row in range(first, min(first + _BAND_CELLS, len(rows))):
            band = _within(pixels, rows[row], grid.size, 0)
            for column, left in enumerate(columns):
                out[row, column] = _median(_within(band, left, grid.size, 1))
        report((first + _BAND_CELLS) / len(rows))
    return out


def palette_in(text: str) -> Pixels:
    """The colours that a text names, ``(n, 3)``: as ``#rrggbb``, or as the lines of a GIMP palette."""
    named = [tuple(bytes.fromhex(digits)) for digits in _HEX.findall(text)]
    lines = [tuple(min(255, int(part)) for part in found) for found in _NUMBERS.findall(text)]
    colours = named or lines
    if text.strip() and not colours:
        raise SettingError(
            "No colour is in the palette {text!r}.", "Write colours as #rrggbb, or the lines of a .gpl file.", text=text
        )
    return np.array(colours[:MOST_COLOURS], np.uint8).reshape(-1, 3)


def reduced(cells: Pixels, count: int, palette: Pixels) -> Pixels:
    """Cells in the colours of a palette, or in the ``count`` colours that are nearest to theirs; 0 leaves them all."""
    opaque = cells[..., 3] == 255
    if not opaque.any() or (not count and not len(palette)):
        return cells
    colours, places, counts = np.unique(cells[opaque][:, :3], axis=0, return_inverse=True, return_counts=True)
    if not len(palette):
        palette = colours if len(colours) <= count else _means(colours, counts, count)
    out = cells.copy()
    out[opaque, :3] = palette[_nearest(colours.astype(float), palette.astype(float))][places.reshape(-1)]
    return out


def enlarged(cells: Pixels, pixel: int, height: int, width: int) -> Pixels:
    """Every cell as ``pixel`` pixels a side, from the top left of ``(height, width, 4)``; only whole ones."""
    rows, columns = height // pixel, width // pixel
    large = cells[:rows, :columns].repeat(pixel, axis=0).repeat(pixel, axis=1)
    out = np.zeros((height, width, 4), np.uint8)
    out[: large.shape[0], : large.shape[1]] = large
    return out


def _no_grid() -> SettingError:
    return SettingError("No grid of pixels was found.", "Set the cell size: how many pixels wide a cell of the art is.")


def _steps(pixels: Pixels, axis: int) -> Floats:
    """How much changes from each column (axis 1) or row to the next one, on the mean: premultiplied."""
    values = pixels.astype(np.float32)
    values[..., :3] *= values[..., 3:] / 255
    steps = np.abs(np.diff(values, axis=axis)).max(axis=2)
    means: Floats = steps.mean(axis=1 - axis, dtype=np.float64)
    return means


def _best_offset(steps: Floats, size: int) -> tuple[float, int]:
    """(correlation, offset) of the comb of this size that fits the steps best; step i lies before pixel i + 1."""
    spread = float(steps.std())
    if spread == 0.0:
        return 0.0, 0
    places = (np.arange(len(steps)) + 1) % size
    sums = np.bincount(places, steps - steps.mean(), minlength=size)
    shares = np.bincount(places, minlength=size) / len(steps)
    fits = sums / len(steps) / (spread * np.sqrt(np.maximum(shares * (1 - shares), 1e-9)))
    offset = int(fits.argmax())
    return float(fits[offset]), offset


def _starts(side: int, size: int, offset: int) -> list[int]:
    """Where cells begin along a side, maybe before it."""
    starts = range(offset - size, side, size)
    return [start for start in starts if min(start + size, side) - max(start, 0) >= (size + 1) // 2]


def _within(pixels: Pixels, start: int, size: int, axis: int) -> Pixels:
    """The part of a cell along an axis that is sure to be its own."""
    margin = 0 if size < 4 else max(1, size // 5)
    length = pixels.shape[axis]
    first, last = max(0, start + margin), min(length, start + size - margin)
    if first >= last:
        first, last = max(0, start), min(length, start + size)
    return pixels[first:last] if axis == 0 else pixels[:, first:last]


def _median(cell: Pixels) -> Pixels:
    opaque = cell[..., 3] >= 128
    if 2 * int(opaque.sum()) < opaque.size:
        return np.zeros(4, np.uint8)
    colours = cell[opaque][:, :3]
    middle = np.median(colours, axis=0)
    nearest = np.abs(colours - middle).sum(axis=1).argmin()  # a colour that is there, none between two
    return np.array([*colours[nearest], 255], np.uint8)


def _means(colours: Pixels, counts: NDArray[np.int64], count: int) -> Pixels:
    """``count`` colours by k-means, from those that lie furthest from each other on: always the same."""
    points, weights = colours.astype(float), counts.astype(float)
    centres = points[[int(weights.argmax())]]
    far = ((points - centres[0]) ** 2).sum(axis=1)
    while len(centres) < count:
        centres = np.vstack([centres, points[(far * np.sqrt(weights)).argmax()]])
        far = np.minimum(far, ((points - centres[-1]) ** 2).sum(axis=1))
    for _ in range(_ROUNDS):
        owner = _nearest(points, centres)
        sums = np.zeros_like(centres)
        np.add.at(sums, owner, points * weights[:, None])
        shares = np.bincount(owner, weights, minlength=count)[:, None]
        moved = np.where(shares > 0, sums / np.maximum(shares, 1), centres)
        if np.allclose(moved, centres):
            break
        centres = moved
    made: Pixels = np.rint(centres).astype(np.uint8)
    return made


def _nearest(points: Floats, centres: Floats) -> NDArray[np.int64]:
    """Which centre is the nearest to each point: (n,)."""
    best = np.zeros(len(points), np.int64)
    least = np.full(len(points), np.inf)
    for index, centre in enumerate(centres):
        distance = ((points - centre) ** 2).sum(axis=1)
        best[distance < least] = index
        least = np.minimum(least, distance)
    return best
