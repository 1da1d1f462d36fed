"""A fill layer covers whatever canvas there is, in the window's cache as in a whole composition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from studio.document import (
    BlendMode,
    Document,
    FillLayer,
    GroupLayer,
    PaintLayer,
    Raster,
    Rect,
    SolidColor,
    add_layer,
    filled_mask,
    move_layer,
    new_document,
    rasterised,
    remove_layer,
    replace_layer,
    with_layer,
)
from studio.editing.insertion import with_inserted
from studio.raster.compose import compose
from studio.raster.compositor import Compositor
from studio.raster.merging import flattened, merge_down
from studio.raster.thumbnail import layer_thumbnail
from studio.raster.transform import crop, flip, move_layer_pixels, resize_image

RED, BLUE = (200, 20, 10), (10, 30, 220)


@pytest.fixture
def document() -> Document:
    """White ground, a half transparent red fill under a mask, and a group of a stroke over a blue fill."""
    document = new_document(500, 300)
    red = FillLayer(name="Red", id="red", fill=SolidColor(RED), opacity=0.5, mask=filled_mask(Rect(0, 0, 400, 300)))
    document = add_layer(document, red)
    stroke = PaintLayer(
        name="Stroke", id="stroke", raster=Raster.from_array(np.full((50, 60, 4), 255, np.uint8), -20, 10)
    )
    blue = FillLayer(name="Blue", id="blue", fill=SolidColor(BLUE), blend_mode=BlendMode.MULTIPLY, visible=False)
    return add_layer(document, GroupLayer(name="Group", id="group", children=(blue, stroke)))


def test_it_covers_the_canvas_after_every_change_of_its_size() -> None:
    document = add_layer(new_document(300, 200), FillLayer(name="Paper", fill=SolidColor(RED)))
    for changed in (
        crop(document, Rect(-300, -250, 900, 700), keep_outside=True),
        resize_image(document, 600, 400),
        crop(document, Rect(250, 150, 400, 300)),
    ):
        assert (compose(changed) == (*RED, 255)).all()
        assert changed.layers[-1].color == RED


CHANGES: dict[str, Callable[[Document], Document]] = {
    "another colour": lambda document: with_layer(document, document.find("red").with_color(BLUE)),
    "shown": lambda document: replace_layer(document, "blue", visible=True),
    "opacity": lambda document: replace_layer(document, "red", opacity=0.1),
    "mask gone": lambda document: replace_layer(document, "red", mask=None),
    "restacked": lambda document: move_layer(document, "red", None, -1),
    "into a group": lambda document: move_layer(document, "red", "group", 0),
    "removed": lambda document: remove_layer(document, "red"),
    "rasterised": lambda document: with_layer(document, rasterised(document.find("red"), document.canvas)),
    "clearing mode": lambda document: replace_layer(
        document, "blue", visible=True, blend_mode=BlendMode.DESTINATION_IN
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_cached_picture_follows(document: Document, change: Callable[[Document], Document]) -> None:
    compositor = Compositor(document)
    compositor.read(document.canvas)
    after = change(document)
    compositor.set_document(after)
    assert np.array_equal(compositor.read(after.canvas), compose(after))


def test_another_colour_is_seen(document: Document) -> None:
    after = with_layer(document, document.find("red").with_color(BLUE))
    changed = (compose(document) != compose(after)).any(axis=2)
    assert changed[:, :400][60:].all()
    assert not changed[:, 400:].any()


def test_pixels_made_of_it_look_the_same(document: Document) -> None:
    layer = rasterised(document.find("red"), document.canvas)
    assert layer.raster is not None
    assert (layer.id, layer.name, layer.opacity, layer.mask) == ("red", "Red", 0.5, document.find("red").mask)
    assert np.array_equal(compose(with_layer(document, layer)), compose(document))


@pytest.mark.parametrize("upper", ["red", "group"])
def test_merged_with_a_layer_above_or_below_the_picture_stays(document: Document, upper: str) -> None:
    document = replace_layer(document, "blue", visible=True, blend_mode=BlendMode.NORMAL)
    document = replace_layer(document, "red", opacity=1.0)
    merged = merge_down(document, upper)
    assert len(merged.layers) == 3
    assert merged.active_paint_layer is not None
    assert np.abs(compose(merged).astype(int) - compose(document)).max() <= 1


def test_flattened_it_covers_the_canvas_and_what_lies_beyond(document: Document) -> None:
    document = replace_layer(document, "blue", visible=True)
    whole = flattened((document.find("blue"), document.find("stroke")), document)
    assert whole.tile_bounds().intersected(document.canvas) == document.canvas
    assert not flattened((), document).tiles


def test_its_pictures_are_small_and_of_its_colour(document: Document) -> None:
    assert (layer_thumbnail(document.find("blue"), document.canvas, 32) == (*BLUE, 255)).all()
    shown = replace(document.find("blue").with_color(RED), visible=True)
    group = GroupLayer(name="All", children=(shown,))
    assert (layer_thumbnail(group, document.canvas, 32) == (*RED, 255)).all()


def test_moving_and_mirroring_move_its_mask_alone(document: Document) -> None:
    moved = move_layer_pixels(document, "red", 50, 0)
    assert moved.find("red").mask is not None
    assert moved.find("red").mask.bounds() == Rect(50, 0, 400, 300)
    mirrored = flip(document, "horizontal")
    assert mirrored.find("red").mask.bounds() == Rect(100, 0, 400, 300)
    assert mirrored.find("red").color == RED


def test_inserted_into_a_larger_picture_it_keeps_the_size_of_its_own() -> None:
    small = add_layer(new_document(40, 20, background=None), FillLayer(name="Paper", fill=SolidColor(RED)))
    whole = with_inserted(new_document(400, 200), small, "small")
    changed = (compose(whole)[..., :3] == RED).all(axis=2)
    assert changed.sum() == 40 * 20
    assert changed[90:110, 180:220].all()
