"""Qwen's tokenizer, the same for its second and third generation, whose table of byte pairs ships with Shoreline."""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from studio.engine.models.byte_letters import table_letters
from studio.errors import ModelError
from studio.system.parts import engine_part

MERGES: Final = "qwen/merges.xz"
"""The byte pairs in the order in which they are joined, below the folder of bundled configs: two numbers each, uint32
with the lowest byte first, of the tokens that become the next one. Tokens 0 to 255 are single bytes."""

END_OF_TEXT: Final = "<|endoftext|>"
_SPECIAL: Final = (
    END_OF_TEXT,
    "<|im_start|>",
    "<|im_end|>",
    "<|object_ref_start|>",
    "<|object_ref_end|>",
    "<|box_start|>",
    "<|box_end|>",
    "<|quad_start|>",
    "<|quad_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
_ADDED: Final = (
    "<tool_call>",
    "</tool_call>",
    "<|fim_prefix|>",
    "<|fim_middle|>",
    "<|fim_suffix|>",
    "<|fim_pad|>",
    "<|repo_name|>",
    "<|file_sep|>",
    "<tool_response>",
    "</tool_response>",
    "<think>",
    "</think>",
)
"""Words that are one token each, behind the byte pairs, in this order; the first ones are left out when decoded."""


def qwen_tokenizer(configs: Path) -> Any:
    """Qwen's tokenizer, 151669 tokens. Raises `ModelError` when its table is damaged."""
    transformers = engine_part("transformers")
    words = list(_words(_pairs(configs / MERGES)))
    vocabulary = {word: number for number, (word, _) in enumerate(words)}
    merges = [pair for _, pair in words if pair is not None]
    tokenizer = transformers.Qwen2Tokenizer(vocab=vocabulary, merges=merges)
    added = transformers.AddedToken
    tokenizer.add_tokens([added(word, special=True, normalized=False) for word in _SPECIAL])
    tokenizer.add_tokens([added(word, special=False, normalized=False) for word in _ADDED])
    return tokenizer


def _pairs(path: Path) -> Sequence[Sequence[int]]:
    try:
        numbers = np.frombuffer(lzma.decompress(path.read_bytes()), "<u4")
        pairs: list[list[int]] = numbers.reshape(-1, 2).tolist()
        return pairs
    except (OSError, ValueError, EOFError, lzma.LZMAError) as error:
        raise ModelError(
            "The table {path} cannot be read: {reason}", "Install Shoreline again.", path=path, reason=error
        ) from error


def _words(pairs: Sequence[Sequence[int]]) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Each token in the letters that stand for its bytes, and the two that it is joined of."""
    words = table_letters()
    yield from ((letter, None) for letter in words)
    for first, second in pairs:
        pair = words[first], words[second]
        words.append("".join(pair))
        yield words[-1], pair
