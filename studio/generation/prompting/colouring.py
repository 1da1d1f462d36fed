"""What of a line of a prompt is syntax, to be shown in another colour than the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from studio.generation.prompting.choices import WILDCARD
from studio.generation.prompting.comments import COMMENT
from studio.generation.prompting.emphasis import BREAK
from studio.generation.prompting.marks import LORA
from studio.generation.prompting.signs import EMBEDDING, folded, signs

Kind = Literal["sign", "name", "comment"]

_SIGN: Final = re.compile(r"[()\[\]{}|]|(?:(?<=[{|])\s*\d*\.?\d+::)|:\s*[+-]?\d*\.?\d+\s*(?=[)\]])")


@dataclass(frozen=True)
class Part:
    """Characters from ``start`` to ``end`` that are brackets and numbers, a name of something, or a comment."""

    start: int
    end: int
    kind: Kind


def coloured(line: str) -> tuple[Part, ...]:
    """The parts of a line, later ones over earlier ones."""
    return tuple(_parts(signs(line), folded(line)))


def _parts(found: str, plain: str) -> Iterator[Part]:
    for match in _SIGN.finditer(found):
        yield Part(match.start(), match.end(), "sign")
    for pattern, text in ((WILDCARD, found), (LORA, found), (BREAK, found), (EMBEDDING, plain)):
        for match in pattern.finditer(text):
            yield Part(match.start(), match.end(), "name")
    for match in COMMENT.finditer(found):
        yield Part(match.start(), match.end(), "comment")
