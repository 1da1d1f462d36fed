"""The ring within the edge of the canvas that shows a person without a mouse that keys go to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from studio.ui.canvas.view.backdrop import paint_focus_ring
from studio.ui.style.theme import current_theme

_BY_KEYS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing:
    """Comes with a focus that keys gave. ``repaint`` has the whole widget painted again."""

    def __init__(self, repaint: Callable[[], object]) -> None:
        self._repaint = repaint
        self._is_shown = False

    def come(self, reason: Qt.FocusReason) -> None:
        """The widget has the focus for this reason."""
        self._show(reason in _BY_KEYS)

    def go(self) -> None:
        """The focus is gone, or a mouse is used."""
        self._show(False)

    def paint(self, painter: QPainter, area: QRect) -> None:
        """``painter`` is in view coordinates."""
        if self._is_shown:
            paint_focus_ring(painter, area, current_theme())

    def _show(self, is_shown: bool) -> None:
        if is_shown != self._is_shown:
            self._is_shown = is_shown
            self._repaint()
