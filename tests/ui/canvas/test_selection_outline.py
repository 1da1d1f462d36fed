"""The edge of the selection on screen: crisp, and the same however it is painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from studio.document import Pixels, Raster, Rect, filled_mask
from studio.ui.canvas.tools.shapes import ellipse_outline, shape_mask
from studio.ui.canvas.view.selection_outline import SelectionOutline
from studio.ui.canvas.view.view_transform import ViewTransform

CANVAS = Rect(0, 0, 900, 700)
WHOLE = QRect(0, 0, 300, 200)


def looking(zoom: float, angle: float = 0.0, mirrored: bool = False, ratio: float = 1.0) -> ViewTransform:
    return ViewTransform(
        zoom=zoom,
        angle=angle,
        mirrored=mirrored,
        center_x=333.3,
        center_y=222.2,
        view_width=WHOLE.width(),
        view_height=WHOLE.height(),
        device_ratio=ratio,
    )


def painted(outline: SelectionOutline, view: ViewTransform, parts: list[QRect]) -> Pixels:
    """RGBA device pixels after the view was painted part by part."""
    size = WHOLE.size() * view.device_ratio
    image = QImage(size, QImage.Format.Format_RGBA8888_Premultiplied)
    image.setDevicePixelRatio(view.device_ratio)
    image.fill(0)
    painter = QPainter(image)
    for part in parts:
        painter.setClipRect(part)
        outline.paint(painter, view, CANVAS, part)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width()].copy()


def ellipse() -> Raster:
    return shape_mask(ellipse_outline([QPointF(300, 200), QPointF(600, 400)]), CANVAS)


@pytest.mark.parametrize(
    "view",
    [looking(1.0), looking(3.0), looking(0.3), looking(0.11), looking(1.3, 30.0, True), looking(2.0, ratio=1.5)],
    ids=["1:1", "3:1", "0.3", "0.11", "turned", "dense screen"],
)
def test_parts_make_the_whole_and_pixels_are_black_or_white(view):
    outline = SelectionOutline(ellipse())
    whole = painted(outline, view, [WHOLE])
    colours = {tuple(colour) for colour in whole.reshape(-1, 4).tolist()}
    assert colours == {(0, 0, 0, 0), (0, 0, 0, 255), (255, 255, 255, 255)}
    parts = [QRect(x, y, 37, 23) for y in range(0, 200, 23) for x in range(0, 300, 37)]
    assert np.array_equal(painted(outline, view, parts), whole)
    seen = np.zeros(whole.shape[:2], bool)
    for place in outline.places(view, CANVAS):
        left, top = place.x() * view.device_ratio, place.y() * view.device_ratio
        right, bottom = left + place.width() * view.device_ratio, top + place.height() * view.device_ratio
        seen[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1] = True
    assert not (whole[..., 3] > 0)[~seen].any(), "what is painted again holds all of the edge"


def test_the_edge_is_one_device_pixel_along_the_selected_ones():
    outline = SelectionOutline(filled_mask(Rect(300, 200, 40, 20)))
    view = looking(2.0)
    edge = painted(outline, view, [WHOLE])[..., 3] > 0
    rows, columns = np.nonzero(edge)
    corner = view.matrix().map(300.0, 200.0)
    assert (columns.min(), rows.min()) == tuple(round(place) for place in corner)
    assert (np.ptp(columns) + 1, np.ptp(rows) + 1) == (80, 40)
    assert np.count_nonzero(edge) == 2 * 80 + 2 * 38


def test_dashes_move_and_come_round():
    outline = SelectionOutline(ellipse())
    view = looking(1.0)
    first = painted(outline, view, [WHOLE])
    pictures = []
    for _ in range(8):
        outline.step()
        pictures.append(painted(outline, view, [WHOLE]))
    assert np.array_equal(pictures[-1], first)
    assert not np.array_equal(pictures[0], first)
    assert np.array_equal(pictures[0][..., 3], first[..., 3]), "they run along the same edge"


def test_a_single_pixel_is_seen_from_afar_and_nothing_is_not():
    outline = SelectionOutline(filled_mask(Rect(400, 300, 1, 1)))
    assert painted(outline, looking(0.1), [WHOLE])[..., 3].any()
    assert outline.show(Raster(channels=1)) == [Rect(256, 256, 256, 256)]
    assert not painted(outline, looking(1.0), [WHOLE]).any()
    assert outline.places(looking(1.0), CANVAS) == []


def test_what_is_selected_beside_the_canvas_is_not_outlined():
    outline = SelectionOutline(filled_mask(Rect(-50, -50, 100, 100)))
    view = looking(0.25)
    rows, columns = np.nonzero(painted(outline, view, [WHOLE])[..., 3])
    corner = view.matrix().map(0.0, 0.0)
    assert (columns.min(), rows.min()) >= tuple(int(place) for place in corner)
