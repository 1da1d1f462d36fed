"""Programming faults that nothing else caught: written to a log file and shown calmly, never lost."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from PySide6 import QtWidgets  # see `dialog_opening`
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from studio.system.private_files import keep_private, make_private, make_private_folder
from studio.text.exceptions import traceback_text
from studio.ui.widgets.dialog_opening import open_dialog

LOG_NAME: Final = "shoreline.log"
_MAX_BYTES: Final = 1_000_000
_MOST_REPORTS: Final = 3
"""A fault in every repaint must not fill the folder."""

_OPTIONS: Final[dict[str, Any]] = {
    "maxBytes": _MAX_BYTES,
    "backupCount": 2,
    "encoding": "utf-8",
    "errors": "backslashreplace",  # for file names that are no Unicode
    "delay": True,
}

_log = logging.getLogger("studio.fault")


class FaultReports(QObject):
    """Takes over ``sys.excepthook`` and ``threading.excepthook`` from `install` to `remove`."""

    _happened = Signal(str)

    def __init__(
        self, folder: Path, window: QWidget, report: Callable[[str], Path | None] = lambda _trace: None
    ) -> None:
        """``report(traceback)`` writes a file about a fault, on any thread."""
        super().__init__(window)
        self._window = window
        self._report = report
        self._reported = 0
        self.path = folder / LOG_NAME
        self._handler = _file_handler(self.path)
        self._box: QtWidgets.QMessageBox | None = None
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Start to log to the file and to catch faults on every thread."""
        logger = logging.getLogger("studio")
        logger.addHandler(self._handler)
        logger.setLevel(logging.INFO)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Put Python's own hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        logger = logging.getLogger("studio")
        logger.removeHandler(self._handler)
        logger.setLevel(logging.NOTSET)
        self._handler.close()

    def _caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _log.critical("Uncaught %s", kind.__name__, exc_info=(kind, error, trace))
        self._happened.emit(self._written(error))

    def _caught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value or arguments.exc_type()
        _log.critical("Uncaught in a thread", exc_info=(arguments.exc_type, error, arguments.exc_traceback))
        self._happened.emit(self._written(error))

    def _written(self, error: BaseException) -> str:
        """The text to show: the report, or the traceback where it could not be written or there are enough."""
        trace = traceback_text(error)
        self._reported += 1
        path = self._report(trace) if self._reported <= _MOST_REPORTS else None
        try:
            return trace if path is None else path.read_text("utf-8-sig", "replace")
        except OSError:
            return trace

    def _show(self, text: str) -> None:
        """One box at a time: a fault that repeats must not bury the window."""
        if self._box is not None:
            return
        self._box = QtWidgets.QMessageBox(self._window)
        self._box.setIcon(QtWidgets.QMessageBox.Icon.Warning)
        self._box.setWindowTitle(self.tr("Something went wrong"))
        self._box.setText(self.tr("Shoreline made a mistake. Your picture is still here; save it to be safe."))
        self._box.setInformativeText(self.tr("What happened is written down in {path}.").format(path=self.path))
        self._box.setDetailedText(text)
        self._box.addButton(QtWidgets.QMessageBox.StandardButton.Ok).setText(self.tr("OK"))
        copy = self._box.addButton(self.tr("Copy the Report"), QtWidgets.QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        self._box.finished.connect(self._forget_box)
        open_dialog(self._box)

    def _forget_box(self) -> None:
        self._box = None


def _file_handler(path: Path) -> logging.Handler:
    """A rotating log file; nothing at all where the folder cannot be written."""
    from logging.handlers import RotatingFileHandler  # drags sockets along, which the first window does without

    class QuietLog(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            stream = super()._open()
            make_private(Path(self.baseFilename))
            return stream

        def handleError(self, record: logging.LogRecord) -> None:
            """A log on a full or read-only disk must not fill the terminal with tracebacks."""

    try:
        make_private_folder(path.parent)
        keep_private(path.parent)
        handler: logging.Handler = QuietLog(path, **_OPTIONS)
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler
