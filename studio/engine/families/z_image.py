"""Z-Image: a transformer that reads picture and words as one sequence and predicts the flow from picture to noise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import torch

from studio.api.families import JointSequence
from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import in_dtype
from studio.engine.families.flux import accepted, shift_of
from studio.engine.families.qwen3 import Qwen3Coder, Reading
from studio.engine.families.runner import Runner
from studio.engine.families.transformer import TransformerDenoiser

_TIMESTEPS: Final = 1000
_PATCH: Final = 2
"""Cells along one side of what the transformer takes for one token."""

READING: Final = Reading(layers=(-2,))


class ZImage(TransformerDenoiser):
    """A ``ZImageTransformer2DModel`` as a `Denoiser`.

    Prompts may have any length; both sides of guidance are asked for alone. Both sides of latents have to be even.
    """

    takes_guidance = False
    sequence = JointSequence(
        patch=_PATCH, words_first=False, multiple=32, picture_alone="noise_refiner", skips_filling=True
    )

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        """Even sigmas; the shift is the scheduler's own, or by the number of tokens where its config wants that."""
        tokens = shape[-2] * shape[-1] // _PATCH**2
        sigmas = torch.linspace(1.0, 1 / steps, steps).tolist()
        return accepted(scheduler, {"sigmas": sigmas, "mu": shift_of(scheduler.config, tokens)})

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """The network counts time from noise to picture and says picture minus noise: both the other way round here."""
        output = self.network(**self.shared_inputs(given), return_dict=False, **in_dtype(given.extras, self._dtype))[0]
        return -torch.stack(output).float().squeeze(2)

    def shared_inputs(self, given: NetworkInput) -> dict[str, Any]:
        """What this network is given as are those that steer it, by the names of the arguments."""
        sample = given.sample.to(self._dtype)
        return {
            "x": list(sample.unsqueeze(2).unbind()),
            "t": (_TIMESTEPS - given.timestep.expand(len(sample)).float()) / _TIMESTEPS,
            "cap_feats": _words(given, self._dtype),
        }


def _words(given: NetworkInput, dtype: torch.dtype) -> list[torch.Tensor]:
    """What counts of each prompt: (tokens, width)."""
    rows = given.words.to(dtype).unbind()
    if given.mask is None:
        return list(rows)
    return [row[counts] for row, counts in zip(rows, given.mask, strict=True)]


RUNNER: Final = Runner(
    denoiser=lambda context: ZImage(context.network),
    coder=lambda components, _one_window: Qwen3Coder(*components.encoders[0], READING),
)
