"""Tiny random IP-Adapters and image encoders, under the names of published files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

SPOT, WHOLE = 32, 16
"""What the tiny encoder says of each spot of a picture, and of all of it."""


def write_image_encoder(folder: Path, seed: int = 0) -> Any:
    """A CLIP image encoder as transformers keeps it."""
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    torch.manual_seed(seed)
    config = CLIPVisionConfig(
        hidden_size=SPOT,
        intermediate_size=48,
        projection_dim=WHOLE,
        num_hidden_layers=3,
        num_attention_heads=2,
        image_size=32,
        patch_size=8,
        hidden_act="gelu",
    )
    encoder = CLIPVisionModelWithProjection(config).eval()
    encoder.save_pretrained(folder)
    return encoder


def write_as_open_clip(transformers: Path, path: Path) -> None:
    """The same weights under OpenCLIP's names."""
    tensors = load_file(transformers)
    made = {
        "visual.class_embedding": tensors["vision_model.embeddings.class_embedding"],
        "visual.conv1.weight": tensors["vision_model.embeddings.patch_embedding.weight"],
        "visual.positional_embedding": tensors["vision_model.embeddings.position_embedding.weight"],
        "visual.proj": tensors["visual_projection.weight"].t().contiguous(),
    }
    for own, name in (("ln_pre", "pre_layrnorm"), ("ln_post", "post_layernorm")):
        made |= {f"visual.{own}.{end}": tensors[f"vision_model.{name}.{end}"] for end in ("weight", "bias")}
    renamed = {
        "ln_1": "layer_norm1",
        "ln_2": "layer_norm2",
        "mlp.c_fc": "mlp.fc1",
        "mlp.c_proj": "mlp.fc2",
        "attn.out_proj": "self_attn.out_proj",
    }
    for number in range(3):
        layer, own = f"vision_model.encoder.layers.{number}", f"visual.transformer.resblocks.{number}"
        for end in ("weight", "bias"):
            made |= {f"{own}.{ours}.{end}": tensors[f"{layer}.{name}.{end}"] for ours, name in renamed.items()}
            parts = [tensors[f"{layer}.self_attn.{part}_proj.{end}"] for part in "qkv"]
            made[f"{own}.attn.in_proj_{end}"] = torch.cat(parts)
    save_file(made, path)


def write_reference_adapter(path: Path, unet: Any, form: str = "plain", seed: int = 0) -> None:
    """An IP-Adapter for a UNet, in the form "plain", "plus" or "full"."""
    generator = torch.Generator().manual_seed(seed)
    shapes = {f"image_proj.{name}": shape for name, shape in _projection(form, unet.config.cross_attention_dim).items()}
    crossing = [name for name in unet.attn_processors if "attn2" in name]
    for number, name in enumerate(crossing):
        keys = unet.get_submodule(name.removesuffix(".processor")).to_k.weight
        shapes |= {f"ip_adapter.{2 * number + 1}.{part}.weight": tuple(keys.shape) for part in ("to_k_ip", "to_v_ip")}
    save_file({name: torch.randn(shape, generator=generator) * 0.3 for name, shape in shapes.items()}, path)


def _projection(form: str, context: int) -> dict[str, tuple[int, ...]]:
    if form == "plain":
        return {"proj.weight": (4 * context, WHOLE), "proj.bias": (4 * context,), **_norm("norm", context)}
    if form == "full":
        return {
            "proj.0.weight": (SPOT, SPOT),
            "proj.0.bias": (SPOT,),
            "proj.2.weight": (context, SPOT),
            "proj.2.bias": (context,),
            **_norm("proj.3", context),
        }
    hidden, inner = 24, 128
    shapes: dict[str, tuple[int, ...]] = {
        "latents": (1, 5, hidden),
        "proj_in.weight": (hidden, SPOT),
        "proj_in.bias": (hidden,),
        "proj_out.weight": (context, hidden),
        "proj_out.bias": (context,),
        **_norm("norm_out", context),
    }
    for number in range(4):
        layer = f"layers.{number}"
        shapes |= {
            **_norm(f"{layer}.0.norm1", hidden),
            **_norm(f"{layer}.0.norm2", hidden),
            f"{layer}.0.to_q.weight": (inner, hidden),
            f"{layer}.0.to_kv.weight": (2 * inner, hidden),
            f"{layer}.0.to_out.weight": (hidden, inner),
            **_norm(f"{layer}.1.0", hidden),
            f"{layer}.1.1.weight": (4 * hidden, hidden),
            f"{layer}.1.3.weight": (hidden, 4 * hidden),
        }
    return shapes


def _norm(name: str, width: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}
