"""Files in: new pictures, opening, inserting as layers, dropping."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from studio.document import Document
from studio.editing.insertion import with_inserted
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.session import NEW_PICTURE, OpenDocument, Source, same_picture
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.file_filters import can_save_to, open_filters
from studio.ui.commands.save_actions import SaveActions
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction

if TYPE_CHECKING:
    from studio.files import OpenedDocument
    from studio.ui.dialogs.new_picture import Canvas

OPEN: Final = StepKind("picture.open", "Open", "open")
OPEN_AS_LAYER: Final = StepKind("layer.open", "Open as layer", "layer-add")

_ABOUT_THE_PICTURE: Final = ("layers", "export", "settings", "notes", "dropped", "open")
"""Keys of notices that make no sense once another picture is shown."""


class OpenActions(QObject):
    """Reads files in the background and shows them in the session.

    Signal: ``settings_offered(GenerationSettings)`` when the person wants the settings of an opened picture.
    """

    settings_offered = Signal(object)

    def __init__(self, desk: FileDesk, saving: SaveActions) -> None:
        super().__init__(desk.window)
        self._session = desk.session
        self._store = desk.store
        self._catalogue = desk.catalogue
        self._tasks = desk.tasks
        self._notices = desk.notices
        self._prompts = desk.prompts
        self._recent = desk.recent
        self._window = desk.window
        self._saving = saving
        follow(self, desk.session.current_changed, self._current_changed)

    def ask_new(self) -> None:
        """Show the dialog for a new picture."""
        from studio.ui.dialogs.new_picture import Canvas, NewPictureDialog

        document = self._session.document
        dialog = NewPictureDialog(
            Canvas(document.width, document.height), self._store.current.color, parent=self._window
        )
        dialog.chosen.connect(lambda canvas: self._saving.after_saving(lambda: self.start_new(canvas)))
        open_dialog(dialog)

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._recent.clear()

    def start_new(self, canvas: Canvas) -> None:
        """Show a new picture."""
        self._session.open_document(canvas.document(), NEW_PICTURE)

    def ask_open(self) -> None:
        """Let the person choose a file and open it; more files become layers of the first."""
        filters = open_filters(self._catalogue.files.open_filters())
        self._prompts.open_paths(self.tr("Open"), self._recent.folder(self._session.path), filters, self.open_first)

    def open_first(self, paths: list[Path]) -> None:
        """Open the first of some files; the others are put in as layers."""
        if paths:
            self._saving.after_saving(lambda: self.open(paths[0], then=lambda: self.open_as_layers(paths[1:])))

    def open(self, path: Path, then: Callable[[], object] | None = None) -> None:
        """Open a file in place of the current picture, which must have been dealt with.

        What is painted while the file is being read is asked about before it makes room.
        """
        before = self._session.document

        def read() -> OpenedDocument:
            return self._catalogue.files.open(path)

        def show(opened: OpenedDocument) -> None:
            self.show_opened(path, opened)
            if then is not None:
                then()

        def arrived(opened: OpenedDocument) -> None:
            if same_picture(before, self._session.document):
                show(opened)
            else:
                self._saving.after_saving(lambda: show(opened))

        self._tasks.run(read, arrived, lambda error: self._not_opened(path, error))

    def ask_open_as_layers(self) -> None:
        folder = self._recent.folder(self._session.path)
        filters = open_filters(self._catalogue.files.open_filters())
        self._prompts.open_paths(self.tr("Open as layer"), folder, filters, self.open_as_layers)

    def open_as_layers(self, paths: list[Path]) -> None:
        """Put files into the current picture, one layer (or group) each."""
        for path in paths:
            self._open_as_layer(path)

    def drop(self, paths: list[Path]) -> None:
        """Files dropped on the picture: layered files open, flat ones become layers, with the choice to open."""
        layered = [path for path in paths if path.suffix.lower() in (".ora", ".psd", ".psb")]
        if layered:
            self.open_first([layered[0], *(path for path in paths if path != layered[0])])
            return
        if len(paths) == 1:
            self._open_as_layer(paths[0], lambda: self._offer_opening(paths[0]))
        else:
            self.open_as_layers(paths)

    def _offer_opening(self, path: Path) -> None:
        with_layer = self._session.document
        text = self.tr("“{name}” was added as a layer.").format(name=path.name)
        instead = NoticeAction(self.tr("Open it instead"), lambda: self._open_instead(path, with_layer))
        self._notices.show_notice(text, actions=(instead,), key="dropped")

    def _open_as_layer(self, path: Path, then: Callable[[], object] | None = None) -> None:
        def read() -> OpenedDocument:
            return self._catalogue.files.open(path)

        def insert(opened: OpenedDocument) -> None:
            document = with_inserted(self._session.document, opened.document, path.stem)
            self._session.apply(OPEN_AS_LAYER, document)
            self._tell(path, opened.notes)
            if then is not None:
                then()

        self._tasks.run(read, insert, lambda error: self._not_opened(path, error))

    def _open_instead(self, path: Path, with_layer: Document) -> None:
        if same_picture(self._session.document, with_layer):  # else something was done since: that is not to be undone
            self._session.undo()
        self._saving.after_saving(lambda: self.open(path))

    def show_opened(self, path: Path, opened: OpenedDocument) -> None:
        """Show a document that was read from ``path``, and offer the settings it carries."""
        own = path if can_save_to(path) and not opened.is_partial else None
        self._session.open_document(opened.document, OPEN, path=own, source=Source(path, opened.settings))
        self._recent.add(path)
        self._tell(path, (*opened.notes, self._keeps_file()) if opened.is_partial else opened.notes)
        if opened.settings is not None:
            self._offer(opened.settings)

    def _current_changed(self, _document: OpenDocument) -> None:
        """Take back what was said about a picture once another is shown: its offers would act on the wrong one."""
        for key in _ABOUT_THE_PICTURE:
            self._notices.clear(key)

    def _offer(self, settings: GenerationSettings) -> None:
        text = self.tr("This picture carries the settings it was made with: “{prompt}”.")
        use = NoticeAction(self.tr("Use its settings"), lambda: self.settings_offered.emit(settings))
        self._notices.show_notice(text.format(prompt=_shortened(settings.prompt)), actions=(use,), key="settings")

    def _keeps_file(self) -> str:
        return self.tr("Saving asks for a new file, so that this one keeps what could not be read.")

    def _tell(self, path: Path, notes: tuple[str, ...]) -> None:
        if notes:
            self._notices.show_notice(f"{path.name}: " + " ".join(notes), key="notes")

    def _not_opened(self, path: Path, error: Exception) -> None:
        self._notices.show_error(error, key="open")
        if not path.exists():
            self._recent.remove(path)


def _shortened(prompt: str, length: int = 60) -> str:
    return prompt if len(prompt) <= length else prompt[: length - 1] + "…"
