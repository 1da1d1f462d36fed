"""How regions share a picture."""

from __future__ import annotations

import numpy as np
import pytest

from studio.generation.prompting import regional
from studio.generation.regions import Division, divided

SIDE = 50


def columns(first: float, last: float, value: float = 1.0) -> np.ndarray:
    cover = np.zeros((SIDE, SIDE), np.float32)
    cover[:, round(first * SIDE) : round(last * SIDE)] = value
    return cover


def total(division: Division) -> np.ndarray:
    parts = [part for part in (*division.masks, division.rest) if part is not None]
    return sum(parts[1:], parts[0])


def test_what_is_above_hides_what_is_below():
    division = divided([columns(0.2, 0.5), columns(0.0, 0.8)])
    upper, lower = division.masks
    assert np.array_equal(upper, columns(0.2, 0.5))
    assert np.array_equal(lower, columns(0.0, 0.2) + columns(0.5, 0.8))
    assert np.array_equal(division.rest, columns(0.8, 1.0))
    assert division.alone is None


def test_soft_edges_are_shared():
    upper, lower = divided([columns(0.0, 0.5, 0.25), columns(0.0, 1.0)]).masks
    assert np.allclose(upper[:, :25], 0.25)
    assert np.allclose(lower[:, :25], 0.75)


@pytest.mark.parametrize("covers", [[0.5, 0.99], [0.2, 0.4], [0.01, 0.7], [0.96, 1.0], [0.0, 0.0], [0.3, 0.3]])
def test_all_parts_add_up_to_the_picture(covers):
    division = divided([columns(0.0, covers[0]), columns(0.0, covers[1])])
    assert np.allclose(total(division), 1.0)


def test_a_region_of_which_hardly_anything_is_seen_is_left_out_and_hides_nothing():
    division = divided([columns(0.0, 0.0), columns(0.5, 0.5), columns(0.0, 0.6)])
    assert division.masks[:2] == (None, None)
    hidden = divided([columns(0.0, 0.6), columns(0.1, 0.5)])
    assert hidden.masks[1] is None
    small = np.zeros((SIDE, SIDE), np.float32)
    small[:5, :5] = 1.0
    assert np.array_equal(divided([small, columns(0.0, 0.6)]).masks[1], columns(0.0, 0.6))


def test_one_that_is_nearly_all_is_alone_and_a_narrow_gap_is_closed():
    assert divided([columns(0.0, 0.92)]).alone == 0
    assert divided([columns(0.0, 0.9)]).alone is None
    closed = divided([columns(0.0, 0.5), columns(0.54, 1.0)])
    assert closed.rest is None
    assert np.array_equal(closed.masks[0], columns(0.0, 0.52)), "the nearest takes it"
    assert np.array_equal(closed.masks[1], columns(0.52, 1.0))
    assert divided([columns(0.0, 0.5), columns(0.6, 1.0)]).rest is not None


def test_shares_are_counted_where_something_is_drawn():
    """An inpainting crop shows much that stays as it is."""
    covers = [columns(0.0, 0.5), columns(0.5, 1.0)]
    assert divided(covers, columns(0.1, 0.3)).alone == 0
    assert divided(covers, columns(0.1, 0.3)).masks[1] is None
    assert divided(covers, columns(0.4, 0.6)).alone is None
    assert divided(covers, np.zeros_like(covers[0])).alone is None, "a mask of nothing counts for none"
    with pytest.raises(ValueError, match="nothing to share"):
        divided([])


@pytest.mark.parametrize(
    ("own", "whole", "said"),
    [
        ("a red cat", "at night", "a red cat, at night"),
        ("a red cat,", " at night", "a red cat, at night"),
        ("", "at night, ", "at night, "),
        ("  ", "at night", "at night"),
        ("a red cat", "", "a red cat"),
        ("a red cat # mine", "at night", "a red cat, at night"),
        ("# nothing", "at night", "at night"),
    ],
)
def test_the_words_of_the_picture_follow_those_of_a_region(own, whole, said):
    assert regional(own, whole) == said
