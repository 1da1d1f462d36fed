"""The list of wildcards beside a prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QListView

from studio.ui.widgets.prompt_edit import PromptEdit

_ROOM: Final = 36


class WildcardList(QObject):
    """Lies over the text while it has names to choose from. Signal: ``chosen(str)``."""

    chosen = Signal(str)

    def __init__(self, edit: PromptEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView()
        self.popup.setObjectName("completion")
        self._completer.setPopup(self.popup)  # takes it over
        self._completer.setWidget(edit)
        self._completer.activated.connect(self.chosen)

    @property
    def is_open(self) -> bool:
        return self._model.rowCount() > 0 and self.popup.isVisible()

    def current(self) -> str:
        """The marked name, or the first."""
        index = self.popup.currentIndex()
        return str(self._model.stringList()[max(0, index.row())])

    def show(self, names: Sequence[str]) -> None:
        """Offer names at the cursor; without any it goes away."""
        self._model.setStringList(names)
        if not names:
            self.hide()
            return
        where = self._edit.cursorRect()
        where.setWidth(self.popup.sizeHintForColumn(0) + _ROOM)
        self._completer.complete(where)
        self.popup.setCurrentIndex(self._model.index(0))

    def hide(self) -> None:
        self.popup.hide()
