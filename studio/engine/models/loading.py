"""Models from disk to the device: offline, without pickles and without code from the model's folder."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from studio.engine.device.devices import Device, torch_dtype
from studio.engine.device.memory import is_out_of_memory
from studio.engine.models.few_steps import merge
from studio.engine.models.library import ModelInfo
from studio.engine.models.repository_files import weights_variant
from studio.engine.models.settings_files import read_json
from studio.engine.models.single_file import load_single_file
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken
from studio.system.parts import engine_part

PARTS: Final = ("text encoder", "UNet", "VAE", "preview")
"""What loading counts, in this order."""

_TOKENIZERS: Final = frozenset({"CLIPTokenizer", "CLIPTokenizerFast", "PreTrainedTokenizerFast", "TokenizersBackend"})
_TEXT_ENCODERS: Final = frozenset({"CLIPTextModel", "CLIPTextModelWithProjection"})


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


def load_components(
    info: ModelInfo, configs: Path, device: Device, report: Callable[[int], None], cancel: CancelToken
) -> Components:
    """Load a checked model. ``configs`` is the bundled configs' folder for the family of a one-file checkpoint.

    ``report(n)`` is called as the first *n* of `PARTS` are there. ``cancel`` ends a download of what is missing.
    Raises `ModelError`; `Cancelled` and memory errors pass through.
    """
    quiet_libraries()
    try:
        if info.format == "single_file":
            return _from_single_file(info, configs, device, report, cancel)
        return _from_folder(info, device, report)
    except (Cancelled, ModelError):
        raise
    except Exception as error:
        if is_out_of_memory(error):
            raise
        raise ModelError(
            f"The model {info.name} ({info.path}) cannot be loaded: {_first_line(error)}",
            "Download or copy it again, or choose another model.",
        ) from error


def quiet_libraries() -> None:
    """Keep progress bars and notices of the model libraries out of the terminal."""
    for name in ("diffusers.utils.logging", "transformers.utils.logging"):
        logging = importlib.import_module(name)
        logging.set_verbosity_error()
        logging.disable_progress_bar()


def _from_folder(info: ModelInfo, device: Device, report: Callable[[int], None]) -> Components:
    index = read_json(info.path / "model_index.json")
    encoders = tuple(
        (
            _tokenizer(info.path / f"tokenizer{suffix}", index),
            _text_encoder(info.path / f"text_encoder{suffix}", index, device),
        )
        for suffix in ("", "_2")
        if (info.path / f"text_encoder{suffix}").is_dir()
    )
    report(1)
    diffusers = engine_part("diffusers")
    # Few-step weights are added in full precision: their steps are small.
    dtype = "float32" if _added(info) else device.dtype
    unet = diffusers.UNet2DConditionModel.from_pretrained(info.path / "unet", **_offline(info.path / "unet", dtype))
    if (added := _added(info)) is not None:
        merge(unet, added)
        unet = unet.to(torch_dtype(device.dtype))
    unet = to_device(unet, device, channels_last=device.channels_last)
    report(2)
    vae = diffusers.AutoencoderKL.from_pretrained(info.path / "vae", **_offline(info.path / "vae", device.vae_dtype))
    vae = to_device(vae, device, channels_last=device.vae_channels_last)
    report(3)
    scheduler = read_json(info.path / "scheduler" / "scheduler_config.json")
    empty_is_zero = bool(index.get("force_zeros_for_empty_prompt", info.family == "sdxl"))
    return Components(encoders, unet, vae, repaired_scheduler_config(scheduler), empty_is_zero)


def _from_single_file(
    info: ModelInfo, configs: Path, device: Device, report: Callable[[int], None], cancel: CancelToken
) -> Components:
    found = load_single_file(info, configs, torch_dtype(device.dtype), cancel)
    text_dtype = text_encoder_dtype(device)
    encoders = tuple(
        (tokenizer, encoder.to(device.torch_name, text_dtype).eval()) for tokenizer, encoder in found.encoders
    )
    report(1)
    unet = to_device(found.unet, device, channels_last=device.channels_last)
    report(2)
    vae = to_device(found.vae.to(torch_dtype(device.vae_dtype)), device, channels_last=device.vae_channels_last)
    report(3)
    config = repaired_scheduler_config(found.scheduler_config)
    return Components(encoders, unet, vae, config, empty_is_zero=info.family == "sdxl")


def _added(info: ModelInfo) -> Path | None:
    """Few-step weights that are to be added to the UNet's own."""
    return info.few_steps.weights if info.few_steps is not None else None


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


def _tokenizer(folder: Path, index: Mapping[str, Any]) -> Any:
    transformers = engine_part("transformers")
    return getattr(transformers, _class_name(folder, index, _TOKENIZERS)).from_pretrained(
        folder, local_files_only=True, trust_remote_code=False
    )


def _text_encoder(folder: Path, index: Mapping[str, Any], device: Device) -> Any:
    transformers = engine_part("transformers")
    network = getattr(transformers, _class_name(folder, index, _TEXT_ENCODERS)).from_pretrained(
        folder,
        local_files_only=True,
        use_safetensors=True,
        trust_remote_code=False,
        dtype=text_encoder_dtype(device),
        variant=_variant(folder),
    )
    return network.to(device.torch_name).eval().requires_grad_(False)


def _class_name(folder: Path, index: Mapping[str, Any], allowed: frozenset[str]) -> str:
    named = index.get(folder.name)
    name = str(named[1]) if isinstance(named, list) and len(named) == 2 else ""
    if name not in allowed:
        raise ModelError(
            f"{folder} is of the kind {name!r}, which is not supported.", f"Supported are {', '.join(sorted(allowed))}."
        )
    return name


def _variant(folder: Path) -> str | None:
    return weights_variant([path.name for path in folder.iterdir()])


def _offline(folder: Path, dtype: str) -> dict[str, Any]:
    return {
        "variant": _variant(folder),
        "local_files_only": True,
        "use_safetensors": True,
        "dtype": torch_dtype(dtype),
        "low_cpu_mem_usage": True,
    }


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
