"""Frames drawn together: the sampling loop over a batch of frames, with a network that looks along the time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import torch

from studio.api import Blend, DenoiseJob, MotionJob, SchedulerSpec
from studio.api.specs import steps_of
from studio.document import Pixels
from studio.engine.codec import as_tensor
from studio.engine.denoising import guidance_of, schedule_for
from studio.engine.device.memory import MemoryRetry
from studio.engine.families.motion import MotionDenoiser
from studio.engine.influences.closing_pass import ClosingPass
from studio.engine.influences.held_frames import HeldFrames
from studio.engine.influences.watch import StepWatch
from studio.engine.loaded_model import LoadedModel
from studio.engine.noise import blended_noise
from studio.engine.progress import StepReporter
from studio.engine.sampling import Guidance, Influence, sample
from studio.generation import CancelToken


class MotionRun:
    """Runs one job of frames on a loaded model and a motion network, see `JobRun`."""

    def __init__(
        self,
        model: LoadedModel,
        network: Any,
        job: MotionJob,
        *,
        spec: SchedulerSpec,
        reporter: StepReporter,
        cancel: CancelToken,
        retry: MemoryRetry,
    ) -> None:
        self._model = model
        self._network = network
        self._frames = job.frames
        self._first: DenoiseJob = job.frames[0]
        self._held = job.held
        self._spec = spec
        self._reporter = reporter
        self._cancel = cancel
        self._retry = retry
        self._steps = steps_of(self._first)

    def run(self) -> tuple[Pixels, ...]:
        """All frames in order. Raises `Cancelled` within a layer of a cancel."""
        self._cancel.raise_if_cancelled()
        self._reporter.stage("encoding")
        guidance = self._guidance()
        self._model.residence.draw()
        images = self._encoded([frame.image for frame in self._frames if frame.image is not None])
        held = self._encoded(list(self._held))
        latents = self._retry.drawing(lambda split: self._denoised(guidance, images, held, split))
        self._reporter.stage("decoding", step=self._steps)
        return tuple(self._decoded(latents[index : index + 1]) for index in range(len(self._frames)))

    def _guidance(self) -> Guidance:
        """The prompts of all frames together, a row each, guided as the first."""
        prompts, scale = self._model.prompts, self._first.guidance_scale
        frames = [replace(frame, guidance_scale=scale) for frame in self._frames]
        each = [guidance_of(self._model, frame, self._steps, self._cancel) for frame in frames]
        positive = prompts.stacked([guidance.positive for guidance in each])
        negative = [guidance.negative for guidance in each if guidance.negative is not None]
        return Guidance(scale, *prompts.paired(positive, prompts.stacked(negative)) if negative else (positive,))

    def _decoded(self, latents: torch.Tensor) -> Pixels:
        self._cancel.raise_if_cancelled()
        return self._retry.coding(lambda tiled: self._model.decode(latents, tiled=tiled))

    def _encoded(self, pictures: list[Pixels]) -> torch.Tensor | None:
        """Latents of some pictures, one after the other, or ``None`` for none."""
        return torch.cat([self._encoded_one(picture) for picture in pictures]) if pictures else None

    def _encoded_one(self, picture: Pixels) -> torch.Tensor:
        self._cancel.raise_if_cancelled()
        rgb = as_tensor(picture)
        return self._retry.coding(lambda tiled: self._model.codec.encode(rgb, tiled=tiled or self._model.is_tiled))

    def _denoised(
        self, guidance: Guidance, images: torch.Tensor | None, held: torch.Tensor | None, split: bool
    ) -> torch.Tensor:
        """Latents (frames, channels, h, w)."""
        self._reporter.stage("denoising")
        drawn = [self._noise(frame) for frame in self._frames]
        noise = torch.cat([noise for _, noise in drawn]).to(self._model.denoiser.device)
        seeds = [frame.seed for frame in self._frames]
        schedule = schedule_for(self._model, self._spec, self._first, seeds, [generator for generator, _ in drawn])
        start = schedule.from_noise(noise) if images is None else schedule.noised(images, noise)
        denoiser = MotionDenoiser(self._network, len(self._frames))
        influences = tuple(self._influences(guidance, held, noise))
        return sample(denoiser, schedule, start, replace(guidance, split=split), influences)

    def _influences(self, guidance: Guidance, held: torch.Tensor | None, noise: torch.Tensor) -> Iterator[Influence]:
        model, count = self._model, len(self._held)
        yield StepWatch(model.previewer, self._reporter, self._cancel, picture=0, steps=self._steps, row=count)
        if held is not None:
            yield HeldFrames(held, noise[:count])
        if model.habits.closing_timestep is not None:
            yield ClosingPass(model.denoiser, model.habits.closing_timestep, guidance.positive, held=count)

    def _noise(self, frame: DenoiseJob) -> tuple[torch.Generator, torch.Tensor]:
        blend = frame.seed_blend or Blend(frame.seed, frame.seed, 0.0)
        return blended_noise(blend, self._model.codec.latent_shape(frame.width, frame.height))
