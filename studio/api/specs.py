"""The small frozen values that plugin hooks return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from studio.animation import Blend
from studio.api.parameters import Parameter
from studio.document import Pixels, Rect
from studio.generation import CancelToken, GeneratedImage, GenerationRequest, GenerationSettings, LoraUse, ModelLimits
from studio.generation.conditioning import Conditioning
from studio.generation.geometry import steps_run
from studio.generation.repeating import Tile

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class SchedulerSpec:
    """A noise scheduler.

    ``factory`` gets the config mapping of the model's own scheduler and returns a fresh diffusers-style
    scheduler; it is called once a job on the worker thread, because schedulers keep state. ``for_flow`` says that it
    can draw with models too that were taught the flow from picture to noise, such as Flux, whose config names a class
    that begins with "FlowMatch"; only such are offered for them.
    """

    id: str
    name: str
    factory: Callable[[Mapping[str, Any]], Any]
    description: str = ""
    for_flow: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class DenoiseJob:
    """One call of the diffusion model.

    ``image`` is uint8 ``(height, width, 3)`` RGB to start from, or ``None`` for pure noise. ``mask`` is
    float32 ``(height, width)`` in 0..1, 1 where the picture may change, or ``None`` for everywhere.
    ``strength`` 0..1 says how much of the schedule runs when ``image`` is given. ``rect`` is where the
    preview belongs on the canvas, and ``preview_mask``, uint8 ``(rect.height, rect.width)``, how much of it shows:
    255 for all, 0 where the canvas stays as it is; ``None`` shows it everywhere. Picture *i* uses the seed
    ``picture_seed(seed, i)``.

    ``prompt_blend`` and ``negative_blend`` mix the embeddings of two prompts in place of ``prompt`` and
    ``negative_prompt``; ``seed_blend`` goes from the noise of one seed to that of another (along the sphere that noise
    lies on), for one picture. ``loras`` are used beside those that the prompt names. ``conditioning``
    is what else to draw after; where a tool leaves it out, the guides of the document are felt.

    A tool that calls the model more than once says how many steps its other calls take, summed over their
    pictures, in ``steps_before`` and ``steps_after``, so that the progress bar runs once from start to end.

    With ``tile`` what is drawn goes on at its other side along these axes.

    Where a mask is ``soft``, each pixel changes as far as its value says also with networks that are shown what is
    kept in channels of their own; those take a mask for black and white otherwise.

    A ``quick`` job is for who looks on while painting: nothing is shown before its end, and a small decoder makes the
    picture, where there is one that fits the model.
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
    preview_mask: Pixels | None = None
    steps_before: int = 0
    steps_after: int = 0
    prompt_blend: Blend[str] | None = None
    negative_blend: Blend[str] | None = None
    seed_blend: Blend[int] | None = None
    loras: tuple[LoraUse, ...] = ()
    conditioning: Conditioning | None = None
    quick: bool = False
    tile: Tile = "off"
    soft: bool = False

    @classmethod
    def from_settings(cls, settings: GenerationSettings, **changes: Any) -> DenoiseJob:
        """A job with the prompt, seed, steps and all else of the settings; ``changes`` are fields of the job.

        The strength is not taken over: it belongs to jobs that start from an ``image``.
        """
        shared = {name: getattr(settings, name) for name in _SHARED_FIELDS}
        if settings.variation and "seed" not in changes:
            shared["seed_blend"] = Blend(settings.seed, settings.variation_seed, settings.variation)
        return cls(**{**shared, **changes})


def steps_of(job: DenoiseJob) -> int:
    """How many steps run for one picture of a job: all from noise, `steps_run` of them from an image, at least one.

    With few steps the strength is therefore coarse: 4 steps know 0.25, 0.5, 0.75 and 1.
    """
    return job.steps if job.image is None else max(1, steps_run(job.steps, job.strength))


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
    "loras",
    "tile",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class MotionJob:
    """Frames that a model with a motion adapter draws together, so that they belong together (AnimateDiff).

    ``frames`` are one job each, of one picture and without a mask. They may differ in prompts, seeds and ``image``;
    either all start from an image or none. Everything else is that of the first. ``adapter`` is the id of a motion
    adapter, or "" for the first that fits the model. ``held`` are pictures of the first ``len(held)`` frames, uint8
    ``(height, width, 3)``, that are there already: the others are drawn to go on from them.
    """

    frames: tuple[DenoiseJob, ...]
    adapter: str = ""
    held: tuple[Pixels, ...] = ()


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

    def denoise_together(self, job: MotionJob) -> tuple[Pixels, ...]:
        """Run the model with a motion adapter. Returns a picture for every frame, as `denoise`; those of the frames
        that were held are near to what was given, not the same.

        Raises what `denoise` raises, and `ModelError` saying what to download where there is no adapter that fits.
        """
        ...


def _untold(note: str) -> None:
    """Where nobody listens."""


@dataclass(frozen=True, kw_only=True)
class ToolContext:
    """What a running tool gets: the request (with the document snapshot), the engine, its validated
    parameters, a cancel token, and ``report(fraction, message)`` for work outside the engine. ``tell(note)`` is for
    what the person should know about the pictures."""

    request: GenerationRequest
    engine: Engine
    parameters: Mapping[str, Any]
    cancel: CancelToken
    report: Callable[[float, str], None]
    tell: Callable[[str], object] = _untold


@dataclass(frozen=True, kw_only=True)
class ToolSpec:
    """A generation tool, shown in the Generate panel.

    ``run`` is called on the worker thread and returns the pictures to place. Of several pictures it is asked for one
    after the other, each with its own seed and a count of 1. ``needs_image`` tools start from the canvas,
    ``needs_mask`` tools from the painted mask; the host offers them only then. With ``prompt_optional`` nobody is asked
    what an empty prompt is to mean; such ready tools stand behind a button of their own.
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
    prompt_optional: bool = False


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
class FilterSpec:
    """A filter on a layer, or on what lies inside the painted mask, shown in the Filter menu.

    ``run(pixels, parameters, cancel, report)`` takes uint8 ``(h, w, 4)`` straight RGBA, where transparent pixels
    are black, and returns the same shape and type. ``report(fraction, message)`` moves the progress bar.
    It runs on a background thread, beside the generation of pictures. The host keeps what lies outside the
    mask bit-exact and makes one step of the history. ``model`` is for one that needs a model to tell it something of
    pictures ("depth"), whose folder `studio.api.picture_model` gives it.
    """

    id: str
    name: str
    run: Callable[[Pixels, Mapping[str, Any], CancelToken, Callable[[float, str], None]], Pixels]
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    model: str = ""


@dataclass(frozen=True, eq=False)
class ImportedPicture:
    """uint8 ``(h, w, 4)`` straight RGBA, sRGB, with ``notes`` for the person on what was converted or left out."""

    pixels: Pixels
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImporterSpec:
    """A picture format to open. ``suffixes`` are small letters without a dot.

    ``decode(data)`` gets a whole file and returns uint8 ``(h, w, 4)`` straight RGBA, sRGB, or an `ImportedPicture`. It
    is called while a background thread waits, for files that Shoreline itself does not read.
    """

    id: str
    name: str
    suffixes: tuple[str, ...]
    decode: Callable[[bytes], Pixels | ImportedPicture]
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class ExporterSpec:
    """A picture format to write. ``suffixes`` are small letters without a dot; the first is the usual one.

    ``encode(pixels)`` gets the flattened picture as uint8 ``(h, w, 4)`` straight RGBA, sRGB, and returns the whole
    file. It is called while a background thread waits; the host writes the file.
    """

    id: str
    name: str
    suffixes: tuple[str, ...]
    encode: Callable[[Pixels], bytes]
    description: str = ""
