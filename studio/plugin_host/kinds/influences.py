"""Influences on sampling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from studio.api import InfluenceContext, InfluenceGuide, InfluenceSpec, SamplingInfluence
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.plain_specs import is_a
from studio.plugin_host.results import shown
from studio.plugin_host.trials import trial_pixels


def _with_an_influence(_spec: InfluenceSpec, run: Function) -> Callable[..., SamplingInfluence]:
    def checked(*arguments: Any) -> SamplingInfluence:
        made = run(*arguments)
        if not is_a(made, SamplingInfluence):
            raise TypeError(f"run must return a SamplingInfluence, not {shown(made)}")
        return made  # type: ignore[no-any-return]  # it is one

    return checked


def _try(spec: InfluenceSpec) -> str:
    picture = trial_pixels()[..., :3]
    guides = (InfluenceGuide(name=spec.name, picture=picture),)
    spec.run(InfluenceContext(picture=picture, strength=1.0, family="sd1", guides=guides))
    return ""


INFLUENCES: Final = Kind(
    id="influence",
    label="Influence: {name}",
    hook="shoreline_influences",
    spec=InfluenceSpec,
    callback="run",
    trial=_try,
    result=_with_an_influence,
    patience="factory",
)
