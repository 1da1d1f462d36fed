"""The look of a list in the Generate panel: a button in line with the fields around it, and the rows below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID


def lay_out_list(
    section: QWidget, label: QLabel, button: QPushButton, rows: QVBoxLayout, *, beside: Sequence[QWidget] = ()
) -> None:
    """Place the label and the button that adds a row, what stands ``beside`` it, and the rows."""
    button.setIcon(icon("plus"))
    label.setBuddy(button)
    top = QHBoxLayout()
    top.setSpacing(2 * GRID)
    top.addWidget(label)
    top.addWidget(button)
    for widget in beside:
        top.addWidget(widget)
    top.addStretch(1)
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    column.addLayout(top)
    column.addLayout(rows)
