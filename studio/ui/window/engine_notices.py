"""Tells in the window how work on the engine ended, and asks before the window closes on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.background.engine_installation import EngineInstallation, was_cancelled
from studio.ui.commands.service_actions import ServiceActions
from studio.ui.dialogs.prompts import Prompts
from studio.ui.widgets.notice_bar import Kind, NoticeAction, NoticeBar, error_text

_KEY = "engine"


class EngineNotices(QObject):
    """Speaks up only while the page about the engine is not before the person's eyes: there it is said anyway."""

    def __init__(
        self,
        engine: EngineInstallation,
        services: ServiceActions,
        notices: NoticeBar,
        prompts: Prompts,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._engine = engine
        self._services = services
        self._notices = notices
        self._prompts = prompts
        self._window = window
        engine.ended.connect(self._tell_end)
        engine.installed.connect(self._tell_installed)
        engine.status_changed.connect(self._forget_old)

    def after_installing(self, then: Callable[[], object]) -> None:
        """Go on once no installation runs, or the person agrees to stop it; not at all otherwise."""

        def answer(is_stopped: bool) -> None:
            if is_stopped or not self._engine.status().is_installing:
                self._engine.cancel()
                then()

        if self._engine.status().is_installing:
            self._prompts.stop_installing(answer)
        else:
            then()

    def _tell_end(self, error: object) -> None:
        if isinstance(error, Exception) and not was_cancelled(error):
            self._tell(error_text(error), "error", NoticeAction(self.tr("Engine…"), self._services.show_engine))

    def _tell_installed(self) -> None:
        if self._engine.needs_new_start:
            self._tell(self.tr("The new engine is installed. It draws from the next start on."))
        else:
            self._tell(self.tr("The engine is installed: Generate draws now."))

    def _tell(self, text: str, kind: Kind = "info", *actions: NoticeAction) -> None:
        if not self._services.shows_engine():
            self._notices.show_notice(text, kind, actions, key=_KEY)
            QApplication.alert(self._window)

    def _forget_old(self) -> None:
        """What was told of the last work says nothing about the one that runs."""
        if self._engine.status().work is not None:
            self._notices.clear(_KEY)
