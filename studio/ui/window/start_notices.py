"""What is told once after the start: that the last one ended badly, and that there is a newer version."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from studio import HOMEPAGE, __version__
from studio.errors import FileError
from studio.settings import SettingsStore
from studio.text.exceptions import reason_for
from studio.ui.background.background import Background
from studio.ui.style.translation import resolved_language
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar
from studio.ui.widgets.readable import sentences

if TYPE_CHECKING:
    from studio.installation.updates import Update


class StartNotices(QObject):
    """Shows them in the window's bar. The check for updates is off until the person switches it on."""

    def __init__(self, store: SettingsStore, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._store = store
        self._notices = notices
        self._window = window
        self._background = Background("updates", self, expendable=True)

    def offer_reports(self, reports: Sequence[Path]) -> None:
        """Say that earlier runs have ended in a fault, and offer the newest report."""
        if not reports:
            return
        report = reports[-1]
        actions = (
            NoticeAction(self.tr("Show Report"), partial(self.show_report, report)),
            NoticeAction(self.tr("Copy"), lambda: QGuiApplication.clipboard().setText(_text_of(report))),
        )
        text = self.tr("Shoreline ended unexpectedly last time. A report is on this machine; it was sent nowhere.")
        self._notices.show_notice(text, "warning", actions, key="crash")

    def show_report(self, report: Path) -> QDialog:
        """Open a window with the text of a report."""
        from studio.ui.dialogs.report import ReportDialog

        return open_dialog(ReportDialog(_text_of(report), report, self._window), is_modal=False)

    def check_updates(self, address: str = "") -> None:
        """Ask in the background whether there is a newer version, if that is wanted and it is time."""
        from studio.installation.updates import NEWEST, may_check, newer_version

        settings, now = self._store.current, time.time()
        if self._background.is_busy or not may_check(
            wanted=settings.check_updates, last=settings.updates_checked, now=now
        ):
            return
        with contextlib.suppress(FileError):  # asked once more at the next start
            self._store.update(updates_checked=now)
        self._background.run(lambda: newer_version(__version__, address or NEWEST), self._tell_update)

    def join(self, seconds: float) -> None:
        """Wait for an answer at most so long."""
        self._background.join(seconds)

    def _tell_update(self, update: Update | None) -> None:
        if update is None or update.version == self._store.current.update_told:
            return
        with contextlib.suppress(FileError):
            self._store.update(update_told=update.version)
        language = resolved_language(self._store.current.language)
        news = update.news.get(language, update.news.get("en", ""))
        text = self.tr("Shoreline {version} is there.").format(version=update.version)
        page = NoticeAction(self.tr("Show the Page"), lambda: QDesktopServices.openUrl(QUrl(HOMEPAGE)))
        self._notices.show_notice(sentences(text, news), actions=(page,), key="update")


def _text_of(report: Path) -> str:
    try:
        return report.read_text("utf-8-sig", "replace")
    except OSError as error:
        return f"{report}: {reason_for(error)}"
