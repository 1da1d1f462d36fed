"""Sentences that are made in one place and shown in another language in another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Sentence:
    """A sentence with places for values, so that the window can say it in its own language.

    Values that are whole numbers are amounts of bytes.
    """

    template: str
    values: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
