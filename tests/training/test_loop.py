"""Resuming, averaging and the schedule."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from studio.training.configuration import Schedule
from studio.training.loop import Losses, Trainee, averaged_weights, batch_indices, learning_rate, train

SCHEDULE = Schedule(steps=6, batch_size=4, learning_rate=0.05, warmup_steps=2, save_every=3)


def _train(folder: Path, stop_at: int | None = None) -> nn.Linear:
    torch.manual_seed(0)
    network = nn.Linear(3, 1)
    trainee = Trainee(network, SCHEDULE, folder, torch.device("cpu"))
    inputs = torch.arange(60, dtype=torch.float32).reshape(20, 3) / 60

    def losses_of(step: int) -> Losses:
        if step == stop_at:
            raise KeyboardInterrupt
        batch = inputs[batch_indices(20, SCHEDULE.batch_size, step, seed=1)]
        return {"loss": (network(batch) - batch.sum(dim=1, keepdim=True)).square().mean()}

    train(trainee, losses_of)
    trainee.averaged()
    return network


def test_a_broken_off_run_ends_where_an_unbroken_one_does(tmp_path: Path) -> None:
    unbroken = _train(tmp_path / "unbroken")
    with pytest.raises(KeyboardInterrupt):
        _train(tmp_path / "broken", stop_at=4)
    resumed = _train(tmp_path / "broken")
    assert torch.equal(unbroken.weight, resumed.weight)


def test_a_finished_run_is_not_repeated(tmp_path: Path) -> None:
    first = _train(tmp_path)
    second = _train(tmp_path, stop_at=0)
    assert torch.equal(first.weight, second.weight)


def test_the_loss_is_logged(tmp_path: Path) -> None:
    _train(tmp_path)
    records = [json.loads(line) for line in (tmp_path / "loss.jsonl").read_text("utf-8").splitlines()]
    assert records[-1]["step"] == 6
    assert records[-1]["loss"] > 0


def test_averaged_weights_are_lent_and_given_back(tmp_path: Path) -> None:
    trainee = Trainee(nn.Linear(2, 2), SCHEDULE, tmp_path, torch.device("cpu"))
    trainee.average = {name: torch.zeros_like(value) for name, value in trainee.average.items()}
    before = trainee.network.state_dict()["weight"].clone()
    with averaged_weights(trainee) as network:
        assert not network.state_dict()["weight"].any()
    assert torch.equal(trainee.network.state_dict()["weight"], before)


def test_the_learning_rate_warms_up_and_falls() -> None:
    schedule = replace(SCHEDULE, steps=100, warmup_steps=10)
    rates = [learning_rate(schedule, step) for step in range(100)]
    assert rates[0] == pytest.approx(0.005)
    assert max(rates) == pytest.approx(0.05)
    assert rates[-1] < 0.001


def test_an_epoch_shows_every_picture_once() -> None:
    seen = torch.cat([batch_indices(20, 4, step, seed=3) for step in range(5)])
    assert sorted(seen.tolist()) == list(range(20))
    assert not torch.equal(batch_indices(20, 4, 0, seed=3), batch_indices(20, 4, 5, seed=3))
