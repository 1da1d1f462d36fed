"""Prompts that change while a picture is drawn: ``[a:b:0.4]``, ``[a:0.4]``, ``[a::0.4]``, ``[a|b]``."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, TypeAlias

from studio.generation.prompting.signs import partners, signs, split_points

_WHEN: Final = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*")
_DEEPEST: Final = 40
_MOST_OPTIONS: Final = 500


@dataclass(frozen=True)
class When:
    """A moment of the drawing: after ``share`` 0..1 of the steps, or after so many ``steps``."""

    share: float | None = None
    steps: int = 0

    def first_step(self, steps: int) -> int:
        """The first step, from 0, that comes after the moment."""
        if self.share is None:
            return self.steps
        return math.floor(self.share * steps + 1e-9)


@dataclass(frozen=True)
class Change:
    """``before`` until a moment, then ``after``."""

    before: Script
    after: Script
    when: When


@dataclass(frozen=True)
class Alternation:
    """One option each step, in turn."""

    options: tuple[Script, ...]


Script: TypeAlias = tuple["str | Change | Alternation", ...]
"""A prompt by its pieces in order."""


def parse_script(text: str) -> Script:
    """The pieces of a prompt; brackets that say neither when nor what else stay in its words."""
    return _parsed(_Text(text, signs(text, lenticular=True), 0))


def words_at(script: Script, step: int, steps: int) -> str:
    """The prompt at a step (from 0) of ``steps``."""
    return "".join(_words(piece, step, steps) for piece in script)


def all_words(script: Script) -> str:
    """Everything that a prompt says at any step."""
    return "".join(piece if isinstance(piece, str) else " ".join(map(all_words, _branches(piece))) for piece in script)


def _words(piece: str | Change | Alternation, step: int, steps: int) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Alternation):
        return words_at(piece.options[step % len(piece.options)], step, steps)
    return words_at(piece.before if step < piece.when.first_step(steps) else piece.after, step, steps)


def _branches(piece: Change | Alternation) -> tuple[Script, ...]:
    return piece.options if isinstance(piece, Alternation) else (piece.before, piece.after)


@dataclass(frozen=True)
class _Text:
    """A text to parse, its signs, where its brackets end, and within how many brackets it stands."""

    text: str
    found: str
    depth: int

    @cached_property
    def closed(self) -> dict[int, int]:
        return partners(self.found)

    def between(self, first: int, last: int) -> Script:
        """The pieces between two signs."""
        return _parsed(_Text(self.text[first + 1 : last], self.found[first + 1 : last], self.depth + 1))


def _parsed(given: _Text) -> Script:
    pieces: list[str | Change | Alternation] = []
    position, last = given.found.find("["), 0
    while position >= 0:
        end = given.closed.get(position)
        piece = None if end is None or given.depth >= _DEEPEST else _bracket(given, position, end)
        if piece is not None and end is not None:
            pieces += [given.text[last:position], piece]
            position = last = end + 1
        position = given.found.find("[", position + (piece is None))
    pieces.append(given.text[last:])
    return tuple(piece for piece in pieces if piece)


def _bracket(given: _Text, start: int, end: int) -> Change | Alternation | None:
    """What a pair of brackets stands for, if not for less weight."""
    bars = split_points(given.found, start + 1, end, "|", given.closed)
    if bars:
        edges = [start, *bars[: _MOST_OPTIONS - 1], end]
        return Alternation(tuple(given.between(*edge) for edge in pairwise(edges)))
    colons = split_points(given.found, start + 1, end, ":", given.closed)
    when = _when(given.found[colons[-1] + 1 : end]) if len(colons) in (1, 2) else None
    if when is None:
        return None
    if len(colons) == 1:
        return Change((), given.between(start, colons[0]), when)
    return Change(given.between(start, colons[0]), given.between(*colons), when)


def _when(written: str) -> When | None:
    """A number with a point, up to 1, is a share; any other one counts steps."""
    match = _WHEN.fullmatch(written)
    if match is None:
        return None
    value = min(float(match[1]), 1e6)
    return When(share=value) if "." in match[1] and value <= 1.0 else When(steps=int(value))
