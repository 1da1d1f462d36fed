"""The model that ships, used as anyone would use it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline

MODEL = Path(__file__).parents[2] / "resources" / "models" / "starter"

pytestmark = pytest.mark.skipif(not (MODEL / "model_index.json").exists(), reason="no model has been trained yet")


@pytest.fixture(scope="module")
def pipeline() -> StableDiffusionPipeline:
    loaded = StableDiffusionPipeline.from_pretrained(MODEL)
    loaded.set_progress_bar_config(disable=True)
    return loaded


def _draw(pipeline: StableDiffusionPipeline, prompt: str, seed: int = 0, steps: int = 3) -> np.ndarray:
    generator = torch.Generator("cpu").manual_seed(seed)
    return pipeline(prompt, num_inference_steps=steps, generator=generator, output_type="np").images[0]


def test_the_same_seed_draws_the_same_picture(pipeline: StableDiffusionPipeline) -> None:
    first, second = _draw(pipeline, "a beautiful beach"), _draw(pipeline, "a beautiful beach")
    assert first.shape == (128, 128, 3)
    assert np.array_equal(first, second)
    assert not np.array_equal(first, _draw(pipeline, "a beautiful beach", seed=1))


@pytest.mark.parametrize("prompt", ["", "美丽的海滩", "🏖️🌅", "a very long prompt " * 60, "日落时的海滩" * 60])
def test_any_prompt_draws_a_picture(pipeline: StableDiffusionPipeline, prompt: str) -> None:
    picture = _draw(pipeline, prompt, steps=2)
    assert np.isfinite(picture).all()
    assert picture.std() > 0.01


def test_the_prompt_matters(pipeline: StableDiffusionPipeline) -> None:
    assert np.abs(_draw(pipeline, "city at night") - _draw(pipeline, "a snowfield at noon")).mean() > 0.05


def test_no_file_is_large_and_none_is_a_pickle() -> None:
    files = [path for path in MODEL.rglob("*") if path.is_file()]
    assert max(path.stat().st_size for path in files) <= 15 * 2**20
    assert sum(path.stat().st_size for path in files) <= 40 * 2**20
    assert {path.suffix for path in files} <= {".json", ".safetensors", ".md", ".txt"}


def test_parts_are_plain_and_of_the_promised_kind() -> None:
    index = json.loads((MODEL / "model_index.json").read_text("utf-8"))
    assert index["_class_name"] == "StableDiffusionPipeline"
    assert index["safety_checker"] == [None, None]
    assert index["tokenizer"][1] == "CLIPTokenizer"
    scheduler = json.loads((MODEL / "scheduler" / "scheduler_config.json").read_text("utf-8"))
    assert scheduler["prediction_type"] == "v_prediction"
    assert scheduler["rescale_betas_zero_snr"]
    assert scheduler["timestep_spacing"] == "trailing"


def test_the_preview_map_fits_four_channels() -> None:
    preview = json.loads((MODEL / "preview.json").read_text("utf-8"))
    assert np.array(preview["latent_rgb_factors"]).shape == (4, 3)
    assert np.array(preview["latent_rgb_bias"]).shape == (3,)
