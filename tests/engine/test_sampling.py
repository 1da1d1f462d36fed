"""What may take part in sampling, and what it may give a network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import torch

from studio.api import SchedulerSpec
from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import Denoiser, in_dtype
from studio.engine.families.sd import StableDiffusion
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.sampling import Guidance, Influence, sample
from studio.engine.schedule import Schedule, Step, fresh_scheduler
from tests.engine.tiny_model import SIDE, tiny_unet

CELLS = SIDE // 8


@pytest.fixture(scope="module")
def unet() -> Any:
    torch.manual_seed(0)
    return tiny_unet(4).eval().requires_grad_(False)


class Control(Influence):
    """A control network, which answers in float32 whatever the format of the network it guides."""

    def __init__(self, unet: Any) -> None:
        from diffusers import ControlNetModel

        torch.manual_seed(1)
        self._network = ControlNetModel.from_unet(unet, conditioning_channels=3)
        for parameter in self._network.parameters():
            torch.nn.init.normal_(parameter, std=0.05)
        self._hint = torch.randn(1, 3, SIDE, SIDE)
        self.open: list[bool] = []

    @contextmanager
    def opened(self, denoiser: Denoiser) -> Iterator[None]:
        self.open.append(True)
        try:
            yield
        finally:
            self.open.append(False)

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        hints = self._hint.expand(len(given.sample), -1, -1, -1)
        down, middle = self._network(given.sample, step.timestep, given.words, hints, return_dict=False)
        extras = {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
        return replace(given, extras={**given.extras, **extras})


def words(seed: int) -> PromptEmbedding:
    return PromptEmbedding(torch.randn(1, 77, 32, generator=torch.Generator().manual_seed(seed)), None)


def drawn(denoiser: Denoiser, *influences: Influence, split: bool = False) -> torch.Tensor:
    from diffusers import EulerDiscreteScheduler

    spec = SchedulerSpec(id="euler", name="Euler", factory=EulerDiscreteScheduler.from_config)
    noise = torch.randn(1, 4, CELLS, CELLS, generator=torch.Generator().manual_seed(5))
    scheduler = fresh_scheduler(
        spec, {"beta_schedule": "scaled_linear"}, 3, denoiser=denoiser, shape=noise.shape, seed=1
    )
    schedule = Schedule(scheduler, 3, 3, torch.Generator())
    guidance = Guidance(3.0, Encoded((words(1),)), Encoded((words(2),)), split)
    return sample(denoiser, schedule, schedule.from_noise(noise), guidance, influences)


def test_the_guided_pair_may_be_split(unet: Any) -> None:
    denoiser = StableDiffusion(unet, channels_last=False)
    control = Control(unet)
    together, apart = (drawn(denoiser, control, split=split) for split in (False, True))
    assert torch.allclose(together, apart, atol=1e-4)
    assert not torch.allclose(together, drawn(denoiser), atol=1e-2), "the control network has a say"


def test_control_residuals_in_float32_reach_a_network_in_half_precision(unet: Any) -> None:
    exact = drawn(StableDiffusion(unet, channels_last=False), Control(unet))
    torch.manual_seed(0)
    half = tiny_unet(4).eval().requires_grad_(False).to(torch.bfloat16)
    rough = drawn(StableDiffusion(half, channels_last=True), Control(unet))
    assert rough.dtype == torch.float32
    assert float((rough - exact).abs().mean() / exact.std()) < 0.05


def test_extras_are_cast_however_they_are_nested() -> None:
    image, words, count = torch.ones(1, 1, 2), torch.ones(3), torch.tensor(3)
    given = {"image_embeds": [image, image], "more": {"pair": (words, count)}, "scale": 0.5}
    cast = in_dtype(given, torch.bfloat16)
    assert [item.dtype for item in cast["image_embeds"]] == [torch.bfloat16] * 2
    assert [item.dtype for item in cast["more"]["pair"]] == [torch.bfloat16, torch.int64]
    assert cast["scale"] == 0.5


def test_influences_are_left_also_when_sampling_fails(unet: Any) -> None:
    class Failing(Influence):
        def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
            raise ValueError("in the middle")

    control = Control(unet)
    with pytest.raises(ValueError, match="in the middle"):
        drawn(StableDiffusion(unet, channels_last=False), control, Failing())
    assert control.open == [True, False]
