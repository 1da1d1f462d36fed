"""Inpainting UNets and SDXL, as tiny random models of the same classes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from tests.engine.tiny_model import SIDE, generate, make_job, picture, write_tiny_model, write_tiny_sdxl


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory, schedulers: Any) -> DiffusionEngine:
    folder = tmp_path_factory.mktemp("families")
    write_tiny_model(folder / "inpainting", unet_channels=9)
    # Habits that are not for such a UNet: it is shown what is kept in channels of its own.
    habits = '{"known_cells": "clean", "closing_timestep": 100}'
    (folder / "inpainting" / "sampling.json").write_text(habits, "utf-8")
    write_tiny_sdxl(folder / "xl")
    return DiffusionEngine(ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1)


def right_half() -> Any:
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, SIDE // 2 :] = 1.0
    return mask


def modes() -> dict[str, dict[str, Any]]:
    return {
        "text": {},
        "image": {"image": picture(), "strength": 0.6},
        "inpaint": {"image": picture(), "strength": 0.6, "mask": right_half()},
        "inpaint fully": {"image": picture(), "mask": right_half()},
    }


@pytest.mark.parametrize("mode", list(modes()))
@pytest.mark.parametrize("model", ["inpainting", "xl"])
def test_every_mode_runs_and_repeats(families: DiffusionEngine, model: str, mode: str) -> None:
    job = make_job(model=model, negative_prompt="fog", **modes()[mode])
    (first,), _ = generate(families, job)
    (second,), _ = generate(families, job)
    assert first.shape == (SIDE, SIDE, 3)
    assert np.array_equal(first, second)


def test_an_inpainting_unet_sees_what_is_outside_the_mask(families: DiffusionEngine) -> None:
    mask = right_half()
    (first,), _ = generate(families, make_job(model="inpainting", image=picture(1), mask=mask))
    (second,), _ = generate(families, make_job(model="inpainting", image=picture(2), mask=mask))
    assert not np.array_equal(first[:, SIDE // 2 :], second[:, SIDE // 2 :])


def test_sdxl_is_recognised_with_its_sizes(families: DiffusionEngine) -> None:
    model = families.library.get("xl")
    assert (model.family, model.problem) == ("sdxl", None)
    assert families.library.limits("xl").native_side == SIDE


def test_an_empty_negative_prompt_is_zeros_for_sdxl_only(
    families: DiffusionEngine, shared_engine: DiffusionEngine
) -> None:
    from studio.generation import CancelToken

    for engine, name, zeros in ((families, "xl", True), (shared_engine, "tiny", False)):
        model = engine.load(name, lambda progress: None, CancelToken())
        assert bool((model.prompts.encode("", negative=True).tokens == 0).all()) == zeros
        assert bool((model.prompts.encode("").tokens != 0).any())


def test_guidance_without_classifier_free_guidance_in_sdxl(families: DiffusionEngine, tmp_path: Path) -> None:
    (pixels,), _ = generate(families, make_job(model="xl", guidance_scale=1.0))
    assert pixels.std() > 0


@pytest.mark.parametrize("name", ["plain", "xl"])
def test_weights_in_half_precision_alone_are_loaded(tmp_path: Path, schedulers: Any, name: str) -> None:
    """As a download leaves them: ``model.fp16.safetensors`` in place of ``model.safetensors``."""
    (write_tiny_sdxl if name == "xl" else write_tiny_model)(tmp_path / "models" / name)
    engine = DiffusionEngine(
        ModelLibrary([tmp_path / "models"]), "cpu", None, schedulers, precision="float32", torch_threads=1
    )
    (plain,), _ = generate(engine, make_job(model=name))
    engine.unload()
    for weights in (tmp_path / "models").rglob("*.safetensors"):
        weights.rename(weights.with_name(weights.name.replace(".safetensors", ".fp16.safetensors")))
    (half,), _ = generate(engine, make_job(model=name))
    assert np.array_equal(plain, half)


def soft_bands() -> Any:
    """A quarter is kept, half changes by halves, the rest wholly."""
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, SIDE // 4 :], mask[:, SIDE * 3 // 4 :] = 0.5, 1.0
    return mask


@pytest.mark.parametrize("model", ["inpainting", "xl"])
def test_a_soft_mask_changes_a_picture_by_degrees(families: DiffusionEngine, finished: list[Any], model: str) -> None:
    shared: dict[str, Any] = {"model": model, "image": picture(), "steps": 8, "soft": True}
    for mask in (np.zeros_like(soft_bands()), soft_bands(), np.ones_like(soft_bands())):
        generate(families, make_job(mask=mask, **shared))
    kept, soft, free = finished
    quarter = SIDE // 8 // 4
    assert bool((soft[..., :quarter] == kept[..., :quarter]).all())
    middle = slice(quarter, 3 * quarter)
    assert 0 < (soft - kept)[..., middle].abs().mean() < (free - kept)[..., middle].abs().mean()


def test_an_inpainting_unet_takes_a_mask_for_black_and_white_unless_it_is_soft(families: DiffusionEngine) -> None:
    mask = soft_bands()
    jobs = [make_job(model="inpainting", image=picture(), mask=each) for each in (mask, (mask >= 0.5).astype("f"))]
    grey, hard = (generate(families, job)[0][0] for job in jobs)
    assert np.array_equal(grey, hard)
    (soft,), _ = generate(families, make_job(model="inpainting", image=picture(), mask=mask, soft=True))
    assert not np.array_equal(soft, hard)


def test_other_networks_draw_a_soft_mask_as_ever(families: DiffusionEngine) -> None:
    soft, plain = (
        generate(families, make_job(model="xl", image=picture(), mask=soft_bands(), soft=soft))[0][0]
        for soft in (True, False)
    )
    assert np.array_equal(soft, plain)
