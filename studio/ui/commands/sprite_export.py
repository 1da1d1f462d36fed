"""File > Export Sprite Sheet: layers, results or frames on one picture, with a JSON file of where each lies."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.document import Document, LayerId
from studio.ui.background.background import Run
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.file_export import FileExport
from studio.ui.widgets.dialog_opening import open_dialog

if TYPE_CHECKING:
    from studio.editing.sprites import SpriteSource
    from studio.files.sheets.layout import SheetOptions
    from studio.ui.dialogs.sprite_sheet import SpriteSheetDialog


@dataclass(frozen=True, eq=False)
class _Wish:
    """What goes on a sheet, and how."""

    document: Document
    source: SpriteSource
    selected: Collection[LayerId]
    options: SheetOptions


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
        from studio.editing.sprites import sprite_sources
        from studio.ui.dialogs.sprite_sheet import SpriteSheetDialog

        if self._writing.is_running:
            return None
        self._desk.finish_stroke()
        document, name = self._desk.session.document, Path(self._name()).stem
        sources = sprite_sources(document, selected)
        dialog = SpriteSheetDialog(sources, (document.width, document.height), self._last, self._desk.window)

        def chosen(source: SpriteSource, options: SheetOptions) -> None:
            self._last = options
            self._ask_for_file(name, lambda path, run: _written(_Wish(document, source, selected, options), path, run))

        dialog.chosen.connect(chosen)
        return open_dialog(dialog)

    def _ask_for_file(self, name: str, write: Callable[[Path, Run], tuple[str, ...]]) -> None:
        def answer(path: Path | None) -> None:
            if path is not None:
                self._writing.start(path, lambda run: write(path, run))

        suggestion = self._desk.recent.folder(self._desk.session.path) / f"{name}-sheet.png"
        filters = self.tr("Sprite sheet with a JSON file") + " (*.png)"
        self._desk.prompts.save_path(self.tr("Export sprite sheet"), suggestion, filters, "png", answer)


def _written(wish: _Wish, path: Path, run: Run) -> tuple[str, ...]:
    """On the background thread; the writer is imported there."""
    from studio.editing.sprites import sprites_of
    from studio.files.sheets.sheet import write_sheet

    sprites = sprites_of(wish.document, wish.source, wish.selected)
    return write_sheet(path, sprites, wish.options, cancel=run.token, report=run.tell)
