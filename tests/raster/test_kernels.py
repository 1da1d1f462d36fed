"""The compiled part: it takes only what it can read, and means the same for every set of instructions."""

from __future__ import annotations

import ctypes
from pathlib import Path

import numpy as np
import pytest

from studio.document import BlendMode
from studio.raster import kernels


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((4, 4, 3), np.uint8),
        np.zeros((4, 4, 4), np.float32),
        np.zeros((4, 5, 4), np.uint8),
        np.zeros((4, 8, 4), np.uint8)[:, ::2],
        np.zeros((4, 4, 4), np.uint8)[:, ::-1],
        np.zeros((4, 4, 4), np.uint8).transpose(1, 0, 2),
        np.zeros((4, 18), np.uint8)[:, :16].reshape(4, 4, 4)[:, :, ::-1],
    ],
)
def test_pixels_that_lie_otherwise_are_refused(pixels: np.ndarray) -> None:
    backdrop = np.zeros((4, 4, 4), np.uint8)
    with pytest.raises(ValueError, match="cannot be used"):
        kernels.blend(backdrop, [(pixels, BlendMode.NORMAL, 1.0, None)])
    backdrop.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        kernels.blend(backdrop, [])


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (3, 5), (2, 259), (300, 7)])
def test_pixels_beside_those_given_stay(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(4)
    height, width = shape
    whole = rng.integers(0, 256, (height + 2, width + 3, 4), dtype=np.uint8)
    before, inside = whole.copy(), whole[1 : 1 + height, 1 : 1 + width]
    source = rng.integers(0, 256, (height, width, 4), dtype=np.uint8)
    mask = rng.integers(0, 256, (height, width), dtype=np.uint8)
    kernels.blend(inside, [(source, mode, 0.5, mask) for mode in BlendMode])
    kernels.paint(inside, inside.copy(), np.ones(shape, np.float32), b"\1\2\3\4")
    assert (inside == [1, 2, 3, 4]).all()
    before[1 : 1 + height, 1 : 1 + width] = inside
    assert np.array_equal(whole, before)


@pytest.mark.parametrize("mode", BlendMode)
def test_every_set_of_instructions_gives_the_same_pixels(monkeypatch: pytest.MonkeyPatch, mode: BlendMode) -> None:
    rng = np.random.default_rng(5)
    source = rng.integers(0, 256, (64, 64, 4), dtype=np.uint8)
    source = np.minimum(source, source[..., 3:])
    results = []
    for path in sorted(Path(kernels.__file__).parent.glob("kernels-*")):
        library = ctypes.CDLL(str(path))
        library.blend.argtypes = kernels._LIBRARY.blend.argtypes
        monkeypatch.setattr(kernels, "_LIBRARY", library)
        backdrop = source[::-1].copy()
        kernels.blend(backdrop, [(source, mode, 0.7, None), (source[:, ::-1].copy(), mode, 1.0, None)])
        results.append(backdrop)
    assert all(np.array_equal(results[0], result) for result in results)


def test_a_library_of_another_version_says_what_to_do() -> None:
    with pytest.raises(ImportError, match=r"another version.*make setup"):
        kernels._declared(ctypes.pythonapi)
