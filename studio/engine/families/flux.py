"""Flux.1: a transformer over packed latents that predicts the flow from picture to noise."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import torch

from studio.api.families import JointSequence
from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import in_dtype
from studio.engine.families.runner import Runner
from studio.engine.families.t5 import T5Coder
from studio.engine.families.transformer import TransformerDenoiser
from studio.engine.models.loading import Components
from studio.engine.prompts import TextCoder

PATCH: Final = 2
"""Cells along one side of what the transformer takes for one token."""


class Flux(TransformerDenoiser):
    """A ``FluxTransformer2DModel`` as a `Denoiser`.

    Guidance was distilled into it, or away: it is never asked for a negative prompt. Both sides of latents have to be
    even.
    """

    takes_guidance = True
    sequence = JointSequence(patch=PATCH)

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        """Even sigmas, shifted by the number of tokens: larger pictures need more noise."""
        tokens = shape[-2] * shape[-1] // PATCH**2
        options = {"sigmas": np.linspace(1.0, 1 / steps, steps), "mu": shift_of(scheduler.config, tokens)}
        return accepted(scheduler, options)

    def predict(self, given: NetworkInput) -> torch.Tensor:
        rows, _, height, width = given.sample.shape
        tokens, pooled = given.words, given.pooled
        if pooled is None:
            raise ValueError("Flux networks need the pooled embedding of a prompt")
        output: torch.Tensor = self.network(
            hidden_states=packed(given.sample).to(self._dtype),
            timestep=given.timestep.expand(rows).float() / 1000,
            guidance=self._guidance(given.guidance, rows),
            encoder_hidden_states=tokens.to(self._dtype),
            pooled_projections=pooled.to(self._dtype),
            txt_ids=torch.zeros(tokens.shape[1], 3, device=self.device),
            img_ids=places(height // PATCH, width // PATCH).to(self.device),
            return_dict=False,
            **in_dtype(given.extras, self._dtype),
        )[0]
        return unpacked(output.float(), height, width)


def accepted(scheduler: Any, options: Mapping[str, Any]) -> Mapping[str, Any]:
    """Those of some options that a scheduler's ``set_timesteps`` takes; a shift only where it changes with the size."""
    known = inspect.signature(scheduler.set_timesteps).parameters
    shifts = scheduler.config.get("use_dynamic_shifting", False)
    return {name: value for name, value in options.items() if name in known and (shifts or name != "mu")}


def packed(latents: torch.Tensor) -> torch.Tensor:
    """Latents (n, channels, h, w) as tokens of 2x2 cells: (n, h / 2 * w / 2, 4 * channels)."""
    rows, channels, height, width = latents.shape
    patches = latents.view(rows, channels, height // PATCH, PATCH, width // PATCH, PATCH)
    return patches.permute(0, 2, 4, 1, 3, 5).reshape(rows, -1, channels * PATCH**2)


def unpacked(tokens: torch.Tensor, height: int, width: int) -> torch.Tensor:
    """The reverse of `packed`, for latents of this size."""
    rows, _, values = tokens.shape
    patches = tokens.view(rows, height // PATCH, width // PATCH, values // PATCH**2, PATCH, PATCH)
    return patches.permute(0, 3, 1, 4, 2, 5).reshape(rows, -1, height, width)


def places(height: int, width: int) -> torch.Tensor:
    """Where each token of a grid lies: float32 (height * width, 3) of 0, row and column."""
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    return torch.stack([torch.zeros_like(rows), rows, columns], dim=-1).reshape(-1, 3).float()


def shift_of(config: Mapping[str, Any], tokens: int) -> float:
    """The shift of a flow schedule for pictures of so many tokens, on a line through two points of its config."""
    fewest, most = config.get("base_image_seq_len", 256), config.get("max_image_seq_len", 4096)
    least, greatest = config.get("base_shift", 0.5), config.get("max_shift", 1.15)
    slope = (greatest - least) / (most - fewest)
    return float(tokens * slope + (least - slope * fewest))


def _coder(components: Components, _has_one_window: bool) -> TextCoder:
    clip, t5 = components.encoders
    return T5Coder(t5, clip)


RUNNER: Final = Runner(denoiser=lambda context: Flux(context.network), coder=_coder)
