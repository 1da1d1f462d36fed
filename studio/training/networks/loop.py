"""What every training step shares: resuming, averaging, the learning rate, the loss log and the device."""

from __future__ import annotations

import json
import logging
import math
import pickle
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from studio.engine.device import devices
from studio.errors import FileError, ModelError
from studio.files.disk.atomic import write_atomically
from studio.generation import CancelToken
from studio.system.ending import told_to_end
from studio.training.configuration import Schedule
from studio.training.networks.optimizers import Optimizer

_LOG = logging.getLogger(__name__)
_SILENCE = 10.0

Losses = Mapping[str, Tensor]
"""Scalar losses by name; the one called ``loss`` is minimised."""


class Stateful(Protocol):
    """What can be kept in a checkpoint and put back: a network, an optimiser."""

    def state_dict(self) -> dict[str, Any]: ...
    def load_state_dict(self, state_dict: dict[str, Any]) -> object: ...


@dataclass
class Trainee:
    """A network in training: its weights, their moving average, its optimiser and how far it is.

    ``companions`` learn beside it and are kept in the same checkpoint, such as a critic and its optimiser.
    """

    network: nn.Module
    schedule: Schedule
    folder: Path
    device: torch.device
    step: int = 0
    average: dict[str, Tensor] = field(default_factory=dict)
    companions: Mapping[str, Stateful] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.network.to(self.device).to(memory_format=torch.channels_last)  # a quarter faster on a CPU
        self.optimizer = Optimizer(self.network, self.schedule)
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.checkpoint.exists():
            self._resume()

    @property
    def checkpoint(self) -> Path:
        """Where the state is kept between runs."""
        return self.folder / "checkpoint.pt"

    @property
    def finished(self) -> bool:
        """Whether all steps are done."""
        return self.step >= self.schedule.steps

    def update(self, losses: Losses) -> None:
        """Take one optimiser step down ``losses["loss"]`` and move the average along."""
        self.network.zero_grad(set_to_none=True)
        losses["loss"].backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step(learning_rate(self.schedule, self.step))
        self.step += 1
        self._move_average()

    def save(self) -> None:
        """Write the checkpoint whole or not at all."""
        state = {
            "step": self.step,
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "companions": {name: companion.state_dict() for name, companion in self.companions.items()},
        }
        save_whole(state, self.checkpoint)

    def averaged(self) -> nn.Module:
        """Load the average into the network, for use when training is over, and return it."""
        self.network.load_state_dict(self.average)
        return self.network.eval()

    def _move_average(self) -> None:
        decay = min(self.schedule.ema_decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if value.dtype.is_floating_point:
                    self.average[name].lerp_(value, 1 - decay)
                else:
                    self.average[name].copy_(value)

    def _resume(self) -> None:
        state = load_whole(self.checkpoint, self.device)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average = state["average"]
        self.step = state["step"]
        for name, companion in self.companions.items():
            companion.load_state_dict(state["companions"][name])


def train(
    trainee: Trainee,
    losses_of: Callable[[int], Losses],
    *,
    draw_grid: Callable[[Path], None] | None = None,
    log_every: int = 20,
) -> None:
    """Train to the end of the schedule, from wherever the checkpoint left off.

    ``losses_of(step)`` must draw its batch from ``step`` alone, so that a resumed run sees what an unbroken one sees.
    ``draw_grid(path)`` draws the sample grid each time a checkpoint is saved. A wish that the process end is heeded
    after the step that is being taken: its checkpoint is saved then.

    Raises:
        Cancelled: after such a wish.
    """
    cancel = CancelToken()
    with told_to_end(cancel.cancel):
        _train(trainee, losses_of, cancel, draw_grid=draw_grid, log_every=log_every)


def _train(
    trainee: Trainee,
    losses_of: Callable[[int], Losses],
    cancel: CancelToken,
    *,
    draw_grid: Callable[[Path], None] | None,
    log_every: int,
) -> None:
    log = LossLog(trainee.folder / "loss.jsonl")
    progress = Progress(trainee)
    while not trainee.finished:
        trainee.network.train()
        losses = losses_of(trainee.step)
        trainee.update(losses)
        log.add(losses)
        if trainee.step % log_every == 0 or trainee.finished:
            progress.tell(log.write(trainee.step))
        if trainee.step % trainee.schedule.save_every == 0 or trainee.finished or cancel.is_cancelled:
            trainee.save()
            cancel.raise_if_cancelled()
            if draw_grid is not None:
                with averaged_weights(trainee):
                    draw_grid(trainee.folder / f"grid-{trainee.step:06d}.png")


class averaged_weights(AbstractContextManager[nn.Module]):  # noqa: N801 - reads as a verb phrase in a with statement
    """Swap the averaged weights into a trainee's network for the length of a block."""

    def __init__(self, trainee: Trainee) -> None:
        self._trainee = trainee
        self._kept: dict[str, Tensor] = {}

    def __enter__(self) -> nn.Module:
        network = self._trainee.network
        self._kept = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(self._trainee.average)
        return network.eval()

    def __exit__(self, *_: object) -> None:
        self._trainee.network.load_state_dict(self._kept)


def take_weights(network: nn.Module, folder: Path) -> None:
    """Give a network the weights that a part of an earlier model has in ``folder``.

    Raises:
        ModelError: if there are none, or they are those of another network.
    """
    files = sorted(folder.glob("*.safetensors"))
    try:
        weights = {name: value.float() for file in files for name, value in load_file(file).items()}
        network.load_state_dict(weights)
    except (OSError, RuntimeError, SafetensorError) as error:
        first = str(error).strip().splitlines()[0]
        raise ModelError(
            f"The weights in {folder} cannot be trained on: {first}", "Choose another model, or start without one."
        ) from error


def save_whole(state: object, path: Path) -> None:
    """Write a file of tensors whole or not at all: an interrupted write leaves the one before.

    Raises:
        FileError: if there is no room for it, or it may not be written.
    """
    try:
        write_atomically(path, lambda stream: torch.save(state, stream))
    except (FileError, RuntimeError) as error:  # torch turns a full disk into a RuntimeError
        raise FileError(
            f"{path} cannot be written: {str(error).splitlines()[0]}",
            "Make room on the disk, and run the command again: it goes on from the last checkpoint.",
        ) from error


def load_whole(path: Path, device: torch.device) -> dict[str, Any]:
    """Read a file of tensors that :func:`save_whole` wrote.

    Raises:
        FileError: if it is damaged.
    """
    try:
        state = torch.load(path, map_location=device, weights_only=True)
        assert isinstance(state, dict)
    except (OSError, RuntimeError, EOFError, AssertionError, pickle.UnpicklingError) as error:
        raise FileError(
            f"{path} is damaged: {(str(error).splitlines() or ['it is not what it should be'])[0]}",
            "Delete it, and run the command again: what it held is made anew.",
        ) from error
    return state


class LossLog:
    """Means of the losses between two writes, one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sums: dict[str, float] = {}
        self._count = 0
        self._since = time.monotonic()

    def add(self, losses: Losses) -> None:
        """Take the losses of one step into the mean."""
        for name, value in losses.items():
            self._sums[name] = self._sums.get(name, 0.0) + float(value.detach())
        self._count += 1

    def write(self, step: int) -> float:
        """Append the means since the last write, with the steps a second; returns the mean of the loss."""
        now = time.monotonic()
        record: dict[str, float] = {"step": step}
        record.update({name: round(total / self._count, 5) for name, total in self._sums.items()})
        record["steps_per_second"] = round(self._count / max(1e-9, now - self._since), 3)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
        self._sums, self._count, self._since = {}, 0, now
        return record["loss"]


class Progress:
    """Says now and then how far a network is and how long it will still take."""

    def __init__(self, trainee: Trainee) -> None:
        self._trainee = trainee
        self._first = trainee.step
        self._start = self._told = time.monotonic()

    def tell(self, loss: float) -> None:
        """Say it, unless it was said less than ``_SILENCE`` seconds ago and there is more to do."""
        now, trainee = time.monotonic(), self._trainee
        if now - self._told < _SILENCE and not trainee.finished:
            return
        self._told = now
        total = trainee.schedule.steps
        minutes = (now - self._start) / max(1, trainee.step - self._first) * (total - trainee.step) / 60
        _LOG.info(
            "    %s: step %d of %d, loss %.4f, %.0f min left", trainee.folder.name, trainee.step, total, loss, minutes
        )


def learning_rate(schedule: Schedule, step: int) -> float:
    """Linear warm-up, then half a cosine down to a hundredth."""
    if step < schedule.warmup_steps:
        return schedule.learning_rate * (step + 1) / schedule.warmup_steps
    done = (step - schedule.warmup_steps) / max(1, schedule.steps - schedule.warmup_steps)
    return schedule.learning_rate * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))


def batch_indices(count: int, batch_size: int, step: int, seed: int) -> Tensor:
    """Indices of the batch of a step, int64 (batch_size,): epochs of one shuffle each, found from the step alone."""
    per_epoch = max(1, count // batch_size)
    epoch, place = divmod(step, per_epoch)
    order = torch.randperm(count, generator=torch.Generator().manual_seed(seed * 1_000_003 + epoch))
    chosen = order[place * batch_size : (place + 1) * batch_size]
    return chosen if len(chosen) == batch_size else order.repeat(batch_size // count + 1)[:batch_size]


def step_generator(step: int, seed: int, device: torch.device | None = None) -> torch.Generator:
    """A random generator that depends on the step alone."""
    return torch.Generator(device or "cpu").manual_seed(seed * 1_000_003 + step)


def half_precision(device: torch.device) -> AbstractContextManager[object]:
    """Autocast to bfloat16 where it is quick, and do nothing elsewhere."""
    if device.type == "cuda" or (device.type == "cpu" and _processor_has_bfloat16()):
        return torch.autocast(device.type, torch.bfloat16)
    return nullcontext()


@cache
def _processor_has_bfloat16() -> bool:
    # Without such instructions it is emulated: a step of the denoiser took ten times as long as in float32.
    able: Mapping[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(able.get(name) for name in ("amx_bf16", "avx512_bf16", "bf16"))


def choose_device(name: str | None = None) -> torch.device:
    """Return the named device, or the best one here: CUDA, then MPS, then the CPU.

    Raises:
        SettingError: listing what is there, if the named one is not.
    """
    return torch.device(devices.choose_device(name or "auto").torch_name)


def use_threads(count: int | None) -> None:
    """Let an operation on a CPU use ``count`` threads; all cores for ``None``."""
    if count is not None:
        torch.set_num_threads(count)


def in_batches(count: int, size: int) -> Iterator[slice]:
    """Slices that cover ``range(count)``."""
    return (slice(start, min(count, start + size)) for start in range(0, count, size))
