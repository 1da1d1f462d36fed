"""The tokenizer in a folder of a model: whether it is there, of which class, and whole. Needs neither torch nor it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.message import Message

TOKENIZER_CLASSES: Final = frozenset(
    {
        "CLIPTokenizer",
        "CLIPTokenizerFast",
        "PreTrainedTokenizerFast",
        "Qwen2Tokenizer",
        "Qwen2TokenizerFast",
        "T5Tokenizer",
        "T5TokenizerFast",
        "TokenizersBackend",
    }
)
"""The classes that a model may name for its tokenizers."""
_ONE_FILE: Final = "tokenizer.json"
_WORDS: Final = "vocab.json"
_PAIRS: Final = "merges.txt"
_BESIDE: Final = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json")
_LARGEST: Final = 64 << 20
_MOST_WORDS: Final = 1 << 20


def has_tokenizer(folder: Path) -> bool:
    """Whether the folder of a tokenizer holds one."""
    names = ({_ONE_FILE}, {_WORDS, _PAIRS})
    return any(all((folder / name).is_file() for name in each) for each in names)


def named_class(folder: Path, index: Mapping[str, Any], allowed: frozenset[str]) -> str:
    """The class that a ``model_index.json`` names for a folder. Raises `ModelError` for one that is not allowed."""
    named = index.get(folder.name)
    name = str(named[1]) if isinstance(named, list) and len(named) == 2 else ""
    if name not in allowed:
        raise ModelError(
            "{folder} is of the kind {name!r}, which is not supported.",
            "Supported are {names}.",
            folder=folder,
            name=name,
            names=", ".join(sorted(allowed)),
        )
    return name


def inspect_tokenizer(folder: Path, index: Mapping[str, Any], words: int) -> None:
    """Look through a tokenizer for a text encoder of so many ``words``. Raises `ModelError` saying what is wrong."""
    named_class(folder, index, TOKENIZER_CLASSES)
    for name in _BESIDE:
        if (folder / name).is_file():
            read_json(folder / name)
    if (folder / _ONE_FILE).is_file():
        file = folder / _ONE_FILE
        model = read_json(file, largest=_LARGEST).get("model")
        numbers = _words_of(file, model.get("vocab") if isinstance(model, dict) else None)
    else:
        file = folder / _WORDS
        numbers = _words_of(file, read_json(file, largest=_LARGEST))
        _check_pairs(folder / _PAIRS, numbers)
    if max(numbers.values()) >= words:
        raise _unusable(file, Message("it knows words that the text encoder does not"))


def _words_of(file: Path, given: object) -> dict[str, int]:
    """The words with their numbers: written as such, or in order as pairs of a word and how likely it is."""
    if isinstance(given, list) and all(isinstance(each, list) and len(each) == 2 for each in given):
        given = {each[0]: number for number, each in enumerate(given) if isinstance(each[0], str)}
    is_whole = isinstance(given, dict) and 0 < len(given) <= _MOST_WORDS
    if not isinstance(given, dict) or not is_whole or not all(map(_is_number, given.values())):
        raise _unusable(file, Message("it holds no words with their numbers"))
    return given


def _is_number(value: object) -> bool:
    return type(value) is int and value >= 0


def _check_pairs(file: Path, words: Mapping[str, int]) -> None:
    """Raise for pairs of pieces of words that are none, or that make no word."""
    try:
        if file.stat().st_size > _LARGEST:
            raise _unusable(file, Message("it is too large"))
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(file, Message("it is no text") if isinstance(error, UnicodeDecodeError) else error) from error
    wrong = next((line for line in _pairs(lines) if not _is_pair(line, words)), None)
    if wrong is not None:
        raise _unusable(file, Message("{line!r} is no pair of pieces that its words are made of", line=wrong[:60]))


def _pairs(lines: Iterable[str]) -> Iterable[str]:
    return (line for number, line in enumerate(lines) if line and not (number == 0 and line.startswith("#version")))


def _is_pair(line: str, words: Mapping[str, int]) -> bool:
    pieces = line.split(" ")
    return len(pieces) == 2 and all(piece in words for piece in (*pieces, "".join(pieces)))


def _unusable(file: Path, reason: object) -> ModelError:
    return ModelError(
        "The tokenizer {file} cannot be used: {reason}.", "Download or copy the model again.", file=file, reason=reason
    )
