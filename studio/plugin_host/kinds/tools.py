"""Generation tools: what the Generate panel can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from studio.api import GeneratedImage, GenerationSettings, Rect, ToolSpec
from studio.api.testing import run_tool
from studio.document import filled_mask, new_document
from studio.errors import PluginError
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.plain_specs import is_a, plain_items
from studio.plugin_host.results import array, picture, shown, whole
from studio.plugin_host.trials import TRIAL_SIDE


def _check(spec: ToolSpec) -> None:
    if not 0.0 <= spec.default_strength <= 1.0:
        raise PluginError("The default_strength of the tool {spec} must be from 0 to 1.", spec=spec.id)


def _with_checked_pictures(_spec: ToolSpec, run: Function) -> Callable[[Any], tuple[GeneratedImage, ...]]:
    def checked(context: Any) -> tuple[GeneratedImage, ...]:
        images = run(context)
        if not is_a(images, tuple) and not is_a(images, list):
            raise TypeError("run must return a tuple of GeneratedImage")
        return tuple(_checked_image(image) for image in plain_items(images))

    return checked


def _checked_image(image: Any) -> GeneratedImage:
    if not is_a(image, GeneratedImage):
        raise TypeError("run must return a tuple of GeneratedImage")
    pixels = picture("pixels must be", image.pixels, channels=4)
    mask = None if image.mask is None else array(image.mask)
    if image.mask is not None and (mask is None or mask.dtype != np.uint8 or mask.shape != pixels.shape[:2]):
        raise TypeError(f"mask must be uint8 {pixels.shape[:2]}, not {shown(mask)}")
    seed, x, y = (whole(name, getattr(image, name)) for name in ("seed", "x", "y"))
    return GeneratedImage(
        pixels=pixels, seed=seed, x=x, y=y, mask=mask, from_canvas=bool(image.from_canvas), settings=_settings(image)
    )


def _settings(image: GeneratedImage) -> GenerationSettings | None:
    """With what a tool says that the picture is made again; `TypeError` for anything else than settings."""
    settings = image.settings
    if settings is not None and not is_a(settings, GenerationSettings):
        raise TypeError("settings must be GenerationSettings")
    return settings


def _try(spec: ToolSpec) -> str:
    document = new_document(TRIAL_SIDE, TRIAL_SIDE)
    if spec.needs_mask:
        document = document.with_generation_mask(filled_mask(Rect(32, 32, 64, 64)))
    images = run_tool(spec, document)
    return "" if images else "it returned no picture."


TOOLS: Final = Kind(
    id="tool",
    label="Tool: {name}",
    hook="shoreline_tools",
    spec=ToolSpec,
    callback="run",
    trial=_try,
    check=_check,
    result=_with_checked_pictures,
)
