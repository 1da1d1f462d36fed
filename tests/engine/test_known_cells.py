"""Inpainting with a UNet that was taught to see what is known without noise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from studio.engine.engine import DiffusionEngine
from tests.engine.tiny_model import SIDE, generate, make_job, picture

MIDDLE = SIDE // 8 // 2


def ramp(start: float = 0.0) -> Any:
    """The left half is kept; in the right one cells come free by degrees from ``start`` on, the last at once."""
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, SIDE // 2 :] = np.linspace(start, 1.0, SIDE // 2)
    return mask


@pytest.fixture(scope="module")
def engine(engine_with_habits: Callable[[str, str], DiffusionEngine]) -> DiffusionEngine:
    """With two models of the same weights: "tiny", and "taught", which says that it sees known cells clean."""
    return engine_with_habits("taught", '{"known_cells": "clean"}')


@pytest.fixture(scope="module")
def calm_engine(engine_with_habits: Callable[[str, str], DiffusionEngine]) -> DiffusionEngine:
    """The same with "calm", for which guidance beside what is kept counts a quarter."""
    return engine_with_habits("calm", '{"known_cells": "clean", "masked_guidance": 0.25}')


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the network of the UNet was given at each call, and the clean picture's latents first."""
    from studio.engine.codec import LatentCodec
    from studio.engine.families.sd import StableDiffusion

    inputs: list[Any] = []
    real_predict, real_encode = StableDiffusion.predict, LatentCodec.encode

    def encode(self: LatentCodec, rgb: Any, **options: Any) -> Any:
        inputs.append(real_encode(self, rgb, **options))
        return inputs[-1]

    def predict(self: StableDiffusion, given: Any) -> Any:
        inputs.append(given.sample.clone())
        return real_predict(self, given)

    monkeypatch.setattr(LatentCodec, "encode", encode)
    monkeypatch.setattr(StableDiffusion, "predict", predict)
    return inputs


@pytest.mark.parametrize("scheduler", ["ddim", "euler", "heun", "dpmpp_2m_karras"])
@pytest.mark.parametrize("guidance_scale", [1.0, 3.0])
def test_kept_cells_are_shown_without_noise_at_every_step(
    engine: DiffusionEngine, shown: list[Any], scheduler: str, guidance_scale: float
) -> None:
    job = make_job(
        model="taught", image=picture(3), mask=ramp(1.0), scheduler=scheduler, guidance_scale=guidance_scale, steps=5
    )
    (pixels,), _ = generate(engine, job)
    clean, *steps = shown
    assert len(steps) >= 5
    for given in steps:
        assert given.shape[0] == (1 if guidance_scale == 1.0 else 2)
        assert bool((given[..., :MIDDLE] == clean[..., :MIDDLE]).all())
        assert not bool((given[..., MIDDLE:] == clean[..., MIDDLE:]).any())
    assert pixels.std() > 0


def test_cells_that_come_free_are_noisy_from_then_on(engine: DiffusionEngine, shown: list[Any]) -> None:
    generate(engine, make_job(model="taught", image=picture(3), mask=ramp(), scheduler="ddim", steps=8))
    clean, *steps = shown
    kept = [int((given[:1] == clean).all(dim=1).sum()) for given in steps]
    assert kept[0] > kept[3] > kept[-1], "fewer are shown clean as more come free"
    assert kept[-1] >= MIDDLE * SIDE // 8
    assert kept == sorted(kept, reverse=True)


def test_other_models_see_the_kept_cells_under_noise(engine: DiffusionEngine, shown: list[Any]) -> None:
    generate(engine, make_job(image=picture(3), mask=ramp(1.0), scheduler="ddim"))
    clean, *steps = shown
    assert not any(bool((given[..., :MIDDLE] == clean[..., :MIDDLE]).any()) for given in steps)


def test_the_kept_part_comes_back_to_the_bit_and_the_next_job_is_free_of_it(
    engine: DiffusionEngine, finished: list[Any]
) -> None:
    masked = {"image": picture(3), "mask": ramp(1.0)}
    for job in ({"model": "taught"}, {"model": "taught", **masked}, masked, {"model": "taught"}):
        generate(engine, make_job(**job))
    before, taught, plain, after = finished
    assert bool((before == after).all())
    assert bool((taught[..., :MIDDLE] == plain[..., :MIDDLE]).all())
    assert not bool((taught[..., MIDDLE:] == plain[..., MIDDLE:]).any()), "the network saw something else"


def test_beside_what_is_kept_guidance_counts_by_the_share_that_the_model_asks_for(
    engine: DiffusionEngine, calm_engine: DiffusionEngine, finished: list[Any]
) -> None:
    masked, free = {"image": picture(3), "mask": ramp(1.0)}, {"image": picture(3), "mask": np.ones((SIDE, SIDE), "f4")}
    for given, scale in ((masked, 2.0), (free, 5.0), ({}, 5.0), (masked, 1.0)):
        generate(engine, make_job(model="taught", guidance_scale=scale, **given))
        generate(calm_engine, make_job(model="calm", guidance_scale=1.0 if scale == 1.0 else 5.0, **given))
    for plain, calm in zip(finished[::2], finished[1::2], strict=True):
        assert bool((plain == calm).all())
    assert not bool((finished[0] == finished[-1]).all())


@pytest.mark.parametrize("kind", ["epsilon", "v_prediction", "sample"])
def test_what_is_answered_in_kept_cells_leads_to_what_is_known(kind: str) -> None:
    import torch

    from studio.engine.predictions import DiffusionPrediction

    prediction = DiffusionPrediction(torch.linspace(0.999, 0.05, 1000), kind)
    clean, sample = torch.randn(1, 4, 4, 4), torch.randn(2, 4, 4, 4)
    output = prediction.leading_to(clean, sample, torch.tensor(600.3))
    found = prediction.clean(sample, output, torch.tensor(600.3))
    assert torch.allclose(found, clean.expand(2, -1, -1, -1), atol=1e-5)
