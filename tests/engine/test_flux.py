"""Flux networks through our loop and through the pipelines of diffusers: the same latents to the bit."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from studio.api import Blend, SchedulerSpec
from studio.engine.codec import LatentCodec
from studio.engine.families.flux import Flux, packed, unpacked
from studio.engine.influences.mask_blend import MaskBlend
from studio.engine.noise import blended_noise
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.sampling import Guidance, Influence, sample
from studio.engine.schedule import Schedule, fresh_scheduler
from tests.engine.tiny_model import SIDE, tiny_vae

WIDTH, HEIGHT, STEPS = SIDE, SIDE // 2, 4
SHAPE = (1, 16, HEIGHT // 8, WIDTH // 8)
SCHEDULER = {"use_dynamic_shifting": True, "shift": 3.0}
EXPECTED = {"text": 4, "image": 2, "inpaint": 3}


@pytest.fixture(scope="module", params=[True, False], ids=["dev", "schnell"])
def parts(request: pytest.FixtureRequest) -> dict[str, Any]:
    from diffusers import FlowMatchEulerDiscreteScheduler, FluxTransformer2DModel

    torch.manual_seed(0)
    transformer = FluxTransformer2DModel(
        in_channels=64,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=24,
        pooled_projection_dim=20,
        guidance_embeds=request.param,
        axes_dims_rope=(4, 4, 8),
    )
    return {
        "transformer": transformer.eval().requires_grad_(False),
        "vae": tiny_vae(latent_channels=16).eval().requires_grad_(False),
        "scheduler": FlowMatchEulerDiscreteScheduler(**SCHEDULER),
        **dict.fromkeys(("text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2")),
    }


def words() -> PromptEmbedding:
    generator = torch.Generator().manual_seed(2)
    return PromptEmbedding(torch.randn(1, 9, 24, generator=generator), torch.randn(1, 20, generator=generator))


def picture() -> torch.Tensor:
    return torch.randn(SHAPE, generator=torch.Generator().manual_seed(3))


def right_half() -> torch.Tensor:
    mask = torch.zeros(1, 1, *SHAPE[-2:])
    mask[..., SHAPE[-1] // 2 :] = 1.0
    return mask


@pytest.mark.parametrize("kind", ["text", "image", "inpaint"])
def test_the_latents_are_those_of_the_pipeline(parts: dict[str, Any], kind: str) -> None:
    ours = drawn_by_us(parts, kind)
    assert torch.equal(ours, drawn_by_pipeline(parts, kind))
    assert ours.std() > 0


def test_packing_is_undone() -> None:
    latents = torch.randn(2, 4, 6, 8)
    assert packed(latents).shape == (2, 12, 16)
    assert torch.equal(unpacked(packed(latents), 6, 8), latents)


def drawn_by_us(parts: dict[str, Any], kind: str) -> torch.Tensor:
    from diffusers import FlowMatchEulerDiscreteScheduler

    spec = SchedulerSpec(id="flow", name="Flow", factory=FlowMatchEulerDiscreteScheduler.from_config)
    denoiser = Flux(parts["transformer"])
    generator, noise = blended_noise(Blend(1, 1, 0.0), SHAPE)
    scheduler = fresh_scheduler(spec, SCHEDULER, STEPS, denoiser=denoiser, shape=SHAPE, seed=1)
    schedule = Schedule(scheduler, STEPS, EXPECTED[kind], generator)
    start = schedule.from_noise(noise) if kind == "text" else schedule.noised(picture(), noise)
    influences: list[Influence] = [MaskBlend(picture(), noise, right_half())] if kind == "inpaint" else []
    return sample(denoiser, schedule, start, Guidance(3.5, Encoded((words(),))), influences)


@torch.no_grad()
def drawn_by_pipeline(parts: dict[str, Any], kind: str) -> torch.Tensor:
    import diffusers

    name = {"text": "FluxPipeline", "image": "FluxImg2ImgPipeline", "inpaint": "FluxInpaintPipeline"}[kind]
    pipeline = getattr(diffusers, name)(**parts)
    pipeline.set_progress_bar_config(disable=True)
    arguments: dict[str, Any] = {}
    if kind != "text":
        arguments = {"image": picture(), "strength": EXPECTED[kind] / STEPS}
    if kind == "inpaint":
        mask = torch.nn.functional.interpolate(right_half(), scale_factor=8)
        arguments |= {"mask_image": mask, "masked_image_latents": picture()}
    prompt = words()
    tokens = pipeline(
        prompt_embeds=prompt.tokens,
        pooled_prompt_embeds=prompt.pooled,
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=3.5,
        generator=torch.Generator("cpu").manual_seed(1),
        output_type="latent",
        return_dict=False,
        **arguments,
    )[0]
    return unpacked(tokens, *SHAPE[-2:])


def test_the_codec_shifts_and_scales_as_the_pipeline(parts: dict[str, Any]) -> None:
    vae = tiny_vae(latent_channels=16).eval()
    vae.register_to_config(shift_factor=0.1159, scaling_factor=0.3611)
    with torch.no_grad():
        wanted = vae.decode(picture() / 0.3611 + 0.1159, return_dict=False)[0]
    assert torch.equal(LatentCodec(vae).decode(picture()), wanted)
