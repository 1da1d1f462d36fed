"""One call of the network that draws, as families are asked it and influences see and change it. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

Side: TypeAlias = Literal["negative", "positive"]
"""Which prompt a part of a batch is drawn by."""


@dataclass(frozen=True, kw_only=True, eq=False)
class NetworkInput:
    """One call of a network: tensors of torch. What is to be another is made by `dataclasses.replace`.

    ``sample`` is ``(n, channels, height, width)`` in cells of the VAE, scaled as the network wants it; ``timestep``
    without dimensions as the scheduler counts. ``words`` are ``(n, length, width)`` as the text encoders say them,
    ``pooled`` ``(n, width)`` all of a prompt in one vector, ``mask`` ``(n, length)`` which words count, or ``None``;
    ``lengths`` those of several prompts that stand behind each other, empty for one. The n rows are as many equal parts
    as there are ``sides`` of guidance. ``guidance`` is for networks that take it as an input. ``extras`` are further
    arguments of the network by name, such as the residuals of a control network.

    Influences see ``sample``, ``words`` and ``pooled`` in float32, and may put tensors of any format into ``extras``.
    Families are given all of these in the number format of the network, which is the computer's choice.
    """

    sample: Any
    timestep: Any
    words: Any
    pooled: Any = None
    mask: Any = None
    lengths: tuple[int, ...] = ()
    sides: tuple[Side, ...] = ("positive",)
    guidance: float = 1.0
    extras: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
