"""Inpainting: what is held, what is free, and soft masks in between."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio.engine.engine import DiffusionEngine
from tests.engine.tiny_model import SIDE, generate, make_job, picture


def half(value: float = 1.0) -> Any:
    """The right half may change."""
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, SIDE // 2 :] = value
    return mask


def test_latent_mask_averages_each_cell() -> None:
    from studio.engine.masks import latent_mask

    mask = np.zeros((16, 16), np.float32)
    mask[:, 4:] = 1.0
    assert latent_mask(mask, 8).tolist() == [[[[0.5, 1.0], [0.5, 1.0]]]]


@pytest.mark.parametrize("total", [1, 2, 5, 20])
@pytest.mark.parametrize("value", [0.0, 0.05, 0.25, 0.5, 0.8, 1.0])
def test_a_cell_is_free_for_its_share_of_the_steps(value: float, total: int) -> None:
    import torch

    from studio.engine.masks import free_cells

    cell = torch.full((1, 1, 1, 1), value)
    free = [bool(free_cells(cell, index, total).item()) for index in range(total)]
    assert free == sorted(free)  # once free, free to the end
    assert sum(free) == pytest.approx(value * total, abs=0.999)
    assert any(free) == (value > 0)


def test_what_is_outside_the_mask_comes_back_to_the_bit(shared_engine: DiffusionEngine, finished: list[Any]) -> None:
    for mask in (half(0.0), half()):
        generate(shared_engine, make_job(image=picture(3), mask=mask))
    original, inpainted = finished
    middle = SIDE // 8 // 2
    assert bool((original[..., :middle] == inpainted[..., :middle]).all())
    assert not bool((original[..., middle:] == inpainted[..., middle:]).any())


def test_nothing_masked_gives_the_picture_back_for_every_seed(shared_engine: DiffusionEngine) -> None:
    image = picture(3)
    first, second = (generate(shared_engine, make_job(image=image, mask=half(0.0), seed=seed))[0][0] for seed in (1, 2))
    assert np.array_equal(first, second)


def test_a_softer_mask_changes_less(shared_engine: DiffusionEngine, finished: list[Any]) -> None:
    for value in (0.0, 0.2, 1.0):
        generate(shared_engine, make_job(image=picture(5), mask=half(value), steps=10, scheduler="ddim"))
    original, soft, hard = finished
    assert 0 < (soft - original).abs().mean() < (hard - original).abs().mean()


@pytest.mark.parametrize("guidance_scale", [1.0, 4.0])
def test_soft_masks_with_and_without_guidance(shared_engine: DiffusionEngine, guidance_scale: float) -> None:
    ramp = np.tile(np.linspace(0, 1, SIDE, dtype=np.float32), (SIDE, 1))
    job = make_job(image=picture(), mask=ramp, guidance_scale=guidance_scale, strength=0.8, steps=5)
    (first,), _ = generate(shared_engine, job)
    (second,), _ = generate(shared_engine, job)
    assert np.array_equal(first, second)
