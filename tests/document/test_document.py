"""Edits of the layer tree."""

from __future__ import annotations

import pytest

from studio.document import (
    Document,
    GroupLayer,
    Layer,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    duplicate_layer,
    filled_mask,
    group_layers,
    index_of,
    move_layer,
    new_document,
    parent_of,
    remove_layer,
    replace_layer,
    ungroup,
)
from studio.errors import SettingError


def paint(name: str) -> PaintLayer:
    return PaintLayer(name=name, id=name)


def tree() -> Document:
    """From the bottom: a, group g (b, inner group h (c)), d; d is active."""
    inner = GroupLayer(name="h", id="h", children=(paint("c"),))
    group = GroupLayer(name="g", id="g", children=(paint("b"), inner))
    return Document(width=64, height=64, layers=(paint("a"), group, paint("d")), active_id="d")


def outline(document: Document) -> str:
    """The tree as text, from the bottom: ``a g(b h(c)) d``."""

    def names(layers: tuple[Layer, ...]) -> str:
        return " ".join(
            f"{layer.name}({names(layer.children)})" if isinstance(layer, GroupLayer) else layer.name
            for layer in layers
        )

    return names(document.layers)


def test_a_new_document_has_a_background_and_an_empty_active_layer() -> None:
    document = new_document(640, 480)
    assert outline(document) == "Background Layer 1"
    assert document.active_paint_layer is document.layers[1]
    assert document.canvas == Rect(0, 0, 640, 480)
    assert outline(new_document(8, 8, background=None)) == "Layer 1"


@pytest.mark.parametrize(("width", "height"), [(0, 5), (5, -1), (100_000, 5)])
def test_impossible_canvases_are_refused_with_advice(width: int, height: int) -> None:
    with pytest.raises(SettingError, match="not possible") as caught:
        new_document(width, height)
    assert "32768" in caught.value.advice


def test_layers_are_found_and_walked_from_the_bottom() -> None:
    assert [layer.id for layer in tree().walk()] == ["a", "g", "b", "h", "c", "d"]
    assert tree().find("c").name == "c"
    with pytest.raises(KeyError):
        tree().find("nowhere")
    assert parent_of(tree(), "c") == "h"
    assert parent_of(tree(), "a") is None
    assert index_of(tree(), "h") == 1


def test_a_changed_layer_leaves_all_others_the_same_objects() -> None:
    before = tree()
    after = replace_layer(before, "c", name="sky", opacity=0.5)
    assert outline(after) == "a g(b h(sky)) d"
    assert outline(before) == "a g(b h(c)) d"
    for name in ("a", "b", "d"):
        assert after.find(name) is before.find(name)
    with pytest.raises(KeyError):
        replace_layer(before, "nowhere", name="x")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"above": "b"}, "a g(b x h(c)) d"),
        ({}, "a g(b h(c)) d x"),
        ({"index": 0}, "x a g(b h(c)) d"),
        ({"parent": "g"}, "a g(b h(c) x) d"),
        ({"parent": "h", "index": 0}, "a g(b h(x c)) d"),
    ],
)
def test_a_layer_goes_where_it_is_put_and_becomes_active(where: dict[str, object], expected: str) -> None:
    added = add_layer(tree(), paint("x"), **where)  # type: ignore[arg-type]
    assert outline(added) == expected
    assert added.active_id == "x"


def test_nothing_goes_into_what_is_not_a_group() -> None:
    with pytest.raises(KeyError):
        add_layer(tree(), paint("x"), parent="a")


@pytest.mark.parametrize(
    ("removed", "left", "active"),
    [
        ("d", "a g(b h(c))", "g"),
        ("a", "g(b h(c)) d", "d"),
        ("g", "a d", "d"),
    ],
)
def test_removing_a_layer_leaves_a_neighbour_active(removed: str, left: str, active: str) -> None:
    after = remove_layer(tree(), removed)
    assert outline(after) == left
    assert after.active_id == active


def test_removing_the_active_layer_falls_back_to_the_group_and_to_nothing() -> None:
    alone = remove_layer(tree().with_active("c"), "c")
    assert outline(alone) == "a g(b h()) d"
    assert alone.active_id == "h"
    bottom = remove_layer(tree().with_active("a"), "a")
    assert bottom.active_id == "g", "the one above, where there is none below"
    last = Document(width=8, height=8, layers=(paint("x"),), active_id="x")
    assert remove_layer(last, "x").active_id is None


def test_removing_the_group_of_the_active_layer_moves_on() -> None:
    after = remove_layer(tree().with_active("c"), "g")
    assert after.active_id == "a"


def test_a_duplicate_shares_pixels_but_no_id() -> None:
    after = duplicate_layer(tree(), "g", "copy")
    assert outline(after) == "a g(b h(c)) copy(b h(c)) d"
    ids = [layer.id for layer in after.walk()]
    assert len(ids) == len(set(ids))
    assert after.active_layer is after.layers[2]
    copied = [layer for layer in after.walk() if layer.name == "b"]
    assert isinstance(copied[0], PaintLayer)
    assert isinstance(copied[1], PaintLayer)
    assert copied[0].raster is copied[1].raster


@pytest.mark.parametrize(
    ("layer", "parent", "index", "expected"),
    [
        ("a", None, -1, "g(b h(c)) d a"),
        ("a", None, 1, "g(b h(c)) a d"),
        ("d", "h", 0, "a g(b h(d c))"),
        ("c", None, 0, "c a g(b h()) d"),
        ("h", None, -1, "a g(b) d h(c)"),
        ("b", "g", -1, "a g(h(c) b) d"),
    ],
)
def test_a_layer_is_dragged_to_its_place(layer: str, parent: str | None, index: int, expected: str) -> None:
    moved = move_layer(tree(), layer, parent, index)
    assert outline(moved) == expected
    assert moved.active_id == "d", "dragging does not choose another layer to paint on"


def test_a_group_cannot_go_into_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        move_layer(tree(), "g", "h", 0)
    with pytest.raises(ValueError, match="itself"):
        move_layer(tree(), "g", "g", 0)


def test_grouping_takes_siblings_and_keeps_their_order() -> None:
    grouped = group_layers(tree(), ("d", "a"), "new")
    assert outline(grouped) == "g(b h(c)) new(a d)"
    assert grouped.active_layer is grouped.layers[1]
    inside = group_layers(tree(), ("b", "h", "a"), "new")
    assert outline(inside) == "a g(new(b h(c))) d"


def test_ungrouping_puts_children_in_the_place_of_the_group() -> None:
    flat = ungroup(tree(), "g")
    assert outline(flat) == "a b h(c) d"
    assert flat.active_id == "h"
    with pytest.raises(KeyError):
        ungroup(tree(), "a")


def test_an_active_id_that_is_gone_is_no_active_layer() -> None:
    document = tree().with_active("nowhere")
    assert document.active_layer is None
    assert document.active_paint_layer is None
    assert tree().with_active("g").active_paint_layer is None


def test_every_raster_is_listed_for_history_and_journal() -> None:
    document = replace_layer(tree(), "g", mask=filled_mask(Rect(0, 0, 9, 9)))
    selection, mask = filled_mask(Rect(0, 0, 3, 3)), filled_mask(Rect(1, 1, 3, 3))
    listed = list(document.with_selection(selection).with_generation_mask(mask).rasters())
    assert len(listed) == 2 + 1 + 4
    assert selection in listed
    assert mask in listed
    assert {raster.channels for raster in listed} == {1, 4}


def test_a_selection_limits_edits_and_is_the_mask_where_none_is_painted() -> None:
    document = tree()
    assert document.edit_limit is None
    selection, mask = filled_mask(Rect(0, 0, 3, 3)), filled_mask(Rect(5, 5, 3, 3))
    selected = document.with_selection(selection)
    assert selected.edit_limit is selection
    assert selected.effective_mask is selection
    assert selected.with_generation_mask(mask).effective_mask is mask
    assert selected.with_selection(Raster(channels=1)).edit_limit is None
