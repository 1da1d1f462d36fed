"""Filters on layers and on what is masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from studio.api import CancelToken, FilterSpec, Pixels
from studio.api.parameters import validated_parameters
from studio.api.picture_models import TASKS
from studio.errors import PluginError
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.results import array, shown
from studio.plugin_host.trials import trial_pixels, unheard


def _with_same_shape(_spec: FilterSpec, run: Function) -> Callable[..., Pixels]:
    def checked(pixels: Pixels, *rest: Any) -> Pixels:
        shape = pixels.shape
        after = array(run(pixels, *rest))
        if after is None or after.dtype != np.uint8 or after.shape != shape:
            raise TypeError(f"run must return uint8 {shape}, not {shown(after)}")
        return after

    return checked


class _Looked(CancelToken):
    """Counts how often somebody looked at it."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    @property
    def is_cancelled(self) -> bool:
        self.looks += 1
        return super().is_cancelled

    def raise_if_cancelled(self) -> None:
        self.looks += 1
        super().raise_if_cancelled()


def _check(spec: FilterSpec) -> None:
    if spec.model and spec.model not in TASKS:
        raise PluginError(
            "The filter {spec} needs a model that tells what no model does.",
            "Known are: {known}.",
            spec=spec.id,
            known=", ".join(TASKS),
        )


def _try(spec: FilterSpec) -> str:
    if spec.model:
        return ""  # which may not be there
    # The host looks at a token only once it is cancelled, so these looks are the filter's.
    cancel = _Looked()
    spec.run(trial_pixels(), validated_parameters(spec.parameters, {}), cancel, unheard)
    return "" if cancel.looks else "it never looks at the cancel token, so it cannot be cancelled."


FILTERS: Final = Kind(
    id="filter",
    label="Filter: {name}",
    hook="shoreline_filters",
    spec=FilterSpec,
    callback="run",
    trial=_try,
    check=_check,
    result=_with_same_shape,
)
