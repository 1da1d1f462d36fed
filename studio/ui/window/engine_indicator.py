"""The engine in the status bar: that none can draw, or how far an installation is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from studio.ui.background.engine_installation import EngineInstallation, EngineStatus
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.engine_texts import work_text
from studio.ui.widgets.said import log_said, without_numbers


class EngineIndicator(QWidget):
    """Hidden while there is nothing to tell. Signal: ``opened()`` when the page about the engine is asked for."""

    opened = Signal()

    def __init__(self, installation: EngineInstallation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._installation = installation
        self.button = QPushButton()
        self.button.setProperty("role", "flat")
        self.button.setToolTip(self.tr("Open the page about the engine"))
        self.stop = QToolButton()
        self.stop.setIcon(icon("cancel"))
        self.stop.setAutoRaise(True)
        self.stop.setToolTip(self.tr("Stop installing; what has arrived is kept"))
        self.stop.setAccessibleName(self.tr("Stop Installing"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.button)
        row.addWidget(self.stop)
        self.button.clicked.connect(self.opened)
        self.stop.clicked.connect(installation.cancel)
        installation.status_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how the engine stands now."""
        status = self._installation.status()
        text = self._text(status)
        if without_numbers(text) != without_numbers(self.button.text()):
            log_said(text)
        self.button.setText(text)
        is_fault = status.work is None and status.kind != "ready"
        self.button.setIcon(icon("warning", "warning") if is_fault else icon("download"))
        self.stop.setVisible(status.is_installing)
        self.stop.setEnabled(not status.is_stopping)
        self.setVisible(bool(text))

    def _text(self, status: EngineStatus) -> str:
        if status.work is not None:
            return work_text(status)
        texts = {"missing": self.tr("No engine"), "unusable": self.tr("The engine cannot be used")}
        return texts.get(status.kind, "")
