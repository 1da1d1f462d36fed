"""The plugin host: loads every plugin apart from the others and outlives their failures."""

from __future__ import annotations

import logging
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import pluggy

from studio.api import (
    AnimationSpec,
    Document,
    ExporterSpec,
    FilterSpec,
    GenerationRequest,
    GenerationResult,
    ImporterSpec,
    PanelSpec,
    SchedulerSpec,
    SettingsPageSpec,
    ToolSpec,
    UpscalerSpec,
)
from studio.api.parameters import fitting_values
from studio.errors import PluginError, SettingError
from studio.paths import Paths
from studio.plugin_host.contributions import Contribution, Guard, Kind, Spec, collect, guarded, unique, with_settings
from studio.plugin_host.discovery import (
    Candidate,
    PluginFolder,
    Source,
    candidate_at,
    candidates_in,
    installed_candidates,
    read_again,
)
from studio.plugin_host.loading import (
    LoadError,
    LoadStep,
    PluginImportError,
    describe,
    load_hooks,
    loading_step,
    unload,
)
from studio.plugin_host.manifest import check_needs
from studio.plugin_host.watch import Hung, Patience, Watch

QUARANTINE_AFTER = 3
"""Failures in a row, of the same callable, after which a plugin is stopped."""

Status = Literal["enabled", "disabled", "refused", "failed"]
FailedStep = Literal["", LoadStep, "running"]
S = TypeVar("S", bound=Spec)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class PluginState:
    """How a plugin stands, for people to read.

    ``status`` is "enabled"; "disabled" by the person; "refused" because it breaks a rule; "failed" because
    it raised while loading or too often while running. ``problem`` says why and what to do, ``failed_step`` which
    step it was ("manifest", "import", "hooks", "running"; empty if none), ``details`` is the traceback if there is
    one. ``adds`` lists what it adds, such as ``"scheduler ddim"``; ``uses``, ``needs`` and ``permissions`` are what
    it declares in plugin.toml. ``failures`` counts exceptions while running.
    """

    id: str
    name: str
    version: str
    author: str
    path: Path | None
    source: Source
    status: Status
    description: str = ""
    uses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    problem: str = ""
    failed_step: FailedStep = ""
    details: str = ""
    adds: tuple[str, ...] = ()
    failures: int = 0


@dataclass(eq=False)
class _Plugin:
    candidate: Candidate
    state: PluginState
    manager: pluggy.PluginManager | None = None
    contributions: tuple[Contribution, ...] = ()
    is_waiting: bool = False
    failures_in_a_row: Counter[str] = field(default_factory=Counter)


class _LiveSpecs(Mapping[str, S]):
    """Specs of one type by id, always as they are now: a plugin enabled later shows up by itself."""

    def __init__(self, published: Callable[[], Mapping[tuple[Kind, str], Spec]], spec_type: type[S]) -> None:
        self._published = published
        self._spec_type = spec_type

    def __getitem__(self, spec_id: str) -> S:
        return self._now()[spec_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def _now(self) -> dict[str, S]:
        return {spec.id: spec for spec in self._published().values() if isinstance(spec, self._spec_type)}


class PluginHost:
    """All plugins and what they add.

    Loading, `enable` and `disable` belong to one thread; `tools` and its like, `states` and the two
    ``notify`` methods may be called from any thread.
    """

    def __init__(
        self, patience: Patience | None = None, stored_settings: Callable[[], Mapping[str, Any]] = dict
    ) -> None:
        self._patience = patience or Patience()
        self._stored_settings = stored_settings
        self._plugins: list[_Plugin] = []
        self._specs: Mapping[tuple[Kind, str], Spec] = MappingProxyType({})
        self._lock = threading.RLock()

    @classmethod
    def load(
        cls,
        paths: Paths | Iterable[PluginFolder | Path],
        *,
        entry_points: bool = True,
        disabled: frozenset[str] = frozenset(),
        patience: Patience | None = None,
        stored_settings: Callable[[], Mapping[str, Any]] = dict,
    ) -> PluginHost:
        """Find and load all plugins: bundled ones, then the user's, then installed packages'.

        ``paths`` may also be folders of plugins (a plain path counts as the user's). ``disabled`` ids are
        found but not imported. ``patience`` says how long a plugin may take. ``stored_settings`` gives what is
        stored for the plugins' settings pages now: plugin id to page id to values; it is called from any thread.
        Nothing a plugin does is raised here: see `states`.
        """
        host = cls(patience, stored_settings)
        found = [candidate for folder in _folders(paths) for candidate in candidates_in(folder)]
        if entry_points:
            found.extend(installed_candidates())
        for candidate in found:
            host._add(candidate, disabled=candidate.id in disabled)
        host._publish()
        return host

    def states(self) -> tuple[PluginState, ...]:
        """Every plugin found, in the order of loading."""
        with self._lock:
            return tuple(plugin.state for plugin in self._plugins)

    def state(self, plugin_id: str) -> PluginState:
        """The state of one plugin; `PluginError` if there is none with this id."""
        with self._lock:
            return self._find(plugin_id).state

    def schedulers(self) -> Mapping[str, SchedulerSpec]:
        """Scheduler specs of enabled plugins by id, in the order of loading: a live view, as all of these are."""
        return _LiveSpecs(self._published, SchedulerSpec)

    def tools(self) -> Mapping[str, ToolSpec]:
        """Tool specs by id."""
        return _LiveSpecs(self._published, ToolSpec)

    def filters(self) -> Mapping[str, FilterSpec]:
        """Filter specs by id."""
        return _LiveSpecs(self._published, FilterSpec)

    def importers(self) -> Mapping[str, ImporterSpec]:
        """Picture formats that plugins open, by id."""
        return _LiveSpecs(self._published, ImporterSpec)

    def exporters(self) -> Mapping[str, ExporterSpec]:
        """Picture formats that plugins write, by id."""
        return _LiveSpecs(self._published, ExporterSpec)

    def upscalers(self) -> Mapping[str, UpscalerSpec]:
        """Upscaler specs by id."""
        return _LiveSpecs(self._published, UpscalerSpec)

    def animations(self) -> Mapping[str, AnimationSpec]:
        """Animation specs by id."""
        return _LiveSpecs(self._published, AnimationSpec)

    def panels(self) -> Mapping[str, PanelSpec]:
        """Panel specs by id."""
        return _LiveSpecs(self._published, PanelSpec)

    def settings_pages(self) -> Mapping[str, SettingsPageSpec]:
        """Settings pages by id."""
        return _LiveSpecs(self._published, SettingsPageSpec)

    def pages_by_plugin(self) -> tuple[tuple[str, SettingsPageSpec], ...]:
        """Every settings page with the id of its plugin, in the order of loading."""
        with self._lock:
            return tuple(
                (plugin.state.id, item.spec)
                for plugin in self._plugins
                for item in plugin.contributions
                if isinstance(item.spec, SettingsPageSpec)
            )

    def page_values(self, plugin_id: str, page: SettingsPageSpec) -> tuple[dict[str, Any], tuple[SettingError, ...]]:
        """The stored values of a page, with the default where one does not fit, and what does not fit."""
        stored = self._settings_of(plugin_id).get(page.id, {})
        return fitting_values(page.parameters, stored if isinstance(stored, Mapping) else {})

    def _settings_of(self, plugin_id: str) -> Mapping[str, Any]:
        stored = self._stored_settings().get(plugin_id)
        return stored if isinstance(stored, Mapping) else {}

    def enable(self, plugin_id: str) -> PluginState:
        """Load a plugin (again): its files are read afresh and its failures forgotten.

        Returns the new state, which says why if it could not be enabled.
        """
        with self._lock:
            plugin = self._find(plugin_id)
            if plugin.state.status != "enabled":
                plugin.candidate = read_again(plugin.candidate)
                plugin.failures_in_a_row.clear()
                self._start(plugin, disabled=False)
                self._start_waiting()
                self._publish()
            return plugin.state

    def disable(self, plugin_id: str) -> PluginState:
        """Take away what a plugin adds, until it is enabled. A job that runs in it runs to its end."""
        with self._lock:
            plugin = self._find(plugin_id)
            self._stop(plugin, "disabled")
            if plugin.candidate.path is not None:
                unload(plugin_id)
            return plugin.state

    def add(self, folder: Path) -> PluginState:
        """Load one more plugin of the user's, from its folder. Returns how it stands."""
        with self._lock:
            plugin = self._add(candidate_at(folder), disabled=False)
            self._publish()
            return plugin.state

    def forget(self, plugin_id: str) -> None:
        """Take a plugin out of the list with all that it adds; its files stay."""
        with self._lock:
            self.disable(plugin_id)
            self._plugins.remove(self._find(plugin_id))

    def notify_started(self, request: GenerationRequest) -> None:
        """Tell the plugins that a job starts. A plugin that raises is counted; the others are told all the same."""
        self._notify("shoreline_generation_started", {"request": request})

    def notify_finished(self, result: GenerationResult) -> None:
        """Tell the plugins that a job ended well."""
        self._notify("shoreline_generation_finished", {"result": result})

    def notify_opened(self, document: Document, path: Path) -> None:
        """Tell the plugins that a file was read; not on the window's thread, because they may take their time."""
        self._notify("shoreline_document_opened", {"document": document, "path": str(path)})

    def notify_saved(self, document: Document, path: Path) -> None:
        """Tell the plugins that a file was written; as above."""
        self._notify("shoreline_document_saved", {"document": document, "path": str(path)})

    def _add(self, candidate: Candidate, *, disabled: bool) -> _Plugin:
        plugin = _Plugin(candidate, _first_state(candidate))
        self._start(plugin, disabled=disabled)
        self._plugins.append(plugin)
        self._start_waiting()
        return plugin

    def _start(self, plugin: _Plugin, *, disabled: bool) -> None:
        candidate = plugin.candidate
        plugin.state = _first_state(candidate)
        others = (other.state for other in self._plugins if other is not plugin)
        twin = next((state for state in others if state.id == candidate.id), None)
        if candidate.manifest is None:
            self._stop(plugin, "refused", str(candidate.problem), step="manifest")
        elif twin is not None:
            problem = f"There is a plugin with the id {candidate.id} already, from {twin.path or twin.source}."
            self._stop(plugin, "refused", problem, step="manifest")
        elif not disabled:
            self._load(plugin)

    def _load(self, plugin: _Plugin) -> None:
        plugin.is_waiting = not self._needs_are_met(plugin)
        if plugin.is_waiting:
            return
        try:
            manager, contributions = self._declared(plugin.candidate)
            with loading_step("hooks"):
                unique(self._owners(plugin), contributions)
        except LoadError as error:
            status: Status = "failed" if error.has_raised else "refused"
            details = _trace(error.__cause__) if error.has_raised else ""
            self._stop(plugin, status, str(error), details, step=error.step)
            if plugin.candidate.path is not None:
                unload(plugin.candidate.id)
            return
        plugin.manager, plugin.contributions = manager, contributions
        adds = tuple(contribution.label for contribution in contributions)
        plugin.state = replace(plugin.state, status="enabled", adds=adds)

    def _needs_are_met(self, plugin: _Plugin) -> bool:
        """Whether the plugins that one needs are enabled; its state says which is not."""
        versions = {state.id: state.version for state in self.states() if state.status == "enabled"}
        try:
            check_needs(plugin.state.needs, versions)
        except PluginError as error:
            plugin.state = replace(plugin.state, status="refused", problem=str(error), failed_step="manifest")
            return False
        return True

    def _start_waiting(self) -> None:
        """Start those that waited for a plugin that is there now; each may be what another waits for."""
        waiting = [plugin for plugin in self._plugins if plugin.is_waiting]
        for plugin in waiting:
            self._load(plugin)
        if any(not plugin.is_waiting for plugin in waiting):
            self._start_waiting()

    def _stop_dependents(self) -> None:
        for plugin in self._plugins:
            if plugin.state.status == "enabled" and plugin.state.needs and not self._needs_are_met(plugin):
                plugin.is_waiting = True
                self._stop(plugin, "refused", plugin.state.problem, step="manifest")

    def _declared(self, candidate: Candidate) -> tuple[pluggy.PluginManager, tuple[Contribution, ...]]:
        """Import a plugin and ask what it adds, waiting no longer than patience lasts."""

        def declare() -> tuple[pluggy.PluginManager, tuple[Contribution, ...]]:
            manager = load_hooks(candidate)
            with loading_step("hooks"):
                return manager, collect(manager)

        with loading_step("import"):
            try:
                return Watch(candidate.id, self._patience.loading).run(declare)
            except Hung as error:
                raise PluginImportError(f"It hangs while it is loaded: {error}.") from error

    def _stop(
        self, plugin: _Plugin, status: Status, problem: str = "", details: str = "", *, step: FailedStep = ""
    ) -> None:
        plugin.manager, plugin.contributions, plugin.is_waiting = None, (), plugin.is_waiting and status == "refused"
        plugin.state = replace(plugin.state, status=status, problem=problem, failed_step=step, details=details, adds=())
        if problem:
            _log.warning("Plugin %s is %s: %s", plugin.state.id, status, problem)
        self._stop_dependents()
        self._publish()

    def _owners(self, newcomer: _Plugin) -> dict[tuple[Kind, str], str]:
        return {
            contribution.key: plugin.state.name
            for plugin in self._plugins
            if plugin is not newcomer
            for contribution in plugin.contributions
        }

    def _publish(self) -> None:
        specs: dict[tuple[Kind, str], Spec] = {}
        with self._lock:
            for plugin in self._plugins:
                guard = self._guard(plugin)
                for contribution in plugin.contributions:
                    specs[contribution.key] = guarded(contribution, guard)
            self._specs = MappingProxyType(specs)

    def _published(self) -> Mapping[tuple[Kind, str], Spec]:
        return self._specs

    def _find(self, plugin_id: str) -> _Plugin:
        for plugin in self._plugins:
            if plugin.state.id == plugin_id:
                return plugin
        known = ", ".join(plugin.state.id for plugin in self._plugins) or "none"
        raise PluginError(f"There is no plugin {plugin_id!r}.", f"Known are: {known}.")

    def _notify(self, hook: str, arguments: dict[str, Any]) -> None:
        with self._lock:
            listeners = [plugin for plugin in self._plugins if _listens(plugin, hook)]
        for plugin in listeners:
            self._tell(plugin, hook, arguments)

    def _tell(self, plugin: _Plugin, hook: str, arguments: dict[str, Any]) -> None:
        manager = plugin.manager
        if manager is None:
            return
        try:
            settings = self._settings_of(plugin.state.id)
            told = with_settings(settings, lambda: getattr(manager.hook, hook)(**arguments))
            Watch(hook, self._patience.without_cancel).run(told)
        except Hung as error:
            self._quarantine(plugin)(hook, error)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin may raise anything
            self._counter(plugin)(hook, error)
        else:
            self._forgiver(plugin)(hook)

    def _guard(self, plugin: _Plugin) -> Guard:
        return Guard(
            plugin_name=plugin.state.name,
            patience=self._patience,
            failed=self._counter(plugin),
            succeeded=self._forgiver(plugin),
            hung=self._quarantine(plugin),
            settings=lambda: self._settings_of(plugin.state.id),
        )

    def _quarantine(self, plugin: _Plugin) -> Callable[[str, Hung], None]:
        """Stops a plugin at once: another call into it could hang as well."""

        def hung(what: str, error: Hung) -> None:
            with self._lock:
                plugin.state = replace(plugin.state, failures=plugin.state.failures + 1)
                problem = f"It hangs in {what}: {error}. Its thread cannot be ended before Shoreline is closed."
                self._stop(plugin, "failed", problem, step="running")

        return hung

    def _counter(self, plugin: _Plugin) -> Callable[[str, BaseException], None]:
        def failed(what: str, error: BaseException) -> None:
            with self._lock:
                plugin.failures_in_a_row[what] += 1
                count, details = plugin.failures_in_a_row[what], _trace(error)
                plugin.state = replace(plugin.state, failures=plugin.state.failures + 1, details=details)
                _log.warning("Plugin %s failed in %s: %s", plugin.state.id, what, describe(error))
                if count >= QUARANTINE_AFTER and plugin.state.status == "enabled":
                    problem = f"It failed {count} times in a row in {what}, last with {describe(error)}"
                    self._stop(plugin, "failed", problem, details, step="running")

        return failed

    def _forgiver(self, plugin: _Plugin) -> Callable[[str], None]:
        def succeeded(what: str) -> None:
            with self._lock:
                plugin.failures_in_a_row.pop(what, None)

        return succeeded


def _folders(paths: Paths | Iterable[PluginFolder | Path]) -> Sequence[PluginFolder]:
    if isinstance(paths, Paths):
        return (PluginFolder(paths.plugins, "bundled"), PluginFolder(paths.user_plugins, "user"))
    return [path if isinstance(path, PluginFolder) else PluginFolder(path) for path in paths]


def _first_state(candidate: Candidate) -> PluginState:
    manifest = candidate.manifest
    return PluginState(
        id=candidate.id,
        name=manifest.name if manifest else candidate.id,
        version=manifest.version if manifest else "",
        author=manifest.author if manifest else "",
        description=manifest.description if manifest else "",
        uses=manifest.uses if manifest else (),
        needs=manifest.needs if manifest else (),
        permissions=manifest.permissions if manifest else (),
        path=candidate.path,
        source=candidate.source,
        status="disabled",
    )


def _listens(plugin: _Plugin, hook: str) -> bool:
    return plugin.manager is not None and bool(getattr(plugin.manager.hook, hook).get_hookimpls())


def _trace(error: BaseException | None) -> str:
    return "" if error is None else "".join(traceback.format_exception(error))
