"""What went wrong with plugins in earlier runs, so that a plugin that harms every start is imported only once."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from studio import __version__
from studio.api import API_VERSION
from studio.plugin_host.discovery import Candidate
from studio.plugin_host.failures import LoadError
from studio.system.private_files import make_private_folder

_MAX_FILES: Final = 5_000
_MAX_BYTES: Final = 4 * 1024**2
_LEDGER: Final = "refused.json"
_BEING_LOADED: Final = "being-loaded-"
_ENDED: Final = "Shoreline ended while it was loaded."


class Refusal(BaseModel):
    """Why a plugin is off. ``fingerprint`` is that of its files and of this installation at that time."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    fingerprint: str
    status: Literal["refused", "failed"]
    step: Literal["import", "hooks"]
    problem: str
    details: str = ""


class _Ledger(BaseModel):
    refusals: dict[str, Refusal] = {}


class _BeingLoaded(BaseModel):
    key: str
    fingerprint: str


class Refusals:
    """Remembers in a folder what could not be imported, of plugins that do not ship with Shoreline.

    One that cannot be read or written remembers nothing, and harms nothing; so does ``None``. For one thread at a time.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._refusals: dict[str, Refusal] = {}
        if folder is not None:
            self._refusals = _read(folder / _LEDGER, _Ledger, _Ledger()).refusals
            self._take_in_ended(folder)

    def of(self, candidate: Candidate) -> Refusal | None:
        """Why a plugin was refused, if neither it nor Shoreline nor the Python packages have changed since."""
        known = self._refusals.get(_key(candidate))
        return known if known is not None and known.fingerprint == fingerprint(candidate) else None

    def forget(self, candidate: Candidate) -> None:
        """The plugin is well, or gone, or is to be tried again."""
        if self._refusals.pop(_key(candidate), None) is not None:
            self._write()

    @contextmanager
    def watching(self, candidate: Candidate) -> Iterator[None]:
        """While a plugin is imported: a `LoadError` is remembered, and so is the end of the process.

        That is known by a note, which only a process that came to its end in here leaves behind.
        """
        if self._folder is None or candidate.source == "bundled":
            yield
            return
        mark = fingerprint(candidate)
        note = self._folder / f"{_BEING_LOADED}{os.getpid()}-{secrets.token_hex(4)}.json"
        with contextlib.suppress(OSError):
            _write(note, _BeingLoaded(key=_key(candidate), fingerprint=mark))
        try:
            yield
        except LoadError as error:
            if not error.is_passing:
                self._refusals[_key(candidate)] = _refusal(error, mark)
                self._write()
            raise
        finally:
            with contextlib.suppress(OSError):
                note.unlink(missing_ok=True)
        self.forget(candidate)

    def end(self) -> None:
        """The process ends of its own will: no plugin that is being imported is to be blamed."""
        if self._folder is not None:
            with contextlib.suppress(OSError):
                for note in self._folder.glob(f"{_BEING_LOADED}{os.getpid()}-*.json"):
                    note.unlink(missing_ok=True)

    def _take_in_ended(self, folder: Path) -> None:
        notes = _left_notes(folder)
        for note in notes:
            blamed = _read(note, _BeingLoaded, None)
            if blamed is not None:
                mark = blamed.fingerprint
                self._refusals[blamed.key] = Refusal(fingerprint=mark, status="failed", step="import", problem=_ENDED)
            with contextlib.suppress(OSError):
                note.unlink(missing_ok=True)
        if notes:
            self._write()

    def _write(self) -> None:
        if self._folder is not None:
            with contextlib.suppress(OSError):
                _write(self._folder / _LEDGER, _Ledger(refusals=self._refusals))


def _refusal(error: LoadError, mark: str) -> Refusal:
    return Refusal(
        fingerprint=mark,
        status="failed" if error.has_raised else "refused",
        step="hooks" if error.step == "hooks" else "import",
        problem=str(error),
        details=error.details,
    )


def _left_notes(folder: Path) -> list[Path]:
    """Those of processes that are gone."""
    try:
        found = list(folder.glob(f"{_BEING_LOADED}*.json"))
    except OSError:
        return []
    return [note for note in found if not _is_alive(note.name.removeprefix(_BEING_LOADED).partition("-")[0])]


def fingerprint(candidate: Candidate) -> str:
    """Of the names, sizes and times of a plugin's files, and of the installation that they are imported in."""
    digest = hashlib.sha256(_installation().encode("utf-8", "surrogateescape"))
    for line in sorted(_lines(candidate)):
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _key(candidate: Candidate) -> str:
    place = str(candidate.path) if candidate.path is not None else f"entry point {candidate.id}"
    return place.encode("utf-8", "backslashreplace").decode()


def _lines(candidate: Candidate) -> Iterator[str]:
    found = 0
    for place in _places(candidate):
        yield _line(str(place))
        for folder, folders, names in os.walk(place):
            folders[:] = [name for name in folders if name != "__pycache__" and not name.startswith(".")]
            for name in names:
                found += 1
                if found > _MAX_FILES:
                    return
                yield _line(os.path.join(folder, name))  # noqa: PTH118 - a third of the time with thousands of files


def _line(path: str) -> str:
    try:
        about = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return f"{path} gone\n"
    return f"{path} {about.st_size} {about.st_mtime_ns}\n"


def _places(candidate: Candidate) -> list[Path]:
    if candidate.path is not None:
        return [candidate.path]
    entry = candidate.entry_point
    try:
        spec = None if entry is None else importlib.util.find_spec(entry.module.partition(".")[0])
    except (ImportError, ValueError, AttributeError):
        spec = None
    if spec is None:
        return []
    return [Path(place) for place in spec.submodule_search_locations or (spec.origin or "",)]


def _installation() -> str:
    """Changes with Shoreline, Python, and each package that is installed or removed."""
    sites = [Path(place) for place in sys.path if place.endswith(("site-packages", "dist-packages"))]
    return "\n".join([__version__, str(API_VERSION), sys.version, *(_line(str(site)) for site in sites)])


def _is_alive(process: str) -> bool:
    import psutil  # only where something went wrong

    return process.isdecimal() and psutil.pid_exists(int(process))


M = TypeVar("M", bound=BaseModel)
N = TypeVar("N")


def _read(path: Path, kind: type[M], otherwise: N) -> M | N:
    try:
        with path.open("rb") as stream:
            return kind.model_validate_json(stream.read(_MAX_BYTES))
    except (OSError, ValidationError):
        return otherwise


def _write(path: Path, content: BaseModel) -> None:
    make_private_folder(path.parent)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(content.model_dump_json(), "utf-8")
    aside.chmod(0o600)
    aside.replace(path)
