"""Whatever hands do, the screen shows what the document holds."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage

from studio.document import BlendMode, PaintLayer, Pixels, add_layer, new_document, replace_layer
from studio.history import StepKind
from studio.raster.compose import compose
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.tools.brush_resize import step_size
from studio.ui.canvas.tools.registry import tool_info
from tests.ui.canvas.canvas_hands import CONTROL, NONE, RIGHT, SHIFT, Hand

TOOLS = (
    *("brush", "eraser", "fill", "move", "mask_brush", "mask_rectangle", "mask_lasso", "picker"),
    *("smudge", "blur", "clone", "heal", "gradient", "draw_line", "draw_ellipse", "draw_rectangle"),
)


def on_screen(canvas: CanvasView, session: Session, qtbot) -> Pixels:
    """RGB of the canvas area, shown at actual size."""
    qtbot.waitUntil(lambda: canvas.is_settled)
    corner = canvas.view_transform().to_view(QPointF(0, 0)).toPoint()
    document = session.document
    image = canvas.grab().toImage().copy(corner.x(), corner.y(), document.width, document.height)
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return np.frombuffer(image.constBits(), np.uint8).reshape(document.height, document.width, 4)[..., :3].copy()


def one_action(rng: random.Random, canvas: CanvasView, hand: Hand, session: Session) -> None:
    points = [(rng.uniform(-30, 630), rng.uniform(-30, 330)) for _ in range(rng.randint(1, 5))]
    kind = rng.choice(["drag"] * 6 + ["pen", "dropped", "undo", "redo", "layer", "interrupted", "size", "nudge"])
    canvas.set_tool(rng.choice(TOOLS))
    canvas.set_color(QColor(rng.randrange(256), rng.randrange(256), rng.randrange(256)))
    if kind == "drag":
        hand.drag(*points, modifiers=rng.choice([NONE, NONE, SHIFT, CONTROL]))
    elif kind == "pen":
        hand.pen(QEvent.Type.TabletPress, points[0], 0.3, eraser=rng.random() < 0.3)
        for point in points:
            hand.pen(QEvent.Type.TabletMove, point, rng.random())
        hand.pen(QEvent.Type.TabletRelease, points[-1], 0.0)
    elif kind == "dropped":
        hand.press(points[0])
        for point in points:
            hand.move(point)
        hand.press(points[-1], RIGHT)
        hand.release(points[-1])
    elif kind == "interrupted":
        hand.press(points[0])
        canvas.repaint()
        hand.move(points[-1])
        canvas.repaint()
        rng.choice(
            [
                lambda: session.go_to(max(1, session.history.index - 1)),
                canvas.finish_stroke,
                canvas.clearFocus,
                lambda: session.select_layer(None),
            ]
        )()
        hand.move(points[0])
        hand.release(points[0])
        canvas.setFocus()
    elif kind == "layer":
        layer = PaintLayer(name="New", opacity=0.7, blend_mode=rng.choice(list(BlendMode)[:6]))
        session.apply(StepKind("test", "Add layer"), add_layer(session.document, layer))
    elif kind == "size":
        step_size(canvas.options, tool_info(canvas.tool()), larger=rng.random() < 0.5)
    elif kind == "nudge":
        hand.key(Qt.Key.Key_Left)
    else:
        session.go_to(max(1, session.history.index - 1)) if kind == "undo" else session.redo()


@pytest.mark.parametrize("seed", range(6))
def test_after_any_actions_screen_and_document_agree(qtbot, worker, seed):
    rng = random.Random(seed)
    document = new_document(600, 300)
    session = Session(document, worker)
    session.apply(StepKind("test", "Lock"), replace_layer(document, document.layers[0].id, locked=True))
    canvas = CanvasView(session)
    qtbot.addWidget(canvas)
    canvas.resize(700, 400)
    canvas.show()
    canvas.actual_size()
    canvas.options.set("mask_view", color="#ff0000", opacity=50.0, visible=False)
    hand = Hand(canvas)
    for _ in range(40):
        one_action(rng, canvas, hand, session)
        if session.document.active_id is None:
            session.select_layer(session.document.layers[-1].id)
        if rng.random() < 0.3:
            canvas.set_tool("pan")
            hand.move((610, 310))
            canvas.leaveEvent(QEvent(QEvent.Type.Leave))
            difference = np.abs(on_screen(canvas, session, qtbot).astype(int) - compose(session.document)[..., :3])
            assert difference.max() <= 2
    assert not canvas.is_stroke_active


def test_the_selection_never_blocks_painting_on_a_layer(canvas, hand, session):
    """The generation mask limits generation, not the brush."""
    canvas.set_tool("mask_rectangle")
    hand.drag((10, 10), (50, 50))
    canvas.set_tool("brush")
    hand.drag((100, 100), (200, 100))
    assert session.document.active_layer.raster.bounds().width > 90


def test_hiding_a_layer_shows_at_once(canvas, hand, session, qtbot):
    hand.drag((100, 100), (200, 100))
    session.apply(StepKind("test", "Hide"), replace_layer(session.document, session.document.active_id, visible=False))
    hand.move((390, 290))
    assert (on_screen(canvas, session, qtbot)[100, 150] == 255).all()


@pytest.mark.parametrize(("seed", "zoom", "angle"), [(1, 0.3, 0.0), (2, 0.6, 25.0), (3, 3.0, 0.0), (4, 1.4, 0.0)])
def test_after_any_actions_the_view_is_as_a_fresh_one(qtbot, worker, seed, zoom, angle):
    """Reduced, turned and magnified, with the mask over it."""
    rng = random.Random(seed)
    session = Session(new_document(600, 300), worker)
    session.apply(StepKind("test", "Lock"), replace_layer(session.document, session.document.layers[0].id, locked=True))
    views = [CanvasView(session)]
    prepare_view(qtbot, views[0], zoom, angle)
    for _ in range(40):
        one_action(rng, views[0], Hand(views[0]), session)
        if session.document.active_id is None:
            session.select_layer(session.document.layers[-1].id)
    views.append(CanvasView(session))
    prepare_view(qtbot, views[1], zoom, angle)
    pictures = []
    for view in views:
        view.set_tool("pan")
        view.leaveEvent(QEvent(QEvent.Type.Leave))
        qtbot.waitUntil(lambda view=view: view.is_settled)
        image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
        pictures.append(np.frombuffer(image.constBits(), np.uint8).astype(int))
    assert np.abs(pictures[0] - pictures[1]).max() <= 2


def prepare_view(qtbot, view: CanvasView, zoom: float, angle: float) -> None:
    qtbot.addWidget(view)
    view.resize(500, 350)
    view.show()
    view.zoom_to(zoom)
    view.rotate_view(angle)
