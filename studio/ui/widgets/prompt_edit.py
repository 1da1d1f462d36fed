"""A text box for prompts: grows with its text and remembers what was asked before."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from studio.generation import MAX_PROMPT, prompting
from studio.ui.widgets.prompt_colours import PromptColours, units

_REMEMBERED = 50


class PromptEdit(QPlainTextEdit):
    """Plain text of ``least`` to ``most`` visible lines, with the syntax of prompts in colours; Tab leaves it.

    Up on the first line and Down on the last walk through the remembered prompts; what was being typed
    comes back at the end. Keys with Ctrl and Return are left to what the box stands in.
    """

    def __init__(self, least: int = 3, most: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self._remembered: list[str] = []
        self._position = 0
        self._draft = ""
        self._colours = PromptColours(self.document())
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """At most `MAX_PROMPT` characters."""
        return self.toPlainText()[:MAX_PROMPT]

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste no more than there is room for: a text of megabytes would stop the window for minutes."""
        text = source.text()
        room = max(0, MAX_PROMPT - len(self.toPlainText()) + len(self.textCursor().selectedText()))
        if len(text) > room:
            source = QMimeData()
            source.setText(text[:room])
        super().insertFromMimeData(source)

    def set_text(self, text: str) -> None:
        """Show another text, with the cursor at its end; an equal text leaves the cursor alone."""
        text = text[:MAX_PROMPT]
        if text != self.toPlainText():
            self.selectAll()
            self.insertPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)

    def type_at(self, position: int) -> None:
        """Put the cursor behind so many characters, and wait for what is typed there."""
        cursor = self.textCursor()
        cursor.setPosition(min(position, len(self.toPlainText())))
        self.setTextCursor(cursor)
        self.setFocus()

    def reweigh(self, change: float) -> None:
        """Let what is selected, or the word at the cursor, weigh so much more: one step back undoes it."""
        text, cursor = self.toPlainText(), self.textCursor()
        start, end = (len(_head(text, at)) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        edit = prompting.reweighted(text, start, end, change)
        if edit is None:
            return
        cursor.setPosition(units(text[: edit.start]))
        cursor.setPosition(units(text[: edit.end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(edit.text)
        text = text[: edit.start] + edit.text + text[edit.end :]
        first, last = edit.selected
        cursor.setPosition(units(text[:first]))
        cursor.setPosition(units(text[:last]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def remember(self, text: str) -> None:
        """Put a prompt that was used at the end of the list that Up and Down walk through."""
        if text.strip():
            others = [item for item in self._remembered if item != text]
            self._remembered = [*others, text][-_REMEMBERED:]
        self._position = len(self._remembered)

    def set_remembered(self, texts: Iterable[str]) -> None:
        """Remember these prompts instead, oldest first."""
        self._remembered = []
        for text in texts:
            self.remember(text[:MAX_PROMPT])
        self._position = len(self._remembered)

    def remembered(self) -> tuple[str, ...]:
        """The prompts used so far, oldest first."""
        return tuple(self._remembered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.modifiers() == Qt.KeyboardModifier.NoModifier and self._walks(event.key()):
            event.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colours.follow_theme()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height(self._lines()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height(self._least))

    def _walks(self, key: int) -> bool:
        if key == Qt.Key.Key_Up and self._on_edge(QTextCursor.MoveOperation.Up):
            return self._recall(self._position - 1)
        if key == Qt.Key.Key_Down and self._on_edge(QTextCursor.MoveOperation.Down):
            return self._recall(self._position + 1)
        return False

    def _on_edge(self, direction: QTextCursor.MoveOperation) -> bool:
        return not QTextCursor(self.textCursor()).movePosition(direction)

    def _recall(self, position: int) -> bool:
        if not 0 <= position <= len(self._remembered):
            return False
        if self._position == len(self._remembered):
            self._draft = self.toPlainText()
        self._position = position
        self.set_text(self._draft if position == len(self._remembered) else self._remembered[position])
        return True

    def _lines(self) -> int:
        return min(self._most, max(self._least, round(self.document().size().height())))

    def _height(self, lines: int) -> int:
        margins = self.contentsMargins()
        frame = 2 * self.frameWidth() + margins.top() + margins.bottom()
        return round(lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin()) + frame

    def _fit(self) -> None:
        height = self._height(self._lines())
        if height != self.maximumHeight():
            self.setFixedHeight(height)


def _head(text: str, position: int) -> str:
    """What stands before a position of Qt, which counts in UTF-16."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "replace")
