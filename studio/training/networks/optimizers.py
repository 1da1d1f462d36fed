"""The two optimisers of the recipe: AdamW, and Muon for the matrices of a network that trains for hours.

Muon makes every step of a weight matrix orthogonal, so that rare directions move as far as common ones ("Muon is
Scalable for LLM Training"). On two CPU cores a step costs a fifth more than AdamW's and takes the denoiser further:
the better trade where the network's own passes are the slow part.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from studio.training.configuration import Schedule

_DECAY = 0.01
_ENDS = ("conv_in", "conv_out")
"""The layers between pixels or latents and features; Muon's authors leave such layers to AdamW."""


class Optimizer:
    """All weights of a network under AdamW, or its inner matrices and convolutions under Muon and the rest so.

    The network must be on its device and in its memory format already: Muon holds views of its weights.
    """

    def __init__(self, network: nn.Module, schedule: Schedule) -> None:
        matrices = _inner_matrices(network) if schedule.optimizer == "muon" else []
        taken = {id(weight) for weight in matrices}
        others = [weight for weight in network.parameters() if id(weight) not in taken]
        rate = schedule.learning_rate
        self._matrices = [(weight, _as_matrix(weight)) for weight in matrices]
        self._parts: list[torch.optim.Optimizer] = [
            torch.optim.AdamW(others, lr=rate, betas=(0.9, 0.98), weight_decay=_DECAY, fused=True)
        ]
        if matrices:
            views = [view for _, view in self._matrices]
            self._parts.append(torch.optim.Muon(views, lr=rate, weight_decay=_DECAY, adjust_lr_fn="match_rms_adamw"))

    def step(self, learning_rate: float) -> None:
        """Move the weights down their gradients."""
        for weight, view in self._matrices:
            view.grad = None if weight.grad is None else _as_matrix(weight.grad)
        for part in self._parts:
            for group in part.param_groups:
                group["lr"] = learning_rate
            part.step()

    def state_dict(self) -> dict[str, Any]:
        """What is needed to go on."""
        return {"parts": [part.state_dict() for part in self._parts]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on from where ``state_dict`` was taken."""
        for part, state in zip(self._parts, state_dict["parts"], strict=True):
            part.load_state_dict(state)


def _inner_matrices(network: nn.Module) -> list[nn.Parameter]:
    return [
        weight
        for name, weight in network.named_parameters()
        if weight.requires_grad and weight.ndim in (2, 4) and not any(end in name for end in _ENDS)
    ]


def _as_matrix(weight: Tensor) -> Tensor:
    """A view with one row an output, of a matrix, or of a convolution's weight in the channels-last format."""
    flat = weight.detach()
    return flat if flat.ndim == 2 else flat.permute(0, 2, 3, 1).view(len(flat), -1)
