"""One HTTP GET that can be given up at any moment: while a name is looked up, while a server is silent, in a body.

Connections are those of huggingface_hub's session, so that proxies, certificates, ``HF_HUB_OFFLINE`` and whatever else
a person has set up for it hold here too. It reads in a thread of its own, because nothing else wakes a blocked read.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

from studio.generation import CancelToken
from studio.message import Message
from studio.system.parts import engine_part

SILENCE_SECONDS: Final = 15.0
"""How long a server may send nothing."""

_GLANCE_SECONDS: Final = 0.1
_WAITING_PIECES: Final = 16
_PIECE: Final = 1 << 18
_LASTING: Final = frozenset(
    {"OfflineModeIsEnabled", "UnsupportedProtocol", "InvalidURL", "TooManyRedirects", "LocalProtocolError"}
)
"""Errors, of httpx under any of its names and of huggingface_hub, that another try does not mend."""


class ExchangeError(Exception):
    """The connection failed, fell silent or broke off: ``reason`` is part of a sentence. ``may_pass`` says whether
    another try can help."""

    def __init__(self, reason: str, *, may_pass: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_pass = may_pass


@dataclass(frozen=True)
class Head:
    """How an answer begins; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]

    @property
    def is_page(self) -> bool:
        """Whether what follows is a web page, which no model is."""
        return self.headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml"))


class Exchange:
    """A GET, as a context manager; ``head`` and `body` raise `ExchangeError`, or `Cancelled` soon after a cancel.

    It ``follows`` redirects, unless those are to be looked at first.
    """

    def __init__(self, url: str, headers: Mapping[str, str], cancel: CancelToken, *, follows: bool = True) -> None:
        self._url = url
        self._headers = dict(headers)
        self._cancel = cancel
        self._follows = follows
        self._pieces: queue.Queue[Head | bytes | Exception | None] = queue.Queue(_WAITING_PIECES)
        self._given_up = threading.Event()
        self._response: Any = None
        self.head = Head(0, {})

    def __enter__(self) -> Exchange:
        # A daemon: a name server that never answers must not keep the process alive.
        threading.Thread(target=self._receive, name="shoreline-network", daemon=True).start()
        try:
            head = self._next()
        except BaseException:
            self._give_up()
            raise
        if not isinstance(head, Head):
            raise ExchangeError(Message("the server sent nothing"))
        self.head = head
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_up()

    def body(self, limit: int) -> Iterator[bytes]:
        """The content in pieces, unpacked if the server packed it, of ``limit`` bytes at most.

        One byte more raises `ExchangeError`; nothing beyond is unpacked.
        """
        unpack = self._unpacker()
        count = 0
        while (piece := self._next()) is not None:
            for content in unpack(piece) if isinstance(piece, bytes) else ():
                count += len(content)
                if count > limit:
                    raise ExchangeError(Message("the server sends more than it announced"), may_pass=False)
                yield content

    def _unpacker(self) -> Callable[[bytes], Iterator[bytes]]:
        encoding = self.head.headers.get("content-encoding", "identity").strip().lower()
        if encoding in ("", "identity"):
            return lambda piece: iter((piece,))
        if encoding not in ("gzip", "x-gzip", "deflate"):
            packed = Message("the server packs its answer as {encoding}", encoding=encoding[:40])
            raise ExchangeError(packed, may_pass=False)
        return _Inflation().pieces

    def _next(self) -> Head | bytes | None:
        deadline = time.monotonic() + SILENCE_SECONDS
        while True:
            self._cancel.raise_if_cancelled()
            try:
                piece = self._pieces.get(timeout=_GLANCE_SECONDS)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise ExchangeError(_silent()) from None
                continue
            if isinstance(piece, Exception):
                raise _explained(piece) from piece
            return piece

    def _give_up(self) -> None:
        """Wake the thread, if it reads, and let it end."""
        self._given_up.set()
        response = self._response
        with contextlib.suppress(Exception):  # whatever the library makes of it: the answer is not wanted any more
            if response is not None and not response.is_closed:
                response.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)

    # --- in the thread ----------------------------------------------------------------------------

    def _receive(self) -> None:
        try:
            session = engine_part("huggingface_hub.utils").get_session()
            with session.stream(
                "GET", self._url, headers=self._headers, follow_redirects=self._follows, timeout=SILENCE_SECONDS
            ) as response:
                self._response = response
                head = Head(response.status_code, {name.lower(): value for name, value in response.headers.items()})
                if self._put(head) and all(self._put(piece) for piece in response.iter_raw()):
                    self._put(None)
        except Exception as error:  # noqa: BLE001 - whatever it is, who waits must hear of it
            self._put(error)

    def _put(self, piece: Head | bytes | Exception | None) -> bool:
        """Hand over a piece; false if nobody wants it."""
        while not self._given_up.is_set():
            with contextlib.suppress(queue.Full):
                self._pieces.put(piece, timeout=_GLANCE_SECONDS)
                return True
        return False


class _Inflation:
    """Unpacks gzip or deflate piece by piece, so that a bomb is noticed before it fills the memory."""

    def __init__(self) -> None:
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def pieces(self, packed: bytes) -> Iterator[bytes]:
        try:
            while packed:
                yield self._unpacker.decompress(packed, _PIECE)
                packed = self._unpacker.unconsumed_tail
        except zlib.error as error:
            raise ExchangeError(Message("the server's answer is packed wrongly"), may_pass=False) from error


def _silent() -> Message:
    return Message("the server sent nothing for {seconds:.0f} seconds", seconds=SILENCE_SECONDS)


def _explained(error: Exception) -> ExchangeError:
    words = (str(error).strip().splitlines() or [""])[0][:300] or type(error).__name__
    names = {kind.__name__ for kind in type(error).__mro__}
    if "TimeoutException" in names:
        words = _silent()
    return ExchangeError(words, may_pass=not names & _LASTING)
