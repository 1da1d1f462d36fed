"""Transformers that read words and picture as one sequence: how it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, kw_only=True)
class JointSequence:
    """``patch`` are the cells along one side of what is one token of the picture.

    Words come first, or else the picture; each is filled up to whole multiples of ``multiple`` tokens. In layers whose
    names begin with ``picture_alone`` there are no words. Where only tokens that count are read, ``skips_filling``.
    """

    patch: int
    words_first: bool = True
    multiple: int = 1
    picture_alone: str | None = None
    skips_filling: bool = False

    def filled(self, tokens: int) -> int:
        """How many tokens so many take."""
        return -(-tokens // self.multiple) * self.multiple


@runtime_checkable
class Joint(Protocol):
    """A denoiser whose network is such a transformer."""

    @property
    def sequence(self) -> JointSequence: ...
