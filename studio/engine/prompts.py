"""Prompts to embeddings, remembered between jobs, mixed, and changing over the steps."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, Protocol, TypeAlias

import torch

from studio.api import Blend
from studio.engine.embeddings import Embeddings
from studio.generation.prompting import Prompt, parse

_REMEMBERED: Final = 64


@dataclass(frozen=True, eq=False)
class PromptEmbedding:
    """``tokens`` is float32 ``(1, length, width)``; ``pooled`` is float32 ``(1, width)`` for families that are told all
    of a prompt in one vector too, else ``None``.

    ``dropped`` is the end of the prompt that did not fit, and ``note`` what else of it was not heeded, for the person.
    ``mask``, bool ``(1, length)``, says which tokens count; ``None`` where all do. ``lengths`` are those of several
    prompts that stand behind each other; empty for one.
    """

    tokens: torch.Tensor
    pooled: torch.Tensor | None
    dropped: str = ""
    mask: torch.Tensor | None = None
    note: str = ""
    lengths: tuple[int, ...] = ()

    def to(self, device: torch.device) -> PromptEmbedding:
        """The same on a device."""
        pooled, mask = (None if each is None else each.to(device) for each in (self.pooled, self.mask))
        return replace(self, tokens=self.tokens.to(device), pooled=pooled, mask=mask)


@dataclass(frozen=True, eq=False)
class Encoded:
    """What a prompt is at each step; ``parts`` have one length, and one stands for all where nothing changes."""

    parts: tuple[PromptEmbedding, ...]

    @property
    def changes(self) -> bool:
        """Whether it is not the same at every step."""
        return any(part is not self.parts[0] for part in self.parts)

    @property
    def dropped(self) -> str:
        """The longest end of the prompt that did not fit."""
        return max((part.dropped for part in self.parts), key=len)

    @property
    def note(self) -> str:
        """What else of the prompt was not heeded."""
        return next((part.note for part in self.parts if part.note), "")

    def at(self, step: int, steps: int) -> PromptEmbedding:
        """The embedding for a step (from 0) of ``steps``, which may be more than it was encoded for."""
        place = step * len(self.parts) // max(1, steps)
        return self.parts[min(place, len(self.parts) - 1)]


Nothing: TypeAlias = Callable[[], PromptEmbedding]


class TextCoder(Protocol):
    """What reads prompts for a family of models."""

    @property
    def embeddings(self) -> Embeddings:
        """The words of a person's own that it knows."""
        ...

    def encode(self, words: str) -> PromptEmbedding:
        """The embedding of a prompt at one step, see `Prompt.at`."""
        ...

    def lengthened(self, part: PromptEmbedding, length: int, nothing: Nothing) -> PromptEmbedding:
        """A shorter embedding made as long as ``length`` tokens, so that it says the same.

        ``nothing`` gives what the empty prompt is.
        """
        ...


def only(prompt: str) -> Blend[str]:
    """One prompt alone."""
    return Blend(prompt, prompt, 0.0)


class PromptEncoder:
    """Has prompts encoded over the steps and mixed; keeps the last 64 results."""

    def __init__(self, coder: TextCoder, *, empty_is_zero: bool = False) -> None:
        self._coder = coder
        self._empty_is_zero = empty_is_zero
        self.embeddings = coder.embeddings
        self.mark: Hashable = ()
        """What of the encoders may change; what was encoded with another one is not used."""
        self._remembered: OrderedDict[tuple[str, bool, Hashable], PromptEmbedding] = OrderedDict()

    def encode(self, words: str, *, negative: bool = False) -> PromptEmbedding:
        """The embedding of a prompt at one step, see `Prompt.at`.

        An empty negative prompt is all zeros for the models that want it.
        """
        key = (words, negative and not words and self._empty_is_zero, (self.mark, self.embeddings.said(words)))
        if key not in self._remembered:
            found = self._coder.encode(words)
            self._remembered[key] = _zeroed(found) if key[1] else found
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        self._remembered.move_to_end(key)
        return self._remembered[key]

    def encode_blend(
        self,
        blend: Blend[str],
        steps: int = 1,
        *,
        negative: bool = False,
        check: Callable[[], object] = lambda: None,
    ) -> Encoded:
        """Two prompts mixed over ``steps``: the weighted mean of their embeddings. Exactly the first at amount 0.

        ``check`` is called before each piece of work, to raise where it is to end.
        """
        first = self._over(blend.first, steps, negative, check)
        if blend.amount <= 0.0 or blend.first == blend.second:
            return Encoded(self.of_one_length(first))
        second = self._over(blend.second, steps, negative, check)
        together = self.of_one_length((*first, *second))
        pairs = _pairs(together[: len(first)], together[len(first) :])
        mixed = {pair: _mixed(*pair, blend.amount) for pair in dict.fromkeys(pairs)}
        return Encoded(tuple(mixed[pair] for pair in pairs))

    def paired(self, positive: Encoded, negative: Encoded) -> tuple[Encoded, Encoded]:
        """Both with embeddings of one length, as networks want them: the shorter goes on with nothing said."""
        parts = self.of_one_length((*positive.parts, *negative.parts))
        count = len(positive.parts)
        return Encoded(parts[:count]), Encoded(parts[count:])

    def stacked(self, prompts: Sequence[Encoded]) -> Encoded:
        """Several prompts as one whose embeddings are ``(prompts, length, width)``; none of them has pooled ones."""
        parts = iter(self.of_one_length(tuple(part for each in prompts for part in each.parts)))
        rows = [tuple(islice(parts, len(each.parts))) for each in prompts]
        steps = max(map(len, rows))
        columns = list(zip(*(row * (steps // len(row)) for row in rows), strict=True))
        made = {
            column: PromptEmbedding(torch.cat([part.tokens for part in column]), None)
            for column in dict.fromkeys(columns)
        }
        return Encoded(tuple(made[column] for column in columns))

    def of_one_length(self, parts: tuple[PromptEmbedding, ...]) -> tuple[PromptEmbedding, ...]:
        """The embeddings, the shorter ones with empty chunks behind them; the same ones stay the same."""
        longest = max(part.tokens.shape[1] for part in parts)
        longer = {part: self._lengthened(part, longest) for part in dict.fromkeys(parts)}
        return tuple(longer[part] for part in parts)

    def _over(self, text: str, steps: int, negative: bool, check: Callable[[], object]) -> tuple[PromptEmbedding, ...]:
        """An embedding for each step, or one for all."""
        found = []
        for words in _each_text(parse(text), steps):
            check()
            found.append(self.encode(words, negative=negative))
        return tuple(found)

    def _lengthened(self, part: PromptEmbedding, length: int) -> PromptEmbedding:
        return part if part.tokens.shape[1] == length else self._coder.lengthened(part, length, lambda: self.encode(""))


def _each_text(prompt: Prompt, steps: int) -> tuple[str, ...]:
    """What a prompt says at every step, or once what it says at all."""
    texts = prompt.over(max(1, steps))
    return texts if len(set(texts)) > 1 else texts[:1]


def _pairs(
    first: tuple[PromptEmbedding, ...], second: tuple[PromptEmbedding, ...]
) -> tuple[tuple[PromptEmbedding, PromptEmbedding], ...]:
    """Two prompts step by step, where one may be the same at all steps."""
    steps = max(len(first), len(second))
    return tuple(zip(first * (steps // len(first)), second * (steps // len(second)), strict=True))


def _mixed(first: PromptEmbedding, second: PromptEmbedding, amount: float) -> PromptEmbedding:
    pooled = None
    if first.pooled is not None and second.pooled is not None:
        pooled = torch.lerp(first.pooled, second.pooled, amount)
    dropped = max(first.dropped, second.dropped, key=len)
    tokens = torch.lerp(first.tokens, second.tokens, amount)
    return PromptEmbedding(tokens, pooled, dropped, _either(first.mask, second.mask), first.note or second.note)


def _either(first: torch.Tensor | None, second: torch.Tensor | None) -> torch.Tensor | None:
    return None if first is None or second is None else first | second


def _zeroed(embedding: PromptEmbedding) -> PromptEmbedding:
    pooled = None if embedding.pooled is None else torch.zeros_like(embedding.pooled)
    return PromptEmbedding(torch.zeros_like(embedding.tokens), pooled)
