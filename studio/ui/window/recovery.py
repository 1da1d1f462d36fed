"""Crash recovery: keeps a journal of every open document, and offers what a crash left behind."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from studio.errors import FileError
from studio.history import DocumentHistory
from studio.session import DocumentId, OpenDocument, Session, Source
from studio.ui.background.background import Background
from studio.ui.canvas.tools.tool import Unfinished
from studio.ui.widgets.document_name import unsaved_name
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar, error_text
from studio.ui.widgets.readable import notes_text
from studio.ui.window.document_journal import DocumentJournal

if TYPE_CHECKING:
    from studio.files.journal.recovery import Leftover, RecoveredSession

MAX_OFFERS: Final = 3
MAX_NAMES: Final = 5
"""Pictures that are named where several are offered at once."""
_ALL: Final = "all-journals"


class Recovery(QObject):
    """Follows a session. ``unfinished`` says what the hand on the canvas is doing; see `note_action`."""

    def __init__(
        self,
        session: Session,
        folder: Path,
        notices: NoticeBar,
        parent: QObject,
        *,
        unfinished: Callable[[], Unfinished | None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._notices = notices
        self._unfinished = unfinished
        self._tasks = Background("recovery", self)
        self._journals: dict[DocumentId, DocumentJournal] = {}
        self._returning: set[Path] = set()
        self._is_one_by_one = False
        follow(self, session.edited, self._edited)
        follow(self, session.documents_changed, self._documents_changed)
        self._documents_changed()

    # --- keeping ----------------------------------------------------------------------------------

    def note_action(self) -> None:
        """An action on the canvas begins: until it ends, what it has done so far is kept as well."""
        journal = self._journals.get(self._session.current.id)
        if journal is not None:  # none once the window is closed
            journal.note_action()

    def journal(self, document: OpenDocument) -> DocumentJournal:
        """The journal of an open document."""
        return self._journals[document.id]

    def close(self) -> None:
        """End in order: the work is saved or given up, so its journals go."""
        self._journals.clear()
        for journal in self.findChildren(DocumentJournal):  # also of pictures that were closed just now
            journal.close(wait=True)
        self._tasks.close()

    def _edited(self, document: OpenDocument) -> None:
        if document.id in self._journals:
            self._journals[document.id].note()

    def _documents_changed(self) -> None:
        """Begin journals of new documents and end those of closed ones."""
        known = {document.id: document for document in self._session.documents}
        for document_id in self._journals.keys() - known.keys():
            self._journals.pop(document_id).close(wait=False)
        for document_id, document in known.items():
            if document_id in self._journals:
                self._journals[document_id].note_place()
            else:
                self._journals[document_id] = self._begun(document)

    def _begun(self, document: OpenDocument) -> DocumentJournal:
        journal = DocumentJournal(
            document,
            self._folder,
            self._notices,
            self,
            place=lambda: self._session.documents.index(document),
            unfinished=lambda: self._unfinished() if document is self._session.current else None,
        )
        journal.note()
        return journal

    # --- offering ---------------------------------------------------------------------------------

    def offer(self) -> None:
        """Look for lines of history that a crash left behind, and offer them."""
        self._tasks.run(lambda: _leftovers(self._folder), self._show_offers, self._not_offered)

    def _show_offers(self, found: tuple[list[Leftover], list[FileError]]) -> None:
        leftovers = [leftover for leftover in found[0] if leftover.path not in self._returning]
        if found[1]:
            self._notices.show_notice("\n".join(map(error_text, found[1])), "error", key="damaged-journals")
        if len(leftovers) > 1 and not self._is_one_by_one:
            self._offer_all(leftovers)
            return
        names = _names(leftovers)
        for leftover in reversed(leftovers[:MAX_OFFERS]):
            self._offer_one(leftover, names[leftover.path])

    def _offer_all(self, leftovers: list[Leftover]) -> None:
        names = list(_names(leftovers).values())
        listed = ", ".join(f"“{name}”" for name in names[:MAX_NAMES]) + ("…" if len(names) > MAX_NAMES else "")
        text = self.tr("Shoreline closed unexpectedly. Recover your work on {count} pictures: {names}?")
        actions = (
            NoticeAction(self.tr("Recover All"), lambda: self._recover(_in_order(leftovers))),
            NoticeAction(self.tr("One by One"), lambda: self._choose(leftovers)),
        )
        self._notices.show_notice(text.format(count=len(names), names=listed), "warning", actions, key=_ALL)

    def _choose(self, leftovers: list[Leftover]) -> None:
        self._is_one_by_one = True
        self._show_offers((leftovers, []))

    def _offer_one(self, leftover: Leftover, name: str) -> None:
        count = max(1, (leftover.steps or 0) - 1)
        if count == 1:
            text = self.tr("Shoreline closed unexpectedly. Recover one step of your work on “{name}”?")
        else:
            text = self.tr("Shoreline closed unexpectedly. Recover {count} steps of your work on “{name}”?")
        actions = (
            NoticeAction(self.tr("Recover"), lambda: self._recover([leftover])),
            NoticeAction(self.tr("Discard"), lambda: self._discard(leftover.path)),
        )
        text = text.format(count=count, name=name)
        self._notices.show_notice(text, "warning", actions, key=str(leftover.path))

    def _recover(self, leftovers: Sequence[Leftover]) -> None:
        for leftover in leftovers:
            self._returning.add(leftover.path)
            self._read(leftover.path)

    def _read(self, path: Path) -> None:
        def failed(error: Exception) -> None:
            self._returning.discard(path)
            self._not_offered(error, path)

        self._tasks.run(lambda: _recovered(path), lambda line: self._restore(path, line), failed)

    def _restore(self, path: Path, line: RecoveredSession) -> None:
        history = DocumentHistory.restored(line.steps, line.index, budget=self._session.history_budget)
        self._open(history, line.original)
        if line.notes:
            self._notices.show_notice(notes_text(line.notes), "warning", key=f"recovered-{path}")
        # Only after the write: the line is never without a journal.
        self.journal(self._session.current).write(then=lambda: _discard(path), done=lambda: self._returned(path))

    def _open(self, history: DocumentHistory, original: Path | None) -> None:
        """Open a recovered line. Of two open pictures of one file, one would be saved over the other."""
        twin = None if original is None else self._session.of_file(original)
        if twin is None or twin.is_untouched:
            restored = self._session.restore_history(history, path=original)
            if twin is not None and twin in self._session.documents:
                self._session.close(twin, restored.document)
        else:
            source = None if original is None else Source(original)
            self._session.restore_history(history, source=source)

    def _returned(self, path: Path) -> None:
        self._returning.discard(path)
        if not self._returning:
            self.offer()

    def _discard(self, path: Path) -> None:
        self._tasks.run(lambda: _discard(path), lambda _: self.offer(), self._not_offered)

    def _not_offered(self, error: Exception, path: Path | None = None) -> None:
        self._notices.show_error(error, key="recovery" if path is None else f"recovery-{path}")


def _in_order(leftovers: list[Leftover]) -> list[Leftover]:
    """As their tabs stood."""
    return sorted(leftovers, key=lambda leftover: leftover.place)


def _names(leftovers: list[Leftover]) -> dict[Path, str]:
    """What the pictures are called, by the path of the journal, as their tabs stood."""
    numbers = itertools.count(1)
    return {
        leftover.path: leftover.original.name if leftover.original is not None else unsaved_name(next(numbers))
        for leftover in _in_order(leftovers)
    }


def _leftovers(folder: Path) -> tuple[list[Leftover], list[FileError]]:
    """What there is to recover, newest first, and what is wrong with the journals that cannot be."""
    from studio.files.journal.recovery import find_leftovers, recover

    found = find_leftovers(folder)
    problems: list[FileError] = []
    for leftover in found:
        if leftover.steps is None:
            try:
                recover(leftover.path)
            except FileError as error:
                problems.append(error)
    return [leftover for leftover in found if leftover.steps is not None], problems


def _recovered(path: Path) -> RecoveredSession:
    from studio.files.journal.recovery import recover

    return recover(path)


def _discard(path: Path) -> None:
    """Delete a journal, unless another window was quicker."""
    from studio.files.journal.recovery import discard

    if path.exists():
        discard(path)
