"""Makes the frames of an animation one after another, from a project to a work folder."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from studio import __version__
from studio.animation import Moment
from studio.api import AnimationFrame, AnimationSpec, CancelToken, Engine, FrameContext, Pixels
from studio.api.parameters import validated_parameters
from studio.api.pictures import WHITE
from studio.errors import SettingError
from studio.files.animation.frames import FrameSource, on_colour
from studio.files.animation.project import AnimationProject, ProjectFile, ProjectRegion, PromptKey
from studio.files.animation.read import open_frames
from studio.files.animation.work import Manifest, WorkFolder
from studio.files.documents import read_mask
from studio.files.pictures.images import Frame
from studio.generation import GenerationSettings, Progress
from studio.generation.pictures import scaled
from studio.generation.prompting import Prompt, Wildcards, parse
from studio.jobs.frame_regions import FrameRegions, region_layers
from studio.jobs.picture_runs import negative_of, region_lots
from studio.jobs.runner import BoundEngine, Report
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles
from studio.system.parts import engine_failures


class EngineSource(Protocol):
    """Gives the engine for a run and what prompts draw lines from, as `studio.jobs.runner.JobRunner` does."""

    @property
    def wildcards(self) -> Wildcards: ...

    def engine(self, cancel: CancelToken, report: Report) -> BoundEngine: ...


@dataclass(frozen=True)
class FinishedAnimation:
    """``work`` holds all frames. ``opaque`` says that none has transparency."""

    work: WorkFolder
    drawn: int
    opaque: bool
    notes: tuple[str, ...] = ()


class AnimationRunner:
    """Looks up the mode of a project, checks its parameters, and asks it for every frame that is not there yet."""

    def __init__(self, host: PluginHost, runner: EngineSource) -> None:
        self._host = host
        self._runner = runner

    def run(
        self, file: ProjectFile, folder: Path, cancel: CancelToken, report: Report, *, restart: bool = False
    ) -> FinishedAnimation:
        """Make the frames in ``folder``. Frames of an earlier run with the same settings are taken over.

        Raises `SettingError` for a mode, parameter, source or mask that does not fit, `PluginError` when the mode's
        plugin raised, `FileError`, `Cancelled`, or what the engine raises. What is finished stays for the next run.
        """
        project, told = without_chance(file.project, self._runner.wildcards)
        spec = self._checked(project)
        source = _source(file, spec)
        mask = _mask(file, source)
        layers = region_layers(replace(file, project=project), PluginFiles(self._host))
        manifest = Manifest(
            fingerprint=replace(file, project=project).fingerprint(),
            version=__version__,
            frames=project.frames,
            width=project.width,
            height=project.height,
        )
        work = WorkFolder.open(folder, manifest, restart=restart)
        try:
            clock = _FrameClock(report, project.frames, work.done())
            engine = self._runner.engine(cancel, clock.engine_reports)
            contexts = _Contexts(
                project=project,
                spec=spec,
                engine=engine,
                regions=FrameRegions(self._host, project, layers, cancel),
                cancel=cancel,
                work=work,
                source=source,
                mask=mask,
            )
            contexts.check()
            with engine_failures():
                drawn = _draw_all(spec, contexts, work, clock, cancel)
        except BaseException:
            work.release()
            raise
        notes = dict.fromkeys((*told, *contexts.regions.notes, *engine.notes))
        return FinishedAnimation(work, drawn, source is None, tuple(notes))

    def _checked(self, project: AnimationProject) -> AnimationSpec:
        modes = self._host.specs(AnimationSpec)
        spec = modes.get(project.mode)
        if spec is None:
            raise SettingError(
                "There is no mode {mode!r}.", "Known are: {names}.", mode=project.mode, names=", ".join(modes) or "none"
            )
        validated_parameters(spec.parameters, project.parameters)
        known = {parameter.id for parameter in spec.keyframed}
        for name in project.keyframes:
            if name not in known:
                listed = ", ".join(sorted(known)) or "none"
                raise SettingError(
                    "The mode {spec} has no keyframes {name!r}.",
                    "Known are: {listed}.",
                    spec=spec.name,
                    name=name,
                    listed=listed,
                )
        return spec


def without_chance(project: AnimationProject, wildcards: Wildcards) -> tuple[AnimationProject, tuple[str, ...]]:
    """The project with what its prompts draw by its first seed, the same for all frames; and notes."""
    seed = project.seed[0].seed
    prompts = [parse(key.text, seed, wildcards) for key in project.prompt]
    negative = [negative_of(key.text, seed, wildcards) for key in project.negative_prompt]
    changes: dict[str, Any] = {
        "prompt": _saying(project.prompt, prompts),
        "negative_prompt": _saying(project.negative_prompt, negative),
    }
    lots = region_lots(seed, len(project.regions))
    regions = [_spoken(region, lot, wildcards) for region, lot in zip(project.regions, lots, strict=True)]
    changes["regions"] = tuple(region for region, _ in regions)
    notes = (note for each in (*prompts, *negative) for note in each.notes)
    return project.model_copy(update=changes), (*notes, *(note for _, told in regions for note in told))


def _spoken(region: ProjectRegion, lot: int, wildcards: Wildcards) -> tuple[ProjectRegion, tuple[str, ...]]:
    """A region with what its prompts draw, and notes."""
    prompt, negative = parse(region.prompt, lot, wildcards), negative_of(region.negative_prompt, lot, wildcards)
    changes = {"prompt": prompt.text, "negative_prompt": negative.text}
    return region.model_copy(update=changes), (*prompt.notes, *negative.notes)


def _saying(keys: tuple[PromptKey, ...], prompts: list[Prompt]) -> tuple[PromptKey, ...]:
    pairs = zip(keys, prompts, strict=True)
    return tuple(key.model_copy(update={"text": prompt.text}) for key, prompt in pairs)


def _draw_all(
    spec: AnimationSpec, contexts: _Contexts, work: WorkFolder, clock: _FrameClock, cancel: CancelToken
) -> int:
    first, total = work.done(), work.manifest.frames
    previous = work.read(first - 1) if first else None
    for index in range(first, total):
        cancel.raise_if_cancelled()
        context = replace(contexts.at(index), previous=None if previous is None else previous[..., :3])
        previous = contexts.over_source(index, spec.frame(context))
        cancel.raise_if_cancelled()
        work.write(index, previous)
        clock.frame_done(index + 1, previous)
    return total - first


class _Contexts:
    """Builds what a mode is given for a frame, and lays its frames over the source."""

    def __init__(
        self,
        *,
        project: AnimationProject,
        spec: AnimationSpec,
        engine: Engine,
        regions: FrameRegions,
        cancel: CancelToken,
        work: WorkFolder,
        source: _Source | None,
        mask: Pixels | None,
    ) -> None:
        self._project = project
        self._spec = spec
        self._engine = engine
        self.regions = regions
        self._cancel = cancel
        self._work = work
        self._source = source
        self._mask = mask
        self._parameters = validated_parameters(spec.parameters, project.parameters)
        self._prompts, self._negative = project.prompts(), project.negative_prompts()
        self._seeds = project.seeds()
        self._guidance, self._strengths = project.guidance(), project.strengths()
        self._numbers = project.mode_numbers()

    def check(self) -> None:
        """`SettingError` for the first frame at which a number is out of its range or a formula gives none."""
        for index in range(self._project.frames):
            self.at(index)

    def at(self, index: int) -> FrameContext:
        """The context of a frame, without the one before it."""
        project, moment = self._project, Moment(float(index), self._project.frames, self._project.fps)
        prompts, negative = (track.at(moment) for track in (self._prompts, self._negative))
        seeds = self._seeds.at(moment)
        settings = _settings(
            index,
            tool=f"animation_{project.mode}",
            prompt=prompts.nearest,
            negative_prompt=negative.nearest,
            seed=seeds.nearest,
            guidance_scale=self._guidance.at(moment),
            strength=self._strengths.at(moment),
            **{name: getattr(project, name) for name in ("model", "scheduler", "steps", "width", "height")},
        )
        return FrameContext(
            index=index,
            total=project.frames,
            fps=project.fps,
            settings=settings,
            prompts=prompts,
            negative_prompts=negative,
            seeds=seeds,
            values=self._values(moment),
            parameters=self._parameters,
            engine=self.regions.engine_at(moment, self._engine),
            cancel=self._cancel,
            kept=self._work,
            at=self.at,
            source=None if self._source is None else self._source.rgb,
            source_count=0 if self._source is None else self._source.count,
            mask=self._mask,
        )

    def over_source(self, index: int, made: AnimationFrame) -> Pixels:
        """The frame as straight RGBA. Where its mask is 0, every value is the source's own."""
        opaque: Pixels = np.full((*made.pixels.shape[:2], 4), 255, np.uint8)
        opaque[..., :3] = made.pixels
        mask = self._mask if made.mask is None else made.mask
        if mask is None or self._source is None:
            return opaque
        below = self._source.rgba(min(index, self._source.count - 1))
        amount = mask[..., None].astype(np.float32) / 255.0
        mixed: Pixels = np.rint(below * (1.0 - amount) + opaque * amount).astype(np.uint8)
        mixed[mask == 0] = below[mask == 0]
        return mixed

    def _values(self, moment: Moment) -> dict[str, float]:
        values: dict[str, float] = {}
        for parameter in self._spec.keyframed:
            track = self._numbers.get(parameter.id)
            value = parameter.default if track is None else track.at(moment)
            try:
                values[parameter.id] = parameter.validated(value)
            except SettingError as error:
                raise SettingError("Frame {f:g}: {text}", error.advice, f=moment.f + 1, text=error.message) from error
        return values


def _settings(index: int, **values: Any) -> GenerationSettings:
    for name, low, high in (("guidance_scale", 0.0, 50.0), ("strength", 0.0, 1.0)):
        if not low <= values[name] <= high:
            raise SettingError(
                "Frame {index}: {name} cannot be {values:g}.",
                "Keep it between {low:g} and {high:g}.",
                index=index + 1,
                name=name,
                values=values[name],
                low=low,
                high=high,
            )
    return GenerationSettings.read(values)


class _Source:
    """The frames of a film, folder or picture at the animation's size; the last few are remembered."""

    _REMEMBERED = 4

    def __init__(self, frames: FrameSource, width: int, height: int) -> None:
        self._frames = frames
        self._size = (width, height)
        self._recent: dict[int, Pixels] = {}
        self._coming: Any = iter(())
        self._next = -1
        self.count = frames.count

    def rgba(self, index: int) -> Pixels:
        """Straight RGBA of a frame. Raises `SettingError` where there is none."""
        if index not in self._recent:
            self._recent[index] = np.ascontiguousarray(scaled(self._read(index).pixels, *self._size))
            while len(self._recent) > self._REMEMBERED:
                self._recent.pop(next(iter(self._recent)))
        return self._recent[index]

    def rgb(self, index: int) -> Pixels:
        """RGB of a frame on white."""
        return on_colour(self.rgba(index), WHITE)

    def _read(self, index: int) -> Frame:
        if not 0 <= index < self.count:
            raise SettingError(
                "{frames} has {count} frames; frame {index} was asked for.",
                "Make the animation shorter, or give a longer source.",
                frames=self._frames.name,
                count=self.count,
                index=index + 1,
            )
        if self._frames.random_access:
            return self._frames.frame(index)
        if index != self._next:
            self._coming, self._next = self._frames.frames(index), index
        frame: Frame = next(self._coming)
        self._next += 1
        return frame


def _source(file: ProjectFile, spec: AnimationSpec) -> _Source | None:
    path = file.beside(file.project.source)
    if path is None:
        if spec.needs_source:
            raise SettingError(
                "{file}: the mode {spec} needs a source.",
                'Give source = "film.mp4" or a folder.',
                file=file.path.name,
                spec=spec.name,
            )
        return None
    return _Source(open_frames(path), file.project.width, file.project.height)


def _mask(file: ProjectFile, source: _Source | None) -> Pixels | None:
    path = file.beside(file.project.mask)
    if path is None:
        return None
    if source is None:
        raise SettingError(
            "{file}: a mask needs a source, which shows outside of it.",
            "Give a picture or a film as source.",
            file=file.path.name,
        )
    from studio.generation.masks import cleared

    return cleared(read_mask(path, (file.project.width, file.project.height)))


class _FrameClock:
    """Tells how many frames are done and, from the mean of this run, how long the rest will take.

    The mean is over all frames of the run: where a mode draws several at once, the next ones cost nothing. It begins
    when the engine first draws, after it has loaded the model; without the engine, when the first frame is done.
    """

    def __init__(self, report: Report, total: int, done: int) -> None:
        self._report = report
        self._total = total
        self._done = self._before = done
        self._started: float | None = None

    def engine_reports(self, progress: Progress) -> None:
        """What the engine does within a frame: loading as it is, else a preview of the frame."""
        if progress.stage == "loading":
            self._report(progress)
            return
        if self._started is None:
            self._started = time.monotonic()
        if progress.preview is not None:
            self._say(progress.preview)

    def frame_done(self, done: int, pixels: Pixels) -> None:
        """Count a frame."""
        if self._started is None:
            self._started, self._before = time.monotonic(), done
        self._done = done
        self._say(pixels[..., :3])

    def _say(self, preview: Pixels) -> None:
        counted, left = self._done - self._before, None
        if counted and self._started is not None:
            left = (time.monotonic() - self._started) / counted * (self._total - self._done)
        self._report(
            Progress(stage="animating", step=self._done, total_steps=self._total, seconds_left=left, preview=preview)
        )
