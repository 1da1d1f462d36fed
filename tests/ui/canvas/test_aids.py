"""What helps to aim on the canvas: snapping, guide lines out of the rulers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from studio.document import Grid, PaintLayer, Rect, Ruling, add_layer, filled_raster, new_document
from studio.editing.ruling import MOVE_LINE, REMOVE_LINE
from studio.history import StepKind
from studio.ui.canvas.rulers import THICKNESS, Rulers
from studio.ui.canvas.tools.snapping import Snapping, snapping_of
from tests.ui.canvas.canvas_hands import labels, layer_pixel

LINES = frozenset({"snap", "lines"})


def ruled(**ruling):
    return replace(new_document(400, 300), ruling=Ruling(**ruling))


def test_points_snap_to_what_is_near_and_shown():
    document = ruled(upright=(100,), level=(50,), grid=Grid(width=30, height=30))
    near, far = QPointF(103, 47), QPointF(115, 70)
    assert snapping_of(document, LINES, 1.0).point(near) == QPointF(100, 50)
    assert snapping_of(document, LINES, 1.0).point(far) == far
    assert snapping_of(document, LINES, 8.0).point(near) == near  # looked at closely, a line attracts from less far
    assert snapping_of(document, frozenset({"snap", "grid"}), 1.0).point(QPointF(118, -61)) == QPointF(120, -60)
    assert snapping_of(document, frozenset({"snap_canvas"}), 1.0).point(QPointF(203, 298)) == QPointF(200, 300)
    for aids in (frozenset(), frozenset({"lines", "grid"}), frozenset({"snap"})):
        snapping = snapping_of(document, aids, 1.0)
        assert not snapping.is_on
        assert snapping.point(near) == near


def test_a_rectangle_snaps_by_its_nearest_side_or_its_middle():
    snapping = snapping_of(ruled(upright=(100, 240), level=(50,)), LINES, 1.0)
    assert snapping.offset(QRectF(94, 20, 150, 55)) == QPointF(-4, 2.5)
    assert snapping.offset(QRectF(300, 200, 10, 10)) == QPointF(0, 0)
    assert Snapping().offset(QRectF(0, 0, 10, 10)) == QPointF(0, 0)


def test_a_dragged_layer_snaps(canvas, session, hand):
    layer = PaintLayer(name="Block", raster=filled_raster(40, 40, (200, 0, 0, 255)))
    document = replace(add_layer(session.document, layer), ruling=Ruling(upright=(100,)))
    session.apply(StepKind("test", "Ruled"), document)
    canvas.set_tool("move")
    hand.drag((10, 10), (40, 31), (66, 31))
    assert layer_pixel(session, 60, 30)[3] == 255  # 56 was dragged, 60 makes the right side lie on the line
    assert layer_pixel(session, 59, 30)[3] == 0
    assert layer_pixel(session, 60, 20)[3] == 0


def test_a_mask_rectangle_snaps(canvas, session, hand):
    session.apply(StepKind("test", "Ruled"), replace(session.document, ruling=Ruling(upright=(50, 90), level=(60,))))
    canvas.set_tool("mask_rectangle")
    hand.drag((47, 58), (70, 80), (93, 110))
    assert session.document.generation_mask.bounds() == Rect(50, 60, 40, 51)


@pytest.fixture
def rulers(canvas, session):
    rulers = Rulers(session, canvas)
    canvas.options.set("aids", rulers=True)
    return rulers


def drag(widget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(widget, (start + end) / 2)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def test_lines_are_dragged_out_of_the_rulers_moved_and_taken_away(canvas, session, rulers):
    across, down = rulers.bars
    place = canvas.view_transform().to_view(QPointF(120, 80)).toPoint()
    drag(across, QPoint(200, 4), across.mapFrom(canvas, place))
    assert session.document.ruling == Ruling(level=(80,))
    drag(down, QPoint(4, 200), down.mapFrom(canvas, place))
    assert session.document.ruling == Ruling(level=(80,), upright=(120,))
    drag(across, QPoint(place.x(), 4), QPoint(place.x() + 30, 4))  # its handle
    assert session.document.ruling.upright == (150,)
    assert labels(session)[-1] == MOVE_LINE.label
    drag(across, QPoint(place.x() + 30, 4), across.mapFrom(canvas, QPoint(4, 300)))  # onto the other ruler
    assert session.document.ruling == Ruling(level=(80,))
    assert labels(session)[-1] == REMOVE_LINE.label
    session.undo()
    assert session.document.ruling.upright == (150,)


def test_a_line_that_is_dropped_beside_the_canvas_or_by_a_second_button_is_none(canvas, session, rulers):
    across, _down = rulers.bars
    drag(across, QPoint(200, 4), QPoint(200, -40))
    QTest.mousePress(across, Qt.MouseButton.LeftButton, pos=QPoint(200, 4))
    QTest.mouseMove(across, QPoint(200, 90))
    QTest.mousePress(across, Qt.MouseButton.RightButton, pos=QPoint(200, 90))
    QTest.mouseRelease(across, Qt.MouseButton.LeftButton, pos=QPoint(200, 90))
    assert session.document.ruling == Ruling()
    assert labels(session) == []


def test_rulers_come_and_go_with_their_option(canvas, rulers):
    assert [bar.size().toTuple() for bar in rulers.bars] == [(640, THICKNESS), (THICKNESS, 480 - THICKNESS)]
    canvas.options.set("aids", rulers=False)
    assert not any(bar.isVisible() for bar in rulers.bars)
