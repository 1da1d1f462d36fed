"""Runs one generation job from request to result, on whatever thread calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from studio.api import Engine, FilterSpec, GuideSpec, SchedulerSpec, ToolContext, ToolSpec, UpscalerSpec
from studio.api.parameters import validated_parameters
from studio.document import Document
from studio.errors import SettingError
from studio.generation import (
    CancelToken,
    GeneratedImage,
    GenerationRequest,
    GenerationResult,
    Progress,
    UpscaleTask,
)
from studio.generation.conditioning import RegionUse
from studio.generation.prompting import Wildcards, no_wildcards
from studio.jobs.guides import GuidedEngine, guide_uses
from studio.jobs.picture_runs import PictureReports, PictureRun, picture_runs, with_settings
from studio.jobs.regions import RegionMap, region_uses
from studio.jobs.requirements import lacking_mask
from studio.jobs.stage_clock import StageClock
from studio.jobs.upscaling import UpscaleClock, UpscaleRun, upscaler_choices
from studio.plugin_host import PluginHost
from studio.system.parts import engine_failures

if TYPE_CHECKING:
    from studio.generation.grids import GridTask

Report = Callable[[Progress], None]

_TOOL_STEPS = 1000
"""Steps into which the fraction that a tool reports is divided."""


class BoundEngine(Engine, Protocol):
    """An engine for one job, with remarks for the person, such as a prompt that was cut."""

    @property
    def notes(self) -> tuple[str, ...]: ...


class BindableEngine(Protocol):
    """An engine that serves one job after the other."""

    def require(self) -> None:
        """Raise `EngineMissingError` where what it draws with is not installed."""
        ...

    def bound(self, report: Report, cancel: CancelToken, held: str = "", /) -> BoundEngine:
        """The engine as one job sees it: it reports there and looks at that token. Where the model of the id ``held``
        is loaded already, what an earlier job found in the models folders holds."""
        ...

    def load(self, model_id: str, report: Report, cancel: CancelToken) -> object:
        """Make a model ready for jobs."""
        ...


class JobRunner:
    """Looks up the tool of a request, checks its parameters, draws the lots of its prompts, runs it, tells the plugins.

    ``engine_factory`` is called once, by the first job and on its thread; what it gives may import torch. Upscalers get
    the wish for a ``device``; files of theirs are looked for in ``upscaler_folders``. Prompts are drawn by the seed of
    each picture, from ``wildcards`` too.
    """

    def __init__(
        self,
        host: PluginHost,
        engine_factory: Callable[[], BindableEngine],
        *,
        device: str = "auto",
        upscaler_folders: Sequence[Path] = (),
        wildcards: Wildcards = no_wildcards,
    ) -> None:
        self.wildcards = wildcards
        self._host = host
        self._engine_factory = engine_factory
        self._device = device
        self._upscaler_folders = tuple(upscaler_folders)
        self._engine: BindableEngine | None = None

    def run(self, request: GenerationRequest, cancel: CancelToken, report: Report) -> GenerationResult:
        """Run one job to its end.

        Raises `SettingError` for an unknown tool, upscaler, scheduler or parameter, `PluginError` (with the original
        as ``__cause__``) when the tool's plugin raised, `Cancelled`, or what the engine raises. The request in the
        result has all parameters, guides and regions filled in, black in its mask where that is nearly black, and
        prompts that leave nothing to chance; where pictures drew different ones, each has settings of its own.
        """
        clock = StageClock(report)
        with engine_failures():
            if request.upscale is not None:
                return self._upscaled(request, request.upscale, cancel, clock)
            if request.grid is not None:
                return self._gridded(request, request.grid, cancel, clock)
            return self._drawn(request, cancel, clock)

    def _drawn(self, request: GenerationRequest, cancel: CancelToken, clock: StageClock) -> GenerationResult:
        tool, request, notes = self._checked(request)
        cancel.raise_if_cancelled()
        clock.report(Progress(stage="loading"))
        self._engine_for_jobs().require()
        runs = picture_runs(request.settings, self.wildcards)
        if len(runs) == 1:
            request = replace(request, settings=runs[0].settings)
        self._host.notify_started(request)
        reports = PictureReports(clock.report, request.settings.count)
        images: tuple[GeneratedImage, ...] = ()
        for run in runs:
            made, told = self._run(tool, request, run, cancel, reports)
            images, notes = images + made, (*notes, *told)
        result = GenerationResult(
            request=request, images=images, timings=clock.timings(), notes=tuple(dict.fromkeys(notes))
        )
        self._host.notify_finished(result)
        return result

    def _run(
        self, tool: ToolSpec, request: GenerationRequest, run: PictureRun, cancel: CancelToken, reports: PictureReports
    ) -> tuple[tuple[GeneratedImage, ...], tuple[str, ...]]:
        """The pictures of a run, with their settings where they are not those of the request, and notes.

        The tool is asked for one after the other, so that each can be looked at once it is done.
        """
        engine = self.engine(cancel, reports.report)
        told: list[str] = []
        guided = self._guided(engine, request.document, run.settings.regions, cancel, told.append)
        images: tuple[GeneratedImage, ...] = ()
        asked = request.settings
        is_of_request = run.settings.count == asked.count and (asked.count == 1 or not asked.variation)
        # Where to draw was called the selection before there were selections apart from it: older plugins ask for that.
        document = request.document.with_selection(request.document.generation_mask)
        for settings in run.each():
            context = ToolContext(
                request=replace(request, settings=settings, document=document),
                engine=guided,
                parameters=settings.parameters,
                cancel=cancel,
                report=lambda fraction, message: reports.report(_tool_progress(fraction, message)),
                tell=told.append,
            )
            made = tuple(tool.run(context))
            cancel.raise_if_cancelled()
            reports.finish_picture(made, settings)
            images += made if is_of_request else tuple(with_settings(image, settings) for image in made)
        return images, (*run.notes, *told, *engine.notes)

    def _guided(
        self,
        engine: Engine,
        document: Document,
        regions: tuple[RegionUse, ...],
        cancel: CancelToken,
        told: Callable[[str], object],
    ) -> Engine:
        """The engine for what draws in a document, in these regions of it."""
        if not document.guides and not regions:
            return engine
        return GuidedEngine(
            engine=engine,
            document=document,
            specs=self._host.specs(GuideSpec),
            filters=self._host.specs(FilterSpec),
            cancel=cancel,
            told=told,
            regions=RegionMap(document, regions),
        )

    def engine_for(
        self,
        document: Document,
        regions: tuple[RegionUse, ...],
        cancel: CancelToken,
        report: Report,
        told: Callable[[str], object],
        *,
        held: str = "",
    ) -> Engine:
        """The engine for work on a document that is no job: it is drawn in these regions of it and feels its guides.

        ``told`` is given remarks for the person; ``held`` is a model as in `engine`. Raises `EngineMissingError` where
        nothing can draw.
        """
        return self._guided(self.engine(cancel, report, held), document, regions, cancel, told)

    def engine(self, cancel: CancelToken, report: Report, held: str = "") -> BoundEngine:
        """The engine for one job, or for work that is no single request, such as the frames of an animation.

        While the model of the id ``held`` is loaded, the models folders are not looked through again. Raises
        `EngineMissingError` where nothing can draw.
        """
        engine = self._engine_for_jobs()
        engine.require()
        return engine.bound(report, cancel, held)

    def _upscaled(
        self, request: GenerationRequest, task: UpscaleTask, cancel: CancelToken, clock: StageClock
    ) -> GenerationResult:
        choices = upscaler_choices(self._host.specs(UpscalerSpec), self._upscaler_folders)
        choice = choices.get(task.upscaler)
        if choice is None:
            raise SettingError("There is no upscaler {upscaler!r}.", _known(choices), upscaler=task.upscaler)
        cancel.raise_if_cancelled()
        (drawn,) = picture_runs(request.settings.with_changes(count=1), self.wildcards)
        progress = UpscaleClock(clock.report)
        device, told = self._device, list[str]()
        if choice.file is not None:
            self._engine_for_jobs().require()  # a network says so at once where there is nothing to run it
            device = _device_that_draws(device, told)
        engine = self._engine_for_jobs().bound(_drawing_as(progress), cancel)
        run = UpscaleRun(
            choice=choice,
            task=task,
            settings=drawn.settings,
            engine=engine,
            device=device,
            cancel=cancel,
            report=progress.report,
        )
        upscaled = run.document(request.document)
        notes = (*drawn.notes, *told, *engine.notes)
        return GenerationResult(request=request, images=(), timings=clock.timings(), notes=notes, upscaled=upscaled)

    def _gridded(
        self, request: GenerationRequest, task: GridTask, cancel: CancelToken, clock: StageClock
    ) -> GenerationResult:
        from studio.jobs.grids.running import GridRun  # seldom needed

        def draw(cell: GenerationRequest, report: Report) -> GenerationResult:
            return self._drawn(cell, cancel, StageClock(report))

        tool = self._host.specs(ToolSpec).get(request.settings.tool)
        run = GridRun(task, request.document, tool=tool, draw=draw, cancel=cancel, report=clock.report)
        done = run.finish()
        return GenerationResult(request=request, images=(), timings=clock.timings(), notes=done.notes, grid=done.grid)

    def preload(self, model_id: str, cancel: CancelToken, report: Report) -> None:
        """Load a model ahead of the first job. Raises `ModelError`, `Cancelled` or what the engine raises."""
        with engine_failures():
            self._engine_for_jobs().load(model_id, report, cancel)

    def _checked(self, request: GenerationRequest) -> tuple[ToolSpec, GenerationRequest, tuple[str, ...]]:
        settings = request.settings
        tools, schedulers = self._host.specs(ToolSpec), self._host.specs(SchedulerSpec)
        tool = tools.get(settings.tool)
        if tool is None:
            raise SettingError("There is no tool {tool!r}.", _known(tools), tool=settings.tool)
        if settings.scheduler not in schedulers:
            raise SettingError("There is no scheduler {scheduler!r}.", _known(schedulers), scheduler=settings.scheduler)
        lacking = lacking_mask(tool, request.document)
        if lacking is not None:
            raise lacking
        request, notes = _with_clear_mask(request) if tool.needs_mask else (request, ())
        parameters = validated_parameters(tool.parameters, settings.parameters)
        document = request.document
        settings = settings.with_changes(
            parameters=parameters, guides=guide_uses(document), regions=region_uses(document)
        )
        return tool, replace(request, settings=settings), notes

    def _engine_for_jobs(self) -> BindableEngine:
        if self._engine is None:
            self._engine = self._engine_factory()
        return self._engine


def _device_that_draws(wish: str, notes: list[str]) -> str:
    """The device for a network; ``notes`` are told why a better one cannot draw. Imports torch."""
    from studio.engine.device.devices import choose_device

    return choose_device(wish, notes.append).torch_name


def _tool_progress(fraction: float, message: str) -> Progress:
    step = round(min(max(fraction, 0.0), 1.0) * _TOOL_STEPS)
    return Progress(stage="placing", step=step, total_steps=_TOOL_STEPS, message=message)


def _drawing_as(clock: UpscaleClock) -> Report:
    """What the engine reports while an upscaler draws: its own stages but for the steps, which the upscaler counts."""

    def report(progress: Progress) -> None:
        if progress.stage == "loading":
            clock.forward(progress)

    return report


def _with_clear_mask(request: GenerationRequest) -> tuple[GenerationRequest, tuple[str, ...]]:
    """The request with black in its mask where that is nearly black, and notes. `SettingError` if nothing is left."""
    # OpenCV comes with this import; at the top it would delay every start.
    from studio.generation.masks import cleared_raster, doubt_about

    document = request.document
    doubt = doubt_about(document)
    clear = document.with_generation_mask(cleared_raster(document.generation_mask))
    if clear.generation_mask.bounds().intersected(clear.canvas).is_empty:
        raise SettingError("The mask is nearly black everywhere.", "Make white what should change.")
    return replace(request, document=clear), () if doubt is None else (doubt,)


def _known(known: Iterable[str]) -> str:
    return f"Known are: {', '.join(known) or 'none'}."
