"""Making words of a prompt weigh more or less, as a key does it: brackets come, change and go by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from studio.generation.prompting.emphasis import STEP
from studio.generation.prompting.marks import LORA, number
from studio.generation.prompting.signs import partners, signs

_WORD: Final = re.compile(r"[\w'’\0-]+")
_WEIGHT: Final = re.compile(r":\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*$")
_LORA_WEIGHT: Final = re.compile(r":\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*(?=[:>])")
_LEAST: Final = 0.0
_MOST: Final = 10.0


@dataclass(frozen=True)
class Edit:
    """``text`` instead of what stands between ``start`` and ``end``; then ``selected`` (from, to) is what was meant."""

    start: int
    end: int
    text: str
    selected: tuple[int, int]


def reweighted(text: str, start: int, end: int, change: float) -> Edit | None:
    """The edit by which what is selected weighs ``change`` more; ``None`` where there is nothing to weigh.

    With nothing selected it is the LoRA, else the innermost brackets around the cursor, else the word there.
    """
    found = signs(text)
    lora = next((each for each in LORA.finditer(found) if each.start() <= start and end <= each.end()), None)
    if lora is not None:
        return _of_lora(found, lora, change)
    start, end = _trimmed(text, start, end)
    group = _group(found, start, end)
    if group is not None:
        return _of_group(text, found, group, change)
    if start == end:
        start, end = _word_at(found, start)
    if start == end:
        return None
    return _written(text[start:end], start, end, 1.0 + change, "()")


def _of_lora(found: str, lora: re.Match[str], change: float) -> Edit:
    weight = _LORA_WEIGHT.search(found, lora.end(1), lora.end())
    if weight is None:
        start = end = lora.end() - 1
        old = 1.0
    else:
        start, end = weight.span()
        old = number(weight[1]) or 0.0
    shown = f":{_shown(old + change, least=-_MOST)}"
    place = start + len(shown)
    return Edit(start, end, shown, (place, place))


def _of_group(text: str, found: str, group: tuple[int, int], change: float) -> Edit:
    first, last = group
    weight = _WEIGHT.search(found, first + 1, last)
    inner = last if weight is None else weight.start()
    old = STEP if weight is None else number(weight[1]) or 0.0
    return _written(text[first + 1 : inner], first, last + 1, old + change, text[first] + text[last])


def _written(words: str, start: int, end: int, weight: float, brackets: str) -> Edit:
    """The words with a weight, in brackets unless that is 1."""
    shown = _shown(weight)
    if shown == "1":
        return Edit(start, end, words, (start, start + len(words)))
    text = f"{brackets[0]}{words}:{shown}{brackets[1]}"
    return Edit(start, end, text, (start + 1, start + 1 + len(words)))


def _shown(weight: float, *, least: float = _LEAST) -> str:
    return f"{round(min(max(weight, least), _MOST), 2) + 0.0:g}"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The selection without the blanks at its ends."""
    words = text[start:end]
    if not words.strip():
        return start, start
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def _group(found: str, start: int, end: int) -> tuple[int, int] | None:
    """The innermost round brackets that a cursor is in or at, or that a selection is all of."""
    around = [(first, last) for first, last in partners(found).items() if found[first] == "("]
    if start == end:
        around = [(first, last) for first, last in around if first <= start <= last + 1]
    else:
        around = [pair for pair in around if (start, end) in ((pair[0], pair[1] + 1), _inside(found, *pair))]
    return max(around, default=None)


def _inside(found: str, first: int, last: int) -> tuple[int, int]:
    """What stands in brackets before their weight."""
    weight = _WEIGHT.search(found, first + 1, last)
    return first + 1, last if weight is None else weight.start()


def _word_at(found: str, position: int) -> tuple[int, int]:
    """The word that a cursor is in, or at the end of."""
    spans = (match.span() for match in _WORD.finditer(found))
    return next((span for span in spans if span[0] <= position <= span[1]), (position, position))
