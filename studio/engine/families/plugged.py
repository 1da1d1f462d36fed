"""A family that a plugin brings: its network is asked by the plugin, all else is run as that of another family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from studio.api.families import FamilyContext, FamilyDenoiser, FamilyInput, FamilySpec
from studio.engine.families.denoiser import NetworkInput, in_dtype
from studio.engine.families.runner import Runner
from studio.errors import PluginError


class PluggedDenoiser:
    """What a plugin made for a network, as a `Denoiser`."""

    takes_pairs = True
    takes_masked_image = False

    def __init__(self, network: Any, own: FamilyDenoiser, name: str) -> None:
        self.network = network
        self._own = own
        self._name = name
        self._dtype = next((each.dtype for each in network.parameters() if each.is_floating_point()), torch.float32)

    @property
    def device(self) -> torch.device:
        device: torch.device = next(self.network.parameters()).device
        return device

    @property
    def takes_guidance(self) -> bool:
        return bool(self._own.takes_guidance)

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        return self._own.timestep_options(scheduler, steps, shape)

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """Raises `PluginError` for what is no prediction."""
        words, dtype = given.prompts, self._dtype
        made = self._own.predict(
            FamilyInput(
                sample=given.sample.to(dtype),
                timestep=given.timestep,
                words=words.tokens.to(dtype),
                pooled=in_dtype(words.pooled, dtype),
                mask=words.mask,
                guidance=given.guidance,
                extras=in_dtype(given.extras, dtype),
            )
        )
        if not isinstance(made, torch.Tensor) or made.shape != given.sample.shape:
            raise PluginError(
                "The plugin that {family} comes from made no prediction of latents.",
                "Switch it off, or ask its author.",
                family=self._name,
            )
        return made.float()


def plugged_runner(spec: FamilySpec, like: Runner) -> Runner:
    """How the family of a plugin is run: prompts and pictures as in the family that it is like."""

    def denoiser(network: Any, _codec: object) -> PluggedDenoiser:
        return PluggedDenoiser(network, spec.run(FamilyContext(network=network)), spec.name)

    return replace(like, denoiser=denoiser)
