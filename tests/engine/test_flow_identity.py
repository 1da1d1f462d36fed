"""What the files of Z-Image and Flux.2 are told to be, by published names and sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.checkpoints import part_config
from studio.engine.models.identity.identify import Identity, identify
from studio.engine.models.layouts.slots import Naming
from tests.engine.checkpoint_files import CONFIGS, write_sparse

LORAS: dict[str, tuple[dict[str, tuple[int, ...]], str]] = {
    "Klein of ComfyUI": (
        {"diffusion_model.single_blocks.0.linear1.lora_A.weight": (16, 3072),
         "diffusion_model.single_blocks.0.linear1.lora_B.weight": (27648, 16)}, "flux2"),
    "Flux.1 of ComfyUI": (
        {"diffusion_model.single_blocks.0.linear1.lora_A.weight": (16, 3072),
         "diffusion_model.single_blocks.0.linear1.lora_B.weight": (21504, 16)}, "flux1"),
    "Klein of kohya": (
        {"lora_unet_double_blocks_0_img_mlp_0.lora_down.weight": (16, 3072),
         "lora_unet_double_blocks_0_img_mlp_0.lora_up.weight": (18432, 16)}, "flux2"),
    "Klein of diffusers": (
        {"transformer.single_transformer_blocks.0.attn.to_qkv_mlp_proj.lora_A.weight": (16, 3072),
         "transformer.single_transformer_blocks.0.attn.to_qkv_mlp_proj.lora_B.weight": (27648, 16)}, "flux2"),
    "Z-Image of ComfyUI": (
        {"diffusion_model.layers.0.attention.qkv.lora_A.weight": (16, 3840),
         "diffusion_model.layers.0.attention.qkv.lora_B.weight": (11520, 16)}, "z-image"),
    "Z-Image of diffusers": (
        {"transformer.layers.0.attention.to_q.lora_A.weight": (16, 3840),
         "transformer.layers.0.attention.to_q.lora_B.weight": (3840, 16)}, "z-image"),
}  # fmt: skip


def told(folder: Path, family: str, part: str, *, naming: Naming = "original", prefix: str = "",
         dtype: str = "BF16", **changes: Any) -> Identity:  # fmt: skip
    slots = FAMILIES[family].part(part).slots(part_config(CONFIGS, family, part, changes))
    assert slots is not None
    stored = {
        prefix + slot.stored(naming): slot.shape if naming == "diffusers" else (slot.rows_stored, *slot.shape[1:])
        for slot in slots
    }
    return identify(write_sparse(folder / "published.safetensors", stored, dtype), CONFIGS)


@pytest.mark.parametrize(("family", "called"), [("z-image", "Z-Image"), ("flux2", "Flux.2")])
@pytest.mark.parametrize("naming", ["original", "diffusers"])
@pytest.mark.parametrize("dtype", ["BF16", "F8_E4M3"])
def test_a_transformer_alone_lacks_the_rest(
    tmp_path: Path, family: str, called: str, naming: Naming, dtype: str
) -> None:
    found = told(tmp_path, family, "transformer", naming=naming, dtype=dtype)
    assert (found.kind, found.family, found.problem) == ("part", family, None)
    assert found.what == f"{called} transformer alone" + (", fp8" if dtype == "F8_E4M3" else "")
    assert found.missing == ("text_encoder", "vae")


@pytest.mark.parametrize("prefix", ["model.", ""])
def test_a_qwen_reads_for_both(tmp_path: Path, prefix: str) -> None:
    found = told(tmp_path, "z-image", "text_encoder", naming="diffusers", prefix=prefix)
    assert (found.kind, found.parts, found.problem) == ("part", ("text_encoder",), None)


@pytest.mark.parametrize(
    ("family", "naming"), [("z-image", "original"), ("flux2", "original"), ("flux2", "nested"), ("flux2", "diffusers")]
)
def test_vaes_are_told(tmp_path: Path, family: str, naming: Naming) -> None:
    found = told(tmp_path, family, "vae", naming=naming)
    assert (found.kind, found.parts, found.problem) == ("vae", ("vae",), None)
    assert found.family == {"z-image": "flux1"}.get(family, family)


@pytest.mark.parametrize(("width", "heads", "reason"), [(12288, 32, "Klein 9B"), (15360, 48, "Flux.2 dev")])
def test_larger_ones_are_refused_by_name(tmp_path: Path, width: int, heads: int, reason: str) -> None:
    found = told(tmp_path, "flux2", "transformer", joint_attention_dim=width, num_attention_heads=heads)
    assert (found.kind, found.family) == ("part", "flux2")
    assert found.problem is not None
    assert reason in found.problem


def test_a_qwen_of_another_size_is_refused(tmp_path: Path) -> None:
    found = told(tmp_path, "flux2", "text_encoder", naming="diffusers", hidden_size=4096, intermediate_size=12288)
    assert found.problem is not None
    assert "another size than Qwen3-4B" in found.problem


@pytest.mark.parametrize("name", LORAS)
def test_loras_are_told_by_their_layers(tmp_path: Path, name: str) -> None:
    tensors, family = LORAS[name]
    found = identify(write_sparse(tmp_path / "lora.safetensors", tensors), CONFIGS)
    assert (found.kind, found.family) == ("lora", family)


def test_another_language_model_is_none_of_them(tmp_path: Path) -> None:
    slots = FAMILIES["z-image"].part("text_encoder").slots(part_config(CONFIGS, "z-image", "text_encoder")) or ()
    stored = {f"model.{slot.name}": slot.shape for slot in slots if "_norm.weight" not in slot.name}
    found = identify(write_sparse(tmp_path / "qwen2.5.safetensors", stored), CONFIGS)
    assert "it is another language model than Qwen3" in str(found.problem)
