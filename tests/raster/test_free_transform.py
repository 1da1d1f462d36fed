"""Free transforms: where points go, what comes out of pixels, and what cannot be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.document import Pixels, Raster, Rect
from studio.errors import Cancelled, SettingError
from studio.raster.free_transform import FreeTransform, Mesh
from studio.raster.resample import Resampling
from studio.raster.warping import exact_way, warped

BOX = Rect(30, 40, 101, 51)
SQUARE = Rect(100, 100, 200, 200)
SMOOTH = [how for how in Resampling if how is not Resampling.NEAREST]


def noise(height: int = BOX.height, width: int = BOX.width) -> Pixels:
    pixels = np.random.default_rng(5).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] |= 1
    return np.minimum(pixels, pixels[..., 3:])


def red(box: Rect = SQUARE) -> Raster:
    pixels = np.zeros((box.height, box.width, 4), np.uint8)
    pixels[...] = (255, 0, 0, 255)
    return Raster.from_array(pixels, box.x, box.y)


def whole(raster: Raster) -> Pixels:
    return raster.read(raster.bounds())


# --- points ---------------------------------------------------------------------------------------


def test_what_is_not_changed_moves_nothing():
    shape = FreeTransform.unchanged(BOX)
    assert shape.is_unchanged
    assert shape.bounds() == BOX
    assert shape.to_canvas((0.0, 1.0)) == (BOX.x, BOX.bottom)
    assert replace(shape, pivot=(0.0, 0.0), mesh=Mesh.plain(3)).is_unchanged
    assert not shape.moved(1, 0).is_unchanged


def test_it_turns_about_its_pivot_and_mirrors_as_it_is_seen():
    shape = replace(FreeTransform.unchanged(Rect(0, 0, 10, 20)), pivot=(0.0, 0.0))
    assert shape.turned(90).frame_point((0.0, 0.0)) == pytest.approx((0, 0))
    assert shape.turned(90).frame_point((1.0, 0.0)) == pytest.approx((0, 10)), "clockwise"
    leaning = replace(shape, pivot=(0.5, 0.5), angle=30.0, skew=10.0)
    seen = leaning.mirrored("horizontal").outline()
    for (x, y), (mirrored_x, mirrored_y) in zip(leaning.outline(), seen, strict=True):
        assert (mirrored_x, mirrored_y) == pytest.approx((10 - x, y)), "the middle lies at x = 5"


def test_perspective_takes_corners_where_they_were_pulled():
    corners = ((0.1, 0.2), (1.3, 0.0), (1.0, 1.0), (0.0, 0.7))
    shape = replace(FreeTransform.unchanged(Rect(0, 0, 100, 100)), corners=corners)
    for corner, (x, y) in zip(shape.outline(), corners, strict=True):
        assert corner == pytest.approx((100 * x, 100 * y))


def test_a_warp_goes_through_its_control_points_and_an_even_mesh_bends_nothing():
    even = Mesh.plain(3)
    for point in ((0.0, 0.0), (0.21, 0.87), (1.0, 0.4), (-0.05, 1.1)):
        assert even.at(*point) == pytest.approx(point)
    bent = even.moved(5, (0.5, 0.1))
    assert bent.at(1 / 3, 1 / 3) == pytest.approx((0.5, 0.1))
    assert bent.at(2 / 3, 1 / 3) == pytest.approx((2 / 3, 1 / 3))
    assert bent.with_cells(6).at(1 / 3, 1 / 3) == pytest.approx((0.5, 0.1))


# --- to the bit -----------------------------------------------------------------------------------


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("how", list(Resampling))
def test_quarter_turns_keep_every_pixel(degrees, how):
    pixels, shape = noise(), FreeTransform.unchanged(BOX)
    turned = warped(Raster.from_array(pixels, BOX.x, BOX.y), shape.turned(degrees), how)
    assert np.array_equal(whole(turned), np.rot90(pixels, -degrees // 90))


@pytest.mark.parametrize(("axis", "step"), [("horizontal", (1, -1)), ("vertical", (-1, 1))])
def test_flips_keep_every_pixel_in_place(axis, step):
    pixels = noise()
    flipped = warped(Raster.from_array(pixels, BOX.x, BOX.y), FreeTransform.unchanged(BOX).mirrored(axis), SMOOTH[0])
    assert np.array_equal(flipped.read(BOX), pixels[:: step[0], :: step[1]])


@pytest.mark.parametrize("box", [BOX, Rect(-7, 3, 20, 33), Rect(0, 0, 1, 2), Rect(5, 5, 8, 8)])
def test_four_quarter_turns_end_where_they_began_whatever_the_sides(box):
    pixels = noise(box.height, box.width)
    raster = Raster.from_array(pixels, box.x, box.y)
    for _turn in range(4):
        raster = warped(raster, FreeTransform.unchanged(raster.bounds()).turned(90), SMOOTH[0])
    assert raster.bounds() == box
    assert np.array_equal(raster.read(box), pixels)


def test_a_move_keeps_pixels_also_where_a_mirrored_turn_lands_between_pixels():
    pixels, shape = noise(), FreeTransform.unchanged(BOX)
    assert np.array_equal(whole(warped(Raster.from_array(pixels, 30, 40), shape.moved(-300, 77), SMOOTH[0])), pixels)
    assert exact_way(shape.mirrored("horizontal").turned(90)) is not None
    assert exact_way(replace(shape, scale_x=1.001)) is None


# --- resampled ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", SMOOTH)
@pytest.mark.parametrize("scale", [(0.5, 0.5), (0.1, 0.07), (3.0, 2.0)])
def test_a_full_rectangle_stays_full_up_to_its_edges(how, scale):
    shape = replace(FreeTransform.unchanged(SQUARE), scale_x=scale[0], scale_y=scale[1])
    scaled = warped(red(), shape, how)
    assert scaled.bounds() == shape.bounds()
    assert (whole(scaled) == (255, 0, 0, 255)).all()


@pytest.mark.parametrize("how", list(Resampling))
@pytest.mark.parametrize(
    "shape",
    [
        replace(FreeTransform.unchanged(SQUARE), angle=30.0),
        replace(FreeTransform.unchanged(SQUARE), corners=((0.2, 0.1), (1, 0), (1, 1), (0, 0.8))),
        replace(FreeTransform.unchanged(SQUARE), mesh=Mesh.plain(3).moved(5, (0.5, 0.2))),
    ],
    ids=["turned", "perspective", "warped"],
)
def test_colours_stay_those_of_the_picture_and_the_area_that_of_the_shape(shape, how):
    pixels = whole(warped(red(), shape, how)).astype(int)
    assert (pixels[..., 0] == pixels[..., 3]).all(), "red all over, however transparent"
    assert not pixels[..., 1:3].any()
    outline = np.array(shape.outline())
    area = abs(np.dot(outline[:, 0], np.roll(outline[:, 1], 1)) - np.dot(outline[:, 1], np.roll(outline[:, 0], 1))) / 2
    assert pixels[..., 3].sum() / 255 == pytest.approx(area, rel=2e-3)


def test_shrinking_averages_what_is_there():
    stripes = np.zeros((256, 256, 4), np.uint8)
    stripes[:, ::2] = 255
    shape = replace(FreeTransform.unchanged(Rect(0, 0, 256, 256)), scale_x=1 / 16, scale_y=1 / 16)
    assert (np.abs(whole(warped(Raster.from_array(stripes), shape, SMOOTH[0])).astype(int) - 128) <= 1).all()


def test_light_is_averaged_where_the_document_blends_light():
    stripes = np.full((64, 64, 4), 255, np.uint8)
    stripes[:, ::2, :3] = 0
    box = Rect(0, 0, 64, 64)
    shape = replace(FreeTransform.unchanged(box), scale_x=0.25, scale_y=0.25)
    assert abs(int(whole(warped(Raster.from_array(stripes), shape, SMOOTH[0], gamma=2.2))[8, 8, 0]) - 186) <= 1
    assert abs(int(whole(warped(Raster.from_array(stripes), shape, SMOOTH[0]))[8, 8, 0]) - 128) <= 1


def test_a_mask_that_shows_by_default_goes_on_showing_outside():
    mask = Raster.from_array(np.zeros((100, 100), np.uint8), 100, 100, default=255)
    turned = warped(mask, FreeTransform.unchanged(Rect(100, 100, 100, 100)).turned(45), SMOOTH[0])
    assert turned.default == 255
    assert turned.read(Rect(150, 150, 1, 1))[0, 0] == 0
    assert turned.read(Rect(102, 102, 1, 1))[0, 0] == 255, "this corner turned away"
    assert turned.read(Rect(5000, 5000, 1, 1))[0, 0] == 255


def test_scattered_pixels_far_apart_cost_only_themselves():
    raster = red(Rect(0, 0, 10, 10))
    raster = raster.with_array(whole(raster), 30000, 20000)
    moved = warped(raster, replace(FreeTransform.unchanged(raster.bounds()), scale_x=1.0001), SMOOTH[0])
    assert 2 <= len(moved.tiles) <= 6


# --- what cannot be -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"scale_x": 2000.0},
        {"scale_x": 400.0, "scale_y": 400.0},
        {"corners": ((0.0, 0.0), (1.0, 0.0), (0.2, 0.2), (0.0, 1.0))},
        {"corners": ((0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0))},
        {"corners": ((0.0, 0.0),) * 4},
    ],
    ids=["too long", "too large", "concave", "folded", "one point"],
)
def test_what_cannot_be_drawn_is_refused_before_any_work(changes):
    with pytest.raises(SettingError):
        warped(red(), replace(FreeTransform.unchanged(SQUARE), **changes), SMOOTH[0])


def test_a_warp_that_folds_over_itself_is_drawn_all_the_same():
    folded = Mesh.plain(2).moved(4, (1.8, 0.5))
    pixels = whole(warped(red(), replace(FreeTransform.unchanged(SQUARE), mesh=folded), SMOOTH[0]))
    assert (pixels[..., 0] == pixels[..., 3]).all()


def test_nothing_comes_of_nothing():
    shape = FreeTransform.unchanged(BOX).turned(10)
    assert not warped(Raster(), shape, SMOOTH[0]).tiles


def test_it_ends_when_it_is_told_to():
    def heed(_share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        warped(red(), FreeTransform.unchanged(SQUARE).turned(10), SMOOTH[0], heed=heed)
