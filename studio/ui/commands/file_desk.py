"""What opening and saving share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.errors import FileError
from studio.session import Session
from studio.settings import SettingsStore
from studio.ui.background.background import Background
from studio.ui.background.catalogue import Catalogue
from studio.ui.dialogs.prompts import Prompts
from studio.ui.widgets.notice_bar import NoticeBar


class RecentFiles(QObject):
    """The list of recent files in the settings. Signal: ``changed()``."""

    changed = Signal()

    def __init__(self, store: SettingsStore, notices: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._notices = notices

    def paths(self) -> list[Path]:
        """The newest first."""
        return [Path(name) for name in self._store.current.recent_files]

    def add(self, path: Path) -> None:
        self._save(self._store.current.with_recent(path).recent_files)

    def remove(self, path: Path) -> None:
        self._save(tuple(name for name in self._store.current.recent_files if name != str(path)))

    def clear(self) -> None:
        self._save(())

    def folder(self, current: Path | None) -> Path:
        """Where the last file was, else the home folder."""
        places = (current, *self.paths())
        return next((path.parent for path in places if path is not None and path.parent.is_dir()), Path.home())

    def _save(self, recent: tuple[str, ...]) -> None:
        try:
            self._store.update(recent_files=recent)
        except FileError as error:
            self._notices.show_error(error, key="settings-file")
        self.changed.emit()


@dataclass(frozen=True, kw_only=True)
class FileDesk:
    """The parts that opening and saving work with. ``window`` owns their dialogs.

    ``finish_stroke`` makes a stroke that is still being drawn part of the picture.
    """

    session: Session
    store: SettingsStore
    catalogue: Catalogue
    tasks: Background
    notices: NoticeBar
    prompts: Prompts
    recent: RecentFiles
    window: QWidget
    finish_stroke: Callable[[], object]
