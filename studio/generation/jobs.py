"""A job's way: request in, progress out, result back, and a token that cancels it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from studio.document import Document, Pixels, Rect
from studio.errors import Cancelled
from studio.generation.settings import GenerationSettings
from studio.text.identifiers import new_identifier

if TYPE_CHECKING:
    from studio.generation.grids import DrawnGrid, GridTask


class CancelToken:
    """A flag that any thread may set at any time; the job looks at it at every step."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        return self._event.is_set()

    def raise_if_cancelled(self) -> None:
        """Raises `Cancelled` once `cancel` was called."""
        if self._event.is_set():
            raise Cancelled


UpscaleTarget = Literal["picture", "layer", "mask"]
"""The whole document with its canvas; the active layer; what is seen inside the mask, as a new layer."""


@dataclass(frozen=True, kw_only=True)
class UpscaleTask:
    """What to enlarge, how many times and with what. ``upscaler`` is the id of a choice, see `studio.jobs.upscaling`.

    ``parameters`` holds the values of the upscaler's own declared parameters.
    """

    upscaler: str
    factor: float = 2.0
    target: UpscaleTarget = "picture"
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class UpscaledDocument:
    """What an upscale job made: the document ``before`` as the job saw it, and ``after``."""

    before: Document
    after: Document


@dataclass(frozen=True, kw_only=True)
class GenerationRequest:
    """One job for the worker: settings and a snapshot of the document (a reference, nothing is copied).

    With ``upscale`` the job enlarges instead of running a tool; ``settings`` are for upscalers that draw. With ``grid``
    it runs the tool for each cell of a grid; ``settings`` are those of the whole.
    """

    settings: GenerationSettings
    document: Document
    upscale: UpscaleTask | None = None
    grid: GridTask | None = None
    id: str = field(default_factory=new_identifier)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a job is.

    ``stage`` is "loading", "encoding", "denoising", "decoding", "placing" or "upscaling"; of an animation "reading",
    "animating" or "exporting"; of a grid "grid", with the number of the picture and of all in ``message``.
    ``step`` of ``total_steps`` counts denoising steps over the whole job, or frames.
    ``preview`` is uint8 ``(h, w, 3)`` RGB or ``None``, and ``preview_rect`` says where on the canvas it belongs;
    ``preview_mask``, uint8 of the rectangle's ``(h, w)``, how much of it shows (255 all, 0 none), or ``None`` for all.
    ``seconds_left`` is an estimate or ``None``.
    ``message`` is what a tool says it is doing outside the engine, or empty. ``images`` are the pictures of the job
    that are done by now, in order, each with its own ``settings``.
    """

    stage: str
    step: int = 0
    total_steps: int = 0
    seconds_left: float | None = None
    preview: Pixels | None = None
    preview_rect: Rect | None = None
    preview_mask: Pixels | None = None
    message: str = ""
    images: tuple[GeneratedImage, ...] = ()

    @property
    def fraction(self) -> float:
        """0..1"""
        return self.step / self.total_steps if self.total_steps else 0.0

    def among(self, steps_before: int, steps_after: int) -> Progress:
        """The same as a part of work that has so many steps more, before and after these."""
        if not self.total_steps or not (steps_before or steps_after):
            return self
        left, own_left = self.seconds_left, self.total_steps - self.step
        if left is not None:
            left = left * (own_left + steps_after) / own_left if own_left else None
        total = steps_before + self.total_steps + steps_after
        return replace(self, step=steps_before + self.step, total_steps=total, seconds_left=left)


@dataclass(frozen=True, kw_only=True, eq=False)
class GeneratedImage:
    """One picture of a result.

    ``pixels`` is uint8 ``(h, w, 4)`` premultiplied RGBA, placed with its top left at (x, y) of the canvas.
    ``mask`` is uint8 ``(h, w)`` (the layer mask that blends it in) or ``None`` for everything.
    ``seed`` is the seed that made this very picture. ``from_canvas`` says that it was made from what the
    whole canvas shows, so that it belongs on top. ``settings`` are those that make this very picture again, where they
    are not the request's with another seed: tools that draw with other words set them, else the host does.
    """

    pixels: Pixels
    seed: int
    x: int = 0
    y: int = 0
    mask: Pixels | None = None
    from_canvas: bool = False
    settings: GenerationSettings | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class GenerationResult:
    """What a finished job returns. ``timings`` are seconds by stage, with the key "total".

    A job that enlarged has no images but ``upscaled``, until that is in the document; one that drew a grid has ``grid``
    until that is open, also if it was cancelled on the way.
    """

    request: GenerationRequest
    images: tuple[GeneratedImage, ...]
    timings: dict[str, float]
    notes: tuple[str, ...] = ()
    upscaled: UpscaledDocument | None = None
    grid: DrawnGrid | None = None

    def settings_of(self, index: int) -> GenerationSettings:
        """The settings that make picture ``index`` again on its own."""
        image = self.images[index]
        return image.settings or settings_of(self.request.settings, image)

    def settings_of_step(self, indices: Sequence[int]) -> GenerationSettings:
        """The settings of a step that places some of the pictures: those of the request, which make all of them again;
        where pictures drew different prompts, those of the first, which is shown."""
        return self.settings_of(indices[0]) if self.images[indices[0]].settings is not None else self.request.settings


def settings_of(settings: GenerationSettings, image: GeneratedImage) -> GenerationSettings:
    """The settings of a request for one of its pictures on its own."""
    return settings.with_changes(seed=image.seed, count=1)
