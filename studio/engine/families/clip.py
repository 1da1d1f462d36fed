"""What CLIP's text encoders say of a prompt: weights, and long prompts in chunks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import torch

from studio.engine.embeddings import Embeddings, VectorIds, in_place
from studio.engine.prompts import Nothing, PromptEmbedding
from studio.generation.prompting import Chunk, Section, chunks_of, sections

MOST_CHUNKS: Final = 32
"""So many chunks of a long prompt are read; 75 words each are more than anybody writes."""


class ClipCoder:
    """Reads prompts with (tokenizer, text encoder) pairs: one for SD 1 and 2, one or two for SDXL.

    Prompts longer than the encoder's window are read in up to ``most_chunks`` windows, one behind the other; the rest
    is cut at a token boundary.
    """

    def __init__(
        self, encoders: tuple[tuple[Any, Any], ...], *, sdxl: bool = False, most_chunks: int = MOST_CHUNKS
    ) -> None:
        self._encoders = encoders
        self._sdxl = sdxl
        self._most_chunks = most_chunks
        self.embeddings = Embeddings([int(encoder.config.hidden_size) for _, encoder in encoders])

    @torch.no_grad()
    def encode(self, words: str) -> PromptEmbedding:
        """The embedding of a prompt at one step, as long as its chunks."""
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

    def lengthened(self, part: PromptEmbedding, length: int, nothing: Nothing) -> PromptEmbedding:
        """The embedding with empty chunks behind it."""
        missing = length - part.tokens.shape[1]
        is_nothing = not bool(part.tokens.any())
        empty = torch.zeros_like(part.tokens) if is_nothing else nothing().tokens.expand(len(part.tokens), -1, -1)
        rest = empty.repeat(1, -(-missing // empty.shape[1]), 1)[:, :missing]
        return replace(part, tokens=torch.cat([part.tokens, rest], dim=1))


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
