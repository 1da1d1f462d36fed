"""Runs a command that ends with whoever started it: ``python leash.py COMMAND...``, on every system the same.

Standard input is a pipe that its starter holds open and never writes to. When the starter ends, by `kill -9` too, the
system closes it, and the command is ended with all that it has started. A signal of the parent's death, as Linux has
one, comes when a *thread* ends and is not passed on to grandchildren. It imports nothing of Shoreline, to start
quickly and beside any engine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading


def main(command: list[str]) -> int:
    """Run ``command`` without an input of its own and return its status."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_watch, args=(child.pid,), daemon=True).start()
    status = child.wait()
    return status if status >= 0 else 128 - status


def _watch(pid: int) -> None:
    """Wait for the end of the starter, then end everything, this process included."""
    while os.read(0, 1):
        pass
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], check=False, capture_output=True)
        os._exit(1)
    elif os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    else:
        os.kill(pid, signal.SIGKILL)
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
