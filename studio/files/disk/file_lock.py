"""A lock that the system takes back when its process ends, however it ends.

Not filelock's: that one leaves its files behind, does not say who holds one, falls back to a mark that a killed process
leaves lying where the system knows no locks, and cannot lock a file that is open already, which `parts` needs.
"""

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

        `OSError` if the file cannot be made or the system knows no locks there. Nothing stays locked then.
        """
        stream = path.open("ab", buffering=0)
        try:
            is_ours = try_lock(stream.fileno()) and _is_at(stream, path)
        except BaseException:
            stream.close()
            raise
        if not is_ours:
            stream.close()
            return None
        with contextlib.suppress(OSError):  # a full disk: the number is missed by people only
            stream.truncate(0)
            stream.write(str(os.getpid()).encode())
        return cls(path, stream)

    def release(self, *, delete: bool = True) -> None:
        """Give the lock back and, by default, remove its file."""
        try:
            if delete and sys.platform != "win32":
                self._remove()  # while it is held: later it may be another's
        finally:
            self._stream.close()
        if delete and sys.platform == "win32":
            self._remove()

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def _is_at(stream: IO[bytes], path: Path) -> bool:
    """Whether a file is still where it was opened: a holder that just left may have removed it."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":

    def try_lock(descriptor: int) -> bool:
        """Lock an open file until it is closed; whether that was possible."""
        # Beyond the end, so that the process id stays readable for others.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def try_lock(descriptor: int) -> bool:
        """Lock an open file until it is closed; whether that was possible. `OSError` where there are no locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
