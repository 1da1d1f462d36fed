"""The prompt, styles for it, earlier prompts, and the folded negative prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from studio.ui.background.background import Background
from studio.ui.panels.generate.token_counter import TokenCounter
from studio.ui.panels.generate.wildcard_completion import WildcardCompletion
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import tell_keys
from studio.ui.widgets.collapsible import CollapsibleSection
from studio.ui.widgets.parameter_form import plugin_text
from studio.ui.widgets.prompt_edit import PromptEdit

if TYPE_CHECKING:
    from studio.api import PromptStyleSpec
    from studio.engine.models.byte_pairs import TokenCounts, Tokenizer

_MENU_WIDTH = 48


class PromptSection(QWidget):
    """``styles`` are asked for by `refresh`, and whenever their menu is opened.

    ``start`` is the action that draws; ``wildcards``, asked in the background, are names to complete.

    Signal: ``changed()`` on every edit.
    """

    changed = Signal()

    def __init__(
        self,
        start: QAction,
        styles: Callable[[], Mapping[str, PromptStyleSpec]] = dict,
        wildcards: Callable[[], Sequence[str]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._styles = styles
        self.prompt = PromptEdit(3, 6, self)
        self.prompt.setAccessibleName(self.tr("Prompt"))
        tell_keys(start, self.tr("Type what you want to see, then press {keys}"), self.prompt.setPlaceholderText)
        self.negative = PromptEdit(2, 4, self)
        self.negative.setAccessibleName(self.tr("Negative prompt"))
        self.negative.setPlaceholderText(self.tr("What the picture should not show"))
        self.negative_section = CollapsibleSection(self.tr("Negative prompt"), self)
        self.negative_section.body.addWidget(self.negative)
        self.style_button = QToolButton(self)
        self.style_menu = QMenu(self)
        self.earlier = QToolButton(self)
        self.menu = QMenu(self)
        self._counts: TokenCounts | None = None
        background = Background("prompts", self, expendable=True)
        self.counter = TokenCounter(self.prompt, self._count_tokens, background, self)
        self.negative_counter = TokenCounter(self.negative, self._count_tokens, background, self)
        self._put: set[str] = set()
        self._arrange()
        self._used = self.prompt
        for edit in (self.prompt, self.negative):
            edit.installEventFilter(self)
            WildcardCompletion(edit, wildcards, background)
            edit.textChanged.connect(self.changed)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.style_menu.aboutToShow.connect(self._fill_styles)
        self.refresh()

    def show_prompts(self, prompt: str, negative: str) -> None:
        """Show both texts; a negative prompt that is not empty unfolds its section."""
        self.prompt.set_text(prompt)
        self.negative.set_text(negative)
        if negative:
            self.negative_section.set_open(True)

    def add_words(self, words: Sequence[str]) -> None:
        """Put words behind the prompt, but for those that are in it."""
        text = self.prompt.text()
        new = [word for word in words if word.casefold() not in text.casefold()]
        if new:
            self._put.update(new)
            self.prompt.set_text(", ".join(filter(None, (text.strip().rstrip(",").rstrip(), *new))))

    def take_words(self, words: Iterable[str]) -> None:
        """Take words out that `add_words` put there, as far as they stand there as they were put."""
        taken = self._put & set(words)
        self._put -= taken
        parts = self.prompt.text().split(",")
        if kept := [part for part in parts if part.strip() not in taken]:
            self.prompt.set_text(",".join(kept).lstrip() if len(kept) < len(parts) else self.prompt.text())
        else:
            self.prompt.set_text("")

    def refresh(self) -> None:
        """Offer styles, where there are any."""
        self.style_button.setVisible(bool(self._styles()))

    def use_tokenizer(self, tokenizer: Tokenizer | None) -> None:
        """Count as the model that is chosen does; without a tokenizer nothing is counted."""
        self.counter.use(tokenizer)
        self.negative_counter.use(tokenizer)

    def _count_tokens(self, tokenizer: Tokenizer, text: str) -> tuple[int, int] | None:
        """In the background, of both texts on one thread."""
        if self._counts is None:
            from studio.engine.models.byte_pairs import TokenCounts  # once there is something to count

            self._counts = TokenCounts()
        return self._counts.count(tokenizer, text)

    def wear(self, style: PromptStyleSpec) -> None:
        """Put the words of a style into the prompts in place of another's; of the one that is there, take them out."""
        prompt, negative = self.prompt.text(), self.negative.text()
        is_worn = style.is_in(prompt)
        worn = style if is_worn else next((each for each in self._styles().values() if each.is_in(prompt)), None)
        if worn is not None:
            prompt, negative = worn.taken_from(prompt, negative)
        is_blank = not prompt.strip()
        if not is_worn:
            prompt, negative = style.added_to(prompt, negative)
        self.show_prompts(prompt, negative)
        if is_blank and not is_worn:
            self.prompt.type_at(style.place)

    def reweigh(self, change: float) -> None:
        """Let the selected words, or the one at the cursor, weigh more, in the text that was typed in last."""
        self._used.reweigh(change)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, PromptEdit):
            self._used = watched
        return super().eventFilter(watched, event)

    def remember(self) -> None:
        """Keep the present prompt among the earlier ones."""
        self.prompt.remember(self.prompt.text())
        self.earlier.setEnabled(bool(self.prompt.remembered()))

    def set_remembered(self, prompts: Iterable[str]) -> None:
        """Have these as the earlier prompts, oldest first."""
        self.prompt.set_remembered(prompts)
        self.earlier.setEnabled(bool(self.prompt.remembered()))

    def _forget(self) -> None:
        self.set_remembered(())
        self.changed.emit()

    def _arrange(self) -> None:
        heading = QLabel(self.tr("Prompt"), self)
        heading.setProperty("role", "heading")
        heading.setBuddy(self.prompt)
        self.style_button.setIcon(icon("style"))
        self.style_button.setAccessibleName(self.tr("Style"))
        self.style_button.setToolTip(self.tr("Style: adds its words to the prompts, or takes them out"))
        self.style_button.setMenu(self.style_menu)
        self.style_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.style_menu.setToolTipsVisible(True)
        self.earlier.setIcon(icon("history"))
        self.earlier.setAccessibleName(self.tr("Earlier prompts"))
        self.earlier.setToolTip(self.tr("Earlier prompts (Up on the first line)"))
        self.earlier.setMenu(self.menu)
        self.earlier.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.earlier.setEnabled(False)
        row = QHBoxLayout()
        row.addWidget(heading)
        row.addStretch(1)
        row.addWidget(self.counter)
        row.addWidget(self.style_button)
        row.addWidget(self.earlier)
        beside_title = QHBoxLayout(self.negative_section.header)
        beside_title.setContentsMargins(0, 0, 0, 0)
        beside_title.addStretch(1)
        beside_title.addWidget(self.negative_counter)
        self.negative_counter.setVisible(False)
        self.negative_section.toggled.connect(self.negative_counter.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self.prompt)
        column.addWidget(self.negative_section)

    def _fill_styles(self) -> None:
        self.style_menu.clear()
        for style in self._styles().values():
            action = self.style_menu.addAction(plugin_text(style.name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(style.is_in(self.prompt.text()))
            action.setToolTip(plugin_text(style.description) or style.prompt)
            action.triggered.connect(lambda _checked=False, chosen=style: self.wear(chosen))

    def _fill_menu(self) -> None:
        self.menu.clear()
        for text in reversed(self.prompt.remembered()):
            line = " ".join(text.split())
            shown = line if len(line) <= _MENU_WIDTH else line[: _MENU_WIDTH - 1] + "…"
            action = self.menu.addAction(shown.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, chosen=text: self.prompt.set_text(chosen))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Clear This List")).triggered.connect(self._forget)
