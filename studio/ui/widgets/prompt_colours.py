"""Shows the syntax of prompts in calm colours, so that it can be told from words."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from studio.generation import prompting
from studio.ui.style.theme import current_theme


class PromptColours(QSyntaxHighlighter):
    """Brackets and numbers are muted, names of files have the accent, comments are muted and slanted."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats = _formats()

    def follow_theme(self) -> None:
        """The theme may be another one."""
        formats = _formats()
        if formats != self._formats:
            self._formats = formats
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for part in prompting.coloured(text) if text else ():
            start = units(text[: part.start])
            self.setFormat(start, units(text[part.start : part.end]), self._formats[part.kind])


def units(text: str) -> int:
    """The length of a text as Qt counts it, in UTF-16."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _formats() -> dict[str, QTextCharFormat]:
    theme = current_theme()
    formats = {kind: QTextCharFormat() for kind in ("sign", "name", "comment")}
    for kind, colour in (("sign", theme.text_muted), ("name", theme.accent), ("comment", theme.text_muted)):
        formats[kind].setForeground(QColor(colour))
    formats["comment"].setFontItalic(True)
    return formats
