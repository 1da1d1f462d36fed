"""Whether there is a newer Shoreline: one plain request, at most once a day, of a file with the newest version.

Nothing is sent but the request itself, nothing is fetched but that file, and nothing of it is ever run. Whatever goes
wrong is as good as no answer: nobody needs to hear that a check has failed.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio import HOMEPAGE
from studio.text.untrusted import parse_json

NEWEST: Final = f"{HOMEPAGE}/newest.json"
"""``{"version": "1.2.0", "news": {"en": "...", "zh_CN": "..."}}``."""
SWITCH: Final = "SHORELINE_NO_UPDATE_CHECK"
"""An environment variable that forbids the check, for those who look after many machines."""
DAY_SECONDS: Final = 24 * 3600.0
_NO_ANSWER_SECONDS: Final = 15.0
_MAX_BYTES: Final = 64 * 1024
_MAX_NEWS: Final = 600
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Update:
    """A newer version, and what is new in it: language to plain text."""

    version: str
    news: Mapping[str, str]


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    version: str = Field(min_length=1, max_length=40)
    news: dict[str, str] = Field(default_factory=dict, max_length=100)


def may_check(*, wanted: bool, last: float, now: float) -> bool:
    """Whether it is time for a check; ``last`` and ``now`` are seconds since 1970. A clock set back stops nothing."""
    is_forbidden = os.environ.get(SWITCH, "") not in ("", "0")
    return wanted and not is_forbidden and not 0 <= now - last < DAY_SECONDS


def newer_version(own: str, address: str = NEWEST) -> Update | None:
    """Ask once whether there is a version after ``own``. ``None`` if not, or if there is no sound answer.

    It takes up to half a minute where a server is slow: not for the window's thread.
    """
    from http.client import HTTPException  # all that is of the network is loaded for a check, not for the first window

    from packaging.version import InvalidVersion, Version

    try:
        reply = _Reply.model_validate(parse_json(_fetched(address)))
        if Version(reply.version) <= Version(own):
            return None
    except (OSError, HTTPException, ValueError, ValidationError, InvalidVersion, RecursionError):
        return None
    news = {language: _CONTROLS.sub("", text).strip()[:_MAX_NEWS] for language, text in reply.news.items()}
    return Update(str(Version(reply.version)), news)


def _fetched(address: str) -> bytes:
    import urllib.request

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        """An answer from elsewhere is none: it would tell another server of us."""

        def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
            return None

    request = urllib.request.Request(address, headers={"User-Agent": "Shoreline"})  # noqa: S310 - ours, https
    opener = urllib.request.build_opener(NoRedirects)
    deadline = time.monotonic() + _NO_ANSWER_SECONDS
    with opener.open(request, timeout=_NO_ANSWER_SECONDS) as answer:
        if answer.status != 200:
            raise OSError(f"status {answer.status}")
        found = b""
        while part := answer.read1(_MAX_BYTES):
            found += part
            if len(found) > _MAX_BYTES or time.monotonic() > deadline:
                raise OSError("too much, or too slow")
    return found
