"""What pages of settings are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.wrapped_label import wrapped_label


@dataclass(frozen=True)
class Choice:
    """An entry of a list: the stored value and its name."""

    value: str
    name: str


def combo(choices: Iterable[Choice], current: str) -> QComboBox:
    """A list to choose from, at ``current``, which is offered also where it is none of the choices."""
    box = QComboBox()
    for choice in choices:
        box.addItem(choice.name, choice.value)
    if box.findData(current) < 0:
        box.addItem(current, current)
    box.setCurrentIndex(box.findData(current))
    return box


def with_note(field: QWidget, note: str) -> QVBoxLayout:
    """A field and, right below it, what is to be known about it."""
    column = QVBoxLayout()
    column.setSpacing(GRID)
    column.addWidget(field)
    column.addWidget(wrapped_label(note, "muted"))
    return column


def setting_rows(page: QWidget) -> QFormLayout:
    """The rows of a page: names at the left, fields at the right."""
    form = QFormLayout(page)
    form.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
    form.setHorizontalSpacing(4 * GRID)
    form.setVerticalSpacing(2 * GRID)
    return form
