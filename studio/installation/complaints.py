"""What uv's words mean for a person."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from studio.errors import EngineError, FileError

_KINDS: Final = (
    (
        re.compile(r"hash mismatch|hashes? .*(?:mismatch|do not match)", re.IGNORECASE),
        "A package is not the one that this version of Shoreline was made with (its hash differs).",
        "Try again later or with another mirror; nothing of it was used.",
    ),
    (
        re.compile(r"proxy|tunnel error", re.IGNORECASE),
        "The proxy of this network refused or could not be reached.",
        "Check HTTPS_PROXY and the proxy's name and password, then try again.",
    ),
    (
        re.compile(r"certificate|UnknownIssuer|invalid peer", re.IGNORECASE),
        "The server's certificate was not accepted.",
        "Check the clock of this machine; behind a company's proxy set SSL_CERT_FILE to its certificate.",
    ),
    (
        re.compile(r"bytecode-compile", re.IGNORECASE),
        "The packages are there, but this Python could not compile them.",
        "Try again, best while the machine has less to do: what has arrived is kept.",
    ),
    (
        re.compile(r"401 |403 |unauthorized|forbidden", re.IGNORECASE),
        "The server refused to hand the packages out.",
        "Check the mirror's address and your right to use it.",
    ),
    (
        re.compile(
            r"no solution found|has no wheels|not found in the (?:package registry|provided)|404 ", re.IGNORECASE
        ),
        "The packages that an engine needs are not all there.",
        "Choose another mirror or folder of wheels, or another engine.",
    ),
    (
        re.compile(
            r"dns error|error sending request|connect(?:ion)? |timed? ?out|network|client error|server error",
            re.IGNORECASE,
        ),
        "The packages could not be fetched: the network or the server does not answer.",
        "Check the connection and try again: what has arrived is kept. Without a network choose a folder of wheels.",
    ),
)
_LABEL: Final = re.compile(r"^(?:error|cause|caused by): ", re.IGNORECASE)
_REPORTS: Final = ("Using ", "Resolved", "Downloading", "Downloaded", "Prepared", "Installed", "warning", "hint")
_MOST_LINES: Final = 8
_MOST_LETTERS: Final = 500
_FULL: Final = re.compile(r"no space left|disk full|os error 28|not enough space|os error 112|quota", re.IGNORECASE)
_FORBIDDEN: Final = re.compile(r"permission denied|access is denied|read-only file system", re.IGNORECASE)


def explained(text: str, folder: Path, what: str = "the engine") -> EngineError | FileError:
    """The error for what uv wrote on stderr when ``what`` was to be installed; its own words are kept, shortened."""
    said = gist(text)
    if _FULL.search(text):
        return FileError(
            "The disk is full: {what} could not be written below {folder}.",
            "Free some space and try again: what has arrived is kept.",
            what=what,
            folder=folder,
        )
    if _FORBIDDEN.search(text):
        return FileError(
            "{what} could not be written below {folder}: {said}",
            "Check that you may write there.",
            what=what.capitalize(),
            folder=folder,
            said=said,
        )
    for pattern, message, advice in _KINDS:
        if pattern.search(text):
            return EngineError("{text} ({said})", advice, text=message, said=said)
    return EngineError(
        "{what} could not be installed: {said}",
        "Try again, or choose another index or engine.",
        what=what.capitalize(),
        said=said,
    )


def gist(text: str) -> str:
    """The last causes that uv names, on one line."""
    lines = [_LABEL.sub("", line.strip(" ×│├╰─▶►·")) for line in text.splitlines()]
    causes = [line for line in lines if line and not line.startswith(_REPORTS)]
    return " ".join(causes[-_MOST_LINES:])[:_MOST_LETTERS] or "uv gave no reason"
