"""A process that reads files, and is ended and made anew when it hangs or dies."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0
"""On a busy computer; what counts is the time of the processor, of which there may be ten seconds."""


@dataclass(frozen=True)
class Reading:
    """How the reading of one file ended. ``megabytes`` is the memory that it took at its height."""

    outcome: str
    words: str
    seconds: float
    megabytes: float


class ReaderProcess:
    """Reads one file after the other in a child process; a context manager."""

    def __enter__(self) -> ReaderProcess:
        self._start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def read(self, path: Path) -> Reading:
        """The file, as the program reads it; "died" and "hung" are outcomes too."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        ready, _, _ = select.select([self._process.stdout], [], [], PATIENCE_SECONDS)
        line = self._process.stdout.readline() if ready else ""
        if line:
            values: dict[str, Any] = json.loads(line)
            return Reading(**values)
        outcome = "died" if ready else "hung"
        self.__exit__()
        self._start()
        return Reading(outcome, f"exit status {self._process.returncode}", 0.0, 0.0)

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("reading.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        )
