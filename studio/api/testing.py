"""What a plugin's author needs to test tools and filters without a model: an engine that draws patterns."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from studio.animation import Blend
from studio.api.animation import AnimationFrame, AnimationSpec, FrameContext
from studio.api.panels import PanelContext, PanelResult, PanelSpec
from studio.api.parameters import validated_parameters
from studio.api.pictures import premultiplied
from studio.api.settings_pages import stored_settings
from studio.api.specs import DenoiseJob, FilterSpec, MotionJob, ToolContext, ToolSpec, steps_of
from studio.document import Document, PaintLayer, Pixels, Raster, Rect, new_document
from studio.generation import (
    CancelToken,
    GeneratedImage,
    GenerationRequest,
    GenerationSettings,
    ModelLimits,
    Progress,
    picture_seed,
)

__all__ = [
    "SD15_LIMITS",
    "STARTER_LIMITS",
    "FakeEngine",
    "MemoryStore",
    "run_animation",
    "run_filter",
    "run_panel",
    "run_tool",
    "stored_settings",
]

STARTER_LIMITS = ModelLimits(native_side=128, minimum_side=128, maximum_side=192)
SD15_LIMITS = ModelLimits(native_side=512, minimum_side=512, maximum_side=768)


class FakeEngine:
    """A stand-in for the diffusion engine: equal jobs give equal pictures, in no time.

    As the real one it reports every step, stops within one step of a cancel, starts from ``image`` as far
    as ``strength`` and ``mask`` say, and does not give back the pixels outside the mask exactly. ``jobs``
    lists all jobs that it was given.
    """

    def __init__(
        self,
        limits: ModelLimits = STARTER_LIMITS,
        *,
        report: Callable[[Progress], None] | None = None,
        cancel: CancelToken | None = None,
        jobs: list[DenoiseJob] | None = None,
        motion_jobs: list[MotionJob] | None = None,
    ) -> None:
        self._limits = limits
        self._report = report
        self._cancel = cancel or CancelToken()
        self.jobs: list[DenoiseJob] = [] if jobs is None else jobs
        self.motion_jobs: list[MotionJob] = [] if motion_jobs is None else motion_jobs

    def require(self) -> None:
        """Nothing is missing that it draws with."""

    def bound(self, report: Callable[[Progress], None], cancel: CancelToken, _held: str = "", /) -> FakeEngine:
        """The same engine for one job, as `JobRunner` asks for it; ``jobs`` stays one list."""
        return FakeEngine(self._limits, report=report, cancel=cancel, jobs=self.jobs, motion_jobs=self.motion_jobs)

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks for the person: none."""
        return ()

    def limits(self, model: str) -> ModelLimits:  # noqa: ARG002 - one answer for every model
        return self._limits

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        _check(job, self._limits)
        self.jobs.append(job)
        steps = job.count * steps_of(job)
        for step in range(steps):
            self._cancel.raise_if_cancelled()
            if self._report is not None:
                progress = Progress(
                    stage="denoising",
                    step=step + 1,
                    total_steps=steps,
                    preview_rect=job.rect,
                    preview_mask=job.preview_mask,
                )
                self._report(progress.among(job.steps_before, job.steps_after))
        self._cancel.raise_if_cancelled()
        return tuple(_blended(job, i) for i in range(job.count))

    def denoise_together(self, job: MotionJob) -> tuple[Pixels, ...]:
        """Every frame as `denoise` draws it; ``motion_jobs`` lists the jobs."""
        self.motion_jobs.append(job)
        return tuple(self.denoise(frame)[0] for frame in job.frames)


def run_tool(
    tool: ToolSpec,
    document: Document | None = None,
    *,
    settings: GenerationSettings | None = None,
    parameters: Mapping[str, Any] | None = None,
    engine: FakeEngine | None = None,
) -> tuple[GeneratedImage, ...]:
    """Run a tool once as the host does, on a white 128x128 document unless another is given."""
    settings = settings or GenerationSettings(tool=tool.id, prompt="a beach", steps=4)
    values = validated_parameters(tool.parameters, dict(parameters or settings.parameters))
    document = (document or new_document(128, 128)).masked_by_selection()
    request = GenerationRequest(settings=settings, document=document.with_selection(document.generation_mask))
    return tool.run(
        ToolContext(
            request=request,
            engine=engine or FakeEngine(),
            parameters=values,
            cancel=CancelToken(),
            report=_ignore,
        )
    )


class MemoryStore:
    """Pictures kept by name, as long as the store lives."""

    def __init__(self) -> None:
        self._pictures: dict[str, Pixels] = {}

    def get(self, name: str) -> Pixels | None:
        return self._pictures.get(name)

    def put(self, name: str, pixels: Pixels) -> None:
        self._pictures[name] = pixels.copy()


def run_animation(
    mode: AnimationSpec,
    frames: int = 4,
    *,
    settings: GenerationSettings | None = None,
    parameters: Mapping[str, Any] | None = None,
    values: Mapping[str, float] | None = None,
    source: Sequence[Pixels] = (),
    engine: FakeEngine | None = None,
) -> tuple[AnimationFrame, ...]:
    """Make some frames as the host does, 128x128 unless the settings say otherwise, with numbers that stay the same.

    ``source`` are RGB pictures of that size.
    """
    chosen = settings or GenerationSettings(prompt="a beach", steps=4, width=128, height=128)
    numbers = validated_parameters(mode.keyframed, dict(values or {}))
    worker, store = engine or FakeEngine(), MemoryStore()
    chosen_parameters = validated_parameters(mode.parameters, dict(parameters or {}))

    def at(index: int) -> FrameContext:
        return FrameContext(
            index=index,
            total=frames,
            fps=12.0,
            settings=chosen,
            prompts=Blend(chosen.prompt, chosen.prompt, 0.0),
            negative_prompts=Blend(chosen.negative_prompt, chosen.negative_prompt, 0.0),
            seeds=Blend(chosen.seed, chosen.seed, 0.0),
            values=numbers,
            parameters=chosen_parameters,
            engine=worker,
            cancel=CancelToken(),
            kept=store,
            at=at,
            source=source.__getitem__ if source else None,
            source_count=len(source),
        )

    made: list[AnimationFrame] = []
    for index in range(frames):
        made.append(mode.frame(replace(at(index), previous=made[-1].pixels if made else None)))
    return tuple(made)


def run_filter(spec: FilterSpec, pixels: Pixels, **parameters: Any) -> Pixels:
    """Run a filter once on uint8 ``(h, w, 4)`` straight RGBA; parameters that are not given have their defaults."""
    return spec.run(pixels, validated_parameters(spec.parameters, parameters), CancelToken(), _ignore)


def run_panel(spec: PanelSpec, action_id: str, pixels: Pixels | None = None, **parameters: Any) -> PanelResult:
    """Press a panel's button once: ``pixels`` is the active layer, uint8 ``(h, w, 4)`` straight RGBA, on white."""
    (action,) = (action for action in spec.actions if action.id == action_id)
    height, width = (128, 128) if pixels is None else pixels.shape[:2]
    document = new_document(width, height)
    if pixels is not None:
        layer = PaintLayer(name="Layer", raster=Raster.from_array(premultiplied(pixels)))
        document = replace(document, layers=(*document.layers, layer), active_id=layer.id)
    context = PanelContext(
        document=document,
        area=Rect(0, 0, 0, 0) if pixels is None else document.canvas,
        pixels=pixels,
        parameters=validated_parameters(spec.parameters, parameters),
        cancel=CancelToken(),
        report=_ignore,
    )
    return action.run(context) or PanelResult()


def _ignore(fraction: float, message: str) -> None:
    """Progress that nobody watches."""


def _check(job: DenoiseJob, limits: ModelLimits) -> None:
    if job.width % limits.multiple or job.height % limits.multiple:
        raise ValueError(f"{job.width}x{job.height} is not a multiple of {limits.multiple}")
    shape = (job.height, job.width)
    if job.image is not None and (job.image.shape != (*shape, 3) or job.image.dtype != np.uint8):
        raise ValueError(f"image must be uint8 {(*shape, 3)}, not {job.image.dtype} {job.image.shape}")
    if job.mask is None:
        return
    if job.mask.shape != shape or job.mask.dtype != np.float32 or job.mask.min() < 0 or job.mask.max() > 1:
        raise ValueError(f"mask must be float32 {shape} in 0..1, not {job.mask.dtype} {job.mask.shape}")


def _blended(job: DenoiseJob, index: int) -> Pixels:
    """The weighted mean of the pictures of all blended prompts and seeds."""
    prompts = job.prompt_blend or Blend(job.prompt, job.prompt, 0.0)
    seeds = job.seed_blend or Blend(job.seed, job.seed, 0.0)
    mixed = np.zeros((job.height, job.width, 3))
    for prompt, share in ((prompts.first, 1.0 - prompts.amount), (prompts.second, prompts.amount)):
        for seed, weight in ((seeds.first, 1.0 - seeds.amount), (seeds.second, seeds.amount)):
            if share * weight > 0.0:
                picture = _picture(replace(job, prompt=prompt), picture_seed(seed, index))
                mixed += share * weight * picture
    return np.asarray(mixed.round(), np.uint8)


def _picture(job: DenoiseJob, seed: int) -> Pixels:
    text = f"{job.prompt}|{job.negative_prompt}|{job.guidance_scale}|{job.scheduler}|{job.model}|{job.steps}|{seed}"
    random = np.random.default_rng(zlib.crc32(text.encode()))
    drawn = _waves(random, job.width, job.height)
    if job.image is None:
        return drawn.round().astype(np.uint8)
    amount = np.full((job.height, job.width, 1), job.strength)
    if job.mask is not None:
        amount = amount * job.mask[..., None]
    decoded = job.image + random.integers(-3, 4, job.image.shape)  # an autoencoder never gives back what it got
    blended: Pixels = (decoded * (1.0 - amount) + drawn * amount).clip(0, 255).round().astype(np.uint8)
    return blended


def _waves(random: np.random.Generator, width: int, height: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    y, x = np.mgrid[0:height, 0:width]
    frequencies = random.uniform(0.02, 0.2, (3, 2))
    phases = random.uniform(0, 6.28, 3)
    channels = [np.sin(x * fx + y * fy + phase) for (fx, fy), phase in zip(frequencies, phases, strict=True)]
    return 127.5 + 127.5 * np.stack(channels, axis=2)
