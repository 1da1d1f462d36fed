"""Flux.2: a transformer over cells of 16 pixels that predicts the flow from picture to noise, and its latents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import torch

from studio.api.families import JointSequence
from studio.api.network_input import NetworkInput
from studio.engine.codec import LatentCodec
from studio.engine.families.denoiser import in_dtype
from studio.engine.families.flux import accepted
from studio.engine.families.qwen3 import NO_THOUGHTS, Qwen3Coder, Reading
from studio.engine.families.runner import Runner
from studio.engine.families.transformer import TransformerDenoiser

_TIMESTEPS: Final = 1000
_PATCH: Final = 2
"""Cells of the VAE along one side of a cell of the transformer."""

REFERENCE_LATENTS: Final = "reference_latents"
"""Among the `extras` of what the network is given: latents of pictures to refer to, (1, channels, h, w) each."""
_BETWEEN: Final = 10
"""How far the places of pictures are from each other."""

READING: Final = Reading(layers=(9, 18, 27), thought=NO_THOUGHTS, filled=True)


class Flux2(TransformerDenoiser):
    """A ``Flux2Transformer2DModel`` as a `Denoiser`; its latents are those of `Flux2Codec`, a token each cell."""

    sequence = JointSequence(patch=1)

    def __init__(self, transformer: Any) -> None:
        """Guidance was distilled into the largest one; Klein is guided by two prompts."""
        super().__init__(transformer)
        self.takes_guidance = bool(transformer.config.guidance_embeds)

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        """Even sigmas, shifted by the numbers of tokens and steps."""
        shift = shift_of(shape[-2] * shape[-1], steps)
        return accepted(scheduler, {"sigmas": np.linspace(1.0, 1 / steps, steps), "mu": shift})

    def predict(self, given: NetworkInput) -> torch.Tensor:
        rows, _, height, width = given.sample.shape
        tokens = given.words.to(self._dtype)
        extras = dict(given.extras)
        pictures = (given.sample, *extras.pop(REFERENCE_LATENTS, ()))
        seen = torch.cat([each.flatten(2).transpose(1, 2).expand(rows, -1, -1) for each in pictures], dim=1)
        output: torch.Tensor = self.network(
            hidden_states=seen.to(self._dtype),
            timestep=given.timestep.expand(rows).float() / _TIMESTEPS,
            guidance=self._guidance(given.guidance, rows),
            encoder_hidden_states=tokens,
            txt_ids=_places_of_words(given).to(self.device),
            img_ids=torch.cat([_places_of(each, number) for number, each in enumerate(pictures)]).to(self.device),
            return_dict=False,
            **in_dtype(extras, self._dtype),
        )[0]
        return output[:, : height * width].float().transpose(1, 2).reshape(rows, -1, height, width)


def _places_of(picture: torch.Tensor, number: int) -> torch.Tensor:
    """Where the tokens of a picture lie; pictures to refer to are far from the one that is drawn, and each other."""
    return places(picture=_BETWEEN * number, height=picture.shape[2], width=picture.shape[3])


def places(*, picture: int = 0, height: int = 1, width: int = 1, words: int = 1) -> torch.Tensor:
    """Where tokens lie: int64 (tokens, 4) of picture, row, column and word."""
    return torch.cartesian_prod(torch.tensor([picture]), torch.arange(height), torch.arange(width), torch.arange(words))


def _places_of_words(given: NetworkInput) -> torch.Tensor:
    """Where words lie: each of several prompts begins anew, as it was taught."""
    return torch.cat([places(words=length) for length in given.lengths or (given.words.shape[1],)])


def shift_of(tokens: int, steps: int) -> float:
    """The shift of the schedule for pictures of so many tokens.

    By the lines that Black Forest Labs fitted to their model: one through each of 10 and 200 steps, and what lies
    between for other numbers; above 4300 tokens that of 200 steps alone.
    """
    many = 0.00016927 * tokens + 0.45666666
    if tokens > 4300:
        return many
    few = 8.73809524e-05 * tokens + 1.89833333
    slope = (many - few) / 190.0
    return slope * steps + (many - 200.0 * slope)


class Flux2Codec(LatentCodec):
    """An ``AutoencoderKLFlux2``: 2x2 of its cells are one here, brought to the statistics that it keeps."""

    @property
    def channels(self) -> int:
        return super().channels * _PATCH**2

    @property
    def factor(self) -> int:
        return super().factor * _PATCH

    def _scaling(self) -> tuple[torch.Tensor, torch.Tensor]:
        statistics = self.vae.bn
        variance = statistics.running_var.float() + float(self.vae.config.batch_norm_eps)
        return statistics.running_mean.float().view(1, -1, 1, 1), variance.rsqrt().view(1, -1, 1, 1)

    def _encoded(self, rgb: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.pixel_unshuffle(super()._encoded(rgb), _PATCH)

    def _decoded(self, raw: torch.Tensor) -> torch.Tensor:
        return super()._decoded(torch.nn.functional.pixel_shuffle(raw, _PATCH))


RUNNER: Final = Runner(
    denoiser=lambda context: Flux2(context.network),
    coder=lambda components, _one_window: Qwen3Coder(*components.encoders[0], READING),
    codec=Flux2Codec,
)
