"""Pictures of the real main window, drawn without a display."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMessageLogContext, QPoint, QSize, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from studio.errors import FileError, SettingError
from studio.ui.window.main_window import MainWindow

MAX_SIDE: Final = 16_384
"""Longest side of a picture of the window, in pixels: what Qt can still paint on, with room to spare."""
SETTLE_SECONDS: Final = 0.5
"""Thumbnails and the view of a large picture come a little after the rest."""


def take_screenshot(window: MainWindow, path: Path, size: tuple[int, int]) -> None:
    """Lay the window out at ``size`` (width, height) in pixels and write what it looks like to a PNG file.

    The window is not shown on any screen. Raises `SettingError` when it does not fit into that size, and
    `FileError` when the file cannot be written.
    """
    if max(size) > MAX_SIDE:
        raise SettingError(
            "The window cannot be {width}x{height} pixels.",
            "Choose sides up to {max_side}.",
            width=size[0],
            height=size[1],
            max_side=MAX_SIDE,
        )
    image = window_image(window, size)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not QImageWriter(str(path), b"PNG").write(image):
        raise FileError(
            "{path} could not be written.", "Choose a .png file in a folder that you may write to.", path=path
        )


def window_image(window: MainWindow, size: tuple[int, int]) -> QImage:
    """The window as a picture of exactly ``size`` pixels."""
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size)
    before = qInstallMessageHandler(_print_unless_expected)
    try:
        window.show()
        window.resize(*size)
        _settle(window)
    finally:
        qInstallMessageHandler(before)
    if window.size() != QSize(*size):
        needed = window.minimumSizeHint()
        raise SettingError(
            "The window does not fit into {other_width}x{other_height} pixels.",
            "It needs at least {width}x{height}.",
            other_width=size[0],
            other_height=size[1],
            width=needed.width(),
            height=needed.height(),
        )
    image = QImage(*size, QImage.Format.Format_RGB32)
    window.render(image, QPoint())
    return image


def _print_unless_expected(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's offscreen platform says that it knows no size hints whenever a window opens; nobody needs to read that."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def _settle(window: MainWindow) -> None:
    """Let layouts, thumbnails and the canvas come to rest."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        QApplication.processEvents()
        time.sleep(0.01)
    window.canvas.fit()
    window.canvas.settle()
    QApplication.processEvents()
