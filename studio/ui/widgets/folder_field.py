"""A folder that can be chosen, and shown in the system's file manager."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel

Ask = Callable[[str, Path, Callable[[Path | None], None]], None]
"""Lets the person choose a folder: title, where to begin, and who hears the answer."""


class FolderField(QWidget):
    """``folder`` is "" for ``usual``, the folder that is used without a choice. ``show`` opens one outside."""

    def __init__(
        self,
        title: str,
        folder: str,
        usual: Path,
        *,
        ask: Ask,
        show: Callable[[Path], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._chosen = folder
        self._usual = usual
        self._ask = ask
        self.path = ElidedLabel(parent=self)
        self.choose = QPushButton(self.tr("Choose…"), self)
        self.open = QPushButton(self.tr("Open Folder"), self)
        self.reset = QPushButton(self.tr("Use the Usual One"), self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GRID)
        grid.addWidget(self.path, 0, 0, 1, 4)
        for column, button in enumerate((self.choose, self.open, self.reset)):
            grid.addWidget(button, 1, column)
        grid.setColumnStretch(3, 1)
        self.choose.clicked.connect(lambda: self._ask(self._title, self.folder(), self._take))
        self.open.clicked.connect(lambda: show(self.folder()))
        self.reset.clicked.connect(lambda: self._use(""))
        self._use(folder)

    def value(self) -> str:
        """The folder that was chosen, "" for the usual one."""
        return self._chosen

    def folder(self) -> Path:
        """The folder that is in use."""
        return Path(self._chosen) if self._chosen else self._usual

    def _take(self, folder: Path | None) -> None:
        if folder is not None:
            self._use("" if folder == self._usual else str(folder))

    def _use(self, folder: str) -> None:
        self._chosen = folder
        self.path.setText(str(self.folder()))
        self.reset.setVisible(bool(folder))
