"""Recipes from files, and work folders that stay with their recipe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.errors import SettingError
from studio.paths import default_paths
from studio.training.configuration import load_config, preset
from studio.training.recipe import claim_work


def test_a_file_departs_from_the_recipe_for_a_cpu(tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    path.write_text("[denoiser]\nchannels = [64, 128]\n[denoiser.train]\nsteps = 9\n", "utf-8")
    config = load_config(str(path))
    assert config.denoiser.channels == (64, 128)
    assert config.denoiser.train == replace(preset("cpu").denoiser.train, steps=9)
    assert config.text == preset("cpu").text


@pytest.mark.parametrize("name", ["go-on.toml", "inpainting.toml", "recognise.toml"])
def test_the_recipes_that_go_on_from_the_shipped_model_are_sound(name: str) -> None:
    config = load_config(str(default_paths().resources / "training" / name))
    assert config.denoiser.channels == preset("cpu").denoiser.channels
    assert config.denoiser.small_share == 0
    assert config.text.train.steps == config.autoencoder.train.steps == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[denoiser]\nchanels = [64]\n", "denoiser.chanels"),
        ("[denoiser]\nchannels = [64, -1]\n", "denoiser.channels.1"),
        ("[data]\npictures = 0\n", "data.pictures"),
        ("[data]\nresolution = 100\n", "data.resolution"),
        ("[text.train]\nlearning_rate = 'fast'\n", "text.train.learning_rate"),
        ("[denoiser]\ncaption_dropout = 2.0\n", "denoiser.caption_dropout"),
        ("data = 3\n", "data"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingError, match=rf"wrong\.toml: {named} cannot be"):
        load_config(str(path))


@pytest.mark.parametrize("content", [None, b"steps = ", b"\xff\xfe"])
def test_a_file_that_is_no_recipe_says_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "none.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingError, match=r"none\.toml.*cannot be read"):
        load_config(str(path))


def test_a_work_folder_may_train_longer_but_not_in_another_size(tmp_path: Path) -> None:
    smoke = preset("smoke")
    claim_work(smoke, tmp_path)
    longer = replace(smoke, denoiser=replace(smoke.denoiser, train=replace(smoke.denoiser.train, steps=99)))
    claim_work(longer, tmp_path)
    wider = replace(smoke, denoiser=replace(smoke.denoiser, channels=(32, 48, 64)))
    with pytest.raises(SettingError, match=r"run of other sizes.*--work-dir"):
        claim_work(wider, tmp_path)
