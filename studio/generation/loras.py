"""LoRAs that a picture is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from studio.system.records import Record, maybe, number, text

MOST_LORA_WEIGHT: Final = 4.0
"""Weights beyond it, and below its negative, are taken for it."""
_MOST: Final = 1e9


@dataclass(frozen=True)
class LoraUse(Record):
    """A LoRA by its name with its weight, and the one for its text encoders where that is another (else ``None``)."""

    name: str = text()
    weight: float = number(1.0, least=-_MOST, most=_MOST)
    text_weight: float | None = maybe(number(least=-_MOST, most=_MOST))

    @property
    def for_text(self) -> float:
        """The weight in the text encoders."""
        return self.weight if self.text_weight is None else self.text_weight

    def times(self, share: float) -> LoraUse:
        """The same, as strong by so much."""
        in_text = None if self.text_weight is None else self.text_weight * share
        return self.with_changes(weight=self.weight * share, text_weight=in_text)
