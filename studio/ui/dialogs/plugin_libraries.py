"""The part of the plugins' window about Python packages: which are missing, how they are got, and how far that is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from studio.generation import CancelToken
from studio.installation.extras import Fetching
from studio.installation.installing import EngineProgress
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.readable import bytes_text
from studio.ui.widgets.wrapped_label import wrapped_label


class PluginLibraries(QWidget):
    """Shown while a plugin lacks packages or they are fetched. Signal: ``wanted()``, the person asks for them."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cancel: CancelToken | None = None
        self._missing: tuple[str, ...] = ()
        self._reports = _Reports(self)
        self._reports.came.connect(self._show_progress)
        self.text = wrapped_label()
        self.button = QPushButton(icon("plus"), self.tr("Install these libraries"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.wanted)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.stop = QPushButton(self.tr("Cancel"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.cancel)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.text)
        column.addLayout(row)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.cancel)
        self._show()

    def show_missing(self, missing: tuple[str, ...]) -> None:
        """Requirements that the chosen plugin lacks."""
        self._missing = missing
        self._show()

    def begin(self) -> Fetching:
        """Packages are fetched from now on, in this way; until `end`."""
        self._cancel = CancelToken()
        self._show()
        return Fetching(cancel=self._cancel, report=self._reports.came.emit)

    def end(self) -> None:
        """What was begun has ended."""
        self._cancel = None
        self._show()

    def cancel(self) -> None:
        """Stop the fetching; everything stays as it was."""
        if self._cancel is not None:
            self._cancel.cancel()
            self.text.setText(self.tr("Stopping…"))

    def _show(self) -> None:
        is_running = self._cancel is not None
        self.setVisible(is_running or bool(self._missing))
        self.button.setVisible(not is_running)
        self.progress.setVisible(is_running)
        self.stop.setVisible(is_running)
        self.text.setText(self.tr("Looking for what goes together…") if is_running else libraries_text(self._missing))

    def _show_progress(self, progress: EngineProgress) -> None:
        if self._cancel is not None and not self._cancel.is_cancelled and progress.stage == "fetching":
            self.text.setText(self.tr("{size} have arrived…").format(size=bytes_text(progress.done)))


class _Reports(QObject):
    """Carries reports from the thread that fetches to the window's."""

    came = Signal(object)


def libraries_text(missing: tuple[str, ...]) -> str:
    """Which packages are to be fetched, and from where to where."""
    text = QCoreApplication.translate(
        "PluginLibraries",
        "It needs Python packages that are not here: {names}. They are fetched from the package index into a folder "
        "beside the engine, as ready-made wheels only, and cannot change the engine.",
    )
    return text.format(names=", ".join(missing))
