"""Tokens counted without torch are as many as the tokenizer itself makes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studio.engine.models.byte_pairs import (
    BytePairs,
    TokenCounts,
    Tokenizer,
    count_tokens,
    read_byte_pairs,
    tokenizer_of,
)
from studio.engine.models.library import ModelInfo

MODELS = Path(__file__).resolve().parents[2] / "resources" / "models"
STARTER, CONFIGS = MODELS / "starter" / "tokenizer", MODELS / "configs"
TEXTS = [
    "",
    "a beautiful beach at sunset, palm trees",
    "海边的日落，棕榈树。",
    "It's 3 o'clock; they'll say: 'we've 100% won!!'",
    "UPPER lower MiXeD   spaces\n\nlines",
    "emoji 🎨 and ½ and e\u0301 and _under_scores_",
    "a,b,,c , d",
]


@pytest.fixture(scope="module")
def table() -> BytePairs:
    found = read_byte_pairs(STARTER)
    assert found is not None
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_as_many_tokens_as_the_tokenizer_makes(table: BytePairs, text: str) -> None:
    from tokenizers import Tokenizer

    real = Tokenizer.from_file(str(STARTER / "tokenizer.json"))
    assert len(table.tokens(text)) == len(real.encode(text, add_special_tokens=False).ids)


def test_the_other_file_of_a_tokenizer_gives_the_same(table: BytePairs, tmp_path: Path) -> None:
    shutil.copy(STARTER / "tokenizer.json", tmp_path)
    other = read_byte_pairs(tmp_path)
    assert other is not None
    assert [len(other.tokens(text)) for text in TEXTS] == [len(table.tokens(text)) for text in TEXTS]


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b'{"model": {"merges": [1]}}', b"[]"])
def test_no_table_is_made_of_what_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "tokenizer.json").write_bytes(data)
    assert read_byte_pairs(tmp_path) is None
    assert read_byte_pairs(tmp_path / "gone") is None


def test_counts_are_of_what_the_model_reads() -> None:
    table = BytePairs([])  # every letter is a token

    def count(prompt: str, *, has_one_window: bool = False) -> tuple[int, int]:
        return count_tokens(table, prompt, has_one_window=has_one_window)

    assert count("") == (0, 75)
    assert count("(cat:1.2) # dog") == (3, 75)
    assert count("x" * 80) == (80, 150)
    assert count("x" * 80, has_one_window=True) == (80, 75)
    assert count("a BREAK cat") == (78, 150)
    assert count("[cat:elephant:0.5]") == (8, 75)


def test_clip_itself_counts_for_models_that_bring_no_tokenizer(tmp_path: Path) -> None:
    from studio.engine.models.tokenizers import clip_tokenizer

    def model(family: str, file_format: str) -> ModelInfo:
        return ModelInfo(id="m", name="m", path=tmp_path / "m", family=family, format=file_format, size=1)

    shipped = tokenizer_of(model("sdxl", "single_file"), CONFIGS)
    assert shipped is not None
    real, counts = clip_tokenizer(CONFIGS, "!"), TokenCounts()
    for text in (*TEXTS, "masterpiece, cinematic lighting, 8k", "!!"):
        wanted = len(real(text, add_special_tokens=False).input_ids)
        assert counts.count(shipped, text) == (wanted, 75)
    assert tokenizer_of(model("flux", "single_file"), CONFIGS) is None
    (tmp_path / "m" / "tokenizer_2").mkdir(parents=True)
    assert tokenizer_of(model("sdxl", "folder"), CONFIGS) == Tokenizer(tmp_path / "m" / "tokenizer_2")
    assert tokenizer_of(model("sdxl", "single_file"), CONFIGS) == shipped
