"""Tokenizers in folders of models are looked through before anything is loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from studio.engine.models.library import ModelLibrary
from studio.engine.models.tokenizer_files import inspect_tokenizer
from studio.errors import ModelError

INDEX = {"tokenizer": ["transformers", "CLIPTokenizer"]}
WORDS = {"a": 0, "b": 1, "ab": 2, "ab</w>": 3}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tokenizer"
    made.mkdir()
    (made / "vocab.json").write_text(json.dumps(WORDS), "utf-8")
    (made / "merges.txt").write_text("#version: 0.2\na b\n", "utf-8")
    return made


def test_sound_ones_pass(folder: Path) -> None:
    inspect_tokenizer(folder, INDEX, 4)
    for vocabulary in (WORDS, [["a", -1.0], ["b", -2.5]]):
        (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}), "utf-8")
        inspect_tokenizer(folder, INDEX, 4)


@pytest.mark.parametrize(
    ("file", "content", "problem"),
    [
        ("vocab.json", b"\x00\xffgarbage", "vocab.json cannot be read"),
        ("vocab.json", b"[1, 2]", "vocab.json is not what it should be"),
        ("vocab.json", b"{}", "no words with their numbers"),
        ("vocab.json", b'{"a": "b"}', "no words with their numbers"),
        ("vocab.json", b'{"a": true}', "no words with their numbers"),
        ("vocab.json", b'{"a": 9, "b": 1, "ab": 2}', "knows words that the text encoder does not"),
        ("merges.txt", b"\xff\xfe\x00\xd8", "merges.txt cannot be used: it is no text"),
        ("merges.txt", b"#version: 0.2\na b c\n", "'a b c' is no pair"),
        ("merges.txt", b"a zzz\n", "'a zzz' is no pair"),
        ("tokenizer.json", b"{}", "no words with their numbers"),
        ("tokenizer.json", b'{"model": {"vocab": [["a"]]}}', "no words with their numbers"),
        ("tokenizer.json", b"<html>", "tokenizer.json cannot be read"),
        ("tokenizer_config.json", b"not json", "tokenizer_config.json cannot be read"),
        ("added_tokens.json", b"7", "added_tokens.json is not what it should be"),
    ],
)
def test_what_cannot_be_used_is_named(folder: Path, file: str, content: bytes, problem: str) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(ModelError, match=problem):
        inspect_tokenizer(folder, INDEX, 4)


@pytest.mark.parametrize("named", [None, "CLIPTokenizer", ["transformers", "MyTokenizer"]])
def test_a_class_of_a_models_own_is_not_loaded(folder: Path, named: Any) -> None:
    with pytest.raises(ModelError, match="which is not supported"):
        inspect_tokenizer(folder, {"tokenizer": named}, 4)


def test_garbage_is_told_in_the_list_of_models(models_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(models_folder / "tiny", tmp_path / "tiny")
    vocabulary = next(
        path for path in (tmp_path / "tiny" / "tokenizer").iterdir() if path.name in ("vocab.json", "tokenizer.json")
    )
    vocabulary.write_bytes(bytes(range(256)))
    (tmp_path / "tiny" / "tokenizer" / "vocab.json").write_bytes(bytes(range(256)))
    (model,) = ModelLibrary([tmp_path]).scan()
    assert "tokenizer" in str(model.problem)
    assert "cannot be read" in str(model.problem)
