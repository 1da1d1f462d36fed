"""What a plugin comes in: a folder, a zip archive or a wheel, looked at before anything is written."""

from __future__ import annotations

import email.parser
import os
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from configparser import Error as IniError
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from studio.errors import FileError, FileTooLargeError, PluginError
from studio.files.untrusted.safe_zip import SafeZip
from studio.plugin_host.discovery import ENTRY_POINT_GROUP
from studio.plugin_host.manifest import MANIFEST_NAME
from studio.plugin_host.portable_names import check_names
from studio.text.amounts import bytes_text
from studio.text.exceptions import reason_for

MAX_FILES: Final = 5_000
MAX_BYTES: Final = 512 * 1024**2
"""Most files of a plugin, and most bytes of all together."""

_SKIPPED: Final = ("__pycache__",)
_MAX_TEXT: Final = 1024**2
_ADVICE: Final = "A plugin is a folder with a plugin.toml, a zip of such a folder, or a wheel that holds one."


@dataclass(frozen=True)
class PackedFile:
    """One file of a plugin: where it goes below the plugin's folder, how long it is, and how to read it."""

    path: PurePosixPath
    size: int
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Package:
    """The files of one plugin, and the Python distributions that it asks for beside its manifest."""

    files: tuple[PackedFile, ...]
    requires: tuple[str, ...] = ()

    def manifest(self) -> bytes:
        """The text of plugin.toml."""
        return next(file for file in self.files if file.path == PurePosixPath(MANIFEST_NAME)).read()


@contextmanager
def opened_package(source: Path) -> Iterator[Package]:
    """The plugin in a folder, a .zip or a .whl, readable while the context lasts.

    Raises `FileError` for a file that cannot be read, is damaged, holds unsafe names or unpacks to too much, and
    `PluginError` for one that holds no plugin.
    """
    if source.is_dir():
        yield _from_folder(source)
        return
    try:
        with source.open("rb") as stream, SafeZip(stream, source.name) as archive:
            yield _from_wheel(archive, source) if source.suffix.lower() == ".whl" else _from_zip(archive)
    except FileNotFoundError as error:
        raise FileError("{source} does not exist.", "Check the name and the folder.", source=source) from error
    except OSError as error:
        raise FileError(
            "{name} could not be read: {reason}.",
            "Check that you may open it.",
            name=source,
            reason=reason_for(error),
        ) from error


def _from_folder(folder: Path) -> Package:
    if not (folder / MANIFEST_NAME).is_file():
        raise PluginError("{folder} holds no plugin: there is no plugin.toml in it.", _ADVICE, folder=folder)
    found: list[PackedFile] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_skipped(name))
        for name in (*folders, *sorted(names)):
            path = Path(place, name)
            relative = PurePosixPath(path.relative_to(folder).as_posix())
            if path.is_symlink():
                raise PluginError(
                    "{relative} in {folder} is a symbolic link.",
                    "Put the file itself there.",
                    relative=relative,
                    folder=folder,
                )
            if name in names and not _is_skipped(name):
                found.append(PackedFile(relative, path.stat().st_size, path.read_bytes))
                _check_amount(found, folder.name)
    check_names((file.path for file in found), folder.name)
    return Package(tuple(found))


def _from_zip(archive: SafeZip) -> Package:
    """A plugin at the top of an archive or in its only folder."""
    manifests = [name for name in archive.sizes() if PurePosixPath(name).name == MANIFEST_NAME]
    top = min(manifests, key=lambda name: len(PurePosixPath(name).parts), default=None)
    if top is None or len(PurePosixPath(top).parts) > 2:
        raise PluginError("{archive} holds no plugin: there is no plugin.toml in it.", _ADVICE, archive=archive.name)
    if sum(len(PurePosixPath(name).parts) == 2 for name in manifests) > 1:
        raise PluginError(
            "{archive} holds several plugins.", "Install each from an archive of its own.", archive=archive.name
        )
    return Package(_files_below(archive, PurePosixPath(top).parent))


def _from_wheel(archive: SafeZip, source: Path) -> Package:
    """The package folder that a wheel's entry point names, if it has a plugin.toml."""
    _check_tags(source)
    folder = _announced_folder(archive)
    metadata = email.parser.Parser().parsestr(_dist_info(archive, "METADATA"))
    requires = [str(value) for value in metadata.get_all("Requires-Dist", []) if "extra ==" not in str(value)]
    return Package(_files_below(archive, folder), tuple(requires))


def _announced_folder(archive: SafeZip) -> PurePosixPath:
    points = ConfigParser(delimiters=("=",), interpolation=None)
    try:
        points.read_string(_dist_info(archive, "entry_points.txt"))
        modules = [value.partition(":")[0].strip() for _, value in points.items(ENTRY_POINT_GROUP)]
    except IniError:
        modules = []
    for module in modules:
        path = PurePosixPath(*module.split("."))
        for folder in (path, path.parent):
            if folder.parts and str(folder / MANIFEST_NAME) in archive:
                return folder
    raise PluginError(
        "{archive} holds no plugin: no entry point in {entry_point_group} names a folder with a plugin.toml.",
        "Other packages are installed with pip; Shoreline does not run it.",
        archive=archive.name,
        entry_point_group=ENTRY_POINT_GROUP,
    )


def _dist_info(archive: SafeZip, name: str) -> str:
    paths = [PurePosixPath(entry) for entry in archive.sizes()]
    entry = next((p for p in paths if len(p.parts) == 2 and p.parts[0].endswith(".dist-info") and p.name == name), None)
    return "" if entry is None else archive.read(str(entry), _MAX_TEXT).decode("utf-8-sig", "replace")


def _check_tags(source: Path) -> None:
    from packaging.tags import sys_tags
    from packaging.utils import InvalidWheelFilename, parse_wheel_filename

    try:
        *_, tags = parse_wheel_filename(source.name)
    except InvalidWheelFilename as error:
        raise PluginError(
            "{source} is not named as wheels are.", "Get it again with its own name.", source=source.name
        ) from error
    if not tags & set(sys_tags()):
        raise PluginError(
            "{source} is made for another system or another version of Python.",
            "Get the one for this system.",
            source=source.name,
        )


def _files_below(archive: SafeZip, folder: PurePosixPath) -> tuple[PackedFile, ...]:
    found: list[PackedFile] = []
    for name, size in archive.sizes().items():
        path = PurePosixPath(name)
        if name.endswith("/") or not path.is_relative_to(folder) or any(_is_skipped(part) for part in path.parts):
            continue
        if not archive.is_plain_file(name):
            raise PluginError(
                "{file} in {archive} is a link or a device.",
                "Put the file itself there.",
                file=path.name,
                archive=archive.name,
            )
        found.append(PackedFile(path.relative_to(folder), size, _reader(archive, name)))
        _check_amount(found, archive.name)
    check_names((file.path for file in found), archive.name)
    return tuple(found)


def _reader(archive: SafeZip, name: str) -> Callable[[], bytes]:
    return lambda: archive.read(name, MAX_BYTES)


def _is_skipped(name: str) -> bool:
    return name.casefold() in _SKIPPED or name.startswith(".")


def _check_amount(files: list[PackedFile], name: str) -> None:
    if len(files) > MAX_FILES or sum(file.size for file in files) > MAX_BYTES:
        raise FileTooLargeError(
            "{name} has more than {max_files} files or {max_bytes}.",
            "Models and data do not belong into a plugin.",
            name=name,
            max_files=MAX_FILES,
            max_bytes=bytes_text(MAX_BYTES),
        )
