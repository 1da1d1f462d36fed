"""The commands of what helps to look and to aim: rulers, guide lines, grids, snapping. The View menu lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studio.editing import ruling
from studio.ui.canvas.tools.aids import AIDS
from studio.ui.commands.conditions import GUIDE_LINES
from studio.ui.commands.context import Context, State
from studio.ui.commands.menu import Menu
from studio.ui.widgets.command import Command
from studio.ui.widgets.dialog_opening import open_dialog


def _switching(aid: str) -> Callable[[Context], object]:
    def switch(context: Context) -> None:
        options = context.canvas.options
        options.set(AIDS.id, **{aid: not options.values(AIDS.id)[aid]})

    return switch


def _is_on(aid: str) -> Callable[[State], bool]:
    return lambda state: aid in state.aids


def _ask_grid(context: Context) -> None:
    from studio.ui.dialogs.grid_cells import GridCellsDialog

    session = context.session
    dialog = GridCellsDialog(session.document.ruling.grid, context.window)
    dialog.chosen.connect(lambda grid: ruling.set_grid(session, grid))
    dialog.chosen.connect(lambda _grid: context.canvas.options.set(AIDS.id, grid=True))
    open_dialog(dialog)


RULING: Final = Menu(
    id="ruling",
    title=str(QT_TRANSLATE_NOOP("Menus", "Rulers and &Guides")),
    entries=(
        Command(
            id="view.rulers",
            text=str(QT_TRANSLATE_NOOP("Actions", "Rulers")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show rulers at the canvas; guide lines are dragged out of them")),
            icon="ruler",
            shortcut="Ctrl+R",
            run=_switching("rulers"),
            checked=_is_on("rulers"),
        ),
        Command(
            id="view.guide_lines",
            text=str(QT_TRANSLATE_NOOP("Actions", "&Guide Lines")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show or hide the guide lines of the picture")),
            icon="guide-lines",
            shortcut="Ctrl+;",
            run=_switching("lines"),
            checked=_is_on("lines"),
        ),
        Command(
            id="view.clear_guide_lines",
            text=str(QT_TRANSLATE_NOOP("Actions", "Remove All Guide Lines")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Take all guide lines off the picture")),
            run=lambda context: ruling.remove_lines(context.session),
            needs=(GUIDE_LINES,),
        ),
        Command(
            id="view.grid",
            text=str(QT_TRANSLATE_NOOP("Actions", "Grid")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Show or hide a grid over the picture")),
            icon="drawing-grid",
            shortcut="Ctrl+'",
            run=_switching("grid"),
            checked=_is_on("grid"),
        ),
        Command(
            id="view.grid_cells",
            text=str(QT_TRANSLATE_NOOP("Actions", "Grid Cells…")),
            tip=str(QT_TRANSLATE_NOOP("Actions", "Choose how large the cells of the grid are and where they begin")),
            run=_ask_grid,
        ),
        Command(
            id="view.pixel_grid",
            text=str(QT_TRANSLATE_NOOP("Actions", "Pixel Grid")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "Part the pixels by thin lines where they are shown eight times as large")
            ),
            run=_switching("pixel_grid"),
            checked=_is_on("pixel_grid"),
        ),
        Command(
            id="view.snap",
            text=str(QT_TRANSLATE_NOOP("Actions", "Snap to Lines")),
            tip=str(
                QT_TRANSLATE_NOOP(
                    "Actions", "What is dragged is drawn to guide lines and the grid, where these are shown"
                )
            ),
            shortcut="Ctrl+Shift+;",
            run=_switching("snap"),
            checked=_is_on("snap"),
        ),
        Command(
            id="view.snap_canvas",
            text=str(QT_TRANSLATE_NOOP("Actions", "Snap to the Canvas")),
            tip=str(
                QT_TRANSLATE_NOOP("Actions", "What is dragged is drawn to the borders and the middle of the canvas")
            ),
            run=_switching("snap_canvas"),
            checked=_is_on("snap_canvas"),
        ),
    ),
)
