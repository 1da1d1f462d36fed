"""After every kind of action, what partial paints left on the screen is what a full repaint shows, pixel for pixel."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.document import (
    BlendMode,
    Document,
    Grid,
    LayerId,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    filled_mask,
    group_layers,
    make_timeline,
    move_layer,
    new_document,
    remove_layer,
    replace_layer,
    ungroup,
)
from studio.editing import mask, selection
from studio.editing.ruling import set_grid, set_line, with_line
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.raster.transform import crop, flip, resize_image, rotate
from studio.session import Session
from studio.settings import OnionSkinSettings
from studio.ui.canvas import canvas_context
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.rulers import Rulers
from studio.ui.canvas.tools.brush_resize import step_size
from studio.ui.canvas.tools.registry import TOOLS, tool_info
from studio.ui.canvas.view_sign import ViewSign
from studio.ui.style.theme import apply_theme
from tests.screen_eyes import assert_screen_is_as_repainted, come_to_rest, on_screen, repainted
from tests.ui.canvas.canvas_hands import ALT, CONTROL, HARD, NONE, SHIFT, Hand

WIDTH, HEIGHT = 700, 520
Steps = Iterator[str]


class Desk:
    """A canvas in a window of its own, a hand on it, and shorthand for edits."""

    def __init__(self, session: Session, canvas: CanvasView) -> None:
        self.session, self.canvas, self.hand = session, canvas, Hand(canvas)

    @property
    def document(self) -> Document:
        return self.session.document

    def top(self) -> LayerId:
        return self.document.layers[-1].id

    def apply(self, document: Document) -> None:
        self.session.apply(StepKind("test", "Edit"), document)

    def on_top(self, **changes: object) -> None:
        self.apply(replace_layer(self.document, self.top(), **changes))


def noise(seed: int, width: int = WIDTH, height: int = HEIGHT) -> Raster:
    """Translucent blocks of all colours."""
    rng = np.random.default_rng(seed)
    pixels = rng.integers(0, 256, (-(-height // 4), -(-width // 4), 4), np.uint8).repeat(4, 0).repeat(4, 1)
    pixels[..., :3] = pixels[..., :3].astype(np.uint16) * pixels[..., 3:] // 255
    return Raster.from_array(np.ascontiguousarray(pixels[:height, :width]))


def picture(layers: int = 3) -> Document:
    document = new_document(WIDTH, HEIGHT)
    for index in range(layers):
        document = add_layer(document, PaintLayer(name=str(index), opacity=0.6, raster=noise(index)))
    return document


def strokes(desk: Desk) -> Steps:
    for tool, modifiers in (("brush", SHIFT), ("eraser", SHIFT), ("mask_brush", CONTROL)):
        desk.canvas.set_tool(tool)
        desk.hand.press((120, 90))
        yield f"pressing the {tool}"
        for x in range(150, 420, 90):
            desk.hand.move((x, 90 + x / 3))
        yield f"dragging the {tool}"
        desk.hand.release((420, 230))
        yield f"releasing the {tool}"
        desk.hand.drag((300, 300), modifiers=modifiers)
        yield f"a click with the {tool}"
    desk.canvas.set_tool("brush")
    desk.hand.press((50, 50))
    desk.hand.move((200, 400))
    desk.canvas.cancel_stroke()
    yield "a dropped stroke"


def fills(desk: Desk) -> Steps:
    desk.canvas.set_tool("fill")
    desk.hand.drag((333, 222))
    yield "a fill"
    desk.session.undo()
    yield "undo of a fill"


def moves(desk: Desk) -> Steps:
    desk.canvas.set_tool("move")
    desk.hand.press((300, 200))
    desk.hand.move((345, 266))
    yield "dragging a layer"
    desk.hand.release((345, 266))
    yield "moving a layer"
    desk.session.undo()
    yield "undo of a move"
    desk.session.redo()
    yield "redo of a move"
    desk.hand.key(Qt.Key.Key_Left, SHIFT)
    yield "a nudge"


def transforms(desk: Desk) -> Steps:
    desk.canvas.set_tool("transform")
    desk.hand.press((300, 200))
    desk.hand.move((341, 260))
    yield "dragging what is transformed"
    desk.hand.release((341, 260))
    desk.canvas.options.set("transform_turn", angle=30.0)
    yield "a typed angle"
    desk.canvas.options.set("transform", mode="warp")
    desk.hand.drag((341, 260), (380, 200))
    yield "a warp"
    desk.canvas.finish_stroke()
    yield "an applied transform"
    desk.hand.key(Qt.Key.Key_Left)
    desk.hand.key(Qt.Key.Key_Escape)
    desk.canvas.options.set("transform", mode="free")
    yield "a dropped transform"


def sizes(desk: Desk) -> Steps:
    changes: dict[str, Callable[[Document], Document]] = {
        "a larger canvas": lambda document: crop(document, Rect(-50, -50, 1100, 900), keep_outside=True),
        "crop": lambda document: crop(document, Rect(37, 41, 600, 411)),
        "resize": lambda document: resize_image(document, 933, 701),
        "turn": lambda document: rotate(document, 1),
        "flip": lambda document: flip(document, "horizontal"),
        "half a turn": lambda document: rotate(document, 2),
    }
    for what, change in changes.items():
        desk.apply(change(desk.document))
        yield what
    for _ in changes:
        desk.session.undo()
        yield "undo of a change of size"
    desk.session.go_to(desk.session.history.index + len(changes))
    yield "redo of all changes of size"
    desk.session.go_to(1)


def layers(desk: Desk) -> Steps:
    for changes in (
        {"visible": False},
        {"visible": True, "opacity": 0.3},
        {"blend_mode": BlendMode.MULTIPLY},
        {"mask": filled_mask(Rect(100, 60, 300, 333))},
        {"mask_enabled": False},
        {"mask_enabled": True},
        {"mask": None},
        {"raster": noise(8)},
    ):
        desk.on_top(**changes)
        yield f"a layer's {', '.join(changes)}"
    desk.apply(move_layer(desk.document, desk.top(), None, 1))
    yield "another order"
    desk.apply(group_layers(desk.document, tuple(layer.id for layer in desk.document.layers[-2:]), "Group"))
    yield "a group"
    desk.on_top(opacity=0.5, mask=filled_mask(Rect(50, 60, 411, 333)))
    yield "a masked group"
    desk.apply(ungroup(desk.document, desk.top()))
    yield "no group"
    desk.apply(remove_layer(desk.document, desk.top()))
    yield "a deleted layer"
    result = PaintLayer(name="Result", raster=noise(9), mask=filled_mask(Rect(111, 99, 280, 301)))
    desk.apply(add_layer(desk.document, result))
    yield "a result"


def layer_masks(desk: Desk) -> Steps:
    desk.on_top(mask=filled_mask(desk.document.canvas))
    desk.session.select_layer(desk.top())
    desk.canvas.options.set("part", part="mask")
    desk.canvas.set_tool("eraser")
    desk.hand.press((100, 100))
    desk.hand.move((300, 240))
    yield "painting on a layer's mask"
    desk.hand.release((300, 240))
    yield "a stroke on a layer's mask"
    desk.canvas.show_mask_alone(True)
    yield "a layer's mask alone"
    desk.hand.press((150, 120))
    desk.hand.move((250, 300))
    yield "painting on a mask that is shown alone"
    desk.hand.release((250, 300))
    yield "a stroke on a mask that is shown alone"
    desk.session.undo()
    yield "undo on a mask that is shown alone"
    desk.canvas.show_mask_alone(False)
    yield "the picture again"
    desk.canvas.options.set("part", part="pixels")


def masks(desk: Desk) -> Steps:
    for tool in ("mask_rectangle", "mask_ellipse", "mask_lasso"):
        desk.canvas.set_tool(tool)
        desk.hand.press((150, 120))
        desk.hand.move((220, 330))
        desk.hand.move((500, 300))
        yield f"dragging {tool}"
        desk.hand.release((500, 300))
        yield tool
    for operation in (mask.invert_mask, mask.clear_mask, mask.mask_everything):
        operation(desk.session)
        yield operation.__name__
    desk.session.undo()
    desk.session.undo()
    mask.grow_mask(desk.session, 9)
    yield "a grown mask"
    mask.feather_mask(desk.session, 12)
    yield "a soft mask"
    desk.canvas.options.set("mask_view", color="#005aff", opacity=70.0, visible=True)
    yield "another colour of the mask"
    desk.canvas.options.set("mask_view", color="#005aff", opacity=70.0, visible=False)
    yield "a hidden mask"
    desk.canvas.options.set("mask_view", color="#ff0000", opacity=40.0, visible=True)
    yield "a mask that is shown again"


def selections(desk: Desk) -> Steps:
    for tool in ("select_rectangle", "select_ellipse", "select_lasso"):
        desk.canvas.set_tool(tool)
        desk.hand.press((150, 120))
        desk.hand.move((220, 330))
        desk.hand.move((500, 300))
        yield f"dragging {tool}"
        desk.hand.release((500, 300))
        yield tool
        selection.deselect(desk.session)
        yield "nothing selected"
    selection.select_all(desk.session)
    yield "all selected"
    desk.session.undo()
    selection.reselect(desk.session)
    yield "selected again"
    desk.canvas.set_tool("brush")
    desk.hand.drag((140, 100), (400, 310))
    yield "a stroke that a selection limits"
    desk.canvas.set_tool("move")
    desk.hand.press((300, 250))
    desk.hand.move((345, 286))
    yield "moving what is selected"
    desk.hand.release((345, 286))
    selection.deselect(desk.session)
    yield "moved and nothing selected"


def crowded_masks(desk: Desk) -> Steps:
    """So many edges that they are not drawn, and few again."""
    crowd = np.indices((HEIGHT, WIDTH)).sum(axis=0) % 2 * np.uint8(255)
    for painted in (filled_mask(Rect(90, 90, 200, 200)), Raster.from_array(crowd.astype(np.uint8))):
        desk.apply(desk.document.with_generation_mask(painted))
        yield "a mask of few or many pieces"
    desk.session.undo()
    yield "a mask of few pieces again"


def jobs(desk: Desk) -> Steps:
    desk.apply(desk.document.with_generation_mask(filled_mask(Rect(120, 130, 256, 192))))
    desk.session.start(GenerationSettings(prompt="a beach"))
    yield "a job that began"
    place, rng = Rect(101, 77, 320, 256), np.random.default_rng(4)
    for size in (8, 32):
        desk.canvas.set_live_preview(place, rng.integers(0, 256, (size, size, 3), np.uint8))
        yield "a preview of a job"
    shown = filled_mask(Rect(40, 40, 100, 90)).read(Rect(0, 0, place.width, place.height))
    desk.canvas.set_live_preview(Rect(200, 90, 320, 256), rng.integers(0, 256, (32, 32, 3), np.uint8), shown)
    yield "a preview with a mask"
    desk.canvas.set_live_preview(None, None)
    yield "the end of a preview"
    desk.session.queue.cancel_all()
    yield "a cancelled job"


def previews(desk: Desk) -> Steps:
    desk.canvas.show_preview(replace_layer(desk.document, desk.top(), raster=noise(6)))
    yield "a filter's preview"
    desk.canvas.show_preview(None)
    yield "no preview"
    frame = QImage(64, 48, QImage.Format.Format_RGB32)
    frame.fill(QColor(20, 160, 90))
    desk.canvas.show_played(frame)
    yield "a played frame"
    desk.canvas.show_played(None)
    yield "the end of playing"


def views(desk: Desk) -> Steps:
    start = desk.canvas.view_transform()
    desk.canvas.set_tool("pan")
    desk.hand.drag((300, 200), (340, 260), (200, 150))
    yield "a pan"
    place = QPointF(200, 130)
    wheel = QWheelEvent(
        place,
        QPointF(desk.canvas.mapToGlobal(place.toPoint())),
        *(QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(desk.canvas, wheel)
    yield "the wheel"
    for change in (desk.canvas.zoom_in, desk.canvas.zoom_out, desk.canvas.fit):
        change()
        yield "zoom"
    desk.canvas.rotate_view(15)
    yield "a turned view"
    desk.canvas.mirror_view(True)
    yield "a mirrored view"
    desk.canvas.resize(desk.canvas.width() + 41, desk.canvas.height() - 23)
    yield "another size of the window"
    desk.canvas.resize(desk.canvas.width() - 41, desk.canvas.height() + 23)
    desk.canvas._context.set_view(start)
    yield "the view from before"


def pointers(desk: Desk) -> Steps:
    desk.canvas.set_tool("brush")
    for x in (100, 131, 290):
        desk.hand.move((x, 77))
        yield "a move of the pointer"
    for larger in (False, True, True):
        step_size(desk.canvas.options, tool_info("brush"), larger=larger)
        yield "another brush size"
    for diameter in (1.0, 300.0, 20.0):
        desk.canvas.options.set("brush", **{**HARD, "diameter": diameter})
        yield f"a brush of {diameter} px"
    desk.hand.drag((200, 200), (260, 200), modifiers=SHIFT)
    yield "a brush that was dragged larger"
    for tool in ("picker", "eraser", "zoom"):
        desk.canvas.set_tool(tool)
        yield f"the {tool} under the pointer"
    desk.canvas.set_tool("brush")
    QApplication.sendEvent(desk.canvas, QEvent(QEvent.Type.Leave))
    yield "a pointer that left"
    desk.canvas.clearFocus()
    desk.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    yield "the ring of the keyboard"
    desk.canvas.clearFocus()
    desk.canvas.setFocus()
    yield "no ring"


def surroundings(desk: Desk) -> Steps:
    app = QApplication.instance()
    sheet, palette, name = app.styleSheet(), app.palette(), app.property("shorelineTheme")
    for theme in ("light", "dark"):
        apply_theme(app, theme)
        yield f"the {theme} theme"
    app.setStyleSheet(sheet)
    app.setPalette(palette)
    app.setProperty("shorelineTheme", name)
    over = QWidget(desk.canvas, autoFillBackground=True)
    over.setGeometry(33, 44, 123, 87)
    over.show()
    yield "something over the picture"
    over.move(71, 58)
    yield "something that moves over the picture"
    over.deleteLater()
    desk.on_top(raster=noise(7))
    desk.canvas.grab(QRect(10, 10, 200, 200))
    yield "a picture taken of the canvas while it was behind"
    desk.canvas.hide()
    desk.on_top(raster=noise(5))
    desk.canvas.show()
    yield "a change behind the back"


def every_tool(desk: Desk, *held: Qt.KeyboardModifier) -> Steps:
    """All that are registered, those of tomorrow too: chosen, hovered, dragged, clicked, and left in the middle.

    Without keys that are ``held`` only a drag and the end are looked at, which takes a third of the time.
    """
    before = desk.session.history.index
    for tool in TOOLS:
        for modifiers in held or (NONE,):
            desk.canvas.set_tool(tool.id)
            desk.hand.move((140, 110))
            if held:
                yield f"the {tool.id} over the picture"
            desk.hand.press((150, 120), modifiers=modifiers)
            desk.hand.move((220, 330))
            yield f"dragging the {tool.id}"
            desk.hand.release((420, 300), modifiers=modifiers)
            desk.hand.move((200, 310))
            if held:
                yield f"the {tool.id} after a drag"
            desk.hand.drag((333, 222), modifiers=modifiers)
            desk.hand.key(Qt.Key.Key_Return)
            desk.hand.key(Qt.Key.Key_Escape)
            desk.canvas.cancel_stroke()
            if held:
                yield f"the {tool.id} given up"
            desk.session.go_to(before)
            yield f"all undone that the {tool.id} did"


def aids(desk: Desk) -> Steps:
    for changes in (
        {"grid": True},
        {"lines": False},
        {"lines": True, "rulers": True},
        {"pixel_grid": False},
        {"grid": False},
    ):
        desk.canvas.options.set("aids", **changes)
        yield f"other aids: {changes}"
    set_line(desk.session, "upright", 200)
    yield "a guide line"
    set_line(desk.session, "level", 150)
    set_grid(desk.session, Grid(width=31, height=17))
    desk.canvas.options.set("aids", grid=True, pixel_grid=True)
    yield "a grid with other cells"
    desk.canvas.show_preview(with_line(desk.document, "upright", 260, 200))
    yield "a guide line that is dragged"
    desk.canvas.show_preview(None)
    set_line(desk.session, "upright", None, 200)
    yield "a guide line less"
    desk.canvas.set_tool("brush")
    desk.hand.drag((100, 100), (260, 190))
    yield "a stroke under guide lines and a grid"
    desk.canvas.options.set("aids", rulers=False, grid=False)
    yield "no rulers"


def animations(desk: Desk) -> Steps:
    before = desk.session.history.index
    ids = tuple(layer.id for layer in desk.document.layers)
    desk.apply(make_timeline(desk.document, ids, name="Animation", frame_name="Frame"))
    yield "a timeline"
    desk.canvas.set_onion_skin(OnionSkinSettings(enabled=True))
    for index in (1, 2, 0):
        desk.session.show_frame(index)
        yield f"frame {index} with onion skin"
    desk.canvas.set_onion_skin(OnionSkinSettings(enabled=True, on_top=True))
    yield "onion skin on top"
    desk.canvas.set_onion_skin(OnionSkinSettings(enabled=False))
    yield "no onion skin"
    desk.session.go_to(before)


def others(desk: Desk) -> Steps:
    desk.session.open_document(new_document(WIDTH, HEIGHT), StepKind("test", "New"))
    yield "a new picture"
    desk.hand.drag((20, 20), (30, 20))
    yield "the first stroke"
    desk.session.open_document(picture(5), StepKind("test", "Open"))
    yield "another picture"


ACTIONS = (
    aids,
    strokes,
    fills,
    moves,
    transforms,
    layers,
    layer_masks,
    masks,
    selections,
    jobs,
    previews,
    pointers,
    surroundings,
    animations,
)
VIEWS = {
    "fitted": (None, 0.0, False),
    "actual size": (1.0, 0.0, False),
    "magnified": (2.5, 0.0, True),
    "turned": (1.3, 30.0, False),
    "pixels": (9.0, 30.0, False),
}


@pytest.fixture
def desk(qtbot, worker, monkeypatch) -> Iterator[Desk]:
    monkeypatch.setattr(canvas_context, "OUTLINE_PACE", 10**8)  # screen and repaint are compared between two steps
    session = Session(picture(), worker)
    canvas = CanvasView(session)
    qtbot.addWidget(canvas)
    canvas.resize(560, 430)
    canvas.set_tool("brush")
    for tool_id in ("brush", "eraser", "mask_brush"):
        canvas.options.set(tool_id, **{**HARD, "diameter": 33.0})
    over = (Rulers(session, canvas), ViewSign(canvas))
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.setFocus()
    assert over
    yield Desk(session, canvas)
    canvas.hide()


@pytest.mark.parametrize(
    "view",
    [
        "fitted",
        pytest.param("actual size", marks=pytest.mark.slow),
        pytest.param("magnified", marks=pytest.mark.slow),
        pytest.param("turned", marks=pytest.mark.slow),
        pytest.param("pixels", marks=pytest.mark.slow),
    ],
)
def test_after_every_action_the_screen_is_as_repainted(desk, view):
    zoom, angle, mirrored = VIEWS[view]
    if zoom is not None:
        desk.canvas.zoom_to(zoom)
    desk.canvas.rotate_view(angle)
    desk.canvas.mirror_view(mirrored)
    assert_screen_is_as_repainted(desk.canvas, "opening")
    for action in ACTIONS:
        for what in action(desk):
            assert_screen_is_as_repainted(desk.canvas, f"{what} ({view})")


def test_after_every_tool_the_screen_is_as_repainted(desk):
    for what in every_tool(desk):
        assert_screen_is_as_repainted(desk.canvas, what)


@pytest.mark.slow
@pytest.mark.parametrize("view", sorted(VIEWS))
def test_after_every_tool_with_every_key_held_the_screen_is_as_repainted(desk, view):
    zoom, angle, mirrored = VIEWS[view]
    desk.canvas.zoom_to(zoom or desk.canvas.zoom())
    desk.canvas.rotate_view(angle)
    desk.canvas.mirror_view(mirrored)
    desk.apply(desk.document.with_generation_mask(filled_mask(Rect(120, 90, 200, 210))))
    for what in every_tool(desk, NONE, SHIFT, ALT, CONTROL):
        assert_screen_is_as_repainted(desk.canvas, f"{what} ({view})")


def test_lines_over_a_turned_picture_are_painted_alike_in_parts(desk):
    desk.canvas.zoom_to(9.0)
    desk.canvas.rotate_view(30.0)
    for what in aids(desk):
        assert_screen_is_as_repainted(desk.canvas, what)


def test_changes_of_size_and_pictures_leave_nothing_stale(desk):
    """Also those that zoom anew, on a picture with more layers than one frame can compose."""
    desk.session.open_document(picture(9), StepKind("test", "Open"))
    for action in (sizes, others, crowded_masks):
        for what in action(desk):
            assert_screen_is_as_repainted(desk.canvas, what)


def test_edges_of_a_crowded_mask_come_and_go_whole(desk):
    desk.canvas.zoom_to(3.0)
    for what in crowded_masks(desk):
        assert_screen_is_as_repainted(desk.canvas, what)


def test_eyes_see_what_is_stale(desk):
    """The check would notice a canvas that does not paint what changed."""
    come_to_rest(desk.canvas)
    desk.canvas.setUpdatesEnabled(False)
    desk.on_top(visible=False)
    QTest.qWait(20)
    assert (on_screen(desk.canvas) != repainted(desk.canvas)).any()
