"""A program for tests: a window where no engine can be imported, and every command of it tried once.

``python -S -m tests.installation.every_command FOLDER`` prints one JSON object: ``tried``, the commands; ``raised``,
what went wrong by the command that was under way; ``said``, notices and texts of dialogs by command.
"""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPushButton

from studio.api import FilterSpec
from studio.app import Studio, build, make_application
from studio.paths import Paths, default_paths
from studio.settings import SettingsStore
from studio.system.parts import NEEDED, OPTIONAL
from studio.ui.background.background import Background
from studio.ui.widgets.notice_bar import NoticeBar
from tests.ui.dialogs import every_dialog
from tests.ui.shell_fakes import FakePrompts

WAIT_SECONDS = 20.0
CLOSES_THE_WINDOW = "file.quit"
FILM = "frames.mp4"


class Witness(logging.Handler):
    """Notes what was said and what went wrong during each command."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.command = "start"
        self.tried: list[str] = []
        self.raised: dict[str, str] = {}
        self.said: dict[str, list[str]] = {}

    def watch(self) -> None:
        logging.getLogger().addHandler(self)
        sys.excepthook = self._uncaught
        threading.excepthook = lambda hooked: self._uncaught(hooked.exc_type, hooked.exc_value, hooked.exc_traceback)

    def begin(self, command: str) -> None:
        self.command = command
        self.tried.append(command)

    def say(self, text: str) -> None:
        if text:
            self.said.setdefault(self.command, []).append(text)

    def emit(self, record: logging.LogRecord) -> None:
        self.say(record.getMessage() + (f": {record.exc_info[1]}" if record.exc_info else ""))

    def _uncaught(self, *error: object) -> None:
        self.raised[self.command] = "".join(traceback.format_exception(*error))  # type: ignore[arg-type]
        sys.stderr.write(self.raised[self.command])


class Person:
    """Tries commands one after another, confirms every dialog and reads every notice."""

    def __init__(self, studio: Studio, prompts: FakePrompts, witness: Witness, folder: Path) -> None:
        self._studio = studio
        self._prompts = prompts
        self._witness = witness
        self._folder = folder

    def use_everything(self) -> None:
        """Every action of the menus, then each thing that has a control of its own."""
        for name in [name for name in self._studio.window.actions_by_id if name != CLOSES_THE_WINDOW]:
            self.do(name, self._studio.window.actions_by_id[name].trigger)
        self.do("new picture", self._studio.window.actions_by_id["file.new"].trigger)
        for name in self._studio.catalogue.specs(FilterSpec):
            self.do(f"filter {name}", lambda name=name: self._studio.window.filters.ask(name))
        for name in self._studio.catalogue.tools():
            self.do(f"generate {name}", lambda name=name: self._generate(name))
        self._animate()
        self.do("open a film", lambda: self._open(FILM))

    def do(self, name: str, act: Callable[[], object]) -> None:
        """One command, until all that it started has ended."""
        self._witness.begin(name)
        act()
        self._settle()
        while dialogs := every_dialog._dialogs():
            self._read(dialogs[-1])
            self._confirm(dialogs[-1])
            self._settle()
        for bar in self._bars():
            for notice in list(bar.notices()):
                notice.closed.click()

    def _generate(self, tool: str) -> None:
        panel = self._studio.window.docks.generate
        panel.prompt.prompt.setPlainText("a beach")
        every_dialog.with_mask(self._studio)
        panel.tool.set_value(tool)
        panel.generate()
        self._settle()
        panel.notice.clear()

    def _animate(self) -> None:
        """Frames of a timeline as a film, and an animation project that is to be rendered."""
        actions = self._studio.window.actions_by_id
        self.do("make a timeline", actions["timeline.make"].trigger)
        for name in [name for name in actions if name.startswith("timeline.") and name != "timeline.remove"]:
            self.do(f"{name} with frames", actions[name].trigger)
        self._prompts.save_as = self._folder / FILM
        self.do("film", actions["timeline.export"].trigger)
        window = self._studio.window.projects.show()
        self.do("example project", window.empty.buttons["example"].click)
        strip = window.strip
        self.do("render", strip.render_button.click)
        for button in (strip.timeline_button, strip.picture_button, strip.export_button):
            self.do(f"project: {button.text()}", button.click)

    def _open(self, name: str) -> None:
        (self._folder / name).write_bytes(b"\0\0\0\x20ftypisom")
        self._studio.window.opening.open(self._folder / name)

    def _settle(self) -> None:
        limit = time.monotonic() + WAIT_SECONDS
        for _ in range(3):
            QCoreApplication.processEvents()
            while self._is_busy() and time.monotonic() < limit:
                QCoreApplication.processEvents()
                time.sleep(0.002)
        for bar in self._bars():
            for text in bar.texts():
                self._witness.say(text)
        self._witness.say(self._studio.window.docks.generate.notice.text())

    def _is_busy(self) -> bool:
        tasks = [self._studio.tasks, *self._studio.window.findChildren(Background)]
        return self._studio.worker.is_busy or any(each.is_busy for each in tasks)

    def _bars(self) -> list[NoticeBar]:
        return [bar for window in QApplication.topLevelWidgets() for bar in window.findChildren(NoticeBar)]

    def _read(self, dialog: QDialog) -> None:
        for label in (*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton)):
            if label.isVisible():
                self._witness.say(label.text())

    def _confirm(self, dialog: QDialog) -> None:
        (box, *_) = [*dialog.findChildren(QDialogButtonBox), None]
        button = None if box is None else box.button(QDialogButtonBox.StandardButton.Ok)
        if button is not None and button.isEnabled():
            button.click()
        if dialog.isVisible():
            dialog.reject()


def main(folder: Path) -> int:
    there = [name for name in (*NEEDED, *OPTIONAL) if importlib.util.find_spec(name) is not None]
    assert not there, f"an engine is there: {there}"
    witness = Witness()
    witness.watch()
    paths = Paths(
        resources=default_paths().resources,
        plugins=default_paths().plugins,
        config=folder / "config",
        data=folder / "data",
        cache=folder / "cache",
    )
    make_application()
    prompts = FakePrompts(save_as=folder / "saved.ora")
    studio = build(paths, SettingsStore(paths.config / "settings.json"), prompts=prompts)
    studio.window.show()
    studio.start()
    studio.runner.join(WAIT_SECONDS)
    Person(studio, prompts, witness, folder).use_everything()
    print(json.dumps({"tried": witness.tried, "raised": witness.raised, "said": witness.said}), flush=True)
    studio.shut_down(WAIT_SECONDS)
    os._exit(0)  # Qt's widgets have no order to end in without an event loop


if __name__ == "__main__":
    main(Path(sys.argv[1]))
