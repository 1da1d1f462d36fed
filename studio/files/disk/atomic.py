"""Saving so that the old file stays whole until the new one is complete on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from studio.errors import FileError
from studio.files.disk.parts import hold_part, part_beside, remove_left_parts
from studio.message import Message
from studio.text.exceptions import reason_for

_ELSEWHERE: Final = Message("Save to another folder or disk.")
_ADVICE: Final = {
    errno.ENOSPC: Message("The disk is full: free some space or save to another disk."),
    errno.EDQUOT: Message("Your disk quota is used up: free some space or save elsewhere."),
    errno.EFBIG: Message("The file would be larger than this disk or account allows: save elsewhere."),
    errno.EACCES: Message("You may not write there: choose another folder, or change its permissions."),
    errno.EPERM: Message("You may not write there: choose another folder, or change its permissions."),
    errno.EROFS: Message("That disk can only be read: choose another folder."),
    errno.ENOENT: Message("That folder does not exist: choose another one."),
    errno.ENOTDIR: Message("That is not a folder: choose another one."),
    errno.EISDIR: Message("That is a folder: choose a file name inside it."),
    errno.ENAMETOOLONG: Message("The name is too long: choose a shorter one."),
}


def write_atomically(path: Path, write: Callable[[BinaryIO], None], *, tidy: bool = True) -> None:
    """Let ``write`` fill a new file, then put it in the place of ``path`` in one move.

    The new file is written beside the old one, flushed to the disk and renamed over it. Whatever goes
    wrong before that, the old file stays as it was and nothing is left behind. Symbolic links are
    followed; an old file's permissions are kept. A file marked read-only is not replaced. Unless ``tidy`` is false,
    what killed processes left half written in the folder is removed first.

    Raises `FileError` saying what to do; exceptions of ``write`` other than `OSError` pass through.
    """
    try:
        target = path.resolve()
        mode = _mode_of(target)
        if tidy:
            remove_left_parts(target.parent)
        aside = part_beside(target)
        try:
            _write_through(aside, target, write, mode)
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise saving_error(path, error) from error


def saving_error(path: Path, error: OSError) -> FileError:
    """What to tell a person when writing ``path`` failed."""
    reason = reason_for(error)
    advice = _ADVICE.get(error.errno or 0, _ELSEWHERE)
    return FileError(
        "{file} could not be saved: {reason}.",
        "{hint} The old file was not touched.",
        file=path.name,
        reason=reason,
        hint=advice,
    )


def _mode_of(target: Path) -> int | None:
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(status.st_mode)


def _write_through(aside: Path, target: Path, write: Callable[[BinaryIO], None], mode: int | None) -> None:
    # "x" and not tempfile: the umask decides the permissions, as for any new file.
    with aside.open("xb") as stream:
        hold_part(stream.fileno())
        write(stream)
        stream.flush()
        os.fsync(stream.fileno())
        if mode is not None:
            aside.chmod(mode)
        if sys.platform == "win32":  # where open files cannot be moved
            stream.close()
        os.replace(aside, target)  # noqa: PTH105 - named for what it promises: atomic on every system


def _sync_folder(folder: Path) -> None:
    # Makes the rename itself durable; Windows and some network disks cannot, and need not stop a save.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
