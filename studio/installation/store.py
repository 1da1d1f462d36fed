"""The engines of a person: one folder each, and a pointer to the one in use.

``engines/<name>/`` holds ``lib`` (what goes on Python's path) and ``engine.json``. ``engines/current.json`` names the
engine in use and the one before it. Whatever begins with a dot is unfinished or on its way out.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from studio.errors import EngineMissingError, EngineUnusableError, FileError, SettingError
from studio.files.disk.atomic import write_atomically
from studio.files.disk.file_lock import FileLock
from studio.system.private_files import make_private_folder
from studio.system.records import Record, check_of, mapping, maybe, several, text, whole
from studio.text.exceptions import reason_for

MANIFEST: Final = "engine.json"
LIBRARIES: Final = "lib"
EXTRAS: Final = "extras"
"""The folder of what plugins need, see `studio.installation.extras`."""
WANTED: Final = "wanted.json"
"""In that folder: plugin id to requirements."""
Tell = Callable[[int, int], object]
"""Hears how many bytes are done, and of how many."""
CACHE: Final = ".cache"
"""Packages that have arrived, until an installation has come to its end: the next one goes on with them."""
EXTRAS_CACHE: Final = ".cache-extras"
_POINTER: Final = "current.json"
_LOCK: Final = ".lock"


def python_tag() -> str:
    """What compiled packages are made for, such as "cpython-311"."""
    return str(sys.implementation.cache_tag)


@dataclass(frozen=True, kw_only=True)
class Manifest(Record):
    """What ``engine.json`` says. ``parts`` maps a library to its version; ``bytes`` is what the folder holds.

    ``problems`` are parts that the self-test could not load and that drawing can do without.
    """

    backend: str = text()
    backend_name: str = text()
    python: str = text()
    made: str = text()
    bytes: int = whole(least=0, most=2**63)
    parts: dict[str, str] = mapping(check_of(text()))
    problems: tuple[str, ...] = several(check_of(text()))


@dataclass(frozen=True)
class Engine:
    """An installed engine."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def libraries(self) -> Path:
        """What goes on Python's path."""
        return self.folder / LIBRARIES

    def check(self) -> None:
        """Raises `EngineUnusableError` where it was made for another Python, or its packages are gone."""
        way_out = "Repair it under Preferences > Engine, or with `shoreline engine repair`."
        if self.manifest.python != python_tag():
            raise EngineUnusableError(
                "The engine {name} was made for {python}, this is {python_tag}.",
                way_out,
                name=self.name,
                python=self.manifest.python,
                python_tag=python_tag(),
            )
        if not self.libraries.is_dir():
            raise EngineUnusableError(
                "The engine {name} is damaged: {libraries} is missing.",
                way_out,
                name=self.name,
                libraries=self.libraries,
            )


@dataclass(frozen=True)
class _Pointer(Record):
    """The engine in use and the one to go back to, by name."""

    current: str | None = maybe(text())
    previous: str | None = maybe(text())


class EngineStore:
    """Engines below one folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def extra_libraries(self) -> Path:
        """What plugins need beside the engine; goes on Python's path behind it."""
        return self.folder / EXTRAS / LIBRARIES

    def engines(self) -> tuple[Engine, ...]:
        """Every whole engine, the newest first."""
        found = [engine for path in _subfolders(self.folder) if (engine := _read_engine(path)) is not None]
        return tuple(sorted(found, key=lambda engine: engine.manifest.made, reverse=True))

    def find(self, name: str) -> Engine:
        """Raises `SettingError` that lists those there are."""
        engines = {engine.name: engine for engine in self.engines()}
        if name not in engines:
            known = ", ".join(engines) or "none"
            raise SettingError("There is no engine {name!r}.", "Installed are: {known}.", name=name, known=known)
        return engines[name]

    def current(self) -> Engine | None:
        """The engine in use. ``None`` when none was chosen or its folder is gone."""
        return self._named(self._pointer().current)

    def previous(self) -> Engine | None:
        """The engine to go back to."""
        return self._named(self._pointer().previous)

    def use(self, engine: Engine) -> None:
        """Make an engine the one in use from the next start on. Raises what `Engine.check` raises, `FileError`."""
        engine.check()
        pointer = self._pointer()
        if pointer.current != engine.name:
            self._point(_Pointer(engine.name, pointer.current))

    def go_back(self) -> Engine:
        """Use the engine before this one; doing it twice comes back. Raises `EngineMissingError` without one."""
        engine = self.previous()
        if engine is None:
            raise SettingError("There is no engine to go back to.", "Install one first.")
        self.use(engine)
        return engine

    def remove(self, engine: Engine) -> None:
        """Delete an engine. If it is the one in use, the one before it takes its place, or none."""
        with self.locked():
            pointer = self._pointer()
            left = [name for name in (pointer.current, pointer.previous) if name not in (None, engine.name)]
            current, previous, *_ = [*left, None, None]
            self._point(_Pointer(current, previous))
            _delete(engine.folder)

    def require(self) -> Engine:
        """The engine in use. Raises `EngineMissingError`, or what `Engine.check` raises."""
        engine = self.current()
        if engine is None:
            raise EngineMissingError
        engine.check()
        return engine

    def put_in_place(self, unfinished: Path, name: str) -> Engine:
        """Give a finished folder its name and use it; one of the same name is replaced as a whole."""
        replace_folder(self.folder / name, unfinished)
        engine = self.find(name)
        self.use(engine)
        return engine

    def tidy(self, tell: Tell = lambda _done, _total: None) -> None:
        """Remove what an installation that was killed left behind. Only while the lock is held.

        ``tell`` hears between folders how many bytes are gone, and of how many. It may raise, to end a removal that
        takes long; the rest goes next time.
        """
        doomed, aside = self.unfinished(), _starting(self.folder, ".old-")
        for path in doomed:
            # What an installation started ends with it, unless somebody ended its leash alone.
            from studio.installation.uv_tool import stop_orphans  # psutil is not for every start

            stop_orphans(path)
        removal = _Removal(sum(map(folder_bytes, doomed)), tell)
        for path in doomed:
            _delete(path, removal.folder)
        for path in aside:
            self._take_back(path)

    def unfinished(self) -> tuple[Path, ...]:
        """Folders of installations and removals that were ended midway, or that are at work now."""
        return _starting(self.folder, ".tmp-")

    def is_busy(self) -> bool:
        """Whether an installation or removal is at work, in whatever process."""
        path = self.folder / _LOCK
        try:
            lock = FileLock.acquire(path) if path.exists() else None
        except OSError:
            return False
        if lock is None:
            return path.exists()
        lock.release()
        return False

    def left_bytes(self) -> int:
        """What installations that did not end well have left: half-made folders, and packages that had arrived."""
        return sum(map(folder_bytes, self._left()))

    def clear(self, tell: Tell = lambda _done, _total: None) -> int:
        """Remove what `left_bytes` counts; returns how many bytes that were. Raises `FileError` while one is at work.

        The next installation has to fetch everything then.
        """
        with self.locked():
            total = self.left_bytes()
            for name in (CACHE, EXTRAS_CACHE):
                with suppress(FileNotFoundError):
                    (self.folder / name).rename(self.folder / f".tmp-{os.getpid()}{name}")
            self.tidy(tell)
        return total

    def _left(self) -> list[Path]:
        return [*self.unfinished(), self.folder / CACHE, self.folder / EXTRAS_CACHE]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One change at a time, over all processes. Raises `FileError` when another one is at it."""
        try:
            make_private_folder(self.folder)
            lock = FileLock.acquire(self.folder / _LOCK)
        except OSError as error:
            raise _not_written(self.folder, error) from error
        if lock is None:
            raise FileError(
                "An engine is being installed or removed already.", "Wait until that has ended, or cancel it there."
            )
        try:
            yield
        finally:
            lock.release()

    def _take_back(self, aside: Path) -> None:
        """A kill between two renames left the engine without its name."""
        place = self.folder / aside.name.removeprefix(".old-")
        if place.exists():
            _delete(aside)
        else:
            aside.rename(place)

    def _named(self, name: str | None) -> Engine | None:
        return None if name is None else _read_engine(self.folder / name)

    def _pointer(self) -> _Pointer:
        try:
            return _Pointer.read_json((self.folder / _POINTER).read_bytes())
        except (OSError, ValueError):
            return _Pointer()

    def _point(self, pointer: _Pointer) -> None:
        write_json(self.folder / _POINTER, pointer.values())


def replace_folder(place: Path, finished: Path) -> None:
    """Put a finished folder in a place where another may stand; after a kill `EngineStore.tidy` takes the old back."""
    aside = place.with_name(f".old-{place.name}")
    _delete(aside)
    if place.exists():
        place.rename(aside)
    finished.rename(place)
    _delete(aside)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put ``engine.json`` into the folder of an engine."""
    write_json(folder / MANIFEST, manifest.values())


def write_json(path: Path, values: Mapping[str, Any]) -> None:
    """Replace a small file as a whole. Raises `FileError`."""
    text = json.dumps(values, indent=2).encode()

    def write(file: BinaryIO) -> None:
        file.write(text)

    write_atomically(path, write)


def folder_bytes(folder: Path) -> int:
    """The bytes of all files below a folder; what vanishes meanwhile is not counted."""
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += Path(place, name).lstat().st_size
    return total


def _read_engine(folder: Path) -> Engine | None:
    if folder.name.startswith("."):
        return None
    try:
        return Engine(folder, Manifest.read_json((folder / MANIFEST).read_bytes()))
    except (OSError, ValueError):
        return None


def _subfolders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return []


class _Removal:
    """Counts what a removal has taken away so far."""

    def __init__(self, total: int, tell: Tell) -> None:
        self._total = total
        self._tell = tell
        self._done = 0

    def folder(self, path: str) -> None:
        """Remove a folder whose own folders are gone already."""
        self._tell(self._done, self._total)
        self._done += folder_bytes(Path(path))
        _remove(path)


def _remove(path: str) -> None:
    shutil.rmtree(path, ignore_errors=True)


def _starting(folder: Path, start: str) -> tuple[Path, ...]:
    return tuple(path for path in _subfolders(folder) if path.name.startswith(start))


def _delete(folder: Path, remove: Callable[[str], object] = _remove) -> None:
    """Rename first: what is half deleted must not look like an engine."""
    if not folder.exists():
        return
    doomed = folder if folder.name.startswith(".tmp-") else folder.with_name(f".tmp-gone-{folder.name.lstrip('.')}")
    if doomed != folder:
        shutil.rmtree(doomed, ignore_errors=True)
        folder.rename(doomed)
    for inside, _folders, _files in os.walk(doomed, topdown=False):
        remove(inside)


def _not_written(folder: Path, error: OSError) -> FileError:
    return FileError(
        "{folder} cannot be written: {reason}.",
        "Free some disk space, or check that you may write there.",
        folder=folder,
        reason=reason_for(error),
    )
