"""Trying again what failed for now, such as a server that is out of order."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

from studio.engine.models.exchange import ExchangeError
from studio.errors import ModelError
from studio.generation import CancelToken
from studio.message import Message

T = TypeVar("T")

PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
"""States of an answer that may be another soon."""
_LONGEST_WAIT: Final = 60.0
_RETRY_SECONDS: Final = (1.0, 2.0, 4.0)
"""Pauses between tries; one more failure in a row, without anything received, is final."""


class PassingError(ModelError):
    """A server or the way to it failed for now. ``wait`` is for how many seconds it asked, or ``None``."""

    def __init__(self, message: str, advice: str, wait: float | None = None, **values: object) -> None:
        super().__init__(message, advice, **values)
        self.wait = wait


def broken_off(source: str, error: ExchangeError) -> ModelError:
    """The error for a connection to ``source`` that failed or broke off: a passing one where another try can help."""
    what = Message("{source} could not be downloaded: {reason}.", source=source, reason=error.reason)
    advice = Message("Check the name or address, the network and the proxy; what is there already is kept.")
    return PassingError(what, advice) if error.may_pass else ModelError(what, advice)


def retried(work: Callable[[], T], cancel: CancelToken, has_moved: Callable[[], bool] = lambda: False) -> T:
    """Do something again when it fails for now; ``has_moved`` says that there was some progress since.

    Raises what the last try did, or `Cancelled` within a second of a cancel.
    """
    failures = 0
    while True:
        try:
            return work()
        except PassingError as error:
            failures = 0 if has_moved() else failures + 1
            if failures > len(_RETRY_SECONDS) or (error.wait or 0.0) > _LONGEST_WAIT:
                raise
            _wait(max(_RETRY_SECONDS[max(0, failures - 1)], error.wait or 0.0), cancel)


def _wait(seconds: float, cancel: CancelToken) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        cancel.raise_if_cancelled()
        time.sleep(min(0.1, left))


def retry_after(value: str) -> float | None:
    """Seconds of a Retry-After header, which gives a number or a date; ``None`` if it gives neither."""
    if re.fullmatch(r"\d{1,9}", value.strip()):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
