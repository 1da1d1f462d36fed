"""Weights of words: ``(x)`` is 1.1 times as strong, ``(x:1.3)`` 1.3 times, ``[x]`` 1.1 times weaker; they multiply.

As the wiki of the program that these signs come from has it: a bracket that is never closed holds to the end, one that
was never opened is a letter, and ``BREAK`` ends a section.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from studio.generation.prompting.marks import MOST_WEIGHT, number
from studio.generation.prompting.signs import signs, unescaped

STEP: Final = 1.1
"""What one pair of brackets multiplies by, or divides."""

BREAK: Final = re.compile(r"\s*(?<![A-Za-z0-9_])BREAK(?![A-Za-z0-9_])\s*")
WEIGHT_END: Final = re.compile(r":\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*\)")
"""``:1.3)`` in `signs`."""

_SIGN: Final = re.compile(rf"{WEIGHT_END.pattern}|[()\[\]]|{BREAK.pattern}")
_DEEPEST: Final = 50
"""So many brackets of a kind may be open; further ones are letters."""


@dataclass(frozen=True)
class Span:
    """Words, as they are meant, with their weight."""

    text: str
    weight: float = 1.0


Section = tuple[Span, ...]
"""The words between two ``BREAK``."""


def sections(text: str) -> tuple[Section, ...]:
    """The words of a prompt at one step, with their weights. A text without signs is one span of weight 1."""
    reader = _Reader()
    found, last = signs(text), 0
    for match in _SIGN.finditer(found):
        reader.add(text[last : match.start()])
        reader.sign(match, text)
        last = match.end()
    reader.add(text[last:])
    return reader.sections()


class _Reader:
    """Collects words, and multiplies the weights of those since a bracket was opened."""

    def __init__(self) -> None:
        self._words: list[tuple[str, float] | None] = []
        self._open: dict[str, list[int]] = {"(": [], "[": []}

    def add(self, words: str) -> None:
        if words:
            self._words.append((words, 1.0))

    def sign(self, match: re.Match[str], text: str) -> None:
        sign, written = match[0], text[match.start() : match.end()]
        if sign.strip() == "BREAK":
            self._words.append(None)
        elif sign in self._open and len(self._open[sign]) < _DEEPEST:
            self._open[sign].append(len(self._words))
        elif sign == ")" and self._open["("]:
            self._multiply(self._open["("].pop(), STEP)
        elif sign == "]" and self._open["["]:
            self._multiply(self._open["["].pop(), 1.0 / STEP)
        elif match[1] is not None and self._open["("]:
            self._multiply(self._open["("].pop(), number(match[1]) or 0.0)
        else:
            self.add(written)

    def sections(self) -> tuple[Section, ...]:
        for kind, factor in (("(", STEP), ("[", 1.0 / STEP)):
            for start in self._open[kind]:
                self._multiply(start, factor)
            self._open[kind] = []
        found: list[list[tuple[str, float]]] = [[]]
        for words in self._words:
            if words is None:
                found.append([])
            else:
                found[-1].append(words)
        return tuple(_merged(section) for section in found)

    def _multiply(self, start: int, factor: float) -> None:
        for index in range(start, len(self._words)):
            words = self._words[index]
            if words is not None:
                self._words[index] = words[0], words[1] * factor


def _merged(section: list[tuple[str, float]]) -> Section:
    """Spans with neighbours of the same weight together, as one text for the tokenizer."""
    spans: list[tuple[str, float]] = []
    for text, weight in section:
        if spans and spans[-1][1] == weight:
            spans[-1] = spans[-1][0] + text, weight
        else:
            spans.append((text, weight))
    return tuple(Span(unescaped(text), min(max(weight, -MOST_WEIGHT), MOST_WEIGHT)) for text, weight in spans)
