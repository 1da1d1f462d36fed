"""Animations: ways to make frames one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from studio.api import AnimationFrame, AnimationSpec, FloatParameter
from studio.api.testing import run_animation
from studio.errors import PluginError
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.parameter_checks import check_parameters
from studio.plugin_host.plain_specs import is_a
from studio.plugin_host.results import array, shown, type_of
from studio.plugin_host.trials import trial_frame


def _check_keyframed(spec: AnimationSpec) -> None:
    check_parameters(f"animation {spec.id}", spec.keyframed)
    other = next((p for p in spec.keyframed if not isinstance(p, FloatParameter)), None)
    if other is not None:
        raise PluginError(
            "The keyframed {other} of the animation {spec} must be a FloatParameter.", other=other.id, spec=spec.id
        )


def _with_checked_frame(_spec: AnimationSpec, frame: Function) -> Callable[[Any], AnimationFrame]:
    def checked(context: Any) -> AnimationFrame:
        made = frame(context)
        if not is_a(made, AnimationFrame):
            raise TypeError(f"frame must return an AnimationFrame, not {type_of(made)}")
        size = (context.settings.height, context.settings.width)
        pixels, mask = array(made.pixels), None if made.mask is None else array(made.mask)
        if pixels is None or pixels.dtype != np.uint8 or pixels.shape != (*size, 3):
            raise TypeError(f"pixels must be uint8 {(*size, 3)}, not {shown(pixels)}")
        if made.mask is not None and (mask is None or mask.dtype != np.uint8 or mask.shape != size):
            raise TypeError(f"mask must be uint8 {size}, not {shown(mask)}")
        return AnimationFrame(pixels=pixels, mask=mask)

    return checked


def _try(spec: AnimationSpec) -> str:
    source = tuple(trial_frame(shade) for shade in (64, 128, 192)) if spec.needs_source else ()
    frames = run_animation(spec, 3, source=source)
    wrong = next((frame.pixels.shape for frame in frames if frame.pixels.shape != trial_frame(0).shape), None)
    return "" if wrong is None else f"a frame is {wrong}, not {trial_frame(0).shape}."


ANIMATIONS: Final = Kind(
    id="animation",
    label="Animation: {name}",
    hook="shoreline_animations",
    spec=AnimationSpec,
    callback="frame",
    trial=_try,
    check=_check_keyframed,
    result=_with_checked_frame,
)
