"""Z-Image and Flux.2 Klein the whole way: files with the names that people own, told, loaded and drawn with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.api import SchedulerSpec
from studio.engine.engine import DiffusionEngine
from studio.engine.models import loading
from studio.engine.models.families.table import FAMILIES as FAMILY_TABLE
from studio.engine.models.headers import read_header
from studio.engine.models.identity.checkpoints import part_config
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.engine.models.networks import load_network, source_in_file
from studio.errors import MissingNetworkError, SettingError
from studio.generation import CancelToken, LoraUse
from studio.generation.conditioning import Conditioning, Control, Reference
from tests.engine.bundled_influences import bundled_influences
from tests.engine.control_files import randomised
from tests.engine.flow_files import networks, stored, write_configs, write_folder, write_part
from tests.engine.test_gguf import write_gguf
from tests.engine.tiny_model import generate, make_job, picture

FAMILIES = ("z-image", "flux2")
NAMES = {"z-image": "z_image_turbo_bf16", "flux2": "flux-2-klein-4b"}


@pytest.fixture(scope="module")
def configs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_configs(tmp_path_factory.mktemp("flow") / "configs")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory, configs: Path) -> Path:
    """Both families as a folder each and as files with one network each."""
    folder = tmp_path_factory.mktemp("models")
    for family in FAMILIES:
        parts = networks(configs, family)
        write_folder(folder / f"{family}-folder", configs, family, parts)
        transformer = parts["transformer"]
        write_part(folder / f"{NAMES[family]}.safetensors", configs, family, "transformer", transformer)
        write_part(
            folder / "qwen_3_4b.safetensors", configs, family, "text_encoder", parts["text_encoder"],
            naming="diffusers", prefix="model.",
        )  # fmt: skip
        vae, naming = {"z-image": ("ae", "original"), "flux2": ("flux2-vae", "nested")}[family]
        write_part(folder / f"{vae}.safetensors", configs, family, "vae", parts["vae"], naming=naming)  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="module")
def library(models: Path, configs: Path) -> ModelLibrary:
    return ModelLibrary([models], configs=configs)


@pytest.fixture(scope="module")
def made(qwen: Any) -> Iterator[Callable[[ModelLibrary], DiffusionEngine]]:
    """What makes an engine for a library."""
    from diffusers import FlowMatchEulerDiscreteScheduler

    euler = SchedulerSpec(id="euler", name="Euler", factory=FlowMatchEulerDiscreteScheduler.from_config)
    with ExitStack() as engines, pytest.MonkeyPatch.context() as patch:
        patch.setitem(loading.BUNDLED, "qwen", lambda _configs, _filling: qwen)

        def make(library: ModelLibrary) -> DiffusionEngine:
            options: dict[str, Any] = {"precision": "float32", "torch_threads": 1, "influences": bundled_influences()}
            engine = DiffusionEngine(library, "cpu", None, {"euler": euler}, **options)
            engines.callback(engine.close)
            return engine

        yield make


@pytest.fixture(scope="module")
def engines(library: ModelLibrary, made: Callable[[ModelLibrary], DiffusionEngine]) -> dict[str, DiffusionEngine]:
    """One for each family, which keeps its model."""
    return {family: made(library) for family in FAMILIES}


@pytest.fixture
def engine(engines: dict[str, DiffusionEngine], request: pytest.FixtureRequest) -> DiffusionEngine:
    callspec = getattr(request.node, "callspec", None)
    return engines[callspec.params["family"] if callspec is not None else "z-image"]


def found(library: ModelLibrary, id_: str) -> ModelInfo:
    return next(model for model in library.scan() if model.id == id_)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_transformer_alone_borrows_the_rest(library: ModelLibrary, family: str) -> None:
    model = found(library, NAMES[family])
    assert (model.kind, model.family, model.problem) == ("model", family, None)
    vae = {"z-image": "ae", "flux2": "flux2-vae"}[family]
    assert {part: path.name for part, path in model.borrowed} == {
        "text_encoder": "qwen_3_4b.safetensors",
        "vae": f"{vae}.safetensors",
    }
    assert model.limits is not None
    assert (model.limits.native_side, model.limits.multiple) == (1024, 16)
    assert model.few_steps is not None
    assert model.few_steps.guidance_scale == 1.0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_file_draws_what_its_folder_draws(engine: DiffusionEngine, family: str) -> None:
    (from_file,), _ = generate(engine, make_job(model=NAMES[family]))
    (from_folder,), _ = generate(engine, make_job(model=f"{family}-folder"))
    assert np.array_equal(from_file, from_folder)
    assert from_file.std() > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_a_picture_is_drawn_over(engine: DiffusionEngine, family: str) -> None:
    changed = [
        generate(engine, make_job(model=NAMES[family], image=picture(seed), strength=0.5))[0][0] for seed in (0, 0, 1)
    ]
    assert np.array_equal(changed[0], changed[1])
    assert not np.array_equal(changed[0], changed[2])


@pytest.mark.parametrize("family", FAMILIES)
def test_what_a_soft_mask_keeps_stays(engine: DiffusionEngine, finished: list[Any], family: str) -> None:
    mask = np.zeros((64, 64), np.float32)
    mask[:, 16:32], mask[:, 32:] = 0.5, 1.0
    for prompt in ("a beach", "a forest"):
        job = make_job(model=NAMES[family], prompt=prompt, image=picture(), mask=mask, strength=1.0)
        generate(engine, job)
    beach, forest = finished
    cells = beach.shape[-1]
    assert torch.equal(beach[..., : cells // 4], forest[..., : cells // 4])
    assert not torch.isclose(beach[..., cells // 4 :], forest[..., cells // 4 :], rtol=0.0, atol=1e-7).any()


@pytest.mark.parametrize("family", FAMILIES)
def test_guidance_heeds_a_negative_prompt_of_another_length(engine: DiffusionEngine, family: str) -> None:
    prompts = ("", "blurred, dark, with many words that are not wanted")
    drawn = [
        generate(engine, make_job(model=NAMES[family], negative_prompt=prompt, guidance_scale=3.0))[0][0]
        for prompt in prompts
    ]
    assert not np.array_equal(*drawn)


def test_weights_of_words_are_told(engine: DiffusionEngine) -> None:
    bound = engine.bound(lambda _progress: None, CancelToken())
    bound.denoise(make_job(model=NAMES["z-image"], prompt="a (red:1.3) fox", guidance_scale=1.0))
    assert any("weights of words" in note for note in bound.notes)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("missing", "called"), [("qwen_3_4b", "text encoder Qwen3-4B"), ("vae", "VAE")])
def test_what_is_missing_is_said(
    models: Path, configs: Path, family: str, missing: str, called: str, tmp_path: Path
) -> None:
    vae = {"z-image": "ae", "flux2": "flux2-vae"}[family]
    left = {NAMES[family], "qwen_3_4b", vae} - {vae if missing == "vae" else missing}
    for name in left:
        (tmp_path / f"{name}.safetensors").symlink_to(models / f"{name}.safetensors")
    model = found(ModelLibrary([tmp_path], configs=configs), NAMES[family])
    assert model.problem is not None
    assert f"holds no {called}, and no other file has one that fits" in model.problem


def lora(family: str, changes: dict[str, int]) -> dict[str, torch.Tensor]:
    """A LoRA in ComfyUI's names for layers that take 32 numbers and give so many."""
    generator = torch.Generator().manual_seed(5)
    state = {}
    for layer, out in changes.items():
        state[f"diffusion_model.{layer}.lora_A.weight"] = torch.randn(3, 32, generator=generator)
        state[f"diffusion_model.{layer}.lora_B.weight"] = torch.randn(out, 3, generator=generator)
    return state


LORAS = {
    "z-image": {"layers.0.attention.qkv": 96, "layers.0.attention.out": 32, "noise_refiner.0.feed_forward.w1": 85},
    "flux2": {"double_blocks.0.img_attn.qkv": 96, "double_blocks.0.txt_mlp.0": 192, "single_blocks.0.linear1": 288},
}


def of_diffusers(family: str, state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The same as diffusers converts it; what was stored as one is taken apart."""
    from diffusers.loaders import lora_conversion_utils

    if family == "flux2":
        converted = lora_conversion_utils._convert_non_diffusers_flux2_lora_to_diffusers(dict(state))
        return {name: tensor.contiguous() for name, tensor in converted.items()}
    found = {}
    for name, tensor in state.items():
        own = name.replace("diffusion_model.", "transformer.").replace(".attention.out.", ".attention.to_out.0.")
        thirds = tensor.chunk(3) if name.endswith("lora_B.weight") else (tensor,) * 3
        for which, third in zip("qkv", thirds, strict=True):
            if ".qkv." in own:
                found[own.replace(".qkv.", f".to_{which}.")] = third.clone()
            else:
                found[own] = tensor
    return found


@pytest.mark.parametrize("family", FAMILIES)
def test_loras_are_worn_and_leave_no_trace(
    models: Path, configs: Path, family: str, tmp_path: Path, made: Callable[[ModelLibrary], DiffusionEngine]
) -> None:
    for name, state in {
        "comfy": lora(family, LORAS[family]),
        "peft": of_diffusers(family, lora(family, LORAS[family])),
    }.items():
        save_file(state, tmp_path / f"{name}.safetensors")
    engine = made(ModelLibrary([models, tmp_path], configs=configs))
    drawn = {}
    for name in ("", "comfy", "peft", "off"):
        uses = (LoraUse(name),) if name in ("comfy", "peft") else ()
        (drawn[name],), _ = generate(engine, make_job(model=NAMES[family], loras=uses))
    assert np.array_equal(drawn[""], drawn["off"])
    assert np.array_equal(drawn["comfy"], drawn["peft"])
    assert not np.array_equal(drawn["comfy"], drawn[""])


@pytest.mark.parametrize("family", FAMILIES)
def test_weights_of_8_bits_draw(
    models: Path, configs: Path, family: str, tmp_path: Path, made: Callable[[ModelLibrary], DiffusionEngine]
) -> None:
    transformer = networks(configs, family)["transformer"]
    path = tmp_path / f"{NAMES[family]}-fp8.safetensors"
    write_part(path, configs, family, "transformer", transformer, dtype=torch.float8_e4m3fn)
    engine = made(ModelLibrary([models, tmp_path], configs=configs))
    (coarse,), _ = generate(engine, make_job(model=path.stem))
    (fine,), _ = generate(engine, make_job(model=NAMES[family]))
    assert 0 < np.abs(coarse.astype(int) - fine).mean() < fine.std()


@pytest.mark.parametrize(("family", "named"), [("z-image", "weight_scale"), ("flux2", "scale_weight")])
def test_scales_of_8_bit_weights_are_heeded(
    models: Path, configs: Path, family: str, named: str, tmp_path: Path
) -> None:
    """One number for a matrix, or one for each of its rows, as ComfyUI stores them."""
    state = load_file(models / f"{NAMES[family]}.safetensors")
    scaled = {name: tensor.to(torch.float8_e4m3fn) for name, tensor in state.items()}
    plain = {name: tensor.float() for name, tensor in scaled.items()}
    for number, name in enumerate(name for name in state if name.endswith(".weight") and state[name].dim() == 2):
        scale = torch.rand(len(state[name]) if number % 2 else 1, 1) + 0.5
        scaled[name] = (state[name] / scale).to(torch.float8_e4m3fn)
        plain[name] = scaled[name].float() * scale
        scaled[name.removesuffix("weight") + named] = scale if number % 2 else scale[0, 0].clone()
    save_file(scaled, tmp_path / "scaled.safetensors")
    save_file(plain, tmp_path / "plain.safetensors")
    part = FAMILY_TABLE[family].part("transformer")
    files = (tmp_path / f"{name}.safetensors" for name in ("scaled", "plain"))
    sources = (source_in_file(each, read_header(each).tensors, FAMILY_TABLE[family], part, configs) for each in files)
    read, wanted = (load_network(each, "cpu", torch.float32, lambda _bytes: None).state_dict() for each in sources)
    assert read.keys() == wanted.keys()
    assert all(torch.equal(read[name], wanted[name]) for name in wanted)


@pytest.mark.parametrize(("family", "architecture"), [("z-image", "lumina2"), ("flux2", "flux")])
def test_gguf_files_draw_with_a_qwen_of_their_kind(
    models: Path,
    configs: Path,
    family: str,
    architecture: str,
    tmp_path: Path,
    made: Callable[[ModelLibrary], DiffusionEngine],
) -> None:
    parts = networks(configs, family)
    for name, part, kind in (("packed", "transformer", architecture), ("Qwen3-4B", "text_encoder", "qwen3")):
        slots = FAMILY_TABLE[family].part(part).slots(part_config(configs, family, part)) or ()
        write_gguf(tmp_path / f"{name}.gguf", stored(parts[part].state_dict(), slots, "original"), kind)
    vae = {"z-image": "ae", "flux2": "flux2-vae"}[family]
    (tmp_path / f"{vae}.safetensors").symlink_to(models / f"{vae}.safetensors")
    alone = ModelLibrary([tmp_path], configs=configs)
    assert dict(found(alone, "packed").borrowed)["text_encoder"].name == "Qwen3-4B.gguf"
    (packed,), _ = generate(made(alone), make_job(model="packed"))
    (plain,), _ = generate(made(ModelLibrary([models], configs=configs)), make_job(model=NAMES[family]))
    assert np.abs(packed.astype(int) - plain).mean() < plain.std() / 4


@pytest.mark.parametrize("family", ["flux2"])
def test_flux2_looks_at_references_itself(engine: DiffusionEngine, family: str) -> None:
    plain = make_job(model="flux2-folder", steps=2)
    tiny = np.full((3, 7, 3), 200, np.uint8)
    shown = Reference(name="Reference", picture=picture(4))
    drawn = [
        generate(engine, replace(plain, conditioning=Conditioning(references=references)))[0][0]
        for references in ((), (shown,), (replace(shown, strength=0.0),), (shown, replace(shown, picture=tiny)))
    ]
    assert np.array_equal(drawn[0], drawn[2])
    assert not np.array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[1], drawn[3])
    of_a_region = Conditioning(references=(replace(shown, mask=np.zeros((plain.height, plain.width), np.float32)),))
    bound = engine.bound(lambda _progress: None, CancelToken())
    (everywhere,) = bound.denoise(replace(plain, conditioning=of_a_region))
    assert np.array_equal(everywhere, drawn[1])
    assert bound.notes == ("Reference was felt in the whole picture: it cannot be kept to a region.",)
    style = replace(plain, conditioning=Conditioning(references=(replace(shown, name="Style", mode="style"),)))
    with pytest.raises(SettingError, match="Style cannot be used with Flux2-folder, which looks at all of a picture"):
        generate(engine, style)


@pytest.mark.parametrize("family", ["z-image"])
def test_z_image_is_shown_no_references(engine: DiffusionEngine, family: str) -> None:
    job = make_job(
        model="z-image-folder", conditioning=Conditioning(references=(Reference(name="Style", picture=picture(4)),))
    )
    with pytest.raises(SettingError, match="its family takes none here"):
        generate(engine, job)


def test_a_control_network_of_z_image_is_told_and_felt(
    models: Path, configs: Path, made: Callable[[ModelLibrary], DiffusionEngine], tmp_path: Path
) -> None:
    from diffusers import ZImageControlNetModel

    options: dict[str, Any] = {"dim": 32, "n_refiner_layers": 1, "n_heads": 2, "n_kv_heads": 2}
    network = ZImageControlNetModel(control_layers_places=[0], control_in_dim=16, **options)
    (tmp_path / "z-image-folder").symlink_to(models / "z-image-folder")
    save_file(dict(randomised(network, 3).state_dict()), tmp_path / "z_image_control_union.safetensors")
    engine = made(ModelLibrary([tmp_path], configs=configs))
    plain = make_job(model="z-image-folder", steps=2)
    depth = Control(name="Depth", modes=("depth",), picture=picture(4))
    drawn = [
        generate(engine, replace(plain, conditioning=Conditioning(controls=controls)))[0][0]
        for controls in ((), (depth,), (replace(depth, strength=0.0),), (depth, replace(depth, strength=0.5)))
    ]
    assert np.array_equal(drawn[0], drawn[2])
    assert not np.array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[1], drawn[3])
    normals = Conditioning(controls=(replace(depth, name="Normals", modes=("normal",)),))
    with pytest.raises(MissingNetworkError, match="reads Normals"):
        generate(engine, replace(plain, conditioning=normals))
