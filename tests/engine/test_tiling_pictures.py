"""Pictures that tile: networks go on at the other side, and so does what they draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from studio.api import ModelLimits
from studio.engine.codec import LatentCodec
from studio.engine.engine import DiffusionEngine
from studio.engine.families.denoiser import called
from studio.engine.influences.moving import MovedAround
from studio.engine.models.library import ModelLibrary
from studio.engine.prompts import PromptEmbedding
from studio.engine.schedule import Step
from studio.engine.validation import check_job
from studio.engine.wrapping import around
from studio.errors import SettingError
from studio.generation.conditioning import Conditioning, Control, RegionPart
from studio.generation.repeating import Tile, along
from studio.paths import default_paths
from tests.engine.tiny_model import SIDE, generate, make_job, picture, tiny_unet, tiny_vae

MOVED = {"x": (0, 4), "y": (2, 0), "both": (2, 4)}
"""By how many cells (down, across) pictures are moved that tile so."""


def steps_along(pixels: NDArray[Any], axis: int) -> NDArray[np.float64]:
    """Mean absolute step from each column or row to the next one; the last is the step across the seam."""
    values = pixels.astype(np.float64)
    steps = np.abs(np.diff(values, axis=axis, append=np.take(values, [0], axis)))
    means: NDArray[np.float64] = steps.mean(axis=(1 - axis, 2))
    return means


@pytest.fixture(scope="module")
def starter(schedulers: dict[str, Any]) -> Iterator[DiffusionEngine]:
    engine = DiffusionEngine(ModelLibrary([default_paths().starter_model.parent]), "cpu", None, schedulers)
    yield engine
    engine.close()


@pytest.mark.parametrize("tile", ["off", "x", "y", "both"])
def test_the_starters_step_across_the_seam_is_no_larger_than_inside(starter: DiffusionEngine, tile: Tile) -> None:
    """A step inside may be large too, such as that of a horizon: the seam is to be no larger than these are."""
    job = make_job(model="starter", prompt="a green meadow", width=128, height=128, steps=4, guidance_scale=3.0)
    (pixels,), _ = generate(starter, replace(job, tile=tile))
    seams = [steps_along(pixels, axis) for axis in (1, 0)]
    for name, steps in zip("xy", seams, strict=True):
        inside = steps[:-1]
        print(f"tile {tile}, {name}: seam {steps[-1]:.2f}, inside {inside.mean():.2f}, at most {inside.max():.2f}")
    is_seamless = tuple(bool(steps[-1] <= steps[:-1].max()) for steps in seams)
    assert all(seamless for seamless, goes_on in zip(is_seamless, along(tile), strict=True) if goes_on)
    assert tile != "off" or not all(is_seamless)


@pytest.mark.parametrize("tile", MOVED)
def test_a_moved_picture_is_drawn_moved(tile: Tile) -> None:
    """Which is what it means that no place of the picture is a border."""
    torch.manual_seed(0)
    unet, latents = tiny_unet(4).eval(), torch.randn(1, 4, 8, 16)
    words, time = torch.randn(1, 5, 32), torch.tensor(500)

    def answer(sample: torch.Tensor, tile: Tile) -> torch.Tensor:
        with torch.no_grad(), around((unet,), tile):
            out: torch.Tensor = unet(sample, time, words).sample
        return out

    before = answer(latents, "off")
    there = answer(moved(latents, tile), tile)
    torch.testing.assert_close(there, moved(answer(latents, tile), tile), atol=1e-5, rtol=1e-4)
    assert not torch.allclose(there, moved(before, tile), atol=1e-3)
    assert torch.equal(answer(latents, "off"), before)


@pytest.mark.parametrize("tile", MOVED)
def test_the_autoencoder_goes_on_both_ways(tile: Tile) -> None:
    torch.manual_seed(0)
    codec, latents = LatentCodec(tiny_vae().eval()), torch.randn(1, 4, 8, 16)
    plain = codec.decode(latents)
    with codec.going_around(tile):
        there, rgb = codec.decode(moved(latents, tile)), codec.decode(latents)
        back, back_moved = codec.encode(rgb), codec.encode(moved(rgb, tile, 8))
    torch.testing.assert_close(there, moved(rgb, tile, 8), atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(back_moved, moved(back, tile), atol=1e-4, rtol=1e-3)
    assert torch.equal(codec.decode(latents), plain)
    assert not torch.equal(codec.encode(rgb), back)  # latents are remembered for each kind alone


def test_also_in_tiles_what_lies_beyond_the_border_is_seen() -> None:
    torch.manual_seed(0)
    codec, latents = LatentCodec(tiny_vae().eval()), torch.randn(1, 4, 8, 16)
    latents[..., 0] = latents[..., -1]
    with codec.going_around("x"):
        tiled = codec.decode(latents, tiled=True)
        assert codec.encode(tiled, tiled=True).shape == latents.shape
    assert tiled.shape == (1, 3, 64, 128)
    steps = steps_along(tiled[0].permute(1, 2, 0).numpy(), 1)
    assert steps[-1] <= steps[:-1].max()


@pytest.mark.parametrize("mode", ["text", "image", "inpaint"])
def test_every_mode_takes_it_and_off_is_as_before(shared_engine: DiffusionEngine, mode: str) -> None:
    changes: dict[str, Any] = {}
    if mode != "text":
        changes |= {"image": picture(), "strength": 0.6}
    if mode == "inpaint":
        mask = np.zeros((SIDE, SIDE), np.float32)
        mask[:, :24] = mask[:, -24:] = 1.0  # over the border
        changes |= {"mask": mask}
    (before,), _ = generate(shared_engine, make_job(**changes))
    (tiled,), _ = generate(shared_engine, make_job(**changes, tile="both"))
    (after,), _ = generate(shared_engine, make_job(**changes, tile="off"))
    assert np.array_equal(before, after)
    assert not np.array_equal(before, tiled)


def test_a_transformer_sees_the_border_elsewhere_at_every_step() -> None:
    influence, sample = MovedAround("x"), torch.arange(2 * 3 * 4 * 10.0).reshape(2, 3, 4, 10)
    given = called(sample, torch.tensor(1), PromptEmbedding(torch.zeros(1), None), ("positive",), 1.0)
    borders = set()
    for index in range(4):
        step = Step(index, torch.tensor(1), None)  # type: ignore[arg-type]
        seen = influence.before_step(step, given).sample
        assert torch.equal(seen.sort(-1).values, sample.sort(-1).values)  # no row became another
        assert torch.equal(influence.guided(step, sample, seen), sample)
        borders.add(float(seen[0, 0, 0, 0]))
    assert len(borders) > 2


@pytest.mark.parametrize("kind", ["controls", "regions"])
def test_a_flow_model_refuses_to_tile_after_what_belongs_to_places(kind: str) -> None:
    half = np.zeros((SIDE, SIDE), np.float32)
    half[:, : SIDE // 2] = 1.0
    asked = {
        "controls": Conditioning(controls=(Control(name="edges", picture=picture(), modes=("canny",)),)),
        "regions": Conditioning(regions=(RegionPart(name="left", mask=half), RegionPart(name="right", mask=1 - half))),
    }[kind]
    limits = ModelLimits(native_side=SIDE, minimum_side=SIDE, maximum_side=SIDE)
    job = make_job(tile="x", conditioning=asked)
    with pytest.raises(SettingError, match="tiles after control layers or regions"):
        check_job(job, replace(limits, is_flow=True))
    check_job(job, limits)


def moved(tensor: torch.Tensor, tile: Tile, factor: int = 1) -> torch.Tensor:
    """A tensor moved around along the axes that tile, by cells of ``factor`` pixels."""
    down, across = MOVED[tile]
    return torch.roll(tensor, (down * factor, across * factor), (-2, -1))
