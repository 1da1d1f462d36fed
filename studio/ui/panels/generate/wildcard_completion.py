"""Offers the names of wildcards while one is typed: ``__`` opens the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from studio.generation import prompting
from studio.ui.background.background import Background
from studio.ui.widgets.prompt_edit import PromptEdit

if TYPE_CHECKING:
    from studio.ui.panels.generate.wildcard_list import WildcardList

_MOST: Final = 200
_CHOOSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class WildcardCompletion(QObject):
    """``names`` is asked in the background, whenever a wildcard is begun. Return or Tab takes a name, Esc none."""

    def __init__(self, edit: PromptEdit, names: Callable[[], Sequence[str]], background: Background) -> None:
        super().__init__(edit)
        self._edit = edit
        self._names = names
        self._background = background
        self._is_taking = False
        self._list: WildcardList | None = None
        edit.installEventFilter(self)
        edit.textChanged.connect(self._look)

    @property
    def is_open(self) -> bool:
        return self._list is not None and self._list.is_open

    @property
    def choices(self) -> WildcardList:
        """The list of names, which is made when there are some to offer first."""
        if self._list is None:
            from studio.ui.panels.generate.wildcard_list import WildcardList

            self._list = WildcardList(self._edit)
            self._list.popup.installEventFilter(self)  # with the keyboard there, keys would go to the text itself
            self._list.chosen.connect(self._take)
        return self._list

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that choose are the list's while it is open, not the text's."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.is_open:
            if event.key() in _CHOOSING:
                self._take(self.choices.current())
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.choices.hide()
                return True
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        """Offer names if a wildcard is open before the cursor."""
        typed = self._typed() if self._edit.hasFocus() and not self._is_taking else None
        if typed is None:
            if self.is_open:
                self.choices.hide()
            return
        self._background.run(self._names, lambda names: self._offer(names, typed))

    def _typed(self) -> str | None:
        cursor = self._edit.textCursor()
        return prompting.begun_wildcard(cursor.block().text()[: cursor.positionInBlock()])

    def _offer(self, names: Sequence[str], typed: str) -> None:
        if typed != self._typed() or not self._edit.hasFocus():
            return
        if (found := prompting.fitting(names, typed)[:_MOST]) or self.is_open:
            self.choices.show(found)

    def _take(self, name: str) -> None:
        """Put a name in place of what was typed of it."""
        self.choices.hide()
        typed = self._typed()
        if typed is None:
            return
        cursor = self._edit.textCursor()
        cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, len(typed))
        self._is_taking = True
        cursor.insertText(name + prompting.CLOSING)
        self._is_taking = False
