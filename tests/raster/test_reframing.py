"""A canvas with other edges: what lies where, and what is masked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.document import (
    MAX_SIDE,
    Document,
    FillLayer,
    GroupLayer,
    PaintLayer,
    Raster,
    Rect,
    SolidColor,
    new_document,
)
from studio.document.fill import filled_rect
from studio.errors import SettingError
from studio.raster.compose import compose
from studio.raster.reframing import reframed


def picture(width: int = 300, height: int = 270) -> Document:
    """Many colours on one layer, so that a pixel in the wrong place shows."""
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    document = new_document(width, height, background=None)
    return replace(document, layers=(replace(document.layers[0], raster=Raster.from_array(pixels)),))


def mask(document: Document) -> np.ndarray:
    return document.generation_mask.read(document.canvas)


@pytest.mark.parametrize(
    "frame",
    [Rect(-64, 0, 364, 270), Rect(0, 0, 300, 337), Rect(-17, -33, 347, 371), Rect(-40, 20, 400, 200)],
    ids=["left", "bottom", "all round, odd", "wider and lower"],
)
def test_what_is_new_is_masked_and_the_picture_stays_as_it_was(frame: Rect) -> None:
    before = picture()
    after = reframed(before, frame)
    assert (after.width, after.height) == (frame.width, frame.height)
    kept = frame.intersected(before.canvas)
    inside = (
        slice(kept.y - frame.y, kept.bottom - frame.y),
        slice(kept.x - frame.x, kept.right - frame.x),
    )
    wanted = np.full((frame.height, frame.width), 255, np.uint8)
    wanted[inside] = 0
    assert np.array_equal(mask(after), wanted)
    assert np.array_equal(compose(after)[inside], compose(before, kept))


def test_cropping_masks_nothing_and_the_mask_goes_along() -> None:
    before = picture()
    values = np.zeros((270, 300), np.uint8)
    values[100:120, 50:90] = 255
    after = reframed(before.with_generation_mask(Raster.from_array(values)), Rect(30, 40, 200, 200))
    assert np.array_equal(mask(after), values[40:240, 30:230])
    assert np.array_equal(compose(after), compose(before, Rect(30, 40, 200, 200)))


def test_a_crop_that_is_dragged_out_again_shows_what_was_cut_and_masks_only_the_rest() -> None:
    before = picture()
    cropped = reframed(before, Rect(100, 0, 200, 270))
    again = reframed(cropped, Rect(-120, 0, 320, 270))
    assert np.array_equal(compose(again)[:, 20:], compose(before))
    assert (mask(again)[:, :20] == 255).all()
    assert not mask(again)[:, 20:].any()
    whole = reframed(cropped, Rect(-100, 0, 300, 270))
    assert not whole.generation_mask.bounds().width, "nothing is left to draw"


def test_a_colour_without_end_below_does_not_count_as_painted() -> None:
    before = picture()
    ground = FillLayer(name="Ground", fill=SolidColor((250, 250, 250)))
    grouped = GroupLayer(name="Group", children=(ground, *before.layers))
    after = reframed(replace(before, layers=(grouped,)), Rect(0, 0, 350, 270))
    assert (mask(after)[:, 300:] == 255).all()
    assert not mask(after)[:, :300].any()


def test_hidden_layers_beyond_the_edge_do_not_count_as_painted() -> None:
    hidden = PaintLayer(name="Hidden", visible=False, raster=filled_rect(Rect(0, 0, 400, 270), (9, 9, 9, 255)))
    before = picture()
    after = reframed(replace(before, layers=(*before.layers, hidden)), Rect(0, 0, 350, 270))
    assert (mask(after)[:, 300:] == 255).all()


def test_frames_that_cannot_be_are_refused_and_say_why() -> None:
    with pytest.raises(SettingError, match="leave nothing of the picture"):
        reframed(picture(), Rect(300, 0, 100, 100))
    with pytest.raises(SettingError, match="not possible"):
        reframed(picture(), Rect(0, 0, MAX_SIDE + 1, 270))


def test_the_largest_canvas_shares_its_mask_tiles() -> None:
    after = reframed(picture(), Rect(0, 0, 8192, 8192))
    assert len(after.generation_mask.tiles) == 1023, "one lies in the picture"
    assert len({id(tile) for tile in after.generation_mask.tiles.values()}) < 12
