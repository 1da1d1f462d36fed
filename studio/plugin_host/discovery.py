"""Where plugins are: folders with a plugin.toml, and installed packages with an entry point."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Literal

from studio.api import API_VERSION
from studio.errors import PluginError
from studio.plugin_host.manifest import MANIFEST_NAME, PluginManifest, read_manifest

ENTRY_POINT_GROUP = "shoreline.plugins"
TEMPLATE = "template"
WHEEL_REQUIRES = ".requires"
"""A file in the folder of a plugin that came in a wheel, one requirement a line; packages never bring hidden files."""
_MAX_REQUIRES_BYTES = 64 * 1024
"""The bundled folder that new plugins are copied from; it is not loaded."""

Source = Literal["bundled", "user", "entry point"]


@dataclass(frozen=True)
class PluginFolder:
    """A folder that holds one folder a plugin. It need not exist."""

    path: Path
    source: Source = "user"


@dataclass(frozen=True, eq=False)
class Candidate:
    """A plugin that was found but not imported. Without a ``manifest`` there is a ``problem``."""

    id: str
    source: Source
    path: Path | None = None
    entry_point: EntryPoint | None = None
    manifest: PluginManifest | None = None
    problem: PluginError | None = None


def found_candidates(
    folders: Iterable[PluginFolder], *, entry_points: bool, loaded: Callable[[], object]
) -> Iterator[Candidate]:
    """Every plugin in its turn; when the next is asked for, the one before has been loaded.

    ``loaded`` is called after the bundled ones, and after each that was imported later.
    """
    for folder in folders:
        for candidate in candidates_in(folder):
            yield candidate
            if folder.source != "bundled":
                loaded()
        loaded()
    if entry_points:
        yield from installed_candidates()
        loaded()


def candidates_in(folder: PluginFolder) -> Iterator[Candidate]:
    """Every direct subfolder with a plugin.toml, by name.

    Folders that start with "." or "_" are skipped, and so is the template for new plugins that ships.
    """
    try:
        found = sorted(path for path in folder.path.iterdir() if path.name[0] not in "._" and path.is_dir())
    except OSError:
        return
    for path in found:
        is_template = folder.source == "bundled" and path.name == TEMPLATE
        if _may_be_plugin(path) and not is_template:
            yield candidate_at(path, folder.source)


def _may_be_plugin(path: Path) -> bool:
    """Whether there is a manifest; also where that cannot be found out, which reading it will tell."""
    try:
        return (path / MANIFEST_NAME).exists()
    except OSError:
        return True


def read_again(candidate: Candidate) -> Candidate:
    """The same plugin with its manifest as it is now."""
    return candidate if candidate.path is None else candidate_at(candidate.path, candidate.source)


def installed_candidates() -> Iterator[Candidate]:
    """Plugins that installed packages announce in the entry point group ``shoreline.plugins``.

    The entry point's name is the plugin's id, its value the module. The module may set
    ``SHORELINE_API_VERSION``; the distribution gives name, version and author.
    """
    for entry in sorted(importlib.metadata.entry_points(group=ENTRY_POINT_GROUP), key=lambda entry: entry.name):
        try:
            manifest = _manifest_of(entry)
        except Exception as error:  # noqa: BLE001 - another package's metadata may be damaged in any way
            problem = PluginError(
                "The metadata of its package cannot be read: {reason}.", "Install the package again.", reason=error
            )
            yield Candidate(id=entry.name, source="entry point", entry_point=entry, problem=problem)
        else:
            yield Candidate(id=entry.name, source="entry point", entry_point=entry, manifest=manifest)


def candidate_at(path: Path, source: Source = "user") -> Candidate:
    """The plugin in one folder."""
    try:
        manifest = read_manifest(path / MANIFEST_NAME)
        more = requires_of_wheel(path)
    except PluginError as error:
        return Candidate(id=path.name, source=source, path=path, problem=error)
    manifest = manifest.model_copy(update={"requires": (*manifest.requires, *more)}) if more else manifest
    return Candidate(id=manifest.id, source=source, path=path, manifest=manifest)


def requires_of_wheel(folder: Path) -> tuple[str, ...]:
    """What the wheel that a plugin was unpacked from asked for beside its manifest."""
    try:
        with (folder / WHEEL_REQUIRES).open("rb") as stream:
            text = stream.read(_MAX_REQUIRES_BYTES).decode("utf-8", "replace")
    except OSError:
        return ()
    return tuple(line for line in text.splitlines() if line)


def _manifest_of(entry: EntryPoint) -> PluginManifest:
    about = entry.dist.metadata.json if entry.dist is not None else {}
    return PluginManifest.model_construct(
        id=entry.name,
        name=str(about.get("name", entry.name)),
        version=str(about.get("version", "")),
        api_version=API_VERSION,
        author=str(about.get("author", "")),
        description=str(about.get("summary", "")),
        module=entry.module,
    )
