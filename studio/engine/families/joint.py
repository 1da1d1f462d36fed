"""Transformers that read words and picture as one sequence."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from studio.api.families import JointSequence


@runtime_checkable
class Joint(Protocol):
    """A denoiser whose network is such a transformer."""

    @property
    def sequence(self) -> JointSequence: ...
