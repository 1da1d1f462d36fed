"""One open picture: its line of history, its file, and what of it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NewType

from studio.document import (
    Document,
    LayerId,
    current_frame,
    go_to_frame,
    with_frame_of_active,
    with_sound_timeline,
)
from studio.generation import GenerationSettings
from studio.history import DocumentHistory, StepKind
from studio.session.same_picture import same_picture
from studio.system.signals import Signal

DocumentId = NewType("DocumentId", int)
"""Tells the open documents of one run of the program apart; none is given twice."""
ANY_DOCUMENT: Final = DocumentId(0)
"""In place of one for what belongs to whichever is shown."""


@dataclass(frozen=True)
class Source:
    """The file that a picture was read from, which need not be the one it is saved to, and what that carried."""

    path: Path
    settings: GenerationSettings | None = None


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return one.absolute() == other.absolute()


class OpenDocument:
    """Everything that belongs to one open picture and to no other.

    ``number`` tells it from other open ones that have no file.

    Signals: ``changed(old, new)`` after every change of the document (also undo and redo); ``history_changed()`` when
    steps or the position change; ``file_changed()`` when path or "modified" may be others.
    """

    changed = Signal(Document, Document)
    history_changed = Signal()
    file_changed = Signal()

    def __init__(
        self,
        document_id: DocumentId,
        history: DocumentHistory,
        *,
        path: Path | None = None,
        source: Source | None = None,
        modified: bool = False,
    ) -> None:
        self.id = document_id
        self.number = 1
        self.source = source
        self._history = history
        self._path = path
        self._saved = None if modified else history.current

    @property
    def document(self) -> Document:
        return self._history.current

    @property
    def history(self) -> DocumentHistory:
        return self._history

    @property
    def path(self) -> Path | None:
        """The file that it is saved to; ``None`` if there is none yet."""
        return self._path

    @property
    def is_modified(self) -> bool:
        """Whether the picture differs from what was last saved (which layer or frame is active does not count)."""
        return self._saved is None or not same_picture(self._saved, self.document)

    @property
    def is_untouched(self) -> bool:
        """Whether there is nothing to lose, and nothing to undo or redo."""
        return len(self._history.steps) == 1 and not self.is_modified

    @property
    def is_fresh(self) -> bool:
        """Whether it is a new picture, from no file and not drawn before, to which nothing was done."""
        is_drawn = self._history.steps[0].settings is not None
        return self.is_untouched and self._path is None and self.source is None and not is_drawn

    @property
    def file(self) -> Path | None:
        """The file that it is saved to or, as long as there is none, that it was read from."""
        return self._path if self._path is not None or self.source is None else self.source.path

    def is_of_file(self, path: Path) -> bool:
        """Whether `file` is that of ``path``, maybe under another name."""
        return self.file is not None and _same_file(self.file, path)

    def mark_saved(self, path: Path, document: Document) -> None:
        """Note that ``document`` (maybe no longer the current one) now stands in ``path``."""
        self._path = path
        self._saved = document
        self.file_changed.emit()

    def lose_file(self) -> None:
        """Another document was saved to its file: what this one holds stands nowhere any more."""
        self._path = self.source = self._saved = None
        self.file_changed.emit()

    def apply(
        self, kind: StepKind, document: Document, *, settings: str | None = None, merge_key: str | None = None
    ) -> None:
        """Make ``document`` the current one as a step.

        The same object makes no step, and neither does one in which only another frame is shown.
        """
        old = self.document
        document = with_sound_timeline(document, old)
        if document is old:
            return
        if document.timeline is not None and same_picture(old, document):
            self._show_instead(document)
            return
        self._history.apply(kind, document, settings=settings, merge_key=merge_key)
        self._announce(old)

    def select_layer(self, layer_id: LayerId | None) -> None:
        """Make a layer active, and show the frame that it lies in. This is not a step of history."""
        if self.document.active_id != layer_id:
            self._show_instead(with_frame_of_active(self.document.with_active(layer_id)))

    def show_frame(self, index: int) -> None:
        """Show a frame of the timeline and make its layer active. This is not a step of history.

        ``IndexError`` if there is no such frame.
        """
        if index != current_frame(self.document):
            self._show_instead(go_to_frame(self.document, index))

    def undo(self) -> None:
        self._move(self._history.undo)

    def redo(self) -> None:
        self._move(self._history.redo)

    def go_to(self, index: int) -> None:
        """Show any step of the history; ``IndexError`` if there is no such step."""
        self._move(lambda: self._history.go_to(index))

    def _move(self, step: Callable[[], Document]) -> None:
        old = self.document
        if step() is not old:
            self._announce(old)

    def _show_instead(self, document: Document) -> None:
        """Change what is active without a step."""
        old = self.document
        self._history.replace_current(document)
        self.changed.emit(old, document)

    def _announce(self, old: Document) -> None:
        self.changed.emit(old, self.document)
        self.history_changed.emit()
        self.file_changed.emit()
