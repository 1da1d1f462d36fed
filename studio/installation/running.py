"""A program that runs beside us: read by threads, watched for a cancel, ended whole."""

from __future__ import annotations

import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from studio.errors import Cancelled, ShorelineError
from studio.generation import CancelToken
from studio.installation.complaints import explained
from studio.installation.uv_tool import start_uv, stop_whole

_TICK: Final = 0.1
"""So soon a cancel is seen."""


def run_uv(
    arguments: Sequence[str],
    cache: Path,
    cancel: CancelToken,
    watch: Callable[[Iterable[str]], object] | None = None,
    explain: Callable[[str, Path], ShorelineError] = explained,
) -> None:
    """Run uv to its end. ``watch`` gets the new lines of its report ten times a second.

    Raises `Cancelled`, or what ``explain`` makes of its complaint and the folder above the cache.
    """
    with Running(start_uv(arguments, cache=cache)) as uv:
        uv.wait(cancel, watch)
        if uv.status:
            raise explain(uv.text(), cache.parent)


class Running:
    """A process whose pipes are read by threads, so that it never waits for us; ended whole on the way out."""

    def __init__(self, process: subprocess.Popen[str], *, stdout: bool = False) -> None:
        self._process = process
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._complaints: list[str] = []
        self._output: list[str] = []
        self._threads = [self._reader(process.stderr or (), self._take_complaint)]
        if stdout:
            self._threads.append(self._reader(process.stdout or (), self._output.append))

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._process.poll() is None:
            stop_whole(self._process)
        self._join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def wait(self, cancel: CancelToken, watch: Callable[[Iterable[str]], object] | None = None) -> None:
        """Wait until it has ended. Raises `Cancelled`."""
        while self.is_running:
            if cancel.is_cancelled:
                raise Cancelled
            if watch is not None:
                watch(self.new_lines())
            time.sleep(_TICK)

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    @property
    def status(self) -> int:
        self._join()
        return self._process.returncode

    def new_lines(self) -> Iterable[str]:
        while not self._lines.empty():
            yield self._lines.get()

    def text(self) -> str:
        """All that came on stderr."""
        self._join()
        return "".join(self._complaints)

    def output(self) -> str:
        """All that came on stdout."""
        self._join()
        return "".join(self._output)

    def _take_complaint(self, line: str) -> None:
        self._complaints.append(line)
        self._lines.put(line)

    def _join(self) -> None:
        for thread in self._threads:
            thread.join()

    def _reader(self, stream: Iterable[str], take: Callable[[str], object]) -> threading.Thread:
        def read() -> None:
            for line in stream:
                take(line)

        thread = threading.Thread(target=read, name="shoreline-engine-pipe", daemon=True)
        thread.start()
        return thread
