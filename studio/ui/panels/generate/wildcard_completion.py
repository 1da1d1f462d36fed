"""Offers the names of wildcards while one is typed: ``__`` opens the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView

from studio.generation import prompting
from studio.ui.background.background import Background
from studio.ui.widgets.prompt_edit import PromptEdit

_MOST: Final = 200
_CHOOSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_ROOM: Final = 36


class WildcardCompletion(QObject):
    """``names`` is asked in the background, whenever a wildcard is begun. Return or Tab takes a name, Esc none."""

    def __init__(self, edit: PromptEdit, names: Callable[[], Sequence[str]], background: Background) -> None:
        super().__init__(edit)
        self._edit = edit
        self._names = names
        self._background = background
        self._is_taking = False
        self._model = QStringListModel(self)
        self.completer = QCompleter(self._model, self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView()
        self.popup.setObjectName("completion")
        self.completer.setPopup(self.popup)  # takes it over
        self.popup.installEventFilter(self)  # where it has the keyboard, the completer gives keys to the text itself
        self.completer.setWidget(edit)
        self.completer.activated.connect(self._take)
        edit.installEventFilter(self)
        edit.textChanged.connect(self._look)

    @property
    def is_open(self) -> bool:
        return self._model.rowCount() > 0 and self.popup.isVisible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that choose are the list's while it is open, not the text's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_open:
            if event.key() in _CHOOSING:
                self._take(self._current())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.popup.hide()
                return True
        return super().eventFilter(watched, event)

    def _current(self) -> str:
        index = self.popup.currentIndex()
        return str(self._model.stringList()[max(0, index.row())])

    def _look(self) -> None:
        """Offer names if a wildcard is open before the cursor."""
        typed = self._typed() if self._edit.hasFocus() and not self._is_taking else None
        if typed is None:
            if self.is_open:
                self.popup.hide()
            return
        self._background.run(self._names, lambda names: self._offer(names, typed))

    def _typed(self) -> str | None:
        cursor = self._edit.textCursor()
        return prompting.begun_wildcard(cursor.block().text()[: cursor.positionInBlock()])

    def _offer(self, names: Sequence[str], typed: str) -> None:
        if typed != self._typed() or not self._edit.hasFocus():
            return
        found = prompting.fitting(names, typed)[:_MOST]
        self._model.setStringList(found)
        if not found:
            self.popup.hide()
            return
        where = self._edit.cursorRect()
        where.setWidth(self.popup.sizeHintForColumn(0) + _ROOM)
        self.completer.complete(where)
        self.popup.setCurrentIndex(self._model.index(0))

    def _take(self, name: str) -> None:
        """Put a name in place of what was typed of it."""
        self.popup.hide()
        typed = self._typed()
        if typed is None:
            return
        cursor = self._edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, len(typed))
        self._is_taking = True
        cursor.insertText(name + prompting.CLOSING)
        self._is_taking = False
