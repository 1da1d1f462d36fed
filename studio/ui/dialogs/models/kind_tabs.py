"""The row of tabs for kinds of files that the pages of the Models window share."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar


def kind_tabs() -> QTabBar:
    """A row without tabs yet, whose names are shown whole."""
    tabs = QTabBar()
    tabs.setDrawBase(False)
    tabs.setExpanding(False)
    tabs.setElideMode(Qt.TextElideMode.ElideNone)
    return tabs
