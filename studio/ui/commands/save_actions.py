"""Files out: save, save as, export, and the question about unsaved changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.document import Document
from studio.generation import GenerationSettings
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.file_filters import EXPORT_SUFFIX, NATIVE_SUFFIX, save_filters
from studio.ui.dialogs.prompts import offer_saving
from studio.ui.widgets.notice_bar import NoticeAction

Then = Callable[[], object]


class SaveActions(QObject):
    """Writes the session's picture in the background; a failed save leaves the old file and the unsaved state.

    Signal: ``saved(str)`` with the name of a file that the picture was saved to.
    """

    saved = Signal(str)

    def __init__(self, desk: FileDesk) -> None:
        super().__init__(desk.window)
        self._session = desk.session
        self._catalogue = desk.catalogue
        self._tasks = desk.tasks
        self._notices = desk.notices
        self._prompts = desk.prompts
        self._recent = desk.recent
        self._finish_stroke = desk.finish_stroke
        self._writes = 0
        self._waiting: Then | None = None

    def save(self, then: Then | None = None) -> None:
        """Save to the picture's own file, asking for one when it has none."""
        path = self._session.path
        if path is None:
            self.save_as(then)
        else:
            self._write(path, then)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save there."""

        def answer(path: Path | None) -> None:
            if path is not None:
                self._write(path, then)

        suggestion = self._suggestion(NATIVE_SUFFIX)
        self._prompts.save_path(self.tr("Save as"), suggestion, save_filters(), NATIVE_SUFFIX, answer)

    def export(self) -> None:
        """Ask for a file and write a flat copy there; the picture keeps its own file and its unsaved state."""

        def answer(path: Path | None) -> None:
            if path is not None:
                self._save(path, self._session.document, lambda: self._exported(path))

        filters = save_filters(first=EXPORT_SUFFIX, more=self._catalogue.files.save_filters())
        self._prompts.save_path(self.tr("Export"), self._suggestion(EXPORT_SUFFIX), filters, EXPORT_SUFFIX, answer)

    def after_saving(self, then: Then) -> None:
        """Go on with ``then`` once unsaved changes are saved or given up; not at all when the person cancels.

        A save under way is waited for first, because only its end tells what is unsaved. Of several wishes
        that wait, the last one counts.
        """
        self._finish_stroke()
        if self._writes:
            self._waiting = then
            return
        if not self._session.is_modified:
            then()
            return
        offer_saving(self._prompts, self.name(), save=self.save, then=then)

    def name(self) -> str:
        """How the picture is called: its file's name, or "Untitled"."""
        return self._session.path.name if self._session.path is not None else self.tr("Untitled")

    def _write(self, path: Path, then: Then | None) -> None:
        self._finish_stroke()
        target, document = self._session.current, self._session.document

        def saved() -> None:
            target.mark_saved(path, document)
            self._recent.add(path)
            self.saved.emit(path.name)
            self._go_on(path, document, then)

        self._save(path, document, saved)

    def _go_on(self, path: Path, document: Document, then: Then | None) -> None:
        """After a save: tell when the file lacks layers, and ask again about what was painted meanwhile."""
        if _keeps_all(path, document):
            if then is not None:
                self.after_saving(then)
            return
        actions = [NoticeAction(self.tr("Save as OpenRaster too…"), lambda: self.save_as(then))]
        if then is not None:
            actions.append(NoticeAction(self.tr("Go on without them"), lambda: self.after_saving(then)))
        text = self.tr("{name} holds the picture without its layers and mask.").format(name=path.name)
        self._notices.show_notice(text, actions=tuple(actions), key="layers")

    def _save(self, path: Path, document: Document, saved: Then) -> None:
        settings = self._settings_of_picture()

        def write() -> tuple[str, ...]:
            return self._catalogue.files.save(document, path, settings=settings)

        def done(notes: tuple[str, ...]) -> None:
            self._writes -= 1
            saved()
            if notes:
                self._notices.show_notice(f"{path.name}: " + " ".join(notes), key="notes")
            self._release_waiting()

        def failed(error: Exception) -> None:
            self._writes -= 1
            self._notices.show_error(error, key="save")
            self._release_waiting()

        self._notices.clear("save")
        self._writes += 1
        self._tasks.run(write, done, failed)

    def _release_waiting(self) -> None:
        then, self._waiting = self._waiting, None
        if then is not None:
            self.after_saving(then)

    def _exported(self, path: Path) -> None:
        self._notices.show_remark(self.tr("Exported to {path}.").format(path=path), key="export")

    def _settings_of_picture(self) -> GenerationSettings | None:
        """The settings of the last applied result up to the current step, else those that came with the file."""
        history = self._session.history
        for step in reversed(history.steps[: history.index + 1]):
            if step.settings is not None:
                with contextlib.suppress(ValueError):  # from a journal of another version; a save must not fail for it
                    return GenerationSettings.model_validate_json(step.settings)
        source = self._session.current.source
        return source.settings if source is not None else None

    def _suggestion(self, suffix: str) -> Path:
        if self._session.path is not None:
            return self._session.path.with_suffix(f".{suffix}")
        source = self._session.current.source
        if source is not None:
            suggestion = source.path.with_suffix(f".{suffix}")
            # The source itself, when it is not the picture's own file, holds more than could be read of it.
            copy = self.tr("{name} copy").format(name=suggestion.stem)
            return suggestion if suggestion != source.path else suggestion.with_stem(copy)
        return self._recent.folder(None) / f"{self.tr('Untitled')}.{suffix}"


def _keeps_all(path: Path, document: Document) -> bool:
    """Whether a file of this name holds everything that is in the document."""
    is_flat = len(document.layers) == 1 and document.layers[0].mask is None and not document.selection.tiles
    return is_flat or path.suffix.lower() == f".{NATIVE_SUFFIX}"
