"""What the window remembers from one run to the next: its place and panels, brushes, colour, prompts, settings."""

from __future__ import annotations

import base64
import contextlib
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSize, QTimer
from PySide6.QtWidgets import QMainWindow

from studio.errors import FileError
from studio.generation import GenerationSettings
from studio.settings import AppSettings, SettingsStore
from studio.ui.background.background import Background
from studio.ui.widgets.notice_bar import NoticeBar
from studio.ui.window.docks import Docks
from studio.ui.window.look_desk import LAYOUT_VERSION, LookDesk
from studio.ui.window.plugin_panels import PluginPanels

SETTINGS_DELAY_MS: Final = 1000
"""How long after the first change brushes, colour, prompts and generation settings are written."""


class RememberedWindow(QObject):
    """Writes what panels and window hold to the settings file, a while after each change and at the end."""

    def __init__(
        self,
        store: SettingsStore,
        docks: Docks,
        plugin_panels: PluginPanels,
        notices: NoticeBar,
        window: QMainWindow,
        *,
        looks: LookDesk,
    ) -> None:
        super().__init__(window)
        self._store = store
        self._docks = docks
        self._plugin_panels = plugin_panels
        self._looks = looks
        self._notices = notices
        self._window = window
        self._tasks = Background("settings", self)
        self._timer = QTimer(self, singleShot=True, interval=SETTINGS_DELAY_MS)
        self._timer.timeout.connect(self._save_in_background)
        docks.settings_changed.connect(self._save_soon)
        plugin_panels.settings_changed.connect(self._save_soon)

    def restore(self) -> None:
        """Put window and panels where they were."""
        settings, window = self._store.current, self._window
        self._looks.note_first_layout()
        # A small screen must also hold the desktop's panels and the window's frame.
        window.resize(QSize(1280, 800).boundedTo(window.screen().availableSize() - QSize(16, 48)))
        if settings.window_geometry:
            window.restoreGeometry(_bytes(settings.window_geometry))
        if settings.window_state:
            window.restoreState(_bytes(settings.window_state), LAYOUT_VERSION)
        self._docks.lock(True)
        if self._store.problem:
            self._notices.show_notice(self._store.problem, "warning", key="settings-file")

    def save(self) -> None:
        """Write everything now."""
        self._timer.stop()
        self._take()
        try:
            self._store.save()
        except FileError as error:
            self._not_saved(error)

    def close(self) -> None:
        """Write everything for the last time."""
        self._tasks.close()
        self.save()

    def _save_soon(self) -> None:
        """In a while, also when changes go on and on."""
        if not self._timer.isActive():
            self._timer.start()

    def _save_in_background(self) -> None:
        """A disk may take its time, and a hand may be in the middle of a stroke."""
        self._take()
        self._tasks.run(self._store.save, lambda _nothing: None, self._not_saved)

    def _take(self) -> None:
        self._store.change(
            **self._docks.saved_settings(),
            panel_values=self._plugin_panels.values(),
            window_geometry=_text(self._window.saveGeometry()),
            window_state=_text(self._looks.layout()),
        )

    def _not_saved(self, error: Exception) -> None:
        self._notices.show_error(error, key="settings-file")


def last_generation_settings(settings: AppSettings) -> GenerationSettings:
    """What was last asked of the generator; the defaults where that makes no sense any more."""
    with contextlib.suppress(ValueError):
        return GenerationSettings.read(settings.generation)
    return GenerationSettings()


def _text(data: QByteArray) -> str:
    return base64.b64encode(bytes(data.data())).decode("ascii")


def _bytes(text: str) -> QByteArray:
    with contextlib.suppress(ValueError):
        return QByteArray(base64.b64decode(text))
    return QByteArray()
