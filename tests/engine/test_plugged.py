"""What plugins do while noise is taken off: felt where their guide is, and their failure stays their own."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from studio.api import DenoiseJob, InfluenceStep, SamplingInfluence
from studio.engine.engine import DiffusionEngine
from studio.errors import EngineError, PluginError
from studio.generation.conditioning import Conditioning, Influenced
from tests.engine.tiny_model import generate, make_job, picture


class Pushed(SamplingInfluence):
    def __init__(self, steps: list[InfluenceStep]) -> None:
        self.steps = steps

    def after_step(self, step: InfluenceStep, latents: Any) -> Any:
        self.steps.append(step)
        return latents + 0.5


class Wrong(SamplingInfluence):
    def __init__(self, made: Any) -> None:
        self.made = made

    def guided(self, step: InfluenceStep, sample: Any, prediction: Any) -> Any:
        return self.made(prediction)


def job(own: SamplingInfluence | None, **changes: Any) -> DenoiseJob:
    given = () if own is None else (Influenced(name="Push", picture=picture(), begin=lambda _family: own, **changes),)
    return make_job(conditioning=Conditioning(influences=given))


def test_an_influence_is_asked_at_the_steps_of_its_guide_and_nowhere_else(
    new_engine: DiffusionEngine, finished: list[Any]
) -> None:
    steps: list[InfluenceStep] = []
    for each in (job(None), job(Pushed(steps), strength=0.0), job(Pushed(steps), end=0.0), job(Pushed(steps), end=0.5)):
        generate(new_engine, each)
    assert torch.equal(finished[0], finished[1])
    assert torch.equal(finished[0], finished[2])
    assert not torch.equal(finished[0], finished[3])
    assert steps == [InfluenceStep(index=0, total=4), InfluenceStep(index=1, total=4)]


@pytest.mark.parametrize(
    "made", [lambda _given: None, lambda given: given[:, :1], lambda given: given / 0.0], ids=["none", "shape", "nan"]
)
def test_what_is_no_latents_is_the_plugins_fault(new_engine: DiffusionEngine, made: Any) -> None:
    with pytest.raises(PluginError, match="Push comes from made no latents"):
        generate(new_engine, job(Wrong(made)))


def test_a_failure_ends_the_job_and_not_the_engine(new_engine: DiffusionEngine, finished: list[Any]) -> None:
    def fail(_given: Any) -> Any:
        raise LookupError("lost")

    with pytest.raises(EngineError, match="lost"):
        generate(new_engine, job(Wrong(fail)))
    generate(new_engine, job(None))
    assert len(finished) == 1
