"""The engine that tools ask for pictures. Importing this module does not import torch; the first job does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from studio.api import DenoiseJob, InfluenceSpec, ModelLimits, MotionJob, SchedulerSpec
from studio.api.specs import steps_of
from studio.document import Pixels
from studio.engine.device import threads
from studio.engine.device.devices import Device
from studio.engine.device.wish import MemoryWish, PrecisionWish, PreviewWish, Wish
from studio.engine.faults import Blame, nobody, readable_errors
from studio.engine.models.beside import NOTHING, Beside
from studio.engine.models.embeddings import embeddings_for
from studio.engine.models.guides import WantedGuides, influence_named, wanted_guides
from studio.engine.models.library import ModelInfo, ModelLibrary, limits_of
from studio.engine.models.loras import WantedLora, loras_in_prompts, wanted_loras
from studio.engine.models.motion_adapters import check_motion_job, chosen_adapter, unet_config
from studio.engine.models.preview_decoders import preview_decoder_for
from studio.engine.models.regions import NO_REGIONS, WantedRegions, wanted_regions
from studio.engine.progress import LoadingReporter, StepReporter
from studio.engine.scheduler_choice import used_for
from studio.engine.turns import Turns
from studio.engine.validation import check_job
from studio.errors import SettingError
from studio.generation import CancelToken, Progress
from studio.generation.conditioning import REGION_INFLUENCE, felt_everywhere
from studio.message import Message
from studio.system.parts import engine_part

if TYPE_CHECKING:
    from torch.nn import Module

    from studio.engine.device.memory import MemoryRetry
    from studio.engine.influences.plugged import Plugged
    from studio.engine.loaded_model import LoadedModel

Report = Callable[[Progress], None]
_NO_INFLUENCES: Final[Mapping[str, InfluenceSpec]] = MappingProxyType({})


class DiffusionEngine:
    """Keeps one model loaded on one device, and a small one with its twin of few steps. Use it from one thread, the
    worker's.

    Parameters
    ----------
    library
        Where models are.
    device
        "auto", "cpu", "cuda", "cuda:N" or "mps".
    cache_dir
        Where measurements are remembered; ``None`` for nowhere.
    schedulers
        What can be chosen, by id.
    influences
        What guides may take part in sampling by, by id.
    precision, memory
        See `Wish`.
    configs
        Folder of bundled configs, one folder a family, for one-file checkpoints; ``None`` for the library's.
    torch_threads
        Threads for one operation on the CPU; ``None`` for all cores.
    previews
        Asked before each job what is to be shown meanwhile.
    blame
        Names the plugin whose scheduler failed while the engine drew with it.
    """

    def __init__(
        self,
        library: ModelLibrary,
        device: str,
        cache_dir: Path | None,
        schedulers: Mapping[str, SchedulerSpec],
        *,
        influences: Mapping[str, InfluenceSpec] = _NO_INFLUENCES,
        precision: PrecisionWish = "auto",
        memory: MemoryWish = "auto",
        configs: Path | None = None,
        torch_threads: int | None = None,
        previews: Callable[[], PreviewWish] = lambda: "detailed",
        blame: Blame = nobody,
    ) -> None:
        self.library = library
        self._schedulers = schedulers
        self.influences = influences
        self._wish = Wish(device=device, precision=precision, memory=memory)
        self._told: set[str] = set()
        self._remarks: list[str] = []
        self._cache_dir = cache_dir
        self.bundled_configs = configs or library.configs
        self._threads = torch_threads
        self.previews = previews
        self.blame = blame
        self._prepared = False
        self._turns = Turns()
        self._beside = NOTHING
        self._files: tuple[ModelInfo, ...] = ()

    def require(self) -> None:
        """Raise `EngineMissingError` or `EngineUnusableError` where what draws cannot be imported."""
        engine_part("torch")

    def bound(self, report: Report, cancel: CancelToken, held: str = "") -> BoundEngine:
        """The engine for one job: reports its progress and obeys its token; ``held`` as in `files`."""
        return BoundEngine(self, report, cancel, held)

    def files(self, held: str = "") -> tuple[ModelInfo, ...]:
        """What is in the models folders, see `ModelLibrary.scan`. While the model of the id ``held`` is loaded, that is
        what was found last: nothing is to be loaded that may have changed since."""
        loaded = self._loaded
        if loaded is None or loaded.info.id != held or loaded.info not in self._files:
            self._files = self.library.scan()
        return self._files

    @property
    def _loaded(self) -> LoadedModel | None:
        return self._turns.drawing

    @property
    def device(self) -> Device | None:
        """Device and precision of the loaded model, or ``None``."""
        return self._loaded.device if self._loaded is not None else None

    @property
    def loaded_model(self) -> str | None:
        """Id of the loaded model, or ``None``."""
        return self._loaded.info.id if self._loaded is not None else None

    def scheduler(self, scheduler_id: str) -> SchedulerSpec:
        """Raises `SettingError` listing the known ids."""
        spec = self._schedulers.get(scheduler_id)
        if spec is None:
            known = ", ".join(sorted(self._schedulers)) or "none"
            raise SettingError(
                "There is no scheduler {scheduler_id!r}.", "Known are: {known}.", scheduler_id=scheduler_id, known=known
            )
        return spec

    def scheduler_for(self, scheduler_id: str, info: ModelInfo) -> SchedulerSpec:
        """The same, or what takes its place with a model that it cannot draw with."""
        return self.scheduler(used_for(scheduler_id, self._schedulers, is_flow=limits_of(info).is_flow))

    def load(self, model_id: str, report: Report, cancel: CancelToken) -> LoadedModel:
        """The model, loaded if it is not; the one before is released first. Raises `ModelError` or `Cancelled`."""
        return self.load_found(self.library.checked(model_id), report, cancel)

    def load_found(self, info: ModelInfo, report: Report, cancel: CancelToken, others: Beside = NOTHING) -> LoadedModel:
        """The same for a model that was looked up; loaded anew where it has to make room for ``others``."""
        if self._turns.turn_to(info):
            self._beside = NOTHING
        if self._loaded is not None:
            if self._has_room(self._loaded, others):
                return self._loaded
            self.unload()
        self.require()
        self._prepare_thread()
        cancel.raise_if_cancelled()
        self._turns.drawing = model = self._load(info, report, cancel, others)
        self._beside = others
        return model

    def _has_room(self, model: LoadedModel, others: Beside) -> bool:
        """Whether a model can stay as it is held. Raises `OutOfMemoryError` where nothing makes enough room."""
        if others.is_within(self._beside) or model.plan is None:
            return True
        from studio.engine.models.loading import sources_of
        from studio.engine.planning import check_room, planned

        sources = sources_of(model.info, self.bundled_configs)
        plan = planned(model.info, self._wish, model.device, sources, others, holds=model.holds)
        if not (plan.is_possible and plan.holds_as(model.plan)) and self._turns.release_waiting():
            return self._has_room(model, others)
        check_room(model.info, plan, self._wish, others)
        if not plan.holds_as(model.plan):
            return False
        model.plan, self._beside = plan, others
        return True

    def unload(self) -> None:
        """Release the memory of what is loaded to the device and the system."""
        self._turns.release()

    def close(self) -> None:
        """Release everything. The engine may be used again."""
        self.unload()

    def _prepare_thread(self) -> None:
        if self._prepared:
            return
        threads.prefer_passive_waiting()
        threads.lower_priority_of_this_thread()
        import torch

        torch.set_num_threads(threads.intra_op_threads(self._threads))
        self._prepared = True

    def _load(self, info: ModelInfo, report: Report, cancel: CancelToken, others: Beside) -> LoadedModel:
        from studio.engine.loaded_model import LoadedModel
        from studio.engine.models.loading import load_components, sources_of
        from studio.engine.models.placing import planned_placing
        from studio.engine.planning import check_room, placed, planned

        reporter = LoadingReporter(report)
        reporter.networks(0.0)
        cancel.raise_if_cancelled()
        device = placed(info, self._wish, self.bundled_configs, self._cache_dir, self._remark)
        with readable_errors(f"loading {info.name}", cancel):
            sources = sources_of(info, self.bundled_configs)
            plan = planned(info, self._wish, device, sources, others)
            check_room(info, plan, self._wish, others)
            if not plan.is_whole:
                self._remark(Message("{model}: {plan}", model=info.name, plan=plan.text))
            placing = planned_placing(device, plan)
            components = load_components(
                info, self.bundled_configs, device, reporter.networks, cancel, placing=placing, sources=sources
            )
            cancel.raise_if_cancelled()
            model = LoadedModel(info, device, components, plan)
        reporter.done()
        cancel.raise_if_cancelled()
        return model

    def _remark(self, text: str) -> None:
        """Something for the notes of the next job; the same is told once."""
        if text not in self._told:
            self._told.add(text)
            self._remarks.append(text)

    def remarks(self) -> tuple[str, ...]:
        """What is to be told with the next job, such as why another device draws than the best; empty from then on."""
        told = tuple(self._remarks)
        self._remarks.clear()
        return told


class BoundEngine:
    """A `studio.api.Engine` for one job. ``notes`` collects remarks for the person, such as a prompt that was cut.

    A model is looked up once a job, and not at all while it is ``held``, see `DiffusionEngine.files`. Progress runs
    over all calls of the job, see `DenoiseJob`.
    """

    def __init__(self, engine: DiffusionEngine, report: Report, cancel: CancelToken, held: str = "") -> None:
        self._engine = engine
        self._report = report
        self._cancel = cancel
        self._held = held
        self._notes: list[str] = []
        self._models: dict[str, ModelInfo] = {}
        self._files: tuple[ModelInfo, ...] | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._notes)

    def limits(self, model: str) -> ModelLimits:
        """Sizes of a model; `ModelError` if it is not there."""
        return limits_of(self._model(model))

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        """Run the model: ``job.count`` pictures, uint8 ``(height, width, 3)`` RGB.

        The same job gives the same pixels again; picture *i* does not depend on how many are asked for.
        With an image, `studio.api.specs.steps_of` the job run. A soft mask changes the picture
        by degrees. Raises `Cancelled` within one layer of a cancel, `SettingError`, `ModelError`, `PluginError` for a
        scheduler that fails, `OutOfMemoryError` or `EngineError`.
        """
        with self._readable():
            info = self._model(job.model)
            check_job(job, limits_of(info))
            spec = self._scheduler(job.scheduler, info)
            loras, guides = self._loras(job, info), self._guides(job, info)
            regions = self._regions(job, info)
            model = self._ready(info, loras, guides.beside, quick=job.quick)
            # torch comes with it
            from studio.engine.guides import ready_guides, taking_part

            ready = ready_guides(model, guides, self._cancel.raise_if_cancelled)
            with self._stopping((*model.networks, *ready.networks)), model.going_around(job.tile, ready.networks):
                return self._run(model, job, spec, taking_part(model, ready, self._cancel), regions)

    def denoise_together(self, job: MotionJob) -> tuple[Pixels, ...]:
        """Run the model with a motion adapter: a picture for every frame, as `studio.api.MotionJob` says.

        The same job gives the same pixels again. Raises what `denoise` raises; `Cancelled` comes within a step.
        """
        with self._readable():
            first = job.frames[0]
            info = self._model(first.model)
            adapter = chosen_adapter(
                self._engine.library, job.adapter, info, unet_config(info, self._engine.bundled_configs)
            )
            check_motion_job(job, adapter)
            for frame in job.frames:
                check_job(frame, limits_of(info))
            spec = self._scheduler(first.scheduler, info)
            loras = self._loras(first, info)
            model = self._ready(info, loras)
            network = model.motion_network(adapter)
            with self._stopping((*model.networks, network)), model.going_around(first.tile, (network,)):
                return self._run_together(model, adapter, job, spec)

    def _model(self, model_id: str) -> ModelInfo:
        if model_id not in self._models:
            self._models[model_id] = self._engine.library.checked(model_id, self._found())
        return self._models[model_id]

    def _scheduler(self, scheduler_id: str, info: ModelInfo) -> SchedulerSpec:
        """What draws with a model where this one is wanted; another than that is noted. `SettingError` for none."""
        wanted, spec = self._engine.scheduler(scheduler_id), self._engine.scheduler_for(scheduler_id, info)
        if spec is not wanted:
            self._say((_stands_in(wanted, spec, info),))
        return spec

    def _loras(self, job: DenoiseJob, info: ModelInfo) -> tuple[WantedLora, ...]:
        """The files of what the prompt and the list name, refused before anything is loaded."""
        named = loras_in_prompts(job)
        if not named and not job.loras:
            return ()
        wanted, notes = wanted_loras(job.loras, self._found(), info, named=named)
        self._say(notes)
        return wanted

    def _guides(self, job: DenoiseJob, info: ModelInfo) -> WantedGuides:
        """What the job's guides need, refused before anything is loaded."""
        engine = self._engine
        wanted = wanted_guides(job.conditioning, engine.influences, self._found, info, engine.bundled_configs)
        self._say(felt_everywhere(each.name) for each in wanted.references.bare if each.mask is not None)
        return wanted

    def _regions(self, job: DenoiseJob, info: ModelInfo) -> WantedRegions:
        """The parts of the job, refused before anything is loaded."""
        if job.conditioning is None or not job.conditioning.regions:
            return NO_REGIONS
        influence = influence_named(REGION_INFLUENCE, Message("Regions"), self._engine.influences)
        wanted, notes = wanted_regions(job, loras_in_prompts(job), self._found(), info)
        self._say(notes)
        return WantedRegions(wanted, influence)

    def _found(self) -> tuple[ModelInfo, ...]:
        """What is in the models folders, looked up once a job."""
        if self._files is None:
            self._files = self._engine.files(self._held)
        return self._files

    def _ready(
        self, info: ModelInfo, loras: tuple[WantedLora, ...], others: Beside = NOTHING, *, quick: bool = False
    ) -> LoadedModel:
        """The model, loaded with room for ``others``, wearing the LoRAs and knowing the embeddings that are there."""
        model = self._engine.load_found(info, self._report, self._cancel, others)
        self._say(self._engine.remarks())
        model.residence.taken = lambda _count: self._cancel.raise_if_cancelled()
        decoder = preview_decoder_for(model.info.family, self._found())
        model.previewer.begin(self._engine.previews(), decoder, only_at_end=quick)
        model.prompts.embeddings.know(embeddings_for(self._found(), model.info.family))
        self._say(model.wear(loras, self._cancel.raise_if_cancelled))
        return model

    def _say(self, notes: Iterable[str]) -> None:
        self._notes.extend(note for note in notes if note not in self._notes)

    def _readable(self) -> AbstractContextManager[None]:
        self._cancel.raise_if_cancelled()
        return readable_errors("generating", self._cancel, self._engine.blame)

    def _stopping(self, networks: Iterable[Module]) -> AbstractContextManager[None]:
        from studio.engine.interruption import stopping_at

        return stopping_at(self._cancel, networks)

    def _run_together(
        self, model: LoadedModel, adapter: ModelInfo, job: MotionJob, spec: SchedulerSpec
    ) -> tuple[Pixels, ...]:
        from studio.engine.motion import MotionRun

        first = job.frames[0]
        network = model.motion_network(adapter)
        reporter = StepReporter(self._report, steps_of(first), first.rect)
        for frame in job.frames:
            self._say(self._notes_on_prompts(model, frame))
        run = MotionRun(
            model, network, job, spec=spec, reporter=reporter, cancel=self._cancel, retry=self._memory_retry()
        )
        return run.run()

    def _run(
        self,
        model: LoadedModel,
        job: DenoiseJob,
        spec: SchedulerSpec,
        guides: Sequence[Plugged],
        regions: WantedRegions,
    ) -> tuple[Pixels, ...]:
        from studio.engine.denoising import JobRun

        def report(progress: Progress) -> None:
            self._report(progress.among(job.steps_before, job.steps_after))

        reporter = StepReporter(report, steps_of(job) * job.count, job.rect, mask=job.preview_mask)
        self._say(self._notes_on_prompts(model, job))
        run = JobRun(
            model,
            job,
            spec=spec,
            reporter=reporter,
            cancel=self._cancel,
            retry=self._memory_retry(),
            guides=guides,
            regions=regions,
        )
        return run.run()

    def _notes_on_prompts(self, model: LoadedModel, job: DenoiseJob) -> Iterable[str]:
        from studio.engine.prompt_notes import notes_on_prompts

        return tuple(notes_on_prompts(model, job, self._found(), self._cancel.raise_if_cancelled))

    def _memory_retry(self) -> MemoryRetry:
        from studio.engine.device.memory import MemoryRetry

        return MemoryRetry(self._notes.append)


def _stands_in(wanted: SchedulerSpec, spec: SchedulerSpec, info: ModelInfo) -> Message:
    return Message(
        "The scheduler {wanted} cannot draw with {model}: {used} was used instead.",
        wanted=wanted.name,
        model=info.name,
        used=spec.name,
    )
