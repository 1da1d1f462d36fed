"""Rendering pictures and keeping them in shards."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.errors import FileError
from studio.training.configuration import DataConfig
from studio.training.data import load_split, make_sample, render, render_split
from studio.training.grammar import combinations, held_out, sample_description
from studio.training.scenery import draw

CONFIG = DataConfig(resolution=32, pictures=6, held_out_pictures=3, shard_size=4, captions_per_language=2)


def test_every_combination_can_be_drawn() -> None:
    rng = random.Random(0)
    for combination in combinations():
        svg = draw(sample_description(rng, (combination,)))
        assert svg.startswith("<svg")
        assert "nan" not in svg


def test_a_render_is_rgb_of_the_asked_size_and_repeats() -> None:
    description = make_sample(CONFIG, "train", 0).description
    picture = render(description, 48)
    assert picture.shape == (3, 48, 48)
    assert picture.dtype == np.uint8
    assert np.array_equal(picture, render(description, 48))
    assert picture.std() > 5


def test_samples_of_the_splits_do_not_mix() -> None:
    hidden = held_out()
    assert all(make_sample(CONFIG, "train", i).description.combination not in hidden for i in range(50))
    assert all(make_sample(CONFIG, "held-out", i).description.combination in hidden for i in range(50))


def test_a_rendered_split_is_read_back(tmp_path: Path) -> None:
    render_split(CONFIG, "train", tmp_path, processes=1)
    split = load_split(tmp_path)
    assert split.pictures.shape == (6, 3, 32, 32)
    assert split.samples == tuple(make_sample(CONFIG, "train", i) for i in range(6))
    assert split.labels().shape == (6, 3)


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
