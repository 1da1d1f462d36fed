"""What is said of IP-Adapters and image encoders of published sizes, by headers alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.engine.models.identity.checkpoints import part_config
from studio.engine.models.identity.identify import Identity, identify
from studio.engine.models.layouts.image_encoder import image_encoder_slots
from studio.engine.models.layouts.reference import ReferenceForm, ReferenceShape, reference_slots
from studio.engine.models.layouts.unet import cross_attentions
from tests.engine.checkpoint_files import CONFIGS, Tensors, write_sparse

SPOTS, WHOLE = 1280, 1024
"""What the encoder ViT-H says of each spot of a picture, and of all of it."""


def published(family: str, form: ReferenceForm, seen: int) -> Tensors:
    """The tensors of a published adapter."""
    layers = cross_attentions(part_config(CONFIGS, family, "unet"))
    context = layers[0].context
    sizes = {"plus": (16, context, 4, context, 4 * context), "plain": (4, 0, 0, 0, 0), "full": (0, 0, 0, 0, 0)}[form]
    shape = ReferenceShape(form, seen, context, tuple(layer.width for layer in layers), *sizes)
    return {slot.original: (slot.rows_stored, *slot.shape[1:]) for slot in reference_slots(shape)}


def encoder(width: int, projection: int, patch: int = 14, layers: int = 2) -> Tensors:
    config = {
        "hidden_size": width,
        "image_size": 224,
        "intermediate_size": 4 * width,
        "num_hidden_layers": layers,
        "patch_size": patch,
        "projection_dim": projection,
    }
    return {slot.name: slot.shape for slot in image_encoder_slots(config)}


def told(path: Path, tensors: Tensors) -> Identity:
    return identify(write_sparse(path, tensors), CONFIGS)


@pytest.mark.parametrize(
    ("name", "family", "form", "seen", "called"),
    [
        ("ip-adapter_sd15", "sd1", "plain", WHOLE, "IP-Adapter for Stable Diffusion 1"),
        ("ip-adapter-plus_sd15", "sd1", "plus", SPOTS, "IP-Adapter Plus for Stable Diffusion 1"),
        ("ip-adapter-plus-face_sd15", "sd1", "plus", SPOTS, "IP-Adapter Plus Face for Stable Diffusion 1"),
        ("ip-adapter-full-face_sd15", "sd1", "full", SPOTS, "IP-Adapter Full Face for Stable Diffusion 1"),
        ("ip-adapter_sdxl", "sdxl", "plain", 1280, "IP-Adapter for Stable Diffusion XL"),
        ("ip-adapter_sdxl_vit-h", "sdxl", "plain", WHOLE, "IP-Adapter for Stable Diffusion XL"),
        ("ip-adapter-plus_sdxl_vit-h", "sdxl", "plus", SPOTS, "IP-Adapter Plus for Stable Diffusion XL"),
    ],
)
def test_published_adapters(
    tmp_path: Path, name: str, family: str, form: ReferenceForm, seen: int, called: str
) -> None:
    found = told(tmp_path / f"{name}.safetensors", published(family, form, seen))
    assert (found.kind, found.family, found.what, found.problem) == ("reference", family, called, None)
    assert found.referring is not None
    assert (found.referring.form, found.referring.seen) == (form, seen)
    assert found.referring.layers == {"sd1": 16, "sdxl": 70}[family]


def test_adapters_that_cannot_be_used_say_why(tmp_path: Path) -> None:
    whole = published("sd1", "plain", WHOLE)
    torn = {name: shape for name, shape in whole.items() if not name.endswith("31.to_v_ip.weight")}
    found = told(tmp_path / "torn.safetensors", torn)
    assert "ip_adapter.31.to_v_ip.weight is missing" in (found.problem or "")
    faces = {"ip_adapter.1.to_k_ip.weight": (320, 768), "image_proj.proj.0.weight": (1024, 512),
             "image_proj.proj.2.weight": (3072, 1024), "image_proj.norm.weight": (768,)}  # fmt: skip
    assert "InsightFace" in (told(tmp_path / "faceid.safetensors", faces).problem or "")
    alone = {name: shape for name, shape in whole.items() if name.startswith("image_proj.")}
    assert told(tmp_path / "alone_sd15.safetensors", alone).problem is not None


@pytest.mark.parametrize(("width", "projection"), [(1280, 1024), (1664, 1280), (1024, 768)])
def test_image_encoders(tmp_path: Path, width: int, projection: int) -> None:
    found = told(tmp_path / "model.safetensors", encoder(width, projection))
    assert (found.kind, found.what, found.problem) == ("part", "CLIP image encoder", None)
    assert found.sight is not None
    assert (found.sight.width, found.sight.projection) == (width, projection)


def test_image_encoders_that_cannot_be_used_say_why(tmp_path: Path) -> None:
    odd = told(tmp_path / "model.safetensors", encoder(640, 512))
    assert odd.sight is None
    assert odd.problem is not None
    (tmp_path / "config.json").write_text('{"num_attention_heads": 10, "hidden_act": "gelu"}', "utf-8")
    assert told(tmp_path / "model.safetensors", encoder(640, 512)).problem is None
    (tmp_path / "config.json").write_text('{"vision_config": [], "num_attention_heads": 7}', "utf-8")
    assert told(tmp_path / "model.safetensors", encoder(640, 512)).problem is not None
    torn = {name: shape for name, shape in encoder(1280, 1024).items() if "layers.1.mlp.fc2" not in name}
    assert "mlp.fc2.weight is missing" in (told(tmp_path / "torn.safetensors", torn).problem or "")
