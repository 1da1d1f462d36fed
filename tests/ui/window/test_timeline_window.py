"""Frames in the whole window: the panel comes when it is asked for, keys and menu work, files and settings keep all."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget, QProgressDialog
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.document import GroupLayer, PaintLayer, current_frame, frames, new_document
from studio.files import open_document
from studio.files.animation.document import DocumentFrames
from studio.files.animation.read import open_frames
from studio.files.pictures.images import Frame
from studio.history import StepKind
from studio.paths import Paths
from tests.ui.shell_fakes import FakePrompts, FakeRunner

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def dock(studio: Studio) -> QDockWidget:
    found = studio.window.findChild(QDockWidget, "dock-timeline")
    assert isinstance(found, QDockWidget)
    return found


def paint(studio: Studio) -> None:
    canvas = studio.window.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, LEFT, NONE, middle)
    QTest.mouseMove(canvas, middle + QPoint(30, 10))
    QTest.mouseRelease(canvas, LEFT, NONE, middle + QPoint(30, 10))


def make_three_frames(studio: Studio) -> None:
    actions = studio.window.actions_by_id
    for action_id in ("timeline.make", "timeline.add", "timeline.add"):
        actions[action_id].trigger()


def test_the_panel_is_hidden_until_it_is_asked_for(studio: Studio) -> None:
    assert not dock(studio).isVisible()
    toggle = dock(studio).toggleViewAction()
    toggle.trigger()
    assert dock(studio).isVisible()
    assert studio.window.docks.timeline.make_button.isVisible()
    toggle.trigger()
    assert not dock(studio).isVisible()


def test_making_a_timeline_shows_the_panel(studio: Studio) -> None:
    studio.window.actions_by_id["timeline.make"].trigger()
    assert dock(studio).isVisible()
    assert [frame.name for frame in frames(studio.session.document)] == ["Layer 1"]
    assert not studio.window.actions_by_id["timeline.make"].isEnabled()


def test_frame_by_frame_by_keys_from_the_canvas(studio: Studio, qtbot: QtBot) -> None:
    canvas = studio.window.canvas
    studio.window.activateWindow()
    studio.window.actions_by_id["timeline.make"].trigger()
    canvas.setFocus()
    paint(studio)
    for key in (Qt.Key.Key_N, Qt.Key.Key_N):
        QTest.keyClick(canvas, key)
        paint(studio)
    session = studio.session
    assert [step.kind.label for step in session.history.steps[1:]] == [
        "Make timeline",
        "Brush stroke",
        "New frame",
        "Brush stroke",
        "New frame",
        "Brush stroke",
    ]
    assert all(isinstance(frame, PaintLayer) and frame.raster.tiles for frame in frames(session.document))
    QTest.keyClick(canvas, Qt.Key.Key_Comma)
    assert current_frame(session.document) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Period)
    QTest.keyClick(canvas, Qt.Key.Key_Period)
    assert current_frame(session.document) == 0
    QTest.keyClick(canvas, Qt.Key.Key_O)
    assert studio.window.actions_by_id["timeline.onion_skin"].isChecked()


def test_painting_stops_the_player_and_goes_to_the_shown_frame(studio: Studio, qtbot: QtBot) -> None:
    make_three_frames(studio)
    canvas, player = studio.window.canvas, studio.window.docks.player
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_P)
    assert player.is_playing
    qtbot.waitUntil(lambda: player.is_ready)
    paint(studio)
    assert not player.is_playing
    frame = frames(studio.session.document)[2]
    assert isinstance(frame, PaintLayer)
    assert frame.raster.tiles


def test_moving_the_view_does_not_stop_the_player(studio: Studio) -> None:
    make_three_frames(studio)
    canvas, player = studio.window.canvas, studio.window.docks.player
    player.play()
    canvas.set_tool("pan")
    paint(studio)
    canvas.zoom_in()
    assert player.is_playing
    player.stop()


def test_a_generated_picture_lands_in_the_frame(studio: Studio, qtbot: QtBot) -> None:
    make_three_frames(studio)
    studio.session.show_frame(1)
    studio.window.docks.generate.prompt.prompt.setPlainText("a boat")
    studio.window.docks.generate.generate()
    qtbot.waitUntil(lambda: any(job.is_over for job in studio.session.queue.jobs))
    frame = frames(studio.session.document)[1]
    assert isinstance(frame, GroupLayer)
    assert len(frame.children) == 2
    assert current_frame(studio.session.document) == 1


def test_frames_are_saved_and_a_file_with_frames_brings_the_panel(
    studio: Studio, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    make_three_frames(studio)
    prompts.save_as = tmp_path / "walk.ora"
    studio.window.actions_by_id["file.save_as"].trigger()
    qtbot.waitUntil(lambda: prompts.save_as is not None and prompts.save_as.exists() and not studio.session.is_modified)
    studio.session.show_frame(0)
    assert not studio.window.isWindowModified()
    studio.session.open_document(new_document(64, 64), StepKind("test", "New picture"))
    dock(studio).hide()
    opened = open_document(tmp_path / "walk.ora")
    studio.session.open_document(opened.document, StepKind("test", "Open"))
    assert dock(studio).isVisible()
    assert len(frames(studio.session.document)) == 3
    assert current_frame(studio.session.document) == 2


def test_the_onion_skin_is_remembered(studio: Studio, paths: Paths, qtbot: QtBot) -> None:
    make_three_frames(studio)
    studio.window.actions_by_id["timeline.onion_skin"].trigger()
    studio.window.docks.timeline.onion_menu.after.setValue(4)
    studio.window.remembered.save()
    again = build(paths, make_runner=FakeRunner)
    try:
        settings = again.window.docks.timeline.onion_skin()
        assert (settings.enabled, settings.after) == (True, 4)
        assert again.window.actions_by_id["timeline.onion_skin"].isChecked()
    finally:
        again.runner.load()
        assert again.shut_down(20)
        again.window.recovery.close()
        again.window.deleteLater()


def test_the_animation_is_exported_from_the_menu(
    studio: Studio, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    export = studio.window.actions_by_id["timeline.export"]
    assert not export.isEnabled()
    make_three_frames(studio)
    paint(studio)
    before = studio.session.document
    prompts.save_as = tmp_path / "walk.gif"
    export.trigger()
    qtbot.waitUntil(
        lambda: any("walk.gif is written" in text for text in studio.window.notices.texts()), timeout=20_000
    )
    assert prompts.suggestions[-1].name == "Untitled.gif"
    written = open_frames(tmp_path / "walk.gif")
    assert (written.count, written.size) == (3, (before.width, before.height))
    assert studio.session.document is before
    assert studio.session.path is None


def test_an_export_that_fails_says_why_and_leaves_the_picture(
    studio: Studio, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    make_three_frames(studio)
    before = studio.session.document
    prompts.save_as = tmp_path / "nowhere" / "walk.mp4"
    studio.window.actions_by_id["timeline.export"].trigger()
    qtbot.waitUntil(lambda: any("does not exist" in text for text in studio.window.notices.texts()), timeout=20_000)
    assert studio.session.document is before
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_cancelled_export_leaves_no_file(
    studio: Studio, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_three_frames(studio)
    prompts.save_as = tmp_path / "walk.gif"
    started, release = threading.Event(), threading.Event()
    frame = DocumentFrames.frame

    def slow(self: DocumentFrames, index: int) -> Frame:
        started.set()
        release.wait(20)
        return frame(self, index)

    monkeypatch.setattr(DocumentFrames, "frame", slow)
    studio.window.actions_by_id["timeline.export"].trigger()
    assert started.wait(20)
    dialog = studio.window.findChild(QProgressDialog)
    assert dialog is not None
    dialog.canceled.emit()
    release.set()
    qtbot.waitUntil(lambda: studio.window.findChild(QProgressDialog) is None, timeout=20_000)
    assert list(tmp_path.glob("walk*")) == []
