"""Importing a plugin and checking that its hooks are the ones that `studio.api.hooks` specifies."""

from __future__ import annotations

import difflib
import importlib.util
import inspect
import sys
import threading
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any, Final, cast

import pluggy

from studio.api import API_VERSION, hooks
from studio.errors import PluginError
from studio.message import Message
from studio.plugin_host.discovery import Candidate
from studio.plugin_host.failures import LoadError, loading_step
from studio.plugin_host.manifest import PluginManifest, check_api_version
from studio.plugin_host.requirements import missing_libraries, missing_text

HOOK_PREFIX = "shoreline_"
HOOK_NAMES = tuple(name for name in vars(hooks) if name.startswith(HOOK_PREFIX))
_IMPLEMENTATION_MARK = f"{hooks.PROJECT_NAME}_impl"
_MARK: Final[dict[str, Any]] = vars(hooks.hookimpl(lambda: None))[_IMPLEMENTATION_MARK]
"""What `hookimpl` writes on a function: switches, and a name that may be left out."""


def load_hooks(candidate: Candidate) -> pluggy.PluginManager:
    """Import a plugin and register its hooks in a manager of its own.

    One manager a plugin keeps a failing hook away from the others. Raises `LoadError` when the import raised, the
    plugin breaks a rule, or something that it needs is not there.
    """
    with loading_step("manifest", "Its manifest could not be checked"):
        manifest = candidate.manifest
        if manifest is None:
            raise candidate.problem or PluginError("There is no manifest.")
        check_api_version(manifest)
        missing = missing_libraries(manifest.requires)
        if missing:
            way_out = Message(
                "Install it in the window of plugins, or with `shoreline plugins libraries {plugin}`."
                if len(missing) == 1
                else "Install them in the window of plugins, or with `shoreline plugins libraries {plugin}`.",
                plugin=manifest.id,
            )
            raise LoadError(missing_text(missing), way_out, step="manifest", missing=missing)
    try:
        with loading_step("import", "It could not be imported"):
            module = _imported_without_torch(candidate, manifest)
            _check_entry_point_version(module)
        with loading_step("hooks", "Its hooks could not be read"):
            return _registered(manifest.id, module)
    except LoadError:
        unload(candidate.id)
        raise


def module_name(plugin_id: str) -> str:
    """The name in ``sys.modules`` of a folder plugin, apart from every other module and from ``a_b`` for ``a-b``."""
    return f"shoreline_plugin_{plugin_id}"


def unload(plugin_id: str) -> None:
    """Forget a folder plugin's modules, so that enabling it again reads its files again."""
    name = module_name(plugin_id)
    for loaded in list(sys.modules):
        if isinstance(loaded, str) and (loaded == name or loaded.startswith(name + ".")):
            sys.modules.pop(loaded, None)


class _TorchLookup(MetaPathFinder):
    """Notes which threads look for torch: the worker may import it for itself while a plugin is loaded."""

    def __init__(self) -> None:
        self.threads: set[int] = set()

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        if fullname == "torch":
            self.threads.add(threading.get_ident())


def _imported_without_torch(candidate: Candidate, manifest: PluginManifest) -> ModuleType:
    torch_was_loaded = "torch" in sys.modules
    lookup = _TorchLookup()
    # New lists: another thread may be going through the finders, and would leave one out if the list became shorter.
    sys.meta_path = [lookup, *sys.meta_path]
    try:
        module = _imported(candidate, manifest)
    finally:
        sys.meta_path = [finder for finder in sys.meta_path if finder is not lookup]
    is_its_own = not lookup.threads or threading.get_ident() in lookup.threads
    if not torch_was_loaded and "torch" in sys.modules and is_its_own:
        raise PluginError(
            "It imports torch while it is loaded, which would delay every start by seconds.",
            "Import torch and diffusers inside the functions that use them.",
        )
    return module


def _imported(candidate: Candidate, manifest: PluginManifest) -> ModuleType:
    if candidate.path is not None:
        return _import_file(candidate.path, manifest)
    assert candidate.entry_point is not None
    loaded = candidate.entry_point.load()
    if not issubclass(type(loaded), ModuleType):
        raise PluginError(
            "The entry point {candidate} is not a module.", "Let it name a module.", candidate=candidate.id
        )
    return cast("ModuleType", loaded)


def _import_file(folder: Path, manifest: PluginManifest) -> ModuleType:
    file = folder / f"{manifest.module}.py"
    if not file.is_file():
        raise PluginError(
            "{file} is missing.", "The key module in plugin.toml names a Python file without .py.", file=file
        )
    name = module_name(manifest.id)
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise PluginError("{file} cannot be imported.", file=file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _check_entry_point_version(module: ModuleType) -> None:
    version = getattr(module, "SHORELINE_API_VERSION", API_VERSION)
    if version != API_VERSION:
        raise PluginError(
            "It was written for plugin API {version}; this Shoreline offers {api_version}.",
            version=version,
            api_version=API_VERSION,
        )


def _registered(plugin_id: str, module: ModuleType) -> pluggy.PluginManager:
    implementations: dict[str, FunctionType] = {}
    for name, function in _own_functions(module):
        options = vars(function).get(_IMPLEMENTATION_MARK)
        if options is not None:
            _check_function(name, function, _checked_mark(name, options))
            implementations[name] = function
        elif name.startswith(HOOK_PREFIX):
            _hook_called(name)
            raise PluginError("{name} is not marked as a hook.", "Put @hookimpl above it.", name=name)
    if not implementations:
        raise PluginError(
            "It implements no hook.", "Mark a function with @hookimpl; hooks are {names}.", names=", ".join(HOOK_NAMES)
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
    for name, value in list(vars(module).items()):
        if type(value) is FunctionType and value.__module__ == module.__name__:
            yield name, value


def _checked_mark(name: str, options: object) -> dict[str, Any]:
    """What `hookimpl` leaves on a function; anything else under that name was not made by it."""
    if type(options) is not dict or options.keys() != _MARK.keys() or not all(map(_is_option, options.values())):
        raise PluginError(
            "{name} is marked as a hook in a wrong way.", "Put @hookimpl above it, and nothing else.", name=name
        )
    return cast("dict[str, Any]", options)


def _is_option(value: object) -> bool:
    return type(value) in (bool, str, type(None))


def _check_function(name: str, function: FunctionType, options: dict[str, Any]) -> None:
    hook = options["specname"] or name
    _hook_called(hook)
    if options["wrapper"] or options["hookwrapper"]:
        raise PluginError(
            "{name} is a hook wrapper, which Shoreline does not call.", "Use a plain @hookimpl.", name=name
        )
    _check_signature(name, function, hook)


def _hook_called(hook: str) -> None:
    if hook not in HOOK_NAMES:
        near = difflib.get_close_matches(hook, HOOK_NAMES, n=1, cutoff=0.5)
        raise PluginError(
            "There is no hook {hook}.",
            "Did you mean {near}?" if near else "Hooks are {names}.",
            hook=hook,
            near="".join(near),
            names=", ".join(HOOK_NAMES),
        )


def _check_signature(name: str, function: FunctionType, hook: str) -> None:
    specified = tuple(inspect.signature(getattr(hooks, hook)).parameters)
    for parameter in inspect.signature(function).parameters.values():
        positional = parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        named_and_required = parameter.default is parameter.empty and (
            positional or parameter.kind is parameter.KEYWORD_ONLY
        )
        if named_and_required and (parameter.name not in specified or not positional):
            raise PluginError(
                "{name} has the argument {parameter!r}; {hook} takes ({names}).",
                name=name,
                parameter=parameter.name,
                hook=hook,
                names=", ".join(specified),
            )
