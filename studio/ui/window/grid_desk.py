"""Grids in the window: where their cells are kept, and what they start from."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from studio.ui.commands.grid_actions import GridActions
from studio.ui.panels.generate.generate_panel import GeneratePanel
from studio.ui.widgets.notice_bar import NoticeBar
from studio.ui.window.window_parts import WindowParts


def grid_actions(parts: WindowParts, generate: GeneratePanel, notices: NoticeBar, window: QWidget) -> GridActions:
    """What Generate > Grid does in a window."""
    return GridActions(
        parts.session,
        parts.catalogue,
        store=parts.store,
        root=parts.paths.cache / "grids",
        generate=generate,
        notices=notices,
        window=window,
    )
