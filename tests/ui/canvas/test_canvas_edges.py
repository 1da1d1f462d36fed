"""The canvas edges tool: the frame that is dragged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from studio.document import MAX_SIDE, Rect, new_document
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.canvas_edges import APPLY, sides_of
from studio.ui.canvas.tools.edges_frame import Drag, Sides, dragged, grip_at
from tests.ui.canvas.canvas_hands import ALT, CONTROL, NONE, RIGHT, SHIFT, Hand, shown

CANVAS = Rect(0, 0, 400, 300)


@pytest.fixture
def edges(canvas: CanvasView, hand: Hand) -> Hand:
    canvas.set_tool("canvas_edges")
    return hand


@pytest.fixture
def asked(canvas: CanvasView) -> list[str]:
    commands: list[str] = []
    canvas.asked.connect(commands.append)
    return commands


@pytest.fixture
def sides(canvas: CanvasView) -> Callable[[], Sides]:
    return lambda: sides_of(canvas.options.values("edges"))


def test_a_side_is_dragged_out_and_enter_asks_for_it(edges, canvas, sides, asked, session):
    edges.drag((400, 150), (430, 160), (461, 170))
    assert sides() == Sides(right=64), "to a side of 464, the nearest multiple of 16"
    assert canvas.is_stroke_active
    assert asked == []
    edges.key(Qt.Key.Key_Return)
    assert asked == [APPLY]
    assert len(session.history.steps) == 1, "the window makes the step"


def test_a_corner_cuts_and_extends_and_a_press_inside_moves_the_frame(edges, sides):
    edges.drag((0, 0), (-32, 44))
    assert sides() == Sides(left=32, top=-44), "256 high"
    edges.drag((200, 150), (220, 150))
    assert sides() == Sides(left=12, top=-44, right=20)


@pytest.mark.parametrize(
    ("modifiers", "wanted"),
    [
        (CONTROL, Sides(right=37)),
        (ALT, Sides(left=40, right=40)),
        (SHIFT, Sides(top=12, right=32, bottom=12)),
    ],
    ids=["freely", "both sides", "in proportion"],
)
def test_keys_that_are_held_change_the_drag(edges, sides, modifiers, wanted):
    edges.press((400, 150), modifiers=modifiers)
    edges.release((437, 150), modifiers=modifiers)
    assert sides() == wanted


@pytest.mark.parametrize("ending", ["escape", "another tool", "undo key"])
def test_a_frame_is_dropped_cleanly(edges, canvas, sides, session, ending):
    edges.drag((400, 150), (500, 150))
    before = session.document
    if ending == "another tool":
        canvas.set_tool("brush")
    else:
        edges.key(*((Qt.Key.Key_Escape,) if ending == "escape" else (Qt.Key.Key_Z, CONTROL)))
    assert not sides()
    assert not canvas.is_stroke_active
    assert session.document is before
    assert len(session.history.steps) == 1


def test_a_typed_frame_is_shown_and_taken_as_a_dragged_one(edges, canvas, sides, asked, qtbot):
    workspace = shown(canvas, qtbot, -10, 150)
    canvas.options.set("edges", left=30, bottom=-50)
    assert shown(canvas, qtbot, -10, 150) != workspace, "what is new is tinted"
    edges.key(Qt.Key.Key_Enter)
    assert asked == [APPLY]
    edges.drag((400, 100), (448, 100))
    assert sides() == Sides(left=30, right=50, bottom=-50), "a side of 480"
    edges.key(Qt.Key.Key_Escape)
    assert not sides()


def test_without_a_frame_enter_asks_for_nothing_and_stays_a_key_of_the_window(edges, canvas, asked):
    edges.key(Qt.Key.Key_Return)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, NONE)
    event.ignore()
    canvas.event(event)
    assert not event.isAccepted()
    assert asked == []


def test_a_canvas_of_another_size_drops_the_frame(edges, canvas, sides, session, qtbot):
    edges.drag((400, 150), (500, 150))
    shown(canvas, qtbot, 10, 10)
    session.apply(session.history.steps[0].kind, new_document(100, 100))
    assert not sides()


def test_a_second_button_or_a_lost_focus_lets_the_side_go_where_it_is(edges, canvas, sides):
    edges.press((400, 150))
    edges.move((432, 150))
    edges.press((432, 150), button=RIGHT)
    edges.move((600, 150))
    assert sides() == Sides(right=32)
    edges.release((600, 150), button=RIGHT)
    edges.press((432, 150))
    edges.move((416, 150))
    canvas.clearFocus()
    edges.move((300, 150))
    assert sides() == Sides(right=16)


def test_a_side_that_is_dragged_out_of_sight_is_brought_back_into_it(edges, canvas):
    edges.drag((400, 150), (900, 150))
    view = canvas.view_transform()
    end = view.matrix().map(*(Sides(right=496).around(CANVAS).right, 150))
    assert 0 < end[0] < canvas.width()


@pytest.mark.parametrize("turned", [0.0, 90.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_it_works_in_a_turned_and_mirrored_view(edges, canvas, sides, turned, mirrored):
    canvas.rotate_view(turned)
    canvas.mirror_view(mirrored)
    edges.drag((0, 150), (-48, 150))
    assert sides() == Sides(left=48)
    edges.move((-48, 150))
    across, down = Qt.CursorShape.SizeHorCursor, Qt.CursorShape.SizeVerCursor
    assert canvas.cursor().shape() == (down if turned else across)


# --- the frame alone ------------------------------------------------------------------------------


def test_corners_win_over_sides_and_the_nearer_side_of_a_thin_frame_is_held():
    assert grip_at(CANVAS, 2, -3, 8) == (-1, -1)
    assert grip_at(CANVAS, 200, 299, 8) == (0, 1)
    assert grip_at(CANVAS, 200, 100, 8) == (0, 0)
    assert grip_at(CANVAS, 200, -9, 8) is None
    assert grip_at(Rect(0, 0, 4, 300), 3, 100, 8) == (1, 0)


@pytest.mark.parametrize("grip", [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)])
@pytest.mark.parametrize("way", [(-1e6, -1e6), (1e6, 1e6), (-350.4, 7.7), (0.0, 0.0), (3.0, 1e6)])
@pytest.mark.parametrize(
    "how", [Drag(), Drag(multiple=64), Drag(ratio=4 / 3), Drag(both=True, ratio=0.01, multiple=16)]
)
def test_no_drag_leaves_the_picture_or_the_limits(grip, way, how):
    frame = dragged(Rect(-20, 10, 300, 200), CANVAS, grip, way, how)
    assert 1 <= frame.width <= MAX_SIDE
    assert 1 <= frame.height <= MAX_SIDE
    assert not frame.intersected(CANVAS).is_empty


def test_a_side_comes_home_to_that_of_the_canvas():
    frame = dragged(Rect(0, 0, 464, 300), CANVAS, (1, 0), (-61.0, 0.0), Drag(multiple=128, reach=8.0))
    assert frame == CANVAS


def test_an_odd_canvas_is_not_changed_by_a_click():
    odd = Rect(0, 0, 401, 299)
    assert dragged(odd, odd, (1, 1), (0.0, 0.0), Drag(multiple=16, reach=4.0)) == odd


def test_sides_and_frames_say_the_same() -> None:
    sides = Sides(left=3, top=-4, right=5, bottom=0)
    assert Sides.between(CANVAS, sides.around(CANVAS)) == sides
    assert not Sides()
