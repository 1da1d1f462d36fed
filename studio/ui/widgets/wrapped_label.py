"""Words of more than one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def wrapped_label(text: str = "", role: str = "", *, selectable: bool = False) -> QLabel:
    """Plain text that wraps, in the colours of a ``role`` of the style sheet; ``selectable`` with the mouse.

    Plain, since what a plugin, a file or a server says is not to be read as HTML.
    """
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
