"""Z-Image networks through our loop and through the pipelines of diffusers: the same latents to the bit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.api import Blend, GuideNetwork, InfluenceGuide, InfluenceStep, SchedulerSpec
from studio.engine.codec import LatentCodec
from studio.engine.families.z_image import ZImage
from studio.engine.influences.mask_blend import MaskBlend
from studio.engine.influences.plugged import Plugged
from studio.engine.models.control_networks import control_source
from studio.engine.models.networks import load_network
from studio.engine.noise import blended_noise
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.sampling import Guidance, Influence, sample
from studio.engine.schedule import Schedule, fresh_scheduler
from tests.engine.bundled_influences import taking_part
from tests.engine.control_files import randomised
from tests.engine.tiny_model import SIDE, tiny_vae

WIDTH, HEIGHT, STEPS, WORDS = SIDE, SIDE // 2, 4, 24
SHAPE = (1, 16, HEIGHT // 8, WIDTH // 8)
EXPECTED = {"text": 4, "image": 2, "inpaint": 3}
SCHEDULERS = {"turbo": {"shift": 3.0}, "by size": {"shift": 3.0, "use_dynamic_shifting": True}}


@pytest.fixture(scope="module")
def transformer() -> Any:
    from diffusers import ZImageTransformer2DModel

    torch.manual_seed(0)
    network = ZImageTransformer2DModel(
        dim=32,
        n_layers=2,
        n_refiner_layers=1,
        n_heads=2,
        n_kv_heads=2,
        cap_feat_dim=WORDS,
        axes_dims=[4, 6, 6],
        axes_lens=[128, 32, 32],
    )
    for pad in (network.x_pad_token, network.cap_pad_token):
        torch.nn.init.normal_(pad)
    return network.eval().requires_grad_(False)


def words(seed: int = 2, length: int = 9) -> PromptEmbedding:
    return PromptEmbedding(torch.randn(1, length, WORDS, generator=torch.Generator().manual_seed(seed)), None)


def picture() -> torch.Tensor:
    return torch.randn(SHAPE, generator=torch.Generator().manual_seed(3))


def right_half() -> torch.Tensor:
    mask = torch.zeros(1, 1, *SHAPE[-2:])
    mask[..., SHAPE[-1] // 2 :] = 1.0
    return mask


@pytest.mark.parametrize("scheduler", SCHEDULERS)
@pytest.mark.parametrize("kind", EXPECTED)
def test_the_latents_are_those_of_the_pipeline(transformer: Any, kind: str, scheduler: str) -> None:
    ours = drawn_by_us(transformer, kind, scheduler)
    assert torch.equal(ours, drawn_by_pipeline(transformer, kind, scheduler))
    assert ours.std() > 0


@pytest.mark.parametrize("length", [3, 40])
def test_a_negative_prompt_of_another_length_guides_as_in_the_pipeline(transformer: Any, length: int) -> None:
    """The pipeline counts guidance from 0, we from 1, and it asks for both sides in one padded batch."""
    negative = words(5, length)
    ours = drawn_by_us(transformer, "text", "turbo", scale=5.0, negative=negative)
    torch.testing.assert_close(
        ours,
        drawn_by_pipeline(
            transformer, "text", "turbo", guidance_scale=4.0, negative_prompt_embeds=[negative.tokens[0]]
        ),
        rtol=0.0,
        atol=2e-5,
    )


RELEASES: dict[str, dict[str, Any]] = {
    "1.0": {"control_layers_places": [0], "control_in_dim": 16},
    "2.0": {
        "control_layers_places": [0, 1],
        "control_refiner_layers_places": [0],
        "control_in_dim": 33,
        "add_control_noise_refiner": "control_layers",
    },
    "2.1": {
        "control_layers_places": [0, 1],
        "control_refiner_layers_places": [0],
        "control_in_dim": 33,
        "add_control_noise_refiner": "control_noise_refiner",
    },
}


@pytest.fixture(params=RELEASES)
def control_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A control network as it is published; that of release 2.0 has refiners that were never taught."""
    from diffusers import ZImageControlNetModel

    options = {"dim": 32, "n_refiner_layers": 1, "n_heads": 2, "n_kv_heads": 2}
    network = randomised(ZImageControlNetModel(**options, **RELEASES[request.param]), 7)
    tensors = dict(network.state_dict())
    if request.param == "2.0":
        tensors["control_noise_refiner.0.before_proj.weight"] = torch.zeros(32, 32)
        tensors["control_noise_refiner.0.attention_norm1.weight"] = torch.ones(32)
    path = tmp_path / f"Z-Image-Turbo-Fun-Controlnet-Union-{request.param}.safetensors"
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path)
    return path


@pytest.mark.parametrize("span", [{}, {"strength": 0.6, "start": 0.2, "end": 0.8}], ids=["whole", "later"])
def test_a_control_network_of_each_release_as_in_its_pipeline(
    transformer: Any, control_file: Path, span: dict[str, Any]
) -> None:
    network = load_network(
        control_source(control_file, "transformer", transformer.config), "cpu", torch.float32, lambda _count: None
    )
    guide = guide_by(network, **span)
    vae = tiny_vae(latent_channels=16).eval().requires_grad_(False)
    vae.register_to_config(shift_factor=0.1159, scaling_factor=0.3611)
    theirs = drawn_with_control(transformer, network, vae, guide)
    ours = drawn_by_us(transformer, "text", "turbo", guides=[steering(transformer, LatentCodec(vae).encode, guide)])
    assert torch.equal(ours, theirs)
    assert not torch.equal(ours, drawn_by_us(transformer, "text", "turbo"))


@pytest.mark.parametrize("control_file", ["1.0"], indirect=True)
def test_two_control_networks_add_up(transformer: Any, control_file: Path) -> None:
    source = control_source(control_file, "transformer", transformer.config)
    network = load_network(source, "cpu", torch.float32, lambda _count: None)
    seen = torch.randn(1, 16, *SHAPE[-2:], generator=torch.Generator().manual_seed(4))
    both, one = (
        steering(transformer, lambda _shown: seen, *(guide_by(network, strength=each) for each in strengths))
        for strengths in ((0.5, 0.25), (0.75,))
    )
    ours = [drawn_by_us(transformer, "text", "turbo", guides=[each]) for each in (both, one)]
    torch.testing.assert_close(*ours, rtol=0.0, atol=1e-4)


def guide_by(network: Any, **span: Any) -> InfluenceGuide:
    """A guide that a control network reads."""
    reader = GuideNetwork(module=network, form="transformer", mode="canny")
    return InfluenceGuide(name="Canny", picture=np.zeros((HEIGHT, WIDTH, 3), np.uint8), network=reader, **span)


def steering(transformer: Any, encode: Callable[[torch.Tensor], torch.Tensor], *guides: InfluenceGuide) -> Plugged:
    return taking_part("control", guides, ZImage(transformer), channels=16, latents=lambda _picture: encode(shown()))


def shown() -> torch.Tensor:
    return torch.rand(1, 3, HEIGHT, WIDTH, generator=torch.Generator().manual_seed(9)) * 2.0 - 1.0


def drawn_with_control(transformer: Any, network: Any, vae: Any, guide: InfluenceGuide) -> torch.Tensor:
    """The pipeline knows no range: its network answers nothing where the guide is not felt."""
    import diffusers

    pipeline = diffusers.ZImageControlNetPipeline(
        transformer=transformer,
        vae=vae,
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(**SCHEDULERS["turbo"]),
        text_encoder=None,
        tokenizer=None,
        controlnet=network,
    )
    pipeline.set_progress_bar_config(disable=True)
    asked: list[int] = []
    forward = network.forward

    def felt(*given: Any, **options: Any) -> Any:
        asked.append(1)
        return forward(*given, **options) if guide.acts_at(InfluenceStep(index=len(asked) - 1, total=STEPS)) else {}

    network.forward = felt
    latents: torch.Tensor = pipeline(
        prompt_embeds=[words().tokens[0]],
        negative_prompt_embeds=[],
        control_image=shown(),
        controlnet_conditioning_scale=guide.strength,
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        guidance_scale=0.0,
        generator=torch.Generator("cpu").manual_seed(1),
        output_type="latent",
        return_dict=False,
    )[0]
    network.forward = forward
    return latents


def drawn_by_us(
    transformer: Any,
    kind: str,
    scheduler: str,
    *,
    scale: float = 1.0,
    negative: PromptEmbedding | None = None,
    guides: Sequence[Influence] = (),
) -> torch.Tensor:
    from diffusers import FlowMatchEulerDiscreteScheduler

    spec = SchedulerSpec(id="flow", name="Flow", factory=FlowMatchEulerDiscreteScheduler.from_config)
    denoiser = ZImage(transformer)
    generator, noise = blended_noise(Blend(1, 1, 0.0), SHAPE)
    fresh = fresh_scheduler(spec, SCHEDULERS[scheduler], STEPS, denoiser=denoiser, shape=SHAPE, seed=1)
    schedule = Schedule(fresh, STEPS, EXPECTED[kind], generator)
    start = schedule.from_noise(noise) if kind == "text" else schedule.noised(picture(), noise)
    influences: list[Influence] = [MaskBlend(picture(), noise, right_half())] if kind == "inpaint" else list(guides)
    against = None if negative is None else Encoded((negative,))
    return sample(denoiser, schedule, start, Guidance(scale, Encoded((words(),)), against), influences)


@torch.no_grad()
def drawn_by_pipeline(transformer: Any, kind: str, scheduler: str, **arguments: Any) -> torch.Tensor:
    import diffusers

    name = {"text": "ZImagePipeline", "image": "ZImageImg2ImgPipeline", "inpaint": "ZImageInpaintPipeline"}[kind]
    pipeline = getattr(diffusers, name)(
        transformer=transformer,
        vae=tiny_vae(latent_channels=16).eval(),
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(**SCHEDULERS[scheduler]),
        text_encoder=None,
        tokenizer=None,
    )
    pipeline.set_progress_bar_config(disable=True)
    if kind != "text":
        pipeline.image_processor.preprocess = lambda latents: latents  # they are given as they are
        arguments |= {"image": picture(), "strength": EXPECTED[kind] / STEPS}
    if kind == "inpaint":
        pipeline.prepare_mask_latents = lambda *_given: (right_half(), None)  # it would encode the latents again
        mask = torch.nn.functional.interpolate(right_half(), scale_factor=8)
        arguments |= {"mask_image": mask, "masked_image_latents": picture()}
    latents: torch.Tensor = pipeline(
        prompt_embeds=[words().tokens[0]],
        width=WIDTH,
        height=HEIGHT,
        num_inference_steps=STEPS,
        generator=torch.Generator("cpu").manual_seed(1),
        output_type="latent",
        return_dict=False,
        **{"guidance_scale": 0.0, **arguments},
    )[0]
    return latents
