"""Stable Diffusion 1 and 2: a UNet that is told one embedding of the prompt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import torch

from studio.api.families import FamilyDenoiser
from studio.api.network_input import NetworkInput
from studio.engine.families.clip import MOST_CHUNKS, ClipCoder
from studio.engine.families.denoiser import in_dtype
from studio.engine.families.runner import Runner
from studio.engine.models.loading import Components
from studio.engine.prompts import TextCoder

_INPAINTING: Final = 9
"""Channels of an inpainting UNet: latents, mask and masked picture."""


class StableDiffusion(FamilyDenoiser):
    """A ``UNet2DConditionModel`` as a `Denoiser`; ``channels_last`` is its memory layout, ``None`` for that of
    its weights.

    Its inputs are given in its own number format and its output is float32, so that schedulers add and subtract in
    float32: latents kept in bfloat16 lose detail at every step.
    """

    def __init__(self, unet: Any, *, channels_last: bool | None = None) -> None:
        self.network = unet
        channels_last = is_channels_last(unet) if channels_last is None else channels_last
        # Asked once: diffusers looks at every layer for the answer.
        self._dtype: torch.dtype = unet.dtype
        self._layout = torch.channels_last if channels_last else torch.contiguous_format
        self._guidance_width: int | None = unet.config.time_cond_proj_dim
        self.takes_guidance = self._guidance_width is not None
        self.takes_masked_image = int(unet.config.in_channels) == _INPAINTING

    @property
    def device(self) -> torch.device:
        device: torch.device = self.network.device
        return device

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        return {}

    def predict(self, given: NetworkInput) -> torch.Tensor:
        output: torch.Tensor = self.network(
            **self.shared_inputs(given),
            **in_dtype(given.extras, self._dtype),
            timestep_cond=self._guidance(given.guidance, len(given.sample)),
            return_dict=False,
        )[0]
        return output.float()

    def shared_inputs(self, given: NetworkInput) -> dict[str, Any]:
        """What this network is given as are those that steer it, by the names of the arguments."""
        return {
            "sample": self._in_layout(given.sample),
            "timestep": given.timestep,
            "encoder_hidden_states": given.words.to(self._dtype),
        }

    def _in_layout(self, sample: torch.Tensor) -> torch.Tensor:
        return sample.to(self._dtype).contiguous(memory_format=self._layout)

    def _guidance(self, scale: float, rows: int) -> torch.Tensor | None:
        """The guidance scale as distilled UNets take it (Meng et al. 2022, arXiv 2210.03142): (rows, width)."""
        if self._guidance_width is None:
            return None
        embedding = guidance_embedding(torch.tensor(scale - 1).repeat(rows), self._guidance_width)
        return embedding.to(self.device, self._dtype)


def is_channels_last(network: Any) -> bool:
    """Whether the weights of a network of convolutions are stored so."""
    weight: torch.Tensor = network.conv_in.weight
    return weight.is_contiguous(memory_format=torch.channels_last) and not weight.is_contiguous()


def guidance_embedding(scales: torch.Tensor, width: int) -> torch.Tensor:
    """Sines and cosines of guidance scales (n,), counted from 0, at falling frequencies: float32 (n, width)."""
    half = width // 2
    frequencies = torch.exp(torch.arange(half) * -(torch.log(torch.tensor(10000.0)) / (half - 1)))
    angles = (scales * 1000.0)[:, None] * frequencies[None, :]
    waves = torch.cat([torch.sin(angles), torch.cos(angles)], dim=1)
    return torch.nn.functional.pad(waves, (0, width % 2))


def _coder(components: Components, has_one_window: bool) -> TextCoder:
    return ClipCoder(components.encoders, most_chunks=1 if has_one_window else MOST_CHUNKS)


RUNNER: Final = Runner(denoiser=lambda context: StableDiffusion(context.network), coder=_coder)
