"""The whole way of an upscaled picture, in one tile and in several, against a bare spandrel call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from studio.api.testing import FakeEngine
from studio.document import Document, PaintLayer, Raster
from studio.generation import CancelToken, GenerationRequest, GenerationSettings, UpscaleTask
from studio.jobs.runner import JobRunner
from studio.paths import default_paths
from studio.plugin_host import PluginHost
from tests.bench.measurement import Measurement, alternating

NETWORK = "shoreline-x4"
SCALE = 4
RUNS = 5
ONE_TILE, SEVERAL_TILES = 384, 768


def run() -> list[Measurement]:
    return [_against_bare(ONE_TILE, "one tile"), _against_bare(SEVERAL_TILES, "tiles of 512 pixels")]


def _against_bare(side: int, tiles: str) -> Measurement:
    """Ours takes pixels out of a layer and puts them into a new document; both end with uint8."""
    pixels = np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8)
    ours, peer = alternating(_shoreline(pixels), _bare_call(pixels), RUNS)
    megapixels = (side * SCALE) ** 2 / 1e6
    return Measurement(
        name=f"upscale: megapixels a second against bare spandrel, {tiles}",
        value=peer / ours,
        unit="x",
        goal=0.8,
        better="higher",
        ours=f"{megapixels / ours:.2f} MP/s",
        peer=f"{megapixels / peer:.2f} MP/s",
        note=f"{side}x{side} to {side * SCALE}x{side * SCALE}, float32 on the CPU; medians of {RUNS} in turns",
    )


def _shoreline(pixels: Any) -> Callable[[], object]:
    paths = default_paths()
    host = PluginHost.load(paths, entry_points=False)
    runner = JobRunner(host, FakeEngine, device="cpu", upscaler_folders=paths.upscaler_folders)
    height, width = pixels.shape[:2]
    opaque = np.dstack((pixels, np.full((height, width), 255, np.uint8)))
    layer = PaintLayer(name="Picture", raster=Raster.from_array(opaque))
    request = GenerationRequest(
        settings=GenerationSettings(),
        document=Document(width=width, height=height, layers=(layer,)),
        upscale=UpscaleTask(upscaler=NETWORK, factor=float(SCALE)),
    )
    return lambda: runner.run(request, CancelToken(), lambda progress: None)


def _bare_call(pixels: Any) -> Callable[[], object]:
    import torch
    from spandrel import ModelLoader

    model = ModelLoader().load_from_file(default_paths().resources / "models" / "upscaler" / f"{NETWORK}.safetensors")

    def call() -> object:
        given = torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255
        drawn = model(given)  # type: ignore[call-arg]
        return (drawn[0].permute(1, 2, 0) * 255).round().to(torch.uint8).numpy()

    return call
