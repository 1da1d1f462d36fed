"""Importing a plugin and checking that its hooks are the ones that `studio.api.hooks` specifies."""

from __future__ import annotations

import difflib
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Literal

import pluggy

from studio.api import API_VERSION, hooks
from studio.errors import PluginError
from studio.plugin_host.discovery import Candidate
from studio.plugin_host.manifest import PluginManifest, check_api_version, check_requirements

HOOK_PREFIX = "shoreline_"
HOOK_NAMES = tuple(name for name in vars(hooks) if name.startswith(HOOK_PREFIX))
_IMPLEMENTATION_MARK = f"{hooks.PROJECT_NAME}_impl"


LoadStep = Literal["manifest", "import", "hooks"]
"""What is done with a plugin one after the other; each may go wrong."""


class LoadError(PluginError):
    """A plugin that cannot be loaded: at which ``step``; ``has_raised`` if it is its own exception (``__cause__``)."""

    def __init__(self, problem: PluginError, step: LoadStep, *, has_raised: bool = False) -> None:
        super().__init__(problem.message, problem.advice)
        self.step = step
        self.has_raised = has_raised


@contextmanager
def loading_step(step: LoadStep) -> Iterator[None]:
    """Whatever `PluginError` comes out of here says that it was this step."""
    try:
        yield
    except LoadError:
        raise
    except PluginError as error:
        raise LoadError(error, step, has_raised=isinstance(error, PluginImportError)) from error.__cause__


class PluginImportError(PluginError):
    """A plugin raised, or hangs, while it was loaded; the original is its ``__cause__``."""


def load_hooks(candidate: Candidate) -> pluggy.PluginManager:
    """Import a plugin and register its hooks in a manager of its own.

    One manager a plugin keeps a failing hook away from the others. Raises `LoadError` when the import raised or the
    plugin breaks a rule.
    """
    with loading_step("manifest"):
        manifest = candidate.manifest
        if manifest is None:
            raise candidate.problem or PluginError("There is no manifest.")
        check_api_version(manifest)
        check_requirements(manifest.requires)
    try:
        with loading_step("import"):
            module = _imported_without_torch(candidate, manifest)
            _check_entry_point_version(module)
        with loading_step("hooks"):
            return _registered(manifest.id, module)
    except PluginError:
        unload(candidate.id)
        raise


def module_name(plugin_id: str) -> str:
    """The name in ``sys.modules`` of a folder plugin, apart from every other module."""
    return "shoreline_plugin_" + plugin_id.replace("-", "_")


def unload(plugin_id: str) -> None:
    """Forget a folder plugin's modules, so that enabling it again reads its files again."""
    name = module_name(plugin_id)
    for loaded in [key for key in sys.modules if key == name or key.startswith(name + ".")]:
        del sys.modules[loaded]


def _imported_without_torch(candidate: Candidate, manifest: PluginManifest) -> ModuleType:
    torch_was_loaded = "torch" in sys.modules
    module = _imported(candidate, manifest)
    if not torch_was_loaded and "torch" in sys.modules:
        raise PluginError(
            "It imports torch while it is loaded, which would delay every start by seconds.",
            "Import torch and diffusers inside the functions that use them.",
        )
    return module


def _imported(candidate: Candidate, manifest: PluginManifest) -> ModuleType:
    try:
        if candidate.entry_point is not None:
            loaded = candidate.entry_point.load()
            if not isinstance(loaded, ModuleType):
                raise PluginError(f"The entry point {candidate.id} is not a module.", "Let it name a module.")
            return loaded
        assert candidate.path is not None
        return _import_file(candidate.path, manifest)
    except PluginError:
        raise
    except (Exception, SystemExit) as error:
        raise PluginImportError(f"It could not be imported: {describe(error)}") from error


def _import_file(folder: Path, manifest: PluginManifest) -> ModuleType:
    file = folder / f"{manifest.module}.py"
    if not file.is_file():
        raise PluginError(f"{file} is missing.", "The key module in plugin.toml names a Python file without .py.")
    name = module_name(manifest.id)
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise PluginError(f"{file} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _check_entry_point_version(module: ModuleType) -> None:
    version = getattr(module, "SHORELINE_API_VERSION", API_VERSION)
    if version != API_VERSION:
        raise PluginError(f"It was written for plugin API {version}; this Shoreline offers {API_VERSION}.")


def _registered(plugin_id: str, module: ModuleType) -> pluggy.PluginManager:
    implementations: dict[str, FunctionType] = {}
    for name, function in _own_functions(module):
        _check_function(name, function)
        if hasattr(function, _IMPLEMENTATION_MARK):
            implementations[name] = function
    if not implementations:
        raise PluginError(
            "It implements no hook.", f"Mark a function with @hookimpl; hooks are {', '.join(HOOK_NAMES)}."
        )
    manager = pluggy.PluginManager(hooks.PROJECT_NAME)
    manager.add_hookspecs(hooks)
    try:
        # Not the whole module: pluggy looks at every attribute of what it is given, imported names too.
        manager.register(SimpleNamespace(**implementations), name=plugin_id)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise PluginError(str(error)) from error
    return manager


def _own_functions(module: ModuleType) -> Iterator[tuple[str, FunctionType]]:
    for name, value in vars(module).items():
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield name, value


def _check_function(name: str, function: FunctionType) -> None:
    options = getattr(function, _IMPLEMENTATION_MARK, None)
    if options is None and not name.startswith(HOOK_PREFIX):
        return
    hook = (options or {}).get("specname") or name
    if hook not in HOOK_NAMES:
        near = difflib.get_close_matches(hook, HOOK_NAMES, n=1, cutoff=0.5)
        advice = f"Did you mean {near[0]}?" if near else f"Hooks are {', '.join(HOOK_NAMES)}."
        raise PluginError(f"There is no hook {hook}.", advice)
    if options is None:
        raise PluginError(f"{name} is not marked as a hook.", "Put @hookimpl above it.")
    if options["wrapper"] or options["hookwrapper"]:
        raise PluginError(f"{name} is a hook wrapper, which Shoreline does not call.", "Use a plain @hookimpl.")
    _check_signature(name, function, hook)


def _check_signature(name: str, function: FunctionType, hook: str) -> None:
    specified = tuple(inspect.signature(getattr(hooks, hook)).parameters)
    for parameter in inspect.signature(function).parameters.values():
        positional = parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        named_and_required = parameter.default is parameter.empty and (
            positional or parameter.kind is parameter.KEYWORD_ONLY
        )
        if named_and_required and (parameter.name not in specified or not positional):
            raise PluginError(f"{name} has the argument {parameter.name!r}; {hook} takes ({', '.join(specified)}).")


def describe(error: BaseException) -> str:
    """One line: the exception's type and first line of text."""
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
