"""The end of the process: nothing that a plugin leaves behind holds it up.

Python waits for every thread that is not a daemon, then calls what was registered for the exit, then takes all objects
apart. A plugin may have left something in each of these that never comes back.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
import time
from typing import Final

GRACE_SECONDS: Final = 2.0
"""How long what is left may take, counted from when no file is being written any more."""

_WRITERS: Final = ("shoreline-files", "shoreline-export", "shoreline-journal", "shoreline-animation")
"""Names, as they begin, of Shoreline's own threads that write files: these are waited for."""


class ProcessEnd:
    """Make it before anything else: what is registered first for the exit is called last."""

    def __init__(self) -> None:
        self._status = 1
        self._process = os.getpid()
        atexit.register(self._leave)

    def begin(self, status: int) -> int:
        """The work is done; the process ends soon, with this exit status, which is returned."""
        self._status = status
        _flush()
        threading.Thread(target=self._leave_later, name="process-end", daemon=True).start()
        return status

    def _leave_later(self) -> None:
        while any(thread.name.startswith(_WRITERS) for thread in threading.enumerate()):
            time.sleep(0.1)
        time.sleep(GRACE_SECONDS)
        self._leave()

    def _leave(self) -> None:
        """Without taking objects apart, which would run a plugin's ``__del__``. A forked child goes its own way."""
        if os.getpid() == self._process:
            _flush()
            os._exit(self._status)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # a plugin may have closed or replaced it
            stream.flush()
