"""Models from disk to the device: without a network, without pickles and without code from the model's folder."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from studio.engine.device.devices import Device, torch_dtype
from studio.engine.device.memory import is_out_of_memory, release_unused
from studio.engine.models.few_steps import merge
from studio.engine.models.folder_models import has_tokenizer
from studio.engine.models.identity.checkpoints import NAMES, UNET, VAE
from studio.engine.models.identity.sampling import wants_trailing_steps
from studio.engine.models.library import ModelInfo
from studio.engine.models.networks import NetworkSource, load_network, source_in_file, source_in_folder
from studio.engine.models.settings_files import read_json
from studio.engine.models.tokenizers import clip_tokenizer, folder_tokenizer, named_class, paddings
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken

_TEXT_ENCODERS: Final = frozenset({"CLIPTextModel", "CLIPTextModelWithProjection"})
_ENCODERS: Final = ("text_encoder", "text_encoder_2")

Report = Callable[[float], None]
"""Told which share of the bytes, 0 to 1, was read."""


@dataclass(frozen=True, eq=False)
class Components:
    """The networks of a model on their device.

    ``encoders`` are (tokenizer, text encoder) pairs; ``scheduler_config`` is the model's own, for scheduler
    factories; ``empty_is_zero`` says that an empty negative prompt is embedded as zeros.
    """

    encoders: tuple[tuple[Any, Any], ...]
    unet: Any
    vae: Any
    scheduler_config: Mapping[str, Any]
    empty_is_zero: bool = False


def load_components(info: ModelInfo, configs: Path, device: Device, report: Report, cancel: CancelToken) -> Components:
    """Load a checked model. ``configs`` are the bundled configs, a folder for each family.

    ``report(share)`` is called after each tensor, and ``cancel`` obeyed then. Raises `ModelError`; `Cancelled` and
    memory errors pass through. After a failure nothing of the model is held, by the error neither.
    """
    quiet_libraries()
    try:
        return _load(info, configs, device, _Meter(report, cancel))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised below
        failure = _readable(info, error)
        _let_go(error)
    release_unused()
    raise failure


def _readable(info: ModelInfo, error: Exception) -> Exception:
    if isinstance(error, Cancelled | ModelError) or is_out_of_memory(error):
        return error
    failure = ModelError(
        f"The model {info.name} ({info.path}) cannot be loaded: {_first_line(error)}",
        "Download or copy it again, or choose another model.",
    )
    failure.__cause__ = error
    return failure


def _let_go(error: BaseException | None) -> None:
    """Empty the frames that an error came through: they hold what was loaded so far."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def quiet_libraries() -> None:
    """Keep progress bars and notices of the model libraries out of the terminal."""
    for name in ("diffusers.utils.logging", "transformers.utils.logging"):
        logging = importlib.import_module(name)
        logging.set_verbosity_error()
        logging.disable_progress_bar()


class _Meter:
    """Counts the bytes that were read, and obeys a cancel."""

    def __init__(self, report: Report, cancel: CancelToken) -> None:
        self._report = report
        self._cancel = cancel
        self._done = 0
        self.total = 1

    def taken(self, count: int) -> None:
        self._cancel.raise_if_cancelled()
        self._done += count
        self._report(min(1.0, self._done / self.total))


def _load(info: ModelInfo, configs: Path, device: Device, meter: _Meter) -> Components:
    index = read_json(info.path / "model_index.json") if info.format == "folder" else {}
    sources = _sources(info, index, configs)
    meter.total = max(1, sum(source.size for source in sources.values()))
    encoders = tuple(
        (
            _tokenizer(info, part, number, index, configs),
            load_network(sources[part], device.torch_name, text_encoder_dtype(device), meter.taken),
        )
        for number, part in enumerate(_ENCODERS)
        if part in sources
    )
    unet = _unet(info, sources[UNET], device, meter)
    vae = load_network(sources[VAE], device.torch_name, torch_dtype(device.vae_dtype), meter.taken)
    vae = to_device(vae, device, channels_last=device.vae_channels_last)
    empty_is_zero = bool(index.get("force_zeros_for_empty_prompt", info.family == "sdxl"))
    return Components(encoders, unet, vae, _scheduler_config(info, configs), empty_is_zero)


def _unet(info: ModelInfo, source: NetworkSource, device: Device, meter: _Meter) -> Any:
    weights = info.few_steps.weights if info.few_steps is not None else None
    # Few-step weights are added in full precision: their steps are small.
    dtype = torch_dtype(device.dtype) if weights is None else torch.float32
    unet = load_network(source, device.torch_name, dtype, meter.taken)
    if weights is not None:
        merge(unet, weights)
        unet = unet.to(torch_dtype(device.dtype))
    return to_device(unet, device, channels_last=device.channels_last)


def _sources(info: ModelInfo, index: Mapping[str, Any], configs: Path) -> dict[str, NetworkSource]:
    """Where the networks of a model are, in its own files or in those of others, by name."""
    borrowed = dict(info.borrowed)
    if info.format == "folder":
        found = {part: info.path for part in NAMES if (info.path / part).is_dir()} | borrowed
    else:
        found = dict.fromkeys(info.parts, info.path) | borrowed
    return {part: _source(info, path, part, index, configs) for part, path in found.items()}


def _source(info: ModelInfo, path: Path, part: str, index: Mapping[str, Any], configs: Path) -> NetworkSource:
    if path.is_file():
        return source_in_file(path, info.family, part, configs)
    folder = path / part
    if part in (UNET, VAE):
        return source_in_folder(folder, "UNet2DConditionModel" if part == UNET else "AutoencoderKL")
    named = index if path == info.path else read_json(path / "model_index.json")
    return source_in_folder(folder, named_class(folder, named, _TEXT_ENCODERS))


def _tokenizer(info: ModelInfo, part: str, number: int, index: Mapping[str, Any], configs: Path) -> Any:
    """The model's own tokenizer beside its own text encoder, CLIP's beside any other."""
    own = info.path / part.replace("text_encoder", "tokenizer")
    if info.format == "folder" and part not in dict(info.borrowed) and has_tokenizer(own):
        return folder_tokenizer(own, index)
    return clip_tokenizer(configs, paddings(info.family)[number])


def _scheduler_config(info: ModelInfo, configs: Path) -> dict[str, Any]:
    folder = info.path if info.format == "folder" else configs / info.family
    config = repaired_scheduler_config(read_json(folder / "scheduler" / "scheduler_config.json"))
    if info.taught is not None:
        config["prediction_type"] = info.taught.prediction or config.get("prediction_type", "epsilon")
        if info.taught.zero_snr:
            config |= {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}
        if wants_trailing_steps(info.few_steps):
            config["timestep_spacing"] = "trailing"
    return config


def to_device(network: Any, device: Device, *, channels_last: bool) -> Any:
    """The network on its device, in its memory layout, without gradients."""
    memory_format = torch.channels_last if channels_last else torch.contiguous_format
    return network.to(device.torch_name).to(memory_format=memory_format).eval().requires_grad_(False)


def text_encoder_dtype(device: Device) -> torch.dtype:
    """Prompts are encoded rarely, so the CPU does it in full precision; a GPU saves the memory."""
    return torch.float32 if device.kind == "cpu" else torch_dtype(device.dtype)


def repaired_scheduler_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Old configs lack two values that the Stable Diffusion pipelines rely on."""
    return {**config, "steps_offset": 1, "clip_sample": False}


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
