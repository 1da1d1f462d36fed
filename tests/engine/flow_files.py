"""Tiny random models of the families that predict flows, in the files that people own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import save_file

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.layouts.slots import Naming, Slot
from tests.engine.checkpoint_files import CONFIGS

WIDTH: Final = 16
_QWEN3: Final = {
    "hidden_size": WIDTH,
    "intermediate_size": 24,
    "num_hidden_layers": 28,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "head_dim": 8,
}
_VAE: Final = {"block_out_channels": [8, 8, 8, 8], "layers_per_block": 1, "norm_num_groups": 4, "sample_size": 64}
TINY: Final[Mapping[str, Mapping[str, Mapping[str, Any]]]] = {
    "z-image": {
        "text_encoder": _QWEN3,
        "transformer": {"dim": 32, "n_layers": 1, "n_refiner_layers": 1, "n_heads": 2, "n_kv_heads": 2,
                        "cap_feat_dim": WIDTH, "axes_dims": [4, 6, 6], "axes_lens": [640, 64, 64]},
        "vae": _VAE,
    },
    "flux2": {
        "text_encoder": _QWEN3,
        "transformer": {"num_layers": 1, "num_single_layers": 1, "attention_head_dim": 16, "num_attention_heads": 2,
                        "joint_attention_dim": 3 * WIDTH, "axes_dims_rope": [4, 4, 4, 4]},
        "vae": _VAE,
    },
}  # fmt: skip
"""What of the published configs is smaller here."""


def write_configs(folder: Path) -> Path:
    """The bundled configs with these families tiny."""
    shutil.copytree(CONFIGS, folder)
    for family, parts in TINY.items():
        for part, changes in parts.items():
            path = folder / family / part / "config.json"
            path.write_text(json.dumps(json.loads(path.read_text()) | dict(changes)))
    return folder


def networks(configs: Path, family: str) -> dict[str, Any]:
    """The networks of a family with random weights."""
    torch.manual_seed(0)
    found = {}
    for part in FAMILIES[family].parts:
        config = json.loads((configs / family / part.name / "config.json").read_text())
        kind = getattr(__import__(part.library), part.classes[0])
        made = kind.from_config(config) if part.library == "diffusers" else kind(kind.config_class.from_dict(config))
        for name, weight in made.named_parameters():
            if name.endswith("_pad_token"):
                torch.nn.init.normal_(weight)
        for name, statistic in made.named_buffers():
            if name.startswith("bn.running"):
                statistic.uniform_(0.5, 1.5)
        found[part.name] = made.eval().requires_grad_(False)
    return found


def write_folder(folder: Path, configs: Path, family: str, parts: Mapping[str, Any]) -> Path:
    """A model in the layout of diffusers, which leaves its tokenizer to Shoreline."""
    for name, network in parts.items():
        network.save_pretrained(folder / name)
    (folder / "tokenizer").mkdir()
    shutil.copytree(configs / family / "scheduler", folder / "scheduler")
    shutil.copy(configs / family / "model_index.json", folder)
    return folder


def write_part(
    path: Path, configs: Path, family: str, part: str, network: Any,
    *, naming: Naming | None = None, prefix: str = "", dtype: torch.dtype = torch.float32,
) -> Path:  # fmt: skip
    """One network in a file of its own, under these names or those that people's files have."""
    naming = naming or ("diffusers" if part.startswith("text_encoder") else "original")
    config = json.loads((configs / family / part / "config.json").read_text())
    slots = FAMILIES[family].part(part).slots(config)
    assert slots is not None
    state = stored(network.state_dict(), slots, naming)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({prefix + name: tensor.to(dtype).contiguous() for name, tensor in state.items()}, path)
    return path


def stored(state: Mapping[str, torch.Tensor], slots: tuple[Slot, ...], naming: Naming) -> dict[str, torch.Tensor]:
    """Tensors as files with these names hold them."""
    if naming == "diffusers":
        return {slot.name: state[slot.name] for slot in slots}
    found: dict[str, list[torch.Tensor]] = {}
    for slot in slots:
        found.setdefault(slot.stored(naming), []).append(_as_stored(state[slot.name], slot))
    return {name: torch.cat(tensors) if len(tensors) > 1 else tensors[0] for name, tensors in found.items()}


def _as_stored(tensor: torch.Tensor, slot: Slot) -> torch.Tensor:
    if slot.taken == "swapped":
        return torch.cat(tensor.chunk(2)[::-1])
    return tensor[:, :, None, None] if slot.taken == "matrix" else tensor
