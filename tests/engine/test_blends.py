"""Prompts and seeds blended: exact at both ends, and on the way between."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from studio.api import Blend, DenoiseJob
from studio.document import Pixels
from studio.engine.engine import DiffusionEngine
from studio.engine.noise import slerp
from studio.errors import SettingError
from tests.engine.tiny_model import generate, make_job, picture


def drawn(engine: DiffusionEngine, job: DenoiseJob) -> Pixels:
    return generate(engine, job)[0][0]


@pytest.mark.parametrize("scheduler", ["ddim", "euler_a"])
def test_a_blend_is_at_its_ends_what_each_gives_alone(shared_engine: DiffusionEngine, scheduler: str) -> None:
    job = make_job(scheduler=scheduler)
    blended = replace(job, prompt_blend=Blend("a cat", "a dog", 0.0), seed_blend=Blend(3, 4, 0.0))
    assert np.array_equal(drawn(shared_engine, blended), drawn(shared_engine, replace(job, prompt="a cat", seed=3)))
    blended = replace(job, scheduler="ddim", prompt_blend=Blend("a cat", "a dog", 1.0), seed_blend=Blend(3, 4, 1.0))
    alone = replace(job, scheduler="ddim", prompt="a dog", seed=4)
    difference = np.abs(drawn(shared_engine, blended).astype(int) - drawn(shared_engine, alone))
    assert difference.max() <= 2, "the weights at the end are exact but for rounding"


def test_a_small_step_changes_a_little_and_a_large_one_more(shared_engine: DiffusionEngine) -> None:
    pictures = [
        drawn(shared_engine, make_job(scheduler="ddim", seed_blend=Blend(3, 4, amount))).astype(int)
        for amount in (0.0, 0.05, 0.6)
    ]
    near, far = (np.abs(picture - pictures[0]).mean() for picture in pictures[1:])
    assert 0 < near < far


def test_negative_prompts_are_blended_where_there_is_guidance(shared_engine: DiffusionEngine) -> None:
    job = make_job(guidance_scale=5.0)
    one, two = (
        drawn(shared_engine, replace(job, negative_blend=Blend("rain", "snow", amount))) for amount in (0.0, 0.5)
    )
    assert not np.array_equal(one, two)


@pytest.mark.parametrize("is_masked", [False, True])
def test_seeds_are_blended_over_a_picture_too(shared_engine: DiffusionEngine, is_masked: bool) -> None:
    base = picture()
    mask = np.zeros(base.shape[:2], np.float32)
    mask[: len(mask) // 2] = 1.0
    job = make_job(image=base, strength=0.8, mask=mask if is_masked else None, scheduler="ddim", seed=3)
    alone = drawn(shared_engine, job).astype(int)
    at_start = drawn(shared_engine, replace(job, seed_blend=Blend(3, 4, 0.0)))
    assert np.array_equal(at_start, alone)
    near, far = (
        np.abs(drawn(shared_engine, replace(job, seed_blend=Blend(3, 4, amount))) - alone).mean()
        for amount in (0.05, 0.6)
    )
    assert 0 < near < far


def test_seeds_are_blended_for_one_picture(shared_engine: DiffusionEngine) -> None:
    with pytest.raises(SettingError, match="Seeds"):
        generate(shared_engine, make_job(count=2, seed_blend=Blend(1, 2, 0.5)))
    with pytest.raises(SettingError, match="prompt_blend"):
        generate(shared_engine, make_job(prompt_blend=Blend("a", "b", 1.5)))


def test_noise_on_the_way_is_as_strong_as_at_the_ends() -> None:
    first, second = (torch.randn(1, 4, 32, 32, generator=torch.Generator().manual_seed(seed)) for seed in (1, 2))
    for amount in (0.25, 0.5, 0.75):
        assert float(slerp(first, second, amount).std()) == pytest.approx(1.0, abs=0.05)
    assert torch.equal(slerp(first, first, 0.5), first)
