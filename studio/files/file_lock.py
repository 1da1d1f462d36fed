"""A lock that the system takes back when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """Held from `acquire` until `release` or the end of the process. The file holds the process id, for people."""

    def __init__(self, path: Path, stream: IO[bytes]) -> None:
        self._path = path
        self._stream = stream

    @classmethod
    def acquire(cls, path: Path) -> FileLock | None:
        """Lock the file at ``path``, made if it is missing, or ``None`` if another holder has it.

        `OSError` if the file cannot be made.
        """
        stream = path.open("ab")
        try:
            _lock(stream)
            # A holder that just left may have removed the file between our opening and our locking it.
            still_there = os.path.samestat(os.fstat(stream.fileno()), path.stat())
        except OSError:
            still_there = False
        if not still_there:
            stream.close()
            return None
        stream.truncate(0)
        stream.write(str(os.getpid()).encode())
        stream.flush()
        return cls(path, stream)

    def release(self, *, delete: bool = True) -> None:
        """Give the lock back and, by default, remove its file."""
        self._stream.close()
        if delete:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


if sys.platform == "win32":

    def _lock(stream: IO[bytes]) -> None:
        # Beyond the end, so that the process id stays readable for others.
        stream.seek(1 << 20)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
