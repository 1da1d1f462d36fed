"""Long prompts in the pieces that a text encoder reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from studio.generation.prompting.emphasis import Section

Tokenize: TypeAlias = Callable[[str], Sequence[int]]
"""Token ids of a text, without those for its start and end."""

BACK: Final = 20
"""So many tokens at the end of a full chunk move on to the next when they follow a comma: words stay together."""


@dataclass(frozen=True)
class Token:
    """A token's id with its weight."""

    id: int
    weight: float = 1.0


Chunk: TypeAlias = tuple[Token, ...]


def tokens_of(section: Section, tokenize: Tokenize) -> list[Token]:
    return [Token(int(token), span.weight) for span in section for token in tokenize(span.text)]


def chunks_of(sections: Iterable[Section], tokenize: Tokenize, room: int, comma: int | None) -> tuple[Chunk, ...]:
    """The chunks of at most ``room`` tokens that a prompt is read in, one at least. A section begins a new one.

    ``comma`` is the id of the token ",", behind which a chunk may end early.
    """
    found: list[Chunk] = []
    for section in sections:
        found += _cut(tokens_of(section, tokenize), room, comma) or [()]
    if len(found) > 1 and not found[-1]:
        found.pop()  # nothing follows the last BREAK
    return tuple(found)


def _cut(tokens: list[Token], room: int, comma: int | None) -> list[Chunk]:
    chunks: list[Chunk] = []
    while len(tokens) > room:
        end = _end(tokens, room, comma)
        chunks.append(tuple(tokens[:end]))
        tokens = tokens[end:]
    return [*chunks, tuple(tokens)] if tokens else chunks


def _end(tokens: list[Token], room: int, comma: int | None) -> int:
    """Where a full chunk ends: behind the last comma, if that is near and more words follow."""
    if comma is None or tokens[room].id == comma:
        return room
    near = (place + 1 for place in range(room - 1, max(room - BACK, 1) - 1, -1) if tokens[place].id == comma)
    return next(near, room)
