"""A small hub on this computer's own loopback address, which can be told to misbehave."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REPOSITORY = "someone/painter"
SHA = "0123456789abcdef0123456789abcdef01234567"


class HubServer(ThreadingHTTPServer):
    """Serves one repository as the hub does; remembers which byte ranges were asked for.

    ``listing`` and ``content`` may be replaced by what answers in their stead; ``released`` is set at the end, for
    those that wait.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files: dict[str, bytes] = {}
        self.hashes: dict[str, str] = {}
        self.tag = '"one"'
        self.asked: list[tuple[str, str | None]] = []
        self.tokens: list[str | None] = []
        self.listings = 0
        self.ignores_ranges = False
        self.released = threading.Event()
        self.listing: Callable[[Answer], None] = lambda answer: answer.send_listing()
        self.content: Callable[[Answer, str], None] = lambda answer, name: answer.send_content(name)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


class Answer(BaseHTTPRequestHandler):
    server: HubServer

    def do_GET(self) -> None:
        if REPOSITORY in self.path:  # the hub's library may ask for other things
            self.server.tokens.append(self.headers.get("Authorization"))
        if self.path.startswith(f"/api/models/{REPOSITORY}?"):
            self.server.listings += 1
            self.server.listing(self)
            return
        match = re.fullmatch(rf"/{REPOSITORY}/resolve/{SHA}/(.+)", self.path)
        name = match.group(1) if match else ""
        if name not in self.server.files:
            self.send(404, b"", "text/plain")
            return
        self.server.asked.append((name, self.headers.get("Range")))
        self.server.content(self, name)

    def send_listing(self, **changes: Any) -> None:
        self.send(200, json.dumps({**self.values(), **changes}).encode(), "application/json")

    def send_content(self, name: str) -> None:
        content, start = self.server.files[name], self.start()
        place = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"} if start else {}
        self.send(206 if start else 200, content[start:], **place, ETag=self.server.tag)

    def start(self) -> int:
        """Where the client wants the answer to begin; 0 where its entity tag is not this file's."""
        wanted = self.headers.get("Range")
        fits = self.headers.get("If-Range", self.server.tag) == self.server.tag
        return int(wanted[6:-1]) if wanted and fits and not self.server.ignores_ranges else 0

    def values(self) -> dict[str, Any]:
        siblings = []
        for name, content in self.server.files.items():
            entry: dict[str, Any] = {"rfilename": name, "size": len(content)}
            entry["blobId"] = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            if name.endswith(".safetensors"):
                sha256 = hashlib.sha256(content).hexdigest()
                entry["lfs"] = {"size": len(content), "sha256": sha256, "pointerSize": 130}
            if name in self.server.hashes:
                entry["lfs"] = {"sha256": self.server.hashes[name]}
            siblings.append(entry)
        return {"id": REPOSITORY, "sha": SHA, "siblings": siblings, "tags": [], "private": False}

    def send(self, status: int, body: bytes, kind: str = "application/octet-stream", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_message: Any) -> None:
        """Keep the test's output clean."""
