"""The canvas's view of a document: the same pixels as a full composition, with little done again."""

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
    Raster,
    Rect,
    add_layer,
    filled_mask,
    filled_raster,
    move_layer,
    new_document,
    remove_layer,
    replace_layer,
)
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush
from studio.raster.compose import compose
from studio.raster.compositor import Compositor

TOLERANCE = 2
"""Levels of 255. The caches merge normal layers first, so values are rounded in another order."""

ROUNDING_SENSITIVE = {BlendMode.COLOR_DODGE, BlendMode.COLOR_BURN, BlendMode.HUE, BlendMode.SATURATION, BlendMode.COLOR}
"""Modes that magnify the last bit of a faint pixel; the random documents leave them out."""


def random_raster(rng: np.random.Generator, width: int, height: int) -> Raster:
    w, h = int(rng.integers(20, width)), int(rng.integers(20, height))
    alpha = rng.choice([255, 255, 90, 200, 0], (h, w, 1))
    colour = rng.integers(0, 256, 3) * np.ones((h, w, 1)) * np.linspace(0.3, 1, w)[None, :, None]
    pixels = np.concatenate([colour * alpha / 255, alpha], axis=2).astype(np.uint8)
    return Raster.from_array(pixels, int(rng.integers(-50, width - 20)), int(rng.integers(-50, height - 20)))


def random_layer(rng: np.random.Generator, size: tuple[int, int], depth: int = 0) -> Layer:
    modes = [mode for mode in BlendMode if mode not in ROUNDING_SENSITIVE]
    mode = BlendMode.NORMAL if rng.random() < 0.5 else modes[int(rng.integers(len(modes)))]
    opacity = float(rng.choice([1.0, 0.9, 0.4]))
    mask = filled_mask(Rect(10, 30, size[0] // 2, size[1]), 180) if rng.random() < 0.25 else None
    if depth < 2 and rng.random() < 0.3:
        children = tuple(random_layer(rng, size, depth + 1) for _ in range(int(rng.integers(1, 4))))
        return GroupLayer(
            name="G",
            children=children,
            isolated=rng.random() < 0.5,
            mask=mask,
            blend_mode=mode,
            opacity=opacity,
            clipped=rng.random() < 0.15,
        )
    return PaintLayer(
        name="L",
        raster=random_raster(rng, *size),
        blend_mode=mode,
        opacity=opacity,
        mask=mask,
        visible=rng.random() < 0.9,
        clipped=rng.random() < 0.25,
    )


def random_document(rng: np.random.Generator, width: int = 600, height: int = 400) -> Document:
    layers = tuple(random_layer(rng, (width, height)) for _ in range(6))
    document = Document(width=width, height=height, layers=layers)
    return document.with_active(some_paint_layer(rng, document).id)


def some_paint_layer(rng: np.random.Generator, document: Document) -> PaintLayer:
    paints = [layer for layer in document.walk() if isinstance(layer, PaintLayer)]
    return paints[int(rng.integers(len(paints)))]


def random_edit(rng: np.random.Generator, document: Document) -> Document:
    layer = some_paint_layer(rng, document)
    kind = int(rng.integers(8))
    if kind == 0:
        return document.with_active(layer.id)
    if kind == 1:
        return replace_layer(document, layer.id, visible=not layer.visible)
    if kind == 2:
        return replace_layer(document, layer.id, opacity=float(rng.random()))
    if kind == 3:
        return move_layer(document, layer.id, None, int(rng.integers(len(document.layers))))
    if kind == 4:
        return add_layer(document, random_layer(rng, (document.width, document.height)), above=layer.id)
    if kind == 6:
        return replace_layer(document, layer.id, clipped=not layer.clipped)
    if kind == 5 and sum(isinstance(item, PaintLayer) for item in document.walk()) > 2:
        return remove_layer(document, layer.id)
    return replace_layer(document, layer.id, mask=filled_mask(Rect(0, 0, int(rng.integers(1, 500)), 300), 90))


def painted(rng: np.random.Generator, document: Document) -> tuple[Document, Stroke | None]:
    layer = document.active_paint_layer
    if layer is None:
        return document, None
    stroke = Stroke(layer.raster, Brush(diameter=60, rgba=(200, 30, 90, 255)))
    stroke.move_to(*rng.uniform(0, 400, 2))
    return replace_layer(document, layer.id, raster=stroke.raster()), stroke


def assert_same_picture(compositor: Compositor, document: Document) -> None:
    shown = compositor.read(document.canvas).astype(int)
    difference = np.abs(shown - compose(document))
    assert difference.max() <= TOLERANCE, f"{(difference > TOLERANCE).sum()} values differ, by up to {difference.max()}"


@pytest.mark.parametrize("seed", range(8))
def test_a_canvas_followed_through_many_edits_shows_the_picture(seed: int) -> None:
    rng = np.random.default_rng(seed)
    document = random_document(rng)
    compositor = Compositor(document)
    assert_same_picture(compositor, document)
    for _ in range(8):
        document = random_edit(rng, document)
        compositor.set_document(document)
        assert_same_picture(compositor, document)
        for _ in range(2):
            document, _stroke = painted(rng, document)
            compositor.set_document(document)
            assert_same_picture(compositor, document)


def test_a_stroke_shows_while_it_is_drawn_and_only_near_the_brush() -> None:
    document = new_document(1024, 768)
    layer = document.active_paint_layer
    assert layer is not None
    compositor = Compositor(document)
    compositor.read(document.canvas)
    stroke = Stroke(layer.raster, Brush(diameter=30, pressure_size=False, rgba=(255, 0, 0, 255)))
    for x in (100, 200, 300):
        touched = stroke.move_to(x, 100)
        live = replace_layer(document, layer.id, raster=stroke.raster())
        assert compositor.set_document(live, near=Rect(x - 120, 80, 140, 40)) == touched
        assert tuple(compositor.tile((x // 256, 0))[100, x % 256 - 5]) == (255, 0, 0, 255)
    assert_same_picture(compositor, live)


def test_dropping_a_stroke_brings_the_old_pixels_back() -> None:
    document = new_document(300, 300)
    layer = document.active_paint_layer
    assert layer is not None
    compositor = Compositor(document)
    before = compositor.read(document.canvas)
    stroke = Stroke(layer.raster, Brush())
    stroke.move_to(50, 50)
    compositor.set_document(replace_layer(document, layer.id, raster=stroke.raster()))
    assert not np.array_equal(compositor.read(document.canvas), before)
    compositor.set_document(document)
    assert np.array_equal(compositor.read(document.canvas), before)


def two_dots() -> Document:
    """A canvas of 4 x 4 tiles with a background, a dot in tile (0, 0) and a dot in tile (2, 3)."""
    document = new_document(1024, 1024)
    document = add_layer(document, PaintLayer(name="A", id="a", raster=Raster.from_array(dot(), 10, 10)))
    return add_layer(document, PaintLayer(name="B", id="b", raster=Raster.from_array(dot(), 2 * 256, 3 * 256)))


def dot() -> np.ndarray:
    return np.full((20, 20, 4), 255, np.uint8)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda d: d, set()),
        (lambda d: replace_layer(d, "a", name="Renamed", locked=True), set()),
        (lambda d: d.with_active("a"), set()),
        (lambda d: d.with_generation_mask(filled_mask(Rect(0, 0, 512, 512))), set()),
        (lambda d: replace_layer(d, "a", visible=False), {(0, 0)}),
        (lambda d: replace_layer(d, "b", opacity=0.5), {(2, 3)}),
        (lambda d: replace_layer(d, "b", blend_mode=BlendMode.SCREEN), {(2, 3)}),
        (lambda d: remove_layer(d, "b"), {(2, 3)}),
        (lambda d: replace_layer(d, "a", mask=filled_mask(Rect(0, 0, 999, 999))), {(0, 0)}),
        (lambda d: add_layer(d, PaintLayer(name="Empty")), set()),
        (lambda d: add_layer(d, PaintLayer(name="Far", raster=Raster.from_array(dot(), -900, 0))), set()),
    ],
)
def test_only_tiles_that_a_change_can_reach_are_dirty(edit, expected) -> None:
    document = two_dots()
    compositor = Compositor(document)
    assert compositor.set_document(edit(document)) == expected


def test_moving_one_of_two_layers_leaves_the_larger_one_alone() -> None:
    document = two_dots()
    compositor = Compositor(document)
    changed = compositor.set_document(move_layer(document, "a", None, 0))
    assert changed == {(0, 0)}


def test_a_destination_in_layer_reaches_every_tile_with_content() -> None:
    document = two_dots()
    compositor = Compositor(document)
    clipped = add_layer(
        document,
        PaintLayer(name="Clip", raster=Raster.from_array(dot(), 0, 0), blend_mode=BlendMode.DESTINATION_IN),
    )
    assert compositor.set_document(clipped) == set(document.canvas.tile_keys())
    assert_same_picture(compositor, clipped)


def test_a_resized_canvas_is_dirty_everywhere() -> None:
    document = two_dots()
    compositor = Compositor(document)
    smaller = replace(document, width=700)
    assert compositor.set_document(smaller) == set(smaller.canvas.tile_keys())
    assert_same_picture(compositor, smaller)


def test_untouched_tiles_are_not_composed_again() -> None:
    document = two_dots()
    compositor = Compositor(document)
    kept, changed = compositor.tile((1, 1)), compositor.tile((0, 0))
    compositor.set_document(replace_layer(document, "a", opacity=0.3))
    assert compositor.tile((1, 1)) is kept
    assert compositor.tile((0, 0)) is not changed


def test_reduced_tiles_are_means_of_the_picture_and_follow_it() -> None:
    rng = np.random.default_rng(4)
    document = random_document(rng, 1100, 700)
    compositor = Compositor(document)
    for _ in range(3):
        picture = np.zeros((1024, 1280, 4))
        picture[:700, :1100] = compositor.read(document.canvas)
        for level, size in ((1, 2), (2, 4)):
            mean = picture.reshape(1024 // size, size, 1280 // size, size, 4).mean(axis=(1, 3))
            reduced = compositor.read(Rect(0, 0, 1280 // size, 1024 // size), level)
            assert np.abs(reduced - mean).max() <= level
        document, _ = painted(rng, document)
        compositor.set_document(document)


def test_memory_is_bounded_and_forgotten_tiles_come_back() -> None:
    document = Document(
        width=2560, height=256, layers=(PaintLayer(name="A", raster=filled_raster(2560, 256, (9, 9, 9, 255))),)
    )
    compositor = Compositor(document, budget=4 * 256 * 256 * 4)
    first = compositor.tile((0, 0))
    for column in range(10):
        compositor.tile((column, 0))
    assert compositor.bytes_used <= 4 * 256 * 256 * 4
    again = compositor.tile((0, 0))
    assert again is not first
    assert np.array_equal(again, first)


def test_linear_light_documents_are_shown_alike() -> None:
    rng = np.random.default_rng(9)
    document = replace(random_document(rng, 300, 280), gamma=2.2)
    compositor = Compositor(document)
    for _ in range(3):
        document, _ = painted(rng, document)
        compositor.set_document(document)
        assert_same_picture(compositor, document)


def noise(width: int, height: int, seed: int) -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    return np.minimum(pixels, pixels[..., 3:])


def many_layers(side: int = 600) -> Document:
    layers = tuple(PaintLayer(name=str(seed), raster=Raster.from_array(noise(side, side, seed))) for seed in range(3))
    return Document(width=side, height=side, layers=layers, active_id=layers[1].id)


def test_a_tile_that_was_composed_elsewhere_is_the_same() -> None:
    document = many_layers()
    here, there = Compositor(document), Compositor(document)
    keys = there.unknown(document.canvas)
    assert len(keys) == 9
    for key in keys:
        work = there.work(key)
        assert work is not None
        assert there.take(work, work.run())
    assert there.unknown(document.canvas) == []
    assert np.array_equal(here.read(document.canvas), there.read(document.canvas))
    assert np.array_equal(here.read(Rect(0, 0, 150, 150), 2), there.read(Rect(0, 0, 150, 150), 2))


def test_a_tile_that_changed_while_it_was_composed_elsewhere_is_not_taken() -> None:
    document = many_layers()
    compositor = Compositor(document)
    work, other = compositor.work((0, 0)), compositor.work((2, 2))
    assert work is not None
    assert other is not None
    layer = document.layers[1]
    changed = replace_layer(document, layer.id, raster=layer.raster.with_array(noise(20, 20, 9), 5, 5))
    compositor.set_document(changed)
    assert not compositor.take(work, work.run())
    assert compositor.take(other, other.run())
    assert (0, 0) in compositor.unknown(document.canvas)
    assert (2, 2) not in compositor.unknown(document.canvas)
    assert np.array_equal(compositor.read(document.canvas), compose(changed))


def test_many_tiles_composed_at_once_are_the_same_while_a_stroke_goes_on() -> None:
    document = many_layers()
    compositor = Compositor(document)
    compositor.compose(compositor.unknown(document.canvas))
    layer = document.layers[1]
    for step in range(3):
        raster = layer.raster.with_array(noise(500, 500, step), 40, 40)
        document = replace_layer(document, layer.id, raster=raster)
        compositor.set_document(document, Rect(40, 40, 500, 500))
        compositor.compose(compositor.unknown(document.canvas))
        assert compositor.unknown(document.canvas, 1) == []
        difference = compositor.read(document.canvas).astype(int) - compose(document)
        assert np.abs(difference).max() <= TOLERANCE


def test_of_a_reduced_tile_only_what_changed_is_reduced_again() -> None:
    document = many_layers()
    compositor = Compositor(document)
    area = Rect(0, 0, 150, 150)
    compositor.read(area, 2)
    layer = document.layers[1]
    for x, y in ((5, 5), (300, 200), (550, 550)):
        document = replace_layer(document, layer.id, raster=layer.raster.with_array(noise(40, 40, x), x, y))
        compositor.set_document(document, document.canvas)
        assert np.array_equal(compositor.read(area, 2), Compositor(document).read(area, 2))
    assert compositor.unknown(document.canvas, 2) == []
