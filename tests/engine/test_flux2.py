"""Flux.2 networks through our loop and through Klein's pipeline of diffusers: the same latents to the bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from studio.api import Blend, InfluenceGuide, SchedulerSpec
from studio.engine.families.flux2 import Flux2, Flux2Codec, shift_of
from studio.engine.influences.mask_blend import MaskBlend
from studio.engine.noise import blended_noise
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.sampling import Guidance, Influence, sample
from studio.engine.schedule import Schedule, fresh_scheduler
from tests.engine.bundled_influences import taking_part

WIDTH, HEIGHT, STEPS, WORDS = 64, 32, 4, 24
SHAPE = (1, 32, HEIGHT // 16, WIDTH // 16)
SCHEDULER = {"use_dynamic_shifting": True, "shift": 3.0}


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    from diffusers import AutoencoderKLFlux2, FlowMatchEulerDiscreteScheduler, Flux2Transformer2DModel

    torch.manual_seed(0)
    transformer = Flux2Transformer2DModel(
        in_channels=32,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=WORDS,
        axes_dims_rope=(4, 4, 4, 4),
        guidance_embeds=False,
    )
    vae = AutoencoderKLFlux2(
        block_out_channels=(8, 8, 8, 8), layers_per_block=1, latent_channels=8, norm_num_groups=4, sample_size=64
    )
    vae.bn.running_mean.normal_()
    vae.bn.running_var.uniform_(0.5, 2.0)
    return {
        "transformer": transformer.eval().requires_grad_(False),
        "vae": vae.eval().requires_grad_(False),
        "scheduler": FlowMatchEulerDiscreteScheduler(**SCHEDULER),
    }


def words(seed: int = 2) -> PromptEmbedding:
    return PromptEmbedding(torch.randn(1, 9, WORDS, generator=torch.Generator().manual_seed(seed)), None)


def rgb() -> torch.Tensor:
    return torch.rand(1, 3, HEIGHT, WIDTH, generator=torch.Generator().manual_seed(3)) * 2 - 1


@pytest.mark.parametrize("is_distilled", [True, False], ids=["distilled", "base"])
def test_the_pictures_are_those_of_the_pipeline(parts: dict[str, Any], is_distilled: bool) -> None:
    ours = drawn_by_us(parts, guided=not is_distilled)
    theirs = drawn_by_pipeline(parts, is_distilled)
    torch.testing.assert_close(Flux2Codec(parts["vae"]).decode(ours).clamp(-1.0, 1.0), theirs, rtol=0.0, atol=1e-5)
    assert theirs.std() > 0


@pytest.mark.parametrize("is_distilled", [True, False], ids=["distilled", "base"])
def test_the_latents_are_those_of_the_pipeline(
    parts: dict[str, Any], is_distilled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken before the pipeline brings them to the VAE, which it does in another order of sums."""
    taken = []
    unpack = pipeline_class()._unpack_latents_with_ids
    monkeypatch.setattr(
        pipeline_class(),
        "_unpack_latents_with_ids",
        staticmethod(lambda *given: taken.append(unpack(*given)) or taken[0]),
    )
    drawn_by_pipeline(parts, is_distilled)
    assert torch.equal(drawn_by_us(parts, guided=not is_distilled), taken[0])


def pipeline_class() -> Any:
    from diffusers import Flux2KleinPipeline

    return Flux2KleinPipeline


def test_latents_of_a_picture_are_those_of_the_pipeline(parts: dict[str, Any]) -> None:
    pipeline = pipeline_class()(**parts, text_encoder=None, tokenizer=None)
    codec = Flux2Codec(parts["vae"])
    with torch.no_grad():
        wanted = pipeline._encode_vae_image(rgb(), None)
    assert wanted.shape == codec.latent_shape(WIDTH, HEIGHT) == SHAPE
    torch.testing.assert_close(codec.encode(rgb()), wanted, rtol=0.0, atol=1e-5)


def test_encoding_and_decoding_in_tiles_keeps_shapes(parts: dict[str, Any]) -> None:
    codec = Flux2Codec(parts["vae"])
    wide = torch.rand(1, 3, 64, 160) * 2 - 1
    latents = codec.encode(wide, tiled=True)
    assert latents.shape == codec.latent_shape(160, 64)
    assert codec.decode(latents, tiled=True).shape == wide.shape


def test_a_kept_part_stays_to_the_bit(parts: dict[str, Any]) -> None:
    image = Flux2Codec(parts["vae"]).encode(rgb())
    mask = torch.zeros(1, 1, *SHAPE[-2:])
    mask[..., SHAPE[-1] // 2 :] = 1.0
    drawn = drawn_by_us(parts, guided=False, image=image, mask=mask)
    assert torch.equal(drawn[..., : SHAPE[-1] // 2], image[..., : SHAPE[-1] // 2])
    assert not torch.isclose(drawn[..., SHAPE[-1] // 2 :], image[..., SHAPE[-1] // 2 :]).any()


@pytest.mark.parametrize("tokens", [64, 4096, 4300, 4301, 16384])
@pytest.mark.parametrize("steps", [4, 50, 200])
def test_the_shift_is_that_of_the_pipeline(tokens: int, steps: int) -> None:
    from diffusers.pipelines.flux2.pipeline_flux2_klein import compute_empirical_mu

    assert shift_of(tokens, steps) == pytest.approx(compute_empirical_mu(tokens, steps), rel=1e-12)


@pytest.mark.parametrize("is_distilled", [True, False], ids=["distilled", "base"])
def test_references_are_looked_at_as_in_the_pipeline(
    parts: dict[str, Any], is_distilled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [torch.randn(1, 32, *size, generator=torch.Generator().manual_seed(7)) for size in ((2, 3), (4, 1))]
    left, taken = list(shown), []
    unpack = pipeline_class()._unpack_latents_with_ids
    monkeypatch.setattr(pipeline_class(), "_encode_vae_image", lambda *_self, **_given: left.pop(0))
    monkeypatch.setattr(
        pipeline_class(),
        "_unpack_latents_with_ids",
        staticmethod(lambda *given: taken.append(unpack(*given)) or taken[0]),
    )
    pixels = Image.new("RGB", (64, 64))
    drawn_by_pipeline(parts, is_distilled, image=[pixels, pixels])

    def latents(picture: Any) -> torch.Tensor:
        return shown[picture[0, 0, 0]]

    references = [
        InfluenceGuide(name="Reference", picture=np.full((1, 1, 3), number, np.uint8)) for number in range(len(shown))
    ]
    guides = [taking_part("reference", references, Flux2(parts["transformer"]), latents=latents)]
    assert torch.equal(drawn_by_us(parts, guided=not is_distilled, guides=guides), taken[0])
    late = [replace(each, end=0.0) for each in references]
    never = [taking_part("reference", late, Flux2(parts["transformer"]), latents=latents)]
    without = drawn_by_us(parts, guided=not is_distilled)
    assert torch.equal(drawn_by_us(parts, guided=not is_distilled, guides=never), without)
    assert not torch.equal(taken[0], without)


def drawn_by_us(
    parts: dict[str, Any],
    *,
    guided: bool,
    image: torch.Tensor | None = None,
    mask: torch.Tensor | None = None,
    guides: Sequence[Influence] = (),
) -> torch.Tensor:
    from diffusers import FlowMatchEulerDiscreteScheduler

    spec = SchedulerSpec(id="flow", name="Flow", factory=FlowMatchEulerDiscreteScheduler.from_config)
    denoiser = Flux2(parts["transformer"])
    generator, noise = blended_noise(Blend(1, 1, 0.0), SHAPE)
    scheduler = fresh_scheduler(spec, SCHEDULER, STEPS, denoiser=denoiser, shape=SHAPE, seed=1)
    schedule = Schedule(scheduler, STEPS, STEPS if image is None else 3, generator)
    start = schedule.from_noise(noise) if image is None else schedule.noised(image, noise)
    influences = guides if image is None or mask is None else (MaskBlend(image, noise, mask),)
    negative = Encoded((words(5),)) if guided else None
    return sample(denoiser, schedule, start, Guidance(4.0, Encoded((words(),)), negative), influences)


@torch.no_grad()
def drawn_by_pipeline(parts: dict[str, Any], is_distilled: bool, **arguments: Any) -> torch.Tensor:
    pipeline = pipeline_class()(**parts, text_encoder=None, tokenizer=None, is_distilled=is_distilled)
    pipeline.set_progress_bar_config(disable=True)
    picture: torch.Tensor = pipeline(
        prompt_embeds=words().tokens,
        negative_prompt_embeds=words(5).tokens,
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=4.0,
        generator=torch.Generator("cpu").manual_seed(1),
        output_type="pt",
        return_dict=False,
        **arguments,
    )[0]
    return picture * 2 - 1
