"""Layer trees made into a picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    Layer,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    filled_mask,
    filled_raster,
    new_document,
)
from studio.raster.compose import compose, compose_layers

RED, GREEN, BLUE, WHITE = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (255, 255, 255, 255)


def plane(rgba: tuple[int, int, int, int], **fields: object) -> PaintLayer:
    return PaintLayer(name="plane", raster=filled_raster(300, 300, rgba), **fields)  # type: ignore[arg-type]


def picture(*layers: Layer, gamma: float = 1.0) -> Pixels:
    return compose(Document(width=300, height=300, layers=layers, gamma=gamma))


def pixel(pixels: Pixels, x: int = 0, y: int = 0) -> list[int]:
    return pixels[y, x].tolist()


def test_an_empty_document_is_transparent() -> None:
    empty = compose(new_document(70, 30, background=None))
    assert empty.shape == (30, 70, 4)
    assert not empty.any()


def test_a_new_document_is_white() -> None:
    assert (compose(new_document(70, 30)) == 255).all()


def test_hidden_layers_are_left_out() -> None:
    assert pixel(picture(plane(RED), plane(GREEN, visible=False))) == list(RED)


def test_opacity_mixes() -> None:
    assert pixel(picture(plane(WHITE), plane((0, 0, 0, 255), opacity=0.5)))[0] == pytest.approx(127.5, abs=1)


def test_a_part_is_the_same_as_that_part_of_the_whole() -> None:
    rng = np.random.default_rng(1)
    noise = rng.integers(0, 256, (300, 300, 1), np.uint8).repeat(4, axis=2)
    layers = (plane(WHITE), PaintLayer(name="n", raster=Raster.from_array(noise), blend_mode=BlendMode.MULTIPLY))
    document = Document(width=300, height=300, layers=layers)
    part = Rect(200, 17, 90, 280)
    assert np.array_equal(compose(document, part), compose(document)[17:297, 200:290])


def test_beyond_the_canvas_nothing_shows() -> None:
    document = Document(width=100, height=100, layers=(plane(RED),))
    around = compose(document, Rect(-10, -10, 120, 120))
    assert pixel(around, 10, 10) == pixel(around, 109, 109) == list(RED)
    assert not around[:10].any()
    assert not around[110:].any()
    assert not around[:, :10].any()
    assert not around[:, 110:].any()


def test_the_picture_is_a_new_array_and_tiles_are_never_written() -> None:
    layer = plane(RED)
    document = Document(width=300, height=300, layers=(layer, plane(BLUE, opacity=0.5)))
    compose(document)[:] = 7
    assert pixel(compose(Document(width=300, height=300, layers=(layer,)))) == list(RED)


def test_a_mask_hides_and_shows() -> None:
    masked = picture(plane(WHITE), plane(RED, mask=filled_mask(Rect(50, 0, 100, 300))))
    assert pixel(masked, 49) == list(WHITE)
    assert pixel(masked, 50) == pixel(masked, 149) == list(RED)
    assert pixel(masked, 150) == list(WHITE)


def test_a_mask_that_shows_by_default_hides_only_where_it_is_painted() -> None:
    hole = Raster.from_array(np.zeros((20, 20), np.uint8), 10, 10, default=255)
    masked = picture(plane(WHITE), plane(RED, mask=hole))
    assert pixel(masked, 15, 15) == list(WHITE)
    assert pixel(masked, 35, 35) == pixel(masked, 299, 299) == list(RED)


def test_an_isolated_group_blends_as_one() -> None:
    # Green over red inside the group; the group multiplies: white stays where the group's picture is.
    group = GroupLayer(name="g", children=(plane(RED), plane(GREEN)), blend_mode=BlendMode.MULTIPLY)
    assert pixel(picture(plane(WHITE), group)) == list(GREEN)
    multiply_inside = GroupLayer(name="g", children=(plane(GREEN, blend_mode=BlendMode.MULTIPLY),))
    assert pixel(picture(plane(RED), multiply_inside)) == list(GREEN), "nothing of the backdrop enters the group"


def test_a_pass_through_group_blends_onto_what_is_below() -> None:
    group = GroupLayer(name="g", children=(plane(GREEN, blend_mode=BlendMode.MULTIPLY),), isolated=False)
    assert pixel(picture(plane(RED), group)) == [0, 0, 0, 255]


def test_opacity_and_mask_of_a_pass_through_group_fade_its_whole_effect() -> None:
    group = GroupLayer(
        name="g",
        children=(plane(GREEN, blend_mode=BlendMode.MULTIPLY),),
        isolated=False,
        opacity=0.5,
        mask=filled_mask(Rect(0, 0, 100, 300)),
    )
    faded = picture(plane(RED), group)
    assert pixel(faded, 50)[0] == pytest.approx(127.5, abs=1)
    assert pixel(faded, 150) == list(RED)


def test_a_pass_through_group_over_nothing_shows_its_layers() -> None:
    group = GroupLayer(name="g", children=(plane(GREEN),), isolated=False, opacity=0.5)
    assert pixel(picture(group)) == pytest.approx([0, 127.5, 0, 127.5], abs=1)


def test_destination_in_clips_what_is_below_to_the_layer_even_where_it_has_no_tiles() -> None:
    stencil = PaintLayer(
        name="s", raster=Raster.from_array(np.full((9, 9, 4), 255, np.uint8)), blend_mode=BlendMode.DESTINATION_IN
    )
    clipped = picture(plane(RED), stencil)
    assert pixel(clipped, 8, 8) == list(RED)
    assert not clipped[9:, 9:].any()
    in_group = picture(plane(WHITE), GroupLayer(name="g", children=(plane(RED), stencil)))
    assert pixel(in_group, 8, 8) == list(RED)
    assert pixel(in_group, 20, 20) == list(WHITE)


def test_linear_light_mixes_brighter_than_stored_values() -> None:
    layers = (plane((0, 0, 0, 255)), plane(WHITE, opacity=0.5))
    assert pixel(picture(*layers))[0] == pytest.approx(127.5, abs=1)
    assert pixel(picture(*layers, gamma=2.2))[0] == pytest.approx(255 * 0.5 ** (1 / 2.2), abs=1)


def test_linear_light_keeps_a_single_layer_as_it_is() -> None:
    rng = np.random.default_rng(2)
    alpha = rng.integers(1, 256, (100, 100, 1))
    pixels = np.concatenate([rng.integers(0, 256, (100, 100, 3)) * alpha // 255, alpha], axis=2).astype(np.uint8)
    layer = PaintLayer(name="p", raster=Raster.from_array(pixels))
    document = Document(width=100, height=100, layers=(layer,), gamma=2.2)
    assert np.abs(compose(document).astype(int) - pixels).max() <= 1


def test_layers_under_an_opaque_one_make_no_difference() -> None:
    top = (plane(BLUE), plane(GREEN, opacity=0.3))
    assert np.array_equal(picture(plane(RED, blend_mode=BlendMode.DIFFERENCE), *top), picture(*top))


def test_threads_and_one_thread_agree() -> None:
    rng = np.random.default_rng(3)
    noise = rng.integers(0, 256, (900, 900, 1), np.uint8).repeat(4, axis=2)
    layers = (
        PaintLayer(name="a", raster=filled_raster(900, 900, (90, 160, 30, 255))),
        PaintLayer(name="b", raster=Raster.from_array(noise), blend_mode=BlendMode.LUMINOSITY),
    )
    whole = compose_layers(layers, Rect(0, 0, 900, 900))
    pieces = [compose_layers(layers, Rect(x, y, 300, 300)) for y in (0, 300, 600) for x in (0, 300, 600)]
    joined = np.vstack([np.hstack(pieces[row * 3 : row * 3 + 3]) for row in range(3)])
    assert np.array_equal(whole, joined)


def test_pixels_outside_the_canvas_survive_and_come_back() -> None:
    layer = PaintLayer(name="far", raster=Raster.from_array(np.full((10, 10, 4), 255, np.uint8), 95, 95))
    document = Document(width=100, height=100, layers=(layer,))
    assert compose(document).any(axis=2).sum() == 25
    assert compose(replace(document, width=200, height=200)).any(axis=2).sum() == 100
