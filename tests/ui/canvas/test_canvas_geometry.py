"""View transform, mosaic levels, mask edges and brush steps, without a window."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSize

from studio.document import Raster, Rect, filled_mask
from studio.ui.canvas.tools.brush_resize import stepped_diameter
from studio.ui.canvas.tools.shapes import ellipse_outline, rectangle_outline, shape_mask
from studio.ui.canvas.view.mask_edges import edge_lines, edge_pieces
from studio.ui.canvas.view.mask_overlay import edges, read_reduced
from studio.ui.canvas.view.mosaic import level_for, reduced
from studio.ui.canvas.view.view_transform import MAX_ZOOM, MIN_ZOOM, ViewTransform, next_zoom, previous_zoom

views = st.builds(
    ViewTransform,
    center_x=st.floats(0, 4000),
    center_y=st.floats(0, 4000),
    zoom=st.floats(0.05, 40),
    angle=st.floats(-179, 180),
    mirrored=st.booleans(),
    view_width=st.integers(100, 3000),
    view_height=st.integers(100, 2000),
    device_ratio=st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0]),
)
places = st.builds(QPointF, st.floats(0, 1000), st.floats(0, 1000))


def distance(one: QPointF, other: QPointF) -> float:
    return (one - other).manhattanLength()


@given(views, places)
def test_there_and_back_is_the_same_place(view: ViewTransform, place: QPointF):
    assert distance(view.to_view(view.to_document(place)), place) < 1e-3


@given(views, places, st.floats(0.02, 60))
def test_zooming_keeps_the_anchor_in_place(view: ViewTransform, anchor: QPointF, zoom: float):
    before = view.to_document(anchor)
    after = view.zoomed(zoom, anchor)
    # Upright views snap to whole device pixels: each of both may be off by half of one.
    assert distance(after.to_view(before), anchor) <= 2.1


@given(views, places, st.floats(-720, 720))
def test_rotating_keeps_the_anchor_in_place(view: ViewTransform, anchor: QPointF, angle: float):
    after = view.rotated(angle, anchor)
    assert -180 < after.angle <= 180
    assert distance(after.to_view(view.to_document(anchor)), anchor) <= 2.1


@given(views, st.builds(QPointF, st.floats(-500, 500), st.floats(-500, 500)))
def test_panning_moves_by_what_was_asked(view: ViewTransform, delta: QPointF):
    moved = view.panned(delta)
    place = QPointF(100, 100)
    assert distance(moved.to_view(view.to_document(place)), place + delta) <= 2.1


@given(views, st.integers(1, 8000), st.integers(1, 8000))
def test_fitting_shows_every_corner(view: ViewTransform, width: int, height: int):
    fitted = view.fitted(width, height)
    if fitted.zoom == MIN_ZOOM:
        return
    shown = fitted.matrix().mapRect(QRectF(0, 0, width, height))
    assert shown.width() <= view.view_width + 1
    assert shown.height() <= view.view_height + 1


@given(views)
def test_upright_views_put_pixels_on_device_pixels(view: ViewTransform):
    upright = view.rotated(0.0).with_mirror(False)
    corner = upright.matrix().map(QPointF(0, 0)) * upright.device_ratio
    assert corner.x() == pytest.approx(round(corner.x()), abs=1e-6)
    assert corner.y() == pytest.approx(round(corner.y()), abs=1e-6)


def test_resizing_keeps_zoom_in_device_pixels():
    view = ViewTransform(zoom=1.0, view_width=100, view_height=100).resized(QSize(50, 50), 2.0)
    assert view.zoom == 1.0
    assert view.scale == 0.5


def test_zoom_steps_meet_one_and_stop_at_the_ends():
    zoom, seen = MIN_ZOOM, [MIN_ZOOM]
    while zoom < MAX_ZOOM:
        zoom = next_zoom(zoom)
        seen.append(zoom)
    assert 1.0 in seen
    assert next_zoom(MAX_ZOOM) == MAX_ZOOM
    assert previous_zoom(MIN_ZOOM) == MIN_ZOOM
    assert [previous_zoom(step) for step in seen[1:]] == seen[:-1]


@pytest.mark.parametrize(("zoom", "level"), [(4.0, 0), (1.0, 0), (0.9, 0), (0.5, 1), (0.49, 1), (0.25, 2), (1 / 64, 6)])
def test_a_level_has_at_least_the_pixels_that_are_shown(zoom: float, level: int):
    assert level_for(zoom) == level


@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(1, 300), st.integers(1, 300), st.integers(0, 6))
def test_reduced_rectangles_cover_the_whole(x: int, y: int, width: int, height: int, level: int):
    small, size = reduced(Rect(x, y, width, height), level), 2**level
    assert small.x * size <= x
    assert small.y * size <= y
    assert small.right * size >= x + width
    assert small.bottom * size >= y + height


def test_reduced_mask_values_are_means():
    mask = filled_mask(Rect(0, 0, 2, 4))
    assert read_reduced(mask, Rect(0, 0, 2, 1), 2).tolist() == [[127, 0]]


def test_edges_lie_on_both_sides_of_the_border():
    values = filled_mask(Rect(2, 2, 3, 3)).read(Rect(-1, -1, 10, 10))
    inner, outer = edges(values)
    assert inner.sum() == 8
    assert outer.sum() == 12
    assert not inner[3, 3]


def test_edge_lines_go_around_the_mask_in_long_pieces():
    area = Rect(0, 0, 20, 20)
    lines = edge_lines(edge_pieces(filled_mask(Rect(5, 6, 7, 8)), area, area), area)
    ends = {(line.x1(), line.y1(), line.x2(), line.y2()) for line in lines}
    assert ends == {(5, 6, 12, 6), (5, 14, 12, 14), (5, 6, 5, 14), (12, 6, 12, 14)}


def test_shapes_are_cut_at_the_canvas_however_large():
    canvas = Rect(0, 0, 300, 200)
    mask = shape_mask(rectangle_outline([QPointF(-1e6, 50), QPointF(1e6, 1e6)]), canvas)
    assert mask.bounds() == Rect(0, 50, 300, 150)
    assert shape_mask(rectangle_outline([QPointF(-20, -20), QPointF(-10, -10)]), canvas).tiles == {}


def test_an_ellipse_is_antialiased_and_has_its_area():
    mask = shape_mask(ellipse_outline([QPointF(10, 10), QPointF(110, 70)]), Rect(0, 0, 200, 200))
    covered = mask.read(Rect(0, 0, 200, 200)).sum() / 255
    assert covered == pytest.approx(np.pi * 50 * 30, rel=0.01)
    assert len(np.unique(mask.read(Rect(0, 0, 200, 200)))) > 10


def test_brush_steps_grow_and_come_back():
    sizes = [1.0]
    while sizes[-1] < 2000:
        sizes.append(stepped_diameter(sizes[-1], larger=True))
    assert sizes == sorted(set(sizes))
    assert len(sizes) < 120
    assert stepped_diameter(1.0, larger=False) == 1.0
    assert [stepped_diameter(size, larger=False) for size in sizes[1:]] == sizes[:-1]


def test_an_inverted_mask_is_seen_beyond_its_tiles():
    mask = Raster(channels=1, default=255)
    assert read_reduced(mask, Rect(100, 100, 2, 2), 3).min() == 255


def test_a_shape_may_have_steps_or_fade_out_at_its_edge():
    canvas = Rect(0, 0, 200, 200)
    outline = ellipse_outline([QPointF(50, 50), QPointF(150, 120)])
    sharp = shape_mask(outline, canvas, antialias=False)
    assert set(np.unique(sharp.read(canvas))) == {0, 255}
    assert len(np.unique(shape_mask(outline, canvas).read(canvas))) > 2
    soft = shape_mask(outline, canvas, feather=20)
    assert soft.bounds().width > sharp.bounds().width + 10
    assert 0 < soft.read(Rect(50, 85, 1, 1))[0, 0] < 255
