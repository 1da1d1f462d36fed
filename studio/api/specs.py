"""The small frozen values that plugin hooks return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from studio.api.parameters import Parameter
from studio.document import Pixels, Rect
from studio.generation import CancelToken, GeneratedImage, GenerationRequest, GenerationSettings, ModelLimits


@dataclass(frozen=True, kw_only=True)
class SchedulerSpec:
    """A noise scheduler.

    ``factory`` gets the config mapping of the model's own scheduler and returns a fresh diffusers-style
    scheduler; it is called once a job on the worker thread, because schedulers keep state.
    """

    id: str
    name: str
    factory: Callable[[Mapping[str, Any]], Any]
    description: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class DenoiseJob:
    """One call of the diffusion model.

    ``image`` is uint8 ``(height, width, 3)`` RGB to start from, or ``None`` for pure noise. ``mask`` is
    float32 ``(height, width)`` in 0..1, 1 where the picture may change, or ``None`` for everywhere.
    ``strength`` 0..1 says how much of the schedule runs when ``image`` is given. ``rect`` is where the
    preview belongs on the canvas. Picture *i* uses the seed ``picture_seed(seed, i)``.

    A tool that calls the model more than once says how many steps its other calls take, summed over their
    pictures, in ``steps_before`` and ``steps_after``, so that the progress bar runs once from start to end.
    """

    prompt: str
    negative_prompt: str
    seed: int
    steps: int
    guidance_scale: float
    scheduler: str
    model: str
    width: int
    height: int
    count: int = 1
    strength: float = 1.0
    image: Pixels | None = None
    mask: NDArray[np.float32] | None = None
    rect: Rect | None = None
    steps_before: int = 0
    steps_after: int = 0

    @classmethod
    def from_settings(cls, settings: GenerationSettings, **changes: Any) -> DenoiseJob:
        """A job with the prompt, seed, steps and all else of the settings; ``changes`` are fields of the job.

        The strength is not taken over: it belongs to jobs that start from an ``image``.
        """
        shared = {name: getattr(settings, name) for name in _SHARED_FIELDS}
        return cls(**{**shared, **changes})


_SHARED_FIELDS = (
    "prompt",
    "negative_prompt",
    "seed",
    "steps",
    "guidance_scale",
    "scheduler",
    "model",
    "width",
    "height",
    "count",
)


class Engine(Protocol):
    """What a tool may ask of the diffusion engine. All calls run on the worker thread."""

    def limits(self, model: str) -> ModelLimits:
        """Sizes of a model; `ModelError` if it is not there."""
        ...

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        """Run the model. Returns ``job.count`` pictures, uint8 ``(height, width, 3)`` RGB.

        Raises `Cancelled` within one step of a cancel, `ModelError`, `OutOfMemoryError` or `EngineError`.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class ToolContext:
    """What a running tool gets: the request (with the document snapshot), the engine, its validated
    parameters, a cancel token, and ``report(fraction, message)`` for work outside the engine."""

    request: GenerationRequest
    engine: Engine
    parameters: Mapping[str, Any]
    cancel: CancelToken
    report: Callable[[float, str], None]


@dataclass(frozen=True, kw_only=True)
class ToolSpec:
    """A generation tool, shown in the Generate panel.

    ``run`` is called on the worker thread and returns the pictures to place. ``needs_image`` tools start
    from the canvas, ``needs_mask`` tools from the painted mask; the host offers them only then.
    """

    id: str
    name: str
    run: Callable[[ToolContext], tuple[GeneratedImage, ...]]
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    needs_image: bool = False
    needs_mask: bool = False
    uses_strength: bool = False
    default_strength: float = 1.0


@dataclass(frozen=True, kw_only=True)
class UpscaleContext:
    """What a running upscaler gets.

    ``pixels`` is uint8 ``(h, w, 3)`` RGB; transparency is the host's business. ``width`` and ``height`` are the size
    that is wanted. ``file`` is the network's file that was chosen, ``None`` for an upscaler without ``file_types``.
    ``device`` is the wish of the settings: "auto", "cpu", "cuda", "cuda:N" or "mps". ``engine`` and ``settings`` (the
    prompt, the model, the seed ...) are for upscalers that draw. ``report(fraction, message)`` says how far it is.
    """

    pixels: Pixels
    width: int
    height: int
    engine: Engine
    settings: GenerationSettings
    parameters: Mapping[str, Any]
    cancel: CancelToken
    report: Callable[[float, str], None]
    device: str = "auto"
    file: Path | None = None


@dataclass(frozen=True, kw_only=True)
class UpscalerSpec:
    """An upscaler, shown in the Upscale dialog and used by ``shoreline upscale``.

    ``run`` is called on the worker thread and returns the picture enlarged as it can: uint8 ``(H, W, 3)`` of the
    same proportions. While that is smaller than wanted, ``run`` is called again on it; then the host takes it to the
    wanted size by Lanczos. With ``file_types`` (such as ``(".safetensors",)``) every such file in the upscaler
    folders is offered by its name, and the upscaler itself is not.
    """

    id: str
    name: str
    run: Callable[[UpscaleContext], Pixels]
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    file_types: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnimationSpec:
    """A source of frames. ``settings_at(settings, index, total)`` returns the generation settings (a dict of
    changed fields) of frame ``index`` of ``total``; the host runs them one after the other."""

    id: str
    name: str
    settings_at: Callable[[Mapping[str, Any], int, int], Mapping[str, Any]]
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
