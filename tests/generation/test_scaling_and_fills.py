from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import Pixels
from studio.generation.masks import FloatMask
from studio.generation.pictures import Fill, blended, filled, match_colour, match_edge, scaled


def two_colours(width: int = 64, height: int = 48) -> Pixels:
    image = np.zeros((height, width, 3), np.uint8)
    image[:, : width // 2] = (200, 60, 20)
    image[:, width // 2 :] = (20, 60, 200)
    return image


def hole(width: int = 64, height: int = 48) -> FloatMask:
    mask = np.zeros((height, width), np.float32)
    mask[12:36, 16:48] = 1.0
    return mask


@pytest.mark.parametrize("fill", ["original", "blur", "neutral", "telea"])
def test_a_fill_changes_nothing_outside_the_mask(fill: Fill) -> None:
    image, mask = two_colours(), hole()
    new = filled(image, mask, fill)
    assert new.dtype == np.uint8
    assert np.array_equal(new[mask == 0], image[mask == 0])
    assert np.array_equal(image, two_colours()), "the original is left alone"


def test_the_picture_in_the_hole_is_gone_but_for_original() -> None:
    image, mask = two_colours(), hole()
    image[mask == 1] = (0, 255, 0)
    assert np.array_equal(filled(image, mask, "original"), image)
    assert (filled(image, mask, "neutral")[mask == 1] == 127).all()
    for fill in ("blur", "telea"):
        assert filled(image, mask, fill)[mask == 1][:, 1].max() < 130, fill


def test_blur_lets_the_colours_around_flow_in() -> None:
    new = filled(two_colours(), hole(), "blur").astype(int)
    left, right = new[24, 18], new[24, 45]
    assert left[0] > left[2]
    assert right[2] > right[0]


def test_blur_of_a_flat_picture_is_that_colour() -> None:
    image = np.full((37, 53, 3), (90, 140, 30), np.uint8)
    mask = np.ones((37, 53), np.float32)
    mask[0, 0] = 0.0
    assert np.abs(filled(image, mask, "blur").astype(int) - image).max() <= 1


def test_blur_with_nothing_around_is_grey() -> None:
    image = np.full((16, 24, 3), 250, np.uint8)
    assert np.abs(filled(image, np.ones((16, 24), np.float32), "blur").astype(int) - 127).max() <= 1


def test_a_colour_shift_is_taken_back_by_the_pixels_outside_the_mask() -> None:
    random = np.random.default_rng(5)
    original = random.integers(60, 180, (64, 64, 3)).astype(np.uint8)
    mask = np.zeros((64, 64), np.float32)
    mask[20:44, 20:44] = 1.0
    shifted = (original * 0.9 + np.array([25, 5, -10])).clip(0, 255).astype(np.uint8)
    matched = match_colour(shifted, original, mask)
    before = np.abs(shifted.astype(int) - original).mean()
    after = np.abs(matched.astype(int) - original).mean()
    assert after < 0.35 * before


def test_what_was_drawn_inside_does_not_count_for_the_statistics() -> None:
    original = np.random.default_rng(5).integers(60, 180, (64, 64, 3)).astype(np.uint8)
    mask = np.zeros((64, 64), np.float32)
    mask[20:44, 20:44] = 1.0
    generated = original.copy()
    generated[mask == 1] = (255, 0, 0)
    assert np.abs(match_colour(generated, original, mask).astype(int) - generated).max() <= 2


def test_with_hardly_anything_outside_nothing_is_matched() -> None:
    mask = np.ones((64, 64), np.float32)
    mask[0, :10] = 0.0
    generated = np.full((64, 64, 3), 10, np.uint8)
    assert match_colour(generated, np.full((64, 64, 3), 200, np.uint8), mask) is generated


def sky(width: int = 160, height: int = 120) -> Pixels:
    """Light that falls off to one side, with a grain."""
    light = np.linspace(90, 200, width)[None, :, None] + np.random.default_rng(4).normal(0, 6, (height, width, 1))
    return (light * (0.7, 0.9, 1.1)).clip(0, 255).astype(np.uint8)


def soft_hole() -> FloatMask:
    """1 in the middle of `sky`, with a ramp of 12 pixels around."""
    y, x = np.mgrid[:120, :160]
    outside = np.maximum(np.abs(y - 60) - 25, np.abs(x - 80) - 40)
    return (1 - outside / 12).clip(0, 1).astype(np.float32)


def step_at_edge(picture: Pixels, original: Pixels, mask: FloatMask) -> float:
    """How far mean colours along the ramp are off, in levels, in each of four parts around the hole."""
    ring = (mask > 0) & (mask < 0.5)
    y, x = np.mgrid[:120, :160]
    sides = [(x < 40), (x > 120), (y < 35), (y > 85)]
    difference = picture.astype(float) - original
    return float(np.mean([np.abs(difference[ring & side].mean(axis=0)).mean() for side in sides]))


def test_along_the_edge_colours_meet_whatever_the_shift_on_each_side() -> None:
    original, mask = sky(), soft_hole()
    shift = np.linspace(-25, 30, 160)[None, :, None] * (1.0, 0.6, -0.5)
    generated = (original + shift).clip(0, 255).astype(np.uint8)
    before, after = (step_at_edge(each, original, mask) for each in (generated, match_edge(generated, original, mask)))
    assert before > 5
    assert after < 0.15 * before
    whole = match_colour(generated, original, mask)
    assert step_at_edge(whole, original, mask) > 2 * after, "one mean for all sides cannot do that"


def test_inside_the_edge_the_correction_is_smooth_and_leaves_the_detail() -> None:
    original, mask = sky(), soft_hole()
    generated = (original + 18.0).clip(0, 255).astype(np.uint8)
    matched = match_edge(generated, original, mask)
    inside = mask == 1
    assert abs(float(matched[inside].mean()) - original[inside].mean()) < 3
    detail = np.corrcoef(matched[60, 50:110, 1], original[60, 50:110, 1])[0, 1]
    assert detail > 0.97


def test_another_thing_is_not_painted_over_by_the_edge() -> None:
    original, mask = sky(), soft_hole()
    generated = original.copy()
    generated[mask > 0] = (250, 20, 20)
    matched = match_edge(generated, original, mask)
    red = matched[mask == 1].mean(axis=0)
    assert np.abs(red - (250, 20, 20)).max() < 3


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_mask_without_a_ramp_has_no_edge_to_match(value: float) -> None:
    generated = sky()
    assert match_edge(generated, sky() // 2, np.full((120, 160), value, np.float32)) is generated


@settings(max_examples=40, deadline=None)
@given(st.integers(8, 90), st.integers(8, 90), st.integers(8, 90), st.integers(8, 90))
def test_scaling_keeps_kind_and_range(width: int, height: int, new_width: int, new_height: int) -> None:
    image = np.full((height, width, 3), (7, 128, 250), np.uint8)
    new = scaled(image, new_width, new_height)
    assert (new.dtype, new.shape) == (np.uint8, (new_height, new_width, 3))
    assert np.abs(new.astype(int) - (7, 128, 250)).max() <= 1
    mask = np.zeros((height, width), np.float32)
    mask[: height // 2] = 1.0
    small = scaled(mask, new_width, new_height)
    assert (small.dtype, small.shape) == (np.float32, (new_height, new_width))
    assert small.min() >= 0.0
    assert small.max() <= 1.0


def test_blending_by_half() -> None:
    below, above = np.zeros((2, 2, 3), np.uint8), np.full((2, 2, 3), 200, np.uint8)
    assert (blended(below, above, np.full((2, 2), 0.5, np.float32)) == 100).all()
