"""The colours to paint with: one in front, one behind, and those that were used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

MOST_RECENT: Final = 16


class PaintColors(QObject):
    """What everything that shows or chooses colours shares.

    Signals: ``changed()`` when the foreground or the background did; ``remembered()`` when a colour was used.
    """

    changed = Signal()
    remembered = Signal()

    def __init__(
        self, foreground: QColor, background: QColor, recent: Iterable[str] = (), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._foreground, self._background = QColor(foreground), QColor(background)
        self._recent = list(recent)[:MOST_RECENT]

    @property
    def foreground(self) -> QColor:
        """The colour to paint with."""
        return QColor(self._foreground)

    @property
    def background(self) -> QColor:
        """The other one."""
        return QColor(self._background)

    @property
    def recent(self) -> tuple[str, ...]:
        """Colours that were painted with, as ``#rrggbb``, newest first."""
        return tuple(self._recent)

    def choose(self, color: QColor) -> None:
        """Paint with this colour."""
        self._show(color, self._background)

    def choose_background(self, color: QColor) -> None:
        self._show(self._foreground, color)

    def swap(self) -> None:
        """Exchange foreground and background."""
        self._show(self._background, self._foreground)

    def reset(self) -> None:
        """Black in front of white."""
        self.remember()
        self._show(QColor("black"), QColor("white"))

    def take_black_and_white(self) -> None:
        """White in front of black, as for masks; the colour until now is among the recent ones."""
        self.remember()
        self._show(QColor("white"), QColor("black"))

    def remember(self) -> None:
        """Put the foreground first among the recent colours."""
        name = self._foreground.name()
        self._recent = [name, *(item for item in self._recent if item != name)][:MOST_RECENT]
        self.remembered.emit()

    def _show(self, foreground: QColor, background: QColor) -> None:
        before = self._foreground, self._background
        self._foreground, self._background = QColor(foreground), QColor(background)
        if before != (self._foreground, self._background):
            self.changed.emit()
