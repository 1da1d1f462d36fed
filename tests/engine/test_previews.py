"""Previews without the decoder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.engine.engine import DiffusionEngine
from studio.engine.predictions import FlowPrediction, predicted_original
from studio.engine.previews import LatentPreview, fit_preview, load_preview
from studio.generation import CancelToken
from tests.engine.tiny_model import SIDE, generate, make_job, picture

FACTORS = [[0.5, 0.0, 0.0], [0.0, 0.5, 0.0], [0.0, 0.0, 0.5], [0.1, 0.1, 0.1]]


def test_renders_latents_to_rgb() -> None:
    preview = LatentPreview(torch.tensor(FACTORS), torch.tensor([0.0, 0.0, 1.0]))
    latents = torch.zeros(1, 4, 2, 3)
    latents[:, 0] = 2.0
    pixels = preview.render(latents)
    assert pixels.shape == (2, 3, 3)
    assert pixels[0, 0].tolist() == [255, 128, 255]


def test_numbers_that_are_no_picture_do_not_break_the_preview() -> None:
    preview = LatentPreview(torch.tensor(FACTORS), torch.zeros(3))
    assert preview.render(torch.full((1, 4, 2, 2), float("nan"))).dtype == np.uint8


def test_reads_the_models_own_map(tmp_path: Path) -> None:
    value = {"latent_rgb_factors": FACTORS, "latent_rgb_bias": [0.1, 0.2, 0.3]}
    (tmp_path / "preview.json").write_text(json.dumps(value))
    preview = load_preview(tmp_path, 4)
    assert preview is not None
    assert torch.equal(preview.factors, torch.tensor(FACTORS))


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"latent_rgb_factors": [[1]], "latent_rgb_bias": [0]}',
                '{"latent_rgb_factors": "x", "latent_rgb_bias": 1}'],
)  # fmt: skip
def test_a_damaged_map_is_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "preview.json").write_text(content)
    assert load_preview(tmp_path, 4) is None


def test_fits_a_map_to_a_decoder() -> None:
    """A decoder that is linear but for its size is found exactly."""
    factors = torch.tensor(FACTORS)

    def decode(latents: torch.Tensor) -> torch.Tensor:
        rgb = torch.einsum("bchw,cr->brhw", latents, factors) + 0.25
        return torch.nn.functional.interpolate(rgb, scale_factor=8, mode="nearest")

    fitted = fit_preview(decode, 4)
    assert torch.allclose(fitted.factors, factors, atol=1e-4)
    assert torch.allclose(fitted.bias, torch.full((3,), 0.25), atol=1e-4)


@pytest.mark.parametrize("kind", ["epsilon", "v_prediction", "sample"])
@pytest.mark.parametrize("alpha_bar", [0.9, 0.5, 0.01])
def test_the_clean_latents_are_found_from_a_perfect_prediction(kind: str, alpha_bar: float) -> None:
    clean, noise = torch.randn(2, 1, 4, 3, 3)
    signal, amount = alpha_bar**0.5, (1 - alpha_bar) ** 0.5
    sample = signal * clean + amount * noise
    prediction = {"epsilon": noise, "v_prediction": signal * noise - amount * clean, "sample": clean}[kind]
    assert torch.allclose(predicted_original(sample, prediction, alpha_bar, kind), clean, atol=1e-4)


def test_flow_models_mix_picture_and_noise_in_a_straight_line() -> None:
    clean, noise = torch.randn(2, 1, 4, 3, 3)
    sample, prediction = 0.3 * clean + 0.7 * noise, FlowPrediction(train_timesteps=1000)
    assert torch.allclose(prediction.clean(sample, noise - clean, torch.tensor(700.0)), clean, atol=1e-5)
    assert torch.allclose(prediction.leading_to(clean, sample, 700.0), noise - clean, atol=1e-5)
    assert torch.allclose(prediction.faded(clean, 700.0), 0.3 * clean)


@pytest.mark.parametrize("scheduler", ["euler", "ddim", "heun", "dpmpp_2m_karras"])
def test_the_last_preview_is_the_picture_in_small(
    shared_engine: DiffusionEngine, finished: list[Any], scheduler: str
) -> None:
    """The clean latents that the last step implies are those that are decoded, whatever the scheduler scales."""
    _, reports = generate(shared_engine, make_job(scheduler=scheduler, steps=30))
    model = shared_engine.load("tiny", lambda progress: None, CancelToken())
    last = [report.preview for report in reports if report.preview is not None][-1]
    difference = np.abs(model.previewer.colors.render(finished[0]).astype(int) - last)
    assert last.shape == (SIDE // 8, SIDE // 8, 3)
    assert difference.mean() < 12


def test_the_preview_of_an_img2img_start_resembles_the_picture(shared_engine: DiffusionEngine) -> None:
    """With a fitted map, each cell of a decoded picture has about the map's colour."""
    model = shared_engine.load("tiny", lambda progress: None, CancelToken())
    rgb = torch.from_numpy(picture().copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
    latents = model.codec.encode(rgb)
    decoded = model.decode(latents).reshape(8, SIDE // 8, 8, SIDE // 8, 3).mean(axis=(1, 3))
    assert np.abs(model.previewer.colors.render(latents) - decoded).mean() < 40
