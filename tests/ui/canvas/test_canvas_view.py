"""Looking: zoom, pan, rotation, overlay, preview, hint, drops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from studio.document import PaintLayer, Raster, Rect, add_layer, filled_mask, new_document, replace_layer
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from tests.ui.canvas.canvas_hands import HARD, labels, shown

WHITE = QColor(255, 255, 255)


def wheel(
    canvas: CanvasView,
    at: QPointF,
    angle: QPoint,
    *,
    pixels: QPoint | None = None,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    everywhere = QPointF(canvas.mapToGlobal(at.toPoint()))
    event = QWheelEvent(at, everywhere, pixels or QPoint(), angle, Qt.MouseButton.NoButton, modifiers, phase, False)
    QApplication.sendEvent(canvas, event)


def test_opening_shows_the_whole_picture(qtbot, worker):
    view = CanvasView(Session(new_document(4000, 1000), worker))
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    seen = view.view_transform().visible_rect()
    assert seen.left() < 0
    assert seen.right() > 4000
    assert view.zoom() == pytest.approx((640 - 48) / 4000)


@pytest.mark.parametrize("height", [200, 900])
def test_a_picture_that_is_seen_whole_stays_so_when_panels_take_or_leave_room(qtbot, worker, height):
    view = CanvasView(Session(new_document(256, 256), worker))
    qtbot.addWidget(view)
    view.resize(700, 560)
    view.show()
    view.resize(700, height)
    assert view.zoom() == view.view_transform().fitted(256, 256).zoom
    assert view.view_transform().visible_rect().top() < 0
    view.zoom_to(3.5)
    view.resize(700, 560)
    assert view.zoom() == 3.5


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_the_wheel_zooms_about_the_cursor(canvas, qtbot, modifiers):
    place = QPointF(350, 260)
    before = canvas.view_transform().to_document(place)
    with qtbot.waitSignal(canvas.zoom_changed) as changed:
        wheel(canvas, place, QPoint(0, 240), modifiers=modifiers)
    assert changed.args[0] == pytest.approx(1.25**2)
    after = canvas.view_transform().to_document(place)
    assert (after - before).manhattanLength() < 1.0


def test_a_touchpad_pans_and_with_control_zooms(canvas):
    center = canvas.view_transform().center_x
    update = Qt.ScrollPhase.ScrollUpdate
    wheel(canvas, QPointF(300, 200), QPoint(80, 0), pixels=QPoint(40, 0), phase=update)
    assert canvas.view_transform().center_x == pytest.approx(center - 40)
    assert canvas.zoom() == 1.0
    wheel(canvas, QPointF(300, 200), QPoint(0, 60), phase=update, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom() > 1.0


def test_zoom_steps_fit_and_actual_size(canvas):
    canvas.zoom_in()
    assert canvas.zoom() == 1.5
    canvas.zoom_out()
    canvas.zoom_out()
    assert canvas.zoom() == pytest.approx(2 / 3)
    canvas.zoom_to(1000)
    assert canvas.zoom() == 64
    canvas.actual_size()
    assert canvas.zoom() == 1.0
    canvas.fit()
    assert canvas.zoom() == pytest.approx(min(592 / 400, 432 / 300))


def test_magnified_pixels_are_crisp_squares(canvas, session, qtbot):
    dots = np.zeros((2, 2, 4), np.uint8)
    dots[0, 0] = dots[1, 1] = (0, 0, 0, 255)
    layer = PaintLayer(name="Dots", raster=Raster.from_array(dots, 200, 150))
    session.apply(StepKind("test", "Dots"), add_layer(session.document, layer))
    canvas.zoom_to(6.0)
    colors = {(x, y): shown(canvas, qtbot, 200 + x + 0.9, 150 + y + 0.1).lightness() for x in (0, 1) for y in (0, 1)}
    assert colors == {(0, 0): 0, (1, 1): 0, (1, 0): 255, (0, 1): 255}


def test_pixels_are_parted_by_a_grid_from_eight_times_on(canvas, session, qtbot):
    session.apply(StepKind("test", "Opaque"), replace_layer(session.document, session.document.active_id, name="x"))
    canvas.zoom_to(8.0)
    assert shown(canvas, qtbot, 201.0, 150.5) != WHITE
    canvas.zoom_to(6.0)
    assert shown(canvas, qtbot, 201.0, 150.5) == WHITE


def test_a_reduced_view_has_no_seams_between_tiles(qtbot, worker):
    view = CanvasView(Session(new_document(2048, 2048, background=(90, 140, 200)), worker))
    qtbot.addWidget(view)
    view.resize(500, 500)
    view.show()
    for factor, angle in ((0.19, 0.0), (0.37, 0.0), (0.71, 0.0), (0.3, 33.0)):
        view.reset_view()
        view.zoom_to(factor)
        view.rotate_view(angle)
        qtbot.waitUntil(lambda: view.is_settled)
        image = view.grab().toImage()
        middle = {image.pixelColor(x, y).name() for x in range(205, 295) for y in range(205, 230)}
        assert middle == {QColor(90, 140, 200).name()}, (factor, angle)


def test_transparency_shows_a_checkerboard(qtbot, worker):
    view = CanvasView(Session(new_document(400, 300, background=None), worker))
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    view.actual_size()
    qtbot.waitUntil(lambda: view.is_settled)
    image = view.grab().toImage()
    assert len({image.pixelColor(x, 130).name() for x in range(200, 260)}) == 2


def test_painting_works_in_a_rotated_and_mirrored_view(canvas, hand, session, qtbot):
    canvas.rotate_view(90)
    canvas.mirror_view(True)
    hand.drag((100, 100), (150, 100))
    assert shown(canvas, qtbot, 125, 100) == QColor(255, 0, 0)
    layer = session.document.active_layer
    assert layer.raster.bounds().x == pytest.approx(90, abs=1)
    canvas.reset_view()
    assert canvas.view_transform().angle == 0
    assert not canvas.view_transform().mirrored
    assert shown(canvas, qtbot, 125, 100) == QColor(255, 0, 0)


def test_the_mask_lies_over_the_picture_in_its_colour(canvas, session, qtbot):
    session.apply(
        StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(100, 100, 100, 100)))
    )
    canvas.options.set("mask_view", color="#0000ff", opacity=50.0, visible=True)
    assert shown(canvas, qtbot, 150, 150).getRgb()[:3] == pytest.approx((127, 127, 255), abs=2)
    assert shown(canvas, qtbot, 50, 150) == WHITE
    assert shown(canvas, qtbot, 99, 150).lightness() < 100, "a dark line just outside"
    assert shown(canvas, qtbot, 100, 150).lightness() > 240, "a light line just inside"
    canvas.options.set("mask_view", color="#0000ff", opacity=50.0, visible=False)
    assert shown(canvas, qtbot, 150, 150) == WHITE


def test_the_mask_does_not_tint_a_new_result_until_it_is_worked_on_again(canvas, session, worker, qtbot):
    session.apply(
        StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(100, 100, 100, 100)))
    )
    canvas.options.set("mask_view", color="#0000ff", opacity=50.0, visible=True)
    session.start(GenerationSettings(tool="inpaint"))
    assert shown(canvas, qtbot, 150, 150) == WHITE
    assert shown(canvas, qtbot, 99, 150).lightness() < 100, "the edge stays"
    worker.end_cancelled()
    assert shown(canvas, qtbot, 150, 150) == WHITE
    canvas.set_tool("mask_brush")
    assert shown(canvas, qtbot, 150, 150).blue() > shown(canvas, qtbot, 150, 150).red()
    session.start(GenerationSettings(tool="inpaint", seed=2))
    assert shown(canvas, qtbot, 150, 150) == WHITE
    session.apply(
        StepKind("test", "Grow mask"), session.document.with_generation_mask(filled_mask(Rect(90, 90, 120, 120)))
    )
    assert shown(canvas, qtbot, 150, 150) != WHITE


def test_the_mask_edge_is_a_line_when_magnified(canvas, session, qtbot):
    session.apply(
        StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(200, 100, 100, 100)))
    )
    canvas.zoom_to(4.0)
    inside, border = shown(canvas, qtbot, 202.5, 150.5), shown(canvas, qtbot, 200, 150.5)
    assert shown(canvas, qtbot, 200.5, 150.5) == inside
    assert border not in (inside, WHITE)


def test_a_stroke_of_mask_is_seen_at_once(canvas, hand, qtbot):
    canvas.set_tool("mask_brush")
    hand.press((100, 100))
    hand.move((200, 100))
    assert shown(canvas, qtbot, 150, 100) != WHITE


def test_a_live_preview_is_stretched_over_its_place_and_taken_away(canvas, session, qtbot):
    session.apply(StepKind("test", "x"), replace_layer(session.document, session.document.active_id, name="x"))
    canvas.set_live_preview(Rect(100, 100, 64, 64), np.full((8, 8, 3), (0, 200, 0), np.uint8))
    assert shown(canvas, qtbot, 132, 132) == QColor(0, 200, 0)
    assert shown(canvas, qtbot, 100, 132) not in (QColor(0, 200, 0), WHITE)
    canvas.set_live_preview(None, None)
    assert shown(canvas, qtbot, 132, 132) == WHITE
    assert labels(session) == ["x"]
    with pytest.raises(ValueError, match="uint8"):
        canvas.set_live_preview(Rect(0, 0, 8, 8), np.zeros((8, 8), np.uint8))


def test_a_live_preview_shows_through_its_mask_only(canvas, session, qtbot):
    session.apply(StepKind("test", "x"), replace_layer(session.document, session.document.active_id, name="x"))
    green, mask = np.full((8, 8, 3), (0, 200, 0), np.uint8), np.zeros((100, 200), np.uint8)
    mask[40:80, 50:150] = 255
    mask[40:80, 50:100] = 128
    canvas.set_live_preview(Rect(100, 100, 200, 100), green, mask)
    assert shown(canvas, qtbot, 230, 160) == QColor(0, 200, 0)
    assert shown(canvas, qtbot, 180, 160) not in (QColor(0, 200, 0), WHITE), "a soft mask mixes"
    for x, y in ((110, 110), (290, 190), (200, 120), (270, 160), (100, 150)):
        assert shown(canvas, qtbot, x, y) == WHITE, "neither the picture nor its frame lies outside the mask"
    canvas.set_live_preview(Rect(100, 100, 200, 100), green, np.zeros((100, 200), np.uint8))
    assert shown(canvas, qtbot, 230, 160) == WHITE
    with pytest.raises(ValueError, match="mask"):
        canvas.set_live_preview(Rect(0, 0, 8, 8), green, np.zeros((4, 4), np.uint8))
    canvas.set_live_preview(None, None)


def test_the_brush_outline_has_its_true_size_and_shows_on_any_colour(canvas, hand, session, qtbot):
    canvas.options.set("brush", **{**HARD, "diameter": 60.0})
    hand.move((200, 100))
    for background in (WHITE, QColor(0, 0, 0)):
        ring = {shown(canvas, qtbot, x, 100).lightness() for x in range(226, 236)}
        assert max(ring) - min(ring) > 100, background
        assert shown(canvas, qtbot, 205, 100) == background
        fill = Raster.from_array(np.full((300, 400, 4), (0, 0, 0, 255), np.uint8))
        session.apply(
            StepKind("test", "Fill"), replace_layer(session.document, session.document.active_id, raster=fill)
        )


def test_a_tiny_brush_has_a_crosshair(canvas, hand, qtbot):
    canvas.options.set("brush", **{**HARD, "diameter": 1.0})
    hand.move((200, 100))
    arm = {shown(canvas, qtbot, 205, y).lightness() for y in range(97, 104)}
    assert max(arm) - min(arm) > 100


def test_moving_over_the_canvas_tells_the_pixel(canvas, hand, qtbot):
    with qtbot.waitSignal(canvas.cursor_moved) as moved:
        hand.move((123, 45))
    assert moved.args == [123, 45]


def middle_differs(canvas: CanvasView, qtbot) -> bool:
    qtbot.waitUntil(lambda: canvas.is_settled)
    image = canvas.grab().toImage()
    return any(image.pixelColor(x, y) != WHITE for x in range(200, 440) for y in range(230, 250))


def test_a_blank_picture_hints_until_the_first_step(canvas, hand, session, qtbot):
    assert middle_differs(canvas, qtbot)
    canvas.options.set("brush", **{**HARD, "diameter": 2.0})
    hand.drag((10, 10), (20, 10))
    hand.move((10, 280))
    assert not middle_differs(canvas, qtbot)


def test_the_hint_goes_when_a_job_starts(canvas, session, qtbot):
    session.start(GenerationSettings(prompt="beach"))
    assert not middle_differs(canvas, qtbot)


def test_an_opened_picture_has_no_hint(qtbot, worker):
    session = Session(new_document(400, 300), worker)
    session.open_document(new_document(400, 300), StepKind("test", "Open"), path=Path("picture.png"))
    view = CanvasView(session)
    view.set_hint("Type, or paint")
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    assert not middle_differs(view, qtbot)


def test_dropped_files_are_announced(canvas, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/pictures/a.png"), QUrl("https://example.org/b.png")])
    where, copy = QPoint(50, 50), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(where, copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(canvas.files_dropped) as dropped:
        drop = QDropEvent(QPointF(where), copy, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas, drop)
    assert dropped.args[0] == [Path("/pictures/a.png")]


def test_a_large_picture_appears_in_pieces_without_holding_up_events(qtbot, worker):
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 255, (2048, 2048, 4), np.uint8)
    noise[..., 3] = 255
    document = new_document(2048, 2048)
    for index in range(6):
        document = add_layer(document, PaintLayer(name=str(index), opacity=0.5, raster=Raster.from_array(noise)))
    view = CanvasView(Session(document, worker))
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.show()
    qtbot.waitUntil(lambda: view.is_settled)
    view.settle()
    assert view.is_settled


def test_a_stroke_in_progress_swallows_shortcuts(canvas, hand, session):
    from PySide6.QtGui import QKeyEvent

    key = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    key.ignore()
    QApplication.sendEvent(canvas, key)
    assert not key.isAccepted()
    hand.press((100, 100))
    hand.move((120, 100))
    QApplication.sendEvent(canvas, key)
    assert key.isAccepted()
    hand.release((120, 100))


def test_reached_by_the_tab_key_the_canvas_shows_a_ring(canvas, hand, qtbot):
    def edge() -> QColor:
        return canvas.grab().toImage().pixelColor(1, 240)

    canvas.clearFocus()
    plain = edge()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge() != plain
    hand.drag((100, 100))
    assert edge() == plain


def test_a_pointer_that_leaves_is_told_of(canvas, hand, qtbot):
    hand.move((20, 30))
    with qtbot.waitSignal(canvas.cursor_left):
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
