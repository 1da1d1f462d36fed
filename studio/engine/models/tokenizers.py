"""Tokenizers: a model folder's own, or CLIP's or Qwen's, whose tables ship with Shoreline."""

from __future__ import annotations

import lzma
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from studio.engine.models.byte_letters import table_letters
from studio.engine.models.qwen_tokenizer import qwen_tokenizer
from studio.engine.models.tokenizer_files import TOKENIZER_CLASSES, named_class
from studio.system.parts import engine_part

_LENGTH: Final = 77
_BEGIN, _END = "<|startoftext|>", "<|endoftext|>"
_T5_LENGTH: Final = 512
T5_WORDS: Final = "t5/tokenizer.json.xz"
"""T5's pieces of words and their scores, below the folder of bundled configs."""
MERGES: Final = "clip/merges.xz"
"""CLIP's byte pairs, in the order in which they are joined, below the folder of bundled configs."""


def folder_tokenizer(folder: Path, index: Mapping[str, Any]) -> Any:
    """The tokenizer in a folder of a model; ``index`` is what its ``model_index.json`` says. Raises `ModelError`."""
    transformers = engine_part("transformers")
    return getattr(transformers, named_class(folder, index, TOKENIZER_CLASSES)).from_pretrained(
        folder, local_files_only=True, trust_remote_code=False
    )


def clip_tokenizer(configs: Path, padding: str) -> Any:
    """CLIP's tokenizer, 49408 tokens, which fills prompts up with the token ``padding``."""
    merges = [tuple(line.split()) for line in _unpacked(configs / MERGES).splitlines()]
    letters = table_letters()
    words = [*letters, *(f"{letter}</w>" for letter in letters), *("".join(pair) for pair in merges), _BEGIN, _END]
    vocabulary = {word: number for number, word in enumerate(words)}
    tokenizer = engine_part("transformers").CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=_LENGTH)
    tokenizer.pad_token = padding  # set later, it stays an ordinary word in prompts
    return tokenizer


def t5_tokenizer(configs: Path, _filling: str = "") -> Any:
    """T5's tokenizer, 32100 tokens, whose padding has a token of its own."""
    table = engine_part("tokenizers").Tokenizer.from_str(_unpacked(configs / T5_WORDS))
    signs = {"eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    return engine_part("transformers").PreTrainedTokenizerFast(
        tokenizer_object=table, model_max_length=_T5_LENGTH, **signs
    )


def _unpacked(file: Path) -> str:
    return lzma.decompress(file.read_bytes()).decode("utf-8-sig")


BUNDLED: Final[Mapping[str, Callable[[Path, str], Any]]] = {
    "clip": clip_tokenizer,
    "t5": t5_tokenizer,
    "qwen": lambda configs, _filling: qwen_tokenizer(configs),
}
"""What makes the tokenizers that ship with Shoreline, of the bundled configs and what prompts are filled up with."""
