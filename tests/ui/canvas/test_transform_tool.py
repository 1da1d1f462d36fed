"""The transform tool: frames that are dragged and typed, what ends them, and what is on screen meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from studio.document import (
    Document,
    FillLayer,
    GroupLayer,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    filled_mask,
    new_document,
    replace_layer,
)
from studio.document.fill import filled_rect
from studio.history import StepKind
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.transform import APPLY
from studio.ui.canvas.tools.transform_options import FIELDS
from tests.ui.canvas.canvas_hands import ALT, CONTROL, LEFT, SHIFT, Hand, labels, shown

BOX = Rect(100, 80, 120, 90)
BLUE = (0, 0, 255, 255)


@pytest.fixture
def messages(canvas: CanvasView) -> list[str]:
    said: list[str] = []
    canvas.message.connect(said.append)
    return said


@pytest.fixture
def tool(canvas: CanvasView, session: Session, hand: Hand) -> Hand:
    """A hand with the transform tool on a blue rectangle."""
    put(session, PaintLayer(name="Blue", id="blue", raster=filled_rect(BOX, BLUE)))
    canvas.set_tool("transform")
    return hand


@pytest.fixture
def applied(canvas: CanvasView, session: Session) -> Callable[[], Rect]:
    """Ends the transform, and gives the bounds of the active layer."""

    def apply() -> Rect:
        canvas.finish_stroke()
        layer = session.document.active_layer
        assert layer is not None
        return layer.bounds()

    return apply


def put(session: Session, layer: PaintLayer | GroupLayer | FillLayer) -> None:
    session.apply(StepKind("test", "Edit"), add_layer(session.document, layer))


def values(canvas: CanvasView) -> dict[str, object]:
    return {key: value for group in FIELDS for key, value in canvas.options.values(group.id).items()}


def test_drags_make_one_step_of_layer_and_mask_and_nothing_before(tool, canvas, session, applied):
    session.apply(StepKind("test", "Edit"), replace_layer(session.document, "blue", mask=filled_mask(BOX)))
    before, steps = session.document, len(session.history.steps)
    tool.drag((160, 125), (170, 135), (181, 150))
    tool.drag((241, 195), (301, 240))
    assert session.document is before
    assert canvas.is_stroke_active
    assert applied() == Rect(121, 105, 180, 135)
    assert session.document.active_layer.mask.bounds() == Rect(121, 105, 180, 135)
    assert len(session.history.steps) == steps + 1
    assert labels(session)[-1] == "Transform"
    assert session.document.layers[0].raster is before.layers[0].raster


@pytest.mark.parametrize(
    ("start", "end", "modifiers", "wanted"),
    [
        ((220, 170), (340, 260), SHIFT, Rect(100, 80, 240, 180)),
        ((220, 170), (240, 180), ALT, Rect(80, 70, 160, 110)),
        ((160, 170), (160, 260), Qt.KeyboardModifier.NoModifier, Rect(100, 80, 120, 180)),
        ((220, 125), (40, 125), Qt.KeyboardModifier.NoModifier, Rect(40, 80, 60, 90)),
        ((160, 125), (200, 140), SHIFT, Rect(140, 80, 120, 90)),
    ],
    ids=["in proportion", "from the middle", "one side", "mirrored", "level"],
)
def test_keys_that_are_held_change_the_drag(tool, canvas, applied, start, end, modifiers, wanted):
    tool.press(start, modifiers=modifiers)
    tool.release(end, modifiers=modifiers)
    assert applied() == wanted


def test_outside_the_frame_it_turns_and_shift_keeps_to_angles(tool, canvas, session, applied):
    tool.press((300, 125), modifiers=SHIFT)
    tool.release((160, 268), modifiers=SHIFT)
    assert values(canvas)["angle"] == 90.0
    assert applied() == Rect(115, 65, 90, 120)


def test_control_pulls_a_corner_alone_and_never_through_the_others(tool, canvas, session):
    tool.press((220, 170), modifiers=CONTROL)
    tool.release((90, 60), modifiers=CONTROL)
    canvas.finish_stroke()
    assert labels(session)[-1] == "Transform", "as far as it goes"
    raster = session.document.active_layer.raster
    assert raster.read(Rect(112, 86, 1, 1))[0, 0, 3] == 255
    assert raster.read(Rect(200, 160, 1, 1))[0, 0, 3] == 0


def test_points_of_a_mesh_bend_the_pixels(tool, canvas, session):
    canvas.options.set("transform", mode="warp", cells=1)
    tool.drag((220, 170), (260, 200))
    canvas.finish_stroke()
    assert session.document.active_layer.raster.read(Rect(245, 190, 1, 1))[0, 0].tolist() == list(BLUE)


def test_what_is_typed_counts_as_dragged_and_the_fields_follow_the_frame(tool, canvas, session, qtbot, applied):
    shown(canvas, qtbot, 10, 10)
    assert [values(canvas)[key] for key in ("x", "y", "width", "height")] == [100, 80, 120, 90]
    canvas.options.set("transform_size", keeps_ratio=True, width=240)
    shown(canvas, qtbot, 10, 10)
    assert values(canvas)["height"] == 180
    assert values(canvas)["percent_x"] == 200.0
    canvas.options.set("transform_place", x=0, y=10)
    assert applied() == Rect(0, 10, 240, 180)


def test_zero_becomes_a_pixel_and_a_hundred_thousand_is_refused_in_words(tool, canvas, session, messages, applied):
    canvas.options.set("transform_size", width=0, height=0)
    assert applied().width == 1
    session.undo()
    canvas.options.set("transform_size", width=100_000, height=100_000)
    before = session.document
    canvas.finish_stroke()
    assert session.document is before
    assert "too many" in messages[-1]


@pytest.mark.parametrize("ending", ["escape", "undone", "undone twice"])
def test_it_is_dropped_cleanly_and_undo_steps_back_inside_first(tool, canvas, session, ending):
    before = session.document
    tool.drag((160, 125), (180, 125))
    tool.key(Qt.Key.Key_Right, SHIFT)
    if ending == "escape":
        tool.key(Qt.Key.Key_Escape)
    else:
        tool.key(Qt.Key.Key_Z, CONTROL)
        assert values(canvas)["x"] == 120
        tool.key(Qt.Key.Key_Z, CONTROL | SHIFT)
        assert values(canvas)["x"] == 130
        for _step in range(3):
            tool.key(Qt.Key.Key_Z, CONTROL)
    assert not canvas.is_stroke_active
    assert session.document is before
    assert values(canvas)["x"] == 100


def test_a_click_or_a_choice_of_layer_alone_leaves_no_step(tool, canvas, session):
    steps = len(session.history.steps)
    tool.drag((160, 125))
    assert not canvas.is_stroke_active
    canvas.set_tool("brush")
    assert len(session.history.steps) == steps


def test_enter_asks_the_window_and_another_tool_applies(tool, canvas, session):
    asked: list[str] = []
    canvas.asked.connect(asked.append)
    tool.key(Qt.Key.Key_Down)
    tool.key(Qt.Key.Key_Return)
    assert asked == [APPLY]
    assert canvas.is_stroke_active
    canvas.set_tool("brush")
    assert session.document.active_layer.bounds().y == 81


def test_it_goes_on_beside_other_changes_and_ends_with_one_of_its_own_layer(tool, canvas, session, messages, applied):
    tool.drag((160, 125), (180, 125))
    session.apply(StepKind("test", "Edit"), replace_layer(session.document, session.document.layers[0].id, opacity=0.5))
    assert canvas.is_stroke_active
    session.apply(StepKind("test", "Edit"), replace_layer(session.document, "blue", raster=filled_rect(BOX, BLUE)))
    assert not canvas.is_stroke_active
    assert "dropped" in messages[-1]
    assert applied() == BOX


def test_several_layers_and_groups_go_together(canvas, session, hand):
    child = PaintLayer(name="Child", id="child", raster=filled_rect(Rect(200, 100, 20, 20), BLUE))
    put(session, PaintLayer(name="Single", id="single", raster=filled_rect(Rect(100, 100, 20, 20), BLUE)))
    put(session, GroupLayer(name="Group", id="group", children=(child,)))
    canvas.follow_layers(lambda: ("single", "group", "child"))
    canvas.set_tool("transform")
    hand.drag((220, 120), (340, 140))
    canvas.finish_stroke()
    assert session.document.find("single").bounds() == Rect(100, 100, 40, 40)
    assert session.document.find("child").bounds() == Rect(300, 100, 40, 40)


@pytest.mark.parametrize("what", ["layer_mask", "generation_mask"])
def test_a_mask_alone(canvas, session, hand, what, qtbot):
    document = replace_layer(session.document, session.document.active_id, mask=filled_mask(BOX))
    session.apply(StepKind("test", "Edit"), document.with_generation_mask(filled_mask(BOX)))
    layers = session.document.layers
    canvas.options.set("transform_what", what=what)
    canvas.set_tool("transform")
    hand.drag((160, 125), (190, 125))
    assert shown(canvas, qtbot, 240, 125) is not None
    canvas.finish_stroke()
    moved = replace(BOX, x=130)
    masks = session.document.active_layer.mask.bounds(), session.document.generation_mask.bounds()
    assert masks == ((moved, BOX) if what == "layer_mask" else (BOX, moved))
    assert session.document.layers[0] is layers[0]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda document: replace_layer(document, "blue", locked=True), "locked"),
        (lambda document: replace_layer(document, "blue", visible=False), "hidden"),
        (lambda document: replace_layer(document, "blue", raster=Raster()), "empty"),
        (lambda document: add_layer(document, FillLayer(name="Sky")), "fill layer"),
        (lambda document: document.with_active(None), "No layer"),
        (lambda _document: new_document(50, 50, background=None), "empty"),
    ],
    ids=["locked", "hidden", "empty", "fill", "none", "another picture"],
)
def test_what_cannot_be_transformed_says_why(tool, canvas, session, messages, change, word):
    session.apply(StepKind("test", "Edit"), change(session.document))
    tool.drag((20, 20), (40, 20))
    assert not canvas.is_stroke_active
    assert word in messages[-1]
    tool.key(Qt.Key.Key_Left)
    assert not canvas.is_stroke_active


def test_the_screen_shows_layers_in_their_order_and_afterwards_what_is_there(tool, canvas, session, qtbot):
    over = PaintLayer(name="Over", raster=filled_rect(Rect(150, 0, 300, 300), (0, 255, 0, 255)))
    session.apply(StepKind("test", "Edit"), add_layer(session.document, over).with_active("blue"))
    tool.drag((130, 125), (150, 125), (120, 200))
    assert shown(canvas, qtbot, 100, 175).getRgb() == BLUE
    assert shown(canvas, qtbot, 170, 190).getRgb() == (0, 255, 0, 255), "it lies above still"
    assert shown(canvas, qtbot, 110, 100).getRgb() == (255, 255, 255, 255)
    canvas.cancel_stroke()
    assert shown(canvas, qtbot, 110, 100).getRgb() == BLUE


def test_a_reduced_view_shows_what_comes_out(canvas, session, hand, qtbot):
    rng = np.random.default_rng(2)
    blocks = rng.integers(0, 256, (16, 16, 4), np.uint8).repeat(50, 0).repeat(50, 1)
    blocks[..., 3] = 255
    document: Document = new_document(1000, 1000, background=None)
    raster = Raster.from_array(np.ascontiguousarray(blocks), 100, 100)
    session.apply(StepKind("test", "Edit"), add_layer(document, PaintLayer(name="Blocks", raster=raster)))
    canvas.fit()
    canvas.set_tool("transform")
    hand.drag((500, 500), (540, 480))
    hand.drag((960, 500), (800, 800))
    places = [(325, 475), (600, 511), (540, 680)]
    before = [shown(canvas, qtbot, *place) for place in places]
    canvas.finish_stroke()
    canvas.set_tool("pan")
    for place, color in zip(places, before, strict=True):
        after = shown(canvas, qtbot, *place)
        assert np.abs(np.array(after.getRgb()) - color.getRgb()).max() <= 12


def test_a_drag_that_is_let_go_or_met_by_a_second_button_waits(tool, canvas):
    tool.press((160, 125))
    tool.move((180, 125))
    tool.press((180, 125), button=Qt.MouseButton.RightButton)
    tool.move((300, 200))
    assert values(canvas)["x"] == 120
    tool.release((300, 200), button=Qt.MouseButton.RightButton)
    tool.release((300, 200), button=LEFT)
    assert canvas.is_stroke_active


def test_a_played_picture_gives_way_to_the_transform_again(tool, canvas, qtbot):
    tool.drag((130, 125), (150, 145))
    assert shown(canvas, qtbot, 125, 180).getRgb() == BLUE
    frame = QImage(16, 12, QImage.Format.Format_RGB32)
    frame.fill(QColor(200, 10, 10))
    canvas.show_played(frame)
    assert shown(canvas, qtbot, 125, 180).getRgb() == (200, 10, 10, 255)
    canvas.show_played(None)
    assert shown(canvas, qtbot, 125, 180).getRgb() == BLUE


def test_to_choose_something_else_to_transform_applies_what_was_done(tool, canvas, session):
    session.apply(StepKind("test", "Edit"), session.document.with_generation_mask(filled_mask(BOX)))
    tool.drag((130, 125), (150, 125))
    canvas.options.set("transform_what", what="generation_mask")
    assert not canvas.is_stroke_active
    assert session.document.active_layer.bounds() == replace(BOX, x=120)
    assert session.document.generation_mask.bounds() == BOX
