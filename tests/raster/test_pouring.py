"""Gradients and colour through masks."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import Raster, Rect, filled_mask, filled_raster
from studio.raster.pouring import Gradient, laid_gradient, pour

AREA = Rect(0, 0, 600, 300)
RED, BLUE = (200, 0, 0, 255), (0, 0, 200, 255)


@pytest.mark.parametrize("is_radial", [False, True])
def test_a_gradient_goes_evenly_from_one_colour_to_the_other(is_radial: bool) -> None:
    gradient = Gradient(start=(100, 150), end=(400, 150), first=RED, second=BLUE, is_radial=is_radial)
    row = laid_gradient(Raster(), gradient, AREA).read(AREA)[150]
    assert row[399, :3].tolist() == pytest.approx([0, 0, 200], abs=2)
    assert row[250, :3].tolist() == pytest.approx([100, 0, 100], abs=2)
    assert row[10, 0] == pytest.approx(140 if is_radial else 200, abs=2)
    assert (row[:, 3] == 255).all()


def test_a_gradient_to_nothing_fades_out_and_keeps_what_is_there() -> None:
    sheet = filled_raster(600, 300, (0, 200, 0, 255))
    gradient = Gradient(start=(0, 150), end=(600, 150), first=RED)
    row = laid_gradient(sheet, gradient, AREA).read(AREA)[150].astype(int)
    assert row[300, :3].tolist() == pytest.approx([100, 100, 0], abs=2)
    assert np.array_equal(row[-1], [0, 200, 0, 255])
    empty = laid_gradient(Raster(), gradient, AREA).read(AREA)[150]
    assert empty[300].tolist() == pytest.approx([100, 0, 0, 128], abs=2)


def test_both_keep_to_what_limits_them() -> None:
    gradient = Gradient(start=(0, 0), end=(600, 0), first=RED, second=BLUE)
    half = filled_mask(Rect(0, 0, 300, 300))
    for after in (
        laid_gradient(Raster(), gradient, AREA, clip=half),
        pour(Raster(), filled_mask(AREA), RED, clip=half),
    ):
        alpha = after.read(AREA)[..., 3]
        assert (alpha[:, :300] == 255).all()
        assert not alpha[:, 300:].any()
    sheet = filled_raster(100, 100, (9, 9, 9, 255))
    assert laid_gradient(sheet, gradient, AREA, lock_alpha=True).bounds() == Rect(0, 0, 100, 100)
    mask = laid_gradient(Raster(channels=1), Gradient(start=(0, 0), end=(600, 0), first=(255,) * 4), AREA)
    assert mask.read(AREA)[5, 300] == pytest.approx(128, abs=2)
