"""The signs of a prompt's syntax, as they stand in a text: also full-width ones, never escaped ones."""

from __future__ import annotations

import re
from typing import Final

_WIDE: Final = "（）［］｛｝：｜＜＞＼＃＿．＋－０１２３４５６７８９"
_PLAIN: Final = "()[]{}:|<>\\#_.+-0123456789"
_FOLDED: Final = str.maketrans(_WIDE, _PLAIN)
_BRACKETS_TOO: Final = str.maketrans("【】", "[]")
_ESCAPED: Final = re.compile(r"\\[()\[\]{}|:<>#_\\]")
_PAIRS: Final = {")": "(", "]": "[", "}": "{"}

EMBEDDING: Final = re.compile(r"(?<![\w\0])embedding:([^\s,:()\[\]{}|<>\0，、。；]+)")
"""``embedding:name`` in signs; its colon separates nothing."""


def folded(text: str) -> str:
    """A text of the same length with the signs that a Chinese input method types as those of ASCII."""
    return text.translate(_FOLDED)


def signs(text: str, *, lenticular: bool = False) -> str:
    """A text of the same length to look for syntax in: signs in ASCII, escaped ones blotted out by NUL.

    With ``lenticular`` 【 and 】 are square brackets too.
    """
    found = _ESCAPED.sub("\0\0", folded(text.replace("\0", " ")))
    found = EMBEDDING.sub(lambda match: match[0].replace(":", "\0", 1), found)
    return found.translate(_BRACKETS_TOO) if lenticular else found


def unescaped(text: str) -> str:
    """A text as it is meant: without the backslash before each escaped sign."""
    kept, last = [], 0
    for match in _ESCAPED.finditer(folded(text)):
        kept.append(text[last : match.start()])
        last = match.start() + 1
    return "".join([*kept, text[last:]])


def partners(text: str) -> dict[int, int]:
    """Where each closed bracket of ``text``, as from `signs`, ends: position of "(", "[" or "{" to that of its partner.

    The kinds do not see each other, so that a stray one of one kind leaves the others alone.
    """
    open_at: dict[str, list[int]] = {opening: [] for opening in _PAIRS.values()}
    found = {}
    for position, sign in enumerate(text):
        if sign in open_at:
            open_at[sign].append(position)
        elif sign in _PAIRS and open_at[_PAIRS[sign]]:
            found[open_at[_PAIRS[sign]].pop()] = position
    return found


def split_points(text: str, start: int, end: int, separator: str, closed: dict[int, int]) -> list[int]:
    """Where ``separator`` stands in ``text[start:end]`` outside of every bracket that closes there."""
    points, position = [], start
    while position < end:
        inner = closed.get(position, end)
        if inner < end:
            position = inner
        elif text[position] == separator:
            points.append(position)
        position += 1
    return points
