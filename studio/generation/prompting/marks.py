"""What a prompt names beside its words: ``<lora:name:0.8>`` and ``embedding:name``."""

from __future__ import annotations

import re
from typing import Final

from studio.generation.loras import LoraUse
from studio.generation.prompting.signs import EMBEDDING, folded, signs
from studio.message import Message

LORA: Final = re.compile(r"<lora:([^<>:\n\0]+)((?::[^<>:\n\0]*)*)>")
"""``<lora:name>`` with weights behind it, in `signs`."""

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
MOST_WEIGHT: Final = 100.0
"""Weights beyond it, and below its negative, are taken for it."""


def lora_uses(text: str) -> tuple[str, tuple[LoraUse, ...], tuple[str, ...]]:
    """The text without its LoRAs, these in order, and notes about those whose weights are no numbers."""
    kept, uses, notes, last = [], [], [], 0
    for match in LORA.finditer(signs(text)):
        use = _use(text[match.start(1) : match.end(1)], match[2])
        if use is None:
            written = text[match.start() : match.end()]
            notes.append(Message("The weight of {lora} is no number, so it was read as words.", lora=written))
            continue
        uses.append(use)
        kept.append(text[last : match.start()])
        last = match.end()
    return "".join([*kept, text[last:]]), tuple(uses), tuple(notes)


def without_lora(text: str, name: str) -> str:
    """The text without what names this LoRA."""
    kept, last = [], 0
    for match in LORA.finditer(signs(text)):
        if text[match.start(1) : match.end(1)].strip() == name:
            kept.append(text[last : match.start()])
            last = match.end()
    return "".join([*kept, text[last:]])


def embedding_names(text: str) -> tuple[str, ...]:
    """The embeddings that a text names, each once."""
    names = (text[match.start(1) : match.end(1)] for match in EMBEDDING.finditer(folded(text)))
    return tuple(dict.fromkeys(names))


def _use(name: str, weights: str) -> LoraUse | None:
    """Two weights are those of the text encoders and of the network, in this order."""
    numbers = [number(part) for part in weights.split(":")[1:]]
    found = [each for each in numbers if each is not None]
    if len(found) != len(numbers) or len(found) > 2:
        return None
    if len(found) == 2:
        return LoraUse(name.strip(), found[1], found[0])
    return LoraUse(name.strip(), *found)


def number(text: str) -> float | None:
    """The number that a sign text is, within +-100; ``None`` for what is none."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    return min(max(float(text), -MOST_WEIGHT), MOST_WEIGHT)
