"""How the layers of a UNet look at the prompt, and the one door for what changes that while a picture is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

import torch

from studio.engine.masks import layer_size

_CROSS: Final = "attn2"
"""The name that diffusers gives to a layer that looks at the prompt."""


class Look:
    """One look of a layer: the cells of the picture ask, and what they are shown answers.

    ``name`` is the layer's in the network, ``number`` its place in `cross_attentions`; ``layer`` is diffusers'
    ``Attention``. ``cells`` are (rows, cells, width) and ``words`` (rows, length, width of the text), a row for each of
    the latents. Answers are (rows, cells, width).
    """

    def __init__(self, name: str, number: int, layer: Any, cells: torch.Tensor, words: torch.Tensor) -> None:
        self.name = name
        self.number = number
        self.layer = layer
        self.words = words
        self.count = cells.shape[1]
        self.query = self.in_heads(layer.to_q(cells))

    def at(self, words: torch.Tensor, query: torch.Tensor | None = None) -> torch.Tensor:
        """What the layer sees in embeddings of words, with its own keys and values; ``query`` for some rows only."""
        keys, values = self.in_heads(self.layer.to_k(words)), self.in_heads(self.layer.to_v(words))
        return self.among(keys, values, query)

    def among(self, keys: torch.Tensor, values: torch.Tensor, query: torch.Tensor | None = None) -> torch.Tensor:
        """What the layer sees among keys and values, (rows, heads, length, width of a head)."""
        asked = self.query if query is None else query
        seen = torch.nn.functional.scaled_dot_product_attention(asked, keys, values)
        return seen.transpose(1, 2).flatten(2)

    def in_heads(self, tensor: torch.Tensor) -> torch.Tensor:
        """(rows, length, width) as (rows, heads, length, width of a head)."""
        return tensor.view(*tensor.shape[:2], self.layer.heads, -1).transpose(1, 2)

    def cells_of(self, height: int, width: int) -> tuple[int, int]:
        """Rows and columns of the layer in latents of this size."""
        return layer_size((height, width), self.count)


class Onlooker(Protocol):
    """What changes what layers see. Subclasses say what they do and leave the rest."""

    def instead(self, look: Look) -> torch.Tensor | None:
        """What a layer sees in the place of the prompt; ``None`` where that stays. The first that answers is heard."""
        return None

    def beside(self, look: Look, seen: torch.Tensor) -> torch.Tensor:
        """What a layer sees in all, with what this shows; each gets what the one before it made."""
        return seen


@contextmanager
def looked_at(network: Any, onlookers: Sequence[Onlooker]) -> Iterator[None]:
    """While this is entered, the layers of a UNet see what these show. Then all is as before, to the bit.

    It may be entered again inside: those that were there first are heard first.
    """
    before = {layer: layer.processor for _, layer in cross_attentions(network)}
    try:
        for number, (name, layer) in enumerate(cross_attentions(network)):
            there = before[layer].onlookers if isinstance(before[layer], _Looking) else ()
            layer.set_processor(_Looking(name, number, (*there, *onlookers)))
        yield
    finally:
        for layer, processor in before.items():
            layer.set_processor(processor)


def cross_attentions(network: Any) -> tuple[tuple[str, Any], ...]:
    """(name, layer) of all that look at the prompt, in the order of the network's own list of processors; none in a
    network that has no such list."""
    names = (name.removesuffix(".processor") for name in getattr(network, "attn_processors", ()))
    return tuple((name, network.get_submodule(name)) for name in names if name.rpartition(".")[2] == _CROSS)


@dataclass(frozen=True, eq=False)
class _Looking:
    """Runs one layer as ``AttnProcessor2_0`` of diffusers does, and asks the onlookers."""

    name: str
    number: int
    onlookers: tuple[Onlooker, ...]

    def __call__(
        self, layer: Any, hidden_states: torch.Tensor, encoder_hidden_states: torch.Tensor, **_rest: Any
    ) -> torch.Tensor:
        look = Look(self.name, self.number, layer, hidden_states, encoder_hidden_states)
        others = (each.instead(look) for each in self.onlookers)
        seen = next((other for other in others if other is not None), None)
        seen = look.at(look.words) if seen is None else seen
        for each in self.onlookers:
            seen = each.beside(look, seen)
        projection, dropout = layer.to_out
        shown: torch.Tensor = dropout(projection(seen)) / layer.rescale_output_factor
        return shown
