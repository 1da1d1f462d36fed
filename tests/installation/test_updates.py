"""The check for a newer version: one request, and no answer whatever a server does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from studio import HOMEPAGE
from studio.installation import updates
from studio.installation.updates import DAY_SECONDS, SWITCH, may_check, newer_version


class _Server:
    """Answers everything with one status, body and headers; keeps what it was asked."""

    def __init__(self) -> None:
        self.status = 200
        self.body = b""
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.address = ""


@pytest.fixture
def server() -> Iterator[_Server]:
    made = _Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers)))
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(made.body)

        def log_message(self, *_arguments: object) -> None:
            """Tests print nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{http.server_port}/newest.json"
    yield made
    http.shutdown()
    http.server_close()
    thread.join()


def say(server: _Server, **values: object) -> None:
    server.body = json.dumps(values).encode()


def test_a_newer_version_is_told_with_its_news(server: _Server) -> None:
    say(server, version="1.2", news={"en": "Curves.\x1b[31m\u202e", "zh_CN": "曲线"}, more="ignored")
    update = newer_version("1.1.9", server.address)
    assert update is not None
    assert (update.version, dict(update.news)) == ("1.2", {"en": "Curves.[31m", "zh_CN": "曲线"})


@pytest.mark.parametrize("version", ["1.2", "1.1", "1.2rc1", "0"])
def test_the_same_or_an_older_one_is_not(server: _Server, version: str) -> None:
    say(server, version=version)
    assert newer_version("1.2", server.address) is None


def test_nothing_is_sent_but_the_request(server: _Server) -> None:
    say(server, version="9")
    newer_version("1.0", server.address)
    ((path, headers),) = server.asked
    assert path == "/newest.json"
    assert headers.pop("User-Agent") == "Shoreline"
    assert set(headers) <= {"Host", "Connection", "Accept-Encoding"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Log in to the hotel's network</html>",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"version": 2}',
        b'{"version": ""}',
        b'{"version": "a newer one"}',
        b'{"version": "9", "news": {"en": 7}}',
        b'{"version": "9", "news": ["x"]}',
        b'{"version": "' + b"9" * 50 + b'"}',
        b"[" * 100_000,
        b'{"version": "9", "news": {"en": "' + b"x" * 100_000 + b'"}}',
    ],
)
def test_an_answer_that_is_none_is_not_told(server: _Server, body: bytes) -> None:
    server.body = body
    assert newer_version("1.0", server.address) is None


@pytest.mark.parametrize("status", [204, 301, 302, 403, 404, 500])
def test_neither_is_one_with_another_status_and_nobody_is_led_elsewhere(server: _Server, status: int) -> None:
    say(server, version="9")
    server.status = status
    server.headers = {"Location": server.address.replace("newest", "elsewhere")}
    assert newer_version("1.0", server.address) is None
    assert [path for path, _ in server.asked] == ["/newest.json"]


def test_an_answer_that_breaks_off_is_none(server: _Server) -> None:
    server.body = b'{"version": "9"'
    server.headers = {"Content-Length": "1000"}
    assert newer_version("1.0", server.address) is None


def test_an_answer_without_end_is_given_up(server: _Server) -> None:
    server.body = b" " * 10_000_000
    assert newer_version("1.0", server.address) is None


def test_a_server_that_comes_too_slowly_is_given_up(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "_NO_ANSWER_SECONDS", 0.0001)
    say(server, version="9")
    assert newer_version("1.0", server.address) is None


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/newest.json", "https://no-such-host.invalid/newest.json"])
def test_nobody_there_is_quiet(address: str) -> None:
    assert newer_version("1.0", address) is None


def test_it_is_asked_once_a_day_if_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    now = 10 * DAY_SECONDS
    assert may_check(wanted=True, last=0.0, now=now)
    assert not may_check(wanted=False, last=0.0, now=now)
    assert not may_check(wanted=True, last=now - 60, now=now)
    assert may_check(wanted=True, last=now - DAY_SECONDS, now=now)
    assert may_check(wanted=True, last=now + DAY_SECONDS, now=now), "the clock was set back"
    monkeypatch.setenv(SWITCH, "1")
    assert not may_check(wanted=True, last=0.0, now=now)


def test_the_projects_address_stands_in_one_place() -> None:
    assert HOMEPAGE.startswith("https://")
    assert updates.NEWEST.startswith(f"{HOMEPAGE}/")
    top, host = Path(__file__).parents[2], HOMEPAGE.removeprefix("https://")
    files = [top / "pyproject.toml", top / "setup.py"]
    files += [path for folder in ("packaging", "resources", "studio") for path in (top / folder).rglob("*.*")]
    texts = [path for path in files if path.suffix in (".in", ".nsi", ".py", ".toml", ".xml", ".desktop")]
    assert [path for path in texts if host in path.read_text("utf-8")] == [top / "studio" / "__init__.py"]
