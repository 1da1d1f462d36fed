"""What the window says to the person also goes to the log file, for whoever is asked about it later."""

from __future__ import annotations

import logging

_log = logging.getLogger("studio.said")


def log_said(text: str, kind: str = "status") -> None:
    """Note a text that is shown, in the person's language; its lines become one."""
    line = " ".join(text.split())
    if line:
        _log.info("%s: %s", kind, line)


def without_numbers(text: str) -> str:
    """What stays the same of a text while it counts: the log gets it once."""
    return "".join(letter for letter in text if not letter.isdigit())
