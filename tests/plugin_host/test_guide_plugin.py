"""A plugin with a guide of its own, the whole way: its preprocessor, its influence, and what happens when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import GenerationRequest, GenerationSettings, InfluenceSpec
from studio.document import Document, Guide, PaintLayer, Raster, add_guide, new_document
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.errors import PluginError
from studio.generation import CancelToken
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginFolder, PluginHost
from tests.engine.tiny_model import scheduler_specs, write_tiny_model

SIDE = 64
PLUGIN = """
from studio.api import FilterSpec, GuideSpec, InfluenceSpec, SamplingInfluence, hookimpl


class Light(SamplingInfluence):
    '''Leads latents towards one direction, as far as the layer is light.'''

    def __init__(self, context):
        self.push = context.strength * float(context.picture.mean()) / 255

    def after_step(self, step, latents):
        if {fails}:
            raise LookupError("the lamp is out")
        return latents + self.push


def inverted(pixels, values, cancel, report):
    cancel.raise_if_cancelled()
    after = pixels.copy()
    after[..., :3] = 255 - after[..., :3]
    return after


@hookimpl
def shoreline_filters():
    return [FilterSpec(id="inverted", name="Inverted", run=inverted)]


@hookimpl
def shoreline_influences():
    return [InfluenceSpec(id="light", name="Light", run=Light)]


@hookimpl
def shoreline_guides():
    return [GuideSpec(id="lamp", name="Lamp", influence="light", preprocessor="inverted")]
"""


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder / "tiny")
    return folder


@pytest.fixture
def draw(
    models: Path, bundled: Path, tmp_path: Path, make_plugin: Callable[..., Path], request: pytest.FixtureRequest
) -> Iterator[Callable[[Document], Any]]:
    """Draws one picture with the tiny model and the plugin, which fails where that is the fixture's parameter."""
    make_plugin("lamp", PLUGIN.replace("{fails}", str(getattr(request, "param", False))))
    folders = [PluginFolder(bundled, "bundled"), PluginFolder(tmp_path / "plugins", "user")]
    host = PluginHost.load(folders, entry_points=False)
    options: dict[str, Any] = {"precision": "float32", "torch_threads": 1, "blame": host.blame}
    options["influences"] = host.specs(InfluenceSpec)
    engine = DiffusionEngine(ModelLibrary([models]), "cpu", None, scheduler_specs(), **options)
    settings = GenerationSettings(
        tool="text_to_image", model="tiny", scheduler="euler", steps=2, width=SIDE, height=SIDE, seed=3
    )

    def drawn(document: Document) -> Any:
        asked = GenerationRequest(settings=settings, document=document)
        return JobRunner(host, lambda: engine).run(asked, CancelToken(), lambda _progress: None).images[0].pixels

    yield drawn
    engine.close()


def lit(value: int, **changes: Any) -> Document:
    """A document with a grey layer that the plugin's guide looks at."""
    pixels = np.full((SIDE, SIDE, 4), (value, value, value, 255), np.uint8)
    layer = PaintLayer(name="Lamp", raster=Raster.from_array(pixels))
    document = new_document(SIDE, SIDE)
    document = replace(document, layers=(*document.layers, layer))
    return add_guide(document, Guide(kind="lamp", layer_id=layer.id, **changes))


def test_a_guide_of_a_plugin_is_felt_through_its_preprocessor_and_its_influence(draw: Any) -> None:
    light, dark = draw(lit(255)), draw(lit(0))
    assert not np.array_equal(light, dark)
    assert np.array_equal(draw(lit(0, from_picture=True)), light)
    assert np.array_equal(draw(lit(255, strength=0.0)), dark)


@pytest.mark.parametrize("draw", [True], indirect=True)
def test_its_failure_is_named_and_stays_its_own(draw: Any) -> None:
    with pytest.raises(PluginError, match=r"The plugin Lamp failed while the engine drew: .*the lamp is out"):
        draw(lit(255))
    assert draw(lit(255, enabled=False)).shape == (SIDE, SIDE, 4)
