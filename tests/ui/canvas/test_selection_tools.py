"""Selecting by hand, moving the outline, and edits that keep to what is selected."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.document import Rect, filled_mask, replace_layer
from studio.document.fill import filled_rect
from studio.history import StepKind
from tests.ui.canvas.canvas_hands import ALT, LEFT, NONE, SHIFT, labels, layer_pixel, mask_value, pixel, shown

TEST = StepKind("test", "Test")
RED = (255, 0, 0, 255)


@pytest.fixture
def rectangle(canvas, hand):
    canvas.set_tool("select_rectangle")
    return hand


def value(session, x: int, y: int) -> int:
    return pixel(session.document.selection, x, y)[0]


def select(session, area: Rect) -> None:
    session.apply(TEST, session.document.with_selection(filled_mask(area)))


def test_new_areas_replace_add_take_away_and_meet(rectangle, session):
    rectangle.drag((50, 60), (99, 89))
    assert session.document.selection.bounds() == Rect(50, 60, 50, 30)
    rectangle.drag((200, 200), (249, 249))
    assert value(session, 60, 70) == 0
    rectangle.drag((10, 10), (60, 60), modifiers=SHIFT)
    assert (value(session, 20, 20), value(session, 210, 210)) == (255, 255)
    rectangle.drag((200, 200), (220, 220), modifiers=ALT)
    assert (value(session, 210, 210), value(session, 240, 240)) == (0, 255)
    rectangle.drag((230, 230), (300, 280), modifiers=SHIFT | ALT)
    assert session.document.selection.bounds() == Rect(230, 230, 20, 20)
    assert labels(session) == ["Rectangular selection"] * 5


def test_areas_that_leave_nothing_deselect_and_say_so(rectangle, canvas, session, qtbot):
    rectangle.drag((50, 60), (99, 89))
    with qtbot.waitSignal(canvas.message) as said:
        rectangle.drag((200, 200), (249, 249), modifiers=SHIFT | ALT)
    assert "Nothing is selected any more" in said.args[0]
    assert session.document.edit_limit is None
    canvas.options.set("selection_shape", mode="subtract")
    with qtbot.waitSignal(canvas.message):
        rectangle.drag((50, 60), (99, 89))
    assert len(labels(session)) == 2, "nothing taken away from nothing is no step"


def test_keys_pressed_later_make_it_square_and_centred(rectangle, canvas, session):
    """Those held from the beginning say how it meets what is there; with nothing there they count at once."""
    rectangle.drag((100, 100), (139, 119), modifiers=SHIFT)
    assert session.document.selection.bounds() == Rect(100, 100, 40, 40)
    QTest.mousePress(canvas, LEFT, NONE, rectangle.at((250, 150)).toPoint())
    QTest.mouseRelease(canvas, LEFT, ALT, rectangle.at((260, 170)).toPoint())
    assert session.document.selection.bounds() == Rect(240, 130, 21, 41)


def test_the_outline_is_dragged_and_nudged_and_pixels_stay(rectangle, session):
    rectangle.drag((50, 60), (99, 89))
    rectangle.drag((70, 70), (90, 75))
    assert session.document.selection.bounds() == Rect(70, 65, 50, 30)
    rectangle.key(Qt.Key.Key_Left)
    rectangle.key(Qt.Key.Key_Down, SHIFT)
    assert session.document.selection.bounds() == Rect(69, 75, 50, 30)
    assert labels(session) == ["Rectangular selection", "Move selection", "Move selection"], "nudges are one step"


def test_a_click_deselects_and_an_outline_that_leaves_the_canvas_too(rectangle, canvas, session, qtbot):
    rectangle.drag((50, 60), (99, 89))
    rectangle.drag((300, 200))
    assert session.document.edit_limit is None
    select(session, Rect(350, 250, 40, 40))
    canvas.options.set("selection_shape", mode="replace")
    canvas.zoom_to(0.3)
    with qtbot.waitSignal(canvas.message):
        rectangle.drag((370, 270), (990, 700))
    assert session.document.edit_limit is None


def test_escape_puts_an_outline_back(rectangle, canvas, session):
    rectangle.drag((50, 60), (99, 89))
    rectangle.press((70, 70))
    rectangle.move((120, 120))
    rectangle.key(Qt.Key.Key_Escape)
    rectangle.release((120, 120))
    assert session.document.selection.bounds() == Rect(50, 60, 50, 30)
    assert not canvas.is_stroke_active


@pytest.mark.parametrize("tool", ["select_ellipse", "select_lasso", "select_polygon"])
def test_other_shapes_select_what_they_enclose(canvas, hand, session, tool):
    canvas.set_tool(tool)
    corners = ((100, 100), (200, 100), (200, 200), (100, 200))
    if tool == "select_ellipse":
        hand.drag((100, 100), (200, 200))
    elif tool == "select_lasso":
        hand.drag(*corners)
    else:
        for corner in (*corners, corners[0]):
            hand.drag(corner)
    assert (value(session, 150, 150), value(session, 210, 150)) == (255, 0)
    assert mask_value(session, 150, 150) == 0


@pytest.mark.parametrize("tool", ["brush", "eraser", "fill", "mask_brush"])
def test_paint_keeps_to_the_selection(canvas, hand, session, tool):
    layer_id = session.document.active_id
    blue = filled_rect(session.document.canvas, (0, 0, 255, 255))
    session.apply(TEST, replace_layer(session.document, layer_id, raster=blue))
    select(session, Rect(100, 100, 50, 50))
    canvas.set_tool(tool)
    hand.drag((120, 120), *(() if tool == "fill" else ((250, 120),)))
    if tool == "mask_brush":
        assert (mask_value(session, 130, 120), mask_value(session, 200, 120)) == (255, 0)
        return
    changed = {"brush": RED, "fill": RED, "eraser": (0, 0, 0, 0)}[tool]
    assert layer_pixel(session, 130, 120) == changed
    assert layer_pixel(session, 200, 120) == (0, 0, 255, 255)


@pytest.mark.parametrize("tool", ["brush", "fill"])
def test_paint_outside_says_why_nothing_changed(canvas, hand, session, qtbot, tool):
    select(session, Rect(100, 100, 50, 50))
    canvas.set_tool(tool)
    with qtbot.waitSignal(canvas.message) as said:
        hand.drag((300, 200))
    assert "outside the selection" in said.args[0]
    assert len(labels(session)) == 1


def test_moving_takes_what_is_selected_and_leaves_what_it_passes(canvas, hand, session):
    layer_id = session.document.active_id
    raster = filled_rect(Rect(100, 100, 100, 50), (0, 0, 255, 255))
    session.apply(TEST, replace_layer(session.document, layer_id, raster=raster))
    select(session, Rect(100, 100, 20, 50))
    canvas.set_tool("move")
    hand.drag((110, 110), (150, 110))
    assert layer_pixel(session, 110, 110) == (0, 0, 0, 0)
    hand.drag((110, 110), (110, 210))
    assert layer_pixel(session, 150, 120) == (0, 0, 255, 255), "what it lay over meanwhile is there again"
    assert layer_pixel(session, 150, 210) == (0, 0, 255, 255)
    assert session.document.selection.bounds() == Rect(140, 200, 20, 50)
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Right)
    assert labels(session)[2:] == ["Move what is selected"] * 3


def test_moving_where_nothing_is_says_so(canvas, hand, session, qtbot):
    select(session, Rect(100, 100, 20, 50))
    canvas.set_tool("move")
    with qtbot.waitSignal(canvas.message) as said:
        hand.drag((110, 110), (150, 110))
    assert "nothing in the selection" in said.args[0]
    assert len(labels(session)) == 1


# --- by colour, along edges, by painting ------------------------------------------------------------------


@pytest.fixture
def squares(session):
    """Two blue squares on white paper; the layer that is active is the paper."""
    paper = session.document.layers[0]
    raster = paper.raster
    for x in (60, 200):
        blue = filled_rect(Rect(x, 80, 60, 60), (0, 0, 255, 255)).read(Rect(x, 80, 60, 60))
        raster = raster.with_array(blue, x, 80)
    session.apply(TEST, replace_layer(session.document, paper.id, raster=raster).with_active(paper.id))
    return session


def test_the_wand_takes_what_hangs_together_and_by_colour_everything(canvas, hand, squares):
    canvas.options.set("selection_shape", antialias=False)
    canvas.set_tool("select_wand")
    hand.drag((90, 100))
    assert squares.document.selection.bounds() == Rect(60, 80, 60, 60)
    hand.drag((230, 100), modifiers=SHIFT)
    assert squares.document.selection.bounds() == Rect(60, 80, 200, 60)
    hand.drag((90, 100))
    assert squares.document.selection.bounds() == Rect(60, 80, 60, 60), "a click on what is selected picks anew"
    canvas.set_tool("select_color")
    hand.drag((230, 100))
    assert squares.document.selection.bounds() == Rect(60, 80, 200, 60)
    assert value(squares, 150, 100) == 0
    assert labels(squares)[1:] == ["Selection by the wand"] * 3 + ["Selection by colour"]


def test_the_wand_looks_at_all_layers_or_one(canvas, hand, squares, qtbot):
    squares.apply(TEST, squares.document.with_active(squares.document.layers[-1].id))
    canvas.options.set("selection_shape", antialias=False)
    canvas.options.set("similar", sample_merged=False)
    canvas.set_tool("select_wand")
    hand.drag((90, 100))
    assert squares.document.selection.bounds() == squares.document.canvas, "the upper layer is empty everywhere"
    squares.apply(TEST, squares.document.with_active(None))
    with qtbot.waitSignal(canvas.message) as said:
        hand.drag((90, 100), modifiers=SHIFT)
    assert "no pixels" in said.args[0]


def test_a_large_picture_is_searched_in_the_background(canvas, hand, squares, qtbot, monkeypatch):
    monkeypatch.setattr("studio.ui.canvas.tools.wand_tool.AT_ONCE", 0)
    canvas.set_tool("select_wand")
    hand.drag((90, 100))
    qtbot.waitUntil(lambda: squares.document.edit_limit is not None)
    hand.drag((230, 100), modifiers=SHIFT)
    with qtbot.waitSignal(canvas.message) as said:
        select(squares, Rect(0, 0, 9, 9))
    assert "changed meanwhile" in said.args[0]
    assert squares.document.selection.bounds() == Rect(0, 0, 9, 9)


def test_the_magnetic_lasso_follows_the_edge(canvas, hand, squares):
    canvas.set_tool("select_magnetic")
    corners = ((62, 82), (118, 83), (117, 137), (63, 138))
    for corner in corners:
        hand.move(corner)
        hand.press(corner)
        hand.release(corner)
    hand.key(Qt.Key.Key_Backspace)
    assert canvas.is_stroke_active
    hand.move(corners[3])
    hand.press(corners[3])
    hand.release(corners[3])
    hand.move(corners[0])
    hand.press(corners[0])
    hand.release(corners[0])
    assert not canvas.is_stroke_active
    bounds = squares.document.selection.bounds()
    edges = (bounds.x - 60, bounds.y - 80, bounds.right - 120, bounds.bottom - 140)
    assert max(map(abs, edges)) <= 2, bounds
    assert value(squares, 90, 110) == 255


def test_in_the_quick_mask_brush_eraser_and_fill_change_the_selection(canvas, hand, session, qtbot):
    canvas.options.set("quick_mask", on=True)
    canvas.set_tool("brush")
    hand.drag((100, 100), (200, 100))
    assert (value(session, 150, 100), value(session, 150, 150)) == (255, 0)
    assert shown(canvas, qtbot, 150, 100).red() > shown(canvas, qtbot, 150, 100).blue(), "it lies over it in red"
    canvas.set_tool("eraser")
    canvas.options.set("eraser", diameter=20.0, hardness=100.0)
    hand.drag((150, 100))
    assert (value(session, 150, 100), value(session, 110, 100)) == (0, 255)
    canvas.set_tool("fill")
    hand.drag((300, 250))
    assert value(session, 390, 290) == 255
    assert labels(session) == ["Paint selection", "Erase selection", "Paint selection"]
    assert not session.document.active_paint_layer.raster.tiles
    canvas.options.set("quick_mask", on=False)
    canvas.set_tool("brush")
    hand.drag((300, 250))
    assert layer_pixel(session, 300, 250) == RED
