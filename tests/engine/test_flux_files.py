"""Flux.1 and Chroma in the files that people own: found, judged and loaded as diffusers' own converters would."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.api import SchedulerSpec
from studio.engine.device.devices import Device
from studio.engine.engine import DiffusionEngine
from studio.engine.families.t5 import LENGTH, T5Coder
from studio.engine.models import loading
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.checkpoints import family_slots
from studio.engine.models.layouts.slots import Slot
from studio.engine.models.library import ModelLibrary
from studio.engine.models.loading import Components, load_components
from studio.engine.models.tokenizers import t5_tokenizer
from studio.errors import ModelError, SettingError
from studio.generation import CancelToken, LoraUse
from studio.paths import default_paths
from tests.engine.checkpoint_files import CONFIGS, Tensors, write_sparse
from tests.engine.tiny_model import SIDE, generate, make_job, picture, tiny_text_encoder, tiny_tokenizer, tiny_vae

CPU = Device(kind="cpu", index=0, name="cpu", memory=0)
TINY = {
    "in_channels": 64,
    "num_layers": 1,
    "num_single_layers": 1,
    "attention_head_dim": 16,
    "num_attention_heads": 2,
    "joint_attention_dim": 32,
    "axes_dims_rope": [4, 4, 8],
}
FLUX = TINY | {"pooled_projection_dim": 32, "guidance_embeds": True}
CHROMA = TINY | {"approximator_num_channels": 64, "approximator_hidden_dim": 16, "approximator_layers": 2}
T5 = {"vocab_size": 32128, "d_model": 32, "d_kv": 16, "d_ff": 64, "num_layers": 2, "num_heads": 2}
ENCODERS = {"flux1": ("text_encoder", "text_encoder_2"), "chroma": ("text_encoder",)}
State = dict[str, torch.Tensor]


def tiny_t5() -> Any:
    from transformers import T5Config, T5EncoderModel

    return T5EncoderModel(T5Config(**T5, feed_forward_proj="gated-gelu", tie_word_embeddings=False)).eval()


@lru_cache(maxsize=1)
def t5_words() -> Any:
    """T5's tokenizer, read once."""
    return t5_tokenizer(CONFIGS)


def tiny_pipeline(family: str, folder: Path) -> Any:
    """diffusers' own pipeline of random networks."""
    import diffusers

    torch.manual_seed(0)
    scheduler = diffusers.FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=family == "flux1", shift=3.0)
    vae = tiny_vae(latent_channels=16)
    vae.register_to_config(shift_factor=0.1, use_quant_conv=True, use_post_quant_conv=True)
    tokenizer = t5_words()
    if family == "chroma":
        network = diffusers.ChromaTransformer2DModel(**CHROMA)
        parts = {"text_encoder": tiny_t5(), "tokenizer": tokenizer}
        return diffusers.ChromaPipeline(transformer=network, vae=vae, scheduler=scheduler, **parts)
    network = diffusers.FluxTransformer2DModel(**FLUX)
    parts = {"text_encoder_2": tiny_t5(), "tokenizer_2": tokenizer, "text_encoder": tiny_text_encoder()}
    clip = tiny_tokenizer(folder / "clip-tokenizer")
    return diffusers.FluxPipeline(transformer=network, vae=vae, scheduler=scheduler, tokenizer=clip, **parts)


@pytest.fixture(scope="module", params=["flux1", "chroma"])
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pipeline(family: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = tiny_pipeline(family, tmp_path_factory.mktemp("pipeline"))
    made.set_progress_bar_config(disable=True)
    return made


@pytest.fixture(scope="module")
def folder(family: str, pipeline: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("folders") / family
    pipeline.save_pretrained(path, safe_serialization=True)
    return path


@pytest.fixture
def configs(family: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny model's configs as those of its family, and its tokenizers as the bundled ones."""
    copied = tmp_path / "configs"
    ignored = shutil.ignore_patterns("*.safetensors", "tokenizer*")
    shutil.copytree(folder, copied / family, ignore=ignored)
    clip = tiny_tokenizer(tmp_path / "tokenizer")
    made = {"clip": lambda _configs, _filling: clip, "t5": lambda _configs, _filling: t5_words()}
    monkeypatch.setattr(loading, "BUNDLED", made)
    return copied


def flow() -> dict[str, SchedulerSpec]:
    from diffusers import FlowMatchEulerDiscreteScheduler

    factory = FlowMatchEulerDiscreteScheduler.from_config
    return {"euler": SchedulerSpec(id="euler", name="Euler", factory=factory)}


def job_for(family: str, **changes: Any) -> Any:
    return make_job(model=family, guidance_scale=3.0, negative_prompt="fog", **changes)


def test_the_picture_of_a_folder_is_that_of_the_pipeline(family: str, folder: Path, pipeline: Any) -> None:
    engine = DiffusionEngine(ModelLibrary([folder.parent]), "cpu", None, flow(), precision="float32", torch_threads=1)
    (ours,), _ = generate(engine, job_for(family))
    negative = {"negative_prompt": "fog"} if family == "chroma" else {}
    theirs = pipeline(
        "a beautiful beach",
        width=SIDE,
        height=SIDE,
        num_inference_steps=4,
        guidance_scale=3.0,
        generator=torch.Generator("cpu").manual_seed(7),
        output_type="np",
        **negative,
    ).images[0]
    assert np.abs(ours.astype(int) - np.rint(theirs * 255).astype(int)).max() <= 1
    assert ours.std() > 0


def test_a_negative_prompt_that_is_not_heard_is_told(family: str, folder: Path) -> None:
    engine = DiffusionEngine(ModelLibrary([folder.parent]), "cpu", None, flow(), precision="float32", torch_threads=1)
    bound = engine.bound(lambda _progress: None, CancelToken())
    bound.denoise(job_for(family))
    assert any("hears no negative prompt" in note for note in bound.notes) == (family == "flux1")


def right_half() -> Any:
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, SIDE // 2 :] = np.linspace(0.2, 1.0, SIDE // 2, dtype=np.float32)
    return mask


def test_every_mode_runs_and_repeats(family: str, folder: Path) -> None:
    engine = DiffusionEngine(ModelLibrary([folder.parent]), "cpu", None, flow(), precision="float32", torch_threads=1)
    for mode in ({"image": picture(), "strength": 0.6}, {"image": picture(), "strength": 0.6, "mask": right_half()}):
        first, second = (generate(engine, job_for(family, **mode))[0][0] for _ in range(2))
        assert np.array_equal(first, second)
        assert first.std() > 0
    model = engine.load(family, lambda _progress: None, CancelToken())
    assert model.info.limits is not None
    assert model.info.limits.multiple == 16


def test_slots_are_the_tensors_of_the_network(family: str, pipeline: Any) -> None:
    for part in FAMILIES[family].parts:
        network = getattr(pipeline, part.name)
        config = network.config.to_dict() if part.library == "transformers" else dict(network.config)
        expected = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
        expected.pop("encoder.embed_tokens.weight", None)
        found = {slot.name.removeprefix("text_model."): slot.shape for slot in part.slots(config) or ()}
        assert found == {name.removeprefix("text_model."): shape for name, shape in expected.items()}


def converter(family: str) -> Callable[[State], State]:
    from diffusers.loaders import single_file_utils as theirs

    name = {"flux1": "flux", "chroma": "chroma"}[family]
    return getattr(theirs, f"convert_{name}_transformer_checkpoint_to_diffusers")  # type: ignore[no-any-return]


def test_names_and_rows_are_those_of_the_converter_of_diffusers(family: str) -> None:
    """Numbered rows of one column, so that full-size networks are small: what goes where, and in which order."""
    slots = family_slots(CONFIGS, family, "transformer")
    stored: State = {}
    for number, slot in enumerate(dict.fromkeys(slot.original for slot in slots)):
        rows = next(each.rows_stored for each in slots if each.original == slot)
        stored[slot] = torch.arange(rows) + 100_000 * number
    expected = converter(family)(dict(stored))
    assert {slot.name for slot in slots} == expected.keys()
    for slot in slots:
        assert torch.equal(taken(stored[slot.original], slot), expected[slot.name]), slot.name


def taken(stored: torch.Tensor, slot: Slot) -> torch.Tensor:
    rows = stored[slot.first_row : slot.first_row + slot.shape[0]]
    return torch.cat(rows.chunk(2)[::-1]) if slot.taken == "swapped" else rows


def original_of(folder: Path, family: str, part: str) -> State:
    """A network's weights under the names of the first release."""
    config = json.loads((folder / part / "config.json").read_text())
    own = load_file(next((folder / part).glob("*.safetensors")))
    found: dict[str, list[tuple[int, torch.Tensor]]] = {}
    for slot in FAMILIES[family].part(part).slots(config) or ():
        value = own[slot.name]
        found.setdefault(slot.original, []).append((slot.first_row, swapped(value, slot)))
    return {
        name: torch.cat([value for _, value in sorted(rows, key=lambda row: row[0])]) for name, rows in found.items()
    }


def swapped(value: torch.Tensor, slot: Slot) -> torch.Tensor:
    return torch.cat(value.chunk(2)[::-1]) if slot.taken == "swapped" else value


def below(prefix: str, state: Mapping[str, torch.Tensor]) -> State:
    return {prefix + name: value.contiguous() for name, value in state.items()}


def of_part(folder: Path, part: str) -> State:
    return load_file(next((folder / part).glob("*.safetensors")))


def write(path: Path, *states: State) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.clone() for state in states for name, value in state.items()}, path)
    return path


def whole(folder: Path, family: str) -> tuple[State, ...]:
    """A file with everything in it, as ComfyUI writes them."""
    inside = {
        "text_encoder": "text_encoders.clip_l.transformer.text_model.",
        "text_encoder_2": "text_encoders.t5xxl.transformer.",
    }
    if family == "chroma":
        inside = {"text_encoder": "text_encoders.t5xxl.transformer."}
    texts = (below(prefix, of_part(folder, part)) for part, prefix in inside.items())
    transformer = below("model.diffusion_model.", original_of(folder, family, "transformer"))
    return transformer, below("vae.", vae_of(folder)), *texts


def vae_of(folder: Path) -> State:
    from tests.engine.test_single_file import original_vae_key

    prefix = "first_stage_model."
    return {original_vae_key(name).removeprefix(prefix): value for name, value in of_part(folder, "vae").items()}


def load(library: ModelLibrary, model_id: str) -> Components:
    return load_components(library.checked(model_id), library.configs, CPU, lambda _share: None, CancelToken())


def assert_same(components: Components, folder: Path) -> None:
    for name, network in components.networks.items():
        found = {key.removeprefix("text_model."): value for key, value in network.state_dict().items()}
        for key, value in of_part(folder, name).items():
            assert torch.equal(found[key.removeprefix("text_model.")], value), (name, key)


def test_one_file_with_everything_is_the_same_model(family: str, folder: Path, configs: Path, tmp_path: Path) -> None:
    write(tmp_path / "models" / "whole.safetensors", *whole(folder, family))
    library = ModelLibrary([tmp_path / "models"], configs=configs)
    assert (library.get("whole").kind, library.get("whole").missing) == ("model", ())
    assert_same(load(library, "whole"), folder)


@pytest.mark.parametrize("naming", ["", "model.diffusion_model.", "diffusers"])
def test_a_transformer_alone_borrows_the_others(
    family: str, folder: Path, configs: Path, tmp_path: Path, naming: str
) -> None:
    models = tmp_path / "models"
    own = of_part(folder, "transformer") if naming == "diffusers" else original_of(folder, family, "transformer")
    write(models / "unet" / "alone.safetensors", below("" if naming == "diffusers" else naming, own))
    library = ModelLibrary([models], configs=configs)
    assert "T5-XXL text encoder" in str(library.get("unet/alone").problem)
    encoders = ENCODERS[family]
    write(models / "text_encoders" / "t5xxl_fp16.safetensors", of_part(folder, encoders[-1]))
    if family == "flux1":
        write(models / "text_encoders" / "clip_l.safetensors", of_part(folder, "text_encoder"))
    write(models / "vae" / "ae.safetensors", vae_of(folder))
    assert library.get("unet/alone").problem is None
    assert_same(load(library, "unet/alone"), folder)


def test_schnell_has_even_steps_and_its_own_preset(folder: Path, family: str, configs: Path, tmp_path: Path) -> None:
    if family != "flux1":
        pytest.skip("Chroma has no such kind")
    states = whole(folder, family)
    guided = {name for name in states[0] if "guidance_in" in name}
    write(tmp_path / "models" / "dev.safetensors", *states)
    write(
        tmp_path / "models" / "fast.safetensors", {k: v for k, v in states[0].items() if k not in guided}, *states[1:]
    )
    library = ModelLibrary([tmp_path / "models"], configs=configs)
    presets = {name: library.get(name).few_steps for name in ("dev", "fast")}
    assert {name: (each.steps, each.guidance_scale) for name, each in presets.items() if each} == {
        "dev": (28, 3.5),
        "fast": (4, 1.0),
    }
    assert not load(library, "fast").denoiser.config.guidance_embeds
    assert load(library, "fast").scheduler_config["use_dynamic_shifting"] is False
    assert load(library, "dev").scheduler_config["use_dynamic_shifting"] is True


@pytest.mark.parametrize("name", ["double_blocks.0.img_attn.qkv", "single_blocks.0.linear1"])
def test_a_lora_under_the_first_names_is_as_one_that_was_merged(
    family: str, folder: Path, configs: Path, tmp_path: Path, name: str
) -> None:
    models, own = tmp_path / "models", original_of(folder, family, "transformer")
    generator = torch.Generator().manual_seed(6)
    width, given = own[f"{name}.weight"].shape
    down, up = (torch.randn(shape, generator=generator) / 8 for shape in ((4, given), (width, 4)))
    stem = "lora_unet_" + name.replace(".", "_")
    write(models / "loras" / "red.safetensors", {f"{stem}.lora_down.weight": down, f"{stem}.lora_up.weight": up})
    others = (below("vae.", vae_of(folder)), *whole(folder, family)[2:])
    write(models / "plain.safetensors", own, *others)
    write(models / "merged.safetensors", {**own, f"{name}.weight": own[f"{name}.weight"] + up @ down}, *others)
    engine = DiffusionEngine(
        ModelLibrary([models], configs=configs), "cpu", None, flow(), precision="float32", torch_threads=1
    )
    (merged,), _ = generate(engine, job_for("merged"))
    before, worn, after = (
        generate(engine, job_for("plain", loras=loras))[0][0] for loras in ((), (LoraUse("red", 1.0),), ())
    )
    assert np.abs(worn.astype(int) - merged).max() <= 1
    assert not np.array_equal(worn, before)
    assert np.array_equal(before, after)


@pytest.mark.parametrize("end", [".scale_weight", ".weight_scale"])
def test_weights_in_fp8_are_multiplied_by_their_scales(
    family: str, folder: Path, configs: Path, tmp_path: Path, end: str
) -> None:
    own = original_of(folder, family, "transformer")
    scaled = {name: value for name, value in own.items() if value.dim() == 2}
    small = {name: (value / 0.3).to(torch.float8_e4m3fn) for name, value in scaled.items()}
    scales = {name.removesuffix(".weight") + end: torch.tensor(0.3) for name in scaled}
    others = (below("vae.", vae_of(folder)), *whole(folder, family)[2:])
    write(tmp_path / "models" / "fp8.safetensors", own | small, scales, *others)
    write(tmp_path / "models" / "plain.safetensors", own | {k: v.float() * 0.3 for k, v in small.items()}, *others)
    library = ModelLibrary([tmp_path / "models"], configs=configs)
    found, expected = (load(library, name).denoiser.state_dict() for name in ("fp8", "plain"))
    assert all(torch.equal(found[name], value) for name, value in expected.items())


def transformer(family: str, prefix: str = "") -> Tensors:
    stored = {}
    for slot in family_slots(CONFIGS, family, "transformer"):
        stored[prefix + slot.original] = (slot.rows_stored, *slot.shape[1:])
    return stored


def changed(tensors: Tensors, name: str, shape: tuple[int, ...]) -> Tensors:
    return {**tensors, name: shape}


def without(tensors: Tensors, mark: str) -> Tensors:
    return {name: shape for name, shape in tensors.items() if mark not in name}


@pytest.mark.parametrize(
    ("tensors", "reason"),
    [
        (changed(transformer("flux1"), "img_in.weight", (3072, 384)), "Flux.1 Fill"),
        (changed(transformer("flux1"), "img_in.weight", (3072, 128)), "Depth or Canny"),
        (without(transformer("flux1"), "double_blocks.1"), "fewer blocks"),
        (without(transformer("chroma"), "single_blocks.3.linear2.weight"), "linear2.weight is missing"),
        (changed(transformer("flux1"), "single_blocks.0.linear1.weight", (9216, 3072)), "21504 x 3072|has the shape"),
    ],
)
def test_what_cannot_be_drawn_with_is_named_before_the_load(tmp_path: Path, tensors: Tensors, reason: str) -> None:
    write_sparse(tmp_path / "odd.safetensors", tensors, "BF16")
    with pytest.raises(ModelError, match=reason):
        ModelLibrary([tmp_path]).checked("odd")


def test_the_bundled_tokenizer_reads_as_t5_does() -> None:
    tokenizer = t5_tokenizer(CONFIGS)
    assert tokenizer("a beautiful beach").input_ids == [3, 9, 786, 2608, 1]
    assert tokenizer("Studies have shown").input_ids == [6536, 43, 2008, 1]
    assert (tokenizer.pad_token_id, tokenizer.eos_token_id) == (0, 1)


def test_weights_are_left_out_and_the_end_of_a_long_prompt_is_told() -> None:
    torch.manual_seed(0)
    coder = T5Coder((t5_tokenizer(CONFIGS), tiny_t5()), is_masked=True)
    plain, weighted = coder.encode("a red boat"), coder.encode("a (red:1.4) boat")
    assert torch.equal(plain.tokens, weighted.tokens)
    assert plain.mask is not None
    assert plain.mask.sum() == len(t5_tokenizer(CONFIGS)("a red boat").input_ids) + 1
    long = coder.encode("sea " * LENGTH + "boat")
    assert long.dropped.endswith("boat")


def test_a_scheduler_without_a_flow_says_so(family: str, folder: Path) -> None:
    specs = flow() | flow_specs("EulerAncestralDiscreteScheduler")
    engine = DiffusionEngine(ModelLibrary([folder.parent]), "cpu", None, specs, precision="float32", torch_threads=1)
    with pytest.raises(SettingError, match="no steps along a flow"):
        generate(engine, job_for(family, scheduler="EulerAncestralDiscreteScheduler"))


def test_a_scheduler_without_a_flow_gives_way_to_one_that_has(family: str, folder: Path) -> None:
    euler = replace(flow()["euler"], for_flow=True)
    specs = {"euler": euler, "heun": SchedulerSpec(id="heun", name="Heun", factory=dict)}
    engine = DiffusionEngine(ModelLibrary([folder.parent]), "cpu", None, specs, precision="float32", torch_threads=1)
    bound = engine.bound(lambda _progress: None, CancelToken())
    (wanted,) = bound.denoise(job_for(family, scheduler="heun"))
    assert any("Heun cannot draw" in note and "Euler was used instead" in note for note in bound.notes)
    ((plain,), _) = generate(engine, job_for(family, scheduler="euler"))
    assert np.array_equal(wanted, plain)


@pytest.mark.parametrize("name", ["DPMSolverMultistep", "UniPCMultistep", "DEISMultistep", "LCM"])
def test_schedulers_that_know_flows_draw(family: str, folder: Path, name: str) -> None:
    engine = DiffusionEngine(
        ModelLibrary([folder.parent]), "cpu", None, flow_specs(f"{name}Scheduler"), precision="float32", torch_threads=1
    )
    mode = {"image": picture(), "strength": 0.5, "mask": right_half()}
    (drawn,), _ = generate(engine, job_for(family, scheduler=f"{name}Scheduler", **mode))
    assert drawn.std() > 0


def flow_specs(name: str) -> dict[str, SchedulerSpec]:
    """The bundled plugin's schedulers of this class."""
    path = default_paths().plugins / "schedulers" / "plugin.py"
    spec = importlib.util.spec_from_file_location("schedulers_of_the_house", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: SchedulerSpec(id=name, name=name, factory=partial(module.build, name, {}))}
