"""After every command of the window, those of tomorrow too, the canvas on the screen is as a full repaint shows it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from studio.app import Studio
from tests.screen_eyes import assert_screen_is_as_repainted
from tests.ui.shell_fakes import FakePrompts, FakeRunner
from tests.ui.window.test_commands import DRAWING, LIVE, OVER, WAITING, Trial

LEAVING = ("file.close", "view.full_screen")
"""The canvas that is left is another, or of another size than the window that the test looks at."""


@pytest.mark.slow
def test_after_every_command_the_screen_is_as_repainted(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, runner: FakeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(seen.append(url)) or True)
    trial = Trial(studio, prompts, seen)
    studio.window.canvas._context._marching.timeout.disconnect()  # dashes that move are never the same twice
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a beach", tool="text_to_image"))
    stale: list[str] = []
    left_out = {*OVER, *DRAWING, *LIVE, *WAITING, *LEAVING}
    for command in studio.window.actions_by_id.commands:
        if command.id in left_out or not trial.set_scene(command):
            continue
        studio.window.canvas.rotate_view(-45.0)
        studio.window.actions_by_id[command.id].trigger()
        qtbot.wait(1)
        trial.tidy()
        try:
            assert_screen_is_as_repainted(studio.window.canvas, command.id)
        except AssertionError as error:
            stale.append(str(error))
    assert stale == []
