"""Our sampling loop against the pipelines of diffusers on the same networks: the same latents and pixels to the bit."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import Blend, DenoiseJob, SchedulerSpec
from studio.api.specs import steps_of
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.engine.noise import blended_noise
from studio.engine.previews import to_uint8
from tests.engine.tiny_model import SIDE, generate, make_job, picture, write_tiny_model, write_tiny_sdxl

SCHEDULERS: dict[str, tuple[str, dict[str, Any]]] = {
    "ddim": ("DDIMScheduler", {}),
    "euler": ("EulerDiscreteScheduler", {}),
    "euler_a": ("EulerAncestralDiscreteScheduler", {}),
    "heun": ("HeunDiscreteScheduler", {}),
    "dpm2_a": ("KDPM2AncestralDiscreteScheduler", {}),
    "dpmpp_2m_karras": ("DPMSolverMultistepScheduler", {"use_karras_sigmas": True}),
    "dpmpp_2m_sde": ("DPMSolverMultistepScheduler", {"algorithm_type": "sde-dpmsolver++"}),
    "unipc": ("UniPCMultistepScheduler", {}),
    "pndm": ("PNDMScheduler", {"skip_prk_steps": True}),
    "lcm": ("LCMScheduler", {}),
}
MODELS = ("sd", "sd_inpainting", "xl", "xl_inpainting")
PIPELINES = {
    "text": ("StableDiffusionPipeline", "StableDiffusionXLPipeline"),
    "image": ("StableDiffusionImg2ImgPipeline", "StableDiffusionXLImg2ImgPipeline"),
    "inpaint": ("StableDiffusionInpaintPipeline", "StableDiffusionXLInpaintPipeline"),
}


def right_half() -> Any:
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, SIDE // 2 :] = 1.0
    return mask


JOBS: dict[str, dict[str, Any]] = {
    "text": {},
    "wide": {"width": 96, "height": 48},
    "unguided": {"guidance_scale": 1.0},
    "image": {"image": picture(1), "strength": 0.6},
    "image redrawn": {"image": picture(1), "strength": 1.0},
    "image unguided": {"image": picture(1), "strength": 0.4, "guidance_scale": 1.0},
    "inpaint": {"image": picture(2), "mask": right_half(), "strength": 0.6},
    "inpaint redrawn": {"image": picture(2), "mask": right_half()},
    "inpaint unguided": {"image": picture(2), "mask": right_half(), "strength": 0.5, "guidance_scale": 1.0},
    "seeds blended": {"seed_blend": Blend(3, 4, 0.3)},
    "several": {"count": 2},
}
MASKED = ("text", "image", "inpaint", "inpaint redrawn", "inpaint unguided")
"""What an inpainting network is tried with: it sees a mask also where there is none."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name, channels in zip(MODELS, (4, 9, 4, 9), strict=True):
        (write_tiny_sdxl if name.startswith("xl") else write_tiny_model)(folder / name, unet_channels=channels)
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[DiffusionEngine]:
    specs = {name: SchedulerSpec(id=name, name=name, factory=_factory(name)) for name in SCHEDULERS}
    made = DiffusionEngine(ModelLibrary([folder]), "cpu", None, specs, precision="float32", torch_threads=1)
    yield made
    made.close()


@pytest.mark.parametrize("scheduler", list(SCHEDULERS))
@pytest.mark.parametrize("kind", ["text", "inpaint"])
def test_with_every_kind_of_scheduler(
    engine: DiffusionEngine, folder: Path, finished: list[Any], scheduler: str, kind: str
) -> None:
    check(engine, folder, finished, make_job(model="sd", scheduler=scheduler, steps=5, **JOBS[kind]))


@pytest.mark.parametrize(
    ("model", "kind"),
    [(model, kind) for model in MODELS for kind in (JOBS if "inpainting" not in model else MASKED)],
)
def test_with_every_kind_of_network(
    engine: DiffusionEngine, folder: Path, finished: list[Any], model: str, kind: str
) -> None:
    job = make_job(model=model, scheduler="euler_a", steps=3, negative_prompt="fog", **JOBS[kind])
    check(engine, folder, finished, job)


@pytest.mark.parametrize("model", ["sd", "xl"])
@pytest.mark.parametrize("guidance_scale", [1.0, 3.0])
def test_networks_that_take_the_guidance_as_an_input(
    tmp_path: Path, finished: list[Any], model: str, guidance_scale: float
) -> None:
    """As those of latent consistency models: they are never asked twice."""
    write = write_tiny_sdxl if model == "xl" else write_tiny_model
    write(tmp_path / model, time_cond_proj_dim=9)
    specs = {"lcm": SchedulerSpec(id="lcm", name="lcm", factory=_factory("lcm"))}
    engine = DiffusionEngine(ModelLibrary([tmp_path]), "cpu", None, specs, precision="float32", torch_threads=1)
    check(engine, tmp_path, finished, make_job(model=model, scheduler="lcm", guidance_scale=guidance_scale))


def check(engine: DiffusionEngine, folder: Path, finished: list[Any], job: DenoiseJob) -> None:
    pictures, _ = generate(engine, job)
    assert len(finished) == job.count
    for index, (pixels, latents) in enumerate(zip(pictures, finished, strict=True)):
        wanted, decoded = drawn_by_pipeline(folder, replace(job, seed=job.seed + index))
        assert torch.equal(latents, wanted)
        assert np.array_equal(pixels, decoded)
    assert not torch.equal(finished[0], finished[-1]) or job.count == 1


@torch.no_grad()
def drawn_by_pipeline(folder: Path, job: DenoiseJob) -> tuple[torch.Tensor, Any]:
    """Latents and pixels of a job by the pipeline that is meant for it."""
    mode, arguments = "text", dict[str, Any](width=job.width, height=job.height)
    if job.image is not None or job.model.endswith("inpainting"):
        mode = "image" if job.mask is None and not job.model.endswith("inpainting") else "inpaint"
    pipeline, config = loaded_pipeline(folder / job.model, mode)
    pipeline.scheduler = _factory(job.scheduler)(config)
    if mode == "image":
        arguments = {"image": encoded(pipeline, job.image), "strength": strength_of(job)}
    if mode == "inpaint":
        arguments |= inpainting_arguments(pipeline, job)
    generator, noise = blended_noise(job.seed_blend or Blend(job.seed, job.seed, 0.0), (1, 4, 8, 8))
    if job.seed_blend is None:
        generator = torch.Generator("cpu").manual_seed(job.seed)
    else:
        arguments["latents"] = noise
    latents = pipeline(
        job.prompt,
        negative_prompt=job.negative_prompt,
        num_inference_steps=job.steps,
        guidance_scale=job.guidance_scale,
        generator=generator,
        output_type="latent",
        return_dict=False,
        **arguments,
    )[0]
    rgb = pipeline.vae.decode(latents / pipeline.vae.config.scaling_factor, return_dict=False)[0]
    return latents, to_uint8(rgb[0].permute(1, 2, 0))


@functools.cache
def loaded_pipeline(folder: Path, mode: str) -> tuple[Any, Any]:
    """The pipeline, and the scheduler's config in the model's folder."""
    import diffusers

    pipeline = getattr(diffusers, PIPELINES[mode]["xl" in folder.name]).from_pretrained(folder, local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline, pipeline.scheduler.config


def inpainting_arguments(pipeline: Any, job: DenoiseJob) -> dict[str, Any]:
    """Latents instead of pixels, whose encoding a pipeline draws by chance; grey where there is no picture."""
    image = np.full((job.height, job.width, 3), 127.5) if job.image is None else job.image
    whole = np.ones((job.height, job.width), np.float32) if job.mask is None else job.mask
    kept = np.where(whole[..., None] > 0, 127.5, image) if job.model.endswith("inpainting") else image
    return {
        "image": encoded(pipeline, image),
        "mask_image": torch.from_numpy(whole)[None, None],
        "masked_image_latents": encoded(pipeline, kept),
        "strength": strength_of(job),
    }


def encoded(pipeline: Any, image: Any) -> torch.Tensor:
    rgb = torch.from_numpy(np.ascontiguousarray(image, np.float32)).permute(2, 0, 1)[None] / 127.5 - 1.0
    latents: torch.Tensor = pipeline.vae.encode(rgb).latent_dist.mode() * pipeline.vae.config.scaling_factor
    return latents


def strength_of(job: DenoiseJob) -> float:
    """Half a step more, so that the pipelines' int(steps * strength) is exactly the number of steps wanted."""
    steps = steps_of(job)
    return 1.0 if steps == job.steps else (steps + 0.5) / job.steps


def _factory(name: str) -> Callable[[Mapping[str, Any]], Any]:
    import diffusers

    class_name, changes = SCHEDULERS[name]
    return lambda config: getattr(diffusers, class_name).from_config(dict(config), **changes)
