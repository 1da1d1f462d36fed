"""Resuming, averaging and the schedule."""

from __future__ import annotations

import json
import logging
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from studio.errors import Cancelled, FileError, ModelError
from studio.training.configuration import Schedule
from studio.training.networks.loop import (
    Losses,
    Trainee,
    averaged_weights,
    batch_indices,
    learning_rate,
    save_whole,
    take_weights,
    train,
)

SCHEDULE = Schedule(steps=6, batch_size=4, learning_rate=0.05, warmup_steps=2, save_every=3)


def _train(
    folder: Path,
    stop_at: int | None = None,
    schedule: Schedule = SCHEDULE,
    at_step: Callable[[int], object] = lambda _step: None,
) -> nn.Linear:
    torch.manual_seed(0)
    network = nn.Linear(3, 1)
    trainee = Trainee(network, schedule, folder, torch.device("cpu"))
    inputs = torch.arange(60, dtype=torch.float32).reshape(20, 3) / 60

    def losses_of(step: int) -> Losses:
        if step == stop_at:
            raise KeyboardInterrupt
        at_step(step)
        batch = inputs[batch_indices(20, SCHEDULE.batch_size, step, seed=1)]
        return {"loss": (network(batch) - batch.sum(dim=1, keepdim=True)).square().mean()}

    train(trainee, losses_of)
    trainee.averaged()
    return network


@pytest.mark.parametrize("optimizer", ["adamw", "muon"])
def test_a_broken_off_run_ends_where_an_unbroken_one_does(tmp_path: Path, optimizer: Literal["adamw", "muon"]) -> None:
    schedule = replace(SCHEDULE, optimizer=optimizer)
    unbroken = _train(tmp_path / "unbroken", schedule=schedule)
    with pytest.raises(KeyboardInterrupt):
        _train(tmp_path / "broken", stop_at=4, schedule=schedule)
    resumed = _train(tmp_path / "broken", schedule=schedule)
    assert torch.equal(unbroken.weight, resumed.weight)


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_end_keeps_the_step_it_takes(tmp_path: Path, wish: signal.Signals) -> None:
    unbroken = _train(tmp_path / "unbroken")
    handler = signal.getsignal(wish)
    with pytest.raises(Cancelled):
        _train(tmp_path / "ended", at_step=lambda step: signal.raise_signal(wish) if step == 3 else None)
    assert torch.load(tmp_path / "ended" / "checkpoint.pt", weights_only=True)["step"] == 4
    assert signal.getsignal(wish) is handler
    resumed = _train(tmp_path / "ended", stop_at=3)
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


def test_progress_tells_the_step_and_the_time_left(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="studio.training"):
        _train(tmp_path / "line")
    assert "line: step 6 of 6" in caplog.text
    assert "0 min left" in caplog.text


def test_a_damaged_checkpoint_is_named_with_the_way_out(tmp_path: Path) -> None:
    _train(tmp_path)
    checkpoint = tmp_path / "checkpoint.pt"
    checkpoint.write_bytes(checkpoint.read_bytes()[:200])
    with pytest.raises(FileError, match=r"checkpoint\.pt is damaged.*Delete it"):
        _train(tmp_path)


@pytest.mark.parametrize("refusal", [OSError(28, "No space left on device"), RuntimeError("file write failed")])
def test_a_full_disk_keeps_the_last_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: Exception
) -> None:
    kept = tmp_path / "checkpoint.pt"
    save_whole({"step": 1}, kept)
    before = kept.read_bytes()

    def full(state: object, stream: BinaryIO) -> None:
        stream.write(b"half of it")
        raise refusal

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(FileError, match=r"checkpoint\.pt cannot be written.*Make room"):
        save_whole({"step": 2}, kept)
    assert kept.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_weights_of_an_earlier_model_are_taken(tmp_path: Path) -> None:
    earlier, later = nn.Linear(3, 2), nn.Linear(3, 2)
    save_file({name: value.half() for name, value in earlier.state_dict().items()}, tmp_path / "weights.safetensors")
    take_weights(later, tmp_path)
    assert torch.allclose(later.weight, earlier.weight, atol=1e-3)
    assert later.weight.dtype == torch.float32


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be trained on"):
        take_weights(nn.Linear(3, 2), tmp_path)
    save_file(nn.Linear(5, 2).state_dict(), tmp_path / "weights.safetensors")
    with pytest.raises(ModelError, match="cannot be trained on"):
        take_weights(nn.Linear(3, 2), tmp_path)
    (tmp_path / "weights.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match="cannot be trained on"):
        take_weights(nn.Linear(3, 2), tmp_path)
