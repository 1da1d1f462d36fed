"""Prompts to embeddings, remembered between jobs: weights, long prompts in chunks, and what changes over the steps."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

import torch

from studio.api import Blend
from studio.engine.embeddings import Embeddings, VectorIds, in_place
from studio.generation.prompting import Chunk, Prompt, Section, chunks_of, parse, sections

MOST_CHUNKS: Final = 32
"""So many chunks of a long prompt are read; 75 words each are more than anybody writes."""

_REMEMBERED: Final = 64


@dataclass(frozen=True, eq=False)
class PromptEmbedding:
    """``tokens`` is float32 ``(1, length, width)``; ``pooled`` is float32 ``(1, width)`` for SDXL, else ``None``.

    ``dropped`` is the end of the prompt that did not fit.
    """

    tokens: torch.Tensor
    pooled: torch.Tensor | None
    dropped: str = ""


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

    def at(self, step: int, steps: int) -> PromptEmbedding:
        """The embedding for a step (from 0) of ``steps``, which may be more than it was encoded for."""
        place = step * len(self.parts) // max(1, steps)
        return self.parts[min(place, len(self.parts) - 1)]


def only(prompt: str) -> Blend[str]:
    """One prompt alone."""
    return Blend(prompt, prompt, 0.0)


class PromptEncoder:
    """Encodes prompts with a model's own tokenizers and text encoders; keeps the last 64 results.

    ``encoders`` are (tokenizer, text encoder) pairs: one for SD 1 and 2, one or two for SDXL. Prompts longer than the
    encoder's window are read in up to ``most_chunks`` windows, one behind the other; the rest is cut at a token
    boundary.
    """

    def __init__(
        self,
        encoders: tuple[tuple[Any, Any], ...],
        *,
        sdxl: bool,
        empty_is_zero: bool,
        most_chunks: int = MOST_CHUNKS,
    ) -> None:
        self._encoders = encoders
        self._sdxl = sdxl
        self._empty_is_zero = sdxl and empty_is_zero
        self._most_chunks = most_chunks
        self.embeddings = Embeddings([int(encoder.config.hidden_size) for _, encoder in encoders])
        self.mark: Hashable = ()
        """What of the encoders may change; what was encoded with another one is not used."""
        self._remembered: OrderedDict[tuple[str, bool, Hashable], PromptEmbedding] = OrderedDict()

    def encode(self, words: str, *, negative: bool = False) -> PromptEmbedding:
        """The embedding of a prompt at one step, see `Prompt.at`.

        An empty negative prompt is all zeros for the SDXL models that want it.
        """
        key = (words, negative and not words and self._empty_is_zero, (self.mark, self.embeddings.said(words)))
        if key not in self._remembered:
            found = self._encoded(words)
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
        missing = length - part.tokens.shape[1]
        if not missing:
            return part
        is_nothing = not bool(part.tokens.any())
        empty = torch.zeros_like(part.tokens) if is_nothing else self.encode("").tokens.expand(len(part.tokens), -1, -1)
        rest = empty.repeat(1, -(-missing // empty.shape[1]), 1)[:, :missing]
        return replace(part, tokens=torch.cat([part.tokens, rest], dim=1))

    @torch.no_grad()
    def _encoded(self, words: str) -> PromptEmbedding:
        said = sections(words)
        windows = [_Window(*pair, self.embeddings, number) for number, pair in enumerate(self._encoders)]
        read = [window.chunks(said, self._most_chunks) for window in windows]
        count = max(len(chunks) for chunks, _ in read)
        tokens, pooled = [], None
        for window, (chunks, _) in zip(windows, read, strict=True):
            outputs = [self._output(window, chunk) for chunk in (*chunks, *[()] * (count - len(chunks)))]
            tokens.append(torch.cat([output for output, _ in outputs], dim=1))
            pooled = outputs[0][1]
        return PromptEmbedding(torch.cat(tokens, dim=-1), pooled, max((lost for _, lost in read), key=len))

    def _output(self, window: _Window, chunk: Chunk) -> tuple[torch.Tensor, torch.Tensor | None]:
        """What an encoder says of a chunk: ``(1, length, width)``, and one vector for all of it for SDXL."""
        ids, weights = window.ids(chunk), window.weights(chunk)
        with in_place(window.encoder, window.vectors(chunk)):
            tokens, pooled = self._read(window.encoder, ids)
        return (tokens if weights is None else weighted(tokens, weights)), pooled

    def _read(self, encoder: Any, ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor | None]:
        if self._sdxl:
            output = encoder(ids, output_hidden_states=True)
            return output.hidden_states[-2].float(), output[0].float()
        attention = torch.ones_like(ids) if getattr(encoder.config, "use_attention_mask", False) else None
        return encoder(ids, attention_mask=attention)[0].float(), None


class _Window:
    """What a text encoder reads at once: a start, up to ``room`` tokens, an end, and padding."""

    def __init__(self, tokenizer: Any, encoder: Any, embeddings: Embeddings, number: int) -> None:
        self.encoder = encoder
        self._tokenizer = tokenizer
        self._embeddings, self._number = embeddings, number
        self._vector_ids = VectorIds()
        self._length = min(int(tokenizer.model_max_length), int(encoder.config.max_position_embeddings))
        self._room = self._length - int(tokenizer.num_special_tokens_to_add())

    def chunks(self, said: Iterable[Section], most: int) -> tuple[tuple[Chunk, ...], str]:
        """The chunks of a prompt, at most so many, and the words of the rest."""
        comma = self._tokens(",")
        if most == 1:  # one window: sections follow each other in it
            said = [tuple(span for section in said for span in section)]
        chunks = chunks_of(said, self._tokens, self._room, comma[0] if len(comma) == 1 and most > 1 else None)
        rest = [token.id for chunk in chunks[most:] for token in chunk if token.id >= 0]
        return chunks[:most], self._tokenizer.decode(rest).strip() if rest else ""

    def ids(self, chunk: Chunk) -> torch.Tensor:
        """Token ids ``(1, length)`` on the encoder's device."""
        tokenizer = self._tokenizer
        words = self._vector_ids.words([token.id for token in chunk])
        ids = [tokenizer.bos_token_id, *words, tokenizer.eos_token_id]
        padding = tokenizer.eos_token_id if tokenizer.pad_token_id is None else tokenizer.pad_token_id
        return torch.tensor([ids + [padding] * (self._length - len(ids))]).to(self.encoder.device)

    def vectors(self, chunk: Chunk) -> dict[int, torch.Tensor]:
        """What is read in the place of words, by its place in `ids`."""
        return self._vector_ids.places([self._tokenizer.bos_token_id, *(token.id for token in chunk)])

    def weights(self, chunk: Chunk) -> torch.Tensor | None:
        """The weight of every token, ``(length,)``; ``None`` where all are 1."""
        if all(token.weight == 1.0 for token in chunk):
            return None
        weights = torch.ones(self._length)
        weights[1 : len(chunk) + 1] = torch.tensor([token.weight for token in chunk])
        return weights.to(self.encoder.device)

    def _tokens(self, text: str) -> list[int]:
        found: list[int] = []
        for piece in self._embeddings.pieces(text, self._number):
            if isinstance(piece, str):
                found += self._tokenizer(piece, add_special_tokens=False).input_ids
            else:
                found += self._vector_ids.of(piece)
        return found


def weighted(tokens: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Embeddings ``(1, length, width)`` times the weights ``(length,)`` of their tokens, their mean as before."""
    heavy = tokens * weights[None, :, None]
    before, after = float(tokens.mean()), float(heavy.mean())
    # A mean that is but rounding would scale by chance, or turn everything round.
    is_rounding = min(abs(before), abs(after)) <= 1e-5 * float(tokens.abs().mean())
    return heavy if is_rounding else heavy * (before / after)


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
    return PromptEmbedding(torch.lerp(first.tokens, second.tokens, amount), pooled, dropped)


def _zeroed(embedding: PromptEmbedding) -> PromptEmbedding:
    pooled = None if embedding.pooled is None else torch.zeros_like(embedding.pooled)
    return PromptEmbedding(torch.zeros_like(embedding.tokens), pooled)
