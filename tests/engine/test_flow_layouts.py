"""The tensors of Z-Image, Flux.2 and Qwen3, compared with those of diffusers and with its readers of first releases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from studio.engine.models.headers import read_header
from studio.engine.models.layouts.flux2 import flux2_slots, flux2_vae_slots
from studio.engine.models.layouts.qwen3 import qwen3_slots
from studio.engine.models.layouts.slots import Place, Slot
from studio.engine.models.layouts.vae import vae_slots
from studio.engine.models.layouts.z_image import z_image_slots
from studio.engine.models.tensor_files import StoredTensor, TensorReader
from tests.engine.checkpoint_files import CONFIGS

NETWORKS: dict[str, tuple[str, str, Callable[[dict[str, Any]], tuple[Slot, ...] | None]]] = {
    "z-image/transformer": ("diffusers", "ZImageTransformer2DModel", z_image_slots),
    "z-image/vae": ("diffusers", "AutoencoderKL", vae_slots),
    "z-image/text_encoder": ("transformers", "Qwen3Model", qwen3_slots),
    "flux2/transformer": ("diffusers", "Flux2Transformer2DModel", flux2_slots),
    "flux2/vae": ("diffusers", "AutoencoderKLFlux2", flux2_vae_slots),
    "flux2/text_encoder": ("transformers", "Qwen3Model", qwen3_slots),
}
PUBLISHED = {
    "z-image/transformer": {
        "x_embedder.weight": (3840, 64),
        "cap_embedder.1.weight": (3840, 2560),
        "layers.29.attention.qkv.weight": (11520, 3840),
        "noise_refiner.1.attention.k_norm.weight": (128,),
        "context_refiner.1.feed_forward.w1.weight": (10240, 3840),
        "final_layer.adaLN_modulation.1.weight": (3840, 256),
        "cap_pad_token": (1, 3840),
    },
    "flux2/transformer": {
        "img_in.weight": (3072, 128),
        "txt_in.weight": (3072, 7680),
        "double_stream_modulation_img.lin.weight": (18432, 3072),
        "double_blocks.4.img_attn.qkv.weight": (9216, 3072),
        "double_blocks.4.txt_mlp.0.weight": (18432, 3072),
        "single_blocks.19.linear1.weight": (27648, 3072),
        "single_blocks.19.linear2.weight": (3072, 12288),
        "final_layer.adaLN_modulation.1.weight": (6144, 3072),
    },
    "flux2/text_encoder": {
        "token_embd.weight": (151936, 2560),
        "blk.35.attn_q.weight": (4096, 2560),
        "blk.35.attn_k.weight": (1024, 2560),
        "blk.35.ffn_down.weight": (2560, 9728),
        "output_norm.weight": (2560,),
    },
}
TINY = {
    "z-image/transformer": {"dim": 32, "n_heads": 2, "n_kv_heads": 2, "n_layers": 1, "n_refiner_layers": 1,
                            "cap_feat_dim": 24, "axes_dims": [4, 6, 6]},
    "flux2/transformer": {"num_attention_heads": 2, "attention_head_dim": 16, "num_layers": 1, "num_single_layers": 1,
                          "in_channels": 32, "joint_attention_dim": 24, "guidance_embeds": True,
                          "axes_dims_rope": [4, 4, 4, 4]},
}  # fmt: skip
READERS = {
    "z-image/transformer": "convert_z_image_transformer_checkpoint_to_diffusers",
    "flux2/transformer": "convert_flux2_transformer_checkpoint_to_diffusers",
}


def config_of(network: str) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((CONFIGS / network / "config.json").read_text())
    return config


def slots_of(network: str, **changes: Any) -> tuple[Slot, ...]:
    slots = NETWORKS[network][2](config_of(network) | changes)
    assert slots is not None
    return slots


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_has_the_tensors_that_its_library_makes(network: str) -> None:
    library, kind, _ = NETWORKS[network]
    made = getattr(__import__(library), kind)
    config = config_of(network)
    with torch.device("meta"):
        built = made.from_config(config) if library == "diffusers" else made(made.config_class.from_dict(config))
    assert {slot.name: slot.shape for slot in slots_of(network)} == {
        name: tuple(tensor.shape) for name, tensor in built.state_dict().items() if tensor.is_floating_point()
    }


@pytest.mark.parametrize("network", PUBLISHED)
def test_published_files_fit(network: str) -> None:
    slots = slots_of(network)
    for name, shape in PUBLISHED[network].items():
        fitting = [slot for slot in slots if name in (slot.original, slot.name)]
        assert fitting, name
        assert all(slot.fits(shape, "original") for slot in fitting), name


@pytest.mark.parametrize("network", READERS)
def test_a_first_release_is_read_as_diffusers_reads_it(network: str, tmp_path: Path) -> None:
    from diffusers.loaders import single_file_utils

    slots = slots_of(network, **TINY[network])
    state = first_release(slots)
    path = tmp_path / "model.safetensors"
    save_file(state, path)
    wanted = getattr(single_file_utils, READERS[network])(dict(state))
    assert wanted.keys() == {slot.name for slot in slots}
    entries = read_header(path).tensors
    with TensorReader() as reader:
        for slot in slots:
            entry = entries[Place("", "original").key(slot)]
            stored = StoredTensor(path, entry, slot.shape, slot.taken, slot.first_row)
            assert torch.equal(reader.read(stored), wanted[slot.name]), slot.name


def first_release(slots: tuple[Slot, ...]) -> dict[str, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    shapes = {slot.original: _stored_shape(slot) for slot in slots}
    return {name: torch.randn(shape, generator=generator) for name, shape in shapes.items()}


def _stored_shape(slot: Slot) -> tuple[int, ...]:
    return (3 * slot.shape[0], *slot.shape[1:]) if slot.taken.endswith("third") else slot.shape


def test_a_vae_may_have_its_outer_convolutions_inside() -> None:
    slots = {slot.name: slot for slot in slots_of("flux2/vae")}
    assert slots["quant_conv.weight"].stored("nested") == "encoder.quant_conv.weight"
    assert slots["post_quant_conv.bias"].stored("nested") == "decoder.post_quant_conv.bias"
    assert slots["decoder.mid_block.attentions.0.to_q.weight"].stored("nested") == "decoder.mid.attn_1.q.weight"
    assert slots["bn.running_var"].stored("nested") == "bn.running_var"


@pytest.mark.parametrize(
    ("network", "changes"),
    [
        ("z-image/transformer", {"dim": None}),
        ("z-image/transformer", {"siglip_feat_dim": 1152}),
        ("z-image/transformer", {"all_patch_size": [2, 4]}),
        ("flux2/transformer", {"num_layers": "many"}),
        ("flux2/vae", {"decoder_block_out_channels": [96, 192, 384, 384]}),
        ("flux2/text_encoder", {"head_dim": None}),
    ],
)
def test_no_tensors_are_told_of_a_config_that_makes_no_sense(network: str, changes: dict[str, Any]) -> None:
    assert NETWORKS[network][2](config_of(network) | changes) is None
