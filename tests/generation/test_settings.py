"""What people and files give as settings of a generation."""

from __future__ import annotations

import pytest

from studio.generation import GenerationSettings


@pytest.mark.parametrize("name", ["prompt", "negative_prompt"])
@pytest.mark.parametrize(
    ("given", "kept"), [("caf\udce9", "caf\ufffd"), ("\ud800 cat", "\ufffd cat"), ("🐈 猫\n", "🐈 猫\n")]
)
def test_a_prompt_holds_nothing_that_no_tokenizer_and_no_file_takes(name: str, given: str, kept: str) -> None:
    settings = GenerationSettings.read({name: given})
    assert settings.values()[name] == kept
    assert GenerationSettings.read_json(settings.json()) == settings
