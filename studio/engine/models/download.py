"""Downloading diffusers model folders from the Hugging Face hub, with resume and cancel. Needs no torch."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from studio.engine.models.companions import CARD
from studio.engine.models.exchange import Exchange, Head
from studio.engine.models.folder_models import family_of_index, inspect_folder
from studio.engine.models.hub import Hub, PassingError, RemoteFile, Repository
from studio.engine.models.repository_files import INDEX_NAME, choose_files
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.text.amounts import bytes_text

_CHUNK: Final = 1 << 20
_STRONG_TAG: Final = re.compile(r'"[!#-~]*"')
_POSITIONS: Final = re.compile(r"bytes (\d{1,19})-\d*/(\d{1,19}|\*)", re.ASCII)
MAX_INDEX: Final = 1 << 20
"""The largest ``model_index.json``, in bytes."""
_SPARE_BYTES: Final = 64 << 20
"""Space on the disk that is left to others."""

Report = Callable[[int, int], None]
"""``report(bytes_done, bytes_total)``"""


def download_model(
    repo_id: str,
    target: Path,
    progress: Report,
    cancel: CancelToken,
    *,
    endpoint: str | None = None,
    token: str | None = None,
) -> Path:
    """Fetch a diffusers model such as "owner/name" into the folder ``target``, and check it.

    Every file is compared with the hash that the hub gives. A download that was cancelled or broke off goes on where it
    stopped, also within a file. Returns ``target``. Raises `Cancelled` within a second of a cancel, or `ModelError`
    when the hub or the model cannot be reached, there is no room for it, or it is no usable model.
    """
    hub = Hub(cancel, endpoint, token)
    repository = hub.repository(repo_id)
    with _saving(repo_id, target):
        files = _chosen(hub, repository, target)
        _check_space(repo_id, files, target)
        _fetch_all(hub, repository, files, target, progress)
    inspect_folder(target)
    return target


def download_files(
    repo_id: str,
    names: Sequence[str],
    target: Path,
    cancel: CancelToken,
    *,
    progress: Report = lambda _done, _total: None,
    also: Sequence[str] = (),
    endpoint: str | None = None,
) -> None:
    """Fetch files of a repository into the folder ``target``, and those of ``also`` that it has.

    Raises `Cancelled` or `ModelError`.
    """
    hub = Hub(cancel, endpoint)
    repository = hub.repository(repo_id)
    files = [file for file in repository.files if file.name in (*names, *also)]
    if missing := set(names) - {file.name for file in files}:
        raise ModelError(f"{repo_id} has no {', '.join(sorted(missing))}.", "Try again later.")
    with _saving(repo_id, target):
        target.mkdir(parents=True, exist_ok=True)
        _check_space(repo_id, files, target)
        _fetch_all(hub, repository, files, target, progress)


@contextlib.contextmanager
def _saving(repo_id: str, target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"{repo_id} could not be saved in {target}: {error.strerror or error}.",
            "Check the free disk space and that you may write there; what is there already is kept.",
        ) from error


def _fetch_all(hub: Hub, repository: Repository, files: Sequence[RemoteFile], target: Path, progress: Report) -> None:
    total, done = sum(file.size for file in files), 0
    for file in files:
        _Fetch(hub, repository, file, target, partial(_report, progress, done, total)).run()
        done += file.size


def _report(progress: Report, done: int, total: int, count: int) -> None:
    progress(done + count, total)


def _chosen(hub: Hub, repository: Repository, target: Path) -> list[RemoteFile]:
    """What to fetch, by the repository's ``model_index.json``, which is fetched for that."""
    index_file = next((file for file in repository.files if file.name == INDEX_NAME), None)
    if index_file is None or index_file.size > MAX_INDEX:
        raise ModelError(
            f"{repository.repo_id} is not a diffusers model folder: it has no model_index.json.",
            "Choose a repository in the diffusers layout, or download its .safetensors file by hand.",
        )
    _Fetch(hub, repository, index_file, target, lambda _count: None).run()
    index = read_json(target / INDEX_NAME)
    family = family_of_index(index, repository.repo_id)
    card = [file for file in repository.files if file.name == CARD]
    return [*card, *choose_files(repository.files, index, family, lambda name: _kept_bytes(target / name) > 0)]


def _kept_bytes(place: Path) -> int:
    """How much of a file is there, whole or in part."""
    for path in (place, _part_of(place)):
        with contextlib.suppress(FileNotFoundError):
            return path.stat().st_size
    return 0


def _part_of(place: Path) -> Path:
    return place.with_name(place.name + ".part")


def _check_space(repo_id: str, files: list[RemoteFile], target: Path) -> None:
    missing = sum(max(0, file.size - _kept_bytes(target / file.name)) for file in files)
    free = shutil.disk_usage(target).free
    if missing + _SPARE_BYTES > free and missing:
        raise ModelError(
            f"{repo_id} needs {bytes_text(missing)} more in {target}, where {bytes_text(free)} are free.",
            "Free some disk space and start again; what is there already is kept.",
        )


class _Fetch:
    """One file on its way to its place: received beside it, checked, and moved there."""

    def __init__(
        self, hub: Hub, repository: Repository, file: RemoteFile, target: Path, received: Callable[[int], None]
    ) -> None:
        self._hub = hub
        self._repository = repository
        self._file = file
        self._place = target / file.name
        self._part = _part_of(self._place)
        self._tag = self._part.with_name(self._part.name + ".etag")
        self._received = received
        self._furthest = 0

    def run(self) -> None:
        """Fetch the file, unless it is there already. A part that turns out damaged is fetched anew, once."""
        if not self._is_sound(self._place):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(2):
                self._hub.retried(self._receive, self._has_moved)
                if self._is_sound(self._part):
                    break
                self._discard()
            else:
                raise ModelError(
                    f"{self._file.name} of {self._repository.repo_id} arrived damaged.", "Start the download again."
                )
            self._part.replace(self._place)
            self._tag.unlink(missing_ok=True)
        self._received(self._file.size)

    def _receive(self) -> None:
        count, tag = self._taken_up()
        headers = {"Range": f"bytes={count}-"} if count else {}
        if count and _STRONG_TAG.fullmatch(tag):
            headers["If-Range"] = tag  # a weak tag may not be used for it, an odd one not be sent; `_start` compares it
        if count < self._file.size or not self._part.exists():
            with self._hub.opened(self._repository, self._file.name, headers) as exchange:
                self._write(exchange, self._start(exchange.head, count, tag))
        if self._count() < self._file.size:
            raise PassingError(
                f"{self._file.name} of {self._repository.repo_id} broke off.",
                "Start the download again; it goes on from there.",
            )

    def _write(self, exchange: Exchange, count: int) -> None:
        self._tag.write_text(exchange.head.headers.get("etag", "")[:500], "utf-8")
        with self._part.open("ab" if count else "wb") as out:
            for piece in exchange.body(self._file.size - count):
                out.write(piece)
                count += len(piece)
                self._received(count)

    def _taken_up(self) -> tuple[int, str]:
        """How many bytes are there from before, and the entity tag that they came under."""
        count = self._count()
        if count > self._file.size:
            self._discard()
            return 0, ""
        try:
            return count, self._tag.read_text("utf-8-sig")
        except (FileNotFoundError, UnicodeDecodeError):
            return count, ""

    def _start(self, head: Head, count: int, tag: str) -> int:
        """The position of the answer's first byte; what is there is given up where it does not fit."""
        length = head.headers.get("content-length", "")
        start = count if head.status == 206 else 0
        place = _POSITIONS.match(head.headers.get("content-range", ""))
        fits = place is not None and int(place[1]) == count and place[2] in ("*", str(self._file.size))
        same = not tag or head.headers.get("etag", tag) == tag
        if head.status == 416 or (head.status == 206 and not (fits and same)):
            self._discard()
            raise PassingError(
                f"{self._file.name} of {self._repository.repo_id} has changed, or the server mixes its parts up.",
                "Start the download again.",
            )
        is_packed = "content-encoding" in head.headers
        if length.isdecimal() and start + int(length) > self._file.size and not is_packed:
            raise ModelError(
                f"The server sends more for {self._file.name} of {self._repository.repo_id} than the hub announced.",
                "Check HF_ENDPOINT and the proxy, or choose another repository.",
            )
        return start

    def _count(self) -> int:
        return self._part.stat().st_size if self._part.is_file() else 0

    def _has_moved(self) -> bool:
        """Whether at least a megabyte has come since this was asked last."""
        count = self._count()
        moved = count >= self._furthest + _CHUNK
        self._furthest = max(self._furthest, count)
        return moved

    def _discard(self) -> None:
        self._part.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)

    def _is_sound(self, path: Path) -> bool:
        """Whether a file has the size and the content that the hub announced."""
        if not path.is_file() or path.stat().st_size != self._file.size:
            return False
        if self._file.sha256 is not None:
            return self._digest(path, hashlib.sha256()) == self._file.sha256
        if self._file.git_sha1 is not None:
            blob = hashlib.sha1(b"blob %d\0" % self._file.size, usedforsecurity=False)
            return self._digest(path, blob) == self._file.git_sha1
        return True

    def _digest(self, path: Path, digest: hashlib._Hash) -> str:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                self._hub.cancel.raise_if_cancelled()
        return digest.hexdigest()
