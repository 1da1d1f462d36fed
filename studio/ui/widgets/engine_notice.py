"""Says where pictures are asked for what is missing to draw them, and leads there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.widgets.engine_texts import engine_words
from studio.ui.widgets.notice import Notice, NoticeKind


class EngineNotice(Notice):
    """Hidden while pictures can be drawn. Signal: ``wanted()`` when its button was pressed."""

    wanted = Signal()

    def __init__(self, installation: EngineInstallation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._installation = installation
        installation.status_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how the engine stands now."""
        status = self._installation.status()
        words = engine_words(status)
        if words is None:
            self.clear()
        else:
            is_fault = status.kind == "unusable" and not status.is_installing
            kind: NoticeKind = "warning" if is_fault else "hint"
            self.show_text(words.text, kind, action=words.action, run=self._lead)

    def _lead(self) -> None:
        self.refresh()  # a notice goes when its button is pressed, and nothing has changed yet
        self.wanted.emit()
