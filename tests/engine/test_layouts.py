"""The tensors that networks have, compared with those of diffusers and with names of published files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from studio.engine.models.identity.checkpoints import family_slots, part_config
from studio.engine.models.layouts.slots import HEAD, Place, misfits
from studio.engine.models.layouts.unet import unet_slots
from studio.engine.models.layouts.vae import vae_slots
from studio.paths import default_paths
from tests.engine.checkpoint_files import CONFIGS
from tests.engine.tiny_model import tiny_unet, tiny_vae

PUBLISHED = {
    "sd1": {
        "input_blocks.0.0.weight": (320, 4, 3, 3),
        "input_blocks.3.0.op.weight": (320, 320, 3, 3),
        "input_blocks.4.0.skip_connection.weight": (640, 320, 1, 1),
        "input_blocks.2.1.transformer_blocks.0.attn2.to_k.weight": (320, 768),
        "input_blocks.1.1.proj_in.weight": (320, 320, 1, 1),
        "middle_block.1.transformer_blocks.0.ff.net.0.proj.weight": (10240, 1280),
        "output_blocks.2.1.conv.weight": (1280, 1280, 3, 3),
        "output_blocks.5.2.conv.weight": (1280, 1280, 3, 3),
        "output_blocks.11.1.transformer_blocks.0.norm1.bias": (320,),
        "out.2.weight": (4, 320, 3, 3),
    },
    "sd2": {
        "input_blocks.2.1.transformer_blocks.0.attn2.to_k.weight": (320, 1024),
        "input_blocks.1.1.proj_in.weight": (320, 320),
    },
    "sdxl": {
        "label_emb.0.0.weight": (1280, 2816),
        "input_blocks.4.1.transformer_blocks.1.attn2.to_k.weight": (640, 2048),
        "input_blocks.8.1.transformer_blocks.9.attn1.to_out.0.bias": (1280,),
        "middle_block.1.transformer_blocks.9.norm3.weight": (1280,),
        "output_blocks.2.2.conv.weight": (1280, 1280, 3, 3),
        "output_blocks.8.0.out_layers.3.weight": (320, 320, 3, 3),
    },
}
PUBLISHED_VAE = {
    "encoder.down.1.block.0.nin_shortcut.weight": (256, 128, 1, 1),
    "encoder.down.2.downsample.conv.weight": (512, 512, 3, 3),
    "decoder.up.3.upsample.conv.weight": (512, 512, 3, 3),
    "decoder.up.0.block.0.nin_shortcut.weight": (128, 256, 1, 1),
    "decoder.mid.attn_1.proj_out.bias": (512,),
    "encoder.conv_out.weight": (8, 512, 3, 3),
    "quant_conv.weight": (8, 8, 1, 1),
}
PUBLISHED_OPEN_CLIP = {
    "positional_embedding": (77, 1280),
    "text_projection": (1280, 1280),
    "transformer.resblocks.31.mlp.c_fc.weight": (5120, 1280),
}


def tensors(network: Any) -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in network.state_dict().items()}


@pytest.mark.parametrize("family", PUBLISHED)
def test_networks_of_a_family_have_the_tensors_that_diffusers_makes(family: str) -> None:
    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel

    for part, kind in (("unet", UNet2DConditionModel), ("vae", AutoencoderKL)):
        with torch.device("meta"):
            network = kind.from_config(part_config(CONFIGS, family, part))
        assert {slot.name: slot.shape for slot in family_slots(CONFIGS, family, part)} == tensors(network)


@pytest.mark.parametrize(("family", "part"), [("sd1", ""), ("sd2", ""), ("sdxl", ""), ("sdxl", "_2")])
def test_text_encoders_have_the_tensors_that_transformers_makes(family: str, part: str) -> None:
    import torch
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = part_config(CONFIGS, family, f"text_encoder{part}")
    with torch.device("meta"):
        network = (CLIPTextModelWithProjection if part else CLIPTextModel)(CLIPTextConfig(**config))
    ours = {slot.name.removeprefix(HEAD): slot.shape for slot in family_slots(CONFIGS, family, f"text_encoder{part}")}
    assert ours == {name.removeprefix(HEAD): shape for name, shape in tensors(network).items()}


def test_small_networks_of_other_builds_are_told_by_their_configs() -> None:
    for network, slots in ((tiny_unet(9), unet_slots), (tiny_vae(), vae_slots)):
        found = slots(json.loads(json.dumps(dict(network.config))))
        assert found is not None
        assert {slot.name: slot.shape for slot in found} == tensors(network)


def test_the_starter_model_is_built_as_its_config_says() -> None:
    from safetensors import safe_open

    config = json.loads((default_paths().starter_model / "unet" / "config.json").read_text())
    names: set[str] = set()
    for weights in (default_paths().starter_model / "unet").glob("*.safetensors"):
        with safe_open(weights, "np") as file:
            names |= set(file.keys())
    assert {slot.name for slot in unet_slots(config) or ()} == names


@pytest.mark.parametrize("family", PUBLISHED)
def test_names_in_published_files(family: str) -> None:
    found = {slot.original: slot.shape for slot in family_slots(CONFIGS, family, "unet")}
    assert PUBLISHED[family].items() <= found.items()
    assert PUBLISHED_VAE.items() <= {s.original: s.shape for s in family_slots(CONFIGS, family, "vae")}.items()


def test_names_of_open_clip() -> None:
    slots = {slot.original: slot for slot in family_slots(CONFIGS, "sdxl", "text_encoder_2")}
    for name, shape in PUBLISHED_OPEN_CLIP.items():
        assert slots[name].fits(shape, "original")
    assert slots["transformer.resblocks.0.attn.in_proj_weight"].fits((3840, 1280), "original")


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"down_block_types": ["DownBlock2D"], "up_block_types": ["UpBlock2D"], "block_out_channels": ["wide"]},
        {"down_block_types": ["AttnDownBlock2D"], "up_block_types": [], "block_out_channels": [1]},
        {"down_block_types": ["DownBlock2D"] * 9, "up_block_types": ["UpBlock2D"], "block_out_channels": [1] * 9},
    ],
)
def test_a_config_of_another_kind_tells_nothing(config: dict[str, Any]) -> None:
    assert unet_slots(config) is None


def test_what_does_not_fit_is_named() -> None:
    slots = family_slots(CONFIGS, "sd1", "vae")
    wrong = list(misfits(slots, Place("vae.", "original"), {}))
    assert len(wrong) == len(slots)
    assert wrong[0] == "vae.encoder.conv_in.weight is missing"
