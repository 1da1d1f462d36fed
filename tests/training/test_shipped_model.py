"""The model that ships, used as anyone would use it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline

from studio.training.scenes.known_words import known_words

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
    assert first.shape == (256, 256, 3)
    assert np.array_equal(first, second)
    assert not np.array_equal(first, _draw(pipeline, "a beautiful beach", seed=1))


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        " ",
        "美丽的海滩",
        "🏖️🌅",
        "a very long prompt " * 60,
        "日落时的海滩" * 60,
        "пляж на закате",
        "شاطئ",
        "\x00\u202e\n",
    ],
)
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


@pytest.fixture(scope="module")
def quick() -> StableDiffusionPipeline:
    loaded = StableDiffusionPipeline.from_pretrained(MODEL)
    loaded.set_progress_bar_config(disable=True)
    loaded.load_lora_weights(MODEL / "few_steps")
    return loaded


def test_the_few_step_weights_draw_in_four_steps_without_guidance(quick: StableDiffusionPipeline) -> None:
    sampling = json.loads((MODEL / "few_steps" / "sampling.json").read_text("utf-8"))
    assert (sampling["scheduler"], sampling["steps"], sampling["guidance_scale"]) == ("ddim", 4, 1.0)
    generator = torch.Generator("cpu").manual_seed(3)
    picture = quick(
        "a beach at noon", num_inference_steps=4, guidance_scale=1.0, generator=generator, output_type="np"
    ).images[0]
    sky, sand = picture[:40].mean(axis=(0, 1)), picture[-30:].mean(axis=(0, 1))
    assert sky[2] > sky[0]  # blue above
    assert sand[0] > sand[2]  # yellow below


def test_the_evaluation_has_the_promised_rows() -> None:
    evaluation = json.loads((MODEL / "evaluation.json").read_text("utf-8"))
    for row in (evaluation, *(evaluation[name] for name in ("chinese", "four_steps", "ceiling", "floor"))):
        for question in ("scene", "time_of_day", "object", "colour"):
            assert 0 <= row[question] <= 1
    assert evaluation["pictures"] == 500


def test_the_card_tells_data_licences_recipe_and_figures() -> None:
    card = (MODEL / "README.md").read_text("utf-8")
    for words in ("Fluent Emoji", "MIT", "Apache-2.0", "Percent right", "Limits", "few_steps"):
        assert words in card
    assert "{" not in card


def test_the_vocabulary_is_that_of_the_grammar() -> None:
    assert json.loads((MODEL / "vocabulary.json").read_text("utf-8")) == known_words()
