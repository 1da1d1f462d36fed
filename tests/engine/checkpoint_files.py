"""Files with the names, shapes and formats of published checkpoints: sparse, so that they take no space."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from math import prod
from pathlib import Path
from typing import Any, Final

import numpy as np

from studio.engine.models.identity.checkpoints import family_slots
from studio.engine.models.layouts.slots import Slot
from studio.paths import default_paths

Tensors = dict[str, tuple[int, ...]]
CONFIGS: Final = default_paths().resources / "models" / "configs"
BYTES: Final = {"F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "I64": 8, "U8": 1}
NUMPY: Final = {"F32": np.float32, "F16": np.float16}


def write_sparse(
    path: Path,
    tensors: Mapping[str, tuple[int, ...]],
    dtype: str | Callable[[str], str] = "F16",
    *,
    metadata: Mapping[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
    missing_bytes: int = 0,
) -> Path:
    """A file of zeros with these tensors, but for those in ``values``; ``missing_bytes`` are cut off its end."""
    header: dict[str, Any] = {"__metadata__": dict(metadata)} if metadata else {}
    places, end = {}, 0
    for name, shape in tensors.items():
        kind = dtype if isinstance(dtype, str) else dtype(name)
        size = prod(shape) * BYTES[kind]
        header[name] = {"dtype": kind, "shape": list(shape), "data_offsets": [end, end + size]}
        places[name], end = (end, kind), end + size
    raw = json.dumps(header).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(len(raw).to_bytes(8, "little") + raw)
        file.truncate(8 + len(raw) + end - missing_bytes)
        for name, value in (values or {}).items():
            file.seek(8 + len(raw) + places[name][0])
            file.write(np.asarray(value, NUMPY[places[name][1]]).tobytes())
    return path


def checkpoint(family: str, *, channels: int = 4) -> Tensors:
    """All tensors of a checkpoint in the layout of the first releases."""
    return unet(family, channels=channels) | vae(family) | text_encoders(family)


def unet(family: str, *, channels: int = 4, prefix: str = "model.diffusion_model.") -> Tensors:
    slots = family_slots(CONFIGS, family, "unet", (("in_channels", channels),))
    return {prefix + slot.original: slot.shape for slot in slots}


def unet_of_diffusers(family: str) -> Tensors:
    return {slot.name: slot.shape for slot in family_slots(CONFIGS, family, "unet")}


def vae(family: str, prefix: str = "first_stage_model.") -> Tensors:
    return {
        prefix + slot.original: (*slot.shape, 1, 1) if slot.taken == "matrix" else slot.shape
        for slot in family_slots(CONFIGS, family, "vae")
    }


def text_encoders(family: str) -> Tensors:
    if family == "sd2":
        return open_clip("cond_stage_model.model.", family_slots(CONFIGS, family, "text_encoder"))
    prefix = {"sd1": "cond_stage_model.transformer.", "sdxl": "conditioner.embedders.0.transformer."}[family]
    clip = {prefix + slot.name: slot.shape for slot in family_slots(CONFIGS, family, "text_encoder")}
    if family == "sd1":
        return clip
    return clip | open_clip("conditioner.embedders.1.model.", family_slots(CONFIGS, family, "text_encoder_2"))


def open_clip(prefix: str, slots: tuple[Slot, ...]) -> Tensors:
    def stored(slot: Slot) -> tuple[int, ...]:
        if slot.taken == "transposed":
            return slot.shape[::-1]
        return (3 * slot.shape[0], *slot.shape[1:]) if slot.taken.endswith("third") else slot.shape

    return {prefix + slot.original: stored(slot) for slot in slots}
