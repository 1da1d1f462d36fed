"""Teaching a UNet to draw in few steps."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from diffusers import DDIMScheduler, UNet2DConditionModel

from studio.training.configuration import FewStepsConfig, preset
from studio.training.networks.denoiser import build_denoiser, build_scheduler
from studio.training.networks.few_steps import Teacher, add_adapter, jump, reduced, save_few_steps

CONFIG = FewStepsConfig(rank=2, teacher_steps=5)


@pytest.fixture
def unet() -> UNet2DConditionModel:
    torch.manual_seed(0)
    return build_denoiser(preset("smoke").denoiser, 128, 32)


def test_a_jump_lands_where_the_scheduler_does() -> None:
    scheduler = build_scheduler()
    assert isinstance(scheduler, DDIMScheduler)
    scheduler.set_timesteps(4)
    assert scheduler.timesteps.tolist() == [999, 749, 499, 249]
    torch.manual_seed(0)
    noisy, velocity = torch.randn(1, 4, 8, 8), torch.randn(1, 4, 8, 8)
    for start in scheduler.timesteps:
        step = jump(scheduler.alphas_cumprod, start[None], start[None] - 250)
        assert torch.allclose(step.land(noisy, velocity), scheduler.step(velocity, start, noisy).prev_sample, atol=1e-4)


def test_the_velocity_of_a_landing_is_found_again() -> None:
    alphas = build_scheduler().alphas_cumprod
    torch.manual_seed(0)
    noisy, velocity = torch.randn(4, 4, 8, 8), torch.randn(4, 4, 8, 8)
    start = torch.tensor([999, 749, 499, 249])
    step = jump(alphas, start, start - 250)
    assert torch.allclose(step.velocity(noisy, step.land(noisy, velocity)), velocity, atol=1e-3)


def test_the_teacher_walks_as_a_guided_pipeline_does(unet: UNet2DConditionModel) -> None:
    scheduler = build_scheduler()
    scheduler.set_timesteps(20)
    torch.manual_seed(1)
    noisy, words, empty = torch.randn(1, 4, 16, 16), torch.randn(1, 77, 32), torch.randn(1, 77, 32)
    wanted = noisy
    for time in scheduler.timesteps[:5]:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            output = unet(torch.cat([wanted, wanted]), time, encoder_hidden_states=torch.cat([empty, words])).sample
        plain, told = output.float().chunk(2)
        wanted = scheduler.step(plain + CONFIG.guidance_scale * (told - plain), time, wanted).prev_sample
    add_adapter(unet, CONFIG.rank)
    with torch.no_grad():
        for name, value in unet.named_parameters():
            if "lora" in name:
                value.normal_()  # the teacher is to be the UNet without them
    landed = Teacher(unet, scheduler.alphas_cumprod, empty, CONFIG).land(noisy, torch.tensor([999]), 250, words)
    assert torch.allclose(landed, wanted, atol=0.02)


def test_only_the_adapter_learns_and_it_begins_as_nothing(unet: UNet2DConditionModel) -> None:
    latents, time, words = torch.randn(1, 4, 16, 16), torch.tensor([500]), torch.randn(1, 77, 32)
    with torch.no_grad():
        before = unet(latents, time, encoder_hidden_states=words).sample
    add_adapter(unet, CONFIG.rank)
    learning = [name for name, value in unet.named_parameters() if value.requires_grad]
    assert learning
    assert all("lora" in name for name in learning)
    with torch.no_grad():
        after = unet(latents, time, encoder_hidden_states=words).sample
    assert torch.allclose(before, after, atol=1e-5)


def test_the_weights_load_with_plain_diffusers(unet: UNet2DConditionModel, tmp_path: Path) -> None:
    latents, time, words = torch.randn(1, 4, 16, 16), torch.tensor([500]), torch.randn(1, 77, 32)
    fresh = build_denoiser(preset("smoke").denoiser, 128, 32)
    fresh.load_state_dict(unet.state_dict())
    add_adapter(unet, CONFIG.rank)
    with torch.no_grad():
        for name, value in unet.named_parameters():
            if "lora" in name:
                value.normal_(std=0.1)
        taught = unet(latents, time, encoder_hidden_states=words).sample
        save_few_steps(unet, CONFIG, tmp_path)
        plain = fresh(latents, time, encoder_hidden_states=words).sample
        fresh.load_lora_adapter(tmp_path / "few_steps", weight_name="pytorch_lora_weights.safetensors", prefix="unet")
        loaded = fresh(latents, time, encoder_hidden_states=words).sample
    assert (loaded - taught).abs().mean() < 0.05 * (plain - taught).abs().mean()


def test_of_a_lora_the_largest_parts_are_kept() -> None:
    torch.manual_seed(0)
    sizes = torch.tensor([8.0, 4.0, 0.5, 0.25])
    outer, inner = (torch.linalg.qr(torch.randn(size, 4)).Q for size in (12, 6 * 9))
    learned = {
        "a.lora_A.weight": (inner * sizes.sqrt()).T.reshape(4, 6, 3, 3),
        "a.lora_B.weight": (outer * sizes.sqrt()).reshape(12, 4, 1, 1),
    }
    whole = (outer * sizes) @ inner.T
    for rank, lost in ((2, math.hypot(0.5, 0.25)), (3, 0.25), (9, 0.0)):
        made = reduced(learned, rank)
        down, up = made["a.lora_A.weight"], made["a.lora_B.weight"]
        assert down.shape == (min(rank, 4), 6, 3, 3)
        assert up.shape == (12, min(rank, 4), 1, 1)
        assert float((up.flatten(1) @ down.flatten(1) - whole).norm()) == pytest.approx(lost, abs=1e-4)
