"""One job: every picture alone, from its own seed, with its own scheduler."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

import numpy as np
import torch

from studio.api import Blend, DenoiseJob, SchedulerSpec
from studio.api.specs import steps_of
from studio.document import Pixels
from studio.engine.codec import as_tensor
from studio.engine.device import threads
from studio.engine.device.memory import MemoryRetry
from studio.engine.families.transformer import TransformerDenoiser
from studio.engine.influences.closing_pass import ClosingPass
from studio.engine.influences.known_cells import KnownCells
from studio.engine.influences.mask_blend import MaskBlend
from studio.engine.influences.masked_image import MaskedImage
from studio.engine.influences.moving import MovedAround
from studio.engine.influences.plugged import Plugged
from studio.engine.influences.watch import StepWatch
from studio.engine.loaded_model import LoadedModel
from studio.engine.masks import latent_mask
from studio.engine.models.regions import NO_REGIONS, WantedRegions
from studio.engine.noise import blended_noise
from studio.engine.progress import StepReporter
from studio.engine.prompts import only
from studio.engine.regions import RegionDrawing, encoded_regions, region_drawing, region_influence
from studio.engine.sampling import Guidance, Influence, sample
from studio.engine.schedule import Generators, Schedule, fresh_scheduler
from studio.engine.told_model import told_model
from studio.generation import CancelToken


@dataclass(frozen=True, eq=False)
class Conditions:
    """What all pictures of a job share, float32 on the device.

    ``image`` are the latents (1, channels, h, w) to start from. Where a part of them is kept, ``mask``, (1, 1, h, w) in
    0..1, says how much may change, ``masked_image`` shows it to an inpainting network. ``regions`` is how
    parts with words of their own are drawn.
    """

    guidance: Guidance
    regions: RegionDrawing
    image: torch.Tensor | None = None
    mask: torch.Tensor | None = None
    masked_image: MaskedImage | None = None


class JobRun:
    """Runs one job on a loaded model. What runs out of memory is done again in smaller pieces, see `MemoryRetry`.

    ``guides`` are what the pictures add that the job is drawn after, and ``regions`` its parts; what the model wears
    afterwards is what one of them does.
    """

    def __init__(
        self,
        model: LoadedModel,
        job: DenoiseJob,
        *,
        spec: SchedulerSpec,
        reporter: StepReporter,
        cancel: CancelToken,
        retry: MemoryRetry,
        guides: Sequence[Plugged] = (),
        regions: WantedRegions = NO_REGIONS,
    ) -> None:
        self._model = model
        self._regions = regions
        self._job = guided_by_habit(job, model)
        self._spec = spec
        self._reporter = reporter
        self._cancel = cancel
        self._retry = retry
        self._guides = tuple(guides)
        self._steps = steps_of(job)

    def run(self) -> tuple[Pixels, ...]:
        """All pictures of the job, in order. Raises `Cancelled` within one step of a cancel."""
        self._cancel.raise_if_cancelled()
        self._reporter.stage("encoding")
        with threads.leaving_a_core() if self._job.quick else nullcontext():
            conditions = self._conditions()
            return tuple(self._picture(conditions, index) for index in range(self._job.count))

    def _picture(self, conditions: Conditions, index: int) -> Pixels:
        self._cancel.raise_if_cancelled()
        latents = self._retry.drawing(lambda split: self._denoised(conditions, index, split))
        self._cancel.raise_if_cancelled()
        self._reporter.stage("decoding", step=(index + 1) * self._steps)
        return self._retry.coding(lambda tiled: self._decoded(latents, tiled))

    def _decoded(self, latents: torch.Tensor, tiled: bool) -> Pixels:
        if self._job.quick:
            return self._model.decode_quickly(latents, tiled=tiled, tile=self._job.tile)
        return self._model.decode(latents, tiled=tiled)

    def _conditions(self) -> Conditions:
        job, model = self._job, self._model
        guidance = guidance_of(model, job, self._steps, self._cancel)
        regions = self._region_drawing()
        self._cancel.raise_if_cancelled()
        model.residence.draw()
        image = None if job.image is None else self._encoded(as_tensor(job.image))
        if model.denoiser.takes_masked_image:
            return Conditions(
                guidance, regions, image, mask=self._mask() if job.soft else None, masked_image=self._masked_image()
            )
        return Conditions(guidance, regions, image, self._mask())

    def _mask(self) -> torch.Tensor | None:
        """How much each cell may change, float32 (1, 1, h, w) in 0..1; ``None`` where there is no mask."""
        mask, model = self._job.mask, self._model
        return None if mask is None else latent_mask(mask, model.codec.factor).to(model.denoiser.device)

    def _region_drawing(self) -> RegionDrawing:
        """How the regions are drawn, or the whole where there are none."""
        model, check = self._model, self._cancel.raise_if_cancelled
        spec, parts = self._regions.influence, self._regions.parts
        if spec is None:
            model.hold((), check)
            return RegionDrawing(model.denoiser, ())
        words = encoded_regions(model, self._job, parts, self._steps, check)
        coupled = region_influence(spec, told_model(model), words, family=model.info.family, cancel=self._cancel)
        # A window of a picture that tiles would go on at its own other side.
        apart = model.habits.regions_apart if self._job.tile == "off" else 0.0
        return region_drawing(model, self._job, parts, words=words, coupled=coupled, guides=self._guides, apart=apart)

    def _masked_image(self) -> MaskedImage:
        """The picture with grey where to draw: all of it where there is no picture or no mask."""
        job, size = self._job, (self._job.height, self._job.width)
        whole = np.ones(size, np.float32) if job.mask is None else job.mask
        mask = torch.from_numpy((whole >= 0.5).astype(np.float32))[None, None]
        rgb = torch.zeros(1, 3, *size) if job.image is None else as_tensor(job.image)
        image = self._encoded(rgb * (1.0 - mask))
        cells = torch.nn.functional.interpolate(mask, size=image.shape[-2:])
        return MaskedImage(cells.to(image.device), image)

    def _encoded(self, rgb: torch.Tensor) -> torch.Tensor:
        return self._retry.coding(lambda tiled: self._model.codec.encode(rgb, tiled=tiled or self._model.is_tiled))

    def _denoised(self, conditions: Conditions, index: int, split: bool) -> torch.Tensor:
        """Latents of picture ``index``."""
        self._reporter.stage("denoising", step=index * self._steps)
        job, model, seed = self._job, self._model, self._job.seed + index
        shape = model.codec.latent_shape(job.width, job.height)
        generator, drawn = blended_noise(job.seed_blend or Blend(seed, seed, 0.0), shape)
        noise = drawn.to(model.denoiser.device)
        schedule = schedule_for(model, self._spec, job, seed, generator)
        return sample(
            conditions.regions.denoiser,
            schedule,
            self._start(conditions, schedule, noise),
            replace(conditions.guidance, split=split),
            self._influences(conditions, schedule, noise, index),
        )

    def _start(self, conditions: Conditions, schedule: Schedule, noise: torch.Tensor) -> torch.Tensor:
        """A picture of which a part is kept and the rest is all new starts from noise alone."""
        keeps_a_part = conditions.mask is not None or conditions.masked_image is not None
        if conditions.image is None or (keeps_a_part and self._steps == self._job.steps):
            return schedule.from_noise(noise)
        return schedule.noised(conditions.image, noise)

    def _influences(
        self, conditions: Conditions, schedule: Schedule, noise: torch.Tensor, index: int
    ) -> tuple[Influence, ...]:
        shown = tuple(self._shown(conditions, schedule))
        watch = StepWatch(self._model.previewer, self._reporter, self._cancel, picture=index, steps=self._steps)
        kept = _kept(conditions, noise)
        return (*self._moved(), *shown, *self._guides, watch, *kept, *self._closing(conditions, shown))

    def _moved(self) -> Iterator[Influence]:
        if self._job.tile != "off" and isinstance(self._model.denoiser, TransformerDenoiser):
            yield MovedAround(self._job.tile)

    def _shown(self, conditions: Conditions, schedule: Schedule) -> Iterator[Influence]:
        """What lets the network see the words of each region, and the part that is kept, if it can."""
        image, mask, prediction = conditions.image, conditions.mask, schedule.prediction
        yield from conditions.regions.influences
        if conditions.masked_image is not None:
            yield conditions.masked_image
        if self._model.habits.sees_known_cells and image is not None and mask is not None and prediction is not None:
            yield KnownCells(image, mask, prediction)

    def _closing(self, conditions: Conditions, shown: tuple[Influence, ...]) -> Iterator[Influence]:
        timestep, prompts = self._model.habits.closing_timestep, conditions.guidance.positive
        if timestep is not None:
            yield ClosingPass(conditions.regions.denoiser, timestep, prompts, mask=conditions.mask, under=shown)


def _kept(conditions: Conditions, noise: torch.Tensor) -> Iterator[Influence]:
    if conditions.image is not None and conditions.mask is not None:
        yield MaskBlend(conditions.image, noise, conditions.mask)


def guided_by_habit(job: DenoiseJob, model: LoadedModel) -> DenoiseJob:
    """The job with as much guidance as the model's habit asks for where a part of the picture is kept."""
    nothing_kept = job.mask is None or bool((job.mask >= 1.0).all())
    if nothing_kept or not model.habits.sees_known_cells or job.guidance_scale <= 1.0:
        return job
    return replace(job, guidance_scale=1.0 + model.habits.masked_guidance * (job.guidance_scale - 1.0))


def guidance_of(model: LoadedModel, job: DenoiseJob, steps: int, cancel: CancelToken) -> Guidance:
    """What a job asks for, and what not if it is guided, over its steps."""
    encode, check = model.prompts.encode_blend, cancel.raise_if_cancelled
    positive = encode(job.prompt_blend or only(job.prompt), steps, check=check)
    if job.guidance_scale <= 1.0 or model.denoiser.takes_guidance:
        return Guidance(job.guidance_scale, positive)
    negative = encode(job.negative_blend or only(job.negative_prompt), steps, negative=True, check=check)
    return Guidance(job.guidance_scale, *model.prompts.paired(positive, negative))


def schedule_for(
    model: LoadedModel, spec: SchedulerSpec, job: DenoiseJob, seed: int | list[int], generator: Generators
) -> Schedule:
    """A fresh schedule with the steps that a job runs. Raises `SettingError`, see `fresh_scheduler`."""
    shape = model.codec.latent_shape(job.width, job.height)
    scheduler = fresh_scheduler(
        spec, model.scheduler_config, job.steps, denoiser=model.denoiser, shape=shape, seed=seed
    )
    return Schedule(scheduler, job.steps, steps_of(job), generator)
