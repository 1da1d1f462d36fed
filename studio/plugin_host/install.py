"""Putting plugins into the user's plugin folder, and taking them out."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from studio.errors import FileError, PluginError, ShorelineError
from studio.installation.extras import Extras, Fetching
from studio.plugin_host.discovery import WHEEL_REQUIRES, requires_of_wheel
from studio.plugin_host.host import PluginHost
from studio.plugin_host.manifest import (
    MANIFEST_NAME,
    PluginManifest,
    check_api_version,
    check_needs,
    parsed_manifest,
)
from studio.plugin_host.packages import Package, opened_package
from studio.plugin_host.requirements import missing_libraries, missing_text
from studio.plugin_host.states import PluginState
from studio.text.exceptions import reason_for


@dataclass(frozen=True)
class Offer:
    """A plugin that may be installed: what it says about itself, and the version that it would replace, if any.

    ``requires`` are Python packages that it needs, ``missing`` those of them that are to be fetched first.
    """

    source: Path
    manifest: PluginManifest
    replaces: str | None
    requires: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class PluginInstaller:
    """Installs into one folder, for one host. Only the folder's own plugins are replaced or removed.

    ``extras`` is where the Python packages go that plugins need; without it none are fetched.
    """

    def __init__(self, host: PluginHost, folder: Path, extras: Extras | None = None) -> None:
        self._host = host
        self._folder = folder
        self._extras = extras

    @property
    def needs_new_start(self) -> bool:
        """Whether libraries that are loaded were replaced, so that plugins with them work from the next start on."""
        return self._extras is not None and self._extras.needs_new_start

    def examine(self, source: Path) -> Offer:
        """Look at a folder, .zip or .whl without writing anything.

        Raises `PluginError` with the reason why it cannot be installed here, or `FileError`.
        """
        with opened_package(source) as package:
            return self._examined(source, package)

    def install(self, source: Path, *, replace: bool = False, how: Fetching | None = None) -> PluginState:
        """Unpack a plugin and load it. Returns how it stands, which says so if it could not be loaded.

        A plugin of the same id is replaced only if ``replace`` says so; libraries that it lacks are fetched only if
        ``how`` says so. Nothing is left behind by a failure, and what was there stays as it was. Raises what `examine`
        and `Extras.install` raise, and `FileError` when it cannot be written.
        """
        with opened_package(source) as package:
            offer = self._examined(source, package)
            if offer.replaces is not None and not replace:
                raise PluginError(
                    "The plugin {manifest} {replaces} is installed already.",
                    "Remove it first, or replace it: --replace on the command line.",
                    manifest=offer.manifest.id,
                    replaces=offer.replaces,
                )
            had = self._fetch(offer.manifest.id, offer.requires, how) if offer.missing else None
            aside = self._folder / f".installing-{secrets.token_hex(6)}"
            try:
                _unpack(package, aside)
                self._put_in_place(aside, offer.manifest.id)
            except OSError as error:
                if had is False:
                    self._drop_libraries(offer.manifest.id)
                raise _not_written(self._folder, error) from error
            finally:
                shutil.rmtree(aside, ignore_errors=True)
        return self._host.add(self._folder / offer.manifest.id)

    def fetch_libraries(self, plugin_id: str, how: Fetching) -> PluginState:
        """Fetch the Python packages that a plugin lacks, and try it again. Raises what `Extras.install` raises."""
        self._fetch(plugin_id, self._host.state(plugin_id).requires, how)
        return self._host.enable(plugin_id)

    def _fetch(self, plugin_id: str, requires: tuple[str, ...], how: Fetching | None) -> bool:
        """Returns whether some had been fetched for this plugin before."""
        if self._extras is None or how is None:
            missing = missing_text(missing_libraries(requires))
            raise PluginError(missing, "Install the plugin with its libraries: --with-libraries on the command line.")
        had = plugin_id in self._extras.wanted()
        self._extras.install(plugin_id, requires, how)
        return had

    def _drop_libraries(self, plugin_id: str) -> None:
        """What is left of a plugin's libraries harms nothing: the plugin is gone all the same."""
        if self._extras is not None:
            with suppress(ShorelineError):
                self._extras.remove(plugin_id)

    def may_remove(self, state: PluginState) -> bool:
        """Whether a plugin was installed into the folder."""
        return self._is_own(state)

    def remove(self, plugin_id: str) -> None:
        """Delete a plugin that a person installed, with its folder.

        Raises `PluginError` for one that ships with Shoreline or came with a Python package, `FileError` when the
        folder cannot be deleted (it is switched off then all the same).
        """
        state = self._host.state(plugin_id)
        path = self._own_folder(state)
        self._host.forget(plugin_id)
        try:
            _delete(path)
        except OSError as error:
            self._host.add(path)
            self._host.disable(plugin_id)
            raise FileError(
                "{path} could not be deleted: {reason}.",
                "Check that you may change it.",
                path=path,
                reason=reason_for(error),
            ) from error
        self._drop_libraries(plugin_id)

    def _examined(self, source: Path, package: Package) -> Offer:
        manifest = parsed_manifest(package.manifest(), f"{MANIFEST_NAME} in {source.name}")
        check_api_version(manifest)
        _check_module(manifest, package)
        requires = (*manifest.requires, *(package.requires or requires_of_wheel(source)))
        missing = missing_libraries(requires)
        check_needs(manifest.needs, _enabled(self._host.states()))
        return Offer(source, manifest, self._replaced_version(manifest.id, source), requires, missing)

    def _replaced_version(self, plugin_id: str, source: Path) -> str | None:
        for state in self._host.states():
            if state.id != plugin_id:
                continue
            if state.source != "user" or not self._is_own(state):
                where = "Shoreline itself" if state.source == "bundled" else "a Python package"
                raise PluginError(
                    "There is a plugin with the id {plugin_id} already, from {where}.",
                    "Give yours another id.",
                    plugin_id=plugin_id,
                    where=where,
                )
            if state.path is not None and source.resolve() == state.path.resolve():
                raise PluginError("{source} is installed already: it is in the plugin folder.", source=source)
            return state.version
        if (self._folder / plugin_id).exists():
            raise PluginError(
                "There is a folder {folder} already.",
                "Move it away, or give your plugin another id.",
                folder=self._folder / plugin_id,
            )
        return None

    def _put_in_place(self, aside: Path, plugin_id: str) -> None:
        target = self._folder / plugin_id
        known = [state for state in self._host.states() if state.id == plugin_id]
        if not known:
            aside.rename(target)
            return
        old = self._own_folder(known[0])
        backup = aside.with_name(aside.name + "-old")
        old.rename(backup)
        try:
            aside.rename(target)
        except OSError:
            backup.rename(old)
            raise
        self._host.forget(plugin_id)
        with suppress(OSError):
            _delete(backup)

    def _own_folder(self, state: PluginState) -> Path:
        if state.path is None or not self._is_own(state):
            advice = "It can be switched off." if state.source == "bundled" else "Remove it with pip, or switch it off."
            raise PluginError(
                "The plugin {state} was not installed here, so it cannot be removed here.", advice, state=state.id
            )
        return state.path

    def _is_own(self, state: PluginState) -> bool:
        return state.path is not None and state.path.parent == self._folder


def _enabled(states: Sequence[PluginState]) -> dict[str, str]:
    return {state.id: state.version for state in states if state.status == "enabled"}


def _check_module(manifest: PluginManifest, package: Package) -> None:
    name = f"{manifest.module}.py"
    if not any(str(file.path) == name for file in package.files):
        raise PluginError(
            "{name} is missing.", "The key module in plugin.toml names a Python file without .py.", name=name
        )


def _unpack(package: Package, folder: Path) -> None:
    for file in package.files:
        target = folder.joinpath(*file.path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read())
    if package.requires:
        (folder / WHEEL_REQUIRES).write_text("\n".join(package.requires), encoding="utf-8")


def _delete(path: Path) -> None:
    if path.is_symlink():
        path.unlink()  # a link to where its author works on it: that folder is not ours
    else:
        shutil.rmtree(path)


def _not_written(folder: Path, error: OSError) -> FileError:
    return FileError(
        "The plugin could not be put into {folder}: {reason}.",
        "Free some disk space, or check that you may write there. Nothing was changed.",
        folder=folder,
        reason=reason_for(error),
    )
