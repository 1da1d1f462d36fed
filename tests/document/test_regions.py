"""Regions of a document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.document import (
    MAX_REGION_PROMPT,
    MAX_REGIONS,
    Guide,
    Region,
    add_guide,
    new_document,
    region_of,
    remove_layer,
    remove_region,
    with_region,
)
from studio.errors import SettingError


def test_a_region_is_changed_in_its_place_and_leaves_its_guides_to_the_whole_picture():
    sky, sea = Region(layer_id="sky"), Region(layer_id="sea")
    document = with_region(with_region(new_document(64, 64), sky), sea)
    document = add_guide(document, Guide(kind="canny", region_id="sky"))
    told = replace(sky, prompt="clouds")
    document = with_region(document, told)
    assert document.regions == (told, sea)
    assert region_of(document, "sky") is told
    assert region_of(document, "shore") is None
    document = remove_region(document, "sky")
    assert document.regions == (sea,)
    assert document.guides[0].region_id is None


def test_there_is_a_most_of_regions_and_of_their_words():
    document = new_document(64, 64)
    for number in range(MAX_REGIONS):
        document = with_region(document, Region(layer_id=str(number)))
    with pytest.raises(SettingError, match="more than 64 regions"):
        with_region(document, Region(layer_id="one more"))
    assert len(with_region(document, Region(layer_id="0", prompt="sea")).regions) == MAX_REGIONS
    with pytest.raises(SettingError, match="longer than 20000"):
        Region(layer_id="sky", prompt="x" * (MAX_REGION_PROMPT + 1))


def test_a_region_outlives_its_layer_so_that_undoing_brings_all_back():
    document = new_document(64, 64)
    region = Region(layer_id=document.active_id or "")
    assert remove_layer(with_region(document, region), region.layer_id).regions == (region,)
