"""What plugins need beside Shoreline and the engine: one folder, made anew as a whole when that changes.

Every package of the application and of the engine keeps its version: what does not fit them is refused before
anything is fetched, so that no plugin can break the engine.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from packaging.requirements import InvalidRequirement, Requirement

from studio.errors import PluginError
from studio.generation import CancelToken
from studio.installation.present import as_constraints, distributions, normalised, of_application
from studio.installation.running import run_uv
from studio.installation.store import EXTRAS, LIBRARIES, EngineStore, replace_folder, write_json
from studio.untrusted_text import parse_json

_WANTED: Final = "wanted.json"
_PLAIN: Final = ("--only-binary", ":all:")


class Extras:
    """The folder of packages for plugins below ``engines``."""

    def __init__(self, engines: Path) -> None:
        self._engines = engines
        self._folder = engines / EXTRAS

    def wanted(self) -> dict[str, tuple[str, ...]]:
        """Plugin id to the requirements that were installed for it."""
        try:
            values = parse_json((self._folder / _WANTED).read_bytes())
            return {str(plugin): tuple(map(str, lines)) for plugin, lines in values.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}

    def install(self, plugin_id: str, requirements: Sequence[str], cancel: CancelToken, *, mirror: str = "") -> None:
        """Add what a plugin needs. It can be imported from the next start on.

        Raises `PluginError` for requirements that are none, name a place instead of a package, or do not go together
        with the engine; else what `studio.installation.running.run_uv` raises. Then everything stays as it was.
        """
        _check(plugin_id, requirements)
        self._make({**self.wanted(), plugin_id: tuple(requirements)}, cancel, mirror)

    def remove(self, plugin_id: str, cancel: CancelToken) -> None:
        """Drop what only this plugin needed."""
        wanted = self.wanted()
        if wanted.pop(plugin_id, None) is not None:
            self._make(wanted, cancel, "")

    def _make(self, wanted: dict[str, tuple[str, ...]], cancel: CancelToken, mirror: str) -> None:
        store = EngineStore(self._engines)
        with store.locked():
            store.tidy()
            folder = self._engines / f".tmp-{secrets.token_hex(6)}"
            try:
                (folder / LIBRARIES).mkdir(parents=True, mode=0o700)
                if any(wanted.values()):
                    self._fill(store, folder, wanted, cancel, ("--default-index", mirror) if mirror else ())
                write_json(folder / _WANTED, wanted)
                replace_folder(self._folder, folder)
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def _fill(
        self,
        store: EngineStore,
        folder: Path,
        wanted: dict[str, tuple[str, ...]],
        cancel: CancelToken,
        index: tuple[str, ...],
    ) -> None:
        engine = store.current()
        kept = of_application(self._engines) | (distributions([engine.libraries]) if engine else {})
        constraints, asked, chosen = (folder / name for name in ("kept.txt", "asked.txt", "chosen.txt"))
        constraints.write_text(as_constraints(kept), encoding="utf-8")
        asked.write_text("\n".join(line for lines in wanted.values() for line in lines), encoding="utf-8")
        cache = self._engines / ".cache"
        compile_ = ["pip", "compile", *index, *_PLAIN, "--no-header", "--no-annotate", "--generate-hashes"]
        run_uv([*compile_, "--constraints", str(constraints), "--output-file", str(chosen), str(asked)], cache, cancel)
        chosen.write_text(_without(chosen.read_text(encoding="utf-8-sig"), kept), encoding="utf-8")
        install = ["pip", "install", *index, *_PLAIN, "--no-deps", "--require-hashes", "--compile-bytecode"]
        run_uv([*install, "--target", str(folder / LIBRARIES), "--requirements", str(chosen)], cache, cancel)


def _check(plugin_id: str, requirements: Sequence[str]) -> None:
    for line in requirements:
        try:
            requirement = Requirement(line)
        except InvalidRequirement as error:
            raise PluginError(f"The plugin {plugin_id} asks for {line!r}, which names no package: {error}.") from error
        if requirement.url is not None:
            raise PluginError(
                f"The plugin {plugin_id} asks for a package from {requirement.url}.",
                "Only packages of the package index are installed; ask its author.",
            )


def _without(text: str, kept: dict[str, str]) -> str:
    """A list of pinned packages without those that are there; lines with hashes are indented below their package."""
    lines: list[str] = []
    dropping = False
    for line in text.splitlines():
        if line and not line[0].isspace():
            dropping = normalised(line.partition("==")[0].strip()) in kept
        if not dropping:
            lines.append(line)
    return "\n".join(lines) + "\n"
