"""Counts the tokens of CLIP's tokenizers without torch: byte pairs, merged by the rank of each pair (Sennrich 2016).

The tables are those of a model's own folder, ``merges.txt`` or the merges in ``tokenizer.json``, or the packed one that
ships with Shoreline.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from studio.engine.models.byte_letters import byte_letters
from studio.engine.models.tokenizers import MERGES
from studio.engine.models.vocabulary import FILE as VOCABULARY
from studio.generation.prompting import chunks_of, parse, sections
from studio.text.untrusted import parse_json

if TYPE_CHECKING:
    from studio.engine.models.library import ModelInfo

WINDOW: Final = 75
"""Tokens that CLIP reads at once, without start and end."""
COMMA: Final = 0

_CLIP_FAMILIES: Final = ("sd1", "sd2", "sdxl")
_OTHER: Final = 1
_WORDS: Final = re.compile(
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|(?:[^\s\w]|_)+", re.IGNORECASE
)
_END: Final = "</w>"
_LONGEST: Final = 200
"""Letters of a word that are merged together: the time grows with their square."""
_MOST_BYTES: Final = 16 * 1024**2


class BytePairs:
    """A table of merges. Safe for one thread at a time."""

    def __init__(self, merges: Iterable[tuple[str, str]]) -> None:
        self._ranks = {pair: rank for rank, pair in enumerate(merges)}
        self._known: dict[str, int] = {}

    def tokens(self, text: str) -> list[int]:
        """A number for each token of a text: `COMMA`, or another one."""
        words = _WORDS.findall(" ".join(unicodedata.normalize("NFC", text).split()).lower())
        return [token for word in words for token in self._of_word(word)]

    def _of_word(self, word: str) -> list[int]:
        if word == ",":
            return [COMMA]
        if word not in self._known:
            parts = (word[start : start + _LONGEST] for start in range(0, len(word), _LONGEST))
            self._known[word] = sum(self._count(part) for part in parts)
        return [_OTHER] * self._known[word]

    def _count(self, word: str) -> int:
        letters = byte_letters()
        pieces = [letters[byte] for byte in word.encode("utf-8", "replace")]
        pieces[-1] += _END
        while len(pieces) > 1:
            ranks = [self._ranks.get(pair, len(self._ranks)) for pair in pairwise(pieces)]
            best = min(range(len(ranks)), key=ranks.__getitem__)
            if ranks[best] == len(self._ranks):
                break
            pieces[best : best + 2] = [pieces[best] + pieces[best + 1]]
        return len(pieces)


def count_tokens(table: BytePairs, prompt: str, *, has_one_window: bool) -> tuple[int, int]:
    """How many tokens a prompt has, and how many fit into the windows that it is read in: ``(43, 75)``.

    A prompt that changes over the steps is as long as at its longest. Words before a ``BREAK`` count as the whole
    window that they get.
    """
    counts = [_count_at(table, words, has_one_window) for words in dict.fromkeys(parse(prompt).over(_STEPS))]
    return max(counts)


_STEPS: Final = 12
"""So many steps are looked at."""


def _count_at(table: BytePairs, words: str, has_one_window: bool) -> tuple[int, int]:
    said = sections(words)
    if has_one_window:
        return sum(len(table.tokens(span.text)) for section in said for span in section), WINDOW
    chunks = chunks_of(said, table.tokens, WINDOW, COMMA)
    return WINDOW * (len(chunks) - 1) + len(chunks[-1]), WINDOW * len(chunks)


@dataclass(frozen=True)
class Tokenizer:
    """Where a model's tokenizer is, and whether the model reads a prompt in one window only."""

    folder: Path
    has_one_window: bool = False


def tokenizer_of(model: ModelInfo, configs: Path) -> Tokenizer | None:
    """The tokenizer of a model: its own, else CLIP's in ``configs``; ``None`` for a family that reads with another."""
    if model.family not in _CLIP_FAMILIES:
        return None
    own = (model.path / name for name in ("tokenizer", "tokenizer_2")) if model.format == "folder" else ()
    folder = next((folder for folder in own if folder.is_dir()), None)
    if folder is not None:
        return Tokenizer(folder, has_one_window=(model.path / VOCABULARY).is_file())
    return Tokenizer((configs / MERGES).parent)


class TokenCounts:
    """Counts tokens, and keeps the table that it read last. For one thread."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._table: BytePairs | None = None

    def count(self, tokenizer: Tokenizer, prompt: str) -> tuple[int, int] | None:
        """What `count_tokens` says, or ``None`` for a tokenizer that cannot be read."""
        if tokenizer.folder != self._folder:
            self._folder, self._table = tokenizer.folder, read_byte_pairs(tokenizer.folder)
        if self._table is None:
            return None
        return count_tokens(self._table, prompt, has_one_window=tokenizer.has_one_window)


def read_byte_pairs(tokenizer: Path) -> BytePairs | None:
    """The table in a tokenizer's folder, or ``None`` where there is none that can be read."""
    try:
        merges, packed = tokenizer / "merges.txt", tokenizer / Path(MERGES).name
        if merges.is_file():
            return BytePairs(_lines(_read(merges)))
        if packed.is_file():
            return BytePairs(_lines(lzma.decompress(_read(packed))))
        model = parse_json(_read(tokenizer / "tokenizer.json"))["model"]
        pairs = [tuple(pair.split(" ")) if isinstance(pair, str) else tuple(pair) for pair in model["merges"]]
        return BytePairs((first, second) for first, second in pairs)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _lines(data: bytes) -> Iterable[tuple[str, str]]:
    for line in data.decode("utf-8").splitlines():
        first, blank, second = line.partition(" ")
        if blank and not line.startswith("#version"):
            yield first, second
