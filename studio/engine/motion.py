"""Frames drawn together: the usual pipelines over a batch of frames, with a UNet that looks along the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import torch

from studio.api import Blend, DenoiseJob, MotionJob, SchedulerSpec
from studio.api.specs import steps_of
from studio.document import Pixels
from studio.engine.denoising import (
    StepWatch,
    after_closing_pass,
    as_tensor,
    blended_noise,
    embeddings_at,
    encoded_prompts,
    fresh_scheduler,
    pipeline_strength,
    words_at,
)
from studio.engine.pipelines import Float32UNet, LastPrediction, LoadedModel
from studio.engine.progress import StepReporter
from studio.engine.prompts import Encoded
from studio.generation import CancelToken


class MotionUNet(Float32UNet):
    """Takes a batch of ``frames`` frames, once or (guided) twice, as an image pipeline gives it, to a motion network.

    ``config`` is that of the plain UNet. ``last`` holds the first frame that is not held, for previews.
    """

    def __init__(self, network: Any, plain: Float32UNet, frames: int, shown: int, *, channels_last: bool) -> None:
        super().__init__(network, channels_last=channels_last)
        self._plain = plain
        self._frames = frames
        self._shown = shown

    @property
    def config(self) -> Any:
        return self._plain.config

    def __call__(
        self, sample: torch.Tensor, timestep: Any, encoder_hidden_states: torch.Tensor, **options: Any
    ) -> tuple[torch.Tensor]:
        condition = options.get("timestep_cond")
        if condition is not None:
            options["timestep_cond"] = condition[:: self._frames]
        dtype = self._unet.dtype
        films = sample.to(dtype).reshape(-1, self._frames, *sample.shape[1:]).transpose(1, 2)
        text = encoder_hidden_states.to(dtype)
        output = self._unet(films, timestep, encoder_hidden_states=text, **options)[0]
        flat = output.transpose(1, 2).flatten(0, 1).float()
        every = slice(self._shown, None, self._frames)
        self.last = LastPrediction(sample[every], flat[every], timestep)
        return (flat,)


class MotionRun:
    """Runs one job of frames on a loaded model and a motion network. ``run`` may be called again, for a retry."""

    def __init__(
        self,
        model: LoadedModel,
        network: Any,
        job: MotionJob,
        *,
        spec: SchedulerSpec,
        reporter: StepReporter,
        cancel: CancelToken,
    ) -> None:
        self._model = model
        self._network = network
        self._frames = job.frames
        self._first: DenoiseJob = job.frames[0]
        self._held = job.held
        self._spec = spec
        self._reporter = reporter
        self._cancel = cancel
        self._steps = steps_of(self._first)

    def run(self) -> tuple[Pixels, ...]:
        """All frames in order. Raises `Cancelled` within a step of a cancel: at the next block of the network."""
        self._cancel.raise_if_cancelled()
        self._reporter.stage("encoding")
        prompts = self._prompts()
        images = self._encoded([frame.image for frame in self._frames if frame.image is not None])
        held = self._encoded(list(self._held))
        self._reporter.stage("denoising")
        latents = self._denoised(prompts, images, held)
        self._reporter.stage("decoding", step=self._steps)
        return tuple(self._decoded(latents[index : index + 1]) for index in range(len(self._frames)))

    def _decoded(self, latents: torch.Tensor) -> Pixels:
        self._cancel.raise_if_cancelled()
        return self._model.decode(latents)

    def _encoded(self, pictures: list[Pixels]) -> torch.Tensor | None:
        """Scaled latents of some pictures, one after the other, or ``None`` for none."""
        found = []
        for picture in pictures:
            self._cancel.raise_if_cancelled()
            found.append(self._model.encode(as_tensor(picture, self._first)))
        return torch.cat(found) if found else None

    def _prompts(self) -> tuple[Encoded, Encoded | None]:
        """What is asked for and what not, of all frames together: embeddings ``(frames, length, width)``."""
        model, guidance = self._model, self._first.guidance_scale
        frames = [replace(frame, guidance_scale=guidance) for frame in self._frames]
        pairs = [encoded_prompts(model, frame, self._steps, self._cancel) for frame in frames]
        self._cancel.raise_if_cancelled()
        positive = model.prompts.stacked([asked for asked, _ in pairs])
        if guidance <= 1.0:
            return positive, None
        return model.prompts.paired(positive, model.prompts.stacked([other for _, other in pairs if other is not None]))

    @torch.no_grad()
    def _denoised(
        self,
        prompts: tuple[Encoded, Encoded | None],
        images: torch.Tensor | None,
        held: torch.Tensor | None,
    ) -> torch.Tensor:
        """Scaled latents ``(frames, channels, h, w)``."""
        model, job = self._model, self._first
        unet = MotionUNet(
            self._network,
            model.unet,
            len(self._frames),
            len(self._held),
            channels_last=model.device.channels_last,
        )
        drawn = [self._noise(frame) for frame in self._frames]
        generators = [generator for generator, _ in drawn]
        noise = torch.cat([noise for _, noise in drawn]).to(unet.device)
        mode, arguments = "text", {"width": job.width, "height": job.height, "latents": noise}
        if images is not None:
            # The pipeline draws the same noise from fresh generators of the same seeds.
            generators = [torch.Generator("cpu").manual_seed(frame.seed) for frame in self._frames]
            mode = "image"
            arguments = {"image": images, "strength": pipeline_strength(self._steps, job.steps)}
        pipeline = model.pipeline_around(unet, mode)
        seeds = [frame.seed for frame in self._frames]
        pipeline.scheduler = fresh_scheduler(self._spec, model, job.steps, seeds)
        watch = StepWatch(model, job, pipeline, self._reporter, self._cancel)
        watch.words = lambda step, steps: words_at(*prompts, step, steps)
        ended = watch.callback(0, self._steps, None)
        with self._stopping_within_a_step():
            latents: torch.Tensor = pipeline(
                **arguments,
                **embeddings_at(*prompts, 0, 1),
                num_inference_steps=job.steps,
                guidance_scale=job.guidance_scale,
                generator=generators,
                callback_on_step_end=ended if held is None else _holding(ended, held, noise[: len(held)]),
                callback_on_step_end_tensor_inputs=["latents"],
                output_type="latent",
                return_dict=False,
            )[0]
        return self._closed(latents, prompts[0].parts[-1].tokens, pipeline.scheduler)

    def _closed(self, latents: torch.Tensor, tokens: torch.Tensor, scheduler: Any) -> torch.Tensor:
        """The latents after a closing pass, one frame after the other; the held ones as they are."""
        held, frames = len(self._held), [latents[: len(self._held)]]
        for index in range(held, len(latents)):
            self._cancel.raise_if_cancelled()
            one = slice(index, index + 1)
            frames.append(after_closing_pass(self._model, latents[one], tokens[one], scheduler))
        self._model.unet.forget()
        return torch.cat(frames)

    def _noise(self, frame: DenoiseJob) -> tuple[torch.Generator, torch.Tensor]:
        blend = frame.seed_blend or Blend(frame.seed, frame.seed, 0.0)
        return blended_noise(blend, self._model.latent_shape(frame.width, frame.height))

    @contextmanager
    def _stopping_within_a_step(self) -> Iterator[None]:
        """Look for a cancel at every block: a step over many frames takes long."""

        def look(_block: Any, _given: Any) -> None:
            self._cancel.raise_if_cancelled()

        blocks = (*self._network.down_blocks, self._network.mid_block, *self._network.up_blocks)
        hooks = [block.register_forward_pre_hook(look) for block in blocks]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()


def _holding(
    ended: Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]], held: torch.Tensor, noise: torch.Tensor
) -> Callable[[Any, int, Any, dict[str, Any]], dict[str, Any]]:
    """For ``callback_on_step_end``: after each step the held frames are what they should be at that noise level.

    So the others are drawn to agree with them, as masked pixels are with the rest in inpainting (Lugmayr et al. 2022,
    arXiv 2201.09865, without their repetitions).
    """

    def step_ended(pipeline: Any, index: int, timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        changes = ended(pipeline, index, timestep, tensors)
        latents = tensors["latents"].clone()
        left = int(pipeline.num_timesteps) - index - 1
        known = held
        if left > 0:
            following = pipeline.scheduler.timesteps[-left].repeat(len(held)).to(held.device)
            known = pipeline.scheduler.add_noise(held, noise, following)
        latents[: len(held)] = known.to(latents.dtype)
        return {**changes, "latents": latents}

    return step_ended
