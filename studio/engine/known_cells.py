"""The part of the latents that a masked job keeps, for a UNet that was taught to see it without noise.

Other UNets see the kept part under as much noise as the rest, and learn late what they must fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from studio.engine.previews import alpha_bar_at


@dataclass(frozen=True, eq=False)
class KnownCells:
    """Latents of which a part is known.

    ``clean`` are the scaled latents, float32 (1, c, h, w), and ``known``, bool (1, 1, h, w), says where they count.
    ``alphas_cumprod``, (timesteps,), and ``prediction_type`` are those of the model's scheduler.
    """

    clean: torch.Tensor
    known: torch.Tensor
    alphas_cumprod: torch.Tensor
    prediction_type: str

    def shown(self, sample: torch.Tensor) -> torch.Tensor:
        """A UNet's input (n, c, h, w) with the known cells in it, free of noise."""
        return torch.where(self.known, self.clean, sample)

    def answered(self, sample: torch.Tensor, output: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        """A UNet's output, float32 (n, c, h, w), which in the known cells leads from the sample to what is known.

        What a UNet says there means nothing, and schedulers that look back would use it once the cells are set free.
        """
        alpha = torch.tensor(alpha_bar_at(self.alphas_cumprod, timestep))
        return torch.where(self.known, prediction_to(self.clean, sample, alpha, self.prediction_type), output)


def prediction_to(
    clean: torch.Tensor, sample: torch.Tensor, alpha_bar: torch.Tensor, prediction_type: str
) -> torch.Tensor:
    """What a UNet has to predict to lead from a sample to clean latents: the reverse of `predicted_original`.

    ``alpha_bar`` fits the latents' shape.
    """
    if prediction_type == "sample":
        return clean.expand_as(sample)
    signal, deviation = alpha_bar.sqrt(), (1.0 - alpha_bar).sqrt()
    if prediction_type == "v_prediction":
        return (signal * sample - clean) / deviation
    return (sample - signal * clean) / deviation
