"""What is said of files that people have, by their tensors."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engine.models.identity import checkpoints
from studio.engine.models.identity.identify import Identity, identify
from studio.engine.models.identity.sampling import proposed_sampling
from studio.engine.models.identity.steering import Steering
from studio.errors import ModelError, UnsafeModelError
from tests.engine.checkpoint_files import (
    CONFIGS,
    Tensors,
    checkpoint,
    text_encoders,
    unet,
    unet_of_diffusers,
    vae,
    write_sparse,
)

LORA = "lora_unet_{}_transformer_blocks_0_attn2_to_k.lora_down.weight"
FIRST = "model.diffusion_model.input_blocks.0.0.weight"
TELLING = "model.diffusion_model.output_blocks.11.1.transformer_blocks.0.norm1.bias"


def told(tmp_path: Path, tensors: Tensors, name: str = "file.safetensors", **options: Any) -> Identity:
    return identify(write_sparse(tmp_path / name, tensors, **options), CONFIGS)


NETWORKS: dict[str, tuple[Tensors, tuple[str, str]]] = {
    "flux dev": ({"double_blocks.0.img_attn.norm.key_norm.scale": (128,), "guidance_in.in_layer.weight": (8, 8)},
                 ("part", "flux1")),
    "flux comfy": ({"model.diffusion_model.double_blocks.0.img_attn.qkv.weight": (8, 8),
                    "vae.decoder.conv_out.weight": (3, 8, 3, 3)}, ("model", "flux1")),
    "chroma": ({"double_blocks.0.img_attn.qkv.weight": (8, 8), "distilled_guidance_layer.in_proj.weight": (8, 8)},
               ("part", "chroma")),
    "flux 2": ({"double_stream_modulation_img.lin.weight": (8, 8), "double_blocks.0.img_attn.qkv.weight": (8, 8)},
               ("part", "flux2")),
    "z-image": ({"cap_embedder.1.weight": (3840, 2560), "noise_refiner.0.attention.k_norm.weight": (128,)},
                ("part", "z-image")),
    "lumina": ({"cap_embedder.1.weight": (2304, 2304), "noise_refiner.0.attention.k_norm.weight": (128,)},
               ("part", "lumina2")),
    "qwen": ({"model.diffusion_model.txt_norm.weight": (3584,)}, ("part", "qwen-image")),
    "sd3": ({"model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight": (8, 8)}, ("part", "sd3")),
    "wan": ({"head.modulation": (1, 2, 8)}, ("part", "wan")),
    "cascade": ({"clip_txt_mapper.weight": (8, 8)}, ("part", "cascade")),
    "refiner": ({"model.diffusion_model.label_emb.0.0.weight": (8, 2560), FIRST: (384, 4, 3, 3),
                 **vae("sdxl")}, ("model", "sdxl-refiner")),
    "video": ({"model.diffusion_model.input_blocks.0.0.weight": (320, 8, 3, 3),
               "model.diffusion_model.input_blocks.1.1.time_stack.0.norm1.weight": (320,)}, ("part", "svd")),
    "control": ({"control_model.input_blocks.0.0.weight": (320, 4, 3, 3),
                 "control_model.input_blocks.4.1.transformer_blocks.0.attn2.to_k.weight": (8, 2048)},
                ("control", "sdxl")),
    "control of diffusers": ({"controlnet_cond_embedding.conv_in.weight": (16, 3, 3, 3),
                              "conv_in.weight": (320, 4, 3, 3), "down_blocks.0.resnets.0.conv1.weight": (8, 8, 3, 3),
                              "time_embedding.linear_1.weight": (8, 8)}, ("control", "sd1")),
    "union": ({"task_embedding": (6, 320), "control_add_embedding.linear_1.weight": (8, 8)}, ("control", "sdxl")),
    "adapter": ({"adapter.body.0.block1.weight": (320, 320, 3, 3)}, ("control", "sd1")),
    "reference": ({"image_proj.proj.weight": (8, 8), "ip_adapter.1.to_k_ip.weight": (8, 2048)},
                  ("reference", "sdxl")),
    "face reference with LoRAs": ({"ip_adapter.1.to_k_ip.weight": (8, 768), "ip_adapter.0.to_q_lora.down.weight":
                                   (8, 8)}, ("reference", "sd1")),
    "motion": ({"down_blocks.0.motion_modules.0.temporal_transformer.norm.weight": (320,)}, ("motion adapter", "sd1")),
    "esrgan": ({"model.0.weight": (64, 3, 3, 3), "model.1.sub.0.RDB1.conv1.0.weight": (32, 64, 3, 3)},
               ("upscaler", "")),
    "real esrgan": ({"conv_first.weight": (64, 3, 3, 3), "body.0.rdb1.conv1.weight": (32, 64, 3, 3)},
                    ("upscaler", "")),
    "span": ({"conv_1.sk.weight": (48, 3, 1, 1)}, ("upscaler", "")),
    "taesd": ({"1.weight": (64, 4, 3, 3), "3.conv.0.weight": (64, 64, 3, 3)}, ("part", "sd1")),
    "vision": ({"vision_model.embeddings.class_embedding": (1280,)}, ("part", "")),
    "t5": ({"encoder.block.0.layer.0.SelfAttention.k.weight": (8, 8)}, ("part", "")),
    "kohya": ({LORA.format("down_blocks_1_attentions_0"): (4, 768)}, ("lora", "sd1")),
    "kohya for 2": ({LORA.format("down_blocks_1_attentions_0"): (4, 1024)}, ("lora", "sd2")),
    "kohya for XL": ({LORA.format("input_blocks_4_1"): (4, 2048)}, ("lora", "sdxl")),
    "kohya by layers": ({"lora_unet_mid_block_attentions_0_transformer_blocks_1_ff_net_2.lora_up.weight": (8, 4)},
                        ("lora", "sdxl")),
    "PEFT": ({"unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight": (4, 320)},
             ("lora", "sd1")),
    "PEFT with dora": ({"unet.mid_block.attentions.0.transformer_blocks.5.attn2.to_k.lora_A.weight": (4, 2048),
                        "unet.mid_block.attentions.0.transformer_blocks.5.attn2.to_k.dora_scale": (8, 1)},
                       ("lora", "sdxl")),
    "LoHa": ({"lora_unet_down_blocks_0_attentions_0_proj_in.hada_w1_a": (320, 8)}, ("lora", "sd1")),
    "LoKr": ({"lycoris_down_blocks_0_attentions_0_proj_in.lokr_w1": (8, 8)}, ("lora", "sd1")),
    "diffusers": ({"unet.up_blocks.3.attentions.0.transformer_blocks.0.attn1.processor.to_q_lora.down.weight":
                   (4, 320)}, ("lora", "sd1")),
    "for flux": ({"lora_unet_double_blocks_0_img_attn_qkv.lora_down.weight": (4, 3072)}, ("lora", "flux1")),
    "for z-image": ({"diffusion_model.layers.0.attention.qkv.lora_A.weight": (4, 3840)}, ("lora", "z-image")),
    "embedding": ({"emb_params": (8, 768)}, ("embedding", "sd1")),
    "embedding for 2": ({"emb_params": (8, 1024)}, ("embedding", "sd2")),
    "embedding for XL": ({"clip_g": (8, 1280), "clip_l": (8, 768)}, ("embedding", "sdxl")),
    "embedding by word": ({"<cat-toy>": (768,)}, ("embedding", "sd1")),
    "of no known kind": ({"a.weight": (8, 8)}, ("other", "")),
}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_kind_and_family_are_told_by_tensors(tmp_path: Path, name: str) -> None:
    tensors, expected = NETWORKS[name]
    found = told(tmp_path, tensors)
    assert (found.kind, found.family) == expected
    assert found.what


@pytest.mark.parametrize(
    ("tensors", "words"),
    [
        (NETWORKS["kohya"][0], "LoRA for Stable Diffusion 1 (kohya)"),
        (NETWORKS["for flux"][0], "LoRA for Flux.1 (kohya)"),
        (NETWORKS["flux dev"][0], "Flux.1 dev transformer alone, fp8"),
        (NETWORKS["union"][0], "ControlNet Union for Stable Diffusion XL"),
    ],
)
def test_files_are_called_what_people_call_them(tmp_path: Path, tensors: Tensors, words: str) -> None:
    assert told(tmp_path, tensors, dtype="F8_E4M3").what == words


@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
@pytest.mark.parametrize("channels", [4, 9])
def test_whole_checkpoints_are_sound(tmp_path: Path, family: str, channels: int) -> None:
    found = told(tmp_path, checkpoint(family, channels=channels))
    assert (found.kind, found.family, found.problem, found.missing) == ("model", family, None, ())
    assert found.is_inpainting == (channels == 9)


def old_prefix(tensors: Tensors) -> Tensors:
    return {name.replace("transformer.text_model.", "transformer."): shape for name, shape in tensors.items()}


@pytest.mark.parametrize(
    ("tensors", "missing"),
    [
        (old_prefix(checkpoint("sd1")), ()),
        (checkpoint("sd1") | {"model_ema.decay": (), "denoiser.sigmas": (1000,)}, ()),
        (unet("sd1") | text_encoders("sd1"), ("vae",)),
        (unet("sdxl") | vae("sdxl"), ("text_encoder", "text_encoder_2")),
        (unet("sd1"), ("text_encoder", "vae")),
        (unet("sd1", prefix="") | text_encoders("sd1") | vae("sd1"), ()),
        (unet_of_diffusers("sdxl"), ("text_encoder", "text_encoder_2", "vae")),
    ],
    ids=["old prefix", "more than needed", "no VAE", "no text encoders", "UNet alone", "no prefix", "diffusers' names"],
)
def test_names_of_several_kinds_and_what_is_missing(tmp_path: Path, tensors: Tensors, missing: tuple[str, ...]) -> None:
    found = told(tmp_path, tensors)
    assert (found.problem, found.missing) == (None, missing)


def without(tensors: Tensors, *parts: str) -> Tensors:
    return {name: shape for name, shape in tensors.items() if not any(part in name for part in parts)}


UNSOUND: dict[str, tuple[Tensors, str]] = {
    "depth": (checkpoint("sd2") | {FIRST: (320, 5, 3, 3)}, "depth model"),
    "x4": (checkpoint("sd2") | {FIRST: (256, 7, 3, 3)}, "x4 upscaler"),
    "pix2pix": (checkpoint("sd1") | {FIRST: (320, 8, 3, 3)}, "InstructPix2Pix"),
    "SSD-1B": (without(checkpoint("sdxl"), "middle_block", "transformer_blocks.7."), "smaller XL, such as SSD-1B"),
    "EDM": (checkpoint("sdxl") | {"edm_mean": (1, 4, 1, 1)}, "EDM"),
    "half a text encoder": (without(checkpoint("sd1"), "encoder.layers.3."), "text encoder is not whole: .*layers.3"),
    "a tensor of the VAE": (without(checkpoint("sd1"), "decoder.conv_out.bias"), "VAE is not whole: .*conv_out.bias"),
    "another width": (checkpoint("sd1") | {TELLING: (640,)}, "norm1.bias has the shape 640 instead of 320"),
    "scaled by blocks": (checkpoint("sd1") | {TELLING.replace("bias", "scale_weight"): (320, 10)}, "scales by blocks"),
    "packed": (checkpoint("sd1") | {TELLING.replace("bias", "weight.absmax"): (8,)}, "bitsandbytes"),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_what_cannot_be_drawn_with_says_why_before_a_load(tmp_path: Path, name: str) -> None:
    import re

    tensors, words = UNSOUND[name]
    found = told(tmp_path, tensors)
    assert found.problem is not None
    assert re.search(words, found.problem)
    assert "file.safetensors" in found.problem


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_numbers_that_are_none_are_seen(tmp_path: Path, bad: float) -> None:
    values = {name: np.full(4, bad) for name in unet("sd1") if name.endswith("bias")}
    found = told(tmp_path, checkpoint("sd1"), values=values)
    assert "numbers that are none" in str(found.problem)


@pytest.mark.parametrize(
    ("spread", "name", "expected"),
    [
        (0.5, "model-base", ("v_prediction", 768)),
        (0.01, "model", ("epsilon", 512)),
        (0.0, "v2-1_512-ema-pruned", ("epsilon", 512)),
        (0.0, "v2-1_768-ema-pruned", ("v_prediction", 768)),
    ],
)
def test_what_stable_diffusion_2_predicts_is_told_by_one_bias(
    tmp_path: Path, spread: float, name: str, expected: tuple[str, int]
) -> None:
    bias = np.random.default_rng(0).standard_normal(320) * spread
    found = told(tmp_path, checkpoint("sd2"), f"{name}.safetensors", values={TELLING: bias}).taught
    assert found is not None
    assert (found.prediction, found.side) == expected


@pytest.mark.parametrize(
    ("more", "metadata", "name", "expected"),
    [
        ({"v_pred": (), "ztsnr": ()}, None, "noob", ("v_prediction", True)),
        ({"v_pred": ()}, None, "noob", ("v_prediction", False)),
        ({}, {"modelspec.prediction_type": "v"}, "model", ("v_prediction", False)),
        ({}, None, "noobaiXL_vPred10", ("v_prediction", False)),
        ({}, None, "plain", (None, False)),
    ],
)
def test_velocity_is_told_by_tensors_notes_and_names(
    tmp_path: Path, more: Tensors, metadata: Any, name: str, expected: tuple[str | None, bool]
) -> None:
    found = told(tmp_path, checkpoint("sdxl") | more, f"{name}.safetensors", metadata=metadata).taught
    assert found is not None
    assert (found.prediction, found.zero_snr) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sdxl_lightning_4step", ("euler", 4, 1.0)),
        ("juggernautXL_v9Rdphoto2Lightning", ("euler", 4, 1.0)),
        ("sd_xl_turbo_1.0_fp16", ("euler_a", 4, 1.0)),
        ("DreamShaperXL_Turbo-8steps", ("euler_a", 8, 1.0)),
        ("lcm-dreamshaper-v7", ("lcm", 6, 1.5)),
        ("Hyper-SDXL-1step-Unet", ("euler", 1, 1.0)),
    ],
)
def test_few_step_models_propose_how_to_draw(name: str, expected: tuple[str, int, float]) -> None:
    found = proposed_sampling(name, "sdxl")
    assert found is not None
    assert (found.scheduler, found.steps, found.guidance_scale) == expected


@pytest.mark.parametrize("name", ["hyperrealism_v3", "turbofox", "stable_diffusion", "dreamshaper_8", "film calm"])
def test_names_that_only_sound_so_propose_nothing(name: str) -> None:
    assert proposed_sampling(name, "sdxl") is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"\x10\0\0", "start is damaged"),
        (b"<!DOCTYPE html><html>no</html>" * 4, "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        ((2**62).to_bytes(8, "little") + b"{}", "start is damaged"),
        (b"GGUF" + bytes(100), "GGUF file that was renamed"),
    ],
)
def test_damage_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "file.safetensors").write_bytes(content)
    with pytest.raises(ModelError, match=words):
        identify(tmp_path / "file.safetensors", CONFIGS)


@pytest.mark.parametrize(
    "entry",
    [
        '{"dtype":"F16","shape":[1000000000,1000000000],"data_offsets":[0,2]}',
        '{"dtype":"F16","shape":[1],"data_offsets":[2,0]}',
        '{"dtype":"F16","shape":[-1],"data_offsets":[0,2]}',
        '{"dtype":"F16","shape":[],"data_offsets":[0,1]}',
    ],
)
def test_places_that_do_not_fit_their_shapes_are_damage(tmp_path: Path, entry: str) -> None:
    raw = f'{{"a":{entry}}}'.encode()
    (tmp_path / "file.safetensors").write_bytes(len(raw).to_bytes(8, "little") + raw + bytes(2))
    with pytest.raises(ModelError, match="does not fit its shape"):
        identify(tmp_path / "file.safetensors", CONFIGS)


def test_a_pickle_under_another_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.safetensors").write_bytes(b"PK\x03\x04" + bytes(4000))
    with pytest.raises(UnsafeModelError, match="under another name"):
        identify(tmp_path / "file.safetensors", CONFIGS)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo(tmp_path / "file.safetensors")
    with pytest.raises(ModelError, match="is no file"):
        identify(tmp_path / "file.safetensors", CONFIGS)


def test_a_piece_of_a_model_says_so(tmp_path: Path) -> None:
    found = told(tmp_path, {"conv_in.weight": (8, 8)}, "diffusion_pytorch_model-00001-of-00002.safetensors")
    assert "one of the 2 pieces" in str(found.problem)


def gguf(architecture: str, tensors: Tensors) -> bytes:
    """A GGUF file of version 3 with this note and these tensors, of which none holds anything."""

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    raw = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), 2)
    raw += text("tokens") + struct.pack("<IIQ", 9, 8, 1) + text("a")
    raw += text("general.architecture") + struct.pack("<I", 8) + text(architecture)
    for name, shape in tensors.items():
        raw += text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape[::-1], 16, 0)
    return raw + bytes(64)


@pytest.mark.parametrize(
    ("architecture", "tensors", "words"),
    [
        ("qwen_image", {"img_in.weight": (8, 8)}, "GGUF, Qwen-Image"),
        ("wan", {"head.modulation": (1, 2, 8)}, "GGUF, Wan video"),
        (
            "lumina2",
            {"cap_embedder.1.weight": (3840, 8), "noise_refiner.0.attention.k.weight": (8, 8)},
            "GGUF, Z-Image",
        ),
        ("new", {"a": (8,)}, "GGUF, new"),
    ],
)
def test_gguf_files_are_told(tmp_path: Path, architecture: str, tensors: Tensors, words: str) -> None:
    (tmp_path / "file.gguf").write_bytes(gguf(architecture, tensors))
    found = identify(tmp_path / "file.gguf", CONFIGS)
    assert found.what == words
    assert found.problem is not None


@pytest.mark.parametrize("content", [b"", b"GGUF", b"GGUF\3\0\0\0" + b"\xff" * 32, gguf("flux", {"a": (8,)})[:60]])
def test_damaged_gguf_files_are_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.gguf").write_bytes(content)
    with pytest.raises(ModelError, match="its header cannot be read"):
        identify(tmp_path / "file.gguf", CONFIGS)


STEERING: dict[str, tuple[Tensors, str, Steering | None]] = {
    "first releases": (
        {"control_model.input_blocks.0.0.weight": (320, 4, 3, 3),
         "control_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": (320, 768)},
        "control_v11p_sd15_canny_fp16", Steering("network", ("canny",), 320, 768),
    ),
    "diffusers": (
        {"controlnet_cond_embedding.conv_in.weight": (16, 3, 3, 3), "conv_in.weight": (320, 4, 3, 3),
         "down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k.weight": (640, 2048)},
        "controlnet-depth-sdxl-1.0/diffusion_pytorch_model", Steering("network", ("depth",), 320, 2048),
    ),
    "union": (
        {"task_embedding": (6, 320), "control_add_embedding.linear_1.weight": (1280, 1536),
         "conv_in.weight": (320, 4, 3, 3), "controlnet_cond_embedding.conv_in.weight": (48, 3, 3, 3)},
        "union",
        Steering(
            "union", ("canny", "scribble", "lineart", "softedge", "depth", "normal", "pose", "segmentation"), 320, 0
        ),
    ),
    "adapter": (
        {"body.0.block1.weight": (320, 320, 3, 3), "conv_in.weight": (320, 64, 3, 3)},
        "t2iadapter_sketch_sd15v2", Steering("adapter", ("scribble",), 320, 0),
    ),
    "no word": (
        {"control_model.input_blocks.0.0.weight": (320, 4, 3, 3),
         "control_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight": (320, 768)},
        "control_v11e_sd15_shuffle", Steering("network", (), 320, 768),
    ),
    "not drawn with": ({"lora_controlnet": (1,), "input_hint_block.0.weight": (16, 3, 3, 3)}, "canny", None),
    "another family": ({"controlnet_x_embedder.weight": (8, 8)}, "flux_canny", None),
}  # fmt: skip


@pytest.mark.parametrize("case", list(STEERING))
def test_what_a_control_network_reads(tmp_path: Path, case: str) -> None:
    tensors, name, expected = STEERING[case]
    path = tmp_path / f"{name}.safetensors"
    path.parent.mkdir(exist_ok=True)
    found = identify(write_sparse(path, tensors), CONFIGS)
    assert (found.kind, found.steering) == ("control", expected)


def test_adapters_for_xl_are_told_by_what_they_see_at_once(tmp_path: Path) -> None:
    for channels, family in ((64, "sd1"), (192, "sd1"), (256, "sdxl"), (768, "sdxl")):
        tensors = {"adapter.conv_in.weight": (320, channels, 3, 3), "adapter.body.0.resnets.0.block1.weight": (8,) * 4}
        assert told(tmp_path, tensors, f"{channels}.safetensors").family == family


@pytest.mark.parametrize("prefix", ["module.", "state.model."])
@pytest.mark.parametrize("family", ["sd1", "sd2", "sdxl"])
def test_a_checkpoint_below_a_prefix_that_no_program_writes_is_told_and_whole(
    tmp_path: Path, family: str, prefix: str
) -> None:
    found = told(tmp_path, {prefix + name: shape for name, shape in checkpoint(family).items()})
    assert (found.kind, found.family, found.missing, found.problem) == ("model", family, (), None)


def test_a_network_that_alone_has_such_a_prefix_is_found_beside_the_others(tmp_path: Path) -> None:
    rest = vae("sd1") | text_encoders("sd1")
    found = told(tmp_path, unet("sd1", channels=9, prefix="painter.net.") | rest)
    assert (found.kind, found.family, found.is_inpainting, found.problem) == ("model", "sd1", True, None)
    found = told(tmp_path, unet("sd1") | {f"decoder_of_mine.{name}": shape for name, shape in rest.items()})
    assert (found.kind, found.missing, found.problem) == ("model", (), None)


@pytest.mark.parametrize("kind", ["flux dev", "chroma", "flux 2", "z-image", "sd3", "wan", "cascade"])
def test_other_families_are_told_below_such_a_prefix(tmp_path: Path, kind: str) -> None:
    tensors, (_, family) = NETWORKS[kind]
    found = told(
        tmp_path, {f"a.b.{name.removeprefix('model.diffusion_model.')}": shape for name, shape in tensors.items()}
    )
    assert (found.kind, found.family) == ("part", family)


def test_a_control_network_below_such_a_prefix_is_no_model_and_not_drawn_with(tmp_path: Path) -> None:
    tensors, _ = NETWORKS["control of diffusers"]
    found = told(tmp_path, {f"mine.{name}": shape for name, shape in tensors.items()})
    assert found.kind == "control"
    assert "begin with mine., which is not known" in (found.problem or "")


def test_a_file_with_thousands_of_beginnings_is_looked_through_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    among = checkpoints._among

    def counted(*given: Any) -> Any:
        tried.append("place")
        return among(*given)

    monkeypatch.setattr(checkpoints, "_among", counted)
    found = told(tmp_path, {f"net{number}.input_blocks.0.0.weight": (2, 2) for number in range(2000)})
    assert "holds no whole UNet" in (found.problem or "")
    assert len(tried) < 100
