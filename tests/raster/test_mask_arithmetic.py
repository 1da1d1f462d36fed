"""Selections: shapes, their arithmetic, grow, shrink and feather."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import Raster, Rect, filled_mask, filled_raster
from studio.errors import SettingError
from studio.raster import masks
from studio.raster.masks import MaskMode

CANVAS = Rect(0, 0, 700, 500)
BOX = filled_mask(Rect(200, 150, 200, 100))


def coverage(mask: Raster) -> float:
    """Selected area in pixels."""
    return float(mask.read(CANVAS.expanded(200)).sum() / 255)


def test_inverting_twice_gives_the_mask_back() -> None:
    inverse = masks.invert(BOX, CANVAS)
    assert coverage(inverse) == 700 * 500 - 200 * 100
    assert inverse.read(Rect(-1, 0, 1, 1)) == 0, "nothing outside the canvas is selected"
    assert np.array_equal(masks.invert(inverse, CANVAS).read(CANVAS), BOX.read(CANVAS))


def test_everything_and_nothing() -> None:
    assert coverage(masks.select_all(CANVAS)) == 700 * 500
    assert not masks.clear().tiles
    assert not masks.invert(masks.select_all(CANVAS), CANVAS).tiles
    assert np.array_equal(masks.invert(masks.clear(), CANVAS).read(CANVAS), masks.select_all(CANVAS).read(CANVAS))


def test_growing_a_point_gives_a_disc() -> None:
    point = filled_mask(Rect(350, 250, 1, 1))
    for radius in (5, 8, 20, 60):
        grown = masks.grow(point, radius, CANVAS)
        assert coverage(grown) == pytest.approx(np.pi * (radius + 0.3) ** 2, rel=0.06)
        assert grown.bounds() == Rect(350 - radius, 250 - radius, 2 * radius + 1, 2 * radius + 1)


def test_growing_stops_at_the_canvas() -> None:
    grown = masks.grow(filled_mask(Rect(0, 0, 10, 10)), 30, CANVAS)
    assert grown.bounds() == Rect(0, 0, 40, 40)


def test_shrinking_undoes_growing_of_a_box() -> None:
    again = masks.shrink(masks.grow(BOX, 12, CANVAS), 12, CANVAS)
    assert np.array_equal(again.read(CANVAS), BOX.read(CANVAS))


def test_shrinking_takes_from_every_side_but_not_at_the_canvas_edge() -> None:
    assert masks.shrink(BOX, 10, CANVAS).bounds() == Rect(210, 160, 180, 80)
    left = filled_mask(Rect(0, 100, 100, 100))
    assert masks.shrink(left, 10, CANVAS).bounds() == Rect(0, 110, 90, 80)
    everything = masks.select_all(CANVAS)
    assert coverage(masks.shrink(everything, 10, CANVAS)) == 700 * 500
    assert not masks.shrink(BOX, 60, CANVAS).tiles


def test_feathering_is_smooth_even_and_keeps_the_area() -> None:
    soft = masks.feather(BOX, 20, CANVAS)
    row = soft.read(Rect(200 - 40, 200, 80, 1))[0].astype(int)
    assert (np.diff(row) >= 0).all()
    assert row[0] == 0
    assert row[-1] == 255
    assert row[39] + row[40] == pytest.approx(255, abs=2), "half way at the old edge"
    sigma = np.sqrt(np.average((np.arange(79) + 0.5 - 39.5) ** 2, weights=np.diff(row)))
    assert sigma == pytest.approx(10, rel=0.08)
    assert coverage(soft) == pytest.approx(200 * 100, rel=0.01)


def test_feathering_leaves_no_seam_at_the_canvas_edge() -> None:
    soft = masks.feather(filled_mask(Rect(0, 0, 300, 500)), 30, CANVAS)
    assert (soft.read(Rect(0, 0, 200, 500)) == 255).all()


@pytest.mark.parametrize("change", [masks.grow, masks.shrink, masks.feather])
def test_a_radius_of_nothing_changes_nothing_and_nonsense_is_refused(change) -> None:  # type: ignore[no-untyped-def]
    assert change(BOX, 0, CANVAS) is BOX
    assert not change(masks.clear(), 5, CANVAS).tiles
    for wrong in (-1, 5000):
        with pytest.raises(SettingError):
            change(BOX, wrong, CANVAS)


@pytest.mark.parametrize(
    ("mode", "area"),
    [
        (MaskMode.REPLACE, 150 * 60),
        (MaskMode.ADD, 200 * 100 + 50 * 60),
        (MaskMode.SUBTRACT, 200 * 100 - 100 * 60),
        (MaskMode.INTERSECT, 100 * 60),
    ],
)
def test_shapes_meet_the_mask_as_asked(mode: MaskMode, area: int) -> None:
    assert coverage(masks.combine(BOX, filled_mask(Rect(300, 170, 150, 60)), mode)) == area


def test_adding_a_small_shape_keeps_all_other_tiles() -> None:
    everything = masks.select_all(CANVAS)
    small = filled_mask(Rect(10, 10, 20, 20))
    cut = masks.combine(everything, small, MaskMode.SUBTRACT)
    assert cut.changed_tiles(everything) == {(0, 0)}
    assert masks.combine(everything, small, MaskMode.ADD).changed_tiles(everything) == set()


def test_a_layer_s_outline_becomes_a_selection() -> None:
    painted = filled_raster(30, 20, (5, 5, 5, 90)).translated(40, 50)
    mask = masks.from_alpha(painted)
    assert masks.bounds(mask) == Rect(40, 50, 30, 20)
    assert mask.read(Rect(40, 50, 1, 1)) == 90


@pytest.mark.parametrize("work", ["grow", "shrink", "feather", "smooth", "border"])
def test_large_masks_are_worked_on_in_pieces_to_the_same_end(work: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, columns = np.indices((900, 1300))
    blobs = ((np.sin(columns / 90) + np.sin(rows / 70)) > 0.2) * np.uint8(255)
    canvas = Rect(0, 0, 1300, 900)
    mask = masks.combine(Raster.from_array(blobs), filled_mask(Rect(0, 0, 700, 600)), MaskMode.ADD)
    whole = getattr(masks, work)(mask, 23, canvas)
    monkeypatch.setattr(masks, "_AT_ONCE", 0)
    monkeypatch.setattr(masks, "_PIECE", 256)
    assert np.array_equal(getattr(masks, work)(mask, 23, canvas).read(canvas), whole.read(canvas))


def test_the_largest_canvas_is_selected_inverted_and_grown_by_a_few_tiles() -> None:
    """Its full tiles are one object: it costs neither memory nor time by its pixels."""
    canvas = Rect(0, 0, 32768, 32768)
    everything = masks.select_all(canvas)
    hole = filled_mask(Rect(10000, 10000, 3000, 3000))
    rest = masks.combine(everything, hole, MaskMode.SUBTRACT)
    grown = masks.grow(masks.invert(rest, canvas), 5, canvas)
    assert grown.bounds() == Rect(9995, 9995, 3010, 3010)
    assert everything.bounds() == canvas
    for mask in (rest, grown, everything.translated(-7, 3)):
        assert len({id(tile) for tile in mask.tiles.values()}) < 600
