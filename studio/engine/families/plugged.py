"""A family that a plugin brings: its network is asked by the plugin, all else is run as that of another family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import torch

from studio.api.families import FamilyDenoiser, FamilySpec, JointSequence
from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import in_dtype
from studio.engine.families.runner import Runner
from studio.errors import PluginError


class PluggedDenoiser:
    """What a plugin made for a network, as a `Denoiser`: it is given the number format of the network, and what it
    makes is looked at."""

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

    @property
    def takes_pairs(self) -> bool:
        return bool(self._own.takes_pairs)

    @property
    def takes_masked_image(self) -> bool:
        return bool(self._own.takes_masked_image)

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        return self._own.timestep_options(scheduler, steps, shape)

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """Raises `PluginError` for what is no prediction."""
        made = self._own.predict(self._in_dtype(given))
        if not isinstance(made, torch.Tensor) or not self._is_of(made, given.sample):
            raise PluginError(
                "The plugin that {family} comes from made no prediction of latents.",
                "Switch it off, or ask its author.",
                family=self._name,
            )
        return made.float()

    def _is_of(self, made: torch.Tensor, sample: torch.Tensor) -> bool:
        """Whether something has the shape of latents; an inpainting network is shown more channels."""
        is_whole = made.shape == sample.shape
        shown_more = self.takes_masked_image and made.ndim == 4 and made.shape[1] < sample.shape[1]
        return is_whole or (shown_more and made.shape[:1] + made.shape[2:] == sample.shape[:1] + sample.shape[2:])

    def _in_dtype(self, given: NetworkInput) -> NetworkInput:
        sample, words, pooled, extras = in_dtype((given.sample, given.words, given.pooled, given.extras), self._dtype)
        return replace(given, sample=sample, words=words, pooled=pooled, extras=extras)


class PluggedJoint(PluggedDenoiser):
    """The same for a transformer that reads words and picture as one sequence."""

    @property
    def sequence(self) -> JointSequence:
        sequence: JointSequence = self._own.sequence  # type: ignore[attr-defined]  # not all have it, this one does
        return sequence


def plugged_denoiser(network: Any, own: FamilyDenoiser, name: str) -> PluggedDenoiser:
    """What a plugin made for a network; with regions, if it says how words and picture lie in its sequence."""
    is_joint = isinstance(getattr(own, "sequence", None), JointSequence)
    return (PluggedJoint if is_joint else PluggedDenoiser)(network, own, name)


def plugged_runner(spec: FamilySpec, like: Runner) -> Runner:
    """How the family of a plugin is run: prompts and pictures as in the family that it is like."""
    return replace(like, denoiser=lambda context: plugged_denoiser(context.network, spec.run(context), spec.name))
