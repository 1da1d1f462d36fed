"""What arrow keys move by."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

_FAR: Final = 10
"""Pixels that an arrow key moves with Shift."""
ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def nudge_of(key: int, modifiers: Qt.KeyboardModifier) -> tuple[int, int] | None:
    """Pixels to the right and down that a key moves by; ``None`` for one that is no arrow."""
    way = ARROWS.get(Qt.Key(key))
    far = _FAR if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
    return None if way is None else (way[0] * far, way[1] * far)
