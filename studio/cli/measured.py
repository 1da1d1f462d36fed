"""The application's own tools, for training to measure what they draw with a model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studio.api import FilterSpec, over_ground
from studio.cli.generation import document_of, make_settings
from studio.cli.services import load_plugins
from studio.composition import build_runner
from studio.document import Pixels, Raster
from studio.engine.device.wish import Wish
from studio.engine.models.library import ModelLibrary
from studio.generation import CancelToken, GenerationRequest
from studio.paths import default_paths

if TYPE_CHECKING:
    from studio.training.configuration import StarterConfig
    from studio.training.measuring.inpainting import Inpainter, InpaintTask
    from studio.training.scenes.data import Pictures
    from studio.training.scenes.lines import Lines, Preprocess


def app_inpainter(model: Path, recipe: StarterConfig, device: str | None) -> Inpainter:
    """Inpaint with a model folder as the application does: the bundled tool, on the engine, into a document.

    Nothing is loaded before the first picture.
    """
    from studio.generation.placement import place
    from studio.raster.compose import compose

    host, _ = load_plugins()
    runner = build_runner(default_paths(), host, ModelLibrary([model]), Wish(device=device or "auto"))

    def inpaint(task: InpaintTask) -> Pictures:
        document = document_of(_opaque(task.picture))
        document = document.with_generation_mask(Raster.from_array(task.mask.astype("uint8") * 255))
        settings = make_settings(
            tool="inpaint",
            prompt=task.prompt,
            seed=task.seed,
            model=model.name,
            steps=recipe.evaluation.inference_steps,
            guidance_scale=recipe.evaluation.guidance_scale,
        )
        request = GenerationRequest(settings=settings, document=document)
        result = runner.run(request, CancelToken(), lambda _progress: None)
        return over_ground(compose(place(document, result, indices=(0,))))

    return inpaint


def app_preprocess() -> Preprocess:
    """Prepare lines as control layers do."""
    from studio.jobs.guides import preprocessed

    filters = load_plugins()[0].specs(FilterSpec)

    def preprocess(filter_id: str, picture: Pictures, values: Mapping[str, float]) -> Lines:
        made = preprocessed(_opaque(picture), filters[filter_id], values, CancelToken())
        return made[..., 0].copy()

    return preprocess


def _opaque(picture: Pixels) -> Pixels:
    from studio.raster.convert import with_opaque_alpha

    return with_opaque_alpha(picture)
