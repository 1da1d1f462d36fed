"""Sizes at which a model works, and what it sees of a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ModelLimits:
    """Sizes a model works at, in pixels: sides are multiples of ``multiple``, best between
    ``minimum_side`` and ``maximum_side``; ``native_side`` is the side it was trained at.

    ``is_flow`` says that it was taught the flow from picture to noise, which not every scheduler can draw.
    ``sees_kept`` says that, inside a mask, it draws with the kept part of the picture in sight from the first step on.
    """

    native_side: int
    minimum_side: int
    maximum_side: int
    multiple: int = 8
    sees_kept: bool = False
    is_flow: bool = False
