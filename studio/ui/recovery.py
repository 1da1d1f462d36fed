"""Crash recovery: keeps the line of history on disk while it grows, and offers it again after a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from studio.errors import FileError
from studio.history import History, Step
from studio.session import Session
from studio.ui.notice_bar import NoticeAction, NoticeBar
from studio.ui.tasks import Tasks
from studio.ui.widgets.following import follow

if TYPE_CHECKING:
    from studio.files.journal import Journal
    from studio.files.journal_recovery import RecoveredSession

DELAY_MS: Final = 1000
"""How long after a step the journal is written; steps in between are written together."""
MAX_OFFERS: Final = 3

AfterSaving = Callable[[Callable[[], object]], None]


@dataclass(frozen=True, eq=False)
class _Line:
    """What is to be on disk: the steps of the document ``key``, from or for the file ``path``."""

    key: int
    steps: tuple[Step, ...]
    index: int
    path: Path | None


class Recovery(QObject):
    """Follows a session. Everything on disk happens on a thread of its own."""

    def __init__(
        self, session: Session, folder: Path, notices: NoticeBar, after_saving: AfterSaving, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._notices = notices
        self._after_saving = after_saving
        self._tasks = Tasks("journal", self)
        self._keeper = _Keeper(folder)
        self._key = session.document_key
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.write)
        follow(self, session.history_changed, self._history_changed)
        follow(self, session.file_changed, self._history_changed)

    # --- keeping ----------------------------------------------------------------------------------

    def write(self, then: Callable[[], object] = lambda: None) -> None:
        """In the background, write the line of history as it is now and, once that is done, call ``then``."""
        self._timer.stop()
        history = self._session.history
        if len(history.steps) == 1 and not self._session.is_modified:
            return
        line = _Line(self._session.document_key, history.steps, history.index, self._session.path)

        def keep() -> None:
            self._keeper.keep(line)
            then()

        self._tasks.run(keep, lambda _: self._notices.clear("journal"), self._not_kept)

    def close(self) -> None:
        """End in order: the work is saved or given up, so its journal goes."""
        self._timer.stop()
        self._tasks.run(self._keeper.drop, _ignore, _ignore)
        self._tasks.close()

    def wait(self) -> None:
        """Write what is due and wait for it; for the moment before the process is ended by force."""
        if self._timer.isActive():
            self.write()
        self._tasks.close()

    def _history_changed(self) -> None:
        if self._session.document_key != self._key:
            self._key = self._session.document_key
            self._tasks.run(self._keeper.drop, _ignore, self._not_kept)
        self._timer.start()

    def _not_kept(self, error: Exception) -> None:
        self._notices.show_error(error, key="journal")

    # --- offering ---------------------------------------------------------------------------------

    def offer(self) -> None:
        """Look for lines of history that a crash left behind, and offer them."""
        self._tasks.run(lambda: _leftovers(self._folder), self._show_offers, self._not_kept)

    def _show_offers(self, found: list[tuple[Path, RecoveredSession | FileError]]) -> None:
        for path, line in reversed(found):
            if isinstance(line, FileError):
                self._notices.show_error(line, key=str(path))
            else:
                self._show_offer(path, line)

    def _show_offer(self, path: Path, line: RecoveredSession) -> None:
        name = line.original.name if line.original is not None else self.tr("Untitled")
        count = max(1, len(line.steps) - 1)
        if count == 1:
            text = self.tr("Shoreline closed unexpectedly. Recover one step of your work on “{name}”?")
        else:
            text = self.tr("Shoreline closed unexpectedly. Recover {count} steps of your work on “{name}”?")
        actions = (
            NoticeAction(self.tr("Recover"), lambda: self._after_saving(lambda: self._restore(path, line))),
            NoticeAction(self.tr("Discard"), lambda: self._discard(path)),
        )
        self._notices.show_notice(text.format(count=count, name=name), "warning", actions, key=str(path))

    def _restore(self, path: Path, line: RecoveredSession) -> None:
        budget = self._session.history_budget
        self._session.restore_history(History.restored(line.steps, line.index, budget=budget), path=line.original)
        if line.notes:
            self._notices.show_notice(" ".join(line.notes), "warning", key="recovered")
        self.write(then=lambda: _discard(path))  # only after the write: the line is never without a journal

    def _discard(self, path: Path) -> None:
        self._tasks.run(lambda: _discard(path), _ignore, self._not_kept)


class _Keeper:
    """The journal of the open document; used on the background thread only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._journal: Journal | None = None
        self._key: int | None = None
        self._path: Path | None = None

    def keep(self, line: _Line) -> None:
        """Make the journal hold this line."""
        if self._key != line.key:
            self.drop()
        if self._journal is None:
            from studio.files.journal import Journal

            self._journal = Journal.create(self._folder, line.path)
            self._key, self._path = line.key, line.path
        if self._path != line.path:
            self._journal.set_original(line.path)
            self._path = line.path
        self._journal.record(line.steps, line.index)

    def drop(self) -> None:
        """Delete the journal, if there is one."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None


def _leftovers(folder: Path) -> list[tuple[Path, RecoveredSession | FileError]]:
    """What there is to recover, newest first; journals without a step beyond the first are dropped."""
    from studio.files.journal_recovery import find_leftovers, recover

    found: list[tuple[Path, RecoveredSession | FileError]] = []
    for leftover in find_leftovers(folder)[:MAX_OFFERS]:
        try:
            found.append((leftover.path, recover(leftover.path)))
        except FileError as error:
            found.append((leftover.path, error))
    return found


def _discard(path: Path) -> None:
    from studio.files.journal_recovery import discard

    discard(path)


def _ignore(_result: object) -> None:
    """For work whose end is of no interest."""
