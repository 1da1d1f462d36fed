"""What is said of the end of a prompt that a model has no room for."""

from __future__ import annotations

import re
from typing import Final

from studio.message import Message

_WORD: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
"""A word between blanks, or a character of a script that has none."""
_NAMED: Final = 5
_LONGEST: Final = 40
"""So many words of it are named at most, and so many letters."""


def left_out(end: str) -> Message:
    """How much of a prompt was left out, and where that begins: a sentence."""
    ends = [match.end() for match in _WORD.finditer(end)]
    count = len(ends)
    first = end[: ends[:_NAMED][-1]].strip() if ends else ""
    named = first[:_LONGEST].rstrip() + ("…" if count > _NAMED or len(first) > _LONGEST else "")
    if count == 1:
        return Message("The prompt is too long for the model: its last word was left out ({words}).", words=named)
    return Message(
        "The prompt is too long for the model: its last {count} words were left out ({words}).",
        count=count,
        words=named,
    )
