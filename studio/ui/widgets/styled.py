"""Properties that the style sheet looks at."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_styled(widget: QWidget, name: str, value: object) -> None:
    """Give a widget that is shown another value of a property such as ``role``, and draw it accordingly."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
