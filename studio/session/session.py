"""The open documents, and which of them is shown.

The session is plain Python and lives on one thread (the window's, or the command line's). It knows
nothing of Qt; whoever shows it listens to its signals. Jobs run on a `Worker`, which must call back
on the session's thread.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from studio.document import Document, LayerId
from studio.generation import MAX_SEED, GenerationSettings, UpscaleTask
from studio.history import DEFAULT_BUDGET, DocumentHistory, History, StepKind, share_budget
from studio.session.job import Job, Worker
from studio.session.job_queue import JobQueue
from studio.session.open_document import DocumentId, OpenDocument, Source
from studio.system.signals import Signal

NEW_PICTURE: Final = StepKind("picture.new", "New picture", "new")
GRID: Final = StepKind("grid", "Grid", "grid")


class Session:
    """Several open documents in an order, one of them shown, and the queue of jobs that were asked for.

    There is always one. What is asked of "the document" here is asked of the one that is shown.

    Signals: ``document_changed(old, new)`` after every change of what is shown (an edit, undo, or another document);
    ``history_changed()`` and ``file_changed()`` when its steps or position, its path or "modified" change;
    ``leaving(document)`` just before another one is shown in place of it, which is the time to finish a stroke, and
    ``current_changed(document)`` when another is, before the others tell of it; ``opened(document)`` once a new one is
    shown; ``documents_changed()`` when documents were opened, closed or put into another order; ``edited(document)``
    when history or file of any open one changed.
    """

    document_changed = Signal(Document, Document)
    history_changed = Signal()
    file_changed = Signal()
    leaving = Signal(OpenDocument)
    current_changed = Signal(OpenDocument)
    opened = Signal(OpenDocument)
    documents_changed = Signal()
    edited = Signal(OpenDocument)

    def __init__(self, document: Document, worker: Worker, *, history_budget: int = DEFAULT_BUDGET) -> None:
        self._history_budget = history_budget
        self._ids = itertools.count(1)
        self._documents: tuple[OpenDocument, ...] = ()
        self._current = self._made(DocumentHistory(document, NEW_PICTURE, budget=history_budget))
        self._documents = (self._current,)
        self.queue = JobQueue(worker, self.find, self._open_grid)

    # --- which documents --------------------------------------------------------------------------

    @property
    def documents(self) -> tuple[OpenDocument, ...]:
        """All open ones in their order."""
        return self._documents

    @property
    def current(self) -> OpenDocument:
        """The one that is shown."""
        return self._current

    def find(self, document_id: DocumentId) -> OpenDocument | None:
        """The open document of this id; ``None`` if it is closed."""
        return next((document for document in self._documents if document.id == document_id), None)

    def of_file(self, path: Path) -> OpenDocument | None:
        """The open document of this file; ``None`` if there is none."""
        return next((document for document in self._documents if document.is_of_file(path)), None)

    def open_document(
        self,
        document: Document,
        kind: StepKind,
        *,
        path: Path | None = None,
        source: Source | None = None,
        modified: bool = False,
        settings: str | None = None,
    ) -> OpenDocument:
        """Open another document with a fresh history and show it; ``settings`` made it, as JSON."""
        history = DocumentHistory(document, kind, budget=self._history_budget, settings=settings)
        return self._add(self._made(history, path, source, modified=modified))

    def restore_history(
        self, history: DocumentHistory, *, path: Path | None = None, source: Source | None = None
    ) -> OpenDocument:
        """Open and show a document with a recovered line of history; it counts as not saved."""
        return self._add(self._made(history, path, source, modified=True))

    def show(self, document: OpenDocument) -> None:
        """Show another one of the open documents."""
        if document is self._current:
            return
        self.leaving.emit(self._current)
        self._show(document)

    def show_next(self, by: int) -> None:
        """Show the open document so many places to the right, round and round."""
        self.show(self._documents[(self._documents.index(self._current) + by) % len(self._documents)])

    def close(self, document: OpenDocument, fresh: Document) -> None:
        """Give up a document; its jobs go on, and their pictures wait in the queue.

        The one beside it is shown then; a new picture, ``fresh``, if it was the only one.
        """
        if document is self._current:
            self.leaving.emit(document)
        place = self._documents.index(document)
        others = (*self._documents[:place], *self._documents[place + 1 :])
        if not others:
            others = (self._made(DocumentHistory(fresh, NEW_PICTURE, budget=self._history_budget)),)
        self._documents = others
        _cut_off(document)
        if document is self._current:
            self._show(others[min(place, len(others) - 1)])
        self.documents_changed.emit()

    def mark_saved(self, target: OpenDocument, path: Path, document: Document) -> None:
        """Note that ``document`` of ``target`` stands in ``path``, and what another one had there does not any more."""
        for other in self._documents:
            if other is not target and other.is_of_file(path):
                other.number = _free_number(self._documents)
                other.lose_file()
        target.mark_saved(path, document)

    def move(self, document: OpenDocument, place: int) -> None:
        """Put a document at another place in the order."""
        others = [other for other in self._documents if other is not document]
        others.insert(place, document)
        if tuple(others) != self._documents:
            self._documents = tuple(others)
            self.documents_changed.emit()

    def _made(
        self,
        history: DocumentHistory,
        path: Path | None = None,
        source: Source | None = None,
        *,
        modified: bool = False,
    ) -> OpenDocument:
        document = OpenDocument(DocumentId(next(self._ids)), history, path=path, source=source, modified=modified)
        document.changed.connect(lambda old, new: self._changed(document, old, new))
        document.history_changed.connect(lambda: self._history_changed(document))
        document.file_changed.connect(lambda: self._file_changed(document))
        return document

    def _open_grid(self, document: Document) -> None:
        self.open_document(document, GRID, modified=True)

    def _add(self, document: OpenDocument) -> OpenDocument:
        """Show a document beside the one that is shown; a fresh one makes room for it."""
        self.leaving.emit(self._current)
        before, place = self._current, self._documents.index(self._current)
        kept = () if self._is_replaceable(before) else (before,)
        left, right = (*self._documents[:place], *kept), self._documents[place + 1 :]
        document.number = _free_number((*left, *right))
        self._documents = (*left, document, *right)
        if not kept:
            _cut_off(before)
        self._share_budget()
        self._show(document)
        self.documents_changed.emit()
        self.opened.emit(document)
        return document

    def _is_replaceable(self, document: OpenDocument) -> bool:
        return document.is_fresh and not self.queue.is_awaited(document.id)

    def _show(self, document: OpenDocument) -> None:
        old, self._current = self.document, document
        self.current_changed.emit(document)
        self.document_changed.emit(old, document.document)
        self.history_changed.emit()
        self.file_changed.emit()

    def _changed(self, document: OpenDocument, old: Document, new: Document) -> None:
        self.queue.follow(document, old, new)
        if document is self._current:
            self.document_changed.emit(old, new)

    def _history_changed(self, document: OpenDocument) -> None:
        trimmed = self._share_budget()
        if document is self._current or self.history in trimmed:
            self.history_changed.emit()

    def _file_changed(self, document: OpenDocument) -> None:
        if document is self._current:
            self.file_changed.emit()
        self.edited.emit(document)

    # --- the document that is shown ---------------------------------------------------------------

    @property
    def document(self) -> Document:
        return self._current.document

    @property
    def history(self) -> DocumentHistory:
        return self._current.history

    @property
    def path(self) -> Path | None:
        return self._current.path

    @property
    def is_modified(self) -> bool:
        """See `OpenDocument.is_modified`."""
        return self._current.is_modified

    def apply(
        self, kind: StepKind, document: Document, *, settings: str | None = None, merge_key: str | None = None
    ) -> None:
        """See `OpenDocument.apply`."""
        self._current.apply(kind, document, settings=settings, merge_key=merge_key)

    def select_layer(self, layer_id: LayerId | None) -> None:
        """See `OpenDocument.select_layer`."""
        self._current.select_layer(layer_id)

    def show_frame(self, index: int) -> None:
        """See `OpenDocument.show_frame`."""
        self._current.show_frame(index)

    def undo(self) -> None:
        self._current.undo()

    def redo(self) -> None:
        self._current.redo()

    def go_to(self, index: int) -> None:
        """See `OpenDocument.go_to`."""
        self._current.go_to(index)

    # --- jobs for it ------------------------------------------------------------------------------

    def start(
        self, settings: GenerationSettings, *, upscale: UpscaleTask | None = None, document: Document | None = None
    ) -> Job:
        """Queue a job for the document that is shown; see `JobQueue.start`."""
        return self.queue.start(self._current, settings, upscale=upscale, document=document)

    def place_result(self, job_id: str, indices: tuple[int, ...] | None = None, *, hidden: bool = False) -> None:
        """Put pictures of a job into the document that is shown; see `JobQueue.place_result`."""
        self.queue.place_result(job_id, self._current, indices, hidden=hidden)

    def layer_of(self, job_id: str, index: int) -> LayerId | None:
        """The layer of the document that is shown that picture ``index`` of a job is, or ``None``."""
        return self.queue.layer_of(job_id, index, self.document)

    # --- memory -----------------------------------------------------------------------------------

    @property
    def history_budget(self) -> int:
        """Bytes that the histories of all open documents may hold together."""
        return self._history_budget

    def set_history_budget(self, budget: int) -> None:
        """Give all histories together another number of bytes."""
        self._history_budget = budget
        for document in self._documents:
            document.history.set_budget(budget)
        self._share_budget()
        self.history_changed.emit()

    def _share_budget(self) -> set[History[Document]]:
        return share_budget([document.history for document in self._documents], self._history_budget)


def _free_number(documents: Iterable[OpenDocument]) -> int:
    """The smallest that none of them has that is without a file."""
    taken = {document.number for document in documents if document.file is None}
    return next(number for number in itertools.count(1) if number not in taken)


def _cut_off(document: OpenDocument) -> None:
    """A document that is closed keeps nothing alive, and nothing keeps it."""
    for signal in (document.changed, document.history_changed, document.file_changed):
        signal.disconnect()


def random_seed() -> int:
    """A seed for "a new one each time"."""
    return random.randint(0, MAX_SEED)
