"""The upscaler that ships: a small SRVGGNetCompact, learned from the starter's renders.

Compact networks work at the small size and enlarge in their last layer, so they are quick on a CPU; spandrel and
other programs load the file as "RealESRGAN Compact".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import numpy as np
import torch
from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass
from safetensors.torch import save
from torch import Tensor, nn

from studio.files.disk.atomic import write_atomically
from studio.training.configuration import Count, DataConfig, Schedule
from studio.training.networks.libraries import Compact
from studio.training.networks.loop import Losses, Trainee, batch_indices, half_precision, train
from studio.training.scenes.data import Pictures, load_split, render_split
from studio.training.scenes.degradation import degraded
from studio.training.upscaler_report import measure_upscaler, write_report

_SEED = 20261125
MODEL_FILE = "shoreline-x4.safetensors"
NOTES_FILE = "notes.md"

Say = Callable[[str], None]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class UpscalerConfig:
    """Sizes and schedule: ``crop`` is the side of the sharp crops that it learns from, in pixels."""

    data: DataConfig = DataConfig(pictures=8192)
    scale: Annotated[int, Field(ge=2, le=4)] = 4
    features: Count = 32
    convolutions: Count = 12
    crop: Annotated[int, Field(ge=32, multiple_of=4)] = 128
    measured_pictures: Count = 128
    train: Schedule = Schedule(steps=7000, batch_size=16, learning_rate=1e-3, warmup_steps=200, save_every=500)


def smoke_upscaler() -> UpscalerConfig:
    """A recipe of seconds: the whole chain, nothing learned."""
    return UpscalerConfig(
        data=DataConfig(pictures=16, held_out_pictures=8, resolution=64, shard_size=16, captions_per_language=1),
        features=8,
        convolutions=2,
        crop=32,
        measured_pictures=4,
        train=Schedule(steps=4, batch_size=4, learning_rate=1e-3, warmup_steps=1, save_every=2),
    )


def train_upscaler(
    config: UpscalerConfig, work: Path, output: Path, device: torch.device, say: Say = print
) -> dict[str, Any]:
    """Render what is missing, train or resume, write ``MODEL_FILE`` and its card into ``output``, and measure it.

    Returns the measurements as `measure_upscaler` does. The pictures are those of the starter's recipe, so a work
    folder of that recipe is used as it is.
    """
    say("1/3 data: rendering pictures")
    pictures = _pictures(config.data, "train", work)
    say("2/3 upscaler")
    network = fit_upscaler(config, pictures, work / "upscaler", device)
    output.mkdir(parents=True, exist_ok=True)
    path = output / MODEL_FILE
    weights = save({name: value.cpu().contiguous() for name, value in network.state_dict().items()})
    write_atomically(path, partial(_write, weights))
    say("3/3 measuring it")
    return evaluate_upscaler(config, work, output)


def evaluate_upscaler(config: UpscalerConfig, work: Path, output: Path) -> dict[str, Any]:
    """Measure the model in ``output`` on held-out renders and write the figures and the card beside it.

    ``notes.md`` in the work folder of the upscaler goes into the card: it says how this copy departs from the recipe.
    """
    notes = work / "upscaler" / NOTES_FILE
    held_out = _pictures(config.data, "held-out", work)[: config.measured_pictures]
    figures = measure_upscaler(output / MODEL_FILE, held_out)
    write_report(output, figures, recipe_of(config), notes.read_text("utf-8-sig").strip() if notes.exists() else "")
    return figures


def build_upscaler(config: UpscalerConfig) -> nn.Module:
    """An untrained network; its last layer is all but zero, so that it begins as the picture with larger pixels."""
    network: nn.Module = Compact(
        num_feat=config.features, num_conv=config.convolutions, upscale=config.scale, act_type="prelu"
    )
    last = [module for module in network.modules() if isinstance(module, nn.Conv2d)][-1]
    with torch.no_grad():
        last.weight.mul_(0.1)
    return network


def fit_upscaler(config: UpscalerConfig, pictures: Pictures, folder: Path, device: torch.device) -> nn.Module:
    """Train to the end of the schedule, from wherever a checkpoint in ``folder`` left off; the averaged network.

    ``pictures`` is uint8 ``(n, 3, side, side)``.
    """
    torch.manual_seed(_SEED)
    trainee = Trainee(build_upscaler(config), config.train, folder, device)

    def losses_of(step: int) -> Losses:
        small, sharp = _batch(config, pictures, step)
        with half_precision(device):
            drawn = trainee.network(small.to(device).contiguous(memory_format=torch.channels_last))
        return {"loss": (drawn.float() - sharp.to(device)).abs().mean()}

    train(trainee, losses_of, log_every=100)
    return trainee.averaged()


def recipe_of(config: UpscalerConfig) -> dict[str, Any]:
    """What the card says of the recipe."""
    return {
        "scale": config.scale,
        "features": config.features,
        "convolutions": config.convolutions,
        "pictures": config.data.pictures,
        "side": config.data.resolution,
        "crop": config.crop,
        "steps": config.train.steps,
        "batch": config.train.batch_size,
        "rate": config.train.learning_rate,
    }


def _batch(config: UpscalerConfig, pictures: Pictures, step: int) -> tuple[Tensor, Tensor]:
    """Small and sharp crops of a step, float32 in [0, 1], found from the step alone."""
    random = np.random.default_rng((_SEED, step))
    pairs = [
        _pair(config, pictures[int(index)].transpose(1, 2, 0), random)
        for index in batch_indices(len(pictures), config.train.batch_size, step, _SEED)
    ]
    small, sharp = (np.stack(parts) for parts in zip(*pairs, strict=True))
    return _to_float(small), _to_float(sharp)


def _pair(config: UpscalerConfig, picture: Pictures, random: np.random.Generator) -> tuple[Pictures, Pictures]:
    top, left = (int(random.integers(0, side - config.crop + 1)) for side in picture.shape[:2])
    sharp = np.ascontiguousarray(picture[top : top + config.crop, left : left + config.crop])
    if random.random() < 0.5:
        sharp = np.ascontiguousarray(sharp[:, ::-1])
    return degraded(sharp, config.scale, random), sharp


def _write(data: bytes, file: BinaryIO) -> None:
    file.write(data)


def _to_float(pictures: Pictures) -> Tensor:
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255


def _pictures(config: DataConfig, split: Any, work: Path) -> Pictures:
    """The first pictures of a split, rendered where they are missing, uint8 ``(n, 3, side, side)``."""
    folder = work / "data" / split
    render_split(config, split, folder)
    count = config.pictures if split == "train" else config.held_out_pictures
    return load_split(folder, at_most=count).pictures[:count]
