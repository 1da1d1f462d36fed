"""A small web server on this computer's own loopback address, with answers by path."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[["Answer"], None]


class WebServer(ThreadingHTTPServer):
    """``replies`` are by path with its query; ``asked`` are (path, headers) in their order."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


class Answer(BaseHTTPRequestHandler):
    server: WebServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.server.replies.get(self.path, lambda answer: answer.send(404, b""))(self)

    def send(self, status: int, body: bytes, kind: str = "application/octet-stream", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_message: Any) -> None:
        """Keep the test's output clean."""


def content(body: bytes, name: str = "", **headers: str) -> Reply:
    """A file, of which also a part is given; ``name`` is what the server calls it."""
    given = {"Content_Disposition": f'attachment; filename="{name}"'} if name else {}

    def reply(answer: Answer) -> None:
        wanted = answer.headers.get("Range")
        start = int(wanted[6:-1]) if wanted else 0
        place = {"Content_Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        answer.send(206 if start else 200, body[start:], ETag='"one"', **place, **given, **headers)

    return reply


def broken_off(body: bytes, count: int) -> Reply:
    """A file that ends too early, whatever part of it is asked for."""

    def reply(answer: Answer) -> None:
        start = int((answer.headers.get("Range") or "bytes=0-")[6:-1])
        answer.send_response(206 if start else 200)
        answer.send_header("Content-Length", str(len(body) - start))
        answer.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        answer.send_header("ETag", '"one"')
        answer.end_headers()
        answer.wfile.write(body[start : start + count])
        answer.close_connection = True

    return reply


def redirect(target: str, status: int = 302) -> Reply:
    return lambda answer: answer.send(status, b"", Location=target)


def told(values: Any) -> Reply:
    return lambda answer: answer.send(200, json.dumps(values).encode(), "application/json")


@contextmanager
def serving(server: WebServer) -> Iterator[WebServer]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
