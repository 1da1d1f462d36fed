"""What was found out about a model, remembered until one of its files changes, also beyond the end of the program."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, TypeVar

from pydantic import TypeAdapter

from studio import __version__
from studio.errors import FileError
from studio.files.disk.atomic import write_atomically

V = TypeVar("V")
Stamp = tuple[tuple[str, int, int, int], ...]
"""Of every file its path, size in bytes, and when it and its rights were changed, in nanoseconds."""

_log = logging.getLogger(__name__)
_RULES: Final = 13
"""Raised with every change after which a verdict may be another than before."""
_MOST_KEPT: Final = 5000
_LARGEST: Final = 64 << 20


class VerdictFile(Generic[V]):
    """Verdicts in a file, of this version of the program only; one that is damaged or of another holds none."""

    def __init__(self, path: Path, kind: Any) -> None:
        self._path = path
        self._adapter: TypeAdapter[dict[str, tuple[str, V]]] = TypeAdapter(dict[str, tuple[str, kind]])
        self._version = f"{__version__}, rules {_RULES}"

    def read(self) -> dict[str, tuple[str, V]]:
        """(mark of the stamp, verdict) by path; empty where there is nothing that can be used."""
        try:
            if self._path.stat().st_size > _LARGEST:
                return {}
            version, _, verdicts = self._path.read_bytes().partition(b"\n")
            if json.loads(version) != self._version:
                return {}
            return self._adapter.validate_json(verdicts)
        except (OSError, ValueError, RecursionError):
            return {}

    def write(self, verdicts: dict[str, tuple[str, V]]) -> None:
        """Keep verdicts in the place of those from before. A file that cannot be written is no loss."""
        try:
            raw = json.dumps(self._version).encode() + b"\n" + self._written(verdicts)
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, partial(_write, raw))
        except (FileError, OSError) as error:
            _log.warning("What is known of the models could not be kept: %s", error)

    def _written(self, verdicts: dict[str, tuple[str, V]]) -> bytes:
        """Verdicts as JSON, without those that tell names which are no text: those are judged anew each time."""
        try:
            return self._adapter.dump_json(verdicts)
        except ValueError:
            return self._adapter.dump_json({key: each for key, each in verdicts.items() if self._is_text(key, each)})

    def _is_text(self, key: str, verdict: tuple[str, V]) -> bool:
        try:
            self._adapter.dump_json({key: verdict})
        except ValueError:
            return False
        return True


def _surely(_verdict: object) -> bool:
    """Every verdict, by default."""
    return True


class Verdicts(Generic[V]):
    """Verdicts on files and folders by path. May be asked from any thread; a folder may then be judged twice."""

    def __init__(self, file: VerdictFile[V] | None = None) -> None:
        self._file = file
        self._known: dict[str, tuple[str, V]] | None = None
        self._used: set[str] = set()
        self._has_news = False
        self._lock = threading.Lock()

    def of(
        self,
        path: Path,
        judge: Callable[[Path], V],
        is_lasting: Callable[[V], bool],
        *,
        beside: Path | None = None,
        knowing: str = "",
        is_sure: Callable[[V], bool] = _surely,
    ) -> V:
        """The verdict of ``judge`` on a path, from before where no file changed since, nor the one ``beside`` it. One
        that is not lasting, such as that of a file that could not be read just now, is not remembered. One that is not
        sure holds only while the judge is ``knowing`` the same."""
        stamp = stamp_of(path) if beside is None else (*stamp_of(path), *stamp_of(beside))
        files, key = _mark(stamp), str(path)
        mark = f"{files} {knowing}".strip()
        known = self._all().get(key)
        if known is not None and (known[0] == mark or (known[0].startswith(files) and is_sure(known[1]))):
            self._used.add(key)
            return known[1]
        verdict = judge(path)
        if is_lasting(verdict):
            with self._lock:
                self._all()[key] = (mark, verdict)
                self._used.add(key)
                self._has_news = True
        return verdict

    def keep(self) -> None:
        """Write what is new to the file, if there is one."""
        with self._lock:
            if self._file is None or not self._has_news:
                return
            self._has_news = False
            known = dict(self._all())
        if len(known) > _MOST_KEPT:
            known = {key: verdict for key, verdict in known.items() if key in self._used}
        self._file.write(known)

    def _all(self) -> dict[str, tuple[str, V]]:
        if self._known is None:
            self._known = self._file.read() if self._file is not None else {}
        return self._known


def stamp_of(path: Path) -> Stamp:
    """How a file, or all files below a folder, stand now; links are followed, once each."""
    return tuple(sorted(_stamps(path, set())))


def _write(raw: bytes, stream: BinaryIO) -> None:
    stream.write(raw)


def _mark(stamp: Stamp) -> str:
    return hashlib.blake2b(repr(stamp).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _stamps(path: Path, seen: set[str]) -> Iterator[tuple[str, int, int, int]]:
    try:
        status = path.stat()
        if not path.is_dir():
            yield (str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            return
        real = os.path.realpath(path)
        inside = [] if real in seen else list(path.iterdir())
    except OSError:
        yield (str(path), -1, 0, 0)
        return
    seen.add(real)
    yield (str(path), 0, 0, 0)
    for each in inside:
        yield from _stamps(each, seen)
