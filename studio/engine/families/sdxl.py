"""Stable Diffusion XL: a UNet that is also told a pooled embedding and the picture's size."""

from __future__ import annotations

from typing import Any, Final

import torch

from studio.api.network_input import NetworkInput
from studio.engine.families.clip import MOST_CHUNKS, ClipCoder
from studio.engine.families.runner import Runner
from studio.engine.families.sd import StableDiffusion
from studio.engine.models.loading import Components
from studio.engine.prompts import TextCoder


class StableDiffusionXL(StableDiffusion):
    """A ``UNet2DConditionModel`` with added conditions; ``factor`` are the pixels along one side of a latent cell."""

    def __init__(self, unet: Any, *, factor: int, channels_last: bool | None = None) -> None:
        super().__init__(unet, channels_last=channels_last)
        self._factor = factor

    def shared_inputs(self, given: NetworkInput) -> dict[str, Any]:
        pooled = given.pooled
        if pooled is None:
            raise ValueError("XL networks need the pooled embedding of a prompt")
        added = {"text_embeds": pooled.to(self._dtype), "time_ids": self._sizes(given.sample)}
        return {**super().shared_inputs(given), "added_cond_kwargs": added}

    def _sizes(self, sample: torch.Tensor) -> torch.Tensor:
        """Size, corner of the crop and target size, as if the picture were whole: float32 (n, 6).

        Numbers, no activations: bfloat16 would round them.
        """
        height, width = (side * self._factor for side in sample.shape[-2:])
        sizes = torch.tensor([[height, width, 0, 0, height, width]], dtype=torch.float32, device=sample.device)
        return sizes.repeat(len(sample), 1)


def _coder(components: Components, has_one_window: bool) -> TextCoder:
    return ClipCoder(components.encoders, sdxl=True, most_chunks=1 if has_one_window else MOST_CHUNKS)


RUNNER: Final = Runner(denoiser=lambda context: StableDiffusionXL(context.network, factor=context.factor), coder=_coder)
