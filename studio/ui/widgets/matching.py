"""How well a text fits what somebody types to find it."""

from __future__ import annotations

from collections.abc import Iterable

_EXACT, _START, _WORD, _INSIDE, _SPREAD = 100, 80, 60, 40, 10


def score(query: str, texts: Iterable[tuple[str, int]]) -> int:
    """How well some texts fit ``query``; 0 when a word of it fits none of them.

    Each text comes with its weight. A word of the query fits a text that holds it, better at the start of the text or
    of a word; letters in their order but apart fit too ("fhz" finds "Flip Horizontally"), unless the weight is 1.
    """
    weighted = [(text.casefold(), weight) for text, weight in texts if text]
    total = 0
    for word in query.casefold().split():
        best = max((_fit(word, text, is_loose=weight > 1) * weight for text, weight in weighted), default=0)
        if best == 0:
            return 0
        total += best
    whole = " ".join(query.casefold().split())
    return total + sum(_EXACT * weight for text, weight in weighted if text == whole)


def _fit(word: str, text: str, *, is_loose: bool) -> int:
    place = text.find(word)
    if place == 0:
        return _START
    if place > 0:
        return _WORD if _starts_word(word, text) else _INSIDE
    return _SPREAD if is_loose and len(word) > 1 and _is_spread(word, text) else 0


def _starts_word(word: str, text: str) -> bool:
    place = text.find(word)
    while place > 0:
        if not text[place - 1].isalnum():
            return True
        place = text.find(word, place + 1)
    return place == 0


def _is_spread(word: str, text: str) -> bool:
    """Whether the letters stand in the text in their order, the first of them at the start of a word."""
    return any(_follows(word, text[place:]) for place in _word_starts(text))


def _word_starts(text: str) -> list[int]:
    return [place for place in range(len(text)) if place == 0 or not text[place - 1].isalnum()]


def _follows(word: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in word)
