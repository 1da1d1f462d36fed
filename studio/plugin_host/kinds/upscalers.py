"""Upscalers for layers and documents."""

from __future__ import annotations

from typing import Final

import numpy as np

from studio.api import CancelToken, GenerationSettings, UpscaleContext, UpscalerSpec
from studio.api.parameters import validated_parameters
from studio.api.testing import FakeEngine
from studio.errors import PluginError
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.results import picture
from studio.plugin_host.trials import trial_pixels, unheard


def _check_file_types(spec: UpscalerSpec) -> None:
    types = spec.file_types
    if not isinstance(types, tuple) or not all(isinstance(each, str) and each[:1] == "." for each in types):
        raise PluginError(
            'The file_types of the upscaler {spec} must be a tuple of endings like ".safetensors".', spec=spec.id
        )


def _with_checked_picture(_spec: UpscalerSpec, run: Function) -> Function:
    return lambda *given: picture("run must return", run(*given), channels=3)


def _try(spec: UpscalerSpec) -> str:
    if spec.file_types:
        return ""  # it enlarges with a file of the person's, and there is none here
    pixels = trial_pixels()[..., :3]
    height, width = pixels.shape[:2]
    context = UpscaleContext(
        pixels=pixels,
        width=2 * width,
        height=2 * height,
        engine=FakeEngine(),
        settings=GenerationSettings(),
        parameters=validated_parameters(spec.parameters, {}),
        cancel=CancelToken(),
        report=unheard,
    )
    larger = spec.run(context)
    grown = larger.dtype == np.uint8 and larger.ndim == 3 and larger.shape[2] == 3 and larger.shape[0] > height
    return "" if grown else f"it returned {larger.dtype} {larger.shape} for {pixels.dtype} {pixels.shape}."


UPSCALERS: Final = Kind(
    id="upscaler",
    label="Upscaler: {name}",
    hook="shoreline_upscalers",
    spec=UpscalerSpec,
    callback="run",
    trial=_try,
    check=_check_file_types,
    result=_with_checked_picture,
)
