"""Qwen's tokenizer, made of its bundled byte pairs, cuts texts as the one in Qwen3's own repository does."""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import Any

import pytest

from studio.engine.models.qwen_tokenizer import MERGES, qwen_tokenizer
from studio.errors import ModelError

REPOSITORY = {
    "": [],
    "Hello, world!": [9707, 11, 1879, 0],
    "a beautiful beach at sunset, palm trees": [64, 6233, 11321, 518, 42984, 11, 32452, 12408],
    "海边的日落，棕榈树。「造相」": [113146, 117724, 99297, 3837, 103830, 121150, 99613, 65227, 66078, 48921, 10429],
    "emoji 🎨👩‍👩‍👧 and ½ and e\u0301 and ﬁ":
        [37523, 11162, 236, 101, 145233, 378, 235, 145233, 378, 235, 145665, 323, 220, 26062, 323, 3958, 323, 32495,
         70731],
    "def f(x):\n\treturn x**2  # 3.14\r\n\n\n":
        [750, 282, 2075, 982, 853, 856, 334, 17, 220, 671, 220, 18, 13, 16, 19, 201, 1406],
    "It's 3 o'clock; they'LL say: 'we've 100% won!!'":
        [2132, 594, 220, 18, 297, 62410, 26, 807, 6, 4086, 1977, 25, 364, 896, 3003, 220, 16, 15, 15, 4, 2765, 2928, 6],
    "   spaces   \n  and\ttabs ": [256, 12621, 5872, 220, 323, 3244, 3435, 220],
    "日本語 한국어 العربية हिन्दी ไทย \u200b\x00\x7f":
        [101059, 102819, 130092, 31079, 129071, 84310, 42311, 101, 30484, 99, 43647, 220, 125451, 29748, 188, 221],
    "<|im_start|>user\nred<|im_end|>\n<think>\n\n</think> <|endoftext|> <|nothing|><|im_start|>assistant\n":
        [151644, 872, 198, 1151, 151645, 198, 151667, 271, 151668, 220, 151643, 82639, 41212, 91, 29, 151644, 77091,
         198],
}  # fmt: skip
"""What the ``tokenizer.json`` of Qwen3's repository makes of texts."""


def test_it_has_all_tokens(qwen: Any) -> None:
    assert len(qwen) == 151669
    assert qwen.pad_token_id == 151643


@pytest.mark.parametrize("text", REPOSITORY)
def test_texts_are_cut_as_the_repository_cuts_them(qwen: Any, text: str) -> None:
    assert qwen(text, add_special_tokens=False).input_ids == REPOSITORY[text]


@pytest.mark.parametrize("text", ["海边的日落", "def f(x):\n\treturn x**2", "emoji 🎨 and ½"])
def test_words_come_back(qwen: Any, text: str) -> None:
    assert qwen.decode(REPOSITORY.get(text) or qwen(text).input_ids) == text


@pytest.mark.parametrize("data", [b"", b"no archive", lzma.compress(bytes(7)), lzma.compress(bytes(4))])
def test_a_damaged_table_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / MERGES).parent.mkdir()
    (tmp_path / MERGES).write_bytes(data)
    with pytest.raises(ModelError, match="cannot be read"):
        qwen_tokenizer(tmp_path)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"merges\.xz"):
        qwen_tokenizer(tmp_path)
