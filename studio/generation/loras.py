"""LoRAs that a picture is drawn with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MOST_LORA_WEIGHT: Final = 4.0
"""Weights beyond it, and below its negative, are taken for it."""


@dataclass(frozen=True)
class LoraUse:
    """A LoRA by its name with its weight, and the one for its text encoders where that is another (else ``None``)."""

    name: str
    weight: float = 1.0
    text_weight: float | None = None

    @property
    def for_text(self) -> float:
        """The weight in the text encoders."""
        return self.weight if self.text_weight is None else self.text_weight

    def times(self, share: float) -> LoraUse:
        """The same, as strong by so much."""
        text = None if self.text_weight is None else self.text_weight * share
        return replace(self, weight=self.weight * share, text_weight=text)
