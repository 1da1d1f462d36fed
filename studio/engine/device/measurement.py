"""Times a small mix of the model's own blocks in each number format and memory layout."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, Final, TypeAlias

import torch

from studio.engine.device.branches import reduce_branches
from studio.engine.device.devices import Device, Precision, torch_dtype
from studio.system.parts import engine_part

_BUDGET: Final = 1.2
"""Seconds of timing for one network, after which no round more than needed is begun."""
_FEWEST_ROUNDS: Final = 3
_MOST_ROUNDS: Final = 15
_PREPARED: Final = 0.3
"""Share of the work that is done when the timing begins."""
_HOPELESS: Final = 2.0
"""A candidate that took so many times as long as the best is not timed again."""
_UNET_SIDE: Final = 16
_VAE_SIDE: Final = 8
"""Cells along one side of what is run through a probe."""
_UNET_TOLERANCE: Final = 0.05
_VAE_TOLERANCE: Final = 0.03
"""Largest mean error against float32, relative to the result's deviation: what computes as it should is well below.
Branches of random weights say nothing about colours, which `reduce_branches` keeps by what it leaves in float32."""
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


Reduce: TypeAlias = Callable[[Probe, torch.dtype], Probe]
"""Brings a float32 probe into a number format."""
Heard: TypeAlias = Callable[[float], object]
"""Told before each run which share, 0 to 1, of the timing is done; may raise to end it."""


def unheard(_share: float) -> None:
    """Nobody is told."""


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


def fastest_precision(device: Device, config: dict[str, Any], heard: Heard = unheard) -> Precision:
    """The precision for a network that draws, of this config: the fastest for a UNet. Transformers are not timed: they
    were taught in bfloat16, and in float32 few computers hold them."""
    is_unet = "block_out_channels" in config
    return fastest_unet_precision(device, config, heard) if is_unet else Precision(dtype="bfloat16")


def fastest_unet_precision(device: Device, config: dict[str, Any], heard: Heard = unheard) -> Precision:
    """The fastest sound precision for a UNet of this config."""
    return _fastest(
        device,
        unet_probe(config),
        candidates(device),
        reduce=_reduced,
        shape=(2, _UNET_SIDE),
        tolerance=_UNET_TOLERANCE,
        heard=heard,
    )


def fastest_vae_precision(device: Device, config: dict[str, Any], heard: Heard = unheard) -> Precision:
    """The fastest sound precision for the branches of a VAE of this config, see `reduce_branches`.

    On MPS, and for VAEs whose config says ``force_upcast``, float16 overflows to black pictures and is left out.
    """
    choices = candidates(device)
    if device.kind == "mps" or config.get("force_upcast"):
        choices = tuple(choice for choice in choices if choice.dtype != "float16")
    return _fastest(
        device,
        vae_probe(config),
        choices,
        reduce=_with_reduced_branches,
        shape=(1, _VAE_SIDE),
        tolerance=_VAE_TOLERANCE,
        heard=heard,
    )


def _reduced(probe: Probe, dtype: torch.dtype) -> Probe:
    return probe.to(dtype)


def _with_reduced_branches(probe: Probe, dtype: torch.dtype) -> Probe:
    reduce_branches(probe, dtype)
    return probe


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
    """Residual blocks of the decoder with what enlarges between them, from the latent's resolution upwards."""
    blocks = engine_part("diffusers.models.resnet")
    widths = [int(width) for width in reversed(config["block_out_channels"])]
    groups = int(config.get("norm_num_groups") or 32)
    stages = []
    for level, width in enumerate(widths):
        previous = widths[max(0, level - 1)]
        enter = blocks.Upsample2D(previous, use_conv=True) if level else _entry(width, width)
        resnet = blocks.ResnetBlock2D(in_channels=previous, out_channels=width, temb_channels=None, groups=groups)
        stages.append(torch.nn.ModuleDict({"enter": enter, "resnet": resnet}))
    return Probe(stages, {})


def _entry(previous: int, width: int, *, halve: bool = False) -> torch.nn.Module:
    return torch.nn.Conv2d(previous, width, 3, stride=2 if halve else 1, padding=1)


def _per_block(value: int | list[int], count: int) -> list[int]:
    return [int(item) for item in value] if isinstance(value, list | tuple) else [int(value)] * count


@torch.no_grad()
def _fastest(
    device: Device,
    probe: Probe,
    choices: tuple[Precision, ...],
    *,
    reduce: Reduce,
    shape: tuple[int, int],
    tolerance: float,
    heard: Heard,
) -> Precision:
    """By medians of runs that take turns. Where nothing is clearly faster, what stands first."""
    heard(0.0)
    runs = dict(_sound_runs(device, probe, choices, reduce=reduce, shape=shape, tolerance=tolerance, heard=heard))
    taken: dict[Precision, list[float]] = {choice: [] for choice in runs}
    started = time.perf_counter()
    for done in range(_MOST_ROUNDS):
        spent = (time.perf_counter() - started) / _BUDGET
        if done >= _FEWEST_ROUNDS and spent > 1.0:
            break
        for choice in _hopeful(taken):
            heard(_PREPARED + (1.0 - _PREPARED) * min(1.0, max(done / _MOST_ROUNDS, spent)))
            taken[choice].append(_seconds(device, runs[choice]))
    winner = choices[0]
    for choice in choices[1:]:
        if choice in taken and median(taken[choice]) < median(taken[winner]) * _CLEARLY_FASTER:
            winner = choice
    return winner


def _hopeful(taken: dict[Precision, list[float]]) -> tuple[Precision, ...]:
    """The candidates that may yet be the fastest; all before the first round."""
    medians = {choice: median(times) for choice, times in taken.items() if times}
    best = min(medians.values(), default=0.0)
    return tuple(choice for choice in taken if medians.get(choice, best) <= best * _HOPELESS)


def _sound_runs(
    device: Device,
    probe: Probe,
    choices: tuple[Precision, ...],
    *,
    reduce: Reduce,
    shape: tuple[int, int],
    tolerance: float,
    heard: Heard,
) -> Iterator[tuple[Precision, Callable[[], torch.Tensor]]]:
    """Warmed-up runs of the candidates that work on this device and agree with float32; ``shape`` is the number of
    samples and of cells along one side."""
    generator = torch.Generator().manual_seed(0)
    first = next(module for module in probe.modules() if isinstance(module, torch.nn.Conv2d))
    rows, side = shape
    sample = torch.randn(rows, first.in_channels, side, side, generator=generator)
    reference: torch.Tensor | None = None
    for number, choice in enumerate(choices):
        heard(_PREPARED * number / len(choices))
        run = _prepared(device, probe, sample, choice, reduce)
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


def _prepared(
    device: Device, probe: Probe, sample: torch.Tensor, choice: Precision, reduce: Reduce
) -> Callable[[], torch.Tensor]:
    memory_format = torch.channels_last if choice.channels_last else torch.contiguous_format
    network = reduce(copy.deepcopy(probe).to(device.torch_name), torch_dtype(choice.dtype))
    network = network.to(memory_format=memory_format)
    given = sample.to(device.torch_name, next(network.parameters()).dtype).to(memory_format=memory_format)
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
