"""Trying a plugin out before anybody uses it: its manifest, source, import, hooks, parameters and a dry run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from studio.api import GenerationRequest, GenerationResult, GenerationSettings
from studio.api.parameters import Parameter
from studio.document import new_document
from studio.errors import Cancelled, PluginError, ShorelineError
from studio.plugin_host.failures import Raised
from studio.plugin_host.host import PluginHost
from studio.plugin_host.manifest import MANIFEST_NAME, PluginManifest, read_manifest
from studio.plugin_host.packages import opened_package
from studio.plugin_host.states import PluginState
from studio.plugin_host.watch import Hung, Watch
from studio.text.exceptions import traceback_text

Severity = Literal["good", "warning", "error"]
Step = Literal["manifest", "source", "import", "hooks", "parameters", "dry run"]

_TRIAL_SECONDS: Final = 900.0
"""More than a scheduler's factory may take; its guard gives the others up long before."""
_HEAVY: Final = ("torch", "diffusers", "transformers", "cv2", "scipy", "PIL")
_TELLTALE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "network": ("socket", "ssl", "urllib", "http", "requests", "httpx", "aiohttp", "huggingface_hub"),
        "programs": ("subprocess", "multiprocessing", "ctypes"),
        "files": ("pathlib", "shutil", "tempfile", "sqlite3", "glob"),
    }
)
"""Modules by which a plugin is seen to touch what it should ask for."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at. ``details`` is a traceback, or empty."""

    severity: Severity
    step: Step
    message: str
    advice: str = ""
    details: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckReport:
    """All findings about one plugin, in the order of looking."""

    path: Path
    plugin_id: str
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        return _any_error(self.findings)


def check_plugin(folder: Path, host: PluginHost) -> CheckReport:
    """Look at the plugin in ``folder`` beside those of ``host``, and run each of its functions once.

    Whatever the plugin does becomes a finding; nothing is raised. ``host`` is changed: a plugin of the user's with
    this id makes room for the one that is checked. Later steps are left out once one has an error.
    """
    plugin_id = folder.name
    findings: list[Finding] = []
    try:
        manifest = read_manifest(folder / MANIFEST_NAME)
        plugin_id = manifest.id
        _make_room(manifest, host)
        with opened_package(folder):
            findings.extend(_of_manifest(manifest))
    except ShorelineError as error:
        findings.append(_error("manifest", error))
    else:
        findings.extend(_of_source(folder, manifest))
        if not _any_error(findings):
            findings.extend(_of_running(host.add(folder), host))
    return CheckReport(path=folder, plugin_id=plugin_id, findings=tuple(findings))


def _make_room(manifest: PluginManifest, host: PluginHost) -> None:
    for state in host.states():
        if state.id == manifest.id and state.source != "user":
            raise PluginError(
                "There is a plugin with the id {manifest} already.", "Give yours another id.", manifest=manifest.id
            )
        if state.id == manifest.id:
            host.forget(manifest.id)


# --- manifest and source --------------------------------------------------------------------------


def _of_manifest(manifest: PluginManifest) -> Iterator[Finding]:
    yield _good("manifest", f"{manifest.id} {manifest.version}, for plugin API {manifest.api_version}.")
    for key in ("author", "description"):
        if not getattr(manifest, key):
            yield _warning("manifest", f"{key} is missing.", "People want to know before they install it.")


def _of_source(folder: Path, manifest: PluginManifest) -> Iterator[Finding]:
    imports: list[_Import] = []
    for path in sorted(folder.rglob("*.py")):
        if path.name.startswith("test_") or path.name == "conftest.py":
            continue
        try:
            imports.extend(_imports(path, folder))
        except (SyntaxError, ValueError, OSError) as error:
            name = path.relative_to(folder)
            yield Finding(severity="error", step="source", message=f"{name} cannot be read as Python: {error}.")
            return
    problems = [*_foreign_imports(imports), *_early_imports(imports), *_undeclared(imports, manifest)]
    yield from problems
    if not problems:
        yield _good("source", "It imports nothing of Shoreline but studio.api, and nothing heavy at the top.")


@dataclass(frozen=True)
class _Import:
    """``module`` in ``place`` ("plugin.py:3"); ``is_early`` when it is imported as soon as the file is."""

    module: str
    place: str
    is_early: bool

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


def _imports(path: Path, folder: Path) -> Iterator[_Import]:
    tree = ast.parse(path.read_bytes())
    late = {id(inner) for node in ast.walk(tree) if _is_late(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for name in _imported_names(node):
            yield _Import(name, f"{path.relative_to(folder).as_posix()}:{node.lineno}", id(node) not in late)


def _imported_names(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if node.level or node.module is None:
        return []
    return [f"studio.{alias.name}" for alias in node.names] if node.module == "studio" else [node.module]


def _is_late(node: ast.AST) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return True
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")


def _foreign_imports(imports: list[_Import]) -> Iterator[Finding]:
    for item in imports:
        if item.top == "studio" and not f"{item.module}.".startswith("studio.api."):
            yield Finding(
                severity="error",
                step="source",
                message=f"{item.place} imports {item.module}.",
                advice="Import from studio.api only: everything else may change at any time.",
            )


def _early_imports(imports: list[_Import]) -> Iterator[Finding]:
    for item in imports:
        if item.top in _HEAVY and item.is_early:
            yield _warning(
                "source",
                f"{item.place} imports {item.module} at the top, which delays every start.",
                "Import it inside the functions that use it.",
            )


def _undeclared(imports: list[_Import], manifest: PluginManifest) -> Iterator[Finding]:
    tops = {item.top: item.place for item in reversed(imports)}
    if "torch" not in manifest.uses:
        for name in ("torch", "diffusers"):
            if name in tops:
                yield _warning("source", f"{tops[name]} imports {name}.", 'Write uses = ["torch"] into plugin.toml.')
    for permission, modules in _TELLTALE.items():
        used = next((name for name in modules if name in tops), None)
        if used is not None and permission not in manifest.permissions:
            yield _warning(
                "source",
                f"{tops[used]} imports {used}, and the manifest does not ask for {permission!r}.",
                f'Write permissions = ["{permission}"] into plugin.toml, if it is meant.',
            )


# --- loading and running --------------------------------------------------------------------------


def _of_running(state: PluginState, host: PluginHost) -> Iterator[Finding]:
    if state.status != "enabled":
        step: Step = "dry run" if state.failed_step == "running" else state.failed_step or "hooks"
        yield Finding(severity="error", step=step, message=state.problem, details=state.details)
        return
    yield _good("import", "It is loaded.")
    yield _good("hooks", f"It adds: {', '.join(state.adds)}." if state.adds else "It listens to events.")
    for label in state.adds:
        added = host.contributions()[label]
        yield from _of_parameters(label, getattr(added.spec, "parameters", ()))
        yield _tried(label, partial(added.kind.trial, added.spec))
    yield from _of_events(host.state(state.id), host)


def _of_parameters(label: str, parameters: tuple[Parameter, ...]) -> Iterator[Finding]:
    if not parameters:
        return
    yield _good("parameters", f"{label}: {', '.join(parameter.id for parameter in parameters)}.")
    for parameter in parameters:
        if not parameter.label.strip():
            yield _warning("parameters", f"{label}: {parameter.id} has no label.", "The form shows nothing beside it.")
        lowest, highest = getattr(parameter, "minimum", 0), getattr(parameter, "maximum", 1)
        if lowest >= highest:
            yield _warning(
                "parameters", f"{label}: {parameter.id} can only be {lowest}.", "Give a maximum above the minimum."
            )


def _tried(label: str, trial: Callable[[], str]) -> Finding:
    """Whether a callable does its work once; ``trial`` returns a remark, or nothing if all is well."""
    try:
        remark = Watch(label, _TRIAL_SECONDS).run(trial)
    except Cancelled:
        return Finding(severity="error", step="dry run", message=f"{label}: it raised Cancelled though nobody asked.")
    except Hung as error:
        return Finding(severity="error", step="dry run", message=f"{label}: it hangs: {error}.")
    except ShorelineError as error:
        return _error("dry run", error)
    except Raised as error:
        message = f"{label}: what it returned cannot be used: {error}."
        return Finding(severity="error", step="dry run", message=message, details=error.details)
    if remark:
        return _warning("dry run", f"{label}: {remark}")
    return _good("dry run", f"{label}: it works.")


def _of_events(state: PluginState, host: PluginHost) -> Iterator[Finding]:
    request = GenerationRequest(settings=GenerationSettings(prompt="a beach"), document=new_document(8, 8))
    host.notify_started(request)
    host.notify_finished(GenerationResult(request=request, images=(), timings={"total": 1.0}))
    host.notify_opened(request.document, Path("picture.png"))
    host.notify_saved(request.document, Path("picture.png"))
    after = host.state(state.id)
    if after.failures > state.failures:
        message = "It raised an exception in an event." if after.status == "enabled" else after.problem
        yield Finding(severity="error", step="dry run", message=message, details=after.details)


# --- findings -------------------------------------------------------------------------------------


def _good(step: Step, message: str) -> Finding:
    return Finding(severity="good", step=step, message=message)


def _warning(step: Step, message: str, advice: str = "") -> Finding:
    return Finding(severity="warning", step=step, message=message, advice=advice)


def _error(step: Step, error: ShorelineError) -> Finding:
    cause = error.__cause__ if step == "dry run" else None
    details = cause.details if isinstance(cause, Raised) else "" if cause is None else traceback_text(cause)
    return Finding(severity="error", step=step, message=error.message, advice=error.advice, details=details)


def _any_error(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)
