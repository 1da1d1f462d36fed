"""Crash recovery: keeps the line of history on disk while it grows, and offers it again after a crash."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from studio.document import Document
from studio.errors import FileError
from studio.history import History, Step
from studio.session import DocumentId, Session
from studio.ui.background.background import Background
from studio.ui.canvas.tools.tool import Unfinished
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar

if TYPE_CHECKING:
    from studio.files.journal.journal import Journal
    from studio.files.journal.recovery import Leftover, RecoveredSession

DELAY_MS: Final = 500
"""How long after the first step that it lacks the journal is written; steps until then are written together."""
RETRY_MS: Final = 5000
"""How long after a failure it is tried again."""
MAX_OFFERS: Final = 3
LARGE_TILES: Final = 64
"""A document of so many tiles takes a while to be written: that is done before its first step."""

AfterSaving = Callable[[Callable[[], object]], None]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Line:
    """What is to be on disk: the steps of the document ``key``, from or for the file ``path``; no steps, no journal.

    ``unfinished`` is what the hand is doing. It is kept as one step more, in place of those that it would forget.
    ``untouched`` is a document without a step to keep: if it is large, it is written ahead.
    """

    key: DocumentId
    steps: tuple[Step, ...]
    index: int
    path: Path | None
    unfinished: Unfinished | None
    untouched: Document | None

    def whole(self) -> tuple[tuple[Step, ...], int]:
        """The steps with the unfinished one among them, and the current one's position."""
        if self.unfinished is None:
            return self.steps, self.index
        try:
            step = Step(kind=self.unfinished.kind, document=self.unfinished.document())
        except Exception:  # noqa: BLE001 - it is worth less than the steps, whatever goes wrong with it
            _log.exception("What is being done could not be kept; all before it is")
            return self.steps, self.index
        return (*self.steps[: self.index + 1], step), self.index + 1


class Recovery(QObject):
    """Follows a session. Everything on disk happens on a thread of its own, which also waits there for its time:
    a window that is busy for long does not hold the journal up.

    ``unfinished`` says what the hand on the canvas is doing; see `note_action`.
    """

    def __init__(
        self,
        session: Session,
        folder: Path,
        notices: NoticeBar,
        after_saving: AfterSaving,
        parent: QObject,
        *,
        unfinished: Callable[[], Unfinished | None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._notices = notices
        self._after_saving = after_saving
        self._unfinished = unfinished
        self._tasks = Background("journal", self)
        self._due = _Due()
        self._keeper = _Keeper(folder, self._due)
        self._noted: _Line | None = None
        self._action = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._action.timeout.connect(self._keep_action)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._note)
        follow(self, session.history_changed, self._note)
        follow(self, session.file_changed, self._note)

    # --- keeping ----------------------------------------------------------------------------------

    def note_action(self) -> None:
        """An action on the canvas begins: until it ends, what it has done so far is kept as well."""
        if not self._action.isActive():
            self._action.start()

    def write(self, then: Callable[[], object] = lambda: None) -> None:
        """In the background, write the line of history as it is now and, once that is done, call ``then`` there."""
        line = self._line()
        self._keeper.wanted = line.key

        def keep() -> None:
            self._keeper.keep(line)
            then()

        self._due.hurry()
        self._tasks.run(keep, self._kept, self._not_kept)

    def close(self) -> None:
        """End in order: the work is saved or given up, so its journal goes."""
        self._action.stop()
        self._retry.stop()
        self._due.clear()
        self._keeper.wanted = None
        self._tasks.run(self._keeper.drop, _ignore, _ignore)
        self._tasks.close()

    def _note(self, *, at_once: bool = False) -> None:
        """Let the line as it is now be on disk soon."""
        self._noted = self._line()
        self._keeper.wanted = self._noted.key
        if self._due.put(self._noted, 0.0 if at_once else DELAY_MS / 1000):
            self._tasks.run(self._keep_due, self._kept, self._not_kept)

    def _keep_action(self) -> None:
        """Note what the hand is doing now, or that it has let go without a step."""
        was_noted = self._noted is not None and self._noted.unfinished is not None
        if was_noted or self._unfinished() is not None:
            self._note(at_once=True)

    def _line(self) -> _Line:
        session, history = self._session, self._session.history
        unfinished = self._unfinished()
        is_untouched = len(history.steps) == 1 and not session.is_modified and unfinished is None
        return _Line(
            key=session.current.id,
            steps=() if is_untouched else history.steps,
            index=history.index,
            path=session.path,
            unfinished=unfinished,
            untouched=session.document if is_untouched else None,
        )

    def _keep_due(self) -> None:
        line = self._due.take()
        if line is not None:
            self._keeper.keep(line)

    def _kept(self, _nothing: object) -> None:
        self._retry.stop()
        self._notices.clear("journal")
        if self._noted is not None and self._noted.unfinished is not None:
            self.note_action()

    def _not_kept(self, error: Exception) -> None:
        from studio.files.journal.journal import RecordGivenUp

        if isinstance(error, RecordGivenUp):
            return
        self._notices.show_error(error, key="journal")
        self._retry.start()

    # --- offering ---------------------------------------------------------------------------------

    def offer(self) -> None:
        """Look for lines of history that a crash left behind, and offer them."""
        self._tasks.run(lambda: _leftovers(self._folder), self._show_offers, self._not_offered)

    def _show_offers(self, found: tuple[list[Leftover], list[FileError]]) -> None:
        leftovers, problems = found
        if problems:
            self._notices.show_notice("\n".join(map(str, problems)), "error", key="damaged-journals")
        for leftover in reversed(leftovers):
            self._show_offer(leftover)

    def _show_offer(self, leftover: Leftover) -> None:
        name = leftover.original.name if leftover.original is not None else self.tr("Untitled")
        count = max(1, (leftover.steps or 0) - 1)
        if count == 1:
            text = self.tr("Shoreline closed unexpectedly. Recover one step of your work on “{name}”?")
        else:
            text = self.tr("Shoreline closed unexpectedly. Recover {count} steps of your work on “{name}”?")
        path = leftover.path
        actions = (
            NoticeAction(self.tr("Recover"), lambda: self._read(path)),
            NoticeAction(self.tr("Discard"), lambda: self._discard(path)),
        )
        self._notices.show_notice(text.format(count=count, name=name), "warning", actions, key=str(path))

    def _read(self, path: Path) -> None:
        def show(line: RecoveredSession) -> None:
            self._after_saving(lambda: self._restore(path, line))

        self._tasks.run(lambda: _recovered(path), show, self._not_offered)

    def _restore(self, path: Path, line: RecoveredSession) -> None:
        budget = self._session.history_budget
        self._session.restore_history(History.restored(line.steps, line.index, budget=budget), path=line.original)
        if line.notes:
            self._notices.show_notice(" ".join(line.notes), "warning", key="recovered")
        self.write(then=lambda: _discard(path))  # only after the write: the line is never without a journal
        self.offer()

    def _discard(self, path: Path) -> None:
        self._tasks.run(lambda: _discard(path), lambda _: self.offer(), self._not_offered)

    def _not_offered(self, error: Exception) -> None:
        self._notices.show_error(error, key="recovery")


class _Due:
    """The newest line that is to be on disk, on its way from the window's thread to the journal's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hurry = threading.Event()
        self._line: _Line | None = None
        self._time = 0.0

    def put(self, line: _Line, seconds: float) -> bool:
        """Let ``line`` be taken in so many seconds, or with one that waits already, in its place.

        Returns whether none waited: then it must be seen to that one is taken.
        """
        with self._lock:
            is_first = self._line is None
            self._line = line
            if is_first:
                self._time = time.monotonic() + seconds
        if seconds == 0:
            self._hurry.set()
        return is_first

    def take(self) -> _Line | None:
        """Wait until it is time, and take the newest line."""
        self._hurry.wait(max(0.0, self._time - time.monotonic()))
        with self._lock:
            self._hurry.clear()
            line, self._line = self._line, None
        return line

    @property
    def is_waiting(self) -> bool:
        return self._line is not None

    def hurry(self) -> None:
        """What waits is to be taken at once."""
        self._hurry.set()

    def clear(self) -> None:
        """Nothing is to be written any more."""
        with self._lock:
            self._line = None
        self._hurry.set()


class _Keeper:
    """The journal of the open document; used on the background thread only.

    But ``wanted`` is set by the window: the key of the document that is open. What is being written of another is
    given up, so that neither the next document nor closing waits for a large one.
    """

    def __init__(self, folder: Path, due: _Due) -> None:
        self.wanted: DocumentId | None = None
        self._folder = folder
        self._due = due
        self._journal: Journal | None = None
        self._key: DocumentId | None = None
        self._path: Path | None = None

    def keep(self, line: _Line) -> None:
        """Make the journal hold this line."""
        if self._key != line.key or not line.steps:
            self.drop()
        if line.untouched is not None:
            self._prepare(line, line.untouched)
            return
        journal = self._opened(line)
        if self._path != line.path:
            journal.set_original(line.path)
            self._path = line.path
        journal.record(*line.whole(), given_up=lambda: self.wanted != line.key)

    def _prepare(self, line: _Line, document: Document) -> None:
        """Write a large document ahead while there is nothing else to do."""
        if sum(len(raster.tiles) for raster in document.rasters()) >= LARGE_TILES:
            self._opened(line).prepare(document, lambda: self.wanted != line.key or self._due.is_waiting)

    def _opened(self, line: _Line) -> Journal:
        if self._journal is None:
            from studio.files.journal.journal import Journal

            self._journal = Journal.create(self._folder, line.path)
            self._key, self._path = line.key, line.path
        return self._journal

    def drop(self) -> None:
        """Delete the journal, if there is one."""
        journal, self._journal = self._journal, None
        if journal is not None:
            journal.close()


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
    return [leftover for leftover in found if leftover.steps is not None][:MAX_OFFERS], problems


def _recovered(path: Path) -> RecoveredSession:
    from studio.files.journal.recovery import recover

    return recover(path)


def _discard(path: Path) -> None:
    from studio.files.journal.recovery import discard

    discard(path)


def _ignore(_result: object) -> None:
    """For work whose end is of no interest."""
