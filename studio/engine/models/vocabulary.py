"""The words that a model was taught, for those that know few: ``vocabulary.json`` in its folder.

``{"words": ["cat", "猫", ...], "knows": {"en": ["cat", ...], "zh": ["猫", ...]}}``: all words and phrases of its
captions in lower case, and what of them a person would like to hear. What is left of a prompt is not known to it:
words of other scripts, emoji and numerals too. A model without the file is taken to know everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.engine.models.settings_files import read_json, unusable_value
from studio.message import Message

FILE: Final = "vocabulary.json"

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECES: Final = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[\w\u0300-\u036f'’-])+|[^\w\s]")
_SYMBOL: Final = re.compile(r"[\u00a9\u00ae\u2190-\u2bff\U0001f000-\U0001faff]")
"""Arrows, dingbats and emoji; what else is neither a letter nor a numeral is punctuation and says nothing."""
_MOST_NAMED: Final = 8
"""So many unknown words are named in a notice."""


@dataclass(frozen=True)
class Vocabulary:
    """Known words in lower case, the length of the longest, and what of them to name, by language."""

    words: frozenset[str]
    longest: int
    knows: dict[str, tuple[str, ...]]

    def unknown(self, prompt: str) -> tuple[str, ...]:
        """What a prompt says that was not taught, in the order of the prompt and each once."""
        pieces = (piece for match in _PIECES.finditer(prompt.lower()) for piece in self._left_of(match[0]))
        return tuple(dict.fromkeys(pieces))

    def notice(self, model: str, prompt: str) -> str:
        """A sentence about the unknown words of a prompt, or an empty one where all are known."""
        unknown = self.unknown(prompt)
        if not unknown:
            return ""
        named = ", ".join(unknown[:_MOST_NAMED])
        if (others := len(unknown) - _MOST_NAMED) > 0:
            named = Message("{words} and {count} more", words=named, count=others)
        language = "zh" if any(re.match(f"[{_HAN}]", word) for word in unknown) else "en"
        known = ", ".join(self.knows.get(language) or self.knows.get("en", ()))
        return Message(
            "The model {model!r} does not know: {words}. It knows: {known}.", model=model, words=named, known=known
        )

    def _left_of(self, piece: str) -> Iterator[str]:
        if re.match(f"[{_HAN}]", piece):
            yield from self._left_of_chinese(piece)
        elif piece[0].isalnum():
            yield from (word for word in re.split(r"[-_'’]+", piece) if word and not self._knows_word(word))
        elif _SYMBOL.match(piece):
            yield piece

    def _left_of_chinese(self, run: str) -> Iterator[str]:
        """What remains of Chinese characters that are written together, the longest known words taken out first."""
        start, left = 0, ""
        while start < len(run):
            taken = next((n for n in range(self.longest, 0, -1) if run[start : start + n] in self.words), 0)
            if taken and left:
                yield left
            left = "" if taken else left + run[start]
            start += taken or 1
        if left:
            yield left

    def _knows_word(self, word: str) -> bool:
        """Whether a word is known, or is the plural of one that is. A single letter is what an apostrophe left."""
        if len(word) == 1 and word.isascii() and word.isalpha():
            return True
        return any(form in self.words for form in (word, word.removesuffix("s"), word.removesuffix("es")))


def read_vocabulary(model: Path) -> Vocabulary | None:
    """The vocabulary of the model in a folder; ``None`` for one that has none, such as a one-file checkpoint.

    Raises `ModelError` naming the file when it is damaged or a value cannot be used.
    """
    file = model / FILE
    if not file.is_file():
        return None
    values = read_json(file)
    knows = values.get("knows", {})
    if not isinstance(knows, dict):
        raise unusable_value(file, "knows")
    words = _words(file, "words", values.get("words"))
    return Vocabulary(
        frozenset(words),
        max(map(len, words), default=0),
        {name: _words(file, "knows", named) for name, named in knows.items()},
    )


def _words(file: Path, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise unusable_value(file, key)
    return tuple(value)
