"""Shows the help pages, which are Markdown files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import Section, effective_shortcuts, native_keys
from studio.ui.widgets.command import Command

_FIRST_PAGE: Final = "index.md"
COMMANDS_PAGE: Final = "commands.md"
"""Written from the commands themselves."""


class HelpViewer(QDialog):
    """Lists the pages at the left and shows one at the right. ``folder`` may hold a folder ``language`` of
    translated pages; a page that is not translated is shown in English. The last page lists the commands of
    ``sections`` with the keys that they have now: ``shortcuts`` are those that a person changed."""

    def __init__(
        self,
        folder: Path,
        language: str,
        *,
        sections: Callable[[], Sequence[Section]],
        shortcuts: Callable[[], Mapping[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._folder = folder
        self._language = language
        self._sections = sections
        self._shortcuts = shortcuts
        self.pages = QListWidget()
        self.pages.setFixedWidth(50 * GRID)
        self.pages.setAccessibleName(self.tr("Pages"))
        self.browser = QTextBrowser()
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        row.addWidget(self.pages)
        row.addWidget(self.browser, 1)
        for path in self._paths():
            item = QListWidgetItem(_title(path))
            item.setData(Qt.ItemDataRole.UserRole, path.name)
            self.pages.addItem(item)
        commands = QListWidgetItem(self.tr("Commands and keys"))
        commands.setData(Qt.ItemDataRole.UserRole, COMMANDS_PAGE)
        self.pages.addItem(commands)
        self.pages.currentItemChanged.connect(self._show_item)
        self.pages.setCurrentRow(0)

    def sizeHint(self) -> QSize:
        return QSize(880, 640)

    def show_page(self, name: str) -> None:
        """Show the page with this file name, if it is there."""
        for row in range(self.pages.count()):
            item = self.pages.item(row)
            if item is not None and item.data(Qt.ItemDataRole.UserRole) == name:
                self.pages.setCurrentRow(row)

    def changeEvent(self, event: QEvent) -> None:
        """Links keep the colour that they were read with: another theme wants the page read again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            place = self.browser.verticalScrollBar().value()
            self._show_item(self.pages.currentItem())
            self.browser.verticalScrollBar().setValue(place)

    def _paths(self) -> list[Path]:
        names = sorted(path.name for path in self._folder.glob("*.md"))
        names.sort(key=lambda name: name != _FIRST_PAGE)
        return [self._translated(name) for name in names]

    def _translated(self, name: str) -> Path:
        translated = self._folder / self._language / name
        return translated if translated.is_file() else self._folder / name

    def _show_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            name = str(item.data(Qt.ItemDataRole.UserRole))
            path = self._translated(name)
            document = self.browser.document()
            document.setBaseUrl(QUrl.fromLocalFile(f"{path.parent}/"))
            text = self._commands_text() if name == COMMANDS_PAGE else path.read_text(encoding="utf-8-sig")
            document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
            self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)

    def _commands_text(self) -> str:
        """Markdown: a table for each menu."""
        head = "| {} | {} | {} |\n| --- | --- | --- |".format(
            self.tr("Command"), self.tr("Keys"), self.tr("What it does")
        )
        guide = self.tr(
            "Every command has its place in a menu or in the tool bar. {keys} finds it by name. The preferences give "
            "other keys to any of them."
        )
        sections = self._sections()
        keys = effective_shortcuts((each for section in sections for each in section.commands), self._shortcuts())
        parts = [f"# {self.tr('Commands and keys')}", guide.format(keys=native_keys(keys["help.find"]))]
        for section in sections:
            if section.commands:
                rows = (_row(command, native_keys(keys[command.id])) for command in section.commands)
                parts += [f"## {section.place}", "\n".join((head, *rows))]
        return "\n\n".join(parts)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        else:
            self.show_page(url.fileName())


def _row(command: Command[Any, Any], keys: str) -> str:
    cells = (f"**{command.plain_title}**", keys, command.hint)
    return "| {} |".format(" | ".join(cell.replace("|", "\\|") for cell in cells))


def _title(path: Path) -> str:
    """The first heading of a page, else its file name."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.startswith("# "):
            return line.removeprefix("# ").strip()
    return path.stem
