from __future__ import annotations

import json

import numpy as np
import pytest

from studio.document import Document, GroupLayer, PaintLayer, Rect, add_layer, group_layers, new_document
from studio.generation import GeneratedImage, GenerationRequest, GenerationResult, GenerationSettings
from studio.generation.placement import place


def picture(value: int = 200, seed: int = 1, **options: object) -> GeneratedImage:
    pixels = np.full((20, 30, 4), value, np.uint8)
    pixels[..., 3] = 255
    return GeneratedImage(pixels=pixels, seed=seed, **options)  # type: ignore[arg-type]


def result_of(*images: GeneratedImage, **settings: object) -> GenerationResult:
    wanted = GenerationSettings(prompt="a quiet beach", seed=7, count=len(images)).with_changes(**settings)
    request = GenerationRequest(settings=wanted, document=new_document(64, 64))
    return GenerationResult(request=request, images=images, timings={"total": 1.0})


def names(document: Document) -> list[str]:
    return [layer.name for layer in document.layers]


def test_a_picture_becomes_the_active_layer_above_the_active_one() -> None:
    document = add_layer(new_document(64, 64), PaintLayer(name="Top"))
    document = document.with_active(document.layers[1].id)
    placed = place(document, result_of(picture(x=5, y=6)))
    assert names(placed) == ["Background", "Layer 1", "a quiet beach", "Top"]
    layer = placed.active_paint_layer
    assert layer is not None
    assert layer.name == "a quiet beach"
    assert layer.raster.bounds() == Rect(5, 6, 30, 20)
    assert layer.mask is None
    assert names(document) == ["Background", "Layer 1", "Top"], "the old document is as it was"


def test_a_picture_made_from_the_canvas_goes_on_top_of_all() -> None:
    document = add_layer(new_document(64, 64), PaintLayer(name="Top"))
    document = document.with_active(document.layers[0].id)
    assert names(place(document, result_of(picture(from_canvas=True))))[-1] == "a quiet beach"


def test_inside_a_group_it_stays_in_the_group() -> None:
    document = new_document(64, 64)
    document = group_layers(document, (document.layers[1].id,), "Group")
    group = document.layers[1]
    assert isinstance(group, GroupLayer)
    placed = place(document.with_active(group.children[0].id), result_of(picture()), name="New")
    grown = placed.layers[1]
    assert isinstance(grown, GroupLayer)
    assert [layer.name for layer in grown.children] == ["Layer 1", "New"]


def test_the_layer_knows_the_settings_of_this_very_picture() -> None:
    placed = place(new_document(64, 64), result_of(picture(seed=7), picture(seed=8)), indices=(1,))
    assert placed.active_layer is not None
    assert placed.active_layer.settings is not None
    told = json.loads(placed.active_layer.settings)
    assert (told["seed"], told["count"], told["prompt"]) == (8, 1, "a quiet beach")
    assert GenerationSettings.read(told).seed == 8


def test_of_several_pictures_the_first_is_seen_and_the_others_wait_below_it() -> None:
    placed = place(new_document(64, 64), result_of(picture(10, 1), picture(20, 2), picture(30, 3)))
    new = placed.layers[2:]
    assert [(layer.visible, json.loads(layer.settings or "")["seed"]) for layer in new] == [
        (False, 3),
        (False, 2),
        (True, 1),
    ]
    assert placed.active_id == new[-1].id


def test_the_mask_becomes_the_layers_mask() -> None:
    mask = np.zeros((20, 30), np.uint8)
    mask[5:10, 5:10] = 255
    placed = place(new_document(64, 64), result_of(picture(x=10, y=10, mask=mask)))
    layer = placed.active_layer
    assert layer is not None
    assert layer.mask is not None
    assert layer.mask.default == 0
    assert layer.mask.bounds() == Rect(15, 15, 5, 5)


def test_what_lies_outside_the_canvas_is_cut_off() -> None:
    mask = np.full((20, 30), 255, np.uint8)
    placed = place(new_document(24, 16), result_of(picture(x=-3, y=-2, mask=mask)))
    layer = placed.active_paint_layer
    assert layer is not None
    assert layer.mask is not None
    assert layer.raster.bounds() == layer.mask.bounds() == Rect(0, 0, 24, 16)


def test_long_prompts_make_short_names_and_no_prompt_takes_the_tool() -> None:
    long = place(new_document(64, 64), result_of(picture(), prompt="very " * 30 + "\n\nlong"))
    assert long.active_layer is not None
    assert len(long.active_layer.name) <= 40
    assert long.active_layer.name.endswith("…")
    none = place(new_document(64, 64), result_of(picture(), prompt="  "))
    assert none.active_layer is not None
    assert none.active_layer.name == "text_to_image"


def test_an_index_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        place(new_document(64, 64), result_of(picture()), indices=(1,))
