"""Shades of one colour."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import Raster, Rect
from studio.raster.tint import tinted, tinted_pixels


def pixel(*rgba: int) -> np.ndarray:
    return np.array([[rgba]], np.uint8)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((0, 0, 0, 255), (200, 40, 10, 255)),
        ((255, 255, 255, 255), (255, 255, 255, 255)),
        ((0, 0, 0, 0), (0, 0, 0, 0)),
        ((0, 0, 0, 128), (100, 20, 5, 128)),
        ((128, 128, 128, 128), (128, 128, 128, 128)),
    ],
)
def test_black_takes_the_colour_and_white_stays(given: tuple[int, ...], expected: tuple[int, ...]) -> None:
    found = tinted_pixels(pixel(*given), (200, 40, 10))[0, 0]
    assert np.abs(found.astype(int) - expected).max() <= 1
    assert found[3] == given[3]


def test_no_pixel_is_brighter_than_its_alpha() -> None:
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (64, 64, 4), dtype=np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    found = tinted_pixels(pixels, (12, 250, 99))
    assert (found[..., :3] <= found[..., 3:]).all()


def test_a_raster_keeps_its_place() -> None:
    raster = Raster.from_array(np.full((20, 30, 4), (0, 0, 0, 255), np.uint8), 300, -40)
    found = tinted(raster, (1, 2, 3))
    assert found.bounds() == Rect(300, -40, 30, 20)
    assert tuple(found.read(Rect(310, -30, 1, 1))[0, 0]) == (1, 2, 3, 255)
