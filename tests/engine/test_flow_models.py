"""Z-Image and Flux.2 Klein the whole way: files with the names that people own, told, loaded and drawn with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import SchedulerSpec
from studio.engine.engine import DiffusionEngine
from studio.engine.models import loading
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.generation import CancelToken
from tests.engine.flow_files import networks, write_configs, write_folder, write_part
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
            folder / "qwen_3_4b.safetensors", configs, family, "text_encoder", parts["text_encoder"], prefix="model."
        )
        vae, naming = {"z-image": ("ae", "original"), "flux2": ("flux2-vae", "nested")}[family]
        write_part(folder / f"{vae}.safetensors", configs, family, "vae", parts["vae"], naming=naming)  # type: ignore[arg-type]
    return folder


@pytest.fixture(scope="module")
def library(models: Path, configs: Path) -> ModelLibrary:
    return ModelLibrary([models], configs=configs)


@pytest.fixture
def engine(library: ModelLibrary, qwen: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[DiffusionEngine]:
    from diffusers import FlowMatchEulerDiscreteScheduler

    monkeypatch.setitem(loading.BUNDLED, "qwen", lambda _configs, _filling: qwen)
    euler = SchedulerSpec(id="euler", name="Euler", factory=FlowMatchEulerDiscreteScheduler.from_config)
    made = DiffusionEngine(library, "cpu", None, {"euler": euler}, precision="float32", torch_threads=1)
    yield made
    made.close()


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
