"""The line of history of one open document, kept on disk while it grows."""

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
from studio.history import Step
from studio.session import OpenDocument
from studio.ui.background.background import Background
from studio.ui.canvas.tools.tool import Unfinished
from studio.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from studio.files.journal.journal import Journal

DELAY_MS: Final = 500
"""How long after the first step that it lacks the journal is written; steps until then are written together."""
RETRY_MS: Final = 5000
"""How long after a failure it is tried again."""
LARGE_TILES: Final = 64
"""A document of so many tiles takes a while to be written: that is done before its first step."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Line:
    """What is to be on disk: the steps of a document from or for the file ``path``; no steps, no journal.

    ``place`` is that among the open documents. ``unfinished`` is what the hand is doing. It is kept as one step more,
    in place of those that it would forget. ``untouched`` is a document without a step to keep: if it is large, it is
    written ahead.
    """

    steps: tuple[Step[Document], ...]
    index: int
    path: Path | None
    place: int
    unfinished: Unfinished | None
    untouched: Document | None

    def whole(self) -> tuple[tuple[Step[Document], ...], int]:
        """The steps with the unfinished one among them, and the current one's position."""
        if self.unfinished is None:
            return self.steps, self.index
        try:
            step = Step(kind=self.unfinished.kind, state=self.unfinished.document())
        except Exception:  # noqa: BLE001 - it is worth less than the steps, whatever goes wrong with it
            _log.exception("What is being done could not be kept; all before it is")
            return self.steps, self.index
        return (*self.steps[: self.index + 1], step), self.index + 1


class DocumentJournal(QObject):
    """Everything on disk happens on a thread of its own, which also waits there for its time: a window that is busy
    for long does not hold the journal up, and neither does another document.

    ``place`` gives the document's among the open ones, ``unfinished`` what the hand is doing on it; see `note`.
    """

    def __init__(
        self,
        document: OpenDocument,
        folder: Path,
        notices: NoticeBar,
        parent: QObject,
        *,
        place: Callable[[], int],
        unfinished: Callable[[], Unfinished | None],
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._notices = notices
        self._place = place
        self._unfinished = unfinished
        self._tasks = Background("journal", self)
        self._due = _Due()
        self._keeper = _Keeper(folder, self._due)
        self._noted: _Line | None = None
        self._action = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._action.timeout.connect(self._keep_action)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.note)

    def note(self, *, at_once: bool = False) -> None:
        """Let the line as it is now be on disk soon."""
        self._noted = self._line()
        if self._due.put(self._noted, 0.0 if at_once else DELAY_MS / 1000):
            self._tasks.run(self._keep_due, self._kept, self._not_kept)

    def note_action(self) -> None:
        """An action on the canvas begins: until it ends, what it has done so far is kept as well."""
        if not self._action.isActive():
            self._action.start()

    def note_place(self) -> None:
        """Documents were opened, closed or moved: if this one stands elsewhere now, that is kept."""
        if self._noted is not None and self._noted.steps and self._noted.place != self._place():
            self.note()

    def write(self, then: Callable[[], object] = lambda: None, done: Callable[[], object] = lambda: None) -> None:
        """In the background, write the line of history as it is now and, once that is done, call ``then`` there.

        ``done`` is called here when all that went well.
        """
        line = self._line()

        def keep() -> None:
            self._keeper.keep(line)
            then()

        def kept(_nothing: object) -> None:
            self._kept(None)
            done()

        self._due.hurry()
        self._tasks.run(keep, kept, self._not_kept)

    def close(self, *, wait: bool) -> None:
        """The work is saved or given up, so its journal goes, and this object after it; ``wait`` until it is gone."""
        self._action.stop()
        self._retry.stop()
        self._due.clear()
        self._keeper.is_wanted = False
        self._tasks.run(self._keeper.drop, self._end, self._end)
        if wait:
            self._tasks.close()
            self._end(None)

    @property
    def is_being_given_up(self) -> bool:
        """Whether what is being written is not wanted any more."""
        return not self._keeper.is_wanted

    def _end(self, _outcome: object) -> None:
        self.deleteLater()

    def _keep_action(self) -> None:
        """Note what the hand is doing now, or that it has let go without a step."""
        was_noted = self._noted is not None and self._noted.unfinished is not None
        if was_noted or self._unfinished() is not None:
            self.note(at_once=True)

    def _line(self) -> _Line:
        document, history = self._document, self._document.history
        unfinished = self._unfinished()
        is_untouched = document.is_untouched and unfinished is None
        return _Line(
            steps=() if is_untouched else history.steps,
            index=history.index,
            path=document.path,
            place=self._place(),
            unfinished=unfinished,
            untouched=document.document if is_untouched else None,
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
    """The journal of the document; used on the background thread only.

    But ``is_wanted`` is set by the window: what is being written is given up once it is false, so that closing does
    not wait for a large picture.
    """

    def __init__(self, folder: Path, due: _Due) -> None:
        self.is_wanted = True
        self._folder = folder
        self._due = due
        self._journal: Journal | None = None
        self._path: Path | None = None
        self._place = 0

    def keep(self, line: _Line) -> None:
        """Make the journal hold this line."""
        if not line.steps:
            self.drop()
        if line.untouched is not None:
            self._prepare(line, line.untouched)
            return
        journal = self._opened(line)
        if (self._path, self._place) != (line.path, line.place):
            journal.set_about(line.path, line.place)
            self._path, self._place = line.path, line.place
        journal.record(*line.whole(), given_up=lambda: not self.is_wanted)

    def _prepare(self, line: _Line, document: Document) -> None:
        """Write a large document ahead while there is nothing else to do."""
        if sum(len(raster.tiles) for raster in document.rasters()) >= LARGE_TILES:
            self._opened(line).prepare(document, lambda: not self.is_wanted or self._due.is_waiting)

    def _opened(self, line: _Line) -> Journal:
        if self._journal is None:
            from studio.files.journal.journal import Journal

            self._journal = Journal.create(self._folder, line.path, line.place)
            self._path, self._place = line.path, line.place
        return self._journal

    def drop(self) -> None:
        """Delete the journal, if there is one."""
        journal, self._journal = self._journal, None
        if journal is not None:
            journal.close()
