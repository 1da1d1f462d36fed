"""Puts the parts together that both the window and the command line need. Nothing here imports torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.api import FamilySpec, InfluenceSpec, SchedulerSpec
from studio.engine.device.wish import PreviewWish, Wish
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.library import ModelLibrary, kept_verdicts
from studio.files.wildcards import WildcardFolder
from studio.generation.prompting import Wildcards, no_wildcards
from studio.jobs.runner import JobRunner
from studio.paths import Paths
from studio.plugin_host import PluginHost
from studio.settings import AppSettings, SettingsStore
from studio.system.private_files import keep_private

if TYPE_CHECKING:
    from studio.engine.engine import DiffusionEngine

Asked = Callable[[Wish], Wish]
"""Makes of what the settings wish what this run of the program wishes."""


def as_set(wish: Wish) -> Wish:
    """Nothing else than the settings say."""
    return wish


@dataclass(frozen=True)
class Services:
    """The long-lived parts of one run of the program."""

    paths: Paths
    settings: SettingsStore
    host: PluginHost
    library: ModelLibrary
    runner: JobRunner

    def load_plugins(self, told: Callable[[], object] = lambda: None) -> None:
        """Load all plugins, which takes as long as they take; ``told`` is called whenever there are more."""
        disabled = frozenset(self.settings.current.disabled_plugins)
        self.host.load_all(self.paths, disabled=disabled, loaded=told)


def build_services(paths: Paths, settings: SettingsStore | None = None, *, asked: Asked = as_set) -> Services:
    """Load settings, plugins and the model list, and prepare a runner whose engine starts at its first job.

    ``asked`` changes what the settings wish, such as the device.
    """
    services = services_without_plugins(paths, settings, asked=asked)
    services.load_plugins()
    return services


def services_without_plugins(paths: Paths, settings: SettingsStore | None = None, *, asked: Asked = as_set) -> Services:
    """The same before the plugins are loaded: `Services.load_plugins` does that, on any thread."""
    for folder in (paths.data, paths.recovery, paths.unsaved_animations, paths.logs, paths.cache):
        keep_private(folder)
    store = settings or SettingsStore(paths.config / "settings.json")
    verdicts = kept_verdicts(paths.cache)

    def find_model(task: str) -> Path:
        from studio.engine.models.picture_models import picture_model_for  # with pydantic, which a start does not need

        there = ModelLibrary(model_folders(paths, store.current), verdicts)
        return picture_model_for(task, there.scan(), there.configs)

    host = PluginHost.for_paths(paths, stored_settings=lambda: store.current.plugin_settings, find_model=find_model)
    FAMILIES.bring(lambda: host.specs(FamilySpec))
    library = ModelLibrary(model_folders(paths, store.current), verdicts)
    runner = build_runner(
        paths,
        host,
        library,
        asked(wish_of(store.current)),
        wildcards=wildcard_folder(paths, store),
        previews=lambda: store.current.previews,
    )
    return Services(paths, store, host, library, runner)


def wish_of(settings: AppSettings) -> Wish:
    """How the settings want pictures drawn."""
    return Wish(device=settings.device, precision=settings.precision, memory=settings.memory_use)


def wildcard_folder(paths: Paths, store: SettingsStore) -> WildcardFolder:
    """What prompts draw lines from: the folder of the settings, as it is at the time."""
    return WildcardFolder(lambda: Path(store.current.wildcard_folder or paths.user_wildcards))


def build_runner(
    paths: Paths,
    host: PluginHost,
    library: ModelLibrary,
    wish: Wish,
    *,
    wildcards: Wildcards = no_wildcards,
    previews: Callable[[], PreviewWish] = lambda: "detailed",
) -> JobRunner:
    """A runner that imports torch and makes its engine on the thread of its first job."""

    def make_engine() -> DiffusionEngine:
        from studio.engine.engine import DiffusionEngine

        schedulers = host.specs(SchedulerSpec)
        return DiffusionEngine(
            library,
            wish.device,
            paths.cache,
            schedulers,
            influences=host.specs(InfluenceSpec),
            precision=wish.precision,
            memory=wish.memory,
            previews=previews,
            blame=host.blame,
        )

    return JobRunner(
        host, make_engine, device=wish.device, upscaler_folders=paths.upscaler_folders, wildcards=wildcards
    )


def model_folders(paths: Paths, settings: AppSettings) -> list[Path]:
    """Where models are looked for: shipped ones, the user's folder, and folders added in the settings."""
    return [paths.resources / "models", paths.user_models, *(Path(folder) for folder in settings.model_folders)]
