"""Schedulers: noise schedulers for the Generate panel."""

from __future__ import annotations

from typing import Final

from studio.api import SchedulerSpec
from studio.plugin_host.kinds.kind import Kind


def _try(spec: SchedulerSpec) -> str:
    scheduler = spec.factory({"num_train_timesteps": 1000, "prediction_type": "epsilon"})
    scheduler.set_timesteps(4)
    return "" if len(scheduler.timesteps) else "it has no timesteps."


SCHEDULERS: Final = Kind(
    id="scheduler",
    label="Scheduler: {name}",
    hook="shoreline_schedulers",
    spec=SchedulerSpec,
    callback="factory",
    trial=_try,
    patience="factory",
)
