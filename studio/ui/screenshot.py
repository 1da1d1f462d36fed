"""Pictures of the real main window, drawn without a display."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from studio.errors import FileError, SettingError
from studio.ui.main_window import MainWindow


def take_screenshot(window: MainWindow, path: Path, size: tuple[int, int]) -> None:
    """Lay the window out at ``size`` (width, height) in pixels and write what it looks like to a PNG file.

    The window is not shown on any screen. Raises `SettingError` when it does not fit into that size, and
    `FileError` when the file cannot be written.
    """
    image = window_image(window, size)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path), format=b"PNG"):
        raise FileError(f"{path} could not be written.", "Choose a .png file in a folder that you may write to.")


def window_image(window: MainWindow, size: tuple[int, int]) -> QImage:
    """The window as a picture of exactly ``size`` pixels."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size)
    window.show()
    window.resize(*size)
    _settle(window)
    if window.size() != QSize(*size):
        needed = window.minimumSizeHint()
        raise SettingError(
            f"The window does not fit into {size[0]}x{size[1]} pixels.",
            f"It needs at least {needed.width()}x{needed.height()}.",
        )
    image = QImage(*size, QImage.Format.Format_RGB32)
    window.render(image, QPoint())
    return image


def _settle(window: MainWindow) -> None:
    """Let layouts, thumbnails and the canvas come to rest."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    window.canvas.fit()
    window.canvas.settle()
    QApplication.processEvents()
    window.canvas.settle()
