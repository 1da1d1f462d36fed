"""Questions that need an answer before work goes on: which file, and what about unsaved changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import Final, Protocol

from PySide6 import QtWidgets  # see `dialog_opening`
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from studio.settings import SettingsStore
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.readable import message_text

_MOST_LOSSES: Final = 8


class SaveChoice(Enum):
    SAVE = auto()
    DISCARD = auto()
    CANCEL = auto()


class Prompts(Protocol):
    """Asks without blocking: the answer comes as a call, ``None`` when the person backed out."""

    def open_paths(self, title: str, folder: Path, filters: str, answer: Callable[[list[Path]], None]) -> None: ...

    def open_folder(self, title: str, folder: Path, answer: Callable[[Path | None], None]) -> None: ...

    def save_path(
        self, title: str, suggestion: Path, filters: str, suffix: str, answer: Callable[[Path | None], None]
    ) -> None: ...

    def unsaved_changes(self, name: str, answer: Callable[[SaveChoice], None]) -> None: ...

    def several_unsaved(self, names: list[str], answer: Callable[[frozenset[int] | None], None]) -> None: ...

    def losses(self, name: str, lost: Sequence[str], answer: Callable[[bool], None]) -> None: ...

    def stop_installing(self, answer: Callable[[bool], None]) -> None: ...


def offer_saving(
    prompts: Prompts, name: str, *, save: Callable[[Callable[[], object]], object], then: Callable[[], object]
) -> None:
    """Ask about unsaved changes; go on with ``then`` once they are saved or given up, not at all on Cancel."""

    def answer(choice: SaveChoice) -> None:
        if choice is SaveChoice.SAVE:
            save(then)
        elif choice is SaveChoice.DISCARD:
            then()

    prompts.unsaved_changes(name, answer)


class WindowPrompts(QObject):
    """Asks with dialogs over a window."""

    def __init__(self, window: QWidget, store: SettingsStore) -> None:
        super().__init__(window)
        self._window = window
        self._store = store

    def open_paths(self, title: str, folder: Path, filters: str, answer: Callable[[list[Path]], None]) -> None:
        """Let the person choose files; an empty list when nothing was chosen."""
        dialog = QtWidgets.QFileDialog(self._window, title, str(folder), filters)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFiles)
        dialog.finished.connect(lambda code: answer([Path(name) for name in dialog.selectedFiles()] if code else []))
        self._prepare(dialog)
        open_dialog(dialog)

    def open_path(self, title: str, folder: Path, filters: str, answer: Callable[[Path | None], None]) -> None:
        """Let the person choose one file."""
        dialog = QtWidgets.QFileDialog(self._window, title, str(folder), filters)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
        self._ask_for_one(dialog, answer)

    def open_folder(self, title: str, folder: Path, answer: Callable[[Path | None], None]) -> None:
        """Let the person choose a folder."""
        dialog = QtWidgets.QFileDialog(self._window, title, str(folder))
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.Directory)
        dialog.setOption(QtWidgets.QFileDialog.Option.ShowDirsOnly)
        self._ask_for_one(dialog, answer)

    def save_path(
        self, title: str, suggestion: Path, filters: str, suffix: str, answer: Callable[[Path | None], None]
    ) -> None:
        """Let the person choose where to save; asks before replacing a file. ``suffix`` is added when missing."""
        dialog = QtWidgets.QFileDialog(self._window, title, str(suggestion.parent), filters)
        dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(suggestion.name)
        self._ask_for_one(dialog, answer)

    def unsaved_changes(self, name: str, answer: Callable[[SaveChoice], None]) -> None:
        """Save, don't save, or go back."""
        box = QtWidgets.QMessageBox(self._window)
        box.setIcon(QtWidgets.QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Unsaved changes"))
        box.setText(self.tr("Save the changes to “{name}”?").format(name=name))
        box.setInformativeText(self.tr("Without saving, what was done since the last save is lost."))
        save = box.addButton(self.tr("Save"), QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(self.tr("Don't Save"), QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
        box.setEscapeButton(box.addButton(self.tr("Cancel"), QtWidgets.QMessageBox.ButtonRole.RejectRole))
        box.setDefaultButton(save)
        choices = {save: SaveChoice.SAVE, discard: SaveChoice.DISCARD}
        box.finished.connect(lambda _code: answer(_choice_of(box, choices)))
        open_dialog(box)

    def several_unsaved(self, names: list[str], answer: Callable[[frozenset[int] | None], None]) -> None:
        """Which of several pictures are to be saved, by their position in ``names``; ``None`` to go back."""
        from studio.ui.dialogs.unsaved import UnsavedDialog

        dialog = UnsavedDialog(names, self._window)
        dialog.finished.connect(lambda _code: answer(dialog.chosen))
        open_dialog(dialog)

    def losses(self, name: str, lost: Sequence[str], answer: Callable[[bool], None]) -> None:
        """Whether to write the file ``name`` although it will not hold everything: ``lost`` says what."""
        box = QtWidgets.QMessageBox(self._window)
        box.setIcon(QtWidgets.QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Save in another format"))
        box.setText(
            self.tr("“{name}” will not hold all of the picture. OpenRaster keeps everything.").format(name=name)
        )
        told = [message_text(text) for text in lost[:_MOST_LOSSES]]
        if len(lost) > _MOST_LOSSES:
            told.append(self.tr("And {count} more.").format(count=len(lost) - _MOST_LOSSES))
        box.setInformativeText("\n".join(f"• {each}" for each in told))
        save = box.addButton(self.tr("Save Anyway"), QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton(self.tr("Cancel"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(cancel)
        box.setDefaultButton(save)
        box.finished.connect(lambda _code: answer(box.clickedButton() == save))
        open_dialog(box)

    def stop_installing(self, answer: Callable[[bool], None]) -> None:
        """Whether an installation of the engine may be stopped, since the program is to end."""
        box = QtWidgets.QMessageBox(self._window)
        box.setIcon(QtWidgets.QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("The engine is being installed"))
        box.setText(self.tr("Stop installing the engine and quit?"))
        box.setInformativeText(
            self.tr(
                "What has arrived is kept: it goes on from there next time. An engine that you have stays as it is."
            )
        )
        stop = box.addButton(self.tr("Stop and Quit"), QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep Installing"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(keep)
        box.setDefaultButton(keep)
        box.finished.connect(lambda _code: answer(box.clickedButton() == stop))
        open_dialog(box)

    def _ask_for_one(self, dialog: QtWidgets.QFileDialog, answer: Callable[[Path | None], None]) -> None:
        dialog.finished.connect(lambda code: answer(Path(dialog.selectedFiles()[0]) if code else None))
        self._prepare(dialog)
        open_dialog(dialog)

    def _prepare(self, dialog: QtWidgets.QFileDialog) -> None:
        """Its layout, and two labels that Qt's own translations do not cover in every language."""
        dialog.setLabelText(QtWidgets.QFileDialog.DialogLabel.LookIn, self.tr("Folder:"))
        dialog.setLabelText(QtWidgets.QFileDialog.DialogLabel.FileType, self.tr("File type:"))
        from studio.ui.dialogs.file_dialog_layout import lay_out

        lay_out(dialog, self._store)


def _choice_of(box: QtWidgets.QMessageBox, choices: Mapping[QPushButton, SaveChoice]) -> SaveChoice:
    """By identity: the box may hand out another wrapper of the same button."""
    clicked = box.clickedButton()
    return next((choice for button, choice in choices.items() if button == clicked), SaveChoice.CANCEL)
