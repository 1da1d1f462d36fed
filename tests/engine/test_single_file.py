"""One-file checkpoints in the original key layout, written here from the tiny model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engine.engine import DiffusionEngine
from studio.engine.models import loading
from studio.engine.models.library import ModelLibrary
from studio.paths import default_paths
from tests.engine.tiny_model import generate, make_job, tiny_tokenizer

RESNET = {
    "norm1": "in_layers.0",
    "conv1": "in_layers.2",
    "time_emb_proj": "emb_layers.1",
    "norm2": "out_layers.0",
    "conv2": "out_layers.3",
    "conv_shortcut": "skip_connection",
}
UNET_ENDS = {
    "conv_in": "input_blocks.0.0",
    "time_embedding.linear_1": "time_embed.0",
    "time_embedding.linear_2": "time_embed.2",
    "conv_norm_out": "out.0",
    "conv_out": "out.2",
    "mid_block.resnets.0": "middle_block.0",
    "mid_block.attentions.0": "middle_block.1",
    "mid_block.resnets.1": "middle_block.2",
}
VAE_PARTS = {
    "mid_block.resnets.0": "mid.block_1",
    "mid_block.resnets.1": "mid.block_2",
    "mid_block.attentions.0.group_norm": "mid.attn_1.norm",
    "mid_block.attentions.0.to_q": "mid.attn_1.q",
    "mid_block.attentions.0.to_k": "mid.attn_1.k",
    "mid_block.attentions.0.to_v": "mid.attn_1.v",
    "mid_block.attentions.0.to_out.0": "mid.attn_1.proj_out",
    "conv_norm_out": "norm_out",
    "conv_shortcut": "nin_shortcut",
    "downsamplers.0": "downsample",
    "upsamplers.0": "upsample",
    "resnets": "block",
}


def unet_names(layers: int, blocks: int) -> dict[str, str]:
    """Diffusers' prefix to the original's: blocks are numbered through there."""
    names = dict(UNET_ENDS)
    for block in range(blocks):
        for layer in range(layers + 1):
            down, up = 1 + block * (layers + 1) + layer, block * (layers + 1) + layer
            if layer < layers:
                names[f"down_blocks.{block}.resnets.{layer}"] = f"input_blocks.{down}.0"
                names[f"down_blocks.{block}.attentions.{layer}"] = f"input_blocks.{down}.1"
            names[f"up_blocks.{block}.resnets.{layer}"] = f"output_blocks.{up}.0"
            names[f"up_blocks.{block}.attentions.{layer}"] = f"output_blocks.{up}.1"
        last = 1 + block * (layers + 1) + layers
        names[f"down_blocks.{block}.downsamplers.0.conv"] = f"input_blocks.{last}.0.op"
    names["up_blocks.0.upsamplers.0"] = f"output_blocks.{layers}.2"
    return names


def original_unet_key(key: str, names: dict[str, str]) -> str:
    for ours, theirs in names.items():
        if key.startswith(ours + "."):
            rest = key[len(ours) + 1 :]
            part = rest.split(".")[0]
            return f"model.diffusion_model.{theirs}.{rest.replace(part, RESNET[part], 1) if part in RESNET else rest}"
    raise AssertionError(key)


def original_vae_key(key: str) -> str:
    for ours, theirs in VAE_PARTS.items():
        key = key.replace(ours, theirs)
    for level in range(4):
        key = key.replace(f"down_blocks.{level}.", f"down.{level}.").replace(f"up_blocks.{level}.", f"up.{3 - level}.")
    return f"first_stage_model.{key}"


def write_checkpoint(folder: Path, target: Path) -> None:
    from safetensors.torch import load_file, save_file

    unet = load_file(folder / "unet" / "diffusion_pytorch_model.safetensors")
    vae = load_file(folder / "vae" / "diffusion_pytorch_model.safetensors")
    text = load_file(folder / "text_encoder" / "model.safetensors")
    names = unet_names(layers=1, blocks=2)
    state = {original_unet_key(key, names): value for key, value in unet.items()}
    for key, value in vae.items():
        attention = "attentions" in key and key.endswith("weight") and value.dim() == 2
        state[original_vae_key(key)] = value[:, :, None, None].contiguous() if attention else value
    for key, value in text.items():
        state["cond_stage_model.transformer.text_model." + key.removeprefix("text_model.")] = value
    save_file(state, target)


@pytest.fixture
def engine(models_folder: Path, tmp_path: Path, schedulers: Any) -> DiffusionEngine:
    """A library with the tiny model as a folder and as one file, and its configs as those of the family."""
    tiny = models_folder / "tiny"
    shutil.copytree(tiny, tmp_path / "configs" / "sd1", ignore=shutil.ignore_patterns("*.safetensors"))
    (tmp_path / "models").mkdir()
    write_checkpoint(tiny, tmp_path / "models" / "one.safetensors")
    library = ModelLibrary([tmp_path / "models", tiny], configs=tmp_path / "configs")
    return DiffusionEngine(library, "cpu", None, schedulers, precision="float32", torch_threads=1)


def test_a_checkpoint_file_draws_what_its_folder_draws(
    engine: DiffusionEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenizer = tiny_tokenizer(tmp_path / "tokenizer")
    monkeypatch.setattr(loading, "BUNDLED", {"clip": lambda _configs, _padding: tokenizer})
    (from_file,), _ = generate(engine, make_job(model="one"))
    (from_folder,), _ = generate(engine, make_job(model="tiny"))
    assert np.abs(from_file.astype(int) - from_folder).max() <= 1


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_bundled_configs_make_the_networks_of_their_family(family: str) -> None:
    """On the meta device: shapes without memory."""
    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel

    folder = default_paths().resources / "models" / "configs" / family
    with torch.device("meta"):
        unet = UNet2DConditionModel.from_config(UNet2DConditionModel.load_config(folder / "unet"))
        vae = AutoencoderKL.from_config(AutoencoderKL.load_config(folder / "vae"))
    millions = {"sd1": 859.5, "sd2": 865.9, "sdxl": 2567.5}[family]
    assert sum(item.numel() for item in unet.parameters()) / 1e6 == pytest.approx(millions, abs=0.1)
    assert sum(item.numel() for item in vae.parameters()) / 1e6 == pytest.approx(83.65, abs=0.1)


@pytest.mark.parametrize(
    ("family", "part", "millions"),
    [("sd1", "text_encoder", 123.06), ("sd2", "text_encoder", 340.39), ("sdxl", "text_encoder", 123.06),
     ("sdxl", "text_encoder_2", 694.66)],
)  # fmt: skip
def test_bundled_configs_make_the_text_encoders(family: str, part: str, millions: float) -> None:
    import torch
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    path = default_paths().resources / "models" / "configs" / family / part / "config.json"
    config = CLIPTextConfig(**json.loads(path.read_text()))
    with torch.device("meta"):
        network = (CLIPTextModelWithProjection if part.endswith("2") else CLIPTextModel)(config)
    assert sum(item.numel() for item in network.parameters()) / 1e6 == pytest.approx(millions, abs=0.1)
