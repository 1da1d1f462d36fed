"""Edits of the layer tree, without a window."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    add_layer,
    filled_mask,
    frames,
    make_timeline,
    new_document,
    replace_layer,
)
from studio.editing import clips, layer_edits
from studio.errors import SettingError
from studio.raster.compose import compose
from studio.raster.filtering import filter_layer


def dot(x: int, value: int, alpha: int = 255) -> Raster:
    pixels = np.zeros((10, 10, 4), np.uint8)
    pixels[...] = (value * alpha // 255, 0, 0, alpha)
    return Raster.from_array(pixels, x, 0)


@pytest.fixture
def document() -> Document:
    """Background, Layer 1, A, group G (B, C)."""
    document = new_document(64, 64)
    document = add_layer(document, PaintLayer(name="A", raster=dot(0, 200)))
    inside = (PaintLayer(name="B", raster=dot(5, 100)), PaintLayer(name="C", raster=dot(20, 50)))
    return add_layer(document, GroupLayer(name="G", children=inside))


def ids(document: Document, *names: str) -> tuple[str, ...]:
    return tuple(next(layer.id for layer in document.walk() if layer.name == name) for name in names)


def names(document: Document) -> str:
    return " ".join(layer.name for layer in document.walk())


def test_numbers_go_on_above_the_highest(document: Document) -> None:
    document = replace_layer(document, document.layers[1].id, name="Layer 7")
    assert layer_edits.numbered_name(document, "Layer {number}") == "Layer 8"
    assert layer_edits.numbered_name(document, "图层 {number}") == "图层 1"


def test_layers_move_below_a_sibling_in_their_own_order(document: Document) -> None:
    a, background, one = ids(document, "A", "Background", "Layer 1")
    moved = layer_edits.moved_layers(document, (a, one), None, background)
    assert names(moved) == "Layer 1 A Background G B C"


def test_moving_to_where_they_are_changes_nothing(document: Document) -> None:
    a, g = ids(document, "A", "G")
    assert layer_edits.moved_layers(document, (a,), None, g) is document


def test_a_layer_inside_a_chosen_group_moves_and_dies_with_it(document: Document) -> None:
    b, g = ids(document, "B", "G")
    assert layer_edits.topmost_only(document, (b, g)) == (g,)
    assert names(layer_edits.without_layers(document, (b, g))) == "Background Layer 1 A"


def test_a_group_does_not_go_into_itself(document: Document) -> None:
    b, g = ids(document, "B", "G")
    with pytest.raises(ValueError, match="itself"):
        layer_edits.moved_layers(document, (g,), g, b)


def test_a_locked_layer_is_not_deleted(document: Document) -> None:
    (a,) = ids(document, "A")
    with pytest.raises(SettingError, match="'A' is locked"):
        layer_edits.without_layers(replace_layer(document, a, locked=True), (a,))


@pytest.mark.parametrize("mode", [BlendMode.NORMAL, BlendMode.MULTIPLY, BlendMode.SCREEN])
def test_merging_onto_an_opaque_layer_keeps_the_look(document: Document, mode: BlendMode) -> None:
    (a,) = ids(document, "A")
    document = layer_edits.moved_layers(document, (a,), None, document.layers[1].id)
    document = replace_layer(document, a, blend_mode=mode, opacity=0.6, mask=filled_mask(Rect(0, 0, 7, 64)))
    before = compose(document).astype(int)
    merged = layer_edits.merged_down(document, a)
    assert len(merged.layers) == len(document.layers) - 1
    assert abs(compose(merged).astype(int) - before).max() <= 1


def test_a_group_merges_into_a_paint_layer_with_pixels_outside_the_canvas(document: Document) -> None:
    (b, g) = ids(document, "B", "G")
    document = replace_layer(document, b, raster=dot(-400, 90))
    merged = layer_edits.merged_down(document, g)
    layer = merged.layers[-1]
    assert isinstance(layer, PaintLayer)
    assert layer.name == "A"
    assert layer.raster.bounds().x == -400


def test_there_must_be_a_shown_layer_below(document: Document) -> None:
    background, a, one = ids(document, "Background", "A", "Layer 1")
    with pytest.raises(SettingError, match="no layer below"):
        layer_edits.merged_down(document, background)
    with pytest.raises(SettingError, match="hidden"):
        layer_edits.merged_down(replace_layer(document, one, visible=False), a)


def test_applying_a_mask_keeps_the_look_and_drops_empty_tiles(document: Document) -> None:
    (a,) = ids(document, "A")
    far = dot(0, 200).with_array(np.full((4, 4, 4), 255, np.uint8), 2000, 2000)
    document = replace_layer(document, a, raster=far, mask=filled_mask(Rect(0, 0, 5, 5), 128))
    before = compose(document).astype(int)
    applied = layer_edits.with_applied_mask(document, a)
    layer = applied.find(a)
    assert isinstance(layer, PaintLayer)
    assert layer.mask is None
    assert list(layer.raster.tiles) == [(0, 0)]
    assert abs(compose(applied).astype(int) - before).max() <= 1


def test_a_groups_mask_cannot_be_applied(document: Document) -> None:
    (g,) = ids(document, "G")
    with pytest.raises(SettingError, match="holds no pixels"):
        layer_edits.with_applied_mask(replace_layer(document, g, mask=filled_mask(Rect(0, 0, 5, 5))), g)


def test_shifting_stops_at_the_ends(document: Document) -> None:
    (a,) = ids(document, "A")
    up = layer_edits.shifted_layer(document, a, 1)
    assert names(up) == "Background Layer 1 G B C A"
    assert layer_edits.shifted_layer(up, a, 1) is up


def test_layers_are_clipped_where_there_is_something_below(document: Document) -> None:
    background, one, b, c = ids(document, "Background", "Layer 1", "B", "C")
    clipped = layer_edits.with_clipped(document, (one, c), True)
    assert [layer.name for layer in clipped.walk() if layer.clipped] == ["Layer 1", "C"]
    assert layer_edits.with_clipped(clipped, (c,), False).find(c).clipped is False
    for lowest in (background, b):
        with pytest.raises(SettingError, match="no layer below"):
            layer_edits.with_clipped(document, (lowest,), True)


def test_a_layer_that_comes_between_a_base_and_what_is_clipped_to_it_is_clipped_too(document: Document) -> None:
    background, one = ids(document, "Background", "Layer 1")
    clipped = layer_edits.with_clipped(document, (one,), True)
    new = PaintLayer(name="New")
    assert layer_edits.insert_above_active(clipped.with_active(background), new).find(new.id).clipped
    assert not layer_edits.insert_above_active(clipped.with_active(one), new).find(new.id).clipped


def test_a_frame_is_not_clipped(document: Document) -> None:
    animated = make_timeline(document, (), name="Frames", frame_name="Frame")
    animated = add_layer(animated, PaintLayer(name="Next"), above=frames(animated)[0].id)
    with pytest.raises(SettingError, match="frame"):
        layer_edits.with_clipped(animated, (frames(animated)[1].id,), True)


def test_locked_transparency_outlives_a_filter_and_refuses_to_be_cleared(document: Document) -> None:
    (a,) = ids(document, "A")
    locked = replace_layer(replace_layer(document, a, raster=dot(0, 200, 120), alpha_locked=True), a).with_active(a)

    def spread(pixels: Pixels) -> Pixels:
        return np.full_like(pixels, 255)

    after = filter_layer(locked, a, spread).find(a).raster
    assert after is not None
    assert after.read(Rect(5, 5, 1, 1)).tolist() == [[[120, 120, 120, 120]]]
    assert not after.read(Rect(30, 0, 10, 10)).any()
    with pytest.raises(SettingError, match="transparency"):
        clips.cleared(locked)


def test_merging_what_is_seen_keeps_what_is_hidden_also_in_groups(document: Document) -> None:
    one, b = ids(document, "Layer 1", "B")
    part = replace_layer(replace_layer(document, one, visible=False), b, visible=False)
    merged = layer_edits.merged_visible(part, "Visible")
    assert names(merged) == "Layer 1 G B Visible"
    assert merged.active_layer is merged.layers[-1]
    assert (compose(merged) == compose(part)).all()
    everything = layer_edits.merged_visible(document, "Visible")
    assert names(everything) == "Visible"
    assert layer_edits.merged_visible(everything, "Visible") is everything


def test_merging_what_is_seen_names_what_is_locked_or_that_nothing_is(document: Document) -> None:
    (b,) = ids(document, "B")
    with pytest.raises(SettingError, match="'B' is locked"):
        layer_edits.merged_visible(replace_layer(document, b, locked=True), "Visible")
    for layer in document.layers:
        document = replace_layer(document, layer.id, visible=False)
    with pytest.raises(SettingError, match="No layer is visible"):
        layer_edits.merged_visible(document, "Visible")


def test_what_was_clipped_to_a_merged_layer_stands_for_itself(document: Document) -> None:
    one, a = ids(document, "Layer 1", "A")
    clipped = replace_layer(layer_edits.with_clipped(document, (a,), True), a, visible=False)
    assert not next(layer for layer in layer_edits.merged_visible(clipped, "V").walk() if layer.name == "A").clipped
    hidden_run = replace_layer(layer_edits.with_clipped(document, (a,), True), one, visible=False)
    merged = layer_edits.merged_visible(hidden_run, "V")
    assert names(merged) == "Layer 1 A V"
    assert merged.find(a).clipped
    assert (compose(merged) == compose(hidden_run)).all()
