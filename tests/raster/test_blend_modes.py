"""Every blend mode against the formulas of W3C Compositing and Blending Level 1, written out here in float64."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.document import BlendMode, Document, PaintLayer, Raster
from studio.raster.compose import compose
from studio.raster.float_blend import blend_float
from studio.raster.kernels import blend

Reals = NDArray[np.float64]

TOLERANCE = 2.5
"""Levels of 255: an opacity rounds twice, and so does a mode that doubles a product; the rest is within one level."""


def hard_light(b: Reals, s: Reals) -> Reals:
    return np.where(s <= 0.5, b * 2 * s, b + (2 * s - 1) - b * (2 * s - 1))


def color_dodge(b: Reals, s: Reals) -> Reals:
    safe = np.where(s < 1, 1 - s, 1)
    return np.where(b == 0, 0, np.where(s >= 1, 1, np.minimum(1, b / safe)))


def color_burn(b: Reals, s: Reals) -> Reals:
    safe = np.where(s > 0, s, 1)
    return np.where(b >= 1, 1, np.where(s <= 0, 0, 1 - np.minimum(1, (1 - b) / safe)))


def soft_light(b: Reals, s: Reals) -> Reals:
    curve = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
    return np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (curve - b))


def lum(c: Reals) -> Reals:
    return (0.3 * c[..., 0] + 0.59 * c[..., 1] + 0.11 * c[..., 2])[..., None]


def clip_color(c: Reals) -> Reals:
    light, low, high = lum(c), c.min(axis=-1, keepdims=True), c.max(axis=-1, keepdims=True)
    c = np.where(low < 0, light + (c - light) * light / np.where(low < 0, light - low, 1), c)
    return np.where(high > 1, light + (c - light) * (1 - light) / np.where(high > 1, high - light, 1), c)


def set_lum(c: Reals, light: Reals) -> Reals:
    return clip_color(c + light - lum(c))


def sat(c: Reals) -> Reals:
    return c.max(axis=-1, keepdims=True) - c.min(axis=-1, keepdims=True)


def set_sat(c: Reals, s: Reals) -> Reals:
    spread = sat(c)
    return np.where(spread > 0, (c - c.min(axis=-1, keepdims=True)) * s / np.where(spread > 0, spread, 1), 0)


BLENDS: dict[BlendMode, Callable[[Reals, Reals], Reals]] = {
    BlendMode.NORMAL: lambda b, s: s,
    BlendMode.MULTIPLY: lambda b, s: b * s,
    BlendMode.SCREEN: lambda b, s: b + s - b * s,
    BlendMode.OVERLAY: lambda b, s: hard_light(s, b),
    BlendMode.DARKEN: np.minimum,
    BlendMode.LIGHTEN: np.maximum,
    BlendMode.COLOR_DODGE: color_dodge,
    BlendMode.COLOR_BURN: color_burn,
    BlendMode.LINEAR_BURN: lambda b, s: np.maximum(0, b + s - 1),
    BlendMode.HARD_LIGHT: hard_light,
    BlendMode.SOFT_LIGHT: soft_light,
    BlendMode.DIFFERENCE: lambda b, s: np.abs(b - s),
    BlendMode.EXCLUSION: lambda b, s: b + s - 2 * b * s,
    BlendMode.HUE: lambda b, s: set_lum(set_sat(s, sat(b)), lum(b)),
    BlendMode.SATURATION: lambda b, s: set_lum(set_sat(b, sat(s)), lum(b)),
    BlendMode.COLOR: lambda b, s: set_lum(s, lum(b)),
    BlendMode.LUMINOSITY: lambda b, s: set_lum(b, lum(s)),
}

PORTER_DUFF: dict[BlendMode, Callable[[Reals, Reals], Reals]] = {
    BlendMode.PLUS: lambda b, s: np.minimum(1, b + s),
    BlendMode.DESTINATION_IN: lambda b, s: b * s[..., 3:],
    BlendMode.DESTINATION_OUT: lambda b, s: b * (1 - s[..., 3:]),
    BlendMode.DESTINATION_ATOP: lambda b, s: s * (1 - b[..., 3:]) + b * s[..., 3:],
}


def expected(backdrop: NDArray[np.uint8], source: NDArray[np.uint8], mode: BlendMode, opacity: float) -> Reals:
    b, s = backdrop / 255.0, source / 255.0 * opacity
    if mode in PORTER_DUFF:
        return PORTER_DUFF[mode](b, s) * 255
    ab, a_s = b[..., 3:], s[..., 3:]
    cb = np.minimum(b[..., :3] / np.where(ab > 0, ab, 1), 1)
    cs = np.minimum(s[..., :3] / np.where(a_s > 0, a_s, 1), 1)
    colour = a_s * (1 - ab) * cs + a_s * ab * BLENDS[mode](cb, cs) + (1 - a_s) * ab * cb
    return np.concatenate([colour, a_s + ab - a_s * ab], axis=2) * 255


def samples(rng: np.random.Generator, alphas: tuple[int, ...]) -> NDArray[np.uint8]:
    """Pixels of every sort: opaque, translucent and clear, with many pure blacks and whites."""
    alpha = rng.choice(alphas, (256, 256, 1))
    colour = np.where(
        rng.random((256, 256, 3)) < 0.2, rng.choice([0, 255], (256, 256, 3)), rng.integers(0, 256, (256, 256, 3))
    )
    return np.concatenate([(colour * alpha + 127) // 255, alpha], axis=2).astype(np.uint8)


def levels_apart(got: NDArray[np.uint8], wanted: Reals) -> float:
    return float(np.abs(got - wanted).max())


@pytest.mark.parametrize("opacity", [1.0, 0.9, 0.35])
@pytest.mark.parametrize("mode", list(BlendMode))
def test_a_mode_follows_the_specification(mode: BlendMode, opacity: float) -> None:
    rng = np.random.default_rng(7)
    backdrop, source = samples(rng, (255, 255, 128, 0)), samples(rng, (255, 200, 64, 0))
    blended = backdrop.copy()
    blend(blended, [(source, mode, opacity, None)])
    assert levels_apart(blended, expected(backdrop, source, mode, opacity)) <= TOLERANCE


@pytest.mark.parametrize("mode", list(BlendMode))
def test_results_stay_premultiplied(mode: BlendMode) -> None:
    rng = np.random.default_rng(8)
    blended = samples(rng, (255, 180, 90, 12, 0))
    blend(blended, [(samples(rng, (255, 200, 64, 3, 0)), mode, 0.7, None)])
    assert (blended[..., :3].max(axis=2) <= blended[..., 3].astype(int) + 1).all()


@pytest.mark.parametrize("mode", list(BlendMode))
def test_the_float_path_is_the_specification_itself(mode: BlendMode) -> None:
    rng = np.random.default_rng(9)
    backdrop, source = samples(rng, (255, 128, 0)), samples(rng, (255, 77, 0))
    got = blend_float(backdrop.astype(np.float32) / 255, source.astype(np.float32) / 255, mode)
    assert np.abs(got * 255 - expected(backdrop, source, mode, 1.0)).max() < 0.05


@pytest.mark.parametrize("mode", list(BlendMode))
def test_two_layers_of_a_document_blend_by_the_upper_ones_mode(mode: BlendMode) -> None:
    rng = np.random.default_rng(10)
    below, above = samples(rng, (255, 128, 0))[:90, :70].copy(), samples(rng, (255, 60, 0))[:90, :70].copy()
    document = Document(
        width=70,
        height=90,
        layers=(
            PaintLayer(name="below", raster=Raster.from_array(below)),
            PaintLayer(name="above", raster=Raster.from_array(above), blend_mode=mode, opacity=0.8),
        ),
    )
    assert levels_apart(compose(document), expected(below, above, mode, 0.8)) <= TOLERANCE


STACKS = [
    (BlendMode.NORMAL, BlendMode.MULTIPLY) * 4,
    (BlendMode.MULTIPLY, BlendMode.SCREEN) * 4,
    (BlendMode.MULTIPLY, BlendMode.MULTIPLY, BlendMode.DESTINATION_OUT, BlendMode.MULTIPLY, BlendMode.NORMAL),
]


@pytest.mark.parametrize("modes", STACKS, ids=lambda modes: f"{modes[0]}-{modes[1]}")
@pytest.mark.parametrize("alphas", [(255,), (255, 128, 3, 0)], ids=["opaque", "translucent"])
def test_layers_on_layers_keep_to_the_specification(modes: tuple[BlendMode, ...], alphas: tuple[int, ...]) -> None:
    rng = np.random.default_rng(12)
    backdrop = samples(rng, alphas)
    layers = [samples(rng, (255, 200, 64, 0)) for _ in modes]
    document = Document(
        width=256,
        height=256,
        layers=(
            PaintLayer(name="backdrop", raster=Raster.from_array(backdrop)),
            *(
                PaintLayer(name="layer", raster=Raster.from_array(layer), blend_mode=mode, opacity=0.6)
                for layer, mode in zip(layers, modes, strict=True)
            ),
        ),
    )
    wanted = backdrop.astype(np.float32) / 255
    for layer, mode in zip(layers, modes, strict=True):
        wanted = blend_float(wanted, layer * np.float32(0.6 / 255), mode)
    assert levels_apart(compose(document), wanted * 255) <= TOLERANCE + 0.5  # every layer rounds once


def test_colours_brighter_than_their_alpha_leave_no_specks() -> None:
    """Rounding may leave a channel one level above alpha; a product must not wrap around there."""
    source = np.full((4, 4, 4), (101, 100, 99, 100), np.uint8)
    for alpha in (255, 100):
        backdrop = np.full((4, 4, 4), (alpha, alpha, alpha, alpha), np.uint8)
        blend(backdrop, [(source, BlendMode.MULTIPLY, 1.0, None)])
        assert levels_apart(backdrop, expected(np.full_like(backdrop, alpha), source, BlendMode.MULTIPLY, 1.0)) <= 2


def test_blending_leaves_the_source_alone() -> None:
    rng = np.random.default_rng(11)
    source = samples(rng, (255, 100))
    kept = source.copy()
    source.flags.writeable = False
    for mode in BlendMode:
        blend(samples(rng, (255, 30)), [(source, mode, 0.5, None)])
    assert np.array_equal(source, kept)
