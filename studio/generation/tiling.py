"""Large pictures in tiles that overlap, blended so that no seam shows. No torch, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.document import Pixels
from studio.errors import OutOfMemoryError, SettingError
from studio.generation.jobs import CancelToken

SMALLEST_TILE = 32
"""Tiles are not halved below this side: less memory than that takes, no network gives back."""

Draw = Callable[[Pixels], NDArray[Any]]
"""One tile, uint8 ``(h, w, 3)``, in; the same tile ``scale`` times as large out, values 0..255 of any dtype."""


@dataclass(frozen=True)
class Span:
    """A tile along one axis: it covers ``start`` to ``stop`` of the picture."""

    start: int
    stop: int


def spans(length: int, tile: int, overlap: int) -> tuple[Span, ...]:
    """Equal tiles of at most ``tile`` pixels that cover ``length`` and overlap by at least ``overlap``."""
    if length <= tile:
        return (Span(0, length),)
    count = -(-(length - overlap) // (tile - overlap))
    size = -(-(length + (count - 1) * overlap) // count)
    starts = (round(index * (length - size) / (count - 1)) for index in range(count))
    return tuple(Span(start, start + size) for start in starts)


def weights(cuts: tuple[Span, ...], scale: int) -> tuple[NDArray[np.float32], ...]:
    """How much each tile counts along one axis, at ``scale`` times the size; they add up to 1 everywhere.

    Where two tiles overlap, the outer quarters belong to the inner tile alone, because networks draw worst at the
    border of what they see; the middle half is a ramp.
    """
    length = cuts[-1].stop * scale
    total = np.zeros(length, np.float32)
    ramps: list[NDArray[np.float32]] = []
    for index, cut in enumerate(cuts):
        before = cuts[index - 1].stop - cut.start if index else 0
        after = cut.stop - cuts[index + 1].start if index + 1 < len(cuts) else 0
        ramp = _ramp((cut.stop - cut.start) * scale, before * scale, after * scale)
        ramps.append(ramp)
        total[cut.start * scale : cut.stop * scale] += ramp
    return tuple(ramp / total[cut.start * scale : cut.stop * scale] for ramp, cut in zip(ramps, cuts, strict=True))


class Tiler:
    """Puts a picture through a network tile by tile.

    ``tile`` and ``overlap`` are in pixels of the given picture. A tile for which memory runs out is divided, and so
    are those after it; `OutOfMemoryError` from tiles of `SMALLEST_TILE` passes. ``cancel`` is looked at before every
    tile. ``report(fraction)`` is called after every tile.
    """

    def __init__(
        self,
        draw: Draw,
        *,
        tile: int,
        overlap: int,
        cancel: CancelToken,
        report: Callable[[float], None] | None = None,
    ) -> None:
        if tile < SMALLEST_TILE or not 0 <= overlap <= tile // 2:
            raise SettingError(
                "Tiles of {tile} pixels that overlap by {overlap} are not possible.",
                "Choose tiles of {smallest_tile} pixels or more, and an overlap of at most half of that.",
                tile=tile,
                overlap=overlap,
                smallest_tile=SMALLEST_TILE,
            )
        self._draw = draw
        self._tile = tile
        self._overlap = overlap
        self._cancel = cancel
        self._report = report or _ignore

    def run(self, pixels: Pixels) -> Pixels:
        """The whole picture: uint8 ``(h, w, 3)`` in, ``(h * scale, w * scale, 3)`` out."""
        return self._whole(pixels, self._report)

    def _whole(self, pixels: Pixels, report: Callable[[float], None]) -> Pixels:
        height, width = pixels.shape[:2]
        columns = spans(width, self._tile, self._overlap)
        rows = spans(height, self._tile, self._overlap)
        done, total = 0, len(rows) * len(columns)

        def drawn(row: Span, column: Span) -> NDArray[Any]:
            nonlocal done
            part = pixels[row.start : row.stop, column.start : column.stop]
            picture = self._one(np.ascontiguousarray(part), lambda inner: report((done + inner) / total))
            done += 1
            report(done / total)
            return picture

        return _blended(rows, columns, drawn)

    def _one(self, pixels: Pixels, report: Callable[[float], None]) -> NDArray[Any]:
        self._cancel.raise_if_cancelled()
        if max(pixels.shape[:2]) > self._tile:
            return self._whole(pixels, report)
        try:
            return self._draw(pixels)
        except (OutOfMemoryError, MemoryError):
            smaller = max(SMALLEST_TILE, max(pixels.shape[:2]) // 2)
            if max(pixels.shape[:2]) <= SMALLEST_TILE:
                raise
        self._tile = min(self._tile, smaller)
        self._overlap = min(self._overlap, self._tile // 2)
        return self._whole(pixels, report)


def _blended(rows: tuple[Span, ...], columns: tuple[Span, ...], drawn: Callable[[Span, Span], NDArray[Any]]) -> Pixels:
    """Blend tiles row by row: no more than one row of tiles is held as real numbers."""
    first = drawn(rows[0], columns[0])
    scale = first.shape[0] // (rows[0].stop - rows[0].start)
    width = columns[-1].stop * scale
    whole = np.empty((rows[-1].stop * scale, width, 3), np.uint8)
    across, down = weights(columns, scale), weights(rows, scale)
    pending = np.zeros((0, width, 3), np.float32)
    for index, row in enumerate(rows):
        strip = np.zeros(((row.stop - row.start) * scale, width, 3), np.float32)
        for column, weight in zip(columns, across, strict=True):
            tile = first if index == 0 and column is columns[0] else drawn(row, column)
            strip[:, column.start * scale : column.stop * scale] += tile * weight[None, :, None]
        strip *= down[index][:, None, None]
        strip[: len(pending)] += pending
        end = rows[index + 1].start * scale if index + 1 < len(rows) else len(whole)
        finished = end - row.start * scale
        whole[row.start * scale : end] = np.rint(strip[:finished]).clip(0, 255)
        pending = strip[finished:]
    return whole


def _ignore(fraction: float) -> None:
    """Progress that nobody watches."""


def _ramp(length: int, before: int, after: int) -> NDArray[np.float32]:
    ramp = np.ones(length, np.float32)
    if before:
        ramp[:before] *= _rise(before)
    if after:
        ramp[-after:] *= _rise(after)[::-1]
    return ramp


def _rise(length: int) -> NDArray[np.float32]:
    quarter = length / 4
    middle = np.arange(length, dtype=np.float32) + 0.5
    rise: NDArray[np.float32] = ((middle - quarter) / (length - 2 * quarter)).clip(1e-6, 1.0).astype(np.float32)
    return rise
