"""Which weights each optimiser moves, and how."""

from __future__ import annotations

from typing import Literal

import pytest
import torch
from torch import Tensor, nn

from studio.training.configuration import Schedule
from studio.training.networks.optimizers import Optimizer

RATE = 0.01


class Network(nn.Module):
    """One layer of every kind that a UNet has."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_in = nn.Conv2d(3, 8, 3, padding=1)
        self.inner = nn.Conv2d(8, 12, 3, padding=1)
        self.norm = nn.GroupNorm(4, 12)
        self.linear = nn.Linear(12, 6)

    def forward(self, pictures: Tensor) -> Tensor:
        scores: Tensor = self.linear(self.norm(self.inner(self.conv_in(pictures))).relu().mean(dim=(2, 3)))
        return scores


def _moves(optimizer: Literal["adamw", "muon"]) -> dict[str, Tensor]:
    """What one step on the same batch moves, by the weight's name."""
    torch.manual_seed(0)
    network = Network().to(memory_format=torch.channels_last)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    stepper = Optimizer(network, Schedule(steps=1, batch_size=1, learning_rate=RATE, optimizer=optimizer))
    (network(torch.randn(4, 3, 8, 8)) - 1).square().mean().backward()
    stepper.step(RATE)
    return {name: value - before[name] for name, value in network.state_dict().items()}


@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_every_weight_moves(optimizer: Literal["adamw", "muon"]) -> None:
    assert all(moved.abs().max() > 0 for moved in _moves(optimizer).values())


def test_muon_moves_inner_matrices_alike_in_all_directions() -> None:
    moves = _moves("muon")
    for name in ("inner.weight", "linear.weight"):
        matrix = moves[name].permute(0, 2, 3, 1).flatten(1) if moves[name].ndim == 4 else moves[name]
        strengths = torch.linalg.svdvals(matrix)
        assert strengths.median() > 0.3 * strengths.max()
        assert strengths.max() < 1.4 * RATE * 0.2 * max(matrix.shape) ** 0.5


def test_muon_leaves_ends_norms_and_biases_to_adamw() -> None:
    adamw, muon = _moves("adamw"), _moves("muon")
    same = {name for name in adamw if torch.allclose(adamw[name], muon[name], atol=1e-7)}
    assert same == {"conv_in.weight", "conv_in.bias", "inner.bias", "norm.weight", "norm.bias", "linear.bias"}
