"""Guide lines and the grid of a document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.document import MAX_LINES, Document, Grid, Rect, Ruling, new_document
from studio.errors import SettingError
from studio.raster.transform import crop, flip, resize_image, rotate


def ruled() -> Document:
    ruling = Ruling(upright=(30, 10, 30), level=(25,), grid=Grid(width=16, height=8, x=3, y=1))
    return replace(new_document(100, 60), ruling=ruling)


def test_lines_are_kept_once_and_in_order():
    assert ruled().ruling.upright == (10, 30)


@pytest.mark.parametrize("change", [{"upright": range(MAX_LINES + 1)}, {"level": range(-1, MAX_LINES)}])
def test_there_is_a_most_of_lines(change):
    with pytest.raises(SettingError, match="more than 500 guide lines"):
        Ruling(**{name: tuple(places) for name, places in change.items()})


@pytest.mark.parametrize("size", [(0, 5), (5, -1), (10_001, 5)])
def test_a_grid_has_cells(size):
    with pytest.raises(SettingError, match="is not possible"):
        Grid(width=size[0], height=size[1])


def test_lines_follow_the_picture():
    document = ruled()
    cut = crop(document, Rect(20, 10, 50, 40)).ruling
    assert (cut.upright, cut.level, cut.grid.x, cut.grid.y) == ((10,), (15,), -17, -9)
    doubled = resize_image(document, 200, 180).ruling
    assert (doubled.upright, doubled.level, doubled.grid) == ((20, 60), (75,), document.ruling.grid)
    assert flip(document, "horizontal").ruling.upright == (70, 90)
    assert flip(document, "vertical").ruling.level == (35,)


def test_a_turned_picture_has_its_lines_where_they_were_seen():
    document = ruled()
    right = rotate(document, 1)
    assert (right.width, right.ruling.upright, right.ruling.level) == (60, (35,), (10, 30))
    assert (right.ruling.grid.width, right.ruling.grid.height) == (8, 16)
    for back in (rotate(right, 3), rotate(rotate(document, 2), 2), flip(flip(document, "vertical"), "vertical")):
        assert back.ruling == document.ruling
