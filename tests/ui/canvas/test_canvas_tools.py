"""Mask shapes, moving, picking, filling, and the tool registry."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from studio.document import PaintLayer, Raster, Rect, add_layer, filled_mask, filled_raster, new_document, replace_layer
from studio.history import StepKind
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.registry import TOOLS, tool_info
from tests.ui.canvas.canvas_hands import (
    ALT,
    CONTROL,
    LEFT,
    MIDDLE,
    NONE,
    SHIFT,
    Hand,
    labels,
    layer_pixel,
    mask_value,
    pixel,
    shown,
)

RED = (255, 0, 0, 255)
CLEAR = (0, 0, 0, 0)


def test_every_tool_of_the_registry_can_be_chosen(canvas, qtbot):
    for info in TOOLS:
        canvas.set_tool(info.id)
        assert canvas.tool() == info.id
    with pytest.raises(KeyError):
        canvas.set_tool("hammer")


def test_tools_have_distinct_shortcuts_and_texts():
    shortcuts = [info.shortcut for info in TOOLS if info.shortcut]
    assert len(set(shortcuts)) == len(shortcuts)
    assert tool_info("brush").tooltip.startswith("Brush (B)\n")


def test_choosing_a_tool_is_announced(canvas, qtbot):
    with qtbot.waitSignal(canvas.tool_changed) as changed:
        canvas.set_tool("mask_lasso")
    assert changed.args == ["mask_lasso"]


def test_a_rectangle_covers_whole_pixels(canvas, hand, session, qtbot):
    canvas.set_tool("mask_rectangle")
    with qtbot.waitSignal(canvas.mask_edited):
        hand.drag((50, 60), (99, 89))
    bounds = session.document.generation_mask.bounds()
    assert (bounds.x, bounds.y, bounds.right, bounds.bottom) == (50, 60, 100, 90)
    assert mask_value(session, 75, 75) == 255
    assert labels(session) == ["Mask rectangle"]


def test_a_new_shape_replaces_shift_adds_and_alt_subtracts(canvas, hand, session):
    canvas.set_tool("mask_rectangle")
    hand.drag((10, 10), (60, 60))
    hand.drag((100, 100), (160, 160))
    assert mask_value(session, 30, 30) == 0
    hand.drag((10, 10), (60, 60), modifiers=SHIFT)
    assert (mask_value(session, 30, 30), mask_value(session, 130, 130)) == (255, 255)
    hand.drag((120, 120), (140, 140), modifiers=ALT)
    assert (mask_value(session, 130, 130), mask_value(session, 110, 110)) == (0, 255)


def test_the_shape_mode_holds_without_keys(canvas, hand, session):
    canvas.set_tool("mask_ellipse")
    hand.drag((10, 10), (60, 60))
    canvas.options.set("mask_shape", mode="add")
    hand.drag((100, 100), (160, 160))
    assert (mask_value(session, 35, 35), mask_value(session, 130, 130)) == (255, 255)
    assert mask_value(session, 11, 11) == 0, "the corner lies outside the ellipse"
    canvas.options.set("mask_shape", mode="subtract")
    hand.drag((10, 10), (60, 60))
    assert mask_value(session, 35, 35) == 0


def test_control_makes_a_square(canvas, hand, session):
    canvas.set_tool("mask_rectangle")
    hand.drag((50, 50), (90, 70), modifiers=CONTROL)
    bounds = session.document.generation_mask.bounds()
    assert bounds.width == bounds.height == 41


def test_a_lasso_encloses_what_was_drawn_around(canvas, hand, session):
    canvas.set_tool("mask_lasso")
    hand.drag((50, 50), (150, 50), (150, 150), (50, 150), (50, 60))
    assert mask_value(session, 100, 100) == 255
    assert mask_value(session, 160, 100) == 0
    assert labels(session) == ["Mask lasso"]


def test_escape_drops_a_shape_and_a_click_is_none(canvas, hand, session):
    canvas.set_tool("mask_rectangle")
    hand.press((10, 10))
    hand.move((100, 100))
    hand.key(Qt.Key.Key_Escape)
    hand.release((100, 100))
    hand.press((50, 50))
    hand.release((50, 50))
    assert labels(session) == []


def test_dragging_moves_the_layer_with_its_mask(canvas, hand, session, qtbot):
    hand.drag((100, 100), (120, 100))
    document = session.document
    mask = filled_mask(document.canvas)
    session.apply(StepKind("test", "Mask"), replace_layer(document, document.active_id, mask=mask))
    canvas.set_tool("move")
    hand.press((110, 100))
    hand.move((160, 130))
    assert shown(canvas, qtbot, 160, 130) == QColor(255, 0, 0)
    hand.release((160, 130))
    assert layer_pixel(session, 160, 130) == RED
    assert layer_pixel(session, 110, 100) == CLEAR
    assert pixel(session.document.active_layer.mask, 10, 10) == (0,)
    assert labels(session) == ["Brush stroke", "Mask", "Move layer"]


def test_a_result_that_arrives_during_a_move_loses_neither(canvas, hand, session):
    hand.drag((100, 100), (120, 100))
    moved = session.document.active_id
    canvas.set_tool("move")
    hand.press((110, 100))
    hand.move((160, 130))
    session.apply(
        StepKind("test", "Generate"), add_layer(session.document, PaintLayer(name="Result")).with_active(moved)
    )
    hand.release((160, 130))
    assert labels(session) == ["Brush stroke", "Generate", "Move layer"]
    assert layer_pixel(session, 160, 130) == RED


def test_undo_while_drawing_a_shape_shows_on_screen(canvas, hand, session, qtbot):
    hand.drag((100, 100), (120, 100))
    canvas.set_tool("mask_lasso")
    hand.press((10, 10))
    hand.move((30, 30))
    session.undo()
    assert shown(canvas, qtbot, 110, 100) == QColor(255, 255, 255)
    hand.release((30, 30))


def test_escape_puts_a_dragged_layer_back(canvas, hand, session, qtbot):
    hand.drag((100, 100), (120, 100))
    canvas.set_tool("move")
    hand.press((110, 100))
    hand.move((160, 130))
    hand.key(Qt.Key.Key_Escape)
    hand.release((160, 130))
    assert labels(session) == ["Brush stroke"]
    assert shown(canvas, qtbot, 110, 100) == QColor(255, 0, 0)
    assert shown(canvas, qtbot, 160, 130) == QColor(255, 255, 255)


def test_arrow_keys_nudge_in_one_step(canvas, hand, session):
    hand.drag((100, 100), (100, 100))
    canvas.set_tool("move")
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Down, SHIFT)
    bounds = session.document.active_layer.raster.bounds()
    assert (bounds.x, bounds.y) == (91, 100)
    assert labels(session) == ["Brush stroke", "Move layer"]


def test_a_locked_layer_does_not_move(canvas, hand, session, qtbot):
    session.apply(StepKind("test", "Lock"), replace_layer(session.document, session.document.active_id, locked=True))
    canvas.set_tool("move")
    with qtbot.waitSignal(canvas.message):
        hand.drag((100, 100), (150, 100))
    with qtbot.waitSignal(canvas.message):
        hand.key(Qt.Key.Key_Left)
    assert labels(session) == ["Lock"]


def test_the_picker_takes_what_is_seen(canvas, hand, session, qtbot):
    canvas.set_color(QColor(10, 200, 30))
    hand.drag((100, 100), (150, 100))
    canvas.set_tool("picker")
    with qtbot.waitSignal(canvas.color_picked) as picked:
        hand.drag((120, 100))
    assert picked.args[0] == QColor(10, 200, 30)
    with qtbot.assertNotEmitted(canvas.color_picked):
        hand.drag((-50, 100))


def test_fill_pours_up_to_the_lines_that_are_seen(canvas, hand, session):
    hand.drag((100, 0), (100, 299))
    canvas.set_color(QColor(0, 0, 255))
    canvas.set_tool("fill")
    hand.drag((30, 150))
    assert layer_pixel(session, 30, 150) == (0, 0, 255, 255)
    assert layer_pixel(session, 300, 150) == CLEAR
    assert labels(session) == ["Brush stroke", "Fill"]


def test_fill_heeds_its_options(canvas, hand, session):
    square = Raster.from_array(np.full((20, 20, 4), RED, np.uint8), 100, 100)
    document = session.document
    session.apply(StepKind("test", "Square"), replace_layer(document, document.active_id, raster=square))
    canvas.set_color(QColor(0, 0, 255))
    canvas.set_tool("fill")
    canvas.options.set("fill", grow=3, antialias=False)
    hand.drag((110, 110))
    assert layer_pixel(session, 97, 110) == (0, 0, 255, 255)
    assert layer_pixel(session, 96, 110) == CLEAR
    canvas.options.set("fill", grow=0, tolerance=255)
    hand.drag((300, 30))
    assert layer_pixel(session, 110, 110) == layer_pixel(session, 5, 290) == (0, 0, 255, 255)


def large_canvas(qtbot, worker) -> tuple[CanvasView, Session]:
    session = Session(new_document(1600, 1200), worker)
    canvas = CanvasView(session)
    qtbot.addWidget(canvas)
    canvas.resize(640, 480)
    canvas.show()
    canvas.set_color(QColor(0, 0, 255))
    canvas.set_tool("fill")
    return canvas, session


def test_a_large_fill_happens_in_the_background(qtbot, worker):
    canvas, session = large_canvas(qtbot, worker)
    Hand(canvas).drag((30, 150))
    assert labels(session) == []
    qtbot.waitUntil(lambda: labels(session) == ["Fill"])
    assert layer_pixel(session, 1500, 1100) == (0, 0, 255, 255)


def test_a_large_fill_is_dropped_when_its_layer_changes_meanwhile(qtbot, worker):
    canvas, session = large_canvas(qtbot, worker)
    document = session.document
    with qtbot.waitSignal(canvas.message) as said:
        Hand(canvas).drag((30, 150))
        other = Raster.from_array(np.full((8, 8, 4), 255, np.uint8))
        session.apply(StepKind("test", "Other"), replace_layer(document, document.active_id, raster=other))
    assert "dropped" in said.args[0]
    assert labels(session) == ["Other"]


def test_fill_refuses_a_hidden_layer(canvas, hand, session, qtbot):
    session.apply(StepKind("test", "Hide"), replace_layer(session.document, session.document.active_id, visible=False))
    canvas.set_tool("fill")
    with qtbot.waitSignal(canvas.message):
        hand.drag((30, 150))
    assert labels(session) == ["Hide"]


def test_the_middle_button_and_space_pan_with_any_tool(canvas, hand, session):
    canvas.zoom_to(4.0)
    assert drag_view(canvas, MIDDLE, 40) == pytest.approx(10)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert drag_view(canvas, LEFT, 40) == pytest.approx(10)
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert labels(session) == []


def drag_view(canvas: CanvasView, button: Qt.MouseButton, distance: int) -> float:
    """Drag to the right by view pixels; returns by how many document pixels the view went left."""
    before = canvas.view_transform().center_x
    QTest.mousePress(canvas, button, NONE, QPoint(300, 200))
    QTest.mouseMove(canvas, QPoint(300 + distance, 200))
    QTest.mouseRelease(canvas, button, NONE, QPoint(300 + distance, 200))
    return before - canvas.view_transform().center_x


def test_the_zoom_tool_zooms_in_and_with_alt_out(canvas, hand):
    canvas.set_tool("zoom")
    hand.drag((200, 150))
    assert canvas.zoom() == 1.5
    hand.drag((200, 150), modifiers=ALT)
    assert canvas.zoom() == 1.0
    hand.drag((100, 100), (160, 100))
    assert canvas.zoom() > 1.0


def generated(session: Session, mask: Raster | None) -> PaintLayer:
    """A result on top of the picture, active, with a mask."""
    layer = PaintLayer(name="Result", raster=filled_raster(400, 300, (0, 0, 255, 255)), mask=mask, settings="{}")
    session.apply(StepKind("test", "Result"), add_layer(session.document, layer))
    return layer


@pytest.mark.parametrize(
    "mask",
    [
        Raster(channels=1, default=255),
        filled_mask(Rect(0, 0, 400, 300)),
        Raster(channels=1, default=255).with_array(np.full((40, 50), 255, np.uint8), 200, 200),
    ],
    ids=["all white", "white on the canvas", "white tiles"],
)
@pytest.mark.parametrize("tool", ["brush", "fill"])
def test_a_result_whose_mask_is_white_is_painted_on_itself(canvas, hand, session, mask, tool):
    layer = generated(session, mask)
    canvas.set_tool(tool)
    hand.drag((100, 100), (150, 100))
    assert session.document.active_id == layer.id
    assert layer_pixel(session, 120, 100) == (255, 0, 0, 255)


def test_a_result_whose_mask_is_switched_off_is_painted_on_itself(canvas, hand, session):
    layer = generated(session, filled_mask(Rect(10, 10, 30, 30)))
    session.apply(StepKind("test", "Off"), replace_layer(session.document, layer.id, mask_enabled=False))
    hand.drag((100, 100), (150, 100))
    assert session.document.active_id == layer.id
    assert layer_pixel(session, 120, 100) == (255, 0, 0, 255)


def test_a_chosen_mask_is_painted_on_and_the_pixels_are_not(canvas, hand, session):
    layer = generated(session, Raster(channels=1, default=255))
    canvas.options.set("part", part="mask")
    canvas.set_tool("eraser")
    hand.drag((100, 100), (150, 100))
    after = session.document.find(layer.id)
    assert pixel(after.mask, 120, 100) == (0,)
    assert after.raster is layer.raster


def test_a_mask_alone_is_seen_in_grey_until_another_layer_is_active(canvas, hand, session, qtbot):
    mask = Raster(channels=1, default=255).with_array(np.full((100, 100), 90, np.uint8), 0, 0)
    generated(session, mask)
    seen: list[bool] = []
    canvas.mask_alone_changed.connect(seen.append)
    canvas.show_mask_alone(True)
    assert shown(canvas, qtbot, 50, 50) == QColor(90, 90, 90)
    assert shown(canvas, qtbot, 200, 200) == QColor(255, 255, 255)
    canvas.options.set("part", part="mask")
    canvas.set_tool("eraser")
    hand.press((200, 200))
    hand.move((250, 200))
    canvas.setCursor(Qt.CursorShape.ArrowCursor)
    assert shown(canvas, qtbot, 215, 200) == QColor(0, 0, 0), "while it is painted on"
    hand.release((250, 200))
    hand.move((300, 20))
    assert shown(canvas, qtbot, 225, 200) == QColor(0, 0, 0)
    session.select_layer(session.document.layers[0].id)
    assert shown(canvas, qtbot, 50, 250) == QColor(0, 0, 255)
    assert seen == [True, False]


def test_a_mask_alone_is_not_tinted_by_the_generation_mask(canvas, session, qtbot):
    generated(session, Raster(channels=1, default=90))
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(100, 80, 60, 60))))
    assert shown(canvas, qtbot, 130, 110).red() > shown(canvas, qtbot, 130, 110).green()
    canvas.show_mask_alone(True)
    assert shown(canvas, qtbot, 130, 110) == QColor(90, 90, 90)


@pytest.mark.parametrize("tool", ["brush", "fill", "eraser"])
@pytest.mark.parametrize("is_inside", [False, True])
def test_painting_stays_inside_the_mask_only_when_asked(canvas, hand, session, tool, is_inside):
    blue = filled_raster(400, 300, (0, 0, 255, 255))
    document = replace_layer(session.document, session.document.active_id, raster=blue)
    session.apply(StepKind("test", "Mask"), document.with_generation_mask(filled_mask(Rect(100, 80, 60, 60))))
    canvas.options.set("limit", inside_mask=is_inside)
    canvas.set_tool(tool)
    hand.drag((60, 100), (200, 100)) if tool != "fill" else hand.drag((120, 100))
    inside, outside = layer_pixel(session, 120, 100), layer_pixel(session, 90, 100)
    assert inside == (CLEAR if tool == "eraser" else RED)
    assert (outside == (0, 0, 255, 255)) is is_inside


@pytest.mark.parametrize("tool", ["brush", "fill", "eraser"])
def test_paint_outside_the_mask_says_why_nothing_came_of_it(canvas, hand, session, qtbot, tool):
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(200, 80, 60, 60))))
    canvas.options.set("limit", inside_mask=True)
    canvas.set_tool(tool)
    before = session.document
    with qtbot.waitSignal(canvas.message) as said:
        hand.drag((30, 30))
    assert "outside the mask" in said.args[0]
    assert session.document is before


def test_without_a_mask_there_is_nothing_to_stay_inside(canvas, hand, session):
    canvas.options.set("limit", inside_mask=True)
    hand.drag((60, 100), (200, 100))
    assert layer_pixel(session, 120, 100) == RED


def test_a_stroke_on_the_generation_mask_is_not_limited_by_it(canvas, hand, session):
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(200, 80, 60, 60))))
    canvas.options.set("limit", inside_mask=True)
    canvas.set_tool("mask_brush")
    hand.drag((60, 100), (100, 100))
    assert mask_value(session, 80, 100) == 255
