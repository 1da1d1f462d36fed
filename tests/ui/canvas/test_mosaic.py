"""The image of what is seen: what is slow is waited for piece by piece, and the rest is there meanwhile."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QSize

from studio.document import Pixels, Rect
from studio.ui.canvas.view.mosaic import Mosaic, level_for
from studio.ui.canvas.view.view_transform import ViewTransform

CANVAS = Rect(0, 0, 4096, 3072)
LONG = math.inf


class Source:
    """Pixels whose red tells the column of their document tile; ``slow`` ones are waited for."""

    def __init__(self) -> None:
        self.slow: set[tuple[int, int]] = set()
        self.wanted: set[tuple[int, int]] = set()
        self.read_rects: list[Rect] = []

    def plain(self, _rect: Rect) -> None:
        return None

    def prepare(self, rect: Rect, _level: int, _seconds: float) -> list[tuple[int, int]]:
        missing = [key for key in rect.tile_keys() if key in self.slow]
        self.wanted |= set(missing)
        return missing

    def forget(self) -> None:
        self.wanted.clear()

    def read(self, rect: Rect, level: int) -> Pixels:
        self.read_rects.append(rect)
        columns = (np.arange(rect.x, rect.right) << level) // 256
        pixels = np.full((rect.height, rect.width, 4), 255, np.uint8)
        pixels[..., 0] = columns
        return pixels


def view(zoom: float, x: float = 2048, y: float = 1536) -> ViewTransform:
    return ViewTransform(zoom=zoom, center_x=x, center_y=y).resized(QSize(512, 384), 1.0)


def red(mosaic: Mosaic, x: int, y: int) -> int:
    """What the image holds for a document pixel."""
    area, level = mosaic._image.area, mosaic.level
    return mosaic._image.image.pixelColor((x >> level) - area.x, (y >> level) - area.y).red()


def test_what_is_slow_is_waited_for_and_the_rest_is_fetched():
    source = Source()
    mosaic = Mosaic(source)
    source.slow = {(8, 6)}
    mosaic.cover(view(1.0), CANVAS)
    fetched = mosaic.refresh(LONG)
    assert source.wanted == {(8, 6)}
    assert all(rect.intersected(Rect(2048, 1536, 256, 256)).is_empty for rect in fetched)
    assert (mosaic.has_more, mosaic.is_settled) == (False, False)
    source.slow.clear()
    assert not mosaic.arrive((9, 6))  # nobody waits for it
    assert mosaic.arrive((8, 6))
    assert mosaic.refresh(LONG) == [Rect(2048, 1536, 256, 256)]
    assert mosaic.is_settled
    assert red(mosaic, 2100, 1600) == 8


def test_a_reduced_piece_waits_for_all_its_tiles():
    source = Source()
    mosaic = Mosaic(source)
    source.slow = {(8, 6), (9, 7)}
    mosaic.cover(view(0.5), CANVAS)
    mosaic.refresh(LONG)
    source.slow.clear()
    assert not mosaic.arrive((8, 6))
    assert mosaic.arrive((9, 7))
    assert mosaic.refresh(LONG) == [Rect(2048, 1536, 512, 512)]


def test_what_changes_while_it_is_waited_for_is_asked_for_again():
    source = Source()
    mosaic = Mosaic(source)
    source.slow = {(8, 6)}
    mosaic.cover(view(1.0), CANVAS)
    mosaic.refresh(LONG)
    source.wanted.clear()
    mosaic.invalidate(Rect(2060, 1540, 3, 3))
    assert mosaic.has_more
    mosaic.refresh(LONG)
    assert source.wanted == {(8, 6)}
    source.slow.clear()
    mosaic.arrive((8, 6))
    assert mosaic.refresh(LONG) == [Rect(2048, 1536, 256, 256)]  # and not only the three pixels


def test_whoever_cannot_wait_gets_all_at_once():
    source = Source()
    mosaic = Mosaic(source)
    source.slow = {(8, 6)}
    mosaic.cover(view(1.0), CANVAS)
    mosaic.refresh(LONG)
    source.slow.clear()
    mosaic.refresh(whole=True)
    assert mosaic.is_settled


def test_panning_keeps_what_is_there_and_fetches_what_comes_in_sight():
    source = Source()
    mosaic = Mosaic(source)
    mosaic.cover(view(1.0), CANVAS)
    mosaic.refresh(LONG)
    before, count = mosaic.covered, len(source.read_rects)
    mosaic.cover(view(1.0, x=2148), CANVAS)  # within the piece to spare
    assert mosaic.is_settled
    mosaic.cover(view(1.0, x=2748), CANVAS)
    mosaic.refresh(LONG)
    fetched = source.read_rects[count:]
    assert fetched
    assert all(rect.intersected(before).is_empty for rect in fetched)
    assert red(mosaic, 2830, 1536) == 11


def test_another_zoom_shows_roughly_what_was_there_until_it_is_fetched():
    source = Source()
    mosaic = Mosaic(source)
    mosaic.cover(view(0.5), CANVAS)
    mosaic.refresh(LONG)
    mosaic.cover(view(1.0), CANVAS)
    assert level_for(1.0) == mosaic.level == 0
    assert not mosaic.is_settled
    assert red(mosaic, 2100, 1600) == 8
    assert all(red(mosaic, 2048 + 256 * step, 1536) == 8 + step for step in (-1, 0, 1))


def test_what_was_never_seen_shows_nothing_also_in_an_image_that_was_used_before():
    source = Source()
    mosaic = Mosaic(source)
    for place in (600, 3400, 600, 3400):
        mosaic.cover(view(1.0, x=place), CANVAS)
        assert mosaic._image.image.pixelColor(300, 300).alpha() == 0
        mosaic.refresh(LONG)
        assert mosaic._image.image.pixelColor(300, 300).alpha() == 255
