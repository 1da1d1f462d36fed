"""The scene that is left of a prompt when the thing in it goes."""

from __future__ import annotations

import pytest

from studio.generation.scene_words import scene_words


@pytest.mark.parametrize(
    ("prompt", "scene", "thing"),
    [
        ("a red castle on a sunny beach", "a sunny beach", "a red castle"),
        ("a purple castle on a beach at sunset, detailed", "a beach at sunset, detailed", "a purple castle"),
        ("a beach with a red castle and a palm at sunset", "a beach at sunset", "a red castle and a palm"),
        ("a foggy forest with a cabin, oil painting", "a foggy forest, oil painting", "a cabin"),
        ("A Photo of a cat sitting ON a sofa", "a sofa", "A Photo of a cat sitting"),
        ("a yellow heart on the right in the galaxy", "the galaxy", "a yellow heart"),
        ("a palm in the middle, a beach", "", ""),
        ("画面左侧的红色城堡在海滩上", "海滩", "红色城堡"),
        ("a boat in front of a lighthouse", "a lighthouse", "a boat"),
        ("a castle <lora:ink:0.8> on a hill", "a hill <lora:ink:0.8>", "a castle"),
        ("日落时的海滩上有一座红色的城堡", "日落时的海滩", "一座红色的城堡"),
        ("海滩上的紫色城堡", "海滩", "紫色城堡"),
        ("一只红色的猫在雪地上", "雪地", "一只红色的猫"),
    ],
)
def test_it_is_told_from_the_thing(prompt: str, scene: str, thing: str) -> None:
    words = scene_words(prompt)
    assert (words.scene, words.thing) == (scene, thing)


@pytest.mark.parametrize(
    "prompt", ["", "a cat", "in the rain", "<lora:ink:1>", "一只猫", "masterpiece, 1girl", " with "]
)
def test_a_prompt_without_a_place_has_none(prompt: str) -> None:
    assert scene_words(prompt).scene == ""
