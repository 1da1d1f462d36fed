"""The window of animation projects: keyframes by mouse and keys, formulas, files, rendering, the timeline."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.animation import Expression
from studio.app import Studio
from studio.document import current_frame, frames
from studio.editing.animation import KeyPlace, changed, edits, key_value, keys_of
from studio.files.animation.project import read_project
from studio.files.disk.file_lock import FileLock
from studio.paths import Paths, default_paths
from studio.session import same_picture
from studio.ui.animation.frame_ruler import numbers_in_sight
from studio.ui.animation.lanes import TimeScale
from studio.ui.animation.project_window import ProjectWindow
from studio.ui.dialogs.prompts import SaveChoice
from tests.ui.shell_fakes import FakePrompts, FakeRunner

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
EXAMPLE = default_paths().resources / "examples" / "animation.toml"

SMALL = """
mode = "feedback"
frames = 5
fps = 8
width = 64
height = 64
steps = 4
prompt = [{ frame = 0, text = "noon" }, { frame = 4, text = "night" }]
strength = [{ frame = 0, value = 0.2 }, { frame = 2, value = 0.6 }, { frame = 4, value = 0.4 }]

[keyframes]
zoom = 1.02

[export]
ping_pong = true
"""


@dataclass
class Animator:
    """A person at the window of a small project."""

    studio: Studio
    window: ProjectWindow
    qtbot: QtBot
    path: Path

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def values(self, track: str) -> dict[int, object]:
        (found,) = (each for each in self.window.tracks.tracks() if each.id == track)
        return {key.frame: key_value(key) for key in keys_of(self.project, found)}

    @property
    def project(self):
        project = self.window.editor.project
        assert project is not None
        return project

    @property
    def view(self) -> QWidget:
        return self.window.tracks.view

    def choose(self, track: str) -> None:
        """Click the track's name."""
        QTest.mouseClick(self.window.tracks.rows[track].name, LEFT)
        QTest.mouseClick(self.window.tracks.rows[track], LEFT, pos=QPoint(60, 4))

    def place(self, track: str, frame: int) -> QPoint:
        return self.view.place_of(KeyPlace(track, frame))

    def empty_place(self, track: str, frame: int) -> QPoint:
        (lane,) = (lane for lane in self.view.lanes if lane.track.id == track)
        return QPoint(round(self.view.scale.x(frame)), lane.bottom - 6)

    def drag(self, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(self.view, LEFT, NO_KEYS, start)
        QTest.mouseMove(self.view, (start + end) / 2)
        QTest.mouseMove(self.view, end)
        QTest.mouseRelease(self.view, LEFT, NO_KEYS, end)

    def double_click(self, place: QPoint) -> None:
        """As a mouse does it: a click, then the event of a double click."""
        QTest.mouseClick(self.view, LEFT, NO_KEYS, place)
        QTest.mouseDClick(self.view, LEFT, NO_KEYS, place)

    def type_value(self, track: str, text: str) -> None:
        field = self.window.tracks.rows[track].field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def open(self, path: Path) -> None:
        before = self.window.editor.project
        self.studio.window.projects.open(path)
        self.wait(lambda: self.window.editor.project is not before)

    def render(self) -> None:
        self.wait(self.window.strip.render_button.isEnabled)
        QTest.mouseClick(self.window.strip.render_button, LEFT)
        self.wait(lambda: not self.window.rendering.is_running)


@pytest.fixture
def animator(studio: Studio, qtbot: QtBot, tmp_path: Path) -> Animator:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, "utf-8")
    window = studio.window.projects.show()
    qtbot.waitExposed(window)
    person = Animator(studio, window, qtbot, path)
    person.open(path)
    return person


def test_the_menu_brings_a_window_that_says_what_to_do_first(studio: Studio, qtbot: QtBot) -> None:
    studio.window.actions_by_id["animation.project"].trigger()
    window = studio.window.projects.window()
    assert window.isVisible()
    assert window.pages.currentIndex() == 0
    assert not window.actions_by_id["keyframes/project.save"].isEnabled()
    QTest.mouseClick(window.empty.buttons["example"], LEFT)
    qtbot.waitUntil(lambda: window.editor.project is not None)
    assert window.editor.project == read_project(EXAMPLE).project
    assert (window.editor.path, window.editor.is_modified) == (None, False)
    assert list(window.tracks.rows) == ["prompt", "negative_prompt", "seed", "guidance_scale", "strength"]
    assert window.pages.currentIndex() == 1


def test_a_new_project_starts_with_what_the_generate_panel_asks_for(studio: Studio) -> None:
    studio.window.docks.generate.prompt.prompt.setPlainText("a harbour")
    window = studio.window.projects.show()
    QTest.mouseClick(window.empty.buttons["new"], LEFT)
    project = window.editor.project
    assert project is not None
    assert project.prompt[0].text == "a harbour"
    settings = studio.window.docks.generate.settings()
    assert (project.model, project.steps, project.width) == (settings.model, settings.steps, settings.width)


def test_a_keyframe_is_dragged_in_time_and_value(animator: Animator) -> None:
    animator.choose("strength")
    start = animator.place("strength", 2)
    step = animator.view.scale.step
    animator.drag(start, start + QPoint(round(step), -20))
    moved = animator.values("strength")
    assert list(moved) == [0, 3, 4]
    assert moved[3] > 0.6
    assert animator.window.isWindowModified()
    animator.window.actions_by_id["keyframes/edit.undo"].trigger()
    assert animator.values("strength") == {0: 0.2, 2: 0.6, 4: 0.4}, "one drag is one step"
    animator.window.actions_by_id["keyframes/edit.redo"].trigger()
    assert animator.values("strength") == moved


def test_escape_drops_a_drag_and_a_keyframe_stays_off_the_others(animator: Animator) -> None:
    animator.choose("strength")
    start = animator.place("strength", 2)
    QTest.mousePress(animator.view, LEFT, NO_KEYS, start)
    QTest.mouseMove(animator.view, start + QPoint(70, 30))
    QTest.mouseMove(animator.view, start + QPoint(140, 30))
    QTest.keyClick(animator.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(animator.view, LEFT, NO_KEYS, start + QPoint(140, 30))
    assert animator.values("strength") == {0: 0.2, 2: 0.6, 4: 0.4}
    animator.drag(start, start + QPoint(round(2 * animator.view.scale.step), 0))
    assert list(animator.values("strength")) == [0, 3, 4]


def test_keyframes_are_added_deleted_and_stepped_through_with_mouse_and_keys(animator: Animator) -> None:
    animator.choose("strength")
    animator.double_click(animator.empty_place("strength", 1))
    added = animator.values("strength")
    assert list(added) == [0, 1, 2, 4]
    assert added[1] < 0.2, "at the value that was clicked"
    QTest.keyClick(animator.view, Qt.Key.Key_Delete)
    assert list(animator.values("strength")) == [0, 2, 4]
    animator.window.tracks.go_to(3)
    QTest.keyClick(animator.view, Qt.Key.Key_K)
    assert animator.values("strength")[3] == pytest.approx(0.5)
    QTest.keyClick(animator.view, Qt.Key.Key_Up, ALT)
    assert animator.values("strength")[3] == pytest.approx(0.51)
    QTest.keyClick(animator.view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert animator.window.tracks.playhead == 2
    QTest.keyClick(animator.view, Qt.Key.Key_Left, ALT)
    assert list(animator.values("strength")) == [0, 1, 3, 4]
    QTest.keyClick(animator.view, Qt.Key.Key_Up)
    assert animator.window.tracks.track == "guidance_scale"


def test_a_menu_chooses_the_interpolation(animator: Animator) -> None:
    animator.choose("strength")
    QTest.mouseClick(animator.view, LEFT, NO_KEYS, animator.place("strength", 0))
    menu = animator.view.menu_for(KeyPlace("strength", 0), 0)
    assert [action.iconText() for action in menu.actions()][:4] == ["Step", "Linear", "Cubic", "Ease"]
    assert menu.actions()[1].isChecked()
    menu.actions()[3].trigger()
    menu.deleteLater()
    assert [key.interpolation for key in animator.project.strength] == ["ease", "linear", "linear"]
    one_value = animator.view.menu_for(None, 2)
    one_value.actions()[1].trigger()
    one_value.deleteLater()
    assert animator.values("strength") == {0: 0.6}


def test_a_formula_is_typed_and_drawn_and_a_bad_one_stays_to_be_mended(animator: Animator) -> None:
    animator.type_value("keyframes.zoom", "1 + 0.1*sin(4*pi*t)")
    assert animator.values("keyframes.zoom") == {0: Expression("1 + 0.1*sin(4*pi*t)")}
    (lane,) = (lane for lane in animator.view.lanes if lane.track.id == "keyframes.zoom")
    assert lane.low < 0.95 < 1.05 < lane.high, "the lane holds the whole curve"
    before = animator.project
    row = animator.window.tracks.rows["keyframes.zoom"]
    for bad, said in (("1 + swing(t)", "swing"), ("__import__('os')", "__import__"), ("1 +", "column"), ("7", "2")):
        animator.type_value("keyframes.zoom", bad)
        assert animator.project is before
        assert row.field.text() == bad
        assert said in row.hint.text()
        assert row.field.property("invalid")
    QTest.keyClick(row.field, Qt.Key.Key_Escape)
    assert row.field.text() == "1 + 0.1*sin(4*pi*t)"
    assert not row.field.property("invalid")
    animator.type_value("keyframes.zoom", "f")
    assert "frame 1" in row.hint.text(), "a formula may leave the range only when it is drawn"
    assert row.field.property("invalid")


def test_prompts_are_written_at_their_keyframes(animator: Animator) -> None:
    animator.double_click(animator.empty_place("prompt", 2))
    field = animator.view.focusWidget()
    field.selectAll()
    QTest.keyClicks(field, "dusk")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert animator.values("prompt") == {0: "noon", 2: "dusk", 4: "night"}
    animator.drag(animator.place("prompt", 2), animator.place("prompt", 2) + QPoint(round(animator.view.scale.step), 0))
    assert animator.values("prompt") == {0: "noon", 3: "dusk", 4: "night"}
    animator.window.tracks.go_to(3)
    animator.type_value("prompt", "rain")
    assert animator.values("prompt")[3] == "rain"


def test_a_formula_at_a_keyframe_that_cannot_be_waits_in_its_field(animator: Animator) -> None:
    animator.choose("strength")
    QTest.mouseClick(animator.view, LEFT, NO_KEYS, animator.place("strength", 2))
    QTest.keyClick(animator.view, Qt.Key.Key_Return)
    field = animator.view.focusWidget()
    field.selectAll()
    QTest.keyClicks(field, "0.1*swing(f)")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert any("swing" in text for text in animator.window.notices.texts())
    QTest.mouseClick(animator.view, LEFT, NO_KEYS, animator.empty_place("strength", 1))
    assert (field.isVisible(), field.text()) == (True, "0.1*swing(f)")
    field.selectAll()
    QTest.keyClicks(field, "0.1*f")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert animator.values("strength") == {0: 0.2, 2: Expression("0.1*f"), 4: 0.4}


def test_the_wheel_zooms_about_the_mouse_and_keyframes_are_framed(animator: Animator) -> None:
    step = animator.view.scale.step
    at = animator.view.scale.x(2)
    animator.window.tracks.zoom(3.0, at)
    assert animator.view.scale.step == pytest.approx(3 * step, rel=0.01)
    assert animator.view.scale.x(2) == pytest.approx(at, abs=1.5)
    assert animator.window.tracks.scroll_bar.isVisible()
    animator.window.tracks.zoom(0.01, at)
    assert animator.view.scale.step == pytest.approx(step)
    animator.choose("strength")
    (lane,) = (lane for lane in animator.view.lanes if lane.track.id == "strength")
    start = QPoint(round(animator.view.scale.x(0.5)), lane.top + 2)
    animator.drag(start, QPoint(round(animator.view.scale.x(4.05)), lane.bottom - 2))
    assert animator.view.chosen == {KeyPlace("strength", 2), KeyPlace("strength", 4)}
    QTest.keyClick(animator.view, Qt.Key.Key_Left, ALT)
    assert list(animator.values("strength")) == [0, 1, 3]


def test_the_form_changes_mode_length_and_parameters_and_can_be_undone(animator: Animator) -> None:
    form, editor = animator.window.form, animator.window.editor
    form.parameters.widget_of("cadence").set_value(2)
    assert animator.project.parameters == {"cadence": 2}
    form.mode.set_value("latent_walk")
    form.mode.value_changed.emit("latent_walk")
    assert (animator.project.keyframes, animator.project.parameters) == ({}, {})
    assert "keyframes.zoom" not in animator.window.tracks.rows
    form.mode.set_value("feedback")
    form.mode.value_changed.emit("feedback")
    assert animator.project.parameters == {"cadence": 2}, "another mode and back loses nothing"
    assert animator.values("keyframes.zoom") == {0: 1.02}
    form.frames.setValue(3)
    assert animator.values("prompt") == {0: "noon", 2: "night"}
    editor.undo()
    assert (form.frames.value(), animator.values("prompt")) == (5, {0: "noon", 4: "night"})
    form.background.setText("blue")
    form.background.editingFinished.emit()
    assert "colour" in form.notice.text()
    assert animator.project.export.background == ""


def test_saving_opening_and_unsaved_changes(animator: Animator, prompts: FakePrompts, tmp_path: Path) -> None:
    window = animator.window
    animator.type_value("strength", "0.3")
    prompts.save_as = tmp_path / "other" / "copy.toml"
    window.actions_by_id["keyframes/project.save_as"].trigger()
    animator.wait(lambda: bool(window.notices.texts()))
    assert "copy.toml" in window.notices.texts()[0], "there is no such folder"
    assert window.editor.is_modified
    prompts.save_as = tmp_path / "copy.toml"
    window.actions_by_id["keyframes/project.save_as"].trigger()
    animator.wait(lambda: not window.editor.is_modified)
    assert read_project(tmp_path / "copy.toml").project == animator.project
    assert read_project(animator.path).project.strength[0].value == 0.2, "the old file is as it was"
    animator.type_value("strength", "0.35")
    prompts.changes = SaveChoice.CANCEL
    asked = len(prompts.asked)
    animator.studio.window.close()
    assert prompts.asked[asked:] == ["changes"], "quitting asks about the project"
    assert animator.studio.window.isVisible()
    prompts.changes = SaveChoice.SAVE
    prompts.files = [EXAMPLE]
    window.actions_by_id["keyframes/project.open"].trigger()
    animator.wait(lambda: window.editor.path == EXAMPLE)
    assert read_project(tmp_path / "copy.toml").project.strength[0].value == 0.35


def test_a_file_that_is_no_project_is_refused_and_the_open_one_stays(animator: Animator, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(SMALL.replace("frames = 5", "frames = 0"), "utf-8")
    before = animator.project
    animator.window.files.open(bad)
    animator.wait(lambda: bool(animator.window.notices.texts()))
    assert "bad.toml: frames cannot be 0" in animator.window.notices.texts()[0]
    assert animator.project is before


def test_frames_are_rendered_on_the_worker_and_go_to_the_timeline_in_one_step(
    animator: Animator, runner: FakeRunner
) -> None:
    window, session = animator.window, animator.studio.session
    before = session.document
    assert not window.strip.timeline_button.isEnabled()
    animator.render()
    assert runner.threads
    assert set(runner.threads) == {"shoreline-worker"} or "MainThread" not in runner.threads
    animator.wait(window.strip.timeline_button.isEnabled)
    animator.wait(lambda: not window.preview.image.isNull())
    assert window.preview.image.width() == 64
    steps = len(session.history.steps)
    QTest.mouseClick(window.strip.timeline_button, LEFT)
    animator.wait(lambda: len(frames(session.document)) == 5)
    assert len(session.history.steps) == steps + 1
    assert session.document.timeline.fps == 8
    assert session.document.timeline.loop.value == "ping-pong"
    assert animator.studio.window.docks.timeline.isVisible()
    window.tracks.ruler.playhead_moved.emit(3)
    assert current_frame(session.document) == 3, "the playhead is shared"
    session.show_frame(1)
    assert window.tracks.playhead == 1
    session.undo()
    assert same_picture(session.document, before)


def test_the_frames_become_a_new_picture_or_a_file(animator: Animator, prompts: FakePrompts, tmp_path: Path) -> None:
    window, session = animator.window, animator.studio.session
    animator.render()
    animator.wait(window.strip.picture_button.isEnabled)
    prompts.save_as = tmp_path / "small.gif"
    QTest.mouseClick(window.strip.export_button, LEFT)
    animator.wait(lambda: bool(window.notices.texts()))
    with Image.open(tmp_path / "small.gif") as film:
        assert (film.size, film.n_frames) == ((64, 64), 8), "there and back, as the project says"
    QTest.mouseClick(window.strip.picture_button, LEFT)
    animator.wait(lambda: session.document.width == 64)
    assert len(frames(session.document)) == 5
    assert session.is_modified


def test_a_cancel_keeps_what_is_drawn_and_the_next_run_goes_on(animator: Animator, runner: FakeRunner) -> None:
    window = animator.window
    runner.plan = "slow"
    animator.wait(window.strip.render_button.isEnabled)
    QTest.mouseClick(window.strip.render_button, LEFT)
    animator.wait(lambda: window.rendering.render is not None and window.rendering.render.drawn == 2)
    QTest.mouseClick(window.strip.cancel_button, LEFT)
    animator.wait(lambda: not window.rendering.is_running)
    animator.wait(lambda: window.strip.render_button.text() == "Go On")
    assert not window.strip.timeline_button.isEnabled()
    runner.plan = "finish"
    animator.render()
    assert len(runner.frames.jobs) == 3, "two of five were there"
    animator.wait(window.strip.timeline_button.isEnabled)
    animator.type_value("keyframes.zoom", "1.1")
    animator.wait(lambda: window.strip.render_button.text() == "Render")
    window.actions_by_id["keyframes/edit.undo"].trigger()
    animator.wait(window.strip.timeline_button.isEnabled)


def test_a_run_that_cannot_be_says_why(animator: Animator, runner: FakeRunner) -> None:
    window = animator.window
    runner.plan = "raise"
    animator.render()
    assert "The device went away." in window.notices.texts()[0]
    runner.plan = "finish"
    animator.window.tracks.choose_track("guidance_scale")
    animator.type_value("guidance_scale", "20*f")
    animator.render()
    assert any("Frame 4: guidance_scale" in text for text in window.notices.texts())


def test_an_unsaved_project_outlives_a_crash(studio: Studio, qtbot: QtBot, paths: Paths) -> None:
    folder = paths.data / "unsaved-animations"
    folder.mkdir(parents=True)
    left = folder / "4194304999.toml"
    left.write_text(SMALL, "utf-8")
    window = studio.window.projects.show()
    assert any("not saved" in text for text in window.notices.texts())
    (notice,) = window.notices.notices()
    button = next(button for button in notice.findChildren(QPushButton) if button.text() == "Open it")
    QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: window.editor.project is not None)
    assert (window.editor.path, window.editor.is_modified) == (None, True)
    qtbot.waitUntil(lambda: not left.is_file() and len(list(folder.glob("*.toml"))) == 1)
    (own,) = folder.glob("*.toml")
    assert read_project(own).project == window.editor.project
    studio.window.projects.close()
    assert list(folder.iterdir()) == [], "a window that ends as it should leaves nothing"


@pytest.mark.parametrize("is_running", [True, False])
def test_whether_an_unsaved_project_is_offered_depends_on_its_lock_and_not_on_its_number(
    studio: Studio, paths: Paths, is_running: bool
) -> None:
    """The number of a process that is gone may be that of another by now, even of this one."""
    folder = paths.unsaved_animations
    folder.mkdir(parents=True)
    (folder / f"{os.getpid()}.toml").write_text(SMALL, "utf-8")
    lock = FileLock.acquire(folder / f"{os.getpid()}.lock")
    assert lock is not None
    if not is_running:
        lock.release(delete=False)
    shown = studio.window.projects.show().notices.texts()
    assert any("not saved" in text for text in shown) is not is_running
    lock.release()


def test_frames_are_counted_from_one_and_f_from_zero(animator: Animator) -> None:
    window = animator.window
    assert window.tracks.caption.text() == "Frame 1 of 5 · 0.00 s"
    animator.wait(lambda: "Frame 1 is not drawn" in window.preview.text)
    window.tracks.ruler.playhead_moved.emit(4)
    assert window.tracks.caption.text() == "Frame 5 of 5 · 0.50 s"
    assert "Frame 5 is not drawn" in window.preview.text
    animator.type_value("guidance_scale", "1/(4-f)")
    assert "frame 5, where f is 4" in window.tracks.rows["guidance_scale"].hint.text()


@pytest.mark.parametrize(
    ("frames", "width", "numbers"),
    [(5, 400, [1, 2, 3, 4, 5]), (24, 400, [1, 5, 10, 15, 20]), (1, 400, [1]), (40, 900, [1, *range(5, 41, 5)])],
)
def test_the_ruler_numbers_frames_from_one(frames: int, width: int, numbers: list[int]) -> None:
    assert numbers_in_sight(TimeScale(frames, width), width) == numbers


def test_a_ruler_that_is_scrolled_numbers_what_is_in_sight() -> None:
    scale = TimeScale(100, 400, zoom=10.0, offset=1500.0)
    numbers = numbers_in_sight(scale, 400)
    assert all(-scale.step <= scale.x(number - 1) <= 400 + scale.step for number in numbers)
    assert len(numbers) > 3


def test_regions_are_lines_with_tracks_of_their_own(animator: Animator) -> None:
    lines, form = animator.window.form.regions, animator.window.form

    def typed(text: str) -> None:
        lines.setFocus()
        lines.setPlainText(text)
        form.steps.setFocus()
        animator.wait(lambda: not lines.hasFocus())

    typed("left.png=a red cat\nscene.ora#Car = a blue car")
    assert [(region.part, region.prompt) for region in animator.project.regions] == [
        ("left.png", "a red cat"),
        ("scene.ora#Car", "a blue car"),
    ]
    assert animator.values("regions.1.x") == {0: 0.0}
    moved = animator.project.regions[1].model_copy(update={"negative_prompt": "fog"})
    animator.window.editor.apply(edits.SETTINGS, changed(animator.project, regions=[moved]))
    assert lines.toPlainText() == "scene.ora#Car=a blue car"
    typed("scene.ora#Car=a green car")
    assert animator.project.regions == (moved.model_copy(update={"prompt": "a green car"}),)
    typed("#Car=a car")
    assert "name a picture" in form.notice.text()
    assert len(animator.project.regions) == 1
    assert lines.toPlainText() == "#Car=a car", "what was typed can be mended"
    animator.window.editor.undo()
    assert lines.toPlainText() == "scene.ora#Car=a blue car"
