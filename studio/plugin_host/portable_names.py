"""Names of a plugin's files that are good on every system, whatever the one is that they are unpacked on.

Windows and macOS take "Plugin.py" and "plugin.py" for one file, macOS also two spellings of "é"; Windows drops dots and
spaces at the end and keeps some names for devices. What would be another file there is refused everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from studio.errors import PluginError

_FORBIDDEN: Final = frozenset('<>:"|?*\\')
_PORTS: Final = "123456789¹²³"
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{n}" for port in ("com", "lpt") for n in _PORTS)}
)
_MAX_BYTES: Final = 255
"""Of one name; the usual file systems have no longer ones."""

_ADVICE: Final = "Rename it, and pack the plugin again."


def check_names(paths: Iterable[PurePosixPath], package: str) -> None:
    """`PluginError` naming the first file of ``package`` whose name is not portable, or the same as that of another."""
    spelled: dict[tuple[str, ...], PurePosixPath] = {}
    files: set[tuple[str, ...]] = set()
    for path in paths:
        for part in path.parts:
            _check_part(part, path, package)
        for place in (path, *path.parents[:-1]):
            key = tuple(map(_as_one, place.parts))
            before = spelled.setdefault(key, place)
            if before != place or (place is path and key in files):
                raise PluginError(
                    "{package} holds {before} and {place}, which are one on some systems.",
                    _ADVICE,
                    package=package,
                    before=before,
                    place=place,
                )
        files.add(tuple(map(_as_one, path.parts)))
    _check_no_file_is_folder(spelled, files, package)


def _check_no_file_is_folder(
    spelled: dict[tuple[str, ...], PurePosixPath], files: set[tuple[str, ...]], package: str
) -> None:
    for key, place in spelled.items():
        if any(key[:length] in files for length in range(1, len(key))):
            raise PluginError(
                "{package} holds {place}, whose folder is a file as well.", _ADVICE, package=package, place=place
            )


def _check_part(part: str, path: PurePosixPath, package: str) -> None:
    shown = f"{package} holds the name {str(path)!r}"
    if any(sign in _FORBIDDEN or not sign.isprintable() for sign in part):
        raise PluginError("{shown} with a sign that not every system allows.", _ADVICE, shown=shown)
    if part[-1] in ". ":
        raise PluginError("{shown}, which ends with a dot or a space.", _ADVICE, shown=shown)
    if part.partition(".")[0].rstrip().casefold() in _DEVICES:
        raise PluginError("{shown}, which Windows keeps for a device.", _ADVICE, shown=shown)
    if len(part.encode("utf-8", "surrogateescape")) > _MAX_BYTES:
        raise PluginError("{shown}, which is too long.", _ADVICE, shown=shown)


def _as_one(part: str) -> str:
    """The same text for names that some file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", part).casefold())
