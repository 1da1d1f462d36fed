"""The Hugging Face hub, or another server that speaks like it: what a repository holds, and its files.

Its address is ``HF_ENDPOINT``, its token that of ``HF_TOKEN`` or of a login with the hub's own tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from studio.engine.models.exchange import Exchange, ExchangeError, Head
from studio.engine.models.fetching import Ask, RemoteFile, Source
from studio.engine.models.retries import PASSING, PassingError, broken_off, retried, retry_after
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.message import Message
from studio.system.parts import engine_part
from studio.text.untrusted import parse_json

_MAX_LISTING: Final = 16 << 20
_MAX_FILES: Final = 20_000
_MAX_SIZE: Final = 1 << 42

_REPOSITORY: Final = re.compile(r"[A-Za-z0-9_][\w.-]{0,95}(/[A-Za-z0-9_][\w.-]{0,95})?", re.ASCII)
_REVISION: Final = re.compile(r"[A-Za-z0-9]{1,64}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SHA1: Final = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Repository:
    """A repository at one revision, with its files."""

    repo_id: str
    revision: str
    files: tuple[RemoteFile, ...]


@dataclass(frozen=True)
class Hub:
    """``endpoint`` and ``token`` of ``None`` are those that huggingface_hub is set up for.

    Every method raises `ModelError` saying what to do, or `Cancelled` within a second of a cancel.
    """

    cancel: CancelToken
    endpoint: str | None = None
    token: str | None = None

    def repository(self, repo_id: str) -> Repository:
        """What a repository such as "owner/name" holds. A name that is none is refused without asking."""
        if not _REPOSITORY.fullmatch(repo_id) or ".." in repo_id:
            raise ModelError(
                "{repo_id!r} is no name of a repository.",
                "Give it as owner/name, such as stable-diffusion-v1-5/stable-diffusion-v1-5.",
                repo_id=repo_id[:200],
            )
        url = f"{self.address}/api/models/{repo_id}?blobs=true"
        content = retried(lambda: self._listing(repo_id, url), self.cancel)
        try:
            return _repository(repo_id, parse_json(content))
        except (ValueError, TypeError, KeyError) as error:
            raise _unreadable(repo_id, str(error)) from error

    def source(self, repository: Repository) -> Source:
        """A repository as where files come from."""

        def ask(file: RemoteFile) -> Ask:
            return lambda headers: self.opened(repository, file.name, headers)

        advice = Message("Check HF_ENDPOINT and the proxy, or choose another repository.")
        return Source(name=repository.repo_id, ask=ask, advice=advice, cancel=self.cancel)

    @contextmanager
    def opened(self, repository: Repository, name: str, headers: Mapping[str, str]) -> Iterator[Exchange]:
        """Ask for a file; 200, 206 and 416 are answers, anything else raises."""
        url = f"{self.address}/{repository.repo_id}/resolve/{repository.revision}/{quote(name)}"
        with self._asked(repository.repo_id, url, headers) as exchange:
            if exchange.head.status not in (200, 206, 416):
                raise _refusal(repository.repo_id, exchange.head)
            if exchange.head.status != 416 and exchange.head.is_page:
                raise _login_page(repository.repo_id)
            yield exchange

    def _listing(self, repo_id: str, url: str) -> bytes:
        with self._asked(repo_id, url, {}) as exchange:
            if exchange.head.status != 200:
                raise _refusal(repo_id, exchange.head)
            if exchange.head.is_page:
                raise _login_page(repo_id)
            return b"".join(exchange.body(_MAX_LISTING))

    @contextmanager
    def _asked(self, repo_id: str, url: str, headers: Mapping[str, str]) -> Iterator[Exchange]:
        library = engine_part("huggingface_hub.utils")
        own = library.build_hf_headers(token=self.token)
        try:
            # A packed answer would make byte positions meaningless.
            with Exchange(url, {**own, "Accept-Encoding": "identity", **headers}, self.cancel) as exchange:
                yield exchange
        except ExchangeError as error:
            raise broken_off(repo_id, error) from error

    @property
    def address(self) -> str:
        """Where it is, without a slash at the end."""
        return (self.endpoint or str(engine_part("huggingface_hub.constants").ENDPOINT)).rstrip("/")


def _login_page(repo_id: str) -> ModelError:
    return ModelError(
        "{repo_id} could not be downloaded: a web page came instead, as networks send that want a login.",
        "Open a page in the browser and log in to the network, or check HF_ENDPOINT and the proxy; then start again.",
        repo_id=repo_id,
    )


def _unreadable(repo_id: str, reason: str) -> ModelError:
    return ModelError(
        "The list of the files of {repo_id} cannot be read ({reason}).",
        "Check that HF_ENDPOINT is the address of a hub, and try again later.",
        repo_id=repo_id,
        reason=reason[:200],
    )


def _refusal(repo_id: str, head: Head) -> ModelError:
    """What a status other than success means, and the way out."""
    status, code = head.status, head.headers.get("x-error-code", "")
    if code == "GatedRepo" or (status == 403 and "gated" in head.headers.get("x-error-message", "").lower()):
        return ModelError(
            "{repo_id} is gated: its owner wants its terms to be accepted first.",
            "Log in on the hub, accept them on its page, run `hf auth login` or set HF_TOKEN, and try again.",
            repo_id=repo_id,
        )
    if status == 429 or status in PASSING:
        return _passing(repo_id, head)
    if status == 404 or code in ("RepoNotFound", "EntryNotFound", "RevisionNotFound"):
        return ModelError(
            "{repo_id} is not on the hub, or is private (error {status}).",
            "Check the name. For a private one run `hf auth login` or set HF_TOKEN.",
            repo_id=repo_id,
            status=status,
        )
    if status == 401:
        return ModelError(
            "The hub does not know who asks for {repo_id} (error 401).",
            "Check the name; run `hf auth login` or set HF_TOKEN to a token that is valid.",
            repo_id=repo_id,
        )
    if status == 403:
        return ModelError(
            "The hub does not allow {repo_id} to be downloaded (error 403).",
            "Ask its owner for access, or use a token (HF_TOKEN) that may read it.",
            repo_id=repo_id,
        )
    return ModelError(
        "{repo_id} could not be downloaded: the hub answers with error {status}.",
        "Try again later, or another one.",
        repo_id=repo_id,
        status=status,
    )


def _when(wait: float | None) -> Message:
    if wait is None:
        return Message("later")
    if wait > 90:
        return Message("in {minutes:.0f} minutes", minutes=wait / 60)
    return Message("in {seconds:.0f} seconds", seconds=wait)


def _passing(repo_id: str, head: Head) -> PassingError:
    wait = retry_after(head.headers.get("retry-after", ""))
    when = _when(wait)
    if head.status == 429:
        return PassingError(
            "The hub has had too many requests from here (error 429); {repo_id} could not be downloaded.",
            "Try again {when}; with a login (HF_TOKEN) more are allowed. What is there already is kept.",
            wait,
            repo_id=repo_id,
            when=when,
        )
    return PassingError(
        "{repo_id} could not be downloaded: the hub is out of order (error {status}).",
        "Try again {when}; what is there already is kept.",
        wait,
        repo_id=repo_id,
        status=head.status,
        when=when,
    )


def _repository(repo_id: str, listing: Any) -> Repository:
    """The listing, with every value checked. Raises ``ValueError``, ``TypeError`` or ``KeyError``."""
    if not isinstance(listing, dict) or not isinstance(listing.get("siblings"), list):
        raise TypeError("it holds no list of files")
    if len(listing["siblings"]) > _MAX_FILES:
        raise ValueError("too many files")
    revision = listing.get("sha") or "main"
    if not isinstance(revision, str) or not _REVISION.fullmatch(revision):
        raise ValueError("its revision is none")
    files = tuple(_file(item) for item in listing["siblings"])
    _check_names(repo_id, files)
    return Repository(repo_id, revision, files)


def _file(item: Any) -> RemoteFile:
    name, size, lfs = item["rfilename"], item.get("size"), item.get("lfs")
    if not isinstance(name, str):
        raise TypeError("a file has no name")
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= _MAX_SIZE:
        raise ValueError(f"the size of {name[:100]} is missing or impossible")
    sha256 = lfs.get("sha256") or lfs.get("oid") if isinstance(lfs, dict) else None
    return RemoteFile(name, size, _matching(_SHA256, sha256), None if lfs else _matching(_SHA1, item.get("blobId")))


def _matching(pattern: re.Pattern[str], value: object) -> str | None:
    return value if isinstance(value, str) and pattern.fullmatch(value) else None


def _check_names(repo_id: str, files: tuple[RemoteFile, ...]) -> None:
    """Refuse a repository that names a file outside of its folder, on any system."""
    for file in files:
        path = PurePosixPath(file.name)
        is_control = any(ord(letter) < 32 for letter in file.name)
        if path.is_absolute() or ".." in path.parts or set(file.name) & set("\\:") or is_control or not path.parts:
            raise ModelError(
                "{repo_id} names a file outside its folder: {file!r}.",
                "Do not use this repository.",
                repo_id=repo_id,
                file=file.name[:200],
            )
