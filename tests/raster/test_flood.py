"""Where a fill runs to."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import Pixels
from studio.raster.flood import flood_region


def two_rooms(opening: int) -> Pixels:
    """Two rooms of 60 x 60 with a wall between them, in which an opening is left; lines of two pixels."""
    walls = np.zeros((64, 126), np.uint8)
    walls[:2] = walls[-2:] = 255
    walls[:, :2] = walls[:, -2:] = walls[:, 62:64] = 255
    walls[30 : 30 + opening, 62:64] = 0
    return walls


@pytest.mark.parametrize("around", [False, True])
@pytest.mark.parametrize(("opening", "gap", "leaks"), [(3, 0, True), (3, 3, False), (8, 8, False), (12, 6, True)])
def test_a_fill_does_not_run_through_gaps(opening: int, gap: int, leaks: bool, around: bool) -> None:
    region = flood_region(two_rooms(opening), 10, 10, 0, gap=gap, around=around)
    assert region[30, 100] == (255 if leaks else 0)
    room = region[2:62, 2:62]
    assert (room == 255).all(), "corners and the pixels along the walls are filled too"
    assert not region[two_rooms(0) == 255][:60].any()


def test_a_fill_that_begins_in_a_passage_fills_it() -> None:
    corridor = np.full((40, 40), 255, np.uint8)
    corridor[18:21] = 0
    assert (flood_region(corridor, 5, 19, 0, gap=20) == np.where(corridor, 0, 255)).all()
