"""Painting, erasing and masking with mouse and pen."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.document import (
    AdjustmentLayer,
    Document,
    FillLayer,
    GroupLayer,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    filled_mask,
    filled_raster,
    frame_holding,
    frames,
    make_timeline,
    new_document,
    replace_layer,
)
from studio.history import StepKind
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.brush_resize import step_size
from studio.ui.canvas.tools.registry import tool_info
from tests.ui.canvas.canvas_hands import (
    ALT,
    CONTROL,
    HARD,
    RIGHT,
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


def test_a_stroke_paints_the_layer_and_the_screen_in_one_step(canvas, hand, session, qtbot):
    hand.drag((100, 100), (150, 100), (200, 100))
    assert labels(session) == ["Brush stroke"]
    assert layer_pixel(session, 150, 100) == RED
    assert layer_pixel(session, 150, 120) == CLEAR
    assert shown(canvas, qtbot, 150, 100) == QColor(255, 0, 0)


def test_a_stroke_is_on_screen_before_it_is_in_the_document(canvas, hand, session, qtbot):
    hand.press((100, 100))
    hand.move((160, 100))
    assert shown(canvas, qtbot, 130, 100) == QColor(255, 0, 0)
    assert labels(session) == []
    assert layer_pixel(session, 130, 100) == CLEAR
    hand.release((160, 100))
    assert labels(session) == ["Brush stroke"]


def test_undo_and_redo_of_a_stroke_show_on_screen(canvas, hand, session, qtbot):
    hand.drag((100, 100), (200, 100))
    session.undo()
    assert shown(canvas, qtbot, 150, 100) == QColor(255, 255, 255)
    session.redo()
    assert shown(canvas, qtbot, 150, 100) == QColor(255, 0, 0)


@pytest.mark.parametrize("how", ["escape", "right button", "cancel_stroke", "undo key"])
def test_a_dropped_stroke_leaves_no_trace(canvas, hand, session, qtbot, how):
    before = session.document
    hand.press((100, 100))
    hand.move((200, 100))
    if how == "escape":
        hand.key(Qt.Key.Key_Escape)
    elif how == "undo key":
        hand.key(Qt.Key.Key_Z, CONTROL)
    elif how == "right button":
        hand.press((200, 100), RIGHT)
        hand.release((200, 100), RIGHT)
    else:
        canvas.cancel_stroke()
    hand.move((250, 100))
    hand.release((250, 100))
    assert session.document is before
    assert labels(session) == []
    assert shown(canvas, qtbot, 150, 100) == QColor(255, 255, 255)


def test_pen_pressure_scales_the_brush(canvas, hand, session):
    hand.pen(QEvent.Type.TabletPress, (100, 100), 0.2)
    hand.pen(QEvent.Type.TabletMove, (200, 100), 0.2)
    hand.pen(QEvent.Type.TabletRelease, (200, 100), 0.0)
    assert layer_pixel(session, 150, 100) == RED
    assert layer_pixel(session, 150, 107) == CLEAR
    hand.pen(QEvent.Type.TabletPress, (100, 200), 1.0)
    hand.pen(QEvent.Type.TabletMove, (200, 200), 1.0)
    hand.pen(QEvent.Type.TabletRelease, (200, 200), 0.0)
    assert layer_pixel(session, 150, 207) == RED
    assert layer_pixel(session, 199, 207) == RED, "the pen lifts with no pressure, which must not thin the end"


def test_pen_events_are_accepted_so_that_no_mouse_event_follows(hand, session):
    assert hand.pen(QEvent.Type.TabletPress, (50, 50), 0.5).isAccepted()
    assert hand.pen(QEvent.Type.TabletRelease, (50, 50), 0.0).isAccepted()


def test_the_other_end_of_the_pen_erases(hand, session):
    hand.drag((100, 100), (200, 100))
    hand.pen(QEvent.Type.TabletPress, (150, 100), 1.0, eraser=True)
    hand.pen(QEvent.Type.TabletRelease, (150, 100), 0.0, eraser=True)
    assert labels(session) == ["Brush stroke", "Erase"]
    assert layer_pixel(session, 150, 100) == CLEAR
    assert layer_pixel(session, 120, 100) == RED


def test_a_pen_that_goes_out_of_reach_keeps_its_stroke(hand, session):
    hand.pen(QEvent.Type.TabletPress, (100, 100), 1.0)
    hand.pen(QEvent.Type.TabletMove, (200, 100), 1.0)
    QApplication.sendEvent(QGuiApplication.instance(), QEvent(QEvent.Type.TabletLeaveProximity))
    assert labels(session) == ["Brush stroke"]
    assert layer_pixel(session, 190, 100) == RED


def test_losing_the_focus_keeps_the_stroke(canvas, hand, session):
    hand.press((100, 100))
    hand.move((200, 100))
    canvas.clearFocus()
    assert labels(session) == ["Brush stroke"]
    hand.move((250, 100))
    hand.release((250, 100))
    assert labels(session) == ["Brush stroke"]
    assert layer_pixel(session, 240, 100) == CLEAR


def test_the_eraser_takes_paint_away(canvas, hand, session):
    hand.drag((100, 100), (200, 100))
    canvas.set_tool("eraser")
    hand.drag((150, 80), (150, 120))
    assert labels(session) == ["Brush stroke", "Erase"]
    assert layer_pixel(session, 150, 100) == CLEAR


def test_erasing_nothing_is_no_step(canvas, hand, session):
    canvas.set_tool("eraser")
    hand.drag((100, 100), (200, 100))
    assert labels(session) == []


def test_shift_click_draws_a_straight_line_from_the_last_point(hand, session):
    hand.drag((50, 50), (60, 50))
    hand.press((60, 200), modifiers=SHIFT)
    hand.release((60, 200), modifiers=SHIFT)
    assert labels(session) == ["Brush stroke", "Brush stroke"]
    assert layer_pixel(session, 60, 125) == RED


def test_alt_picks_a_colour_while_painting(canvas, hand, session, qtbot):
    canvas.set_color(QColor(0, 0, 255))
    hand.drag((100, 100), (200, 100))
    canvas.set_color(QColor(0, 255, 0))
    with qtbot.waitSignal(canvas.color_picked) as picked:
        hand.press((150, 100), modifiers=ALT)
    hand.release((150, 100), modifiers=ALT)
    assert picked.args[0] == QColor(0, 0, 255)
    assert labels(session) == ["Brush stroke"]
    hand.drag((100, 200), (200, 200))
    assert layer_pixel(session, 150, 200) == (0, 0, 255, 255)


def test_the_size_is_changed_in_steps(canvas, qtbot):
    with qtbot.waitSignal(canvas.options.changed) as changed:
        step_size(canvas.options, tool_info("brush"), larger=True)
    assert changed.args == ["brush"]
    assert canvas.options.values("brush")["diameter"] > HARD["diameter"]
    step_size(canvas.options, tool_info("brush"), larger=False)
    step_size(canvas.options, tool_info("pan"), larger=False)
    assert canvas.options.values("brush")["diameter"] == HARD["diameter"]


def test_shift_drag_changes_the_size_and_paints_nothing(canvas, hand, session):
    hand.press((100, 100), modifiers=SHIFT)
    hand.move((130, 100))
    hand.release((130, 100), modifiers=SHIFT)
    assert canvas.options.values("brush")["diameter"] == pytest.approx(HARD["diameter"] + 60)
    assert labels(session) == []


def test_mask_brush_paints_and_unpaints_the_generation_mask(canvas, hand, session, qtbot):
    canvas.set_tool("mask_brush")
    with qtbot.waitSignal(canvas.mask_edited):
        hand.drag((100, 100), (200, 100))
    assert mask_value(session, 150, 100) == 255
    hand.drag((150, 80), (150, 120), modifiers=CONTROL)
    assert mask_value(session, 150, 100) == 0
    hand.drag((110, 80), (110, 120), button=RIGHT)
    assert mask_value(session, 110, 100) == 0
    assert mask_value(session, 180, 100) == 255
    assert labels(session) == ["Paint mask", "Erase mask", "Erase mask"]


def test_the_mask_never_leaves_the_canvas(canvas, hand, session):
    canvas.set_tool("mask_brush")
    hand.drag((5, 150), (-20, 150))
    bounds = session.document.generation_mask.bounds()
    assert bounds.x == 0
    assert bounds.intersected(session.document.canvas) == bounds


def test_the_brush_paints_a_layer_mask_when_that_is_the_target(canvas, hand, session):
    document = session.document
    masked = replace_layer(document, document.active_id, mask=filled_mask(document.canvas, 255))
    session.apply(StepKind("test", "Add mask"), masked)
    canvas.options.set("part", part="mask")
    canvas.set_color(QColor(0, 0, 0))
    hand.drag((100, 100), (200, 100))
    layer = session.document.active_layer
    assert pixel(layer.mask, 150, 100) == (0,)
    assert layer_pixel(session, 150, 100) == CLEAR


def refused(canvas: CanvasView, hand: Hand, session: Session, qtbot) -> str:
    before = session.document
    with qtbot.waitSignal(canvas.message) as said:
        hand.drag((100, 100), (200, 100))
    assert session.document is before
    return said.args[0]


def test_a_locked_layer_is_not_painted_on(canvas, hand, session, qtbot):
    session.apply(StepKind("test", "Lock"), replace_layer(session.document, session.document.active_id, locked=True))
    text = refused(canvas, hand, session, qtbot)
    assert '"Layer 1" is locked' in text
    assert "Unlock" in text


def test_a_fill_layer_is_not_painted_on_and_says_what_to_do(canvas, hand, session, qtbot):
    layer = FillLayer(name="Paper")
    session.apply(StepKind("test", "Fill"), add_layer(session.document, layer))
    text = refused(canvas, hand, session, qtbot)
    assert '"Paper" is a fill layer' in text
    assert "Rasterise" in text


def test_locked_alpha_keeps_what_is_transparent_and_says_so(canvas, hand, session, qtbot):
    hand.drag((100, 100), (140, 100))
    layer = session.document.active_layer
    session.apply(StepKind("test", "Change"), replace_layer(session.document, layer.id, alpha_locked=True))
    canvas.set_color(QColor(0, 0, 255))
    hand.drag((120, 100), (200, 100))
    assert layer_pixel(session, 130, 100) == (0, 0, 255, 255)
    assert layer_pixel(session, 180, 100) == CLEAR
    with qtbot.waitSignal(canvas.message) as told:
        hand.drag((220, 150), (240, 150))
    assert "is locked" in told.args[0]
    canvas.set_tool("eraser")
    with qtbot.waitSignal(canvas.message) as told:
        hand.drag((100, 100), (140, 100))
    assert "nothing can be erased" in told.args[0]
    canvas.set_tool("fill")
    hand.drag((130, 100), (130, 100))
    assert layer_pixel(session, 180, 100) == CLEAR


def test_paint_on_a_clipped_layer_tells_where_its_base_is_empty_or_hidden(canvas, hand, session, qtbot):
    base = session.document.active_layer
    hand.drag((100, 100), (140, 100))
    clip = PaintLayer(name="Clip", clipped=True)
    session.apply(StepKind("test", "Change"), add_layer(session.document, clip))
    with qtbot.assertNotEmitted(canvas.message):
        hand.drag((100, 100), (140, 100))
    with qtbot.waitSignal(canvas.message) as told:
        hand.drag((220, 200), (240, 200))
    assert f'clipped to "{base.name}"' in told.args[0]
    session.apply(StepKind("test", "Change"), replace_layer(session.document, base.id, visible=False))
    with qtbot.waitSignal(canvas.message) as told:
        hand.drag((100, 100), (140, 100))
    assert "which is hidden" in told.args[0]


def test_an_adjustment_layer_is_not_painted_on_and_says_what_to_do(canvas, hand, session, qtbot):
    session.apply(StepKind("test", "Adjust"), add_layer(session.document, AdjustmentLayer(name="Tones")))
    assert '"Tones" is an adjustment layer' in refused(canvas, hand, session, qtbot)
    canvas.set_tool("move")
    assert "nothing to move" in refused(canvas, hand, session, qtbot)


def test_a_hidden_layer_is_not_painted_on(canvas, hand, session, qtbot):
    session.apply(StepKind("test", "Hide"), replace_layer(session.document, session.document.active_id, visible=False))
    assert "hidden" in refused(canvas, hand, session, qtbot)


def test_a_layer_in_a_hidden_group_is_not_painted_on(canvas, hand, session, qtbot):
    inner = PaintLayer(name="Inner")
    group = GroupLayer(name="Folder", visible=False, children=(inner,))
    session.apply(StepKind("test", "Group"), add_layer(session.document, group).with_active(inner.id))
    assert '"Folder" is hidden' in refused(canvas, hand, session, qtbot)


def test_a_group_is_not_painted_on(canvas, hand, session, qtbot):
    session.apply(StepKind("test", "Group"), add_layer(session.document, GroupLayer(name="Folder")))
    assert "group" in refused(canvas, hand, session, qtbot).lower()


def test_without_a_layer_the_message_says_so(canvas, hand, session, qtbot):
    session.select_layer(None)
    assert "No layer is selected" in refused(canvas, hand, session, qtbot)


def test_a_result_that_arrives_during_a_stroke_loses_neither(canvas, hand, session, qtbot):
    painted = session.document.active_id
    hand.press((100, 100))
    hand.move((150, 100))
    arrived = add_layer(session.document, PaintLayer(name="Result")).with_active(painted)
    session.apply(StepKind("test", "Generate"), arrived)
    hand.move((200, 100))
    hand.release((200, 100))
    assert labels(session) == ["Generate", "Brush stroke"]
    assert [layer.name for layer in session.document.layers] == ["Background", "Layer 1", "Result"]
    assert layer_pixel(session, 120, 100) == RED
    assert layer_pixel(session, 190, 100) == RED


def test_undo_during_a_stroke_drops_the_stroke(canvas, hand, session, qtbot):
    hand.drag((50, 50), (100, 50))
    hand.press((100, 100))
    hand.move((150, 100))
    with qtbot.waitSignal(canvas.message):
        session.undo()
    hand.move((200, 100))
    hand.release((200, 100))
    assert labels(session) == []
    assert session.history.can_redo
    assert shown(canvas, qtbot, 130, 100) == QColor(255, 255, 255)


def test_choosing_a_layer_during_a_stroke_is_no_undo(canvas, hand, session):
    painted = session.document.active_id
    hand.drag((50, 50), (100, 50))
    session.undo()
    hand.press((100, 100))
    session.select_layer(session.document.layers[0].id)
    hand.move((150, 100))
    hand.release((150, 100))
    assert labels(session) == ["Brush stroke"]
    assert pixel(session.document.find(painted).raster, 140, 100) == RED


def test_another_document_drops_the_stroke(canvas, hand, session, qtbot):
    hand.press((100, 20))
    hand.move((150, 20))
    session.open_document(new_document(200, 200), StepKind("test", "Open"))
    hand.release((150, 20))
    assert labels(session) == []
    assert shown(canvas, qtbot, 120, 20) == QColor(255, 255, 255)


def test_a_huge_brush_draws_its_whole_way_however_fast_the_hand(canvas, hand, session):
    canvas.options.set("brush", **{**HARD, "diameter": 300.0})
    hand.press((0, 150))
    for x in range(0, 400, 4):
        hand.move((x, 150))
    hand.release((400, 150))
    assert all(layer_pixel(session, x, y) == RED for x in (5, 200, 395) for y in (50, 150, 250))


def test_changing_the_tool_during_a_stroke_keeps_it(canvas, hand, session):
    hand.press((100, 100))
    hand.move((200, 100))
    canvas.set_tool("move")
    hand.release((200, 100))
    assert labels(session) == ["Brush stroke"]


def with_result(session: Session) -> PaintLayer:
    """Put a blue result on top, seen in the left part of the canvas only."""
    blue = filled_raster(400, 300, (0, 0, 255, 255))
    layer = PaintLayer(name="Sea", raster=blue, mask=filled_mask(Rect(0, 0, 200, 300)), settings="{}")
    session.apply(StepKind("test", "Generate"), add_layer(session.document, layer))
    return layer


def test_a_stroke_over_a_masked_result_is_seen_on_both_sides_and_spares_the_result(canvas, hand, session, qtbot):
    result = with_result(session)
    said = []
    canvas.message.connect(said.append)
    hand.press((100, 100))
    hand.move((300, 100))
    assert shown(canvas, qtbot, 250, 100) == QColor(255, 0, 0), "also while it is drawn"
    hand.release((300, 100))
    assert labels(session) == ["Generate", "Brush stroke"]
    for x in (150, 250):
        assert shown(canvas, qtbot, x, 100) == QColor(255, 0, 0)
        assert layer_pixel(session, x, 100) == RED
    assert session.document.find(result.id) is result
    above = session.document.active_layer
    assert session.document.layers[-1] is above
    assert (above.name, above.mask, above.settings) == ("Layer 2", None, None)
    assert len(said) == 1
    assert "Sea" in said[0]
    hand.drag((100, 200), (300, 200))
    assert [layer.name for layer in session.document.layers][-2:] == ["Sea", "Layer 2"], "no third layer"
    session.undo()
    session.undo()
    assert session.document.active_id == result.id


def test_the_result_itself_is_erased_and_once_its_mask_is_applied_painted_on(canvas, hand, session):
    result = with_result(session)
    canvas.set_tool("eraser")
    hand.drag((100, 100), (150, 100))
    assert session.document.active_id == result.id
    assert layer_pixel(session, 120, 100) == CLEAR
    session.apply(StepKind("test", "Apply"), replace_layer(session.document, result.id, mask=None))
    canvas.set_tool("brush")
    hand.drag((100, 200), (150, 200))
    assert session.document.active_id == result.id
    assert layer_pixel(session, 120, 200) == RED


def test_a_fill_over_a_masked_result_covers_what_looks_alike(canvas, hand, session, qtbot):
    with_result(session)
    canvas.set_tool("fill")
    hand.press((100, 100))
    hand.release((100, 100))
    assert shown(canvas, qtbot, 150, 200) == QColor(255, 0, 0)
    assert shown(canvas, qtbot, 250, 200) == QColor(255, 255, 255)
    assert session.document.active_layer.name == "Layer 2"


def test_paint_over_a_result_that_is_a_frame_stays_in_that_frame(canvas, hand, session):
    result = with_result(session)
    framed = make_timeline(session.document, (result.id,), name="Frames", frame_name="Frame 1")
    session.apply(StepKind("test", "Timeline"), framed.with_active(result.id))
    hand.drag((250, 100), (300, 100))
    assert len(frames(session.document)) == 1
    assert frame_holding(session.document, session.document.active_id) == 0
    assert layer_pixel(session, 275, 100) == RED


def test_paint_that_a_mask_of_ones_own_hides_is_told_of(canvas, hand, session):
    masked = replace_layer(session.document, session.document.active_id, mask=filled_mask(Rect(0, 0, 200, 300)))
    session.apply(StepKind("test", "Mask"), masked)
    said = []
    canvas.message.connect(said.append)
    hand.drag((100, 100), (300, 100))
    assert said == []
    hand.drag((250, 200), (300, 200))
    assert len(said) == 1
    assert "hides" in said[0]


def so_far(canvas: CanvasView) -> Document | None:
    unfinished = canvas.unfinished()
    return None if unfinished is None else unfinished.document()


def test_what_a_stroke_has_painted_so_far_can_be_kept_while_it_goes_on(canvas, hand, session):
    assert canvas.unfinished() is None
    hand.press((100, 100))
    hand.move((160, 100))
    assert canvas.unfinished().kind.label == "Brush stroke"
    first = so_far(canvas)
    hand.move((260, 100))
    second = so_far(canvas)
    near, far = Rect(130, 100, 1, 1), Rect(230, 100, 1, 1)
    assert tuple(first.active_paint_layer.raster.read(near)[0, 0]) == RED
    assert tuple(first.active_paint_layer.raster.read(far)[0, 0]) == CLEAR
    assert tuple(second.active_paint_layer.raster.read(far)[0, 0]) == RED
    assert first.active_paint_layer.raster.changed_tiles(second.active_paint_layer.raster) == {(0, 0), (1, 0)}
    hand.release((260, 100))
    assert canvas.unfinished() is None
    assert layer_pixel(session, 230, 100) == RED


def test_tiles_that_a_stroke_has_left_are_kept_once(qtbot, canvas, hand, session):
    def drawn_to(x: int) -> Raster:
        """The layer once the moves that waited have been drawn as far as there."""
        area = Rect(x, 30, 1, 1)
        qtbot.waitUntil(lambda: so_far(canvas).active_paint_layer.raster.read(area)[0, 0, 3] > 0)
        return so_far(canvas).active_paint_layer.raster

    hand.press((30, 30))
    hand.move((60, 30))
    hand.move((300, 30))
    first = drawn_to(300)
    hand.move((390, 30))
    second = drawn_to(390)
    assert first.changed_tiles(second) == {(1, 0)}
    hand.release((390, 30))
    assert session.document.active_paint_layer.raster.changed_tiles(second) == set()


def test_a_mask_shape_and_a_drag_can_be_kept_while_they_go_on(canvas, hand, session):
    canvas.set_tool("mask_lasso")
    hand.press((50, 50))
    assert canvas.unfinished() is None
    for point in ((150, 50), (150, 150)):
        hand.move(point)
    assert so_far(canvas).generation_mask.read(Rect(140, 100, 1, 1))[0, 0] == 255
    hand.key(Qt.Key.Key_Escape)
    assert canvas.unfinished() is None
    canvas.set_tool("brush")
    hand.drag((100, 100), (150, 100))
    canvas.set_tool("move")
    hand.press((100, 100))
    hand.move((100, 150))
    assert tuple(so_far(canvas).active_paint_layer.raster.read(Rect(120, 150, 1, 1))[0, 0]) == RED
    assert labels(session) == ["Brush stroke"]
    hand.release((100, 150))


@pytest.mark.parametrize("far", [(1e6, 150.0), (-1e6, -2e6), (200.0, 1e9)])
def test_a_pen_sent_far_away_by_a_broken_driver_paints_only_as_far_as_can_matter(canvas, hand, session, far):
    hand.pen(QEvent.Type.TabletPress, (200, 150), 1.0)
    hand.pen(QEvent.Type.TabletMove, far, 1.0)
    hand.pen(QEvent.Type.TabletMove, (220, 150), 1.0)
    hand.pen(QEvent.Type.TabletRelease, (220, 150), 0.0)
    raster = session.document.active_layer.raster
    assert raster.tile_bounds().intersected(session.document.canvas.expanded(2400)) == raster.tile_bounds()
    assert layer_pixel(session, 200, 150)[3] == 255
    way = math.hypot(far[0] - 200, far[1] - 150)
    x, y = (200 + 100 * (far[0] - 200) / way, 150 + 100 * (far[1] - 150) / way)
    assert layer_pixel(session, round(x), round(y))[3] == 255
