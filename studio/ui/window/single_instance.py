"""One window a person: a second start hands its files to the first and ends.

The two meet at a local socket in the person's own data folder (a named pipe on Windows), which nobody else may open.
The first listens there once its window is seen; who starts before that waits for its turn.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from studio.files.disk.file_lock import FileLock
from studio.system.private_files import make_private_folder
from studio.text.untrusted import parse_json

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalSocket

_PATIENCE_MS: Final = 6000
"""A first window that does not answer within this is taken for hung, and a second one opens; loading torch and a model
on a busy machine keeps it away for some seconds."""
_TURN_SECONDS: Final = 20.0
"""Another start that has no window after this is taken for hung; it may be the first on a slow disk."""
_LOOK_SECONDS: Final = 0.02
"""Between two looks whether that start has its window."""
_MAX_BYTES: Final = 1 << 20
_MAX_PATH: Final = 100
"""Most systems allow some hundred bytes for a socket's path."""
_ACTIVATION: Final = "XDG_ACTIVATION_TOKEN"
"""What a Wayland desktop gives the program that it starts, by which a window may come to the front."""


class Turn:
    """The time from a start until its window can be handed files: others wait until it ends."""

    def __init__(self, lock: FileLock | None) -> None:
        self._lock = lock

    @classmethod
    def wait(cls, data: Path, patience: float = _TURN_SECONDS) -> Turn:
        """Wait at most so many seconds for the end of another's turn.

        Where that takes longer, or the system knows no locks, the turns overlap and each start opens a window.
        """
        end = time.monotonic() + patience
        with contextlib.suppress(OSError):
            make_private_folder(data)
            while (lock := FileLock.acquire(data / "start.lock")) is None and time.monotonic() < end:
                time.sleep(_LOOK_SECONDS)
            return cls(lock)
        return cls(None)

    def end(self) -> None:
        """There is a window that answers, or nothing was started; also the end of the process ends the turn."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def hand_over(data: Path, files: Sequence[Path]) -> bool:
    """Ask the window that is open to show ``files`` and come to the front. Returns whether there is one that did."""
    if not _may_listen(data):
        return False
    from PySide6.QtNetwork import QLocalSocket  # most starts find nobody, and do without Qt's network

    socket = QLocalSocket()
    socket.connectToServer(_address(data))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    message = {"files": [str(file.absolute()) for file in files], "activation": os.environ.get(_ACTIVATION, "")}
    socket.write(json.dumps(message).encode() + b"\n")
    answered = socket.waitForReadyRead(_PATIENCE_MS) and bytes(socket.readAll().data()) == b"ok\n"
    socket.close()
    return answered


class FirstInstance(QObject):
    """Listens for later starts.

    Signal: ``asked(list[Path])``, files to open, none for a start without any.
    """

    asked = Signal(object)

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        from PySide6.QtNetwork import QLocalServer

        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)
        self._address = _address(data)
        self._folder = data

    def listen(self) -> bool:
        """Start to listen; what a killed process left at the address is removed. Returns whether it worked."""
        try:
            make_private_folder(self._folder)
        except OSError:
            return False
        return self._server.listen(self._address) or (
            self._server.removeServer(self._address) and self._server.listen(self._address)
        )

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _take(self) -> None:
        socket = self._server.nextPendingConnection()
        while socket is not None:
            socket.readyRead.connect(lambda socket=socket: self._hear(socket))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._hear(socket)
            socket = self._server.nextPendingConnection()

    def _hear(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _MAX_BYTES:
            socket.abort()
        elif socket.canReadLine():
            files = _files_in(bytes(socket.readLine().data()))
            socket.write(b"no\n" if files is None else b"ok\n")
            socket.disconnectFromServer()
            if files is not None:
                self.asked.emit(files)


def _files_in(line: bytes) -> list[Path] | None:
    """The files of a message, ``None`` for something else. Takes over its right to come to the front."""
    try:
        message = parse_json(line)
        files, activation = message["files"], message["activation"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        return None
    if isinstance(activation, str) and activation:
        os.environ[_ACTIVATION] = activation  # Qt looks there when a window is activated
    return [Path(file) for file in files]


def _may_listen(data: Path) -> bool:
    """Whether somebody may listen at the address; what is no file has to be asked."""
    address = Path(_address(data))
    return not address.is_absolute() or address.exists()


def _address(data: Path) -> str:
    path = str(data / "window.socket")
    if sys.platform != "win32" and len(os.fsencode(path)) <= _MAX_PATH:
        return path
    import hashlib  # for long paths, and Windows

    return f"shoreline-{hashlib.sha256(os.fsencode(path)).hexdigest()[:24]}"
