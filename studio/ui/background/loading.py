"""Plugins and models are looked for behind the window: a plugin or a disk that hangs holds nobody up."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

_log = logging.getLogger(__name__)


class Loading(QObject):
    """Runs ``load(told)`` once on a thread that does not keep the process alive; ``told`` says that there is more.

    Signal, on the thread of this object: ``loaded()`` whenever there is more, and at the end. ``what`` is loaded is for
    the log.
    """

    loaded = Signal()
    _told = Signal()

    def __init__(
        self, what: str, load: Callable[[Callable[[], object]], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._what = what
        self._load = load
        self._thread = threading.Thread(target=self._run, name=f"shoreline-{what}", daemon=True)
        self._told.connect(self.loaded, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    def join(self, seconds: float) -> bool:
        """Wait at most so long. Returns whether all was loaded."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return self.is_over

    def _run(self) -> None:
        try:
            self._load(self._tell)
        except Exception:  # noqa: BLE001 - the window goes on with those that it has
            _log.exception("The %s could not be loaded", self._what)
        self._tell()

    def _tell(self) -> None:
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._told.emit()
