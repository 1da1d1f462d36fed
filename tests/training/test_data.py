"""Rendering pictures and keeping them in shards."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.errors import FileError
from studio.paths import default_paths
from studio.training.configuration import DataConfig
from studio.training.scenes.data import (
    NO_ANSWER,
    QUESTIONS,
    TOLD,
    Sample,
    load_split,
    make_sample,
    render,
    render_split,
)
from studio.training.scenes.grammar import (
    SELDOM,
    TIMELESS,
    Choices,
    Combination,
    Description,
    Subject,
    combinations,
    held_out,
    held_out_pairs,
    holds,
    pairs,
    sample_description,
)
from studio.training.scenes.icons import ICONS_FILE, Icons
from studio.training.scenes.scenery import draw
from studio.training.scenes.subjects import arrange

CONFIG = DataConfig(resolution=32, pictures=6, held_out_pictures=3, shard_size=4, captions_per_language=2)


def test_every_combination_can_be_drawn() -> None:
    rng = random.Random(0)
    icons = Icons.load(default_paths().resources / ICONS_FILE)
    for combination in combinations():
        svg = draw(sample_description(rng, Choices((combination,), pairs())), icons)
        assert svg.startswith("<svg")
        assert "nan" not in svg


def test_a_share_of_what_is_seldom_can_be_asked_for() -> None:
    often, usual = (replace(CONFIG, seldom_share=share) for share in (1.0, 0.0))
    asked, given = ([make_sample(c, "train", i).description for i in range(60)] for c in (often, usual))
    assert all(any(holds(description, seldom) for seldom in SELDOM) for description in asked)
    for seldom in SELDOM:
        assert sum(holds(description, seldom) for description in asked) >= 6
    assert sum(holds(description, "moon") for description in given) < 6
    assert make_sample(often, "held-out", 1) == make_sample(usual, "held-out", 1)


def test_a_render_is_rgb_of_the_asked_size_and_repeats() -> None:
    description = make_sample(CONFIG, "train", 0).description
    picture = render(description, 48)
    assert picture.shape == (3, 48, 48)
    assert picture.dtype == np.uint8
    assert np.array_equal(picture, render(description, 48))
    assert picture.std() > 5


def test_samples_of_the_splits_do_not_mix() -> None:
    trained = [make_sample(CONFIG, "train", i).description for i in range(50)]
    assert all(description.combination not in held_out() for description in trained)
    for description in (make_sample(CONFIG, "held-out", i).description for i in range(50)):
        subject = description.subject
        assert description.combination in held_out() or subject is not None
        assert subject is None or (subject.thing, subject.colour) in held_out_pairs()


def test_a_rendered_split_is_read_back(tmp_path: Path) -> None:
    render_split(CONFIG, "train", tmp_path, processes=1)
    split = load_split(tmp_path)
    assert split.pictures.shape == (6, 3, 32, 32)
    assert split.samples == tuple(make_sample(CONFIG, "train", i) for i in range(6))
    assert split.labels().shape == (6, len(QUESTIONS))


def test_labels_leave_out_what_a_picture_does_not_show() -> None:
    plain = Combination("plain", TIMELESS, TIMELESS)
    shown = Sample(Description(plain, (), 0, Subject("dog", "")), (), ())
    scene, time, weather, thing, colour = shown.labels
    assert (time, weather, colour) == (NO_ANSWER, NO_ANSWER, NO_ANSWER)
    assert QUESTIONS["scene"][scene] == "plain"
    assert QUESTIONS["object"][thing] == "dog"


def test_number_size_and_place_are_told_of_things_alone() -> None:
    plain = Combination("plain", TIMELESS, TIMELESS)
    told = [
        Sample(Description(plain, (), 0, subject), (), ()).told
        for subject in (Subject("dog"), Subject("dog", "", 3, "big", "right"), None)
    ]
    assert told == [(0, 0, 0), (2, 2, 3), (NO_ANSWER,) * 3]
    assert [answers[1] for answers in TOLD.values()] == ["2", "small", "left"]


def test_a_thing_stands_where_the_caption_says() -> None:
    for place, half in (("left", slice(0, 32)), ("right", slice(32, 64))):
        for seed in range(6):
            scene = Description(
                Combination("plain", TIMELESS, TIMELESS), (), seed, Subject("heart", "red", 1, "small", place)
            )
            ink = render(scene, 64).min(axis=0) < 120
            assert ink[:, half].sum() > 0.9 * ink.sum()


@pytest.mark.parametrize("thing", ["cat", "fish", "car", "guitar"])
def test_a_thing_looks_to_the_same_side_in_every_picture(thing: str) -> None:
    shapes = []
    for seed in range(6):
        plain = Description(Combination("plain", TIMELESS, TIMELESS), (), seed, Subject(thing, "blue"))
        ink = render(plain, 128).min(axis=0) < 150
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        cut = Image.fromarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
        shapes.append(np.asarray(cut.resize((48, 48))))
    for shape in shapes[1:]:
        same = (shape & shapes[0]).sum() / (shape | shapes[0]).sum()
        turned = (shape[:, ::-1] & shapes[0]).sum() / (shape | shapes[0][:, ::-1]).sum()
        assert same > max(0.8, turned)


@pytest.mark.parametrize("scene", ["beach", "sea", "city", "meadow", "desert", "village", "mountains", "lake"])
def test_the_sun_stands_in_one_part_of_a_scene(scene: str) -> None:
    places = []
    for seed in range(8):
        picture = render(Description(Combination(scene, "noon", "clear"), (), seed), 64).astype(int)
        glow = (picture[0] > 235) & (picture[1] > 220) & (picture[2] > 100) & (picture[2] < 215)
        places.append(float(np.nonzero(glow[:20])[1].mean()) / 64)
    assert max(places) - min(places) < 0.25


def test_the_box_of_a_thing_is_where_it_is_drawn() -> None:
    samples = (make_sample(DataConfig(), "train", index) for index in range(100))
    plain = [sample.description for sample in samples if sample.description.combination.scene == "plain"]
    assert len(plain) > 5
    for description in plain:
        arrangement = arrange(description)
        assert arrangement is not None
        left, top, right, bottom = (round(128 * edge) for edge in arrangement.box)
        with_it, without = render(description, 128), render(replace(description, subject=None), 128)
        rows, columns = np.nonzero(np.abs(with_it.astype(int) - without).max(axis=0) > 40)
        assert left - 2 <= columns.min() <= columns.max() <= right + 2
        assert top - 2 <= rows.min() <= rows.max() <= bottom + 2
        assert max(np.ptp(rows) / (bottom - top), np.ptp(columns) / (right - left)) > 0.7


@pytest.mark.parametrize("damage", ["pictures", "captions"])
def test_a_damaged_shard_is_named_with_the_way_out(tmp_path: Path, damage: str) -> None:
    render_split(CONFIG, "train", tmp_path, processes=1)
    path = tmp_path / ("pictures-00000.npy" if damage == "pictures" else "captions-00000.jsonl")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(FileError, match=r"pictures-00000\.npy is damaged.*Delete captions-00000\.jsonl"):
        load_split(tmp_path)
    (tmp_path / "captions-00000.jsonl").unlink()
    render_split(CONFIG, "train", tmp_path, processes=1)
    assert len(load_split(tmp_path).samples) == 6


def test_only_missing_shards_are_rendered_again(tmp_path: Path) -> None:
    render_split(CONFIG, "train", tmp_path, processes=1)
    kept = (tmp_path / "pictures-00000.npy").stat().st_mtime_ns
    (tmp_path / "captions-00004.jsonl").unlink()
    render_split(CONFIG, "train", tmp_path, processes=1)
    assert (tmp_path / "pictures-00000.npy").stat().st_mtime_ns == kept
    assert len(load_split(tmp_path).samples) == 6


def test_another_seed_gives_other_pictures() -> None:
    other = replace(CONFIG, seed=CONFIG.seed + 1)
    assert make_sample(CONFIG, "train", 0) != make_sample(other, "train", 0)


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="train starter"):
        load_split(tmp_path)
