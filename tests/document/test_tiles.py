"""Rasters of tiles: values that share what they do not change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import TILE_SIZE, Pixels, Raster, Rect, filled_mask, filled_raster, tile_rect
from studio.document.tiles import is_uniform

coordinates = st.integers(-700, 700)
sizes = st.integers(1, 600)
rects = st.builds(Rect, coordinates, coordinates, sizes, sizes)
channels = st.sampled_from([1, 4])
few = settings(max_examples=60, deadline=None)


def noise(rect: Rect, channel_count: int, seed: int) -> Pixels:
    shape = (rect.height, rect.width, 4) if channel_count == 4 else (rect.height, rect.width)
    pixels = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    return np.minimum(pixels, pixels[..., 3:]) if channel_count == 4 else pixels


@few
@given(rect=rects, channel_count=channels, seed=st.integers(0, 9))
def test_what_is_put_in_comes_out(rect: Rect, channel_count: int, seed: int) -> None:
    pixels = noise(rect, channel_count, seed)
    raster = Raster.from_array(pixels, rect.x, rect.y)
    assert np.array_equal(raster.read(rect), pixels)
    around = raster.read(rect.expanded(3))
    assert around[3:-3, 3:-3].tobytes() == pixels.tobytes()
    around[3:-3, 3:-3] = 0
    assert not around.any()


@few
@given(first=rects, second=rects, seed=st.integers(0, 9))
def test_a_later_array_replaces_what_it_covers_and_nothing_else(first: Rect, second: Rect, seed: int) -> None:
    raster = Raster.from_array(noise(first, 1, seed), first.x, first.y)
    patch = noise(second, 1, seed + 1)
    changed = raster.with_array(patch, second.x, second.y)
    expected = raster.read(first.united(second))
    box = first.united(second)
    expected[second.y - box.y : second.bottom - box.y, second.x - box.x : second.right - box.x] = patch
    assert np.array_equal(changed.read(box), expected)


@few
@given(rect=rects, dx=coordinates, dy=coordinates, channel_count=channels)
def test_moving_there_and_back_changes_no_pixel(rect: Rect, dx: int, dy: int, channel_count: int) -> None:
    raster = Raster.from_array(noise(rect, channel_count, 1), rect.x, rect.y)
    moved = raster.translated(dx, dy)
    assert np.array_equal(moved.read(Rect(rect.x + dx, rect.y + dy, rect.width, rect.height)), raster.read(rect))
    back = moved.translated(-dx, -dy)
    assert np.array_equal(back.read(rect.expanded(5)), raster.read(rect.expanded(5)))
    assert back.bounds() == raster.bounds()


@few
@given(rect=rects, other=rects)
def test_rectangles_intersect_and_unite_as_sets(rect: Rect, other: Rect) -> None:
    common, both = rect.intersected(other), rect.united(other)
    assert common == other.intersected(rect)
    assert both == other.united(rect)
    for x, y in ((rect.x, rect.y), (other.right - 1, other.bottom - 1), (common.x, common.y)):
        assert common.contains(x, y) == (rect.contains(x, y) and other.contains(x, y))
        if rect.contains(x, y) or other.contains(x, y):
            assert both.contains(x, y)


@few
@given(rect=rects)
def test_tile_keys_cover_a_rectangle_exactly(rect: Rect) -> None:
    keys = list(rect.tile_keys())
    assert len(keys) == len(set(keys))
    assert sum(tile_rect(key).intersected(rect).width * tile_rect(key).intersected(rect).height for key in keys) == (
        rect.width * rect.height
    )


def test_untouched_tiles_are_the_same_objects() -> None:
    before = filled_raster(1024, 1024, (9, 8, 7, 255))
    after = before.with_array(np.zeros((10, 10, 4), np.uint8), 300, 300)
    assert after.changed_tiles(before) == {(1, 1)}
    assert before.read(Rect(300, 300, 1, 1)).any(), "the old raster keeps its pixels"


def test_writing_the_same_pixels_keeps_the_tile() -> None:
    before = filled_raster(512, 512, (9, 8, 7, 255))
    assert not before.with_array(before.read(Rect(10, 10, 400, 400)), 10, 10).changed_tiles(before)


def test_blank_tiles_are_not_stored() -> None:
    raster = filled_raster(512, 512, (9, 8, 7, 255))
    assert not raster.with_array(np.zeros((512, 512, 4), np.uint8), 0, 0).tiles
    showing = Raster(channels=1, default=255)
    assert not showing.with_array(np.full((50, 50), 255, np.uint8), 0, 0).tiles


def test_full_tiles_of_a_fill_share_one_array() -> None:
    raster = filled_raster(1024, 1000, (1, 2, 3, 255))
    assert len({id(tile) for tile in raster.tiles.values()}) == 1 + 4
    assert raster.bounds() == Rect(0, 0, 1024, 1000)


def test_tiles_cannot_be_written() -> None:
    raster = filled_raster(256, 256, (1, 2, 3, 255))
    with pytest.raises(ValueError, match="read-only"):
        raster.tiles[(0, 0)][0, 0] = 0
    with pytest.raises(TypeError):
        raster.tiles[(5, 5)] = raster.tiles[(0, 0)]  # type: ignore[index]


def test_a_copy_of_a_tile_can_be_written_without_harm() -> None:
    raster = filled_raster(256, 256, (1, 2, 3, 255))
    raster.editable_tile((0, 0))[:] = 0
    assert raster.tiles[(0, 0)].all()
    assert raster.editable_tile((9, 9)).shape == (TILE_SIZE, TILE_SIZE, 4)


def test_a_mask_shows_its_default_where_it_has_no_tile() -> None:
    mask = Raster(channels=1, default=255)
    assert (mask.read(Rect(-3, 5, 10, 10)) == 255).all()
    assert mask.bounds().is_empty


def test_a_filled_mask_ends_at_its_rectangle() -> None:
    mask = filled_mask(Rect(-5, 250, 300, 20), 77)
    assert mask.bounds() == Rect(-5, 250, 300, 20)
    assert mask.read(Rect(-6, 249, 2, 2)).tolist() == [[0, 0], [0, 77]]


def test_moving_by_whole_tiles_copies_nothing() -> None:
    raster = filled_raster(512, 256, (1, 2, 3, 255))
    moved = raster.translated(TILE_SIZE, -2 * TILE_SIZE)
    assert moved.tiles[(1, -2)] is raster.tiles[(0, 0)]
    assert raster.translated(0, 0) is raster


def test_empty_rectangles_touch_nothing() -> None:
    assert list(Rect(5, 5, 0, 10).tile_keys()) == []
    assert Raster().read(Rect(0, 0, 0, 3)).shape == (3, 0, 4)
    assert Raster().tile_bounds().is_empty


@pytest.mark.parametrize("shape", [(256, 256, 4), (256, 256), (3, 5), (1, 1)])
@pytest.mark.parametrize("value", [0, 255])
def test_one_byte_that_differs_is_noticed(shape: tuple[int, ...], value: int) -> None:
    pixels = np.full(shape, value, np.uint8)
    assert is_uniform(pixels, value)
    for place in {0, pixels.size // 2, pixels.size - 1}:
        other = pixels.copy()
        other.reshape(-1)[place] ^= 1
        assert not is_uniform(other, value)
