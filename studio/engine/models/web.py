"""Files at https addresses: what is there, and asking for it. No step of the way leaves https."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from email.message import Message as HeaderLines
from ipaddress import ip_address
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from studio import __version__
from studio.engine.models.exchange import Exchange, ExchangeError, Head
from studio.engine.models.fetching import Ask, RemoteFile, Source
from studio.engine.models.gguf_headers import SUFFIX as GGUF
from studio.engine.models.headers import PICKLE_SUFFIXES
from studio.engine.models.retries import PASSING, PassingError, broken_off, retried, retry_after
from studio.errors import ModelError, UnsafeModelError
from studio.generation import CancelToken
from studio.message import Message

CIVITAI: Final = "civitai.com"
_WEIGHTS: Final = (".safetensors", ".sft", GGUF)
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 8
_LONGEST_NAME: Final = 200
_NO_NAME: Final = frozenset('/\\:*?"<>|')
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for itself."""
_BY_BROWSER: Final = "Download it with a browser and put it into the models folder."


@dataclass(frozen=True, kw_only=True)
class Web:
    """``tokens`` are those of a person by host, each sent to that host alone. ``civitai`` is where Civitai is;
    ``trusts_loopback`` allows plain http to this computer itself. Only tests need these two.

    Every method raises `ModelError` saying what to do, or `Cancelled` within a second of a cancel.
    """

    cancel: CancelToken
    tokens: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    civitai: str = f"https://{CIVITAI}"
    trusts_loopback: bool = False

    def file_at(self, address: str, name: str = "") -> RemoteFile:
        """What an address gives: its size, and its name if that is not known. Raises `UnsafeModelError` for pickles."""
        head = retried(lambda: self._head(address), self.cancel)
        size = head.headers.get("content-length", "")
        if not size.isdecimal() or "content-encoding" in head.headers:
            raise ModelError("{shown} does not say how large it is.", _BY_BROWSER, shown=shown(address))
        return RemoteFile(checked_name(name or _name(address, head)), int(size))

    def content(self, address: str, limit: int) -> bytes:
        """A small file, of ``limit`` bytes at most."""

        def read() -> bytes:
            with self.opened(address, {}) as exchange:
                return b"".join(exchange.body(limit))

        return retried(read, self.cancel)

    def source(self, name: str, addresses: Mapping[str, str]) -> Source:
        """Where files come from, the address of each by its name; ``name`` is for messages."""

        def ask(file: RemoteFile) -> Ask:
            return lambda headers: self.opened(addresses[file.name], headers)

        return Source(name=name, ask=ask, advice=Message("Check the address and the proxy."), cancel=self.cancel)

    @contextmanager
    def opened(self, address: str, headers: Mapping[str, str]) -> Iterator[Exchange]:
        """Ask for a file, wherever that leads; 200, 206 and 416 are answers, anything else raises."""
        with ExitStack() as way:
            place = address
            for _ in range(_MOST_REDIRECTS):
                exchange = way.enter_context(self._asked(place, headers))
                target = exchange.head.headers.get("location", "")
                if exchange.head.status not in _REDIRECTS or not target:
                    break
                way.pop_all().close()
                place = urljoin(place, target)
            else:
                raise ModelError(
                    "{shown} leads from one address to the next without an end.", _BY_BROWSER, shown=shown(address)
                )
            _check(place, exchange.head)
            yield exchange

    def _head(self, address: str) -> Head:
        with self.opened(address, {}) as exchange:
            return exchange.head

    @contextmanager
    def _asked(self, place: str, headers: Mapping[str, str]) -> Iterator[Exchange]:
        host = self._checked(place).hostname or ""
        token = self.tokens.get(host.removeprefix("www."), "")
        own = {"User-Agent": f"Shoreline/{__version__}", "Accept-Encoding": "identity"}
        if token:
            own["Authorization"] = f"Bearer {token}"
        try:
            with Exchange(place, {**own, **headers}, self.cancel, follows=False) as exchange:
                yield exchange
        except ExchangeError as error:
            raise broken_off(shown(place), error) from error

    def _checked(self, place: str) -> SplitResult:
        parts = split_address(place)
        is_safe = parts.scheme == "https" or (self.trusts_loopback and _is_loopback(parts.hostname or ""))
        if not is_safe or not parts.hostname:
            raise ModelError(
                "{shown} is no https address, so that what comes from there could be changed on its way.",
                "Give an address that begins with https.",
                shown=shown(place),
            )
        return parts


def split_address(address: str) -> SplitResult:
    """The parts of an address; nothing in them where it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # which is looked at only here
    except ValueError:  # such as half an IPv6 address
        return SplitResult("", "", "", "", "")
    return parts


def shown(address: str) -> str:
    """An address for messages: without what may be a secret in it."""
    parts = split_address(address)
    return f"{parts.scheme}://{parts.hostname}{parts.path}"[:200] if parts.hostname else address[:200]


def checked_name(name: str) -> str:
    """The name of a file that may lie in a models folder on any system.

    Raises `UnsafeModelError` for a pickle, `ModelError` for names of other files, for paths, and for what is no name.
    """
    is_plain = 0 < len(name) <= _LONGEST_NAME and name.isprintable() and name == name.strip(" .")
    if not is_plain or set(name) & _NO_NAME or name.partition(".")[0].lower() in _RESERVED:
        raise ModelError(
            "The server calls the file {name!r}, which is no name of a file.", _BY_BROWSER, name=name[:200]
        )
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in PICKLE_SUFFIXES:
        raise UnsafeModelError(
            "{name} is a pickle, which can run code when it is opened.", "Look for the same as .safetensors.", name=name
        )
    if suffix not in _WEIGHTS:
        raise ModelError(
            "{name} is no file of weights that Shoreline reads.",
            "Give the address of a file that ends with {names}.",
            name=name,
            names=", ".join(_WEIGHTS),
        )
    return name


def _name(address: str, head: Head) -> str:
    """What the server calls the file; else what its address does."""
    lines = HeaderLines()
    lines["Content-Disposition"] = head.headers.get("content-disposition", "")
    given = lines.get_filename("")
    return given or unquote(split_address(address).path).rpartition("/")[2]


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _check(place: str, head: Head) -> None:
    """Raise for an answer that is no file."""
    if head.status in PASSING:
        raise PassingError(
            "{shown} could not be downloaded: the server is out of order or has too much to do (error {status}).",
            "Try again later; what is there already is kept.",
            retry_after(head.headers.get("retry-after", "")),
            shown=shown(place),
            status=head.status,
        )
    if head.status in (401, 403):
        raise ModelError(
            "{shown} is not given to everyone (error {status}).",
            "Enter your API token of Civitai, if it is from there, or download it with a browser where you are logged "
            "in.",
            shown=shown(place),
            status=head.status,
        )
    if head.status not in (200, 206, 416):
        raise ModelError(
            "{shown} could not be downloaded (error {status}).",
            "Check the address.",
            shown=shown(place),
            status=head.status,
        )
    if head.is_page:
        raise ModelError(
            "{shown} is a web page, not a file; it may be one that asks for a login.",
            "Give the address that its download button has. For some files Civitai wants an API token.",
            shown=shown(place),
        )
