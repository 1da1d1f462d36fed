"""Pictures that the one that is drawn is to resemble: the layers of the UNet look at them beside the prompt.

After Ye and others, "IP-Adapter: Text Compatible Image Prompt Adapter" (2023, arXiv 2308.06721).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch

from studio.engine.attention import Look, Onlooker, cross_attentions, looked_at
from studio.engine.families.denoiser import Denoiser, NetworkInput, Side
from studio.engine.influences.window import Window
from studio.engine.masks import latent_mask, layer_size
from studio.engine.models.reference_networks import ReadyReference
from studio.engine.sampling import Influence
from studio.engine.schedule import Step

_Answers = tuple[torch.Tensor, torch.Tensor]
"""Keys and values of a layer."""


class References(Influence, Onlooker):
    """Shows pictures to the layers of the network, each as strongly as it is felt at the step and in its cells, of
    which one is ``factor`` pixels wide."""

    def __init__(self, references: Sequence[ReadyReference], factor: int) -> None:
        self._shown = tuple(_Shown(each, factor) for each in references)
        self._felt: tuple[_Shown, ...] = ()
        self._sides: tuple[Side, ...] = ()
        self._window: Window | None = None

    @contextmanager
    def opened(self, denoiser: Denoiser) -> Iterator[None]:
        names = [name for name, _ in cross_attentions(denoiser.network)]
        for each in self._shown:
            each.names = names
        with looked_at(denoiser.network, [self]):
            yield

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        self._sides, self._window = given.sides, None
        self._felt = tuple(each for each in self._shown if each.reference.acts_at(step.index, step.total))
        return given

    def in_window(self, window: Window, given: NetworkInput) -> NetworkInput:
        """The network is asked for a window next, for what it is ``given``."""
        self._sides, self._window = given.sides, window
        return given

    def guided(self, step: Step, sample: torch.Tensor, prediction: torch.Tensor) -> torch.Tensor:
        """What the network is asked for beside the steps is asked without them."""
        self._felt = ()
        return prediction

    def beside(self, look: Look, seen: torch.Tensor) -> torch.Tensor:
        for each in self._felt:
            seen = each.beside(look, seen, self._sides, self._window)
        return seen


class _Shown:
    """One picture. Its keys and values are made once for each layer; ``names`` are the layers of the network."""

    def __init__(self, ready: ReadyReference, factor: int) -> None:
        self.reference = ready.wanted.reference
        self.names: Sequence[str] = ()
        self._layers = ready.wanted.adapter.layers
        self._network = ready.network
        self._seen = ready.seen
        self._answers: dict[tuple[str, tuple[Side, ...]], _Answers] = {}
        mask = self.reference.mask
        self._mask = None if mask is None else latent_mask(mask, factor)
        self._shares: dict[tuple[int, Window | None], torch.Tensor] = {}

    def beside(
        self, look: Look, seen: torch.Tensor, sides: tuple[Side, ...], window: Window | None = None
    ) -> torch.Tensor:
        """What a layer sees with this picture, by the sides that its rows are made of, in all or in a window of it."""
        if self._layers and not look.name.startswith(self._layers):
            return seen
        key = look.name, sides
        if key not in self._answers:
            self._answers[key] = self._made(look, sides)
        keys, values = (_in_rows(answer, len(seen)) for answer in self._answers[key])
        added = self.reference.strength * look.among(keys, values)
        return seen + (added if self._mask is None else added * self._share(self._mask, look.count, window).to(added))

    def _share(self, mask: torch.Tensor, count: int, window: Window | None) -> torch.Tensor:
        """How much this picture is felt in each of a layer's cells: (1, cells, 1)."""
        key = count, window
        if key not in self._shares:
            height, width = mask.shape[-2:]
            part = mask if window is None else window.of(mask, (height, width))
            size = layer_size(part.shape[-2:], count)
            self._shares[key] = torch.nn.functional.adaptive_avg_pool2d(part, size).flatten(1)[..., None]
        return self._shares[key]

    def _made(self, look: Look, sides: tuple[Side, ...]) -> _Answers:
        picture, nothing = self._seen
        words = self._network.words(torch.cat([nothing if side == "negative" else picture for side in sides]))
        number = self.names.index(look.name)
        return look.in_heads(self._network.keys[number](words)), look.in_heads(self._network.values[number](words))


def _in_rows(answer: torch.Tensor, rows: int) -> torch.Tensor:
    """One for each of the latents: as many of each side as there are."""
    return answer if len(answer) == rows else answer.repeat_interleave(rows // len(answer), dim=0)
