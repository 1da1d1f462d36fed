"""Edits that keep to a selection, and pixels that are taken out of it."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import Raster, Rect, filled_mask, filled_raster
from studio.raster.selecting import kept_within, lifted

AREA = Rect(-40, -40, 640, 400)


@pytest.fixture
def noise() -> Raster:
    values = np.random.default_rng(3).integers(0, 256, (300, 500, 4), np.uint8)
    return Raster.from_array(np.minimum(values, values[..., 3:]), 17, -9)


def ramp() -> Raster:
    return Raster.from_array(np.tile(np.arange(256, dtype=np.uint8), (200, 1)), 100, 30)


def test_outside_nothing_changes_and_inside_everything(noise: Raster) -> None:
    red = filled_raster(600, 400, (200, 0, 0, 200))
    box = Rect(30, 20, 300, 100)
    kept = kept_within(noise, red, filled_mask(box))
    assert np.array_equal(kept.read(box), red.read(box))
    outside = kept.read(AREA) != noise.read(AREA)
    assert not outside[:, : box.x - AREA.x].any()
    assert not outside[box.bottom - AREA.y :].any()
    assert kept.tiles[(0, 1)] is noise.tiles[(0, 1)], "a tile that nothing is selected in stays the same object"


def test_half_selected_pixels_become_a_mixture() -> None:
    black, white = filled_mask(Rect(0, 0, 400, 300), 40), filled_mask(Rect(0, 0, 400, 300), 240)
    row = kept_within(black, white, ramp()).read(Rect(100, 100, 256, 1))[0]
    assert row[0] == 40
    assert row[255] == 240
    assert abs(int(row[128]) - 140) <= 1
    assert (np.diff(row.astype(int)) >= 0).all()


def test_without_a_limit_all_is_changed(noise: Raster) -> None:
    after = Raster()
    assert kept_within(noise, after, None) is after


def test_a_mask_that_is_turned_inside_out_is_so_in_the_selection_only() -> None:
    shows_all, hides_all = Raster(channels=1, default=255), Raster(channels=1)
    kept = kept_within(shows_all, hides_all, filled_mask(Rect(10, 10, 20, 20)))
    assert kept.default == 255
    assert kept.read(Rect(9, 10, 2, 1)).tolist() == [[255, 0]]


@pytest.mark.parametrize("limit", [ramp(), filled_mask(Rect(0, 0, 512, 256)), Raster(channels=1), None])
def test_what_stays_and_what_is_taken_are_the_whole(noise: Raster, limit: Raster | None) -> None:
    stays, taken = lifted(noise, limit)
    assert np.array_equal(stays.read(AREA).astype(int) + taken.read(AREA), noise.read(AREA))


def test_what_is_taken_is_what_is_selected(noise: Raster) -> None:
    box = Rect(40, 40, 50, 60)
    stays, taken = lifted(noise, filled_mask(box))
    assert np.array_equal(taken.read(box), noise.read(box))
    assert not stays.read(box).any()
    assert taken.bounds().intersected(box) == taken.bounds()
