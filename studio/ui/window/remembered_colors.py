"""The colours to paint with from one start of the application to the next."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from studio.settings import AppSettings
from studio.ui.widgets.paint_colors import PaintColors


def remembered_colors(settings: AppSettings, parent: QObject) -> PaintColors:
    """The colours as they were left."""
    front, back = QColor(*settings.color), QColor(*settings.background_color)
    return PaintColors(front, back, settings.recent_colors, parent)


def colors_to_remember(colors: PaintColors) -> dict[str, Any]:
    """Fields of `AppSettings`."""
    return {
        "color": _rgb(colors.foreground),
        "background_color": _rgb(colors.background),
        "recent_colors": colors.recent,
    }


def _rgb(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()
