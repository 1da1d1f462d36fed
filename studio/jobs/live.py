"""Live painting on the worker: a quick picture of a document as it is at one moment of a stroke."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from studio.api import DenoiseJob, Engine, GeneratedImage, GenerationSettings, ModelLimits
from studio.api.pictures import opaque, over_ground
from studio.document import Document, Pixels, Rect
from studio.errors import Cancelled, SettingError
from studio.generation import CancelToken, GenerationRequest, GenerationResult, Progress
from studio.generation.conditioning import RegionUse
from studio.generation.prompting import Wildcards
from studio.generation.repeating import tile_within
from studio.jobs.guides import guide_uses
from studio.jobs.picture_runs import picture_runs
from studio.jobs.regions import region_uses
from studio.jobs.stage_clock import StageClock
from studio.system.parts import engine_failures

if TYPE_CHECKING:
    from studio.api.inpainting import FloatMask
    from studio.engine.models.few_steps import FewSteps
    from studio.raster.compositor import Compositor

_COMPOSED_BYTES: Final = 256 * 1024**2
"""Of composed tiles that are kept from frame to frame."""
_MOST_MISSED: Final = 0.08
"""By how much the strength may be another one, for fewer steps."""


class LiveModel(Protocol):
    """A model as far as live painting chooses among them."""

    @property
    def id(self) -> str: ...
    @property
    def problem(self) -> str | None: ...
    @property
    def few_steps(self) -> FewSteps | None: ...


class LiveRunner(Protocol):
    """What draws, see `studio.jobs.runner.JobRunner`."""

    @property
    def wildcards(self) -> Wildcards: ...

    def engine_for(
        self,
        document: Document,
        regions: tuple[RegionUse, ...],
        cancel: CancelToken,
        report: Callable[[Progress], None],
        told: Callable[[str], object],
        *,
        held: str = "",
    ) -> Engine: ...


@dataclass(frozen=True, kw_only=True, eq=False)
class LiveRequest:
    """A document as it is at a moment, and how to draw it: see `live_settings`."""

    document: Document
    settings: GenerationSettings


@dataclass(frozen=True, kw_only=True, eq=False)
class LiveFrame:
    """What was drawn of a request, by ``settings``: those of the request, with nothing left to chance, guides and
    regions.

    ``pixels`` is uint8 ``(h, w, 3)`` RGB of any size and lies over ``rect`` of the canvas, as far as ``mask``, uint8
    of the rectangle's ``(h, w)``, shows it; ``None`` shows all. ``context`` is the part of the canvas that the model
    saw, and ``seen``, uint8 ``(h, w, 3)``, how that looks with the frame. ``seconds`` it took, without loading a model.
    """

    request: LiveRequest
    settings: GenerationSettings
    pixels: Pixels
    rect: Rect
    context: Rect
    seen: Pixels
    seconds: float
    mask: Pixels | None = None
    notes: tuple[str, ...] = ()

    def result(self) -> GenerationResult:
        """The frame as the picture of a job, in full size, to be placed in a document."""
        from studio.generation.pictures import scaled_around

        rect = self.rect
        tile = tile_within(self.settings.tile, rect, self.request.document.canvas) if self.mask is None else "off"
        image = GeneratedImage(
            pixels=opaque(scaled_around(self.pixels, rect.width, rect.height, tile)),
            seed=self.settings.seed,
            x=rect.x,
            y=rect.y,
            mask=self.mask,
            from_canvas=True,
        )
        request = GenerationRequest(settings=self.settings, document=self.request.document)
        return GenerationResult(request=request, images=(image,), timings={"total": self.seconds}, notes=self.notes)


def live_settings(settings: GenerationSettings, models: Sequence[LiveModel], document: Document) -> GenerationSettings:
    """How live frames are drawn for who chose these settings: one picture, by the model's few-step weights if it has
    any, inside the mask if there is one."""
    chosen = next((model for model in models if model.id == settings.model), None)
    quick = _quick_twin(settings.model, models) or chosen
    tool = "inpaint" if document.generation_mask.tiles else "image_to_image"
    changed = settings.for_picture(document.width, document.height).with_changes(tool=tool, count=1, parameters={})
    few = None if quick is None else quick.few_steps
    if quick is None or few is None or (quick is chosen and _is_drawn_with(settings, few)):
        return changed
    return changed.with_changes(
        model=quick.id, scheduler=few.scheduler, steps=few.steps, guidance_scale=few.guidance_scale
    )


def _quick_twin(model_id: str, models: Sequence[LiveModel]) -> LiveModel | None:
    """The same model with few-step weights."""
    twin = f"{model_id}/few_steps"
    return next((model for model in models if model.id == twin and not model.problem and model.few_steps), None)


def _is_drawn_with(settings: GenerationSettings, few: FewSteps) -> bool:
    """Whether settings are for few steps already, maybe for other ones than are proposed."""
    return settings.steps <= max(few.steps, 1)


def live_steps(steps: int, strength: float) -> tuple[int, float]:
    """The steps of a schedule and the strength at which it runs so many of ``steps`` as the strength asks for.

    Few steps make the strength coarse where the schedule has just those. So the schedule is chosen for the strength:
    a third of the way is the last of three steps. Where that still misses it, one more is run.
    """
    run = max(1, round(steps * strength))
    whole = _schedule(run, strength)
    if run < steps and abs(run / whole - strength) > _MOST_MISSED:
        run, whole = run + 1, _schedule(run + 1, strength)
    return whole, run / whole


def _schedule(run: int, strength: float) -> int:
    return max(run, round(run / strength))


def live_limits(limits: ModelLimits, canvas: Rect) -> ModelLimits:
    """Sizes for a quick picture: as many pixels as the model was trained with, in the shape of the canvas."""
    longest, shortest = max(canvas.width, canvas.height), max(1, min(canvas.width, canvas.height))
    side = limits.native_side * math.sqrt(min(longest / shortest, 4.0))
    most = max(limits.minimum_side, limits.multiple, round(side / limits.multiple) * limits.multiple)
    return replace(limits, maximum_side=min(limits.maximum_side, most))


class LiveArtist:
    """Draws frames one after another, on the worker's thread; composes only what changed since the last one.

    The models folders are looked through for the first frame, and again for one that asks for other files or follows
    a failure; from frame to frame the model that is loaded is drawn with as it is.
    """

    def __init__(self) -> None:
        self._compositor: Compositor | None = None
        self._found: GenerationSettings | None = None

    def draw(
        self, runner: LiveRunner, request: LiveRequest, cancel: CancelToken, report: Callable[[Progress], None]
    ) -> LiveFrame:
        """One frame.

        Raises `Cancelled`, `SettingError` for a strength of 0 or settings that cannot be, or what the engine raises.
        """
        clock, told = StageClock(report), list[str]()
        with engine_failures():
            cancel.raise_if_cancelled()
            document = request.document
            asked = request.settings.with_changes(guides=guide_uses(document), regions=region_uses(document))
            (run,) = picture_runs(asked, runner.wildcards)
            if run.settings.strength <= 0.0:
                raise SettingError("A strength of 0 changes nothing.", "Choose a larger strength.")
            files = _asking_for_files(run.settings)
            held = files.model if files == self._found else ""
            engine = runner.engine_for(document, run.settings.regions, cancel, clock.report, told.append, held=held)
            with self._finding(files):
                frame = self._drawn(replace(request, settings=run.settings), engine)
        timings = clock.timings()
        seconds = timings["total"] - timings.get("loading", 0.0)
        return replace(frame, request=request, seconds=seconds, notes=tuple(dict.fromkeys((*run.notes, *told))))

    @contextmanager
    def _finding(self, files: GenerationSettings) -> Iterator[None]:
        """What was found holds for the frames to come, unless it fails: what was missing may be there by then."""
        try:
            yield
        except Cancelled:  # maybe before anything was looked for: what was found earlier still holds
            raise
        except Exception:
            self._found = None
            raise
        self._found = files

    def _drawn(self, request: LiveRequest, engine: Engine) -> LiveFrame:
        limits, document = engine.limits(request.settings.model), request.document
        canvas = document.canvas
        selection = document.generation_mask.bounds().intersected(canvas)
        if not selection.is_empty:
            return self._within_mask(request, engine, limits, selection)
        width, height = _size(canvas, live_limits(limits, canvas))
        pixels = _denoised(engine, request, canvas, self._shown(document, canvas, width, height))
        return LiveFrame(
            request=request,
            settings=request.settings,
            pixels=pixels,
            rect=canvas,
            context=canvas,
            seen=pixels,
            seconds=0.0,
        )

    def _within_mask(self, request: LiveRequest, engine: Engine, limits: ModelLimits, selection: Rect) -> LiveFrame:
        # OpenCV comes with these imports; at the top they would delay every start.
        import numpy as np

        from studio.api.inpainting import composite_mask, denoise_mask, inpaint_geometry, match_colour, padded, part
        from studio.generation.pictures import blended, scaled, scaled_around

        document, settings = request.document, request.settings
        geometry = inpaint_geometry(document.canvas, selection, limits, strength=settings.strength, tile=settings.tile)
        place, box = geometry.context, geometry.box
        chosen = document.generation_mask.read(place)
        free = denoise_mask(chosen, geometry)
        mask = composite_mask(chosen, free, geometry)
        width, height = _size(place, live_limits(limits, place))
        before = self._shown(document, place, place.width, place.height)
        small, small_mask = scaled(before, width, height), scaled(free, width, height)
        made = match_colour(_denoised(engine, request, place, small, small_mask), small, small_mask)
        pixels = scaled_around(made, place.width, place.height, tile_within(settings.tile, place, document.canvas))
        shown = padded(mask, box, place).astype(np.float32) / np.float32(255)
        return LiveFrame(
            request=request,
            settings=settings,
            pixels=part(pixels, place, box),
            rect=box,
            context=place,
            seen=blended(before, pixels, shown),
            seconds=0.0,
            mask=mask,
        )

    def _shown(self, document: Document, rect: Rect, width: int, height: int) -> Pixels:
        """What the canvas shows in ``rect`` at a size, on white: uint8 ``(height, width, 3)``."""
        from studio.generation.pictures import scaled
        from studio.raster.compositor import Compositor

        if self._compositor is None:
            self._compositor = Compositor(budget=_COMPOSED_BYTES)
        self._compositor.set_document(document)
        level = _level(rect, width, height) if rect == document.canvas else 0
        reduced = Rect(rect.x, rect.y, -(-rect.width >> level), -(-rect.height >> level))
        return scaled(over_ground(self._compositor.read(reduced, level)), width, height)


def _asking_for_files(settings: GenerationSettings) -> GenerationSettings:
    """Settings that are the same where the same files are asked for: a prompt, guide or region names some as well."""
    return settings.with_changes(seed=0, strength=1.0)


def _level(rect: Rect, width: int, height: int) -> int:
    """How often a part can be halved and still holds all that is needed for a size; whole pixels at its edges."""
    level = 0
    while not (rect.width | rect.height) >> level & 1 and min(rect.width / width, rect.height / height) >= 2 << level:
        level += 1
    return level


def _size(rect: Rect, limits: ModelLimits) -> tuple[int, int]:
    from studio.api.inpainting import sampling_passes

    (only,) = sampling_passes(rect.width, rect.height, limits, refine=False)
    return only.width, only.height


def _denoised(engine: Engine, request: LiveRequest, rect: Rect, image: Pixels, mask: FloatMask | None = None) -> Pixels:
    settings, (height, width) = request.settings, image.shape[:2]
    steps, strength = live_steps(settings.steps, settings.strength)
    job = DenoiseJob.from_settings(
        settings, steps=steps, strength=strength, width=width, height=height, image=image, mask=mask, rect=rect
    )
    (picture,) = engine.denoise(replace(job, quick=True))
    return picture
