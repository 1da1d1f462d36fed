"""The commands of the window of keyframe animations: in its menus, found by its search, with keys to change."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import frames
from studio.ui.animation.project_window import ProjectWindow
from studio.ui.animation.rendered_frames import TO_TIMELINE
from studio.ui.commands.keyframes import keyframe_sections
from studio.ui.widgets.actions import conflicts, effective_shortcuts
from tests.ui.dialogs import every_dialog
from tests.ui.shell_fakes import FakePrompts

PROJECT = """
frames = 3
width = 64
height = 64
steps = 2
prompt = [{ frame = 0, text = "noon" }, { frame = 2, text = "night" }]
guidance_scale = [{ frame = 0, value = 3.0 }, { frame = 2, value = 6.0 }]
"""
COMMANDS = {command.id: command for section in keyframe_sections() for command in section.commands}


@pytest.fixture
def window(studio: Studio, qtbot: QtBot, tmp_path: Path) -> ProjectWindow:
    """The window with a project whose track of guidance is worked on."""
    path = tmp_path / "small.toml"
    path.write_text(PROJECT, "utf-8")
    shown = studio.window.projects.show()
    qtbot.waitExposed(shown)
    shown.files.open(path)
    qtbot.waitUntil(lambda: shown.editor.project is not None)
    shown.tracks.choose_track("guidance_scale")
    return shown


def run(window: ProjectWindow, name: str) -> None:
    window.actions_by_id[f"keyframes/{name}"].trigger()


def can(window: ProjectWindow, name: str) -> bool:
    return window.actions_by_id[f"keyframes/{name}"].isEnabled()


def test_every_command_stands_in_a_menu_and_is_found_there(window: ProjectWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    listed = {action.objectName() for menu in menus for action in menu.actions()}
    assert listed - {""} == set(COMMANDS)
    window.command_search.begin()
    for command in COMMANDS.values():
        window.command_search.field.setText(command.plain_title)
        assert command.id in [found.id for found in window.command_search.results.found[:4]], command.id


def test_keyframes_are_edited_by_commands(window: ProjectWindow) -> None:
    guidance = window.tracks.view
    assert not can(window, "key.delete")
    run(window, "key.choose_all")
    assert len(guidance.chosen) == 2
    run(window, "key.ease")
    assert window.actions_by_id["keyframes/key.ease"].isChecked()
    assert [key.interpolation for key in window.editor.project.guidance_scale] == ["ease", "ease"]
    window.tracks.go_to(1)
    run(window, "key.add")
    assert [key.frame for key in window.editor.project.guidance_scale] == [0, 1, 2]
    run(window, "key.edit")
    assert guidance.findChild(type(window.tracks.rows["seed"].field)) is not None
    run(window, "key.delete")
    assert [key.frame for key in window.editor.project.guidance_scale] == [0, 2]
    run(window, "edit.undo")
    run(window, "edit.redo")
    assert [key.frame for key in window.editor.project.guidance_scale] == [0, 2]
    run(window, "key.one_value")
    assert [key.frame for key in window.editor.project.guidance_scale] == [0]
    assert not can(window, "key.one_value")


def test_frames_are_drawn_played_and_used_by_commands(
    window: ProjectWindow, studio: Studio, prompts: FakePrompts, qtbot: QtBot
) -> None:
    assert window.actions_by_id.obstacle(COMMANDS["keyframes/frames.export"]) == "Not all frames are drawn yet."
    qtbot.waitUntil(lambda: can(window, "frames.render"))
    run(window, "frames.render")
    assert can(window, "frames.cancel")
    assert not can(window, "frames.render")
    run(window, "frames.cancel")
    assert not can(window, "frames.cancel")
    qtbot.waitUntil(lambda: can(window, "frames.render"), timeout=20_000)
    run(window, "frames.render")
    qtbot.waitUntil(lambda: can(window, "frames.to_timeline"), timeout=20_000)
    assert not can(window, "frames.render"), "all are drawn"
    run(window, "frames.play")
    assert window.actions_by_id["keyframes/frames.play"].isChecked()
    run(window, "frames.play")
    assert not window.actions_by_id["keyframes/frames.play"].isChecked()
    run(window, "frames.export")
    assert prompts.asked
    run(window, "frames.as_picture")
    qtbot.waitUntil(lambda: len(frames(studio.session.document)) == 3, timeout=20_000)
    run(window, "frames.to_timeline")
    qtbot.waitUntil(lambda: studio.session.history.steps[-1].is_a(TO_TIMELINE), timeout=20_000)


def test_files_and_help_are_reached_by_commands(
    window: ProjectWindow, studio: Studio, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not can(window, "project.save"), "nothing is unsaved"
    prompts.save_as = tmp_path / "other.toml"
    run(window, "project.save_as")
    qtbot.waitUntil(lambda: window.editor.path == tmp_path / "other.toml")
    run(window, "project.new")
    assert can(window, "project.save")
    run(window, "project.save")
    qtbot.waitUntil(lambda: not can(window, "project.save"))
    before = window.editor.project
    run(window, "project.example")
    qtbot.waitUntil(lambda: window.editor.project is not before)
    run(window, "help.contents")
    assert every_dialog._dialogs()
    every_dialog.close(studio)
    run(window, "help.find")
    assert window.command_search.isVisible()
    run(window, "project.close")
    assert window.isHidden()


def test_keys_of_the_other_window_are_no_conflict_and_those_of_the_same_are() -> None:
    default = effective_shortcuts(COMMANDS.values(), {})
    assert conflicts({**default, "file.save": "Ctrl+S", "edit.undo": "Ctrl+Z"}) == ()
    ((keys, ids),) = conflicts({**default, "keyframes/key.add": "Ctrl+S"})
    assert (keys, set(ids)) == ("Ctrl+S", {"keyframes/key.add", "keyframes/project.save"})
    elsewhere = effective_shortcuts(COMMANDS.values(), {"layer.flatten": "K"})
    assert elsewhere["keyframes/key.add"] == "K", "a painter's K for layers takes nothing from keyframes"


def test_other_keys_are_given_in_the_preferences_and_used_at_once(
    window: ProjectWindow, studio: Studio, qtbot: QtBot
) -> None:
    page = studio.window.services.show_preferences().shortcuts
    page.set_keys("keyframes/key.add", "J")
    assert page.is_valid()
    assert page.tree.findItems("Keyframe animation: Keyframe", Qt.MatchFlag.MatchExactly, 1)
    studio.window.services.apply_changes({"shortcuts": page.changed()})
    every_dialog.close(studio)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.tracks.go_to(1)
    view = window.tracks.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_K)
    assert [key.frame for key in window.editor.project.guidance_scale] == [0, 2]
    QTest.keyClick(view, Qt.Key.Key_J)
    assert [key.frame for key in window.editor.project.guidance_scale] == [0, 1, 2]
    assert window.tracks.rows["prompt"].key_button.toolTip() == "Add a keyframe at this frame (J)"
