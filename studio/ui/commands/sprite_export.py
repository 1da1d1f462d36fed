"""File > Export Sprite Sheet: layers, results or frames on one picture, with a JSON file of where each lies."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.document import LayerId
from studio.ui.background.background import Run
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.file_export import FileExport
from studio.ui.widgets.dialog_opening import open_dialog

if TYPE_CHECKING:
    from studio.editing.sprites import Material, SpriteSource
    from studio.files.sheets.layout import SheetOptions
    from studio.ui.dialogs.sprite_sheet import SpriteSheetDialog


class SpriteExport(QObject):
    """Asks what goes on the sheet and how, then for a file. How it was the last time is suggested again."""

    def __init__(self, desk: FileDesk, name: Callable[[], str]) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._name = name
        self._last: SheetOptions | None = None
        self._writing = FileExport(desk, self.tr("Export sprite sheet"), self.tr("{step} of {total}"))

    def ask(self, selected: Collection[LayerId]) -> SpriteSheetDialog | None:
        """Open the form for the picture that is shown; ``selected`` are its selected layers."""
        from studio.editing.sprites import material_of, sprite_sources
        from studio.ui.dialogs.sprite_sheet import SpriteSheetDialog

        if self._writing.is_running:
            return None
        self._desk.finish_stroke()
        material, name = material_of(self._desk.session, selected), Path(self._name()).stem
        dialog = SpriteSheetDialog(sprite_sources(material), self._last, self._desk.window)

        def chosen(source: SpriteSource, options: SheetOptions) -> None:
            self._last = options
            self._ask_for_file(name, lambda path, run: _written(material, source, options, path, run))

        dialog.chosen.connect(chosen)
        return open_dialog(dialog)

    def _ask_for_file(self, name: str, write: Callable[[Path, Run], tuple[str, ...]]) -> None:
        def answer(path: Path | None) -> None:
            if path is not None:
                self._writing.start(path, lambda run: write(path, run))

        suggestion = self._desk.recent.folder(self._desk.session.path) / f"{name}-sheet.png"
        filters = self.tr("Sprite sheet with a JSON file") + " (*.png)"
        self._desk.prompts.save_path(self.tr("Export sprite sheet"), suggestion, filters, "png", answer)


def _written(material: Material, source: SpriteSource, options: SheetOptions, path: Path, run: Run) -> tuple[str, ...]:
    """On the background thread; the writer is imported there."""
    from studio.editing.sprites import sprites_of
    from studio.files.sheets.sheet import write_sheet

    return write_sheet(path, sprites_of(material, source), options, cancel=run.token, report=run.tell)
