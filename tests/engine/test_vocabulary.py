"""Words that a model was not taught are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.engine.models.vocabulary import FILE, Vocabulary, read_vocabulary
from studio.errors import ModelError

WORDS = ["a", "red", "cat", "on", "beach", "的", "红色", "猫", "海滩", "沙滩", "上", "in", "the"]
KNOWN = {"en": ["beach", "cat"], "zh": ["海滩", "猫"]}


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    (tmp_path / FILE).write_text(json.dumps({"words": WORDS, "knows": KNOWN}), "utf-8")
    found = read_vocabulary(tmp_path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("prompt", "unknown"),
    [
        ("A red cat on the beach", ()),
        ("red cats, on beaches.", ()),
        ("a red lion on a sofa, red lion", ("lion", "sofa")),
        ("红色的猫在海滩上", ("在",)),
        ("沙滩上的狮子和红色的猫", ("狮子和",)),
        ("red狮子cat", ("狮子",)),
        ("кот on the beach", ("кот",)),
        ("قطة", ("قطة",)),
        ("🏖️ a cat 🌅", ("🏖", "🌅")),
        ("3 cats", ("3",)),
        ("a cat-like cat's ﬂower", ("like", "ﬂower")),
        ("", ()),
        (" \n\t…!?,。，", ()),
        ("\x00\u202e", ()),
    ],
)
def test_what_was_not_taught_is_found(vocabulary: Vocabulary, prompt: str, unknown: tuple[str, ...]) -> None:
    assert vocabulary.unknown(prompt) == unknown


def test_a_notice_names_what_is_unknown_and_what_is_known_in_the_same_language(vocabulary: Vocabulary) -> None:
    assert vocabulary.notice("starter", "a red cat") == ""
    english = vocabulary.notice("starter", "a red lion")
    assert english == "The model 'starter' does not know: lion. It knows: beach, cat."
    assert vocabulary.notice("starter", "红色的狮子").endswith("狮子. It knows: 海滩, 猫.")


def test_a_notice_names_only_the_first_of_many(vocabulary: Vocabulary) -> None:
    notice = vocabulary.notice("starter", " ".join(f"word{index}" for index in range(40)))
    assert "word7 and 32 more." in notice
    assert "word8" not in notice


def test_a_long_prompt_takes_no_long_time(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.unknown("狮" * 20_000)) == 1
    assert vocabulary.unknown("cat " * 20_000) == ()


def test_a_model_without_the_file_knows_everything(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path) is None
    assert read_vocabulary(tmp_path / "model.safetensors") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read"),
        ("[]", "is not what it should be"),
        ("{}", "words has a value"),
        ('{"words": "cat"}', "words has a value"),
        ('{"words": [1]}', "words has a value"),
        ('{"words": [""]}', "words has a value"),
        ('{"words": ["cat"], "knows": ["cat"]}', "knows has a value"),
        ('{"words": ["cat"], "knows": {"en": "cat"}}', "knows has a value"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / FILE).write_text(content, "utf-8")
    with pytest.raises(ModelError, match=rf"vocabulary\.json.*{message}"):
        read_vocabulary(tmp_path)
