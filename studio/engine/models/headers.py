"""Reading and judging ``.safetensors`` headers without loading a tensor.

Layout of the format: 8 bytes little-endian length *n*, *n* bytes of JSON that give every tensor's dtype, shape and
byte range, then the tensor bytes (https://github.com/huggingface/safetensors).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.errors import ModelError, UnsafeModelError
from studio.text.untrusted import parse_json

PICKLE_SUFFIXES: Final = frozenset({".ckpt", ".pt", ".pth", ".bin", ".pkl"})
_MAX_HEADER: Final = 100_000_000
"""The format's own limit, in bytes."""

_UNET_INPUT = "model.diffusion_model.input_blocks.0.0.weight"
_VAE_OUTPUT = "first_stage_model.decoder.conv_out.weight"
_TEXT_ENCODER_FAMILIES: Final = (
    ("conditioner.embedders.1.", "sdxl"),
    ("cond_stage_model.model.", "sd2"),
    ("cond_stage_model.transformer.", "sd1"),
)


@dataclass(frozen=True)
class TensorEntry:
    """One tensor of a header: dtype as written in the file (such as ``F16``) and shape."""

    dtype: str
    shape: tuple[int, ...]


def refuse_pickle(path: Path) -> None:
    """Raise `UnsafeModelError` for file types that hold pickles."""
    if path.suffix.lower() in PICKLE_SUFFIXES:
        raise UnsafeModelError(
            f"{path.name} is a pickle file, which can run code when it is opened, so it is not loaded.",
            "Get the model as .safetensors, or convert it with a tool that you trust.",
        )


def read_header(path: Path) -> dict[str, TensorEntry]:
    """Tensor entries by name. Raises `ModelError` when the file is missing, damaged or truncated."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if size < 8 or length > min(size - 8, _MAX_HEADER):
                raise _damaged(path, "it is not a safetensors file or its start is damaged")
            raw = file.read(length)
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read: {error.strerror or error}.", "Check that the file is there."
        ) from error
    entries, data_end = _parsed_entries(path, raw)
    if data_end > size - 8 - length:
        raise _damaged(path, f"{data_end - (size - 8 - length)} bytes are missing at its end")
    return entries


def _parsed_entries(path: Path, raw: bytes) -> tuple[dict[str, TensorEntry], int]:
    try:
        header: dict[str, Any] = parse_json(raw)
        header.pop("__metadata__", None)
        entries = {
            name: TensorEntry(str(item["dtype"]), tuple(int(n) for n in item["shape"])) for name, item in header.items()
        }
        data_end = max((int(item["data_offsets"][1]) for item in header.values()), default=0)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise _damaged(path, "its header cannot be read") from error
    return entries, data_end


def single_file_family(path: Path) -> str:
    """ "sd1", "sd2" or "sdxl" of a one-file checkpoint in the original key layout.

    Raises `ModelError` when the file is something else, such as a LoRA, a VAE or another architecture.
    """
    entries = read_header(path)
    if _UNET_INPUT in entries and _VAE_OUTPUT in entries:
        for prefix, family in _TEXT_ENCODER_FAMILIES:
            if any(name.startswith(prefix) for name in entries):
                return family
    raise ModelError(
        f"{path.name} is not a full Stable Diffusion 1, 2 or XL checkpoint{_guess(entries)}.",
        "Put checkpoints that hold the UNet, the VAE and the text encoder here.",
    )


def _guess(entries: dict[str, TensorEntry]) -> str:
    names = list(entries)
    if any("lora_" in name or ".lora" in name for name in names):
        return "; it looks like a LoRA"
    if any(
        name.startswith(("double_blocks.", "joint_blocks.", "model.diffusion_model.joint_blocks.")) for name in names
    ):
        return "; it looks like a transformer model (SD3 or FLUX), which is not supported"
    if any(name.startswith(("decoder.", "encoder.")) for name in names):
        return "; it looks like a VAE alone"
    return ""


def _damaged(path: Path, reason: str) -> ModelError:
    return ModelError(f"The model file {path} is damaged: {reason}.", "Download or copy it again.")
