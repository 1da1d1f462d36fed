"""The stroke as a transaction on a raster."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final

import numpy as np

from studio.document import Pixels, Raster, Rect, TileKey, freeze
from studio.document.tiles import TILE_SIZE
from studio.raster import kernels
from studio.raster.brushes.brush import Brush
from studio.raster.brushes.stamper import Stamp, Stamper
from studio.raster.brushes.symmetry import Symmetry
from studio.raster.brushes.tip_pictures import grain_picture, tip_levels
from studio.raster.dabs import Coverage, Dab, StampedCoverage
from studio.raster.kernels import PrintedTip
from studio.raster.paint import paint_through
from studio.raster.stroke_path import PathPoint, StrokePath

_FAST: Final = 4000.0
"""Pixels a second that count as full speed."""
_STEADINESS: Final = 0.7
"""How much of its speed before a hand seems to keep from one report to the next."""

Source = Callable[[TileKey], Pixels]
"""Gives the pixels of a tile like those painted on: uint8 ``(256, 256, 4)`` premultiplied, or a mask's."""
MakeStroke = Callable[..., "Stroke"]
"""Begins a stroke; it is called as `Stroke` is."""


class Stroke:
    """A stroke in progress on one raster, which itself stays as it is.

    Dabs build up a coverage for each tile (float, so that faint flow accumulates); the colour is laid over the
    untouched pixels through that coverage, so that no overlap within the stroke exceeds its opacity.
    Only tiles under the brush are copied.

    Parameters
    ----------
    raster
        RGBA (4 channels) or a mask (1 channel).
    clip
        A mask that limits the stroke (the selection); ``None`` for no limit.
    around
        A stroke that leaves this part goes on at its other side, and nothing is painted outside; ``None`` for none.
    lock_alpha
        Keep the transparency of RGBA pixels: colour only what is painted already. An eraser then changes nothing.
    symmetry
        Where each dab is drawn again; ``None`` for nowhere.
    source
        What is laid down in place of the colour; ``None`` for the colour.
    seed
        What chance does; the same stroke with the same seed is the same.
    """

    def __init__(
        self,
        raster: Raster,
        brush: Brush,
        *,
        clip: Raster | None = None,
        around: Rect | None = None,
        lock_alpha: bool = False,
        symmetry: Symmetry | None = None,
        source: Source | None = None,
        seed: int = 0,
    ) -> None:
        self._base = raster
        self._brush = brush
        self._clip = clip
        self._around = around
        self._lock_alpha = lock_alpha
        self._symmetry = symmetry
        self._source = source
        self._path = StrokePath(brush.smoothing, brush.spacing_at, brush.rope)
        self._stamper = None if brush.is_plain else Stamper(brush, seed)
        self._coverage = self._new_coverage()
        self._last: tuple[PathPoint, float] | None = None
        self._area = Rect(0, 0, 0, 0)
        self._blank = np.full(Raster.tile_shape(raster.channels), raster.default, np.uint8)
        self._tiles: dict[TileKey, Pixels] = {}
        self._shown: dict[TileKey, Pixels] = {}
        self._kept: dict[TileKey, tuple[Pixels, Pixels]] = {}

    @property
    def tiles(self) -> Mapping[TileKey, Pixels]:
        """Read-only views of the tiles painted so far; their content changes as the stroke goes on."""
        return MappingProxyType(self._shown)

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the brush is now, which may trail the pointer; ``None`` before the first point."""
        place = self._path.place
        return None if place is None else (place.x, place.y)

    def move_to(
        self, x: float, y: float, pressure: float = 1.0, *, tilt: float = 0.0, azimuth: float = 0.0, time: float = 0.0
    ) -> frozenset[TileKey]:
        """Draw on to canvas point (x, y); returns the keys of the tiles that changed.

        ``pressure`` is 0..1, ``tilt`` 0 (upright) to 1, ``azimuth`` where the pen leans to, in radians clockwise from
        the right; ``time`` is in seconds on any clock, and tells the speed. A point that is nowhere, not finite, is
        passed over.
        """
        if not all(map(math.isfinite, (x, y, pressure, tilt, azimuth, time))):
            return frozenset()
        point = PathPoint(x, y, min(1.0, max(0.0, pressure)), min(1.0, max(0.0, tilt)), azimuth)
        point = point._replace(speed=self._speed(point, time))
        self._last = point, time
        return self._draw(self._prints(self._path.extend(point)))

    def finish(self) -> frozenset[TileKey]:
        """Let a smoothed brush reach the pointer; returns the keys of the tiles that changed."""
        rest = self._prints(self._path.finish())
        if self._stamper is not None and self._last is not None:
            rest = chain(rest, self._stamper.finish(self._last[0]))
        return self._draw(rest)

    def take_area(self) -> Rect:
        """A rectangle in canvas pixels around all that changed since this was asked last."""
        area, self._area = self._area, Rect(0, 0, 0, 0)
        return area

    def _speed(self, point: PathPoint, time: float) -> float:
        if self._last is None:
            return 0.0
        before, then = self._last
        if time <= then:
            return before.speed
        now = min(1.0, before.distance(point) / (time - then) / _FAST)
        return before.speed * _STEADINESS + now * (1 - _STEADINESS)

    def raster(self) -> Raster:
        """The raster as it looks now, to be shown; the next `move_to` changes its tiles.

        Cheap: tiles are shared with the stroke. Those painted since the last call are other objects than before,
        so a `Compositor` given a document with this raster composes just those again.
        """
        tiles = MappingProxyType({**self._base.tiles, **self._shown})
        return Raster(self._base.channels, self._base.default, tiles)

    def snapshot(self) -> Raster:
        """The raster as it looks now, for good: the stroke goes on without it.

        Tiles that were not painted on since the last snapshot are its very objects.
        """
        return self._base.with_tiles({key: self._kept_tile(key) for key in self._shown})

    def commit(self) -> Raster:
        """Finish, and return the painted raster. Tiles that did not change stay the very same objects."""
        self.finish()
        changed: dict[TileKey, Pixels | None] = {}
        for key, tile in self._tiles.items():
            before = self._base.tiles.get(key)
            if before is not None and np.array_equal(before, tile):
                continue
            is_blank = bool((tile == self._base.default).all())
            if is_blank and before is None:
                continue
            changed[key] = None if is_blank else self._kept_tile(key)
        return self._base.with_tiles(changed) if changed else self._base

    def _kept_tile(self, key: TileKey) -> Pixels:
        """A copy of a tile as it looks now; the last one again where nothing was painted since."""
        shown, known = self._shown[key], self._kept.get(key)
        if known is None or known[0] is not shown:
            known = self._kept[key] = (shown, freeze(shown.copy()))
        return known[1]

    def _new_coverage(self) -> Coverage:
        brush = self._brush
        if brush.is_plain:
            return Coverage(brush.hardness, brush.flow, self._around, self._is_clipped_away)
        side, levels = tip_levels(brush.tip)
        grain = None if brush.grain.kind == "none" else grain_picture(brush.grain)
        tip = PrintedTip(brush.tip.kind, brush.hardness, side, levels, grain, brush.grain.depth)
        return StampedCoverage(tip, self._around, self._is_clipped_away, coloured=self._is_coloured)

    @property
    def _is_coloured(self) -> bool:
        """Whether each dab may have a colour of its own; masks have none."""
        is_paint = self._source is None and self._base.channels == 4 and not self._brush.eraser
        return is_paint and self._brush.jitter.has_colour

    def _draw(self, prints: Iterable[Dab | Stamp]) -> frozenset[TileKey]:
        is_seen_once = self._symmetry is None and self._around is None
        changed = self._coverage.add(prints if is_seen_once else self._copied(prints))
        for key, part in changed.items():
            self._repaint(key, part)
        return frozenset(changed)

    def _prints(self, points: Iterable[PathPoint]) -> Iterator[Dab | Stamp]:
        """What the brush leaves at each point."""
        if self._stamper is not None:
            yield from self._stamper.add(points)
            return
        brush = self._brush
        for point in points:
            ceiling = point.pressure if brush.pressure_opacity else 1.0
            yield Dab(point.x, point.y, brush.diameter_at(point) / 2, ceiling)

    def _copied(self, prints: Iterable[Dab | Stamp]) -> Iterator[Dab | Stamp]:
        """Each print at all places where it is seen: of the symmetry, and gone around."""
        if self._symmetry is not None:
            symmetry = self._symmetry
            prints = (each.moved(placed) for each in prints for placed in symmetry.copies(each.x, each.y))
        if self._around is None:
            yield from prints
            return
        around = self._around
        for each in prints:
            for x in _copies(each.x, each.reach, around.x, around.width):
                for y in _copies(each.y, each.reach, around.y, around.height):
                    yield each._replace(x=x, y=y)

    def _repaint(self, key: TileKey, part: Rect) -> None:
        area = _slices(part)
        tile = self._tiles.get(key)
        if tile is None:
            tile = self._tiles[key] = self._base.editable_tile(key)
        before, strength = self._base.tiles.get(key, self._blank)[area], self._coverage[key][area]
        clip = None if self._clip is None else self._clip_tile(self._clip, key)[area]
        opacity = self._brush.opacity * self._colour_alpha
        source = self._laid(key, area)
        if source is None:
            paint_through(
                before,
                strength,
                self._brush.rgba,
                opacity=opacity,
                clip=clip,
                erase=self._brush.eraser,
                lock_alpha=self._lock_alpha,
                out=tile[area],
            )
        else:
            kernels.mix(tile[area], before, source, strength, opacity=opacity, clip=clip, lock_alpha=self._lock_alpha)
        self._show(key, area)

    def _show(self, key: TileKey, area: tuple[slice, slice]) -> None:
        """Note that part of a tile was painted on."""
        self._shown[key] = freeze(self._tiles[key].view())  # a new object tells the compositor that the tile changed
        rows, columns = area
        left, top = key[0] * TILE_SIZE + columns.start, key[1] * TILE_SIZE + rows.start
        moved = Rect(left, top, columns.stop - columns.start, rows.stop - rows.start)
        self._area = self._area.united(moved)

    def _laid(self, key: TileKey, area: tuple[slice, slice]) -> Pixels | None:
        """The pixels that are laid down; ``None`` if it is one colour."""
        if self._source is not None:
            return self._source(key)[area]
        colours = self._coverage.colours(key)
        if colours is None:
            return None
        pixels = np.full((*colours[area].shape[:2], 4), 255, np.uint8)
        pixels[..., :3] = colours[area] + 0.5
        return pixels

    @property
    def _colour_alpha(self) -> float:
        return 1.0 if self._brush.eraser or self._source is not None else self._brush.rgba[3] / 255

    def _is_clipped_away(self, key: TileKey) -> bool:
        return self._clip is not None and self._clip.default == 0 and key not in self._clip.tiles

    @staticmethod
    def _clip_tile(clip: Raster, key: TileKey) -> Pixels:
        tile = clip.tiles.get(key)
        return tile if tile is not None else np.full((TILE_SIZE, TILE_SIZE), clip.default, np.uint8)


def _slices(part: Rect) -> tuple[slice, slice]:
    return slice(part.y, part.bottom), slice(part.x, part.right)


def _copies(place: float, reach: float, start: int, side: int) -> Iterator[float]:
    """Where a dab lies along an axis that goes around after ``side`` pixels, as far as it reaches into these."""
    first = start + (place - start) % side
    count = math.ceil(reach / side)
    for step in range(-count, count + 1):
        if first + step * side + reach > start and first + step * side - reach < start + side:
            yield first + step * side
