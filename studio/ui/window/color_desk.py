"""Colours in the window: palettes that are brought in, and the palette at the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.registry import tool_info
from studio.ui.canvas.tools.tool import Section
from studio.ui.commands.file_desk import FileDesk
from studio.ui.widgets.actions import ActionTable
from studio.ui.window.docks import Docks

if TYPE_CHECKING:
    from studio.ui.panels.quick_palette import QuickPalette


class ColorDesk(QObject):
    """A right click with a painting tool shows the palette; tools that have another use for that button keep it."""

    def __init__(self, files: FileDesk, docks: Docks, canvas: CanvasView, actions: ActionTable) -> None:
        super().__init__(docks)
        self._files, self._docks, self._canvas, self._actions = files, docks, canvas, actions
        self._palette: QuickPalette | None = None
        canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        canvas.customContextMenuRequested.connect(self._asked)

    def show_palette(self) -> None:
        """Show the palette at the pointer, or in the middle of the canvas."""
        place = self._canvas.mapFromGlobal(self._canvas.cursor().pos())
        if not self._canvas.rect().contains(place):
            place = self._canvas.rect().center()
        self._show(place)

    def import_palettes(self) -> None:
        """Ask for files with palettes."""
        filters = self.tr("Palettes") + " (*.gpl *.ase)"
        folder = self._files.recent.folder(None)
        self._files.prompts.open_paths(self.tr("Import palettes"), folder, filters, self._docks.color.palettes.bring_in)

    def _asked(self, place: QPoint) -> None:
        tool = tool_info(self._canvas.tool())
        is_painting = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if tool.section is Section.PAINT and not tool.uses_right_button and not is_painting:
            self._show(place)

    def _show(self, place: QPoint) -> None:
        from studio.ui.panels.quick_palette import QuickPalette

        if self._palette is None:
            desk = self._docks.brushes.desk
            self._palette = QuickPalette(self._docks.colors, desk, self._actions, self._files.window)
        self._palette.show_at(self._canvas.mapToGlobal(place))
