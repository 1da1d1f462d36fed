"""Inpainting, removing and expanding with the model that ships: the step at the seam, and how far off the truth.

Held-out renders are drawn with and without a thing, so that it is known what a removed thing hid.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from studio.api import SchedulerSpec
from studio.document import Document, PaintLayer, Pixels, Raster, Rect
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.generation import CancelToken, GenerationRequest, GenerationSettings
from studio.generation.placement import place
from studio.jobs.runner import JobRunner
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost
from studio.raster.compose import compose
from studio.raster.reframing import reframed
from studio.training.configuration import DataConfig
from studio.training.measuring.inpainting import Pair, edge_step, make_pairs
from studio.training.scenes.captions import caption
from tests.bench.measurement import Measurement

PAIRS: Final = 8
ADDED: Final = 64
"""Pixels that a picture of 256 is expanded by."""
WAYS: Final[dict[str, dict[str, Any]]] = {
    "nothing matched": {"match_colour": False},
    "colours matched": {},
    "and at the edge": {"match_edge": True},
    "soft mask": {"soft": True},
    "soft mask, and at the edge": {"soft": True, "match_edge": True},
}


@dataclass(frozen=True)
class Drawn:
    """The step across the seam, and how far what was drawn is off the truth on average, in levels of 255."""

    seam: float
    off: float


@dataclass(frozen=True, eq=False)
class Desk:
    """Where pictures are drawn."""

    runner: JobRunner
    model: str

    def draw(self, document: Document, tool: str, prompt: str, seed: int, **parameters: Any) -> Pixels:
        """The picture with what the tool drew, uint8 (h, w, 3)."""
        settings = GenerationSettings(tool=tool, prompt=prompt, seed=seed, model=self.model, parameters=parameters)
        request = GenerationRequest(settings=settings, document=document)
        result = self.runner.run(request, CancelToken(), lambda _progress: None)
        return compose(place(document, result))[..., :3]


def run() -> list[Measurement]:
    pairs = make_pairs(DataConfig(), PAIRS)
    with desk(default_paths().starter_model) as at:
        before, after = inpainted(at, pairs, WAYS["colours matched"]), inpainted(at, pairs, WAYS["and at the edge"])
    note = f"of {PAIRS} inpaintings, 0..255"
    return [
        Measurement(name="seams: inpaint", value=before.seam, unit="levels", note=note),
        Measurement(name="seams: inpaint, matched at the edge", value=after.seam, unit="levels", note=note),
    ]


@contextmanager
def desk(model: Path) -> Iterator[Desk]:
    host = PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)
    with tempfile.TemporaryDirectory() as cache:
        library, schedulers = ModelLibrary([model.parent]), host.specs(SchedulerSpec)
        engine = DiffusionEngine(library, "cpu", Path(cache), schedulers, previews=lambda: "off")
        yield Desk(JobRunner(host, lambda: engine), model.name)
        engine.close()


def inpainted(at: Desk, pairs: list[Pair], parameters: dict[str, Any]) -> Drawn:
    """Things drawn into scenes without them. With a soft mask it fades over 24 pixels."""

    def draw(pair: Pair, index: int) -> tuple[Pixels, Pixels]:
        mask = pair.mask.astype(np.float32) * 255
        if parameters.get("soft"):
            mask = cv2.GaussianBlur(mask, (25, 25), 0)
        document = picture(pair.without).with_generation_mask(Raster.from_array(mask.astype(np.uint8)))
        return at.draw(document, "inpaint", words(pair, index), 2000 + index, **parameters), pixels(pair.complete)

    return mean(pairs, draw)


def removed(at: Desk, pairs: list[Pair], prompt: str | None, **parameters: Any) -> Drawn:
    """Things taken out of scenes; ``None`` leaves the prompt in the panel that the picture was drawn after."""

    def draw(pair: Pair, index: int) -> tuple[Pixels, Pixels]:
        own = words(pair, index)
        document = picture(pair.complete, own).with_generation_mask(Raster.from_array(pair.mask.astype(np.uint8) * 255))
        asked = own if prompt is None else prompt
        return at.draw(document, "remove_object", asked, 2000 + index, **parameters), pixels(pair.without)

    return mean(pairs, draw)


def expanded(at: Desk, pairs: list[Pair], **parameters: Any) -> Drawn:
    """Renders that are drawn on at their right."""
    shown: list[Pair] = []
    for pair in pairs:
        mask = np.zeros_like(pair.mask)
        mask[:, -ADDED:] = True
        shown.append(replace(pair, mask=mask))

    def draw(pair: Pair, index: int) -> tuple[Pixels, Pixels]:
        whole = picture(pair.complete, words(pair, index))
        cut = reframed(whole, Rect(0, 0, whole.width - ADDED, whole.height))
        layer = cut.layers[0]
        assert layer.raster is not None
        kept = replace(cut, layers=(replace(layer, raster=Raster.from_array(layer.raster.read(cut.canvas))),))
        document = reframed(kept, whole.canvas)
        return at.draw(document, "expand", words(pair, index), 2000 + index, **parameters), pixels(pair.complete)

    return mean(shown, draw)


def mean(pairs: list[Pair], draw: Callable[[Pair, int], tuple[Pixels, Pixels]]) -> Drawn:
    seams, offs = [], []
    for index, pair in enumerate(pairs):
        made, truth = draw(pair, index)
        seams.append(edge_step(made, pair.mask))
        offs.append(np.abs(made.astype(int) - truth)[pair.mask].mean())
    return Drawn(float(np.mean(seams)), float(np.mean(offs)))


def picture(channels_first: Pixels, prompt: str = "") -> Document:
    """A render, uint8 (3, h, w), as a document that remembers its prompt."""
    rgba = np.dstack([pixels(channels_first), np.full(channels_first.shape[1:], 255, np.uint8)])
    settings = GenerationSettings(prompt=prompt).json()
    layer = PaintLayer(name="Render", raster=Raster.from_array(rgba), settings=settings)
    return Document(width=rgba.shape[1], height=rgba.shape[0], layers=(layer,), active_id=layer.id)


def pixels(channels_first: Pixels) -> Pixels:
    return np.ascontiguousarray(channels_first.transpose(1, 2, 0))


def words(pair: Pair, index: int) -> str:
    """A caption of the whole scene, in English and Chinese in turn."""
    rng = random.Random(f"seams/{index}")
    return caption(pair.sample.description, rng, "en" if index % 2 == 0 else "zh", full=True)


def report(model: Path, count: int) -> Iterator[tuple[str, Drawn]]:
    pairs = make_pairs(DataConfig(), count)
    with desk(model) as at:
        for name, parameters in WAYS.items():
            yield f"inpaint, {name}", inpainted(at, pairs, parameters)
        yield "remove, no words", removed(at, pairs, "", words="prompt")
        yield "remove, the picture's prompt", removed(at, pairs, None, words="prompt")
        yield "remove, the words of the scene", removed(at, pairs, None)
        yield "expand", expanded(at, pairs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=default_paths().starter_model)
    parser.add_argument("--count", type=int, default=PAIRS)
    options = parser.parse_args()
    for row, found in report(options.model, options.count):
        print(f"{row:36} step at the seam {found.seam:6.2f}   off the truth {found.off:6.2f}", flush=True)
