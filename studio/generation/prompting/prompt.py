"""A prompt as a value: what was drawn by lot, what changes over the steps, and what it names beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studio.generation.loras import LoraUse
from studio.generation.prompting.choices import Lot, Wildcards, no_wildcards
from studio.generation.prompting.comments import without_comments
from studio.generation.prompting.emphasis import sections
from studio.generation.prompting.marks import embedding_names, lora_uses
from studio.generation.prompting.schedules import Script, all_words, parse_script, words_at

_ROUNDS: Final = 8
"""What was drawn may give a new choice or comment together with what is beside it, but not for ever."""


@dataclass(frozen=True)
class Prompt:
    """A prompt that leaves nothing to chance.

    ``text`` is it as it is stored: parsed again it gives the same. ``script`` is what the model reads, by pieces that
    may change over the steps; weights are in its words, see `sections`. ``loras`` and ``embeddings`` are those it
    names, in order; embeddings stand in the script too, as ``embedding:name``. ``notes`` are for the person.
    """

    text: str
    script: Script
    loras: tuple[LoraUse, ...] = ()
    embeddings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def at(self, step: int, steps: int) -> str:
        """What the model reads at a step (from 0) of those that run, with weights: for `sections`."""
        return words_at(self.script, step, steps)

    def over(self, steps: int) -> tuple[str, ...]:
        """The same for every step."""
        if all(isinstance(piece, str) for piece in self.script):
            return (self.at(0, steps),) * steps
        return tuple(self.at(step, steps) for step in range(steps))

    @property
    def words(self) -> str:
        """All that is said at any step, without signs and weights."""
        return " ".join(span.text for section in sections(all_words(self.script)) for span in section)


def parse(text: str, seed: int = 0, wildcards: Wildcards = no_wildcards) -> Prompt:
    """The prompt that a text is with a seed. The same text, seed and wildcards give the same; none is an error."""
    resolved, notes = resolve(text, seed, wildcards)
    read, loras, doubts = lora_uses(resolved)
    return Prompt(
        text=resolved,
        script=parse_script(read),
        loras=loras,
        embeddings=embedding_names(read),
        notes=(*notes, *doubts),
    )


def resolve(text: str, seed: int, wildcards: Wildcards = no_wildcards) -> tuple[str, tuple[str, ...]]:
    """The text without comments and with what the seed draws of its choices and wildcards; and notes."""
    lot = Lot(seed, wildcards)
    for _ in range(_ROUNDS):
        before, text = text, lot.drawn(without_comments(text))
        if text == before:
            break
    return text, tuple(lot.notes)
