"""The upscaler's recipe at toy size, and the network that ships."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from studio.paths import default_paths
from studio.training.configuration import DataConfig
from studio.training.scenes.data import Pictures, make_sample, render
from studio.training.scenes.degradation import degraded, reduced
from studio.training.upscaler import (
    MODEL_FILE,
    UpscalerConfig,
    fit_upscaler,
    smoke_upscaler,
    train_upscaler,
)
from studio.training.upscaler_report import lanczos, measure_upscaler, psnr, ssim

SMOKE = smoke_upscaler()
FOLDER = default_paths().resources / "models" / "upscaler"
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def held_out() -> Pictures:
    """Six pictures of combinations that training never saw."""
    samples = [make_sample(DataConfig(), "held-out", index) for index in range(6)]
    return np.stack([render(sample.description, 256) for sample in samples])


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    return np.random.default_rng(1).integers(0, 256, (8, 3, 64, 64), np.uint8)


def weights(network: torch.nn.Module) -> dict[str, np.ndarray]:
    return {name: value.numpy() for name, value in network.state_dict().items()}


def test_a_run_that_was_stopped_ends_as_an_unbroken_one(pictures: Pictures, tmp_path: Path) -> None:
    whole = weights(fit_upscaler(SMOKE, pictures, tmp_path / "whole", CPU))
    again = weights(fit_upscaler(SMOKE, pictures, tmp_path / "again", CPU))
    stopped = fit_upscaler_until(SMOKE, pictures, tmp_path / "stopped", step=2)
    for name, value in whole.items():
        assert np.array_equal(value, again[name])
        assert np.array_equal(value, stopped[name])


def fit_upscaler_until(config: UpscalerConfig, pictures: Pictures, folder: Path, *, step: int) -> dict[str, np.ndarray]:
    """Train, take away what came after a step, and train on."""
    kept = folder / f"kept-{step}.pt"

    def after(saved: object, path: Path) -> None:
        original(saved, path)
        if isinstance(saved, dict) and saved["step"] == step:
            kept.write_bytes(path.read_bytes())

    from studio.training.networks import loop

    original = loop.save_whole
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loop, "save_whole", after)
        fit_upscaler(config, pictures, folder, CPU)
    (folder / "checkpoint.pt").write_bytes(kept.read_bytes())
    return weights(fit_upscaler(config, pictures, folder, CPU))


def test_small_pictures_are_degraded_the_same_way_from_the_same_numbers() -> None:
    sharp = np.random.default_rng(2).integers(0, 256, (64, 48, 3), np.uint8)
    made = [degraded(sharp, 4, np.random.default_rng(seed)) for seed in (1, 1, 2, 3, 4, 5)]
    assert {each.shape for each in made} == {(16, 12, 3)}
    assert np.array_equal(made[0], made[1])
    assert len({each.tobytes() for each in made}) > 2


def test_psnr_and_ssim_agree_with_what_is_known() -> None:
    picture = np.random.default_rng(3).integers(60, 190, (64, 64, 3), np.uint8)
    assert psnr(picture, picture) == 100.0
    assert ssim(picture, picture) == pytest.approx(1.0)
    assert psnr(picture, picture + 5) == pytest.approx(10 * np.log10(255**2 / 25))
    noisy = (picture + np.random.default_rng(4).normal(0, 30, picture.shape)).clip(0, 255).astype(np.uint8)
    assert 0.2 < ssim(picture, noisy) < ssim(picture, picture + 5) < 1.0


@pytest.mark.slow
def test_the_whole_recipe_writes_a_network_with_its_card(tmp_path: Path) -> None:
    said: list[str] = []
    figures = train_upscaler(SMOKE, tmp_path / "work", tmp_path / "model", CPU, said.append)
    assert len(said) == 3
    assert figures["scale"] == 4
    assert json.loads((tmp_path / "model" / "evaluation.json").read_text("utf-8")) == figures
    assert "apache-2.0" in (tmp_path / "model" / "README.md").read_text("utf-8")
    resumed = train_upscaler(replace(SMOKE), tmp_path / "work", tmp_path / "again", CPU, said.append)
    assert resumed == figures
    assert (tmp_path / "again" / MODEL_FILE).read_bytes() == (tmp_path / "model" / MODEL_FILE).read_bytes()


def test_the_network_that_ships_beats_lanczos_in_both_measures(held_out: Pictures) -> None:
    figures = measure_upscaler(FOLDER / MODEL_FILE, held_out)
    for condition in ("clean", "jpeg"):
        ours, plain = figures[condition]["upscaler"], figures[condition]["lanczos"]
        assert ours["psnr"] > plain["psnr"] + 1.0
        assert ours["ssim"] > plain["ssim"] + 0.02
    assert figures["bytes"] < 2 * 2**20


def test_the_card_that_ships_has_the_figures_that_were_measured() -> None:
    figures = json.loads((FOLDER / "evaluation.json").read_text("utf-8"))
    card = (FOLDER / "README.md").read_text("utf-8")
    assert f"{figures['clean']['upscaler']['psnr']:.2f}" in card
    assert f"{figures['jpeg']['lanczos']['ssim']:.4f}" in card
    assert figures["bytes"] == (FOLDER / MODEL_FILE).stat().st_size


def test_reduced_and_enlarged_pictures_fit_each_other(held_out: Pictures) -> None:
    sharp = np.ascontiguousarray(held_out[0].transpose(1, 2, 0))
    small = reduced(sharp, 4)
    assert small.shape == (64, 64, 3)
    assert psnr(lanczos(small, 4), sharp) > 20
