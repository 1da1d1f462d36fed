"""What a model folder says of how its UNet was taught to draw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engine.engine import DiffusionEngine
from studio.engine.models.habits import Habits, read_habits
from studio.errors import ModelError
from studio.generation import CancelToken
from tests.engine.tiny_model import SIDE, generate, make_job, picture, scheduler_specs


@pytest.mark.parametrize(
    ("content", "habits"),
    [
        ("{}", Habits()),
        ('{"known_cells": "noisy", "closing_timestep": null}', Habits()),
        ('{"known_cells": "clean"}', Habits(sees_known_cells=True)),
        ('{"known_cells": "clean", "closing_timestep": 100}', Habits(sees_known_cells=True, closing_timestep=100)),
        ('{"known_cells": "clean", "masked_guidance": 0.25}', Habits(sees_known_cells=True, masked_guidance=0.25)),
        ('{"masked_guidance": 0}', Habits(masked_guidance=0.0)),
        ('{"regions_apart": 0.5}', Habits(regions_apart=0.5)),
    ],
)
def test_the_file_is_read(tmp_path: Path, content: str, habits: Habits) -> None:
    assert read_habits(tmp_path) == Habits(), "a model without the file has none"
    (tmp_path / "sampling.json").write_text(content, "utf-8")
    assert read_habits(tmp_path) == habits


def test_a_checkpoint_of_one_file_has_none(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"")
    assert read_habits(tmp_path / "model.safetensors") == Habits()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"known_cells": "blue"}', "known_cells"),
        ('{"closing_timestep": 0}', "closing_timestep"),
        ('{"closing_timestep": 1000}', "closing_timestep"),
        ('{"closing_timestep": true}', "closing_timestep"),
        ('{"closing_timestep": "often"}', "closing_timestep"),
        ('{"masked_guidance": -0.1}', "masked_guidance"),
        ('{"masked_guidance": 1.5}', "masked_guidance"),
        ('{"masked_guidance": NaN}', "masked_guidance"),
        ('{"masked_guidance": true}', "masked_guidance"),
        ('{"masked_guidance": "less"}', "masked_guidance"),
        ('{"regions_apart": 2}', "regions_apart"),
        ("[]", "what it should be"),
        ("{", "cannot be read"),
    ],
)
def test_a_bad_file_is_named_and_what_is_wrong(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "sampling.json").write_text(content, "utf-8")
    with pytest.raises(ModelError, match=rf"sampling\.json.*{named}"):
        read_habits(tmp_path)


@pytest.fixture(scope="module")
def engine(engine_with_habits: Callable[[str, str], DiffusionEngine]) -> DiffusionEngine:
    """With two models of the same weights: "tiny", and "closing", which asks for a closing pass."""
    return engine_with_habits("closing", '{"closing_timestep": 150}')


@pytest.mark.parametrize("scheduler", ["ddim", "euler", "dpmpp_2m_karras"])
@pytest.mark.parametrize("guidance_scale", [1.0, 3.0])
def test_the_closing_pass_is_the_networks_own_denoising_of_what_was_drawn(
    engine: DiffusionEngine, finished: list[Any], scheduler: str, guidance_scale: float
) -> None:
    import torch

    for model in ("tiny", "closing"):
        generate(engine, make_job(model=model, scheduler=scheduler, guidance_scale=guidance_scale))
    drawn, closed = finished
    model = engine.load("closing", lambda progress: None, CancelToken())
    alpha = scheduler_specs()[scheduler].factory(model.scheduler_config).alphas_cumprod[150]
    words = model.prompts.encode(make_job().prompt).tokens
    with torch.no_grad():
        velocity = model.denoiser.network(alpha.sqrt() * drawn, 150, encoder_hidden_states=words).sample
    wanted = alpha * drawn - (1 - alpha).sqrt() * velocity
    assert torch.allclose(closed, wanted, atol=1e-4)
    assert not torch.allclose(closed, drawn, atol=1e-2)


def test_the_closing_pass_leaves_what_is_kept(engine: DiffusionEngine, finished: list[Any]) -> None:
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, SIDE // 2 :] = 1.0
    for model in ("tiny", "closing"):
        generate(engine, make_job(model=model, image=picture(3), mask=mask))
    drawn, closed = finished
    middle = SIDE // 8 // 2
    assert bool((drawn[..., :middle] == closed[..., :middle]).all())
    assert not bool((drawn[..., middle:] == closed[..., middle:]).any())
