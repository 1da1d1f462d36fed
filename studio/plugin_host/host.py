"""The plugin host: loads every plugin apart from the others and outlives their failures."""

from __future__ import annotations

import logging
import os
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pluggy

from studio.api import Document, GenerationRequest, GenerationResult, SettingsPageSpec
from studio.api.parameters import fitting_values
from studio.api.picture_models import FindModel, nowhere
from studio.errors import Cancelled, EngineMissingError, PluginError, SettingError, ShorelineError
from studio.message import Message
from studio.paths import Paths
from studio.plugin_host.contributions import Contribution, collect, unique
from studio.plugin_host.discovery import (
    Candidate,
    PluginFolder,
    candidate_at,
    found_candidates,
    read_again,
)
from studio.plugin_host.failures import LoadError, Raised
from studio.plugin_host.guards import Guard, guarded, with_settings
from studio.plugin_host.loading import load_hooks, unload
from studio.plugin_host.manifest import check_needs
from studio.plugin_host.offers import Offers
from studio.plugin_host.refusals import Refusals
from studio.plugin_host.states import FailedStep, PluginState, Status, first_state
from studio.plugin_host.watch import Hung, Patience, Watch
from studio.text.exceptions import describe, traceback_text

QUARANTINE_AFTER = 3
"""Failures in a row, of the same callable, after which a plugin is stopped."""

_REFUSALS = "plugin-refusals"

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Plugin:
    candidate: Candidate
    state: PluginState
    manager: pluggy.PluginManager | None = None
    contributions: tuple[Contribution, ...] = ()
    is_waiting: bool = False
    failures_in_a_row: Counter[str] = field(default_factory=Counter)


class PluginHost(Offers):
    """All plugins and what they add.

    Everything may be called from any thread. What loads or ends plugins waits for each other, so that it takes as long
    as the plugin that one of them imports; the rest answers at once.
    """

    def __init__(
        self,
        patience: Patience | None = None,
        stored_settings: Callable[[], Mapping[str, Any]] = dict,
        refusals: Refusals | None = None,
        find_model: FindModel = nowhere,
    ) -> None:
        super().__init__()
        self._patience = patience or Patience()
        self._stored_settings = stored_settings
        self._refusals = refusals or Refusals(None)
        self._find_model = find_model
        self._plugins: list[_Plugin] = []
        self._loading = threading.RLock()
        self._lock = threading.RLock()
        self._is_loaded = threading.Event()
        self._is_loaded.set()

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
        """Find and load all plugins, and return when that is done; see `for_paths` and `load_all`."""
        if isinstance(paths, Paths):
            host = cls.for_paths(paths, patience=patience, stored_settings=stored_settings)
        else:
            host = cls(patience, stored_settings)
        host.load_all(paths, entry_points=entry_points, disabled=disabled)
        return host

    @classmethod
    def for_paths(
        cls,
        paths: Paths,
        *,
        patience: Patience | None = None,
        stored_settings: Callable[[], Mapping[str, Any]] = dict,
        find_model: FindModel = nowhere,
    ) -> PluginHost:
        """A host without plugins yet, which remembers in the user's folder those that could not be imported.

        ``patience`` says how long a plugin may take. Asked on any thread: ``stored_settings``, plugin id to page id to
        values, and ``find_model``, see `studio.api.picture_model`.
        """
        host = cls(patience, stored_settings, Refusals(paths.data / _REFUSALS), find_model)
        host._is_loaded.clear()
        return host

    def load_all(
        self,
        paths: Paths | Iterable[PluginFolder | Path],
        *,
        entry_points: bool = True,
        disabled: frozenset[str] = frozenset(),
        loaded: Callable[[], object] = lambda: None,
    ) -> None:
        """Find and load all plugins: bundled ones, then the user's, then installed packages'.

        ``paths`` may also be folders of plugins (a plain path counts as the user's). ``disabled`` ids are
        found but not imported. ``loaded`` is called after the bundled ones, and after each that was imported later.
        Nothing a plugin does is raised here: see `states`.
        """
        with self._loading:
            try:
                for candidate in found_candidates(_folders(paths), entry_points=entry_points, loaded=loaded):
                    self._add(candidate, disabled=candidate.id in disabled)
            finally:
                self._is_loaded.set()

    def wait_until_loaded(self, seconds: float) -> bool:
        """Whether no plugin is still to be loaded, now or within so long."""
        return self._is_loaded.wait(seconds)

    def end(self) -> None:
        """The program ends: a plugin that is being imported is not taken for one that ended it."""
        self._refusals.end()

    def states(self) -> tuple[PluginState, ...]:
        """Every plugin found, in the order of loading."""
        with self._lock:
            return tuple(plugin.state for plugin in self._plugins)

    def state(self, plugin_id: str) -> PluginState:
        """The state of one plugin; `PluginError` if there is none with this id."""
        with self._lock:
            return self._find(plugin_id).state

    def page_values(self, plugin_id: str, page: SettingsPageSpec) -> tuple[dict[str, Any], tuple[SettingError, ...]]:
        """The stored values of a page, with the default where one does not fit, and what does not fit."""
        stored = self._settings_of(plugin_id).get(page.id, {})
        return fitting_values(page.parameters, stored if isinstance(stored, Mapping) else {})

    def _settings_of(self, plugin_id: str) -> Mapping[str, Any]:
        stored = self._stored_settings().get(plugin_id)
        return stored if isinstance(stored, Mapping) else {}

    def enable(self, plugin_id: str) -> PluginState:
        """Load a plugin (again): its files are read afresh and its failures forgotten, those of earlier runs too.

        Returns the new state, which says why if it could not be enabled.
        """
        with self._loading:
            plugin = self._find(plugin_id)
            if plugin.state.status != "enabled":
                plugin.candidate = read_again(plugin.candidate)
                plugin.failures_in_a_row.clear()
                self._refusals.forget(plugin.candidate)
                self._start(plugin, disabled=False)
                self._start_waiting()
            return plugin.state

    def disable(self, plugin_id: str) -> PluginState:
        """Take away what a plugin adds, until it is enabled. A job that runs in it runs to its end."""
        with self._loading:
            plugin = self._find(plugin_id)
            self._stop(plugin, "disabled")
            if plugin.candidate.path is not None:
                unload(plugin_id)
            return plugin.state

    def add(self, folder: Path) -> PluginState:
        """Load one more plugin of the user's, from its folder, whatever it did before. Returns how it stands."""
        with self._loading:
            candidate = candidate_at(folder)
            self._refusals.forget(candidate)
            return self._add(candidate, disabled=False).state

    def forget(self, plugin_id: str) -> None:
        """Take a plugin out of the list with all that it adds; its files stay."""
        with self._loading:
            self.disable(plugin_id)
            plugin = self._find(plugin_id)
            self._refusals.forget(plugin.candidate)
            with self._lock:
                self._plugins.remove(plugin)

    def blame(self, error: BaseException) -> PluginError | None:
        """The error that names the plugin whose code failed while the engine drew with it; ``None`` if none did."""
        plugin = self._author_of(error)
        if plugin is None:
            return None
        return PluginError(
            "The plugin {plugin} failed while the engine drew: {reason}",
            "Choose another scheduler, or switch its guides off.",
            plugin=plugin,
            reason=describe(error),
        )

    def _author_of(self, error: BaseException) -> str | None:
        """The name of the plugin whose file an error came out of last, if any."""
        files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
        folders = [(plugin.state.name, f"{plugin.state.path}{os.sep}") for plugin in list(self._plugins)]
        for file in reversed(files):
            for name, folder in folders:
                if file.startswith(folder):
                    return name
        return None

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
        plugin = _Plugin(candidate, first_state(candidate))
        self._start(plugin, disabled=disabled)
        with self._lock:
            self._plugins.append(plugin)
            self._publish()
        self._start_waiting()
        return plugin

    def _start(self, plugin: _Plugin, *, disabled: bool) -> None:
        candidate = plugin.candidate
        plugin.state = first_state(candidate)
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
        candidate = plugin.candidate
        known = self._refusals.of(candidate)
        if known is not None:
            self._stop(plugin, known.status, known.problem, known.details, step=known.step)
            plugin.state = replace(plugin.state, is_remembered=True)
            return
        try:
            with self._refusals.watching(candidate):
                manager, contributions = self._declared(candidate)
            self._take_over(plugin, manager, contributions)
        except LoadError as error:
            self._stop(plugin, error.status, str(error), error.details, step=error.step)
            plugin.state = replace(plugin.state, missing=error.missing)
            if candidate.path is not None:
                unload(candidate.id)

    def _take_over(
        self, plugin: _Plugin, manager: pluggy.PluginManager, contributions: tuple[Contribution, ...]
    ) -> None:
        with self._lock:
            try:
                unique(self._owners(), contributions)
            except PluginError as error:
                raise LoadError(error.message, error.advice, step="hooks") from error
            guard = self._guard(plugin)
            plugin.manager = manager
            plugin.contributions = tuple(guarded(contribution, guard) for contribution in contributions)
            adds = tuple(contribution.label for contribution in contributions)
            plugin.state = replace(plugin.state, status="enabled", adds=adds)
            self._publish()

    def _needs_are_met(self, plugin: _Plugin) -> bool:
        """Whether the plugins that one needs are enabled; its state says which is not."""
        versions = {state.id: state.version for state in self.states() if state.status == "enabled"}
        try:
            check_needs(plugin.state.needs, versions)
        except PluginError as error:
            plugin.state = replace(plugin.state, status="lacking", problem=str(error), failed_step="manifest")
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
                self._stop(plugin, "lacking", plugin.state.problem, step="manifest")

    def _declared(self, candidate: Candidate) -> tuple[pluggy.PluginManager, tuple[Contribution, ...]]:
        """Import a plugin and ask what it adds, on a thread of its own and no longer than patience lasts."""

        def declare() -> tuple[pluggy.PluginManager, tuple[Contribution, ...]]:
            manager = load_hooks(candidate)
            return manager, collect(manager, candidate.id)

        try:
            return Watch(candidate.id, self._patience.loading).run(declare)
        except Hung as error:
            problem = Message("It hangs while it is loaded: {reason}.", reason=error)
            raise LoadError(problem, step="import", details=str(error), has_raised=True) from error
        except Raised as error:
            problem = Message("It could not be loaded: {reason}", reason=error)
            raise LoadError(problem, step="import", details=error.details, has_raised=True) from error

    def _stop(
        self, plugin: _Plugin, status: Status, problem: str = "", details: str = "", *, step: FailedStep = ""
    ) -> None:
        with self._lock:
            is_waiting = plugin.is_waiting and status == "lacking"
            plugin.manager, plugin.contributions, plugin.is_waiting = None, (), is_waiting
            plugin.state = replace(
                plugin.state, status=status, problem=problem, failed_step=step, details=details, adds=()
            )
            self._stop_dependents()
            self._publish()
        if problem:
            _log.warning("Plugin %s is %s: %s", plugin.state.id, status, problem)

    def _owners(self) -> dict[str, str]:
        """The name of the plugin that adds each label; one that is about to start adds nothing yet."""
        return {item.label: plugin.state.name for plugin in self._plugins for item in plugin.contributions}

    def _publish(self) -> None:
        with self._lock:
            added = (contribution for plugin in self._plugins for contribution in plugin.contributions)
            self._published = MappingProxyType({contribution.label: contribution for contribution in added})

    def _find(self, plugin_id: str) -> _Plugin:
        plugins = list(self._plugins)
        for plugin in plugins:
            if plugin.state.id == plugin_id:
                return plugin
        known = ", ".join(plugin.state.id for plugin in plugins) or "none"
        raise PluginError("There is no plugin {plugin_id!r}.", "Known are: {known}.", plugin_id=plugin_id, known=known)

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
        except Raised as error:
            self._counter(plugin)(hook, error)
        except EngineMissingError as error:
            _log.info("Plugin %s could not be told of %s: %s", plugin.state.id, hook, error)
        except (ShorelineError, Cancelled) as error:
            self._counter(plugin)(hook, Raised(describe(error), traceback_text(error), original=error))
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
            find_model=self._find_model,
        )

    def _quarantine(self, plugin: _Plugin) -> Callable[[str, Hung], None]:
        """Stops a plugin at once: another call into it could hang as well."""

        def hung(what: str, error: Hung) -> None:
            with self._lock:
                plugin.state = replace(plugin.state, failures=plugin.state.failures + 1)
                problem = f"It hangs in {what}: {error}. Its thread cannot be ended before Shoreline is closed."
                self._stop(plugin, "failed", problem, step="running")

        return hung

    def _counter(self, plugin: _Plugin) -> Callable[[str, Raised], None]:
        def failed(what: str, error: Raised) -> None:
            _log.warning("Plugin %s failed in %s: %s", plugin.state.id, what, error)
            with self._lock:
                plugin.failures_in_a_row[what] += 1
                count = plugin.failures_in_a_row[what]
                plugin.state = replace(plugin.state, failures=plugin.state.failures + 1, details=error.details)
                if count >= QUARANTINE_AFTER and plugin.state.status == "enabled":
                    problem = f"It failed {count} times in a row in {what}, last with {error}"
                    self._stop(plugin, "failed", problem, error.details, step="running")

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


def _listens(plugin: _Plugin, hook: str) -> bool:
    return plugin.manager is not None and bool(getattr(plugin.manager.hook, hook).get_hookimpls())
