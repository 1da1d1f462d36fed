"""What the Brush menu does with presets: asks for names and files, and opens the editor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.commands.file_desk import FileDesk
from studio.ui.widgets.dialog_opening import open_dialog

if TYPE_CHECKING:
    from studio.ui.dialogs.brush_editor import BrushEditor
    from studio.ui.panels.brushes.brush_desk import BrushDesk


class BrushActions(QObject):
    """``brushes`` gives the desk with the presets, which is made when it is needed first; ``toggle`` shows the panel
    with them, or hides it."""

    def __init__(self, desk: FileDesk, brushes: Callable[[], BrushDesk], toggle: Callable[[], object]) -> None:
        super().__init__(desk.window)
        self.toggle_panel = toggle
        self._desk = desk
        self._brushes = brushes
        self._editor: BrushEditor | None = None

    def edit(self) -> BrushEditor:
        """Open the editor beside the picture, or bring it forward."""
        from studio.ui.dialogs.brush_editor import BrushEditor

        if self._editor is None:
            self._editor = open_dialog(BrushEditor(self._brushes(), self._desk.window), is_modal=False)
            self._editor.destroyed.connect(self._closed)
        self._editor.raise_()
        return self._editor

    def save_as(self) -> None:
        """Ask for a name, and keep the brush in the hand under it."""
        current = self._brushes().current()
        self._ask_name(self.tr("New Brush"), "" if current is None else current.name, self._brushes().add)

    def rename(self, preset_id: str) -> None:
        """Ask for another name of a preset."""
        from studio.ui.panels.brushes.brush_names import shown_name

        stored = self._brushes().find(preset_id)
        if stored is not None:
            self._ask_name(
                self.tr("Rename Brush"), shown_name(stored), lambda name: self._brushes().rename(preset_id, name)
            )

    def overwrite(self) -> None:
        """Make the preset in the hand what the brush is now. `SettingError` without one."""
        self._brushes().overwrite()

    def reset(self) -> None:
        """Make the brush in the hand what its preset is."""
        self._brushes().take(self._brushes().current_id)

    def bring_in(self) -> None:
        """Ask for files to make presets of."""
        from studio.files.brushes.importing import SUFFIXES

        patterns = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
        filters = self.tr("Brushes and pictures") + f" ({patterns})"
        folder = self._desk.recent.folder(None)
        self._desk.prompts.open_paths(self.tr("Import brushes"), folder, filters, self._bring_in)

    def from_layer(self) -> None:
        """Make a stamp of the active layer."""
        layer = self._desk.session.document.active_paint_layer
        if layer is not None:
            self._brushes().add_stamp(layer.raster, layer.name)

    def _bring_in(self, paths: list[Path]) -> None:
        self._brushes().bring_in(paths)

    def _ask_name(self, title: str, name: str, answer: Callable[[str], object]) -> None:
        from studio.ui.dialogs.brush_name import BrushNameDialog

        dialog = BrushNameDialog(title, name, self._desk.window)
        dialog.chosen.connect(answer)
        open_dialog(dialog)

    def _closed(self) -> None:
        self._editor = None
