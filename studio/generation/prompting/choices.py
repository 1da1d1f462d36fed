"""What is drawn by lot: ``{red|blue}``, ``{2::red|blue}``, and ``__name__``, a line of a wildcard file."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

from studio.generation.prompting.signs import folded, partners, signs, split_points
from studio.generation.settings import MAX_PROMPT
from studio.message import Message

Wildcards: TypeAlias = Callable[[str], Sequence[str] | None]
"""The lines of a wildcard by its name, or ``None`` for one that is not there."""

WILDCARD: Final = re.compile(r"__(?![\s_])([^\n,(){}\[\]|<>\"?#:\\\0]{1,200}?)(?<!\s)__(?!_)")
"""``__name__`` in `signs`."""
WEIGHT: Final = re.compile(r"\s*(\d+\.?\d*|\.\d+)::")
"""How often an option is drawn, in `signs`."""

_PLAIN: Final = re.compile(r"[^_{]+")
_MOST_DRAWN: Final = 1000
_MOST_WEIGHT: Final = 1e6
_DEEPEST: Final = 40


def no_wildcards(_name: str) -> None:
    """The wildcards of who has none."""


class Lot:
    """Draws what a text leaves to chance: the same for the same seed, text and wildcards.

    ``notes`` say what it could not.
    """

    def __init__(self, seed: int, wildcards: Wildcards = no_wildcards) -> None:
        self._random = random.Random(seed)
        self._wildcards = wildcards
        self._left = _MOST_DRAWN
        self.notes: list[str] = []

    def drawn(self, text: str, trail: tuple[str, ...] = ()) -> str:
        """The text with one option of each choice and one line of each wildcard. ``trail`` are wildcards it is from.

        Braces without an option to choose stay as they are, and so does a wildcard that is not there.
        """
        found = signs(text)
        closed, parts = partners(found), list[str]()
        position, room = 0, MAX_PROMPT if len(trail) < _DEEPEST else 0
        while position < len(text) and room > 0:
            part, position = self._part(text, found, position, closed, trail)
            parts.append(part)
            room -= len(part)
        return self._bounded("".join([*parts, text[position:]]))

    def _part(
        self, text: str, found: str, start: int, closed: dict[int, int], trail: tuple[str, ...]
    ) -> tuple[str, int]:
        """What stands at ``start``, drawn, and where it ends."""
        wildcard = WILDCARD.match(found, start) if found.startswith("__", start) else None
        if wildcard is not None:
            return self._line(text[wildcard.start(1) : wildcard.end(1)], wildcard[0], trail), wildcard.end()
        if found[start] == "{" and start in closed:
            bars = split_points(found, start + 1, closed[start], "|", closed)
            if bars:
                return self._option(_cut(text, start, bars, closed[start]), trail), closed[start] + 1
        ahead = _PLAIN.match(found, start + 1)
        end = start + 1 if ahead is None else ahead.end()
        return text[start:end], end

    def _option(self, options: list[str], trail: tuple[str, ...]) -> str:
        chosen = self._weighted(options)
        return self.drawn(chosen, (*trail, ""))

    def _line(self, name: str, written: str, trail: tuple[str, ...]) -> str:
        name = name.strip().strip("/")
        if name in trail:
            note = Message("The wildcard {name} leads back to itself, and was left out there.", name=written)
            return self._note(note, "")
        lines = self._wildcards(name)
        if lines is None:
            note = Message("There is no wildcard {name}, so it was read as it stands.", name=written)
            return self._note(note, written)
        if not lines:
            return self._note(Message("The wildcard {name} has no lines, and was left out.", name=written), "")
        return self.drawn(self._weighted(lines), (*trail, name))

    def _weighted(self, options: Sequence[str]) -> str:
        """One of the options without its weight; the first, once too many were drawn."""
        sums = list(accumulate(_weight(option) for option in options))
        place = self._random.random() * sums[-1] if self._left > 0 else 0.0
        self._left -= 1
        chosen = options[min(bisect_right(sums, place), len(options) - 1)]
        head = WEIGHT.match(folded(chosen))
        return chosen if head is None else chosen[head.end() :]

    def _note(self, text: Message, instead: str) -> str:
        if text not in self.notes:
            self.notes.append(text)
        return instead

    def _bounded(self, text: str) -> str:
        if len(text) <= MAX_PROMPT:
            return text
        note = Message("The prompt became too long; it ends after {most} characters.", most=MAX_PROMPT)
        return self._note(note, text[:MAX_PROMPT])


def _weight(option: str) -> float:
    head = WEIGHT.match(folded(option)) if ":" in option or "：" in option else None
    return 1.0 if head is None else min(float(head[1]), _MOST_WEIGHT)


def _cut(text: str, start: int, bars: list[int], end: int) -> list[str]:
    """What stands between a bracket at ``start``, the bars, and the closing bracket at ``end``."""
    edges = [start, *bars, end]
    return [text[first + 1 : last] for first, last in pairwise(edges)]
