"""What plugins need beside Shoreline and the engine: one folder, made anew as a whole when that changes.

Every package of the application and of the engine keeps its version: what does not fit them is refused before
anything is fetched, so that no plugin can break the engine. Only wheels are taken, by the hashes that the resolution
found; nothing is built, so nothing of a package runs before a plugin imports it.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from packaging.requirements import InvalidRequirement, Requirement

from studio.errors import EngineMissingError, FileError, PluginError, ShorelineError
from studio.generation import CancelToken
from studio.installation.activation import append_last
from studio.installation.complaints import explained, gist
from studio.installation.installing import EngineProgress, Report
from studio.installation.present import as_constraints, distributions, normalised, of_application, without
from studio.installation.pruning import copy_pruned, loaded_and_changed
from studio.installation.running import run_uv
from studio.installation.standins import write_standins
from studio.installation.store import (
    EXTRAS,
    EXTRAS_CACHE,
    LIBRARIES,
    WANTED,
    EngineStore,
    folder_bytes,
    replace_folder,
    write_json,
)
from studio.installation.uv_tool import for_this_python
from studio.installation.wheel_folder import Wanted, WheelFolder
from studio.system.parts import NEEDED, OPTIONAL
from studio.text.exceptions import reason_for
from studio.text.untrusted import parse_json

_PLAIN: Final = ("--only-binary", ":all:")
_LISTED: Final = ("--no-header", "--no-annotate", "--generate-hashes")
_ENGINE_PARTS: Final = {normalised(name): name for name in (*NEEDED, *OPTIONAL)}
_NOT_THERE: Final = re.compile(r"not found in the|has no wheels|no usable wheels|no matching", re.IGNORECASE)
_ABSENT: Final = re.compile(r"\b([a-z0-9][a-z0-9-]*) was not found in the")
_CONFLICT: Final = re.compile(r"no solution found", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Fetching:
    """How libraries are fetched. ``mirror`` is the address of another index; ``wheels`` a folder, nothing else then."""

    cancel: CancelToken
    report: Report
    mirror: str = ""
    wheels: Path | None = None

    @property
    def index(self) -> tuple[str, ...]:
        if self.wheels is not None:
            return ("--no-index", "--find-links", str(self.wheels))
        return ("--default-index", self.mirror) if self.mirror else ()


class Extras:
    """The folder of packages for plugins below ``engines``. Not for several threads at a time."""

    def __init__(self, engines: Path) -> None:
        self._engines = engines
        self._folder = engines / EXTRAS
        self._needs_new_start = False

    @property
    def needs_new_start(self) -> bool:
        """Whether a library that this process has loaded was replaced or removed through this object."""
        return self._needs_new_start

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Plugin id to the requirements that were installed for it."""
        try:
            values = parse_json((self._folder / WANTED).read_bytes())
            return {str(plugin): tuple(map(str, lines)) for plugin, lines in values.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    def install(self, plugin_id: str, requirements: Sequence[str], how: Fetching) -> None:
        """Add what a plugin needs. It can be imported at once, see `needs_new_start`.

        Raises `PluginError` for requirements that are none, name a place instead of a package, or do not go together
        with the application, the engine or another plugin; `EngineMissingError` for what comes with an engine;
        `Cancelled`, `EngineError` and `FileError` as an installation of an engine, `WheelsMissingError` for a folder
        of wheels that lacks what is needed. Then everything stays as it was.
        """
        wanted = {**self.wanted(), plugin_id: tuple(requirements)}
        kept = self._kept()
        _check(plugin_id, requirements, kept)
        if how.wheels is not None:
            names = [Requirement(line).name for line in requirements]
            _wheels(how.wheels, plugin_id, requirements).check(requirements, kept, names)
        how.report(EngineProgress(stage="preparing"))
        self._replace(wanted, lambda folder: self._fill(folder, plugin_id, wanted, kept, how))

    def remove(self, plugin_id: str) -> None:
        """Drop what only this plugin needed; what others need stays, and nothing is fetched. Raises `FileError`."""
        wanted = self.wanted()
        if wanted.pop(plugin_id, None) is not None:
            lines = [line for others in wanted.values() for line in others]
            self._replace(wanted, lambda folder: copy_pruned(self._folder / LIBRARIES, folder / LIBRARIES, lines))

    def _kept(self) -> dict[str, str]:
        """The packages that stay as they are, by normalised name."""
        engine = EngineStore(self._engines).current()
        return of_application(self._engines) | (distributions([engine.libraries]) if engine else {})

    def _replace(self, wanted: Mapping[str, Sequence[str]], fill: Callable[[Path], object]) -> None:
        store = EngineStore(self._engines)
        with store.locked():
            store.tidy()
            folder = self._engines / f".tmp-{secrets.token_hex(6)}"
            try:
                (folder / LIBRARIES).mkdir(parents=True, mode=0o700)
                fill(folder)
                write_json(folder / WANTED, wanted)
                changed = loaded_and_changed(self._folder / LIBRARIES, folder / LIBRARIES)
                replace_folder(self._folder, folder)
            except OSError as error:
                raise FileError(
                    "The libraries of plugins could not be written below {engines}: {reason}.",
                    "Free some disk space, check that you may write there, and close other windows of Shoreline.",
                    engines=self._engines,
                    reason=reason_for(error),
                ) from error
            finally:
                shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(self._engines / EXTRAS_CACHE, ignore_errors=True)
        self._needs_new_start = self._needs_new_start or changed
        append_last(str(self._folder / LIBRARIES))

    def _fill(
        self,
        folder: Path,
        plugin_id: str,
        wanted: Mapping[str, Sequence[str]],
        kept: Mapping[str, str],
        how: Fetching,
    ) -> None:
        asked, chosen = folder / "asked.txt", folder / "chosen.txt"
        asked.write_text("\n".join(line for lines in wanted.values() for line in lines), encoding="utf-8")
        constraints = folder / "kept.txt"
        constraints.write_text(as_constraints(dict(kept)), encoding="utf-8")
        standins = write_standins(folder / "standins", kept)
        compile_ = ["pip", "compile", *for_this_python(), *how.index, *_PLAIN, *_LISTED, "--find-links", str(standins)]
        compile_ += ["--constraints", str(constraints), "--output-file", str(chosen), str(asked)]
        explain = partial(_explained, _Asked(plugin_id, wanted, kept, how.wheels))
        self._run(compile_, how, explain)
        shutil.rmtree(standins)
        text = without(chosen.read_text(encoding="utf-8-sig"), kept)
        _check_parts(text)
        chosen.write_text(text, encoding="utf-8")
        install = ["pip", "install", *for_this_python(), *how.index, *_PLAIN, "--no-deps", "--require-hashes"]
        install += ["--compile-bytecode", "--target", str(folder / LIBRARIES), "--requirements", str(chosen)]
        self._run(install, how, explain)

    def _run(self, arguments: Sequence[str], how: Fetching, explain: Callable[[str, Path], ShorelineError]) -> None:
        cache = self._engines / EXTRAS_CACHE

        def watch(lines: object) -> None:
            with suppress(TypeError):
                list(lines)  # type: ignore[call-overload]
            how.report(EngineProgress(stage="fetching", done=folder_bytes(cache)))

        run_uv(arguments, cache, how.cancel, watch, explain)


def _wheels(folder: Path, plugin_id: str, requirements: Sequence[str]) -> WheelFolder:
    """A folder of wheels for a plugin."""
    lines = " ".join(f'"{line}"' for line in requirements)
    fill = f"`python3 -m pip download --only-binary :all: --dest FOLDER {lines}` fills one, where there is a network."
    return WheelFolder(folder, Wanted(f"the plugin {plugin_id}", fill))


@dataclass(frozen=True)
class _Asked:
    """For which plugin something is fetched, what it and the others want, what stays, and from which folder."""

    plugin_id: str
    wanted: Mapping[str, Sequence[str]]
    kept: Mapping[str, str]
    wheels: Path | None

    def lacking(self) -> ShorelineError | None:
        """What the folder of wheels has not, as an error."""
        if self.wheels is None:
            return None
        lines = [line for others in self.wanted.values() for line in others]
        return _wheels(self.wheels, self.plugin_id, lines).error(lines, self.kept)


def _explained(asked: _Asked, text: str, folder: Path) -> ShorelineError:
    part = next((_ENGINE_PARTS[name] for name in _ABSENT.findall(text) if name in _ENGINE_PARTS), None)
    if part is not None:
        return EngineMissingError(part)
    is_unsolved = _NOT_THERE.search(text) or _CONFLICT.search(text)
    if is_unsolved and (lacking := asked.lacking()) is not None:
        return lacking
    if _NOT_THERE.search(text):
        return PluginError(
            "Not all that the plugin {plugin_id} needs can be had as wheels for this system: {gist}",
            "Check the names with its author, or choose another index or folder of wheels.",
            plugin_id=asked.plugin_id,
            gist=gist(text),
        )
    if _CONFLICT.search(text):
        return PluginError(
            "What the plugin {plugin_id} needs does not go together with Shoreline, its engine and the other "
            "plugins: {gist}",
            "Nothing was changed. Ask its author for a version that does.",
            plugin_id=asked.plugin_id,
            gist=gist(text),
        )
    return explained(text, folder, "the libraries of plugins")


def _check(plugin_id: str, requirements: Sequence[str], kept: Mapping[str, str]) -> None:
    for line in requirements:
        try:
            requirement = Requirement(line)
        except InvalidRequirement as error:
            raise PluginError(
                "The plugin {plugin_id} asks for {line!r}, which names no package: {reason}.",
                plugin_id=plugin_id,
                line=line,
                reason=error,
            ) from error
        if requirement.url is not None:
            raise PluginError(
                "The plugin {plugin_id} asks for a package from {url}.",
                "Only packages of the package index are installed; ask its author.",
                plugin_id=plugin_id,
                url=requirement.url,
            )
        _check_kept(plugin_id, requirement, kept)


def _check_kept(plugin_id: str, requirement: Requirement, kept: Mapping[str, str]) -> None:
    if requirement.marker is not None and not requirement.marker.evaluate():
        return
    name = normalised(requirement.name)
    version = kept.get(name)
    if version is None and name in _ENGINE_PARTS:
        raise EngineMissingError(_ENGINE_PARTS[name])
    if version is not None and not requirement.specifier.contains(version, prereleases=True):
        raise PluginError(
            "The plugin {plugin_id} needs {requirement}, but {package} {version} is part of Shoreline or its "
            "engine, which keep theirs.",
            "Ask its author for a version that goes together with it.",
            plugin_id=plugin_id,
            requirement=requirement,
            package=requirement.name,
            version=version,
        )


def _check_parts(chosen: str) -> None:
    """Raises `EngineMissingError` where something needs a part of an engine: that comes as a whole, or not at all."""
    for line in chosen.splitlines():
        name = normalised(line.partition("==")[0].strip())
        if name in _ENGINE_PARTS:
            raise EngineMissingError(_ENGINE_PARTS[name])
