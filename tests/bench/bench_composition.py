"""Composition of a whole picture against Pillow, and against QPainter on the same layers."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import PIL
from PIL import Image
from PySide6.QtCore import qVersion
from PySide6.QtGui import QImage, QPainter

from studio.document import BlendMode, Document, PaintLayer, Pixels, Raster, filled_raster
from studio.raster.compose import compose
from tests.bench.measurement import Measurement, alternating, as_milliseconds

SIDE = 2048
LAYERS = 20
OPACITY = 0.9
RUNS = 5
LARGE = 4096
DISTINCT = 4
"""Layers of the large picture that differ; they come in turn, and no cache holds them."""


def run() -> list[Measurement]:
    pictures = [_picture(seed) for seed in range(LAYERS)]
    images = [Image.fromarray(picture) for picture in pictures]
    every_other = [BlendMode.MULTIPLY if index % 2 else BlendMode.NORMAL for index in range(LAYERS)]
    return [
        _against_pillow("all normal", pictures, [BlendMode.NORMAL] * LAYERS, images),
        _against_pillow("normal and multiply in turn", pictures, every_other, images),
        _against_qt([_picture(seed, LARGE) for seed in range(DISTINCT)]),
    ]


def _picture(seed: int, side: int = SIDE) -> Pixels:
    """Noise of all alphas, so that nothing can be skipped; premultiplied."""
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 4), dtype=np.uint8)
    return np.minimum(pixels, pixels[..., 3:])


def _against_pillow(
    name: str, pictures: list[Pixels], modes: list[BlendMode], images: list[Image.Image]
) -> Measurement:
    layers = tuple(
        PaintLayer(name="layer", raster=Raster.from_array(picture), blend_mode=mode, opacity=OPACITY)
        for picture, mode in zip(pictures, modes, strict=True)
    )
    document = Document(width=SIDE, height=SIDE, layers=layers)

    def pillow() -> Image.Image:
        result = images[0]
        for image in images[1:]:
            result = Image.alpha_composite(result, image)
        return result

    ours, theirs = alternating(lambda: compose(document), pillow, RUNS)
    return Measurement(
        name=f"{LAYERS} layers of {SIDE}x{SIDE}, {name}",
        value=theirs / ours,
        unit="x",
        goal=8.0,
        better="higher",
        ours=f"{as_milliseconds(ours)}, {as_milliseconds(_cpu_seconds(lambda: compose(document)))} of CPU",
        peer=f"{as_milliseconds(theirs)}, {as_milliseconds(_cpu_seconds(pillow))} of CPU",
        note=f"opacity {OPACITY}; peer: Pillow {PIL.__version__} alpha_composite, {LAYERS} normal layers, no opacity",
    )


def _against_qt(pictures: list[Pixels]) -> Measurement:
    rasters = [Raster.from_array(picture) for picture in pictures]
    modes = (BlendMode.NORMAL, BlendMode.MULTIPLY)
    layers = tuple(
        PaintLayer(name="layer", raster=rasters[index % DISTINCT], blend_mode=modes[index % 2], opacity=OPACITY)
        for index in range(LAYERS)
    )
    white = PaintLayer(name="paper", raster=filled_raster(LARGE, LARGE, (255, 255, 255, 255)))
    document = Document(width=LARGE, height=LARGE, layers=(white, *layers))
    ours, theirs = alternating(lambda: compose(document), lambda: _painted(pictures), RUNS)
    return Measurement(
        name=f"{LAYERS} layers of {LARGE}x{LARGE}, normal and multiply in turn, against QPainter",
        value=theirs / ours,
        unit="x",
        goal=1.8,
        better="higher",
        ours=f"{as_milliseconds(ours)}, {as_milliseconds(_cpu_seconds(lambda: compose(document)))} of CPU",
        peer=f"{as_milliseconds(theirs)}, {as_milliseconds(_cpu_seconds(lambda: _painted(pictures)))} of CPU",
        note=f"opacity {OPACITY}, on white; peer: Qt {qVersion()}, the same layers as whole pictures",
    )


def _painted(pictures: list[Pixels]) -> QImage:
    paper = QImage(LARGE, LARGE, QImage.Format.Format_ARGB32_Premultiplied)
    paper.fill(0xFFFFFFFF)
    painter = QPainter(paper)
    painter.setOpacity(OPACITY)
    modes = (QPainter.CompositionMode.CompositionMode_SourceOver, QPainter.CompositionMode.CompositionMode_Multiply)
    for index in range(LAYERS):
        pixels = pictures[index % DISTINCT]
        painter.setCompositionMode(modes[index % 2])
        painter.drawImage(0, 0, QImage(pixels.data, LARGE, LARGE, LARGE * 4, paper.format()))
    painter.end()
    return paper


def _cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of all threads, the least of a few runs: what is left when the machine is busy."""
    times: list[float] = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
