"""Few-step weights that a model folder brings along: a LoRA that makes the same model draw in a handful of steps.

They lie in the folder ``few_steps``: ``pytorch_lora_weights.safetensors`` and ``sampling.json`` with the ``scheduler``,
``steps`` and ``guidance_scale`` that they were taught for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.engine.models.headers import read_header
from studio.engine.models.settings_files import unusable_value

FOLDER: Final = "few_steps"
_WEIGHTS: Final = "pytorch_lora_weights.safetensors"
_SAMPLING: Final = "sampling.json"
_MOST_STEPS: Final = 50
_MOST_GUIDANCE: Final = 50.0


@dataclass(frozen=True, kw_only=True)
class FewSteps:
    """Where the weights are, ``None`` for those that the model itself consists of, and how to draw with them."""

    weights: Path | None
    scheduler: str
    steps: int
    guidance_scale: float


def has_few_steps(model: Path) -> bool:
    """Whether a model folder brings few-step weights, sound or not."""
    try:
        return (model / FOLDER / _WEIGHTS).is_file()
    except OSError:
        return False


def read_few_steps(model: Path, sampling: dict[str, Any]) -> FewSteps:
    """The few-step weights of a model folder; ``sampling`` is what its ``sampling.json`` says.

    Raises `ModelError` when the weights are damaged or a value cannot be used.
    """
    weights = model / FOLDER / _WEIGHTS
    read_header(weights)
    return few_steps_of_values(sampling_file(model), sampling, weights)


def few_steps_of_values(file: Path, values: dict[str, Any], weights: Path | None) -> FewSteps:
    """How to draw, by the values of a settings file. Raises `ModelError` naming one that cannot be used."""
    scheduler, steps, guidance = (values.get(key) for key in ("scheduler", "steps", "guidance_scale"))
    if not isinstance(scheduler, str) or not scheduler:
        raise unusable_value(file, "scheduler")
    if isinstance(steps, bool) or not isinstance(steps, int) or not 1 <= steps <= _MOST_STEPS:
        raise unusable_value(file, "steps")
    if isinstance(guidance, bool) or not isinstance(guidance, int | float) or not 0 <= guidance <= _MOST_GUIDANCE:
        raise unusable_value(file, "guidance_scale")
    return FewSteps(weights=weights, scheduler=scheduler, steps=steps, guidance_scale=float(guidance))


def sampling_file(model: Path) -> Path:
    """Where a model folder says how its few-step weights are drawn with."""
    return model / FOLDER / _SAMPLING


def merge(unet: Any, weights: Path) -> None:
    """Add the weights to a UNet's own, in place; nothing slows its steps afterwards."""
    unet.load_lora_adapter(weights.parent, weight_name=weights.name, prefix="unet", local_files_only=True)
    unet.fuse_lora()
    unet.unload_lora()
