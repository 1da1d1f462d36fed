"""Times a small mix of the model's own blocks in each number format and memory layout."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import torch

from studio.engine.device.devices import Device, Precision, torch_dtype
from studio.system.parts import engine_part

_BUDGET: Final = 1.2
"""Seconds of timing for one network; every candidate is timed at least once."""
_ROUNDS: Final = 5
_PROBE_SIDE: Final = 16
_UNET_TOLERANCE: Final = 0.05
_VAE_TOLERANCE: Final = 0.004
"""Largest mean error against float32, relative to the result's deviation. A VAE's errors are colours in the picture,
and add up when it is inpainted again and again: bfloat16 (0.009) is too coarse for that, float16 (0.001) is not."""
_CLEARLY_FASTER: Final = 0.92


class Probe(torch.nn.Module):
    """A chain of blocks at falling resolutions, with random weights."""

    def __init__(self, stages: list[torch.nn.ModuleDict], conditioning: dict[str, torch.Tensor]) -> None:
        super().__init__()
        self.stages = torch.nn.ModuleList(stages)
        self.conditioning = conditioning

    def forward(self, sample: torch.Tensor) -> torch.Tensor:
        given = {name: value.to(sample.device, sample.dtype) for name, value in self.conditioning.items()}
        for stage in self.stages:
            parts = dict(stage.items())  # type: ignore[operator]
            sample = parts["enter"](sample)
            sample = parts["resnet"](sample, given.get("temb"))
            if "attention" in parts:
                sample = parts["attention"](sample, encoder_hidden_states=given["text"], return_dict=False)[0]
        return sample


def candidates(device: Device) -> tuple[Precision, ...]:
    """What is worth timing on a kind of device; float32 contiguous, the reference, comes first."""
    reduced = ["float16", "bfloat16"]
    if device.kind == "cpu":
        # float16 has no kernels of its own on most CPUs and overflows where bfloat16 does not.
        reduced = ["bfloat16"]
    elif device.kind == "mps" or not torch.cuda.is_bf16_supported(including_emulation=False):
        reduced = ["float16"]
    return tuple(
        Precision(dtype=dtype, channels_last=last) for dtype in ("float32", *reduced) for last in (False, True)
    )


def fastest_precision(device: Device, config: dict[str, Any]) -> Precision:
    """The precision for a network that draws, of this config: the fastest for a UNet. Transformers are not timed: they
    were taught in bfloat16, and in float32 few computers hold them."""
    return fastest_unet_precision(device, config) if "block_out_channels" in config else Precision(dtype="bfloat16")


def fastest_unet_precision(device: Device, config: dict[str, Any]) -> Precision:
    """The fastest sound precision for a UNet of this config."""
    return _fastest(device, unet_probe(config), candidates(device), batch=2, tolerance=_UNET_TOLERANCE)


def fastest_vae_precision(device: Device, config: dict[str, Any]) -> Precision:
    """The fastest sound precision for a VAE decoder of this config.

    On MPS, and for VAEs whose config says ``force_upcast``, half precision overflows to black pictures: float32 there.
    """
    choices = candidates(device)
    if device.kind == "mps" or config.get("force_upcast"):
        choices = tuple(choice for choice in choices if choice.dtype == "float32")
    return _fastest(device, vae_probe(config), choices, batch=1, tolerance=_VAE_TOLERANCE)


def unet_probe(config: dict[str, Any]) -> Probe:
    """One residual and, where the UNet has it, one attention block for every width."""
    blocks = engine_part("diffusers.models.resnet")
    attention = engine_part("diffusers.models.transformers.transformer_2d")
    widths = [int(width) for width in config["block_out_channels"]]
    text_width = int(config["cross_attention_dim"])
    heads = _per_block(config.get("attention_head_dim", 8), len(widths))
    groups = int(config.get("norm_num_groups") or 32)
    stages = []
    for level, width in enumerate(widths):
        if width in widths[:level]:
            continue
        previous = widths[max(0, level - 1)]
        stage = torch.nn.ModuleDict({"enter": _entry(previous, width, halve=level > 0)})
        stage["resnet"] = blocks.ResnetBlock2D(
            in_channels=width, out_channels=width, temb_channels=widths[0] * 4, groups=groups
        )
        if "CrossAttn" in str(config["down_block_types"][level]):
            stage["attention"] = attention.Transformer2DModel(
                num_attention_heads=heads[level],
                attention_head_dim=width // heads[level],
                in_channels=width,
                cross_attention_dim=text_width,
                norm_num_groups=groups,
            )
        stages.append(stage)
    conditioning = {"temb": torch.randn(2, widths[0] * 4), "text": torch.randn(2, 77, text_width)}
    return Probe(stages, conditioning)


def vae_probe(config: dict[str, Any]) -> Probe:
    """Residual blocks of the decoder, from the latent's resolution upwards."""
    blocks = engine_part("diffusers.models.resnet")
    widths = [int(width) for width in reversed(config["block_out_channels"])]
    groups = int(config.get("norm_num_groups") or 32)
    stages = []
    for level, width in enumerate(widths):
        entry = _entry(widths[max(0, level - 1)], width, double=level > 0)
        resnet = blocks.ResnetBlock2D(in_channels=width, out_channels=width, temb_channels=None, groups=groups)
        stages.append(torch.nn.ModuleDict({"enter": entry, "resnet": resnet}))
    return Probe(stages, {})


def _entry(previous: int, width: int, halve: bool = False, double: bool = False) -> torch.nn.Module:
    convolution = torch.nn.Conv2d(previous, width, 3, stride=2 if halve else 1, padding=1)
    return torch.nn.Sequential(torch.nn.Upsample(scale_factor=2), convolution) if double else convolution


def _per_block(value: int | list[int], count: int) -> list[int]:
    return [int(item) for item in value] if isinstance(value, list | tuple) else [int(value)] * count


@torch.no_grad()
def _fastest(device: Device, probe: Probe, choices: tuple[Precision, ...], batch: int, tolerance: float) -> Precision:
    runs = dict(_sound_runs(device, probe, choices, batch, tolerance))
    best = dict.fromkeys(runs, float("inf"))
    started = time.perf_counter()
    for _ in range(_ROUNDS):
        for choice, run in runs.items():
            best[choice] = min(best[choice], _seconds(device, run))
        if time.perf_counter() - started > _BUDGET:
            break
    winner = choices[0]
    for choice in choices[1:]:
        if choice in best and best[choice] < best[winner] * _CLEARLY_FASTER:
            winner = choice
    return winner


def _sound_runs(
    device: Device, probe: Probe, choices: tuple[Precision, ...], batch: int, tolerance: float
) -> Iterator[tuple[Precision, Callable[[], torch.Tensor]]]:
    """Warmed-up runs of the candidates that work on this device and agree with float32."""
    generator = torch.Generator().manual_seed(0)
    first = next(module for module in probe.modules() if isinstance(module, torch.nn.Conv2d))
    sample = torch.randn(batch, first.in_channels, _PROBE_SIDE, _PROBE_SIDE, generator=generator)
    reference: torch.Tensor | None = None
    for choice in choices:
        run = _prepared(device, probe, sample, choice)
        try:
            result = run().float().cpu()
        except (RuntimeError, NotImplementedError):
            if reference is None:
                raise
            continue
        reference = result if reference is None else reference
        error = (result - reference).abs().mean() / reference.std()
        if bool(torch.isfinite(error)) and float(error) <= tolerance:
            yield choice, run


def _prepared(device: Device, probe: Probe, sample: torch.Tensor, choice: Precision) -> Callable[[], torch.Tensor]:
    memory_format = torch.channels_last if choice.channels_last else torch.contiguous_format
    dtype = torch_dtype(choice.dtype)
    network = copy.deepcopy(probe).to(device.torch_name, dtype).to(memory_format=memory_format)
    given = sample.to(device.torch_name, dtype).to(memory_format=memory_format)
    return lambda: network(given)


def _seconds(device: Device, run: Callable[[], torch.Tensor]) -> float:
    """On the CPU, seconds of processor time: other programs must not decide what is remembered."""
    clock = time.process_time if device.kind == "cpu" else time.perf_counter
    _synchronize(device)
    started = clock()
    run()
    _synchronize(device)
    return clock() - started


def _synchronize(device: Device) -> None:
    if device.kind == "cuda":
        torch.cuda.synchronize(device.index)
    elif device.kind == "mps":
        torch.mps.synchronize()
