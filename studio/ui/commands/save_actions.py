"""Files out: save, save as, export, and the questions about unsaved changes."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from studio.document import Document, LayerId
from studio.editing.fresh_picture import fresh_picture
from studio.errors import Cancelled
from studio.generation import GenerationSettings
from studio.generation.placement import placed_layers
from studio.session import DocumentId, OpenDocument
from studio.ui.background.background import Run, RunProgress
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.file_filters import EXPORT_SUFFIX, NATIVE_SUFFIX, save_filters
from studio.ui.dialogs.prompts import offer_saving
from studio.ui.widgets.document_name import document_name
from studio.ui.widgets.notice_bar import NoticeAction
from studio.ui.widgets.readable import notes_text, with_time_left

Then = Callable[[], object]

_PHOTOSHOP: Final = (".psd", ".psb")
_LONG_SECONDS: Final = 2.0
"""What takes longer than this is told of while it goes on."""


class SaveActions(QObject):
    """Writes pictures in the background; a failed save leaves the old file and the unsaved state.

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
        self._writes: Counter[DocumentId] = Counter()
        self._waiting: Then | None = None
        self._agreed: dict[DocumentId, tuple[str, ...]] = {}
        self._long: set[DocumentId] = set()

    def save(self, then: Then | None = None) -> None:
        """Save the picture that is shown to its own file, asking for one when it has none."""
        self._save_target(self._session.current, then)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save there."""
        self._save_target_as(self._session.current, then)

    def _save_target(self, target: OpenDocument, then: Then | None) -> None:
        if target.path is None:
            self._save_target_as(target, then)
        else:
            self._write(target, target.path, then)

    def _save_target_as(self, target: OpenDocument, then: Then | None) -> None:
        if self._session.find(target.id) is None:  # it was closed meanwhile
            return
        self._session.show(target)

        def answer(path: Path | None) -> None:
            if path is not None:
                self._unless_lost(target, path, lambda: self._write(target, path, then))

        suggestion = self._suggestion(target, NATIVE_SUFFIX)
        self._prompts.save_path(self.tr("Save as"), suggestion, save_filters(), NATIVE_SUFFIX, answer)

    def export(self) -> None:
        """Ask for a file and write a copy there; the picture keeps its own file and its unsaved state."""
        target = self._session.current

        def write(path: Path) -> None:
            self._save(target, path, target.document, lambda _notes: self._exported(path))

        def answer(path: Path | None) -> None:
            if path is not None:
                self._unless_lost(target, path, lambda: write(path))

        filters = save_filters(first=EXPORT_SUFFIX, more=self._catalogue.files.save_filters())
        self._prompts.save_path(
            self.tr("Export"), self._suggestion(target, EXPORT_SUFFIX), filters, EXPORT_SUFFIX, answer
        )

    def close_current(self) -> None:
        """Close the picture that is shown."""
        self.close(self._session.current)

    def close(self, target: OpenDocument) -> None:
        """Close a picture once its unsaved changes are saved or given up; the last one makes room for a new one."""
        size = target.document.width, target.document.height
        self.after_saving(target, lambda: self._session.close(target, fresh_picture(*size)))

    def after_saving(self, target: OpenDocument, then: Then) -> None:
        """Go on with ``then`` once unsaved changes of a picture are saved or given up; not at all on Cancel.

        A save under way is waited for first, because only its end tells what is unsaved. Of several wishes
        that wait, the last one counts.
        """

        def again() -> None:
            self.after_saving(target, then)

        self._finish_stroke()
        if self._writes[target.id]:
            self._waiting = again
        elif self._session.find(target.id) is None:  # it was closed meanwhile
            return
        elif not target.is_modified:
            then()
        else:
            self._session.show(target)
            offer_saving(
                self._prompts, document_name(target), save=lambda _then: self._save_target(target, again), then=then
            )

    def after_saving_all(self, then: Then, given_up: frozenset[DocumentId] = frozenset()) -> None:
        """Go on once unsaved changes of all pictures are saved or given up, which is asked once for all of them.

        Those that were ``given_up`` are not asked about again.
        """
        self._finish_stroke()
        if self._writes.total():
            self._waiting = lambda: self.after_saving_all(then, given_up)
            return
        unsaved = [item for item in self._session.documents if item.is_modified and item.id not in given_up]
        if not unsaved:
            then()
        elif len(unsaved) == 1:
            only = unsaved[0].id
            self.after_saving(unsaved[0], lambda: self.after_saving_all(then, given_up | {only}))
        else:
            self._ask_about(unsaved, then, given_up)

    def _ask_about(self, unsaved: list[OpenDocument], then: Then, given_up: frozenset[DocumentId]) -> None:
        def answer(chosen: frozenset[int] | None) -> None:
            if chosen is not None:
                dropped = {item.id for place, item in enumerate(unsaved) if place not in chosen}
                wanted = [item.id for place, item in enumerate(unsaved) if place in chosen]
                self._save_each(wanted, lambda: self.after_saving_all(then, given_up | dropped))

        self._prompts.several_unsaved([document_name(item) for item in unsaved], answer)

    def _save_each(self, wanted: list[DocumentId], then: Then) -> None:
        """Save one after the other, shown while its file is asked for; who backs out of one keeps all that is left."""
        if not wanted:
            then()
            return
        target = self._session.find(wanted[0])
        if target is None:
            self._save_each(wanted[1:], then)
        else:
            self._save_target(target, lambda: self._save_each(wanted[1:], then))

    def name(self) -> str:
        """How the picture that is shown is called."""
        return document_name(self._session.current)

    def _write(self, target: OpenDocument, path: Path, then: Then | None) -> None:
        self._finish_stroke()
        document = target.document

        def saved(notes: tuple[str, ...]) -> None:
            self._session.mark_saved(target, path, document)
            self._recent.add(path)
            self.saved.emit(path.name)
            self._go_on(target, self._lost(target, path, document, notes), then)

        self._save(target, path, document, saved)

    def _unless_lost(self, target: OpenDocument, path: Path, go_on: Then) -> None:
        """Go on once the person agrees to what a Photoshop file will not hold; flat ones are told of afterwards."""
        if not _is_photoshop(path):
            go_on()
            return

        def tell(lost: tuple[str, ...]) -> None:
            if self._session.find(target.id) is None:  # it was closed meanwhile
                return

            def answer(agrees: bool) -> None:
                if agrees:
                    self._agreed[target.id] = lost
                    go_on()

            if lost:
                self._prompts.losses(path.name, lost, answer)
            else:
                go_on()

        def look(document: Document = target.document) -> tuple[str, ...]:
            from studio.files import losses  # the first window needs no writer of pictures

            return losses(document, path)

        self._tasks.run(look, tell, lambda error: self._notices.show_error(error, key="save"))

    def _go_on(self, target: OpenDocument, lost: str, then: Then | None) -> None:
        """After a save: tell what the file lacks."""
        if not lost:
            if then is not None:
                then()
            return
        actions = [NoticeAction(self.tr("Save as OpenRaster too…"), lambda: self._save_target_as(target, then))]
        if then is not None:
            actions.append(NoticeAction(self.tr("Go on without them"), then))
        self._notices.show_notice(lost, actions=tuple(actions), key="layers")

    def _lost(self, target: OpenDocument, path: Path, document: Document, notes: tuple[str, ...]) -> str:
        """What the file that was just written lacks, for the person; empty if nothing, or if that was agreed to."""
        if _is_photoshop(path):
            is_new = notes != self._agreed.get(target.id, ())
            self._agreed[target.id] = notes
            return f"{path.name}: " + notes_text(notes) if is_new and notes else ""
        if _keeps_all(path, document):
            return ""
        return self.tr("{name} holds the picture without its layers and mask.").format(name=path.name)

    def _save(
        self, target: OpenDocument, path: Path, document: Document, saved: Callable[[tuple[str, ...]], object]
    ) -> None:
        settings = _settings_of(target)

        def write(run: Run) -> tuple[str, ...]:
            return self._catalogue.files.save(document, path, settings=settings, cancel=run.token, report=run.report)

        def ended() -> None:
            self._writes[target.id] -= 1
            self._long.discard(target.id)
            self._notices.clear("saving")

        def done(notes: tuple[str, ...]) -> None:
            ended()
            saved(notes)
            if notes and not _is_photoshop(path):
                self._notices.show_notice(f"{path.name}: " + notes_text(notes), key="notes")
            self._release_waiting()

        def failed(error: Exception) -> None:
            ended()
            self._tell_failed(path, error)
            self._release_waiting()

        self._notices.clear("save")
        self._writes[target.id] += 1
        run = self._tasks.start(write, done, failed, lambda progress: self._tell_long(target, path, run, progress))

    def _tell_long(self, target: OpenDocument, path: Path, run: Run, progress: RunProgress) -> None:
        """Offer once to stop a save that will take a while; other formats than Photoshop's tell no progress."""
        if target.id in self._long or progress.seconds_left is None or progress.seconds_left < _LONG_SECONDS:
            return
        self._long.add(target.id)
        text = with_time_left(self.tr("{name} is being saved").format(name=path.name), progress.seconds_left)
        self._notices.show_notice(text, actions=(NoticeAction(self.tr("Cancel"), run.cancel),), key="saving")

    def _tell_failed(self, path: Path, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._notices.show_remark(self.tr("{name} was not saved.").format(name=path.name), key="save")
        else:
            self._notices.show_error(error, key="save")

    def _release_waiting(self) -> None:
        then, self._waiting = self._waiting, None
        if then is not None:
            then()

    def _exported(self, path: Path) -> None:
        self._notices.show_remark(self.tr("Exported to {path}.").format(path=path), key="export")

    def _suggestion(self, target: OpenDocument, suffix: str) -> Path:
        if target.path is not None:
            return target.path.with_suffix(f".{suffix}")
        source = target.source
        if source is not None:
            suggestion = source.path.with_suffix(f".{suffix}")
            # The source itself, when it is not the picture's own file, holds more than could be read of it.
            copy = self.tr("{name} copy").format(name=suggestion.stem)
            return suggestion if suggestion != source.path else suggestion.with_stem(copy)
        return self._recent.folder(None) / f"{document_name(target)}.{suffix}"


def _settings_of(target: OpenDocument) -> GenerationSettings | None:
    """The settings of the last applied result up to the current step, of that picture of it which is shown; else those
    that came with the file."""
    history = target.history
    for index in range(history.index, -1, -1):
        step = history.steps[index]
        if step.settings is not None:
            made = placed_layers(history.steps[index - 1].state, step.state) if index else ()
            with contextlib.suppress(ValueError):  # from a journal of another version; a save must not fail for it
                return GenerationSettings.read_json(_shown_settings(target.document, made) or step.settings)
    return target.source.settings if target.source is not None else None


def _shown_settings(document: Document, made: Collection[LayerId]) -> str | None:
    """The settings of the topmost layer that is shown of those that a step made; ``None`` where none is there."""
    shown = [layer.settings for layer in document.walk() if layer.visible and layer.id in made]
    return next((settings for settings in reversed(shown) if settings is not None), None)


def _is_photoshop(path: Path) -> bool:
    return path.suffix.lower() in _PHOTOSHOP


def _keeps_all(path: Path, document: Document) -> bool:
    """Whether a file of this name holds everything that is in the document."""
    is_flat = len(document.layers) == 1 and document.layers[0].mask is None and not document.generation_mask.tiles
    return is_flat or path.suffix.lower() == f".{NATIVE_SUFFIX}"
