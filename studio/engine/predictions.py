"""What a network's output means: the way from a noisy sample and a prediction to clean latents, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Protocol

import torch

_SMALLEST_ALPHA: Final = 1e-4
_FLOW: Final = "flow_prediction"


class Prediction(Protocol):
    """How samples of a timestep mix picture and noise, and what the network says about one.

    Tensors are float32 latents (n, channels, h, w) as the network sees them; timesteps those of the scheduler, which
    may be fractions.
    """

    def clean(self, sample: torch.Tensor, output: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        """The clean latents that an output implies for a sample."""
        ...

    def leading_to(self, clean: torch.Tensor, sample: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        """The output that leads from a sample to clean latents."""
        ...

    def faded(self, clean: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        """Latents as weak as in a sample of this timestep, without its noise."""
        ...


@dataclass(frozen=True, eq=False)
class DiffusionPrediction:
    """Samples ``sqrt(a) clean + sqrt(1 - a) noise``; ``alphas_cumprod``, (timesteps,), holds *a*.

    ``kind`` is "epsilon", "v_prediction" or "sample" (Ho et al. 2020; Salimans and Ho 2022).
    """

    alphas_cumprod: torch.Tensor
    kind: str

    def clean(self, sample: torch.Tensor, output: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        return predicted_original(sample, output, self.alpha_bar(timestep), self.kind)

    def leading_to(self, clean: torch.Tensor, sample: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        return prediction_to(clean, sample, torch.tensor(self.alpha_bar(timestep)), self.kind)

    def faded(self, clean: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        signal: float = self.alpha_bar(timestep) ** 0.5
        return signal * clean

    def alpha_bar(self, timestep: float | torch.Tensor) -> float:
        """The share of the picture, squared, at a timestep."""
        return float(self.alphas_cumprod[min(max(round(float(timestep)), 0), len(self.alphas_cumprod) - 1)])


@dataclass(frozen=True, kw_only=True)
class FlowPrediction:
    """Samples ``(1 - s) clean + s noise`` with ``s = timestep / train_timesteps``; the output is noise minus clean.

    (Rectified flow: Liu et al. 2022, arXiv 2209.03003.)
    """

    train_timesteps: int

    def clean(self, sample: torch.Tensor, output: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        return sample - self._sigma(timestep) * output

    def leading_to(self, clean: torch.Tensor, sample: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        return (sample - clean) / max(self._sigma(timestep), _SMALLEST_ALPHA)

    def faded(self, clean: torch.Tensor, timestep: float | torch.Tensor) -> torch.Tensor:
        return (1.0 - self._sigma(timestep)) * clean

    def _sigma(self, timestep: float | torch.Tensor) -> float:
        return float(timestep) / self.train_timesteps


def prediction_of(scheduler: Any) -> Prediction | None:
    """What a diffusers scheduler takes the network's output for; ``None`` where it does not say enough."""
    kind = str(scheduler.config.get("prediction_type", "epsilon"))
    alphas = getattr(scheduler, "alphas_cumprod", None)
    if kind == _FLOW or (alphas is None and hasattr(scheduler, "scale_noise")):
        return FlowPrediction(train_timesteps=int(scheduler.config.num_train_timesteps))
    return None if alphas is None else DiffusionPrediction(alphas, kind)


def predicted_original(
    sample: torch.Tensor, prediction: torch.Tensor, alpha_bar: float, prediction_type: str
) -> torch.Tensor:
    """The clean latents that a prediction implies, for a sample ``sqrt(a) clean + sqrt(1 - a) noise``."""
    signal: float = max(alpha_bar, _SMALLEST_ALPHA) ** 0.5
    noise: float = max(0.0, 1.0 - alpha_bar) ** 0.5
    if prediction_type == "v_prediction":
        return signal * sample - noise * prediction
    if prediction_type == "sample":
        return prediction
    return (sample - noise * prediction) / signal


def prediction_to(
    clean: torch.Tensor, sample: torch.Tensor, alpha_bar: torch.Tensor, prediction_type: str
) -> torch.Tensor:
    """What a network has to predict to lead from a sample to clean latents: the reverse of `predicted_original`.

    ``alpha_bar`` fits the latents' shape.
    """
    if prediction_type == "sample":
        return clean.expand_as(sample)
    signal, deviation = alpha_bar.sqrt(), (1.0 - alpha_bar).sqrt()
    if prediction_type == "v_prediction":
        return (signal * sample - clean) / deviation
    return (sample - signal * clean) / deviation
