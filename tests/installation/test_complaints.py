"""What uv wrote, by its own words, and what a person reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import EngineError, FileError
from studio.installation import uv_tool
from studio.installation.complaints import explained
from studio.installation.uv_tool import uv_environment

FETCH = (
    "Using CPython 3.12.1 interpreter at: /usr/lib/shoreline/python/bin/python3\nerror: Failed to fetch: `https://a`\n"
)
SENDING = f"{FETCH}  cause: error sending request for url (https://a)\n  cause: client error (Connect)\n"


@pytest.mark.parametrize(
    ("text", "message", "advice"),
    [
        (f"{SENDING}  cause: dns error", "network or the server does not answer", "folder of wheels"),
        (f"{SENDING}  cause: tunnel error: proxy authorization required", "proxy", "HTTPS_PROXY"),
        (f"{SENDING}  cause: tunnel error: unsuccessful", "proxy", "HTTPS_PROXY"),
        (f"{FETCH}  cause: HTTP status client error (407 Proxy Authentication Required)", "proxy", "HTTPS_PROXY"),
        (f"{SENDING}  cause: invalid peer certificate: UnknownIssuer", "certificate was not accepted", "SSL_CERT_FILE"),
        (f"{FETCH}  cause: HTTP status client error (403 Forbidden)", "refused to hand", "mirror"),
        (f"{FETCH}  cause: HTTP status client error (404 Not Found)", "not all there", "another mirror"),
        (f"{FETCH}  cause: HTTP status server error (503 Busy)", "network or the server", "try again"),
        ("error: Hash mismatch for `torch==2.9.1`", "hash differs", "nothing of it was used"),
        ("  × No solution found when resolving dependencies", "not all there", "another mirror"),
        ("error: Failed to bytecode-compile\n  cause: startup timed out (60s)", "could not compile", "Try again"),
        ("error: Something new", "could not be installed: Something new", "Try again"),
    ],
)
def test_what_went_wrong_is_said_with_the_way_out(text: str, message: str, advice: str) -> None:
    error = explained(text, Path("engines"))
    assert isinstance(error, EngineError)
    assert message in error.message
    assert advice in error.advice
    assert "interpreter at" not in error.message, "what uv reports beside its complaint is not repeated"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("error: failed to write `a.so`\n  cause: No space left on device (os error 28)", "The disk is full"),
        ("error: failed to write `a.dll`\n  cause: not enough space on the disk. (os error 112)", "The disk is full"),
        ("error: failed to create directory\n  cause: Read-only file system (os error 30)", "could not be written"),
        ("error: failed to create directory\n  cause: Permission denied (os error 13)", "could not be written"),
    ],
)
def test_a_disk_that_refuses_is_named_by_its_folder(text: str, message: str) -> None:
    error = explained(text, Path("engines"))
    assert isinstance(error, FileError)
    assert message in error.message
    assert "below engines" in error.message


@pytest.mark.parametrize("there", [True, False])
def test_certificates_are_the_systems_where_it_has_them(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = tmp_path / "bundle.pem"
    if there:
        bundle.touch()
    monkeypatch.setattr(uv_tool, "CERTIFICATES", (bundle,))
    monkeypatch.setattr(uv_tool.sys, "platform", "linux")
    assert uv_environment({}, tmp_path)["UV_SYSTEM_CERTS"] == str(int(there))
    assert uv_environment({"UV_SYSTEM_CERTS": "0"}, tmp_path)["UV_SYSTEM_CERTS"] == "0", "the person's word counts"


def test_uv_hears_of_no_other_python_and_of_the_persons_proxy(tmp_path: Path) -> None:
    ours = {"PYTHONHOME": "/opt/python", "PYTHONPATH": "/opt/lib", "HTTPS_PROXY": "http://a:1", "UV_HTTP_TIMEOUT": "5"}
    given = uv_environment(ours, tmp_path)
    assert not {"PYTHONHOME", "PYTHONPATH"} & set(given)
    assert (given["HTTPS_PROXY"], given["UV_HTTP_TIMEOUT"]) == ("http://a:1", "5")
