"""Pictures of the gallery on their way through a drag: files, with a mark that tells them from others."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QMimeData

_MARK: Final = "application/x-shoreline-gallery"

MOST_OPENED: Final = 12
"""Pictures that are opened, or made layers, at once."""


def too_many_text() -> str:
    """Why so many are not opened."""
    text = QCoreApplication.translate("Gallery", "Choose at most {count} pictures at once.")
    return text.format(count=MOST_OPENED)


def mark(data: QMimeData) -> None:
    """Mark files as pictures of the gallery."""
    data.setData(_MARK, b"1")


def marked_files(data: QMimeData) -> list[Path]:
    """The pictures of the gallery in a drag; none for other files."""
    if not data.hasFormat(_MARK):
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
