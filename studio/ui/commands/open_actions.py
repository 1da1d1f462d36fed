"""Files in: new pictures, opening, inserting as layers, dropping."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from studio.document import Document, replace_layer
from studio.editing.insertion import overhangs, with_inserted
from studio.generation import GenerationSettings
from studio.generation.placement import title_of
from studio.history import StepKind
from studio.session import NEW_PICTURE, OpenDocument, Source, same_picture
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.file_filters import can_save_to, open_filters
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction
from studio.ui.widgets.readable import notes_text

if TYPE_CHECKING:
    from studio.files import OpenedDocument
    from studio.ui.dialogs.new_picture import Canvas

OPEN: Final = StepKind("picture.open", "Open", "open")
OPEN_KEPT: Final = StepKind("picture.open_kept", "Open from the gallery", "gallery")
OPEN_AS_LAYER: Final = StepKind("layer.open", "Open as layer", "layer-add")

_LAYERED: Final = frozenset({".ora", ".psd", ".psb", ".kra"})
_ABOUT_THE_PICTURE: Final = ("layers", "export", "settings", "notes", "dropped", "open")
"""Keys of notices that make no sense once another picture is shown."""


class OpenActions(QObject):
    """Reads files in the background and shows them in the session.

    Signals: ``settings_offered(GenerationSettings)`` when the person wants the settings of an opened picture;
    ``overhung()`` when a file came as a layer into the picture that is shown, and is larger than its canvas.
    """

    settings_offered = Signal(object)
    overhung = Signal()

    def __init__(self, desk: FileDesk) -> None:
        super().__init__(desk.window)
        self._session = desk.session
        self._store = desk.store
        self._catalogue = desk.catalogue
        self._tasks = desk.tasks
        self._notices = desk.notices
        self._prompts = desk.prompts
        self._recent = desk.recent
        self._window = desk.window
        follow(self, desk.session.current_changed, self._current_changed)

    def ask_new(self) -> None:
        """Show the dialog for a new picture."""
        from studio.ui.dialogs.new_picture import Canvas, NewPictureDialog

        document = self._session.document
        dialog = NewPictureDialog(
            Canvas(document.width, document.height), self._store.current.color, parent=self._window
        )
        dialog.chosen.connect(self.start_new)
        open_dialog(dialog)

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._recent.clear()

    def start_new(self, canvas: Canvas) -> None:
        """Open a new picture beside the others."""
        self._session.open_document(canvas.document(), NEW_PICTURE)

    def ask_open(self) -> None:
        """Let the person choose files, and open each."""
        filters = open_filters(self._catalogue.files.open_filters())
        self._prompts.open_paths(self.tr("Open"), self._recent.folder(self._session.path), filters, self.open_all)

    def open_all(self, paths: Iterable[Path]) -> None:
        """Open each of some files beside the pictures that are open."""
        for path in paths:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a file beside the pictures that are open; one that is open already is shown."""
        if self._show_open(path):
            return

        def read() -> OpenedDocument:
            return self._catalogue.files.open(path)

        def arrived(opened: OpenedDocument) -> None:
            if not self._show_open(path):  # it was asked for twice
                self.show_opened(path, opened)

        self._tasks.run(read, arrived, lambda error: self._not_opened(path, error))

    def _show_open(self, path: Path) -> bool:
        document = self._session.of_file(path)
        if document is not None:
            self._session.show(document)
        return document is not None

    def open_copies(self, paths: Iterable[Path]) -> None:
        """Open copies of pictures of the gallery beside those that are open: saving one asks for a file."""
        for path in paths:
            self._tasks.run(
                lambda kept=path: self._catalogue.files.open(kept),  # type: ignore[misc]
                self._show_copy,
                lambda error: self._notices.show_error(error, key="open"),
            )

    def _show_copy(self, opened: OpenedDocument) -> None:
        document, settings = opened.document, opened.settings
        if settings is not None:
            document = replace_layer(document, document.layers[0].id, name=title_of(settings))
        self._session.open_document(document, OPEN_KEPT, settings=None if settings is None else settings.json())

    def ask_open_as_layers(self) -> None:
        folder = self._recent.folder(self._session.path)
        filters = open_filters(self._catalogue.files.open_filters())
        self._prompts.open_paths(self.tr("Open as layer"), folder, filters, self.open_as_layers)

    def open_as_layers(self, paths: list[Path]) -> None:
        """Put files into the current picture, one layer (or group) each."""
        for path in paths:
            self._open_as_layer(path)

    def drop(self, paths: list[Path]) -> None:
        """Files dropped on the picture: several or layered ones open, a flat one becomes a layer at first."""
        if len(paths) > 1 or any(path.suffix.lower() in _LAYERED for path in paths):
            self.open_all(paths)
        else:
            self._open_as_layer(paths[0], lambda: self._offer_opening(paths[0]))

    def _offer_opening(self, path: Path) -> None:
        target, with_layer = self._session.current, self._session.document
        text = self.tr("“{name}” was added as a layer.").format(name=path.name)
        instead = NoticeAction(self.tr("Open it instead"), lambda: self._open_instead(path, target, with_layer))
        self._notices.show_notice(text, actions=(instead,), key="dropped")

    def _open_as_layer(self, path: Path, then: Callable[[], object] | None = None) -> None:
        def read() -> OpenedDocument:
            return self._catalogue.files.open(path)

        target = self._session.current

        def insert(opened: OpenedDocument) -> None:
            name = path.stem if opened.settings is None else title_of(opened.settings)
            target.apply(OPEN_AS_LAYER, with_inserted(target.document, opened.document, name))
            self._tell(path, opened.notes)
            if then is not None:
                then()
            if target is self._session.current and overhangs(target.document):
                self.overhung.emit()

        self._tasks.run(read, insert, lambda error: self._not_opened(path, error))

    def _open_instead(self, path: Path, target: OpenDocument, with_layer: Document) -> None:
        if same_picture(target.document, with_layer):  # else something was done since: that is not to be undone
            target.undo()
        self.open(path)

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
            self._notices.show_notice(f"{path.name}: " + notes_text(notes), key="notes")

    def _not_opened(self, path: Path, error: Exception) -> None:
        self._notices.show_error(error, key="open")
        if not path.exists():
            self._recent.remove(path)


def _shortened(prompt: str, length: int = 60) -> str:
    return prompt if len(prompt) <= length else prompt[: length - 1] + "…"
