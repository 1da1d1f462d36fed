"""The regions of an animation as they lie at each of its frames."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np

from studio.animation import Moment
from studio.api import (
    CancelToken,
    DenoiseJob,
    Engine,
    FilterSpec,
    GuideSpec,
    ModelLimits,
    MotionJob,
    Pixels,
)
from studio.document import Document, PaintLayer, Raster, Rect, Region, new_document, with_region
from studio.errors import SettingError
from studio.files.animation.project import REGION_NUMBERS, AnimationProject, ProjectFile
from studio.jobs.guides import GuidedEngine
from studio.jobs.region_parts import PartReader
from studio.jobs.regions import RegionMap, region_uses
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Where a region lies: moved by shares of the frame, grown, and turned clockwise by degrees about its middle."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    rotation: float = 0.0


def region_layers(file: ProjectFile, files: PluginFiles) -> tuple[PaintLayer, ...]:
    """What the regions of a project cover before they move, at its size. Raises what `PartReader.layer` raises."""
    reader, project = PartReader(files), file.project
    return tuple(reader.layer(part, project.width, project.height) for part in file.parts())


class FrameRegions:
    """Gives each frame of a project an engine that draws it in its regions, which cover what ``layers`` do at first.

    ``notes`` collects what the person may wonder about.
    """

    def __init__(
        self, host: PluginHost, project: AnimationProject, layers: Sequence[PaintLayer], cancel: CancelToken
    ) -> None:
        self._host = host
        self._project = project
        self._layers = tuple(layers)
        self._tracks = tuple(region.tracks(number) for number, region in enumerate(project.regions))
        self._cancel = cancel
        self.notes: list[str] = []

    def engine_at(self, moment: Moment, engine: Engine) -> Engine:
        """The engine for a frame. `SettingError` for a region that cannot lie where it should at it."""
        if not self._layers:
            return engine
        return _FrameEngine(engine, self, tuple(self._placements(moment)))

    def guided(self, engine: Engine, placements: Sequence[Placement]) -> GuidedEngine:
        """An engine that draws in the regions where they lie."""
        document = self._document(placements)
        return GuidedEngine(
            engine=engine,
            document=document,
            specs=self._host.specs(GuideSpec),
            filters=self._host.specs(FilterSpec),
            cancel=self._cancel,
            told=self.notes.append,
            regions=RegionMap(document, region_uses(document)),
        )

    def _placements(self, moment: Moment) -> Iterator[Placement]:
        for tracks in self._tracks:
            values = {name: track.at(moment) for name, track in tracks.items()}
            for name, (low, high) in REGION_NUMBERS.items():
                if not low <= values[name] <= high:
                    raise SettingError(
                        "Frame {frame}: {track} cannot be {value:g}.",
                        "Keep it between {low:g} and {high:g}.",
                        frame=round(moment.f) + 1,
                        track=tracks[name].name,
                        value=values[name],
                        low=low,
                        high=high,
                    )
            yield Placement(**values)

    def _document(self, placements: Sequence[Placement]) -> Document:
        """A document of hidden layers that are the regions."""
        document = new_document(self._project.width, self._project.height, background=None)
        for layer, region, placement in zip(self._layers, self._project.regions, placements, strict=True):
            document = replace(document, layers=(*document.layers, placed(layer, document.canvas, placement)))
            words = Region(layer_id=layer.id, prompt=region.prompt, negative_prompt=region.negative_prompt)
            document = with_region(document, words)
        return document


def placed(layer: PaintLayer, canvas: Rect, placement: Placement) -> PaintLayer:
    """A layer as it lies on a canvas."""
    if placement == Placement():
        return layer
    pixels = layer.raster.read(canvas)
    way = _way(layer.raster.bounds().intersected(canvas), canvas, placement)
    moved = cv2.warpAffine(np.ascontiguousarray(pixels), way, (canvas.width, canvas.height), flags=cv2.INTER_LINEAR)
    return replace(layer, raster=Raster.from_array(np.asarray(moved, np.uint8)))


def _way(shown: Rect, canvas: Rect, placement: Placement) -> np.ndarray:
    """The matrix (2, 3) from where pixels of a layer are to where they lie."""
    middle = np.array([shown.x + shown.width / 2 - 0.5, shown.y + shown.height / 2 - 0.5])
    turn = math.radians(placement.rotation)
    matrix = placement.scale * np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    end = middle + np.array([placement.x * canvas.width, placement.y * canvas.height])
    return np.column_stack([matrix, end - matrix @ middle])


@dataclass(frozen=True, eq=False)
class _FrameEngine:
    """The engine of one frame, whose regions are laid out when it draws first: most frames are only looked at."""

    engine: Engine
    regions: FrameRegions
    placements: tuple[Placement, ...]

    @cached_property
    def _guided(self) -> GuidedEngine:
        return self.regions.guided(self.engine, self.placements)

    def limits(self, model: str) -> ModelLimits:
        return self.engine.limits(model)

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        return self._guided.denoise(job)

    def denoise_together(self, job: MotionJob) -> tuple[Pixels, ...]:
        return self._guided.denoise_together(job)
