"""Tiles: they cover everything, their weights add up, and memory that runs out makes them smaller."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document import Pixels
from studio.errors import Cancelled, OutOfMemoryError, SettingError
from studio.generation import CancelToken
from studio.generation.tiling import SMALLEST_TILE, Draw, Tiler, spans, weights


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)


def doubled(pixels: Pixels) -> Pixels:
    return pixels.repeat(2, axis=0).repeat(2, axis=1)


def tiler(draw: Draw, *, tile: int = 64, overlap: int = 16, cancel: CancelToken | None = None) -> Tiler:
    return Tiler(draw, tile=tile, overlap=overlap, cancel=cancel or CancelToken())


@given(st.integers(1, 700), st.integers(32, 300), st.integers(0, 16), st.integers(1, 4))
def test_tiles_cover_the_length_and_their_weights_add_up_to_one(
    length: int, tile: int, overlap: int, scale: int
) -> None:
    cuts = spans(length, tile, overlap)
    assert cuts[0].start == 0
    assert cuts[-1].stop == length
    assert all(cut.stop - cut.start <= tile for cut in cuts)
    assert all(later.start <= earlier.stop - overlap for earlier, later in pairwise(cuts))
    total = np.zeros(length * scale)
    for cut, weight in zip(cuts, weights(cuts, scale), strict=True):
        total[cut.start * scale : cut.stop * scale] += weight
    assert np.allclose(total, 1.0, atol=1e-5)


@pytest.mark.parametrize("size", [(1, 1), (64, 64), (65, 40), (200, 333)])
def test_what_looks_at_single_pixels_gives_the_same_in_tiles(size: tuple[int, int]) -> None:
    pixels = noise(*size)
    assert np.array_equal(tiler(doubled).run(pixels), doubled(pixels))


def test_the_border_of_a_tile_leaves_no_trace() -> None:
    """A network that spoils the outer pixels of whatever it sees spoils only those of the picture."""

    def spoiling(pixels: Pixels) -> Pixels:
        drawn = pixels.copy()
        drawn[:4], drawn[-4:], drawn[:, :4], drawn[:, -4:] = 0, 255, 0, 255
        return drawn

    pixels = noise(150, 200)
    assert np.array_equal(tiler(spoiling).run(pixels)[4:-4, 4:-4], pixels[4:-4, 4:-4])


def test_tiles_are_halved_when_memory_runs_out_and_stay_so() -> None:
    sides: list[int] = []

    def greedy(pixels: Pixels) -> Pixels:
        sides.append(max(pixels.shape[:2]))
        if sides[-1] > 40:
            raise OutOfMemoryError("There is not enough memory.")
        return doubled(pixels)

    pixels = noise(200, 200)
    assert np.array_equal(tiler(greedy, tile=128).run(pixels), doubled(pixels))
    assert [side for side in sides if side > 40] == sides[:2]


def test_memory_that_is_short_even_for_the_smallest_tile_is_an_error() -> None:
    sides: list[int] = []

    def hopeless(pixels: Pixels) -> Pixels:
        sides.append(max(pixels.shape[:2]))
        raise OutOfMemoryError("There is not enough memory.")

    with pytest.raises(OutOfMemoryError):
        tiler(hopeless, tile=128).run(noise(200, 200))
    assert sides[-1] <= SMALLEST_TILE


def test_a_cancel_is_seen_before_the_next_tile() -> None:
    cancel, drawn = CancelToken(), []

    def draw(pixels: Pixels) -> Pixels:
        drawn.append(1)
        if len(drawn) == 3:
            cancel.cancel()
        return pixels

    with pytest.raises(Cancelled):
        tiler(draw, cancel=cancel).run(noise(300, 300))
    assert len(drawn) == 3


def test_progress_runs_once_from_start_to_end() -> None:
    seen: list[float] = []
    Tiler(doubled, tile=64, overlap=8, cancel=CancelToken(), report=seen.append).run(noise(150, 150))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) == 9


def test_impossible_tiles_are_refused() -> None:
    with pytest.raises(SettingError, match="overlap by 40"):
        tiler(doubled, tile=64, overlap=40)
