"""The mask polygon: corners by clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from studio.ui.canvas.canvas_view import CanvasView
from tests.ui.canvas.canvas_hands import ALT, CONTROL, LEFT, MIDDLE, NONE, SHIFT, Hand, Point, labels, mask_value

SQUARE: tuple[Point, ...] = ((50, 50), (150, 50), (150, 150), (50, 150))


@pytest.fixture
def polygon(canvas: CanvasView, hand: Hand) -> Hand:
    canvas.set_tool("mask_polygon")
    return hand


def click(hand: Hand, *points: Point, modifiers: Qt.KeyboardModifier = NONE) -> None:
    for point in points:
        hand.move(point)
        hand.press(point, modifiers=modifiers)
        hand.release(point, modifiers=modifiers)


def inside(session) -> int:
    return mask_value(session, 100, 100)


@pytest.mark.parametrize("closing", ["double click", "enter", "first corner", "last corner again"])
def test_it_is_closed_in_four_ways(polygon, canvas, session, closing):
    click(polygon, *SQUARE)
    assert labels(session) == [], "not before it is closed"
    if closing == "double click":
        QTest.mouseDClick(canvas, LEFT, NONE, polygon.at(SQUARE[3]).toPoint())  # Qt's second press
        polygon.release(SQUARE[3])
    elif closing == "enter":
        polygon.key(Qt.Key.Key_Return)
    else:
        click(polygon, SQUARE[0] if closing == "first corner" else SQUARE[3])
    assert labels(session) == ["Mask polygon"]
    assert (inside(session), mask_value(session, 160, 100), mask_value(session, 60, 140)) == (255, 0, 255)
    assert not canvas.is_stroke_active


def test_corners_are_taken_back_one_by_one(polygon, canvas, session):
    click(polygon, (50, 50), (150, 50), (150, 150), (350, 20))
    polygon.key(Qt.Key.Key_Backspace)
    click(polygon, (300, 250))
    polygon.key(Qt.Key.Key_Z, CONTROL)
    click(polygon, (50, 150))
    polygon.key(Qt.Key.Key_Enter)
    assert labels(session) == ["Mask polygon"]
    assert (inside(session), mask_value(session, 240, 90)) == (255, 0)
    click(polygon, (50, 50))
    polygon.key(Qt.Key.Key_Backspace)
    assert not canvas.is_stroke_active, "without corners there is none"


def test_escape_drops_it_and_too_few_corners_close_nothing(polygon, canvas, session):
    click(polygon, (50, 50), (150, 50))
    polygon.key(Qt.Key.Key_Return)
    click(polygon, (150, 50))
    assert canvas.is_stroke_active
    polygon.key(Qt.Key.Key_Escape)
    assert not canvas.is_stroke_active
    assert labels(session) == []


def test_shift_adds_and_alt_takes_away_as_held_at_the_first_corner(polygon, session):
    click(polygon, *SQUARE, SQUARE[0])
    click(polygon, (200, 50), modifiers=SHIFT)
    click(polygon, (260, 50), (260, 150), (200, 150), (200, 50))
    assert (inside(session), mask_value(session, 230, 100)) == (255, 255)
    click(polygon, (90, 90), modifiers=ALT)
    click(polygon, (110, 90), (110, 110), (90, 110), (90, 90))
    assert (inside(session), mask_value(session, 60, 60), mask_value(session, 230, 100)) == (0, 255, 255)


def test_the_view_is_panned_in_between(polygon, canvas, session):
    click(polygon, *SQUARE[:2])
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    before = canvas.view_transform()
    polygon.drag((200, 200), (170, 180))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    polygon.drag((200, 200), (210, 190), button=MIDDLE)
    assert canvas.view_transform() != before
    click(polygon, *SQUARE[2:], SQUARE[0])
    assert labels(session) == ["Mask polygon"]
    assert (inside(session), mask_value(session, 180, 180)) == (255, 0)


def test_it_outlives_a_lost_focus_and_is_closed_by_another_tool(polygon, canvas, session):
    click(polygon, *SQUARE)
    canvas.clearFocus()
    assert canvas.is_stroke_active
    canvas.set_tool("brush")
    assert labels(session) == ["Mask polygon"]
    assert not canvas.is_stroke_active
    canvas.set_tool("mask_polygon")
    click(polygon, (10, 10), (20, 10))
    canvas.set_tool("brush")
    assert labels(session) == ["Mask polygon"], "two corners enclose nothing"


def test_only_its_own_keys_are_kept_from_the_window(polygon, canvas):
    def is_kept(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        canvas.event(event)
        return event.isAccepted()

    assert not is_kept(Qt.Key.Key_Z, CONTROL)
    click(polygon, *SQUARE)
    assert is_kept(Qt.Key.Key_Z, CONTROL)
    assert is_kept(Qt.Key.Key_Backspace)
    assert is_kept(Qt.Key.Key_Return)
    assert is_kept(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert not is_kept(Qt.Key.Key_Return, CONTROL)
    assert not is_kept(Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.AltModifier)
    assert not is_kept(Qt.Key.Key_S, CONTROL)
    assert not is_kept(Qt.Key.Key_Z, CONTROL | SHIFT)
    canvas.cancel_stroke()


def test_a_crash_in_the_middle_costs_no_corner(polygon, canvas, session):
    click(polygon, *SQUARE[:2])
    assert canvas.unfinished() is None
    click(polygon, *SQUARE[2:])
    unfinished = canvas.unfinished()
    assert unfinished is not None
    assert unfinished.document().generation_mask.read(session.document.canvas)[100, 100] == 255
    canvas.cancel_stroke()


def test_a_line_follows_the_pointer(polygon, canvas, qtbot):
    def is_drawn() -> bool:
        place = [polygon.at((250, y)).toPoint() for y in range(60, 120)]  # above the hint
        image = canvas.grab().toImage()
        return any(image.pixelColor(point).lightness() < 180 for point in place)

    click(polygon, (50, 50), (250, 50))
    qtbot.waitUntil(lambda: canvas.is_settled)
    assert not is_drawn()
    polygon.move((250, 250))
    assert is_drawn(), "from the last corner to the pointer"
    canvas.cancel_stroke()


def test_its_edge_is_as_chosen_for_all_mask_shapes(polygon, canvas, session):
    canvas.options.set("mask_shape", feather=20)
    click(polygon, *SQUARE, SQUARE[0])
    assert 0 < mask_value(session, 50, 100) < 255


def test_a_pen_sets_corners_too(polygon, session):
    for point in (*SQUARE, SQUARE[0]):
        polygon.pen(QEvent.Type.TabletPress, point, 0.5)
        polygon.pen(QEvent.Type.TabletRelease, point, 0.0)
    assert labels(session) == ["Mask polygon"]
    assert inside(session) == 255
