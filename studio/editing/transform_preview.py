"""A document with a transform under way, as it looks at screen size: all layers in their order, from reduced copies."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from studio.document import TILE_SIZE, Document, Pixels, Raster, Rect
from studio.editing.transforming import Subject, lifted_apart, once
from studio.raster.compositor import Compositor
from studio.raster.free_transform import FreeTransform
from studio.raster.resample import Resampling
from studio.raster.spaces import blend_space
from studio.raster.thumbnail import reduced_part
from studio.raster.warping import Sampler, Way

_MOST_LEVELS: Final = int(math.log2(TILE_SIZE))


class TransformPreview:
    """Pictures of one area of a document at one reduction, for any transform of its subject.

    Parameters
    ----------
    document, subject
        What is transformed, as it is before.
    area
        What of the canvas is shown, on whole tiles.
    level
        A pixel shown is 2**``level`` canvas pixels wide; at most 8.
    """

    def __init__(self, document: Document, subject: Subject, area: Rect, level: int) -> None:
        self.document, self.subject, self.area, self.level = document, subject, area, level
        self._sources: dict[int, _Pyramid] = {}
        if subject.is_selected:
            document, subject = lifted_apart(document, subject)
        self._shown = subject
        held = subject.changed(document, self._put_aside)
        small = held.map_rasters(once(self._reduced))
        active = subject.layer_ids[0] if len(subject.layer_ids) == 1 else document.active_id
        self._small = replace(small, width=area.width >> level, height=area.height >> level, active_id=active)
        self._compositor = Compositor()

    def picture(self, transform: FreeTransform, how: Resampling) -> Pixels:
        """The area with its subject transformed: premultiplied RGBA, uint8 ``(h, w, 4)``."""
        document = self._transformed(transform, how)
        self._compositor.set_document(document)
        return self._compositor.read(document.canvas)

    def mask(self, transform: FreeTransform, how: Resampling) -> Pixels:
        """The generation mask of the area, uint8 ``(h, w)``."""
        document = self._transformed(transform, how)
        return document.generation_mask.read(document.canvas)

    def _transformed(self, transform: FreeTransform, how: Resampling) -> Document:
        # What is looked at for a moment need not be averaged from many samples: reduced copies are.
        how = how if how is Resampling.NEAREST else Resampling.BILINEAR
        return self._shown.changed(self._small, lambda aside: self._moved(self._sources[id(aside)], transform, how))

    def _put_aside(self, raster: Raster) -> Raster:
        empty = Raster(raster.channels, raster.default)
        self._sources[id(empty)] = _Pyramid(raster, empty)
        return empty

    def _reduced(self, raster: Raster) -> Raster:
        if id(raster) in self._sources:
            return raster
        return Raster.from_array(reduced_part(raster, self.area, 1 << self.level), default=raster.default)

    def _moved(self, source: _Pyramid, transform: FreeTransform, how: Resampling) -> Raster:
        way = Way.of(transform)
        shrunk = max(way.seen(self.area, self.level, 0).stretch(), 1e-6)
        source_level = min(max(round(-math.log2(shrunk)), 0), _MOST_LEVELS)
        raster, bounds = source.at(source_level)
        empty = Raster(raster.channels, raster.default)
        if bounds.is_empty:
            return empty
        seen = way.seen(self.area, self.level, source_level)
        sampler = Sampler(raster, bounds, seen, how, space=blend_space(1.0), is_rough=True)
        shown = sampler.reached().intersected(self._small.canvas)
        pixels = None if shown.is_empty else sampler.pixels(shown)
        return empty if pixels is None else empty.with_array(pixels, shown.x, shown.y)


class _Pyramid:
    """A raster at every reduction that is asked for. ``aside`` stands for it in a document; it is kept for its id."""

    def __init__(self, raster: Raster, aside: Raster) -> None:
        self._raster, self._aside = raster, aside
        self._levels: dict[int, tuple[Raster, Rect]] = {}

    def at(self, level: int) -> tuple[Raster, Rect]:
        """The raster with sides divided by 2**``level``, and where its pixels lie."""
        if level not in self._levels:
            raster = self._raster if level == 0 else self._made(level)
            self._levels[level] = raster, raster.bounds()
        return self._levels[level]

    def _made(self, level: int) -> Raster:
        held = self._raster.tile_bounds()
        empty = Raster(self._raster.channels, self._raster.default)
        if held.is_empty:
            return empty
        return empty.with_array(reduced_part(self._raster, held, 1 << level), held.x >> level, held.y >> level)
