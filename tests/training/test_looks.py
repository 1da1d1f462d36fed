"""The measures of what a person looks at first."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from studio.training.measuring.looks import (
    Drawn,
    count_row,
    counted_things,
    place_row,
    placed_things,
    rows,
    scene_prompts,
    shape_row,
    things_alone,
)
from studio.training.measuring.silhouettes import (
    Outline,
    aligned,
    likeness,
    nearest_thing,
    outline,
    parts,
    things_by_outline,
)
from studio.training.measuring.tables import looks_table
from studio.training.measuring.wholeness import KINDS, found, is_whole, usual_area
from studio.training.scenes.data import Pictures, render
from studio.training.scenes.grammar import TIMELESS, Combination, Description, Subject, taught
from studio.training.scenes.vocabulary import SCENES, THING_NAMES

KIND = {kind.name: kind for kind in KINDS}


@pytest.fixture(scope="module")
def known() -> dict[str, Outline]:
    return things_by_outline()


def _alone(thing: str, colour: str = "red", seed: int = 3) -> Pictures:
    return render(Description(Combination("plain", TIMELESS, TIMELESS), (), seed, Subject(thing, colour)), 128)


def _renders(descriptions: tuple[Description, ...]) -> Drawn:
    pictures = np.stack([render(description, 128) for description in descriptions])
    return Drawn(descriptions, pictures, pictures)


def test_a_shape_is_like_itself_wherever_it_lies_however_large_and_a_little_turned() -> None:
    shape = np.zeros((100, 100), np.uint8)
    shape[20:60, 20:40] = 1
    shape[50:60, 20:80] = 1
    matrix = cv2.getRotationMatrix2D((50, 50), 10, 0.6)
    moved = cv2.warpAffine(shape, matrix, (100, 100)).astype(bool)
    assert likeness(moved, shape.astype(bool)) > 0.9
    assert likeness(shape[:, ::-1].astype(bool), shape.astype(bool)) < 0.6, "but not mirrored"
    assert likeness(np.zeros((9, 9), bool), shape.astype(bool)) == 0


def test_every_things_outline_is_nearest_to_its_own(known: dict[str, Outline]) -> None:
    for name in THING_NAMES:
        shape = outline(_alone(name, "white" if name < "h" else "green"))
        assert nearest_thing(shape, known) == name
        assert likeness(shape, known[name]) > 0.85
        assert len(parts(shape)) == 1


def test_an_outline_has_no_holes_and_no_mottle() -> None:
    picture = np.full((3, 64, 64), 240, np.uint8)
    picture += np.random.default_rng(0).integers(0, 15, picture.shape, dtype=np.uint8)
    assert not outline(picture).any()
    picture[:, 20:40, 20:40] = 20
    picture[:, 25:35, 25:35] = 245  # white within its edge
    assert outline(picture)[20:40, 20:40].all()
    assert outline(picture).sum() == 400


def test_specks_are_no_parts() -> None:
    shape = np.zeros((50, 50), bool)
    shape[5:25, 5:25] = shape[5:25, 30:45] = shape[40:43, 40:43] = True
    first, second = parts(shape)
    assert (first.area, second.area) == (400, 300)
    assert first.middle == pytest.approx((14.5 / 50, 14.5 / 50))
    assert parts(np.zeros((4, 4), bool)) == []


def test_what_stands_beside_the_shape_of_a_render_is_a_render(known: dict[str, Outline]) -> None:
    descriptions, prompts = things_alone(1)
    assert [d.subject.thing for d in descriptions if d.subject] == list(THING_NAMES)
    assert len(prompts) == len(set(prompts)) == 30
    row = rows(_renders(descriptions), lambda drawn: shape_row(drawn, known))
    assert row["named"] == row["whole"] == row["ceiling"]["named"] == 1
    assert row["likeness"] > 0.9
    assert row["floor"]["named"] < 0.2
    assert row["floor"]["likeness"] < 0.8


def test_a_thing_laid_over_its_mirror_image_is_seen(known: dict[str, Outline]) -> None:
    cat = _alone("cat")
    double = np.minimum(cat, cat[:, :, ::-1])
    drawn = _renders((Description(Combination("plain", TIMELESS, TIMELESS), (), 3, Subject("cat", "red")),))
    crab = shape_row(Drawn(drawn.descriptions, double[None], drawn.ceiling), known)
    assert crab["likeness"] < 0.8 < shape_row(drawn, known)["likeness"]


def test_numbers_and_places_are_read_off_renders() -> None:
    counted, placed = counted_things(18), placed_things(18)
    for (descriptions, prompts), measure in ((counted, count_row), (placed, place_row)):
        assert len(descriptions) == len(prompts) == 18
        row = rows(_renders(descriptions), measure)
        assert row["right"] == row["ceiling"]["right"] == 1
        assert row["floor"]["right"] < 0.8
    assert any(prompt.startswith("three ") for prompt in counted[1])
    assert any(prompt.startswith("右边") for prompt in placed[1])


def test_looks_are_asked_for_in_taught_words() -> None:
    for descriptions, prompts in (things_alone(2), counted_things(12), placed_things(12)):
        for description, prompt in zip(descriptions, prompts, strict=True):
            assert description.subject is not None
            assert (description.subject.thing, description.subject.colour) in taught().pairs
            assert not any(f" a {vowel}" in f" {prompt}" for vowel in "aeio")
    assert len(scene_prompts(4)) == 4 * len(SCENES)


@pytest.mark.parametrize("name", KIND)
def test_renders_are_whole_and_scenes_without_it_are_not(name: str) -> None:
    kind = KIND[name]
    usual = usual_area(kind, 128)
    for seed in range(20, 26):
        description = kind.description(seed)
        assert is_whole(kind, render(description, 128), usual)
        assert not is_whole(kind, render(replace(description, details=()), 128), usual)


@pytest.mark.parametrize("name", KIND)
def test_what_is_cut_in_two_is_not_whole(name: str) -> None:
    kind = KIND[name]
    picture = render(kind.description(2), 128)
    middle = round(128 * parts(found(kind, picture))[0].middle[1])
    without = render(replace(kind.description(2), details=()), 128)
    picture[:, middle - 4 : middle + 4] = without[:, middle - 4 : middle + 4]
    assert not is_whole(kind, picture, usual_area(kind, 128))


def test_two_moons_are_one_too_many() -> None:
    kind = KIND["moon"]
    picture = render(kind.description(4), 128)
    picture[:, :64, :64] = picture[:, :64, 64:]
    assert not is_whole(kind, picture, usual_area(kind, 128))


def test_the_table_of_looks_shows_ceiling_and_floor() -> None:
    things = {"likeness": 0.9, "named": 0.8, "whole": 0.7}
    other = {"right": 0.5}
    looks = {
        "things": {**things, "ceiling": dict.fromkeys(things, 1.0), "floor": dict.fromkeys(things, 0.0)},
        "count": {**other, "ceiling": {"right": 1.0}, "floor": {"right": 0.33}},
        "place": {**other, "ceiling": {"right": 1.0}, "floor": {"right": 0.33}},
        "wholeness": {"palm": 0.25, "ceiling": {"palm": 1.0}, "floor": {"palm": 0.0}},
    }
    lines = looks_table(looks).splitlines()
    assert "| things alone: named by their outline | 80.0 | 100.0 | 0.0 |" in lines
    assert "| in one piece: palm | 25.0 | 100.0 | 0.0 |" in lines
    assert len(lines) == 2 + 5 + 1


def test_aligned_outlines_cover_the_same_area(known: dict[str, Outline]) -> None:
    areas = [int(shape.sum()) for shape in known.values()]
    assert max(areas) < 1.15 * min(areas)
    assert np.array_equal(aligned(np.zeros((5, 5), bool)), np.zeros((64, 64), bool))
