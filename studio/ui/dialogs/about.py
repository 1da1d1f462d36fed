"""Version and credits."""

from __future__ import annotations

import importlib.metadata
import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio import __version__
from studio.ui.style.icons import app_icon
from studio.ui.style.theme import GRID

_CREDITED = ("PySide6-Essentials", "torch", "diffusers", "transformers", "numpy", "opencv-python-headless", "pillow")

_WIDTH = 480


class AboutDialog(QDialog):
    """Shows what this is, which versions run, and whom to thank."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Shoreline"))
        picture = QLabel()
        picture.setPixmap(app_icon().pixmap(96, 96))
        title = QLabel(f"Shoreline {__version__}")
        title.setProperty("role", "title")
        summary = QLabel(self.tr("A desktop studio for Stable Diffusion: layers, masks, history, plugins."))
        summary.setWordWrap(True)
        self.versions = QLabel(versions_text())
        self.versions.setProperty("role", "muted")
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        licence = QLabel(
            self.tr(
                "Licensed under the Apache License 2.0. It stands on free libraries; "
                "their licences are listed in the third-party credits that come with it."
            )
        )
        licence.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        texts = QVBoxLayout()
        texts.setSpacing(2 * GRID)
        for label in (title, summary, self.versions, licence):
            texts.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(5 * GRID)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        column.setSpacing(4 * GRID)
        column.addLayout(row)
        column.addWidget(buttons)
        self.resize(_WIDTH, column.totalHeightForWidth(_WIDTH))


def versions_text() -> str:
    """One line a component; reads package records only, so that nothing heavy is imported."""
    lines = [f"Python {platform.python_version()}, Qt {qVersion()}"]
    for name in _CREDITED:
        try:
            lines.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return "\n".join(lines)
