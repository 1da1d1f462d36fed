"""Guides of a document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.document import (
    MAX_GUIDES,
    MAX_STRENGTH,
    Document,
    Guide,
    add_guide,
    find_guide,
    guides_of_layer,
    new_document,
    remove_guide,
    remove_layer,
    with_guide,
)
from studio.errors import SettingError


@pytest.fixture
def document() -> Document:
    return new_document(64, 64)


@pytest.mark.parametrize(
    "values",
    [
        {"strength": -0.1},
        {"strength": MAX_STRENGTH + 0.1},
        {"strength": float("nan")},
        {"start": -0.1},
        {"end": 1.1},
        {"start": 0.6, "end": 0.5},
        {"end": float("nan")},
    ],
)
def test_numbers_out_of_range_are_refused(values):
    with pytest.raises(SettingError):
        Guide(kind="canny", **values)


def test_the_values_of_a_guide_cannot_be_changed_from_outside():
    values = {"low": 100}
    guide = Guide(kind="canny", values=values)
    values["low"] = 7
    assert guide.values == {"low": 100}
    with pytest.raises(TypeError):
        guide.values["low"] = 7


def test_a_guide_acts_when_it_is_on_and_has_a_layer_and_a_strength():
    guide = Guide(kind="canny", layer_id="a")
    assert guide.acts
    assert not replace(guide, enabled=False).acts
    assert not replace(guide, layer_id=None).acts
    assert not replace(guide, strength=0.0).acts


def test_guides_are_added_changed_and_removed(document):
    first, second = Guide(kind="canny", layer_id=document.active_id), Guide(kind="style")
    both = add_guide(add_guide(document, first), second)
    assert both.guides == (first, second)
    assert guides_of_layer(both, document.active_id) == (first,)
    weaker = replace(first, strength=0.25)
    assert with_guide(both, weaker).guides == (weaker, second)
    assert remove_guide(both, first.id).guides == (second,)
    assert document.guides == ()


def test_a_guide_that_is_not_there_is_a_key_error(document):
    with pytest.raises(KeyError):
        find_guide(document, "none")
    with pytest.raises(KeyError):
        with_guide(document, Guide(kind="canny"))
    with pytest.raises(KeyError):
        remove_guide(document, "none")


def test_there_is_a_most_of_guides(document):
    for number in range(MAX_GUIDES):
        document = add_guide(document, Guide(kind=str(number)))
    with pytest.raises(SettingError, match="more than 64 control layers"):
        add_guide(document, Guide(kind="canny"))


def test_a_guide_outlives_its_layer_so_that_undoing_brings_all_back(document):
    guide = Guide(kind="canny", layer_id=document.active_id)
    without = remove_layer(add_guide(document, guide), document.active_id)
    assert without.guides == (guide,)
