"""Composition of a whole picture against Pillow."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import PIL
from PIL import Image

from studio.document import BlendMode, Document, PaintLayer, Pixels, Raster
from studio.raster.compose import compose
from tests.bench.measurement import Measurement, alternating, as_milliseconds

SIDE = 2048
LAYERS = 20
OPACITY = 0.9
RUNS = 5


def run() -> list[Measurement]:
    pictures = [_picture(seed) for seed in range(LAYERS)]
    images = [Image.fromarray(picture) for picture in pictures]
    every_other = [BlendMode.MULTIPLY if index % 2 else BlendMode.NORMAL for index in range(LAYERS)]
    return [
        _against_pillow("all normal", pictures, [BlendMode.NORMAL] * LAYERS, images),
        _against_pillow("normal and multiply in turn", pictures, every_other, images),
    ]


def _picture(seed: int) -> Pixels:
    """Noise of all alphas, so that nothing can be skipped; premultiplied."""
    pixels = np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 4), dtype=np.uint8)
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


def _cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of all threads, the least of a few runs: what is left when the machine is busy."""
    times: list[float] = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)
