"""One job through the pipelines: every picture alone, from its own seed, with its own scheduler."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from studio.api import Blend, DenoiseJob, SchedulerSpec
from studio.api.specs import steps_of
from studio.document import Pixels
from studio.engine.known_cells import KnownCells
from studio.engine.masks import free_cells, latent_mask
from studio.engine.pipelines import Float32UNet, LoadedModel
from studio.engine.previews import alpha_bar_at, predicted_original
from studio.engine.progress import StepReporter
from studio.engine.prompts import Encoded, only
from studio.errors import SettingError
from studio.generation import CancelToken


@dataclass(frozen=True, eq=False)
class Conditions:
    """What all pictures of a job share. Tensors are float32 on the device; images are scaled latents."""

    positive: Encoded
    negative: Encoded | None
    image: torch.Tensor | None
    mask: torch.Tensor | None
    masked_image: torch.Tensor | None


class JobRun:
    """Runs one job on a loaded model. ``run`` may be called again, for a retry."""

    def __init__(
        self, model: LoadedModel, job: DenoiseJob, spec: SchedulerSpec, reporter: StepReporter, cancel: CancelToken
    ) -> None:
        self._model = model
        self._job = guided_by_habit(job, model)
        self._spec = spec
        self._reporter = reporter
        self._cancel = cancel
        self._steps = steps_of(job)

    def run(self) -> tuple[Pixels, ...]:
        """All pictures of the job, in order. Raises `Cancelled` within one step of a cancel."""
        self._cancel.raise_if_cancelled()
        self._reporter.stage("encoding")
        conditions = self._conditions()
        pictures = []
        for index in range(self._job.count):
            self._cancel.raise_if_cancelled()
            self._reporter.stage("denoising", step=index * self._steps)
            latents = self._denoised(conditions, index)
            self._cancel.raise_if_cancelled()
            self._reporter.stage("decoding", step=(index + 1) * self._steps)
            pictures.append(self._model.decode(latents))
        return tuple(pictures)

    def _conditions(self) -> Conditions:
        job, model = self._job, self._model
        positive, negative = encoded_prompts(model, job, self._steps, self._cancel)
        self._cancel.raise_if_cancelled()
        if job.image is None and not model.takes_masked_image:
            return Conditions(positive, negative, None, None, None)
        rgb = as_tensor(job.image, job)
        image = model.encode(rgb)
        if not model.takes_masked_image:
            mask = None if job.mask is None else latent_mask(job.mask, model.factor).to(image.device)
            return Conditions(positive, negative, image, mask, None)
        whole = np.ones((job.height, job.width), np.float32) if job.mask is None else job.mask
        mask = torch.from_numpy((whole >= 0.5).astype(np.float32))[None, None]
        return Conditions(positive, negative, image, mask, model.encode(rgb * (1.0 - mask)))

    @torch.no_grad()
    def _denoised(self, conditions: Conditions, index: int) -> torch.Tensor:
        """Scaled latents of picture ``index``."""
        mode, arguments = self._arguments(conditions)
        pipeline = self._model.pipeline(mode)
        seed = self._job.seed + index
        generator, noise = self._noise(seed)
        pipeline.scheduler = fresh_scheduler(self._spec, self._model, self._job.steps, seed)
        watch = StepWatch(self._model, self._job, pipeline, self._reporter, self._cancel)
        watch.words = lambda step, steps: words_at(conditions.positive, conditions.negative, step, steps)
        soft_mask = conditions.mask if conditions.masked_image is None else None
        self._model.unet.known = self._known(conditions, pipeline.scheduler)
        try:
            latents: torch.Tensor = pipeline(
                **arguments,
                **embeddings_at(conditions.positive, conditions.negative, 0, 1),
                **noise,
                num_inference_steps=self._job.steps,
                guidance_scale=self._job.guidance_scale,
                generator=generator,
                callback_on_step_end=watch.callback(index, self._steps, soft_mask),
                callback_on_step_end_tensor_inputs=["latents"] if soft_mask is None else ["latents", "mask"],
                output_type="latent",
                return_dict=False,
            )[0]
            return self._closed(latents, conditions, pipeline.scheduler)
        finally:
            pipeline.scheduler = None
            self._model.unet.forget()

    def _closed(self, latents: torch.Tensor, conditions: Conditions, scheduler: Any) -> torch.Tensor:
        """The latents after a closing pass, where the picture may change."""
        last = conditions.positive.parts[-1]
        if last.pooled is not None:
            return latents
        self._cancel.raise_if_cancelled()
        return after_closing_pass(self._model, latents, last.tokens, scheduler, conditions.mask)

    def _known(self, conditions: Conditions, scheduler: Any) -> KnownCells | None:
        """What the UNet sees of the picture before the first step, if it was taught to see any."""
        image, mask, alphas = conditions.image, conditions.mask, getattr(scheduler, "alphas_cumprod", None)
        if not self._model.habits.sees_known_cells or image is None or mask is None or alphas is None:
            return None
        known = free_cells(mask, 0, max(1, self._steps)) == 0
        return KnownCells(image, known, alphas, prediction_type_of(scheduler))

    def _noise(self, seed: int) -> tuple[torch.Generator, dict[str, torch.Tensor]]:
        """The generator of a picture and, between two seeds, the noise that it starts from."""
        blend = self._job.seed_blend
        if blend is None:
            return torch.Generator("cpu").manual_seed(seed), {}
        generator, noise = blended_noise(blend, self._model.latent_shape(self._job.width, self._job.height))
        return generator, {"latents": noise.to(self._model.unet.device)}

    def _arguments(self, conditions: Conditions) -> tuple[str, dict[str, Any]]:
        """The pipeline's name and the arguments that differ between the pipelines."""
        job = self._job
        size = {"width": job.width, "height": job.height}
        if conditions.image is None:
            return "text", size
        strength = pipeline_strength(self._steps, job.steps)
        if conditions.mask is None:
            return "image", {"image": conditions.image, "strength": strength}
        if conditions.masked_image is None:
            start = free_cells(conditions.mask, 0, max(1, self._steps))
            mask = torch.nn.functional.interpolate(start, scale_factor=self._model.factor, mode="nearest")
            masked_image = conditions.image
        else:
            mask, masked_image = conditions.mask, conditions.masked_image
            strength = 1.0 if job.image is None else strength
        inpaint = {"mask_image": mask, "masked_image_latents": masked_image}
        return "inpaint", {**size, **inpaint, "image": conditions.image, "strength": strength}


class StepWatch:
    """What happens after every step: cancel, progress, preview, and the mask and the words of the next step.

    ``words(step, steps)`` gives what a pipeline calls its embeddings, for a step before which they change.
    """

    def __init__(
        self,
        model: LoadedModel,
        job: DenoiseJob,
        pipeline: Any,
        reporter: StepReporter,
        cancel: CancelToken,
    ) -> None:
        self._model = model
        self._job = job
        self._unet: Float32UNet = pipeline.unet
        self._scheduler = pipeline.scheduler
        self._reporter = reporter
        self._cancel = cancel
        self.words: Callable[[int, int], dict[str, torch.Tensor]] = lambda _step, _steps: {}

    def callback(
        self, picture: int, steps: int, mask: torch.Tensor | None
    ) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
        """For ``callback_on_step_end``. Some schedulers run the model more than once a step, so done is a share."""

        def step_ended(pipeline: Any, index: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            self._cancel.raise_if_cancelled()
            total = int(pipeline.num_timesteps)
            self._reporter.step_done((picture + (index + 1) / total) * steps, self._preview)
            if index + 1 >= total:
                return {}
            words = self.words(index + 1, total)
            if mask is None:
                return words
            free = free_cells(mask, index + 1, total)
            self._unet.keep(free == 0)
            return {**words, "mask": free.expand_as(tensors["mask"])}

        return step_ended

    def _preview(self) -> Pixels | None:
        last = self._unet.last
        alphas = getattr(self._scheduler, "alphas_cumprod", None)
        if last.sample is None or last.output is None or alphas is None:
            return None
        output = last.output
        if output.shape[0] == 2:
            unconditional, conditional = output.chunk(2)
            output = unconditional + self._job.guidance_scale * (conditional - unconditional)
        alpha = alpha_bar_at(alphas, last.timestep)
        sample = last.sample[:1, : output.shape[1]].float()
        latents = predicted_original(sample, output, alpha, prediction_type_of(self._scheduler))
        return self._model.preview.render(latents)


def guided_by_habit(job: DenoiseJob, model: LoadedModel) -> DenoiseJob:
    """The job with as much guidance as the model's habit asks for where a part of the picture is kept."""
    nothing_kept = job.mask is None or bool((job.mask >= 1.0).all())
    if nothing_kept or not model.habits.sees_known_cells or job.guidance_scale <= 1.0:
        return job
    return replace(job, guidance_scale=1.0 + model.habits.masked_guidance * (job.guidance_scale - 1.0))


def after_closing_pass(
    model: LoadedModel,
    latents: torch.Tensor,
    tokens: torch.Tensor,
    scheduler: Any,
    mask: torch.Tensor | None = None,
) -> torch.Tensor:
    """Latents ``(n, channels, h, w)`` without the small errors of the steps, if the UNet was taught to take them off.

    ``tokens`` is the embedding of their prompts, ``(n, length, width)``. Where ``mask``, ``(1, 1, h, w)``, is 0 they
    stay as they are.
    """
    timestep, alphas = model.habits.closing_timestep, getattr(scheduler, "alphas_cumprod", None)
    if timestep is None or alphas is None:
        return latents
    alpha = alpha_bar_at(alphas, timestep)
    sample = alpha**0.5 * latents
    output = model.unet(sample, torch.tensor(timestep), encoder_hidden_states=tokens)[0]
    closed = predicted_original(sample, output, alpha, prediction_type_of(scheduler))
    return closed if mask is None else torch.where(mask > 0, closed, latents)


def prediction_type_of(scheduler: Any) -> str:
    """What the scheduler takes the UNet's output for, by diffusers' names."""
    return str(scheduler.config.get("prediction_type", "epsilon"))


def fresh_scheduler(spec: SchedulerSpec, model: LoadedModel, steps: int, seed: int | list[int]) -> Any:
    """A scheduler for one run, with the seed of each picture for one that makes noise of its own.

    Raises `SettingError` when it cannot run this many steps.
    """
    try:
        scheduler = starting_at_the_first_step(spec.factory(model.scheduler_config))
        scheduler.set_timesteps(steps)
    except Exception as error:
        raise SettingError(
            f"The scheduler {spec.name} cannot run {steps} steps with this model: {error}",
            "Choose another number of steps or another scheduler.",
        ) from error
    if getattr(scheduler, "noise_sampler_seed", seed) is None:
        scheduler.noise_sampler_seed = seed
    return scheduler


def starting_at_the_first_step(scheduler: Any) -> Any:
    """The scheduler, told after ``set_timesteps`` that it begins at index 0.

    Left alone, it looks the first timestep up, and where rounding made two alike, as Karras spacing does with many
    steps, it takes the second and runs past its end.
    """
    if hasattr(scheduler, "set_begin_index"):
        plain = scheduler.set_timesteps

        @functools.wraps(plain)
        def set_timesteps(*arguments: Any, **options: Any) -> None:
            plain(*arguments, **options)
            scheduler.set_begin_index(0)

        scheduler.set_timesteps = set_timesteps
    return scheduler


def pipeline_strength(wanted: int, steps: int) -> float:
    """The strength at which a pipeline runs ``wanted`` of ``steps``."""
    # Half a step more, so that the pipelines' int(steps * strength) is exactly the number wanted.
    return 1.0 if wanted == steps else (wanted + 0.5) / steps


def blended_noise(blend: Blend[int], shape: tuple[int, ...]) -> tuple[torch.Generator, torch.Tensor]:
    """Noise between that of two seeds, on the CPU, and the generator of the first seed after it was drawn."""
    generator = torch.Generator("cpu").manual_seed(blend.first)
    noise = torch.randn(shape, generator=generator)
    if blend.amount > 0.0:
        other = torch.randn(shape, generator=torch.Generator("cpu").manual_seed(blend.second))
        noise = slerp(noise, other, blend.amount)
    return generator, noise


def slerp(first: torch.Tensor, second: torch.Tensor, amount: float) -> torch.Tensor:
    """From one tensor of noise to another, 0..1, along the arc between them (Shoemake, 1985).

    A straight line would pass through noise that is too weak, which the model turns into flat pictures.
    """
    cosine = torch.nn.functional.cosine_similarity(first.flatten(), second.flatten(), dim=0).clamp(-1.0, 1.0)
    angle = torch.acos(cosine)
    if float(torch.sin(angle)) < 1e-4:
        return torch.lerp(first, second, amount)
    weights = torch.sin((1.0 - amount) * angle), torch.sin(amount * angle)
    return (weights[0] * first + weights[1] * second) / torch.sin(angle)


def encoded_prompts(
    model: LoadedModel, job: DenoiseJob, steps: int, cancel: CancelToken
) -> tuple[Encoded, Encoded | None]:
    """What a job asks for, and what not if it is guided, over its steps and with embeddings of one length."""
    encode, check = model.prompts.encode_blend, cancel.raise_if_cancelled
    positive = encode(job.prompt_blend or only(job.prompt), steps, check=check)
    if job.guidance_scale <= 1.0:
        return positive, None
    negative = encode(job.negative_blend or only(job.negative_prompt), steps, negative=True, check=check)
    return model.prompts.paired(positive, negative)


def words_at(positive: Encoded, negative: Encoded | None, step: int, steps: int) -> dict[str, torch.Tensor]:
    """The embeddings of a step as a pipeline's loop names them: both together; nothing where none changes."""
    both = [each for each in (negative, positive) if each is not None]
    if not any(each.changes for each in both):
        return {}
    parts = [each.at(step, steps) for each in both]
    found = {"prompt_embeds": torch.cat([part.tokens for part in parts])}
    pooled = [part.pooled for part in parts if part.pooled is not None]
    return {**found, "add_text_embeds": torch.cat(pooled)} if pooled else found


def embeddings_at(positive: Encoded, negative: Encoded | None, step: int, steps: int) -> dict[str, Any]:
    """Prompt arguments; a pipeline without text encoders needs the negative one only when it guides."""
    given: dict[str, Any] = {}
    for prefix, encoded in (("", positive), ("negative_", negative)):
        if encoded is not None:
            part = encoded.at(step, steps)
            given[f"{prefix}prompt_embeds"] = part.tokens
            if part.pooled is not None:
                given[f"{prefix}pooled_prompt_embeds"] = part.pooled
    return given


def as_tensor(image: Pixels | None, job: DenoiseJob) -> torch.Tensor:
    """RGB ``(1, 3, h, w)`` in -1..1; grey where there is no image."""
    if image is None:
        return torch.zeros(1, 3, job.height, job.width)
    return torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None].float() / 127.5 - 1.0
