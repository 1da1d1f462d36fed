"""The application's own tools, for training to measure what they draw with a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.api import FilterSpec, over_ground
from studio.cli.generation import document_of, make_settings
from studio.cli.services import load_plugins
from studio.composition import build_runner
from studio.document import Document, Guide, PaintLayer, Pixels, Raster, add_guide, new_document
from studio.engine.device.wish import Wish
from studio.engine.models.library import ModelLibrary, limits_of
from studio.generation import CancelToken, GenerationRequest, GenerationSettings
from studio.jobs.runner import JobRunner
from studio.paths import default_paths

if TYPE_CHECKING:
    from studio.training.configuration import StarterConfig
    from studio.training.measuring.control import ControlTask, Draw
    from studio.training.measuring.inpainting import Inpainter, InpaintTask
    from studio.training.scenes.data import Pictures
    from studio.training.scenes.lines import Lines, Preprocess


def app_inpainter(model: Path, recipe: StarterConfig, device: str | None) -> Inpainter:
    """Inpaint with a model folder as the application does: the bundled tool, on the engine, into a document.

    Nothing is loaded before the first picture.
    """
    runner = _runner(ModelLibrary([model]), device)

    def inpaint(task: InpaintTask) -> Pictures:
        document = document_of(_opaque(task.picture))
        document = document.with_selection(Raster.from_array(task.mask.astype("uint8") * 255))
        settings = make_settings(
            tool="inpaint",
            prompt=task.prompt,
            seed=task.seed,
            model=model.name,
            steps=recipe.evaluation.inference_steps,
            guidance_scale=recipe.evaluation.guidance_scale,
        )
        return _drawn(runner, document, settings)

    return inpaint


def app_preprocess() -> Preprocess:
    """Prepare lines as control layers do."""
    from studio.jobs.guides import preprocessed

    filters = load_plugins()[0].specs(FilterSpec)

    def preprocess(filter_id: str, picture: Pictures, values: Mapping[str, float]) -> Lines:
        made = preprocessed(_opaque(picture), filters[filter_id], values, CancelToken())
        return made[..., 0].copy()

    return preprocess


def app_draw(model: Path, control: Path, device: str | None) -> Draw:
    """Draw with a model folder after a control layer that the network in ``control`` reads, as the application does.

    Nothing is loaded before the first picture.
    """
    library = ModelLibrary([model, control])
    runner = _runner(library, device)

    def draw(task: ControlTask) -> Pictures:
        found = library.scan()
        info = library.checked(f"{model.name}/few_steps" if task.in_four_steps else model.name, found)
        network = next((each.id for each in found if each.kind == "control"), "")
        sampling = {} if info.few_steps is None else vars(info.few_steps)
        side = limits_of(info).native_side
        settings = make_settings(
            tool="text_to_image",
            prompt=task.prompt,
            seed=task.seed,
            model=info.id,
            width=side,
            height=side,
            **sampling,
        )
        return _drawn(runner, _after_lines(new_document(side, side, background=None), task, network), settings)

    return draw


def _after_lines(document: Document, task: ControlTask, network: str) -> Document:
    """With the lines of a task, if it has any, as a hidden layer and a guide that the network of an id reads."""
    if task.lines is None:
        return document
    pixels = _opaque(task.lines[..., None].repeat(3, axis=2))
    layer = PaintLayer(name="Lines", raster=Raster.from_array(pixels), visible=False)
    guide = Guide(kind=task.kind, layer_id=layer.id, strength=task.strength, network=network)
    return add_guide(replace(document, layers=(*document.layers, layer)), guide)


def _runner(library: ModelLibrary, device: str | None) -> JobRunner:
    host, _ = load_plugins()
    return build_runner(default_paths(), host, library, Wish(device=device or "auto"), previews=lambda: "off")


def _drawn(runner: JobRunner, document: Document, settings: GenerationSettings) -> Pixels:
    """The whole picture, uint8 RGB (h, w, 3)."""
    from studio.generation.placement import place
    from studio.raster.compose import compose

    request = GenerationRequest(settings=settings, document=document)
    result = runner.run(request, CancelToken(), lambda _progress: None)
    return over_ground(compose(place(document, result, indices=(0,))))


def _opaque(picture: Pixels) -> Pixels:
    from studio.raster.convert import with_opaque_alpha

    return with_opaque_alpha(picture)
