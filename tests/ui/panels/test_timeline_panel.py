"""A day with the Timeline panel: make frames, go through them, hold, reorder by drag, copy, play."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from studio.document import (
    Document,
    GroupLayer,
    LoopMode,
    PaintLayer,
    Raster,
    add_layer,
    current_frame,
    filled_mask,
    frames,
    go_to_frame,
    hold_of,
    make_timeline,
    new_document,
    replace_layer,
    set_hold,
    set_loop,
    set_rate,
)
from studio.history import StepKind
from studio.session import Session
from studio.settings import OnionSkinSettings
from studio.ui.canvas.player import Player, composed_frame
from studio.ui.panels.timeline.timeline_panel import TimelinePanel
from tests.fake_worker import FakeWorker
from tests.ui.panels.panel_commands import Commands

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Clock:
    """Time that goes on when the test says so."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def shade(value: int) -> Raster:
    pixels = np.full((96, 128, 4), 255, np.uint8)
    pixels[..., :3] = value
    return Raster.from_array(pixels)


def animation(names: str = "ABCD") -> Document:
    """Frames of one grey each: 10, 20, 30 ..."""
    every = tuple(
        PaintLayer(name=name, id=f"id-{name}", raster=shade(10 * place)) for place, name in enumerate(names, start=1)
    )
    document = add_layer(new_document(128, 96), GroupLayer(name="Frames", id="frames", children=every))
    return go_to_frame(make_timeline(document, ("frames",), name="Frames", frame_name="Frame 1", fps=10), 1)


@pytest.fixture
def session(worker: FakeWorker) -> Session:
    return Session(animation(), worker)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def let_commands_use(panel: TimelinePanel, commands: Commands) -> None:
    session, panels = commands.session, commands.panels
    panels.player = panel.player
    panels.chosen_frames = panel.strip.chosen_ids
    panels.selected_layers = lambda: (session.document.active_id,) if session.document.active_id else ()
    panels.keep_frames = lambda copied: setattr(panels, "copied_frames", copied)
    panels.show_timeline = panel.show
    panels.has_onion_skin = False
    panels.show_onion_skin = panel.show_onion_skin


@pytest.fixture
def frame(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def commands(session: Session, frame: QMainWindow) -> Commands:
    """Those of the window, so that their keys reach the panel."""
    return Commands(session, frame)


@pytest.fixture
def window(
    qtbot: QtBot, session: Session, clock: Clock, frame: QMainWindow, commands: Commands
) -> Iterator[QMainWindow]:
    """A window with the panel and the actions of its menu, kept in step with the session."""
    made = frame
    panel = TimelinePanel(session, Player(session, made, clock=clock), commands.actions, onion_skin=OnionSkinSettings())
    let_commands_use(panel, commands)
    made.setCentralWidget(panel)
    made.resize(900, 160)
    made.show()
    qtbot.waitExposed(made)
    yield made
    panel.player.stop()


@pytest.fixture
def panel(window: QMainWindow) -> TimelinePanel:
    central = window.centralWidget()
    assert isinstance(central, TimelinePanel)
    return central


def names(session: Session) -> str:
    return "".join(frame.name for frame in frames(session.document))


def place(panel: TimelinePanel, row: int) -> QPoint:
    return panel.strip.visualRect(panel.model.index(row)).center()


def click(panel: TimelinePanel, row: int, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(panel.strip.viewport(), LEFT, keys, place(panel, row))


def press(panel: TimelinePanel, name: str) -> None:
    button = panel.findChild(QToolButton, name)
    assert button is not None
    QTest.mouseClick(button, LEFT)


def labels(session: Session) -> list[str]:
    return [step.kind.label for step in session.history.steps[1:]]


# --- looking ------------------------------------------------------------------------------------------


def test_without_frames_one_button_makes_them(panel: TimelinePanel, session: Session) -> None:
    session.open_document(new_document(64, 64), StepKind("test", "New picture"))
    assert panel.make_button.isVisible()
    assert not panel.strip.isVisible()
    QTest.mouseClick(panel.make_button, LEFT)
    assert [frame.name for frame in frames(session.document)] == ["Layer 1"]
    assert panel.strip.isVisible()
    assert labels(session) == ["Make timeline"]
    session.undo()
    assert panel.make_button.isVisible()


def test_a_click_shows_a_frame_without_a_step(panel: TimelinePanel, session: Session) -> None:
    click(panel, 3)
    assert current_frame(session.document) == 3
    assert session.document.active_id == "id-D"
    assert panel.counter.text() == "4 / 4"
    assert labels(session) == []


def test_buttons_go_through_the_frames_and_round(panel: TimelinePanel, session: Session) -> None:
    seen = []
    for name in ("next", "next", "next", "previous", "first", "last", "previous"):
        press(panel, name)
        seen.append(current_frame(session.document))
    assert seen == [2, 3, 0, 3, 0, 3, 2]
    assert labels(session) == []


def test_keys_go_through_the_frames(window: QMainWindow, panel: TimelinePanel, session: Session, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    panel.strip.setFocus()
    QTest.keyClick(panel.strip, Qt.Key.Key_Period)
    assert current_frame(session.document) == 2
    QTest.keyClick(panel.strip, Qt.Key.Key_Comma)
    QTest.keyClick(panel.strip, Qt.Key.Key_Comma)
    assert current_frame(session.document) == 0
    QTest.keyClick(panel.strip, Qt.Key.Key_Right)
    assert current_frame(session.document) == 1
    QTest.keyClick(panel.strip, Qt.Key.Key_N)
    assert len(frames(session.document)) == 5


def test_the_strip_follows_undo_and_the_layers_panel(panel: TimelinePanel, session: Session) -> None:
    session.select_layer("id-C")
    assert panel.strip.currentIndex().row() == 2
    press(panel, "add")
    assert panel.model.rowCount() == 5
    assert panel.strip.currentIndex().row() == 3
    session.undo()
    assert panel.model.rowCount() == 4
    assert panel.strip.currentIndex().row() == 2


def test_thumbnails_come_and_held_frames_are_wider(panel: TimelinePanel, session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(panel._picture(frame) is not None for frame in frames(session.document)))
    picture = panel._picture(frames(session.document)[2])
    assert picture is not None
    assert picture.toImage().pixelColor(20, 20).red() == 30
    before = panel.strip.visualRect(panel.model.index(0)).width()
    session.apply(StepKind("test", "Hold frames"), set_hold(session.document, ("id-A",), 4))
    QApplication.processEvents()
    assert panel.strip.visualRect(panel.model.index(0)).width() > before


def test_a_frame_that_is_a_group_has_a_thumbnail(panel: TimelinePanel, session: Session, qtbot: QtBot) -> None:
    group = GroupLayer(name="G", id="group", children=(PaintLayer(name="in", raster=shade(90)),), visible=False)
    document = replace_layer(session.document, "frames", children=(*frames(session.document), group))
    session.apply(StepKind("test", "New group"), document)
    qtbot.waitUntil(lambda: panel._picture(frames(session.document)[4]) is not None)


# --- editing ------------------------------------------------------------------------------------------


def test_a_range_is_duplicated_reversed_and_deleted(panel: TimelinePanel, session: Session) -> None:
    click(panel, 0)
    click(panel, 2, SHIFT)
    assert panel.strip.chosen_ids() == ("id-A", "id-B", "id-C")
    press(panel, "reverse")
    assert names(session) == "CBAD"
    assert set(panel.strip.chosen_ids()) == {"id-A", "id-B", "id-C"}
    press(panel, "duplicate")
    assert names(session) == "CBACBAD"
    click(panel, 0)
    click(panel, 6, CONTROL)
    press(panel, "delete")
    assert names(session) == "BACBA"
    assert labels(session) == ["Reverse frames", "Duplicate frames", "Delete frames"]
    for expected in ("CBACBAD", "CBAD", "ABCD"):
        session.undo()
        assert names(session) == expected


def test_with_one_frame_selected_all_are_reversed(panel: TimelinePanel, session: Session) -> None:
    press(panel, "reverse")
    assert names(session) == "DCBA"
    assert current_frame(session.document) == 2


def test_copy_cut_paste_and_delete_by_keys(panel: TimelinePanel, session: Session) -> None:
    strip = panel.strip
    strip.setFocus()
    click(panel, 0)
    QTest.keyClick(strip, Qt.Key.Key_C, CONTROL)
    click(panel, 3)
    QTest.keyClick(strip, Qt.Key.Key_V, CONTROL)
    assert names(session) == "ABCDA"
    click(panel, 1)
    QTest.keyClick(strip, Qt.Key.Key_X, CONTROL)
    assert names(session) == "ACDA"
    QTest.keyClick(strip, Qt.Key.Key_V, CONTROL)
    assert names(session) == "ACBDA"
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert names(session) == "ACDA"
    QTest.keyClick(strip, Qt.Key.Key_A, CONTROL)
    assert len(strip.chosen_ids()) == 4
    assert labels(session) == ["Paste frames", "Cut frames", "Paste frames", "Delete frames"]


def test_copied_frames_can_be_pasted_into_another_picture(panel: TimelinePanel, session: Session) -> None:
    panel._actions["timeline.copy"].trigger()
    session.open_document(animation("XY"), StepKind("test", "Open"))
    assert panel._actions["timeline.paste"].isEnabled()
    panel._actions["timeline.paste"].trigger()
    assert names(session) == "XYB"


def test_a_locked_frame_is_not_deleted_and_the_reason_is_said(
    panel: TimelinePanel, session: Session, commands: Commands
) -> None:
    session.apply(StepKind("test", "Lock layer"), replace_layer(session.document, "id-B", locked=True))
    press(panel, "delete")
    assert "locked" in commands.refused[0]
    assert names(session) == "ABCD"


def test_dragging_puts_frames_in_another_order(panel: TimelinePanel, session: Session) -> None:
    click(panel, 0)
    click(panel, 1, CONTROL)
    drop(panel, [0, 1], 3, right_half=True)
    assert names(session) == "CDAB"
    assert labels(session) == ["Move frames"]
    assert set(panel.strip.chosen_ids()) == {"id-A", "id-B"}
    drop(panel, [3], 0, right_half=False)
    assert names(session) == "BCDA"


def drop(panel: TimelinePanel, rows: list[int], target: int, *, right_half: bool) -> None:
    """Drop frames beside another one, with the events of a real drag."""
    data = panel.model.mimeData([panel.model.index(row) for row in rows])
    rect = panel.strip.visualRect(panel.model.index(target))
    spot = QPoint(rect.right() - 1 if right_half else rect.left() + 1, rect.center().y())
    viewport, action = panel.strip.viewport(), Qt.DropAction.MoveAction
    QApplication.sendEvent(viewport, QDragEnterEvent(spot, action, data, LEFT, NONE))
    QApplication.sendEvent(viewport, QDragMoveEvent(spot, action, data, LEFT, NONE))
    QApplication.sendEvent(viewport, QDropEvent(spot, action, data, LEFT, NONE))


def test_hold_rate_and_loop_are_steps_and_one_drag_is_one_step(panel: TimelinePanel, session: Session) -> None:
    for _ in range(3):
        panel.hold.stepUp()
    assert hold_of(session.document, "id-B") == 4
    panel.fps.setValue(23.976)
    assert panel.fps.text().startswith(panel.fps.textFromValue(23.976))
    QTest.mouseClick(panel.loop.button("ping-pong"), LEFT)
    timeline = session.document.timeline
    assert timeline is not None
    assert (timeline.fps, timeline.loop) == (23.976, LoopMode.PING_PONG)
    assert labels(session) == ["Hold frames", "Frame rate", "Loop mode"]
    session.undo()
    assert panel.loop.value() == "loop"
    session.undo()
    assert panel.fps.textFromValue(panel.fps.value()) == "10"
    session.undo()
    assert panel.hold.value() == 1


def test_hold_is_for_all_selected_frames(panel: TimelinePanel, session: Session) -> None:
    click(panel, 0)
    click(panel, 1, SHIFT)
    panel.hold.setValue(3)
    assert [hold_of(session.document, frame.id) for frame in frames(session.document)] == [3, 3, 1, 1]
    click(panel, 2)
    assert panel.hold.value() == 1


def test_removing_the_timeline_keeps_the_layers(panel: TimelinePanel, session: Session) -> None:
    panel._actions["timeline.remove"].trigger()
    assert session.document.timeline is None
    assert [layer.name for layer in session.document.walk()][-4:] == ["A", "B", "C", "D"]
    assert panel.make_button.isVisible()


def test_the_menu_offers_what_can_be_done(panel: TimelinePanel) -> None:
    menu = QMenu(panel)
    panel.fill_menu(menu)
    texts = {action.text().replace("&", ""): action.isEnabled() for action in menu.actions() if action.text()}
    assert texts["Copy Frames"]
    assert not texts["Paste Frames"]
    assert len(texts) == 8


def test_buttons_say_what_they_do_and_by_which_key(panel: TimelinePanel) -> None:
    for button in panel.findChildren(QToolButton):
        assert button.toolTip()
        assert button.accessibleName()
        assert not button.icon().isNull()
    button = panel.findChild(QToolButton, "next")
    assert button is not None
    assert "(.)" in button.toolTip()


# --- playing ------------------------------------------------------------------------------------------


@pytest.fixture
def played(panel: TimelinePanel) -> list[int]:
    """The grey of every picture that the player showed; -1 for the document itself."""
    shown: list[int] = []

    def note(image: QImage | None) -> None:
        shown.append(-1 if image is None else image.pixelColor(5, 5).red())

    panel.player.picture_changed.connect(note)
    return shown


def ready(panel: TimelinePanel, qtbot: QtBot) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: panel.player.is_ready)


def to(panel: TimelinePanel, clock: Clock, seconds: float) -> None:
    clock.now = 100.0 + seconds
    panel.player.advance()


def test_frames_play_by_the_clock_and_the_document_stays(
    panel: TimelinePanel, session: Session, clock: Clock, played: list[int], qtbot: QtBot
) -> None:
    before = session.document
    session.show_frame(0)
    press(panel, "play")
    ready(panel, qtbot)()
    for tick in range(6):
        to(panel, clock, tick / 10)
    assert played == [10, 20, 30, 40, 10, 20]
    assert panel.delegate.playing == 1
    press(panel, "play")
    assert played[-1] == -1
    assert not panel.player.is_playing
    assert panel.delegate.playing is None
    assert current_frame(session.document) == 0
    assert labels(session) == []
    assert frames(session.document)[2].raster is frames(before)[2].raster  # type: ignore[union-attr]


def test_late_frames_are_left_out_not_slowed(
    panel: TimelinePanel, session: Session, clock: Clock, played: list[int], qtbot: QtBot
) -> None:
    session.show_frame(0)
    panel.player.play()
    ready(panel, qtbot)()
    for seconds in (0.0, 0.21, 0.3, 0.95):
        to(panel, clock, seconds)
    assert played == [10, 30, 40, 20]


def test_what_is_not_composed_yet_is_not_waited_for(
    panel: TimelinePanel, session: Session, clock: Clock, played: list[int], qtbot: QtBot
) -> None:
    session.show_frame(0)
    panel.player.play()
    to(panel, clock, 0.1)
    assert played == []
    ready(panel, qtbot)()
    to(panel, clock, 0.2)
    assert played[-1] == 30
    assert 10 not in played


def test_in_place_of_a_missing_frame_the_last_one_before_it_is_shown(
    panel: TimelinePanel, session: Session, clock: Clock, played: list[int], qtbot: QtBot
) -> None:
    session.show_frame(0)
    panel.player.play()
    ready(panel, qtbot)()
    assert panel.player._reel is not None
    del panel.player._reel.images[2]
    for seconds in (0.0, 0.2, 0.3):
        to(panel, clock, seconds)
    assert played == [10, 20, 40]


def test_holds_and_loop_modes(
    panel: TimelinePanel, session: Session, clock: Clock, played: list[int], qtbot: QtBot
) -> None:
    document = set_loop(set_hold(session.document, ("id-B",), 3), LoopMode.ONCE)
    session.apply(StepKind("test", "Hold frames"), document)
    session.show_frame(3)
    panel.player.play()
    ready(panel, qtbot)()
    for tick in range(7):
        to(panel, clock, tick / 10)
    assert played == [10, 20, 30, 40, -1]
    assert not panel.player.is_playing


def test_changing_the_picture_stops_the_player(panel: TimelinePanel, session: Session, qtbot: QtBot) -> None:
    panel.player.play()
    ready(panel, qtbot)()
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(session.document.canvas)))
    assert not panel.player.is_playing
    assert not panel._actions["timeline.play"].isChecked()


def test_composed_frames_serve_again_until_the_picture_changes(
    panel: TimelinePanel, session: Session, qtbot: QtBot
) -> None:
    panel.player.play()
    ready(panel, qtbot)()
    session.show_frame(3)
    panel.player.play()
    assert panel.player.is_ready
    session.apply(StepKind("test", "Brush stroke"), replace_layer(session.document, "id-D", raster=shade(77)))
    panel.player.play()
    assert not panel.player.is_ready
    ready(panel, qtbot)()


def test_the_rate_may_change_between_plays(
    panel: TimelinePanel, session: Session, clock: Clock, played: list[int], qtbot: QtBot
) -> None:
    session.show_frame(0)
    session.apply(StepKind("test", "Frame rate"), set_rate(session.document, 20))
    panel.player.play()
    ready(panel, qtbot)()
    to(panel, clock, 0.0)
    to(panel, clock, 0.05)
    assert played == [10, 20]


def test_a_composed_frame_is_what_the_canvas_would_show() -> None:
    image = composed_frame(animation(), 2, 0)
    assert (image.width(), image.height()) == (128, 96)
    assert image.pixelColor(60, 60).getRgb() == (30, 30, 30, 255)
    small = composed_frame(animation(), 2, 2)
    assert (small.width(), small.height()) == (32, 24)


def test_a_panel_that_goes_while_it_plays_leaves_nothing_running(panel: TimelinePanel, session: Session) -> None:
    panel.player.play()
    assert panel.player.is_playing


# --- the onion skin -----------------------------------------------------------------------------------


def test_the_onion_skin_is_switched_and_its_settings_are_announced(panel: TimelinePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.onion_skin_changed) as heard:
        press(panel, "onion_skin")
    assert heard.args[0].enabled
    with qtbot.waitSignal(panel.onion_skin_changed) as heard:
        panel.onion_menu.before.setValue(3)
    assert heard.args[0] == OnionSkinSettings(enabled=True, before=3)
    panel.onion_menu.opacity.set_value(70)
    panel.onion_menu.on_top.setChecked(True)
    assert panel.onion_skin() == OnionSkinSettings(enabled=True, before=3, opacity=0.7, on_top=True)
