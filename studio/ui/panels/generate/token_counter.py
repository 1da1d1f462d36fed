"""How much of the model's attention a prompt takes: "43/75" beside its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from studio.ui.background.background import Background, Run
from studio.ui.widgets.prompt_edit import PromptEdit
from studio.ui.widgets.styled import set_styled

if TYPE_CHECKING:
    from studio.engine.models.byte_pairs import Tokenizer

_PAUSE_MS = 120
"""So long nothing must be typed before it is counted."""


class TokenCounter(QLabel):
    """Follows a text, and counts in the background. Empty while the model's tokenizer is not known.

    ``count`` gives the tokens of a text and how many the model reads at once, or ``None``.
    """

    def __init__(
        self,
        edit: PromptEdit,
        count: Callable[[Tokenizer, str], tuple[int, int] | None],
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._edit = edit
        self._count_tokens = count
        self._background = background
        self._tokenizer: Tokenizer | None = None
        self._run: Run | None = None
        self.setProperty("role", "muted")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._count)
        edit.textChanged.connect(self._timer.start)

    def use(self, tokenizer: Tokenizer | None) -> None:
        """Count with the tokenizer of another model, or not at all."""
        if tokenizer == self._tokenizer:
            return
        self._tokenizer = tokenizer
        self._show(None)
        if tokenizer is not None:
            self._timer.start()

    def _count(self) -> None:
        tokenizer, text = self._tokenizer, self._edit.text()
        if self._run is not None:
            self._run.cancel()
        if tokenizer is None:
            return

        def show(counted: tuple[int, int] | None) -> None:
            if tokenizer == self._tokenizer and text == self._edit.text():
                self._show(counted)

        self._run = self._background.run(lambda: self._count_tokens(tokenizer, text), show)

    def _show(self, counted: tuple[int, int] | None) -> None:
        if counted is None:
            self.clear()
            return
        count, room = counted
        is_over = count > room
        self.setText(f"{count}/{room}")
        set_styled(self, "role", "warning" if is_over else "muted")
        self.setToolTip(
            self.tr("{count} tokens, but the model reads {room}: the end is left out").format(count=count, room=room)
            if is_over
            else self.tr("{count} tokens of {room} that the model reads at once").format(count=count, room=room)
        )
