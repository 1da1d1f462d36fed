"""Families of models."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args

from studio.api.families import FamilyContext, FamilyDenoiser, FamilyNetwork, FamilySpec, Like
from studio.errors import PluginError
from studio.plugin_host.kinds.kind import Function, Kind
from studio.plugin_host.plain_specs import is_a
from studio.plugin_host.results import shown

_MOST_SIDE: Final = 8192
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,40}")


def _check(spec: FamilySpec) -> None:
    """Raise `PluginError` for a family that files cannot be told to be of, or that nothing can be drawn with."""
    wrong = next((text for holds, text in _rules(spec) if not holds), None)
    if wrong is not None:
        raise PluginError("The family {family!r}: {reason}", "Ask its author.", family=spec.id, reason=wrong)


def _rules(spec: FamilySpec) -> tuple[tuple[bool, str], ...]:
    return (
        (bool(_ID.fullmatch(spec.id)), "its id may have small letters, digits, points and dashes."),
        (spec.id not in get_args(Like), "Shoreline knows a family of this id by itself."),
        (spec.like in get_args(Like), f"like must be one of {', '.join(get_args(Like))}."),
        (is_a(spec.network, FamilyNetwork), "network must be a FamilyNetwork."),
        (bool(spec.marks or spec.pipelines), "marks or pipelines must say how its files are told."),
        (all(len(mark.strip("^$")) > 3 for mark in spec.marks), "a mark must be longer than three letters."),
        (64 <= spec.side <= _MOST_SIDE, f"side must be 64 to {_MOST_SIDE}."),
        (0 < spec.smallest <= 1 <= spec.largest <= 8, "smallest and largest must lie around 1."),
        (1 <= spec.multiple <= 256, "multiple must be 1 to 256."),
    )


def _with_a_denoiser(_spec: FamilySpec, run: Function) -> Callable[..., FamilyDenoiser]:
    def checked(*arguments: Any) -> FamilyDenoiser:
        made = run(*arguments)
        if not is_a(made, FamilyDenoiser):
            raise TypeError(f"run must return a FamilyDenoiser, not {shown(made)}")
        return made  # type: ignore[no-any-return]  # it is one

    return checked


def _try(spec: FamilySpec) -> str:
    """Whether the network is built with the tensors that are told of it."""
    told: Mapping[str, tuple[int, ...]] = spec.network.tensors(spec.network.config)
    network = spec.network.build(spec.network.config)
    built = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    spec.run(FamilyContext(network=network))
    odd = next((name for name in {*told, *built} if told.get(name) != built.get(name)), None)
    return "" if odd is None else f"the tensor {odd} of its network is not as told."


FAMILIES: Final = Kind(
    id="family",
    label="Model family: {name}",
    hook="shoreline_families",
    spec=FamilySpec,
    callback="run",
    check=_check,
    trial=_try,
    result=_with_a_denoiser,
    patience="factory",
)
