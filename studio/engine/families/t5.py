"""What T5 says of a prompt, token by token."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import torch
from torch.nn.functional import pad

from studio.engine.embeddings import Embeddings
from studio.engine.prompts import Nothing, PromptEmbedding
from studio.generation.prompting import sections
from studio.message import Message

LENGTH: Final = 512
"""So many tokens are read, the end of the text among them."""
_NO_WEIGHTS: Final = Message(
    "This model reads prompts as plain language; weights of words, as in (red:1.3), are not heeded."
)


class T5Coder:
    """Reads prompts with T5, and with CLIP-L where a family wants one vector for all of it: Flux.1 and Chroma.

    Weights mean nothing to T5: what is in brackets is read as if there were none, which is told in a note.
    ``is_masked`` keeps the padding from T5 and, but for its first token, from the network, as Chroma was taught.
    """

    def __init__(self, t5: tuple[Any, Any], clip: tuple[Any, Any] | None = None, *, is_masked: bool = False) -> None:
        self._tokenizer, self._encoder = t5
        self._clip = clip
        self._is_masked = is_masked
        self.embeddings = Embeddings(())

    @torch.no_grad()
    def encode(self, words: str) -> PromptEmbedding:
        """The embedding of a prompt at one step: ``(1, 512, width)``."""
        text = plain(words)
        given = self._tokenizer(text, padding="max_length", max_length=LENGTH, truncation=True, return_tensors="pt")
        ids, read = given.input_ids.to(self._device), given.attention_mask.to(self._device)
        tokens = self._encoder(ids, attention_mask=read if self._is_masked else None)[0].float()
        pooled, dropped = self._pooled(text), self._dropped(text)
        return PromptEmbedding(tokens, pooled, dropped, self._mask(read), weights_note(words))

    def lengthened(self, part: PromptEmbedding, length: int, nothing: Nothing) -> PromptEmbedding:
        """The embedding with tokens behind it that do not count; all are of one length, so that this is not asked."""
        missing = length - part.tokens.shape[1]
        mask = None if part.mask is None else pad(part.mask, (0, missing))
        return replace(part, tokens=pad(part.tokens, (0, 0, 0, missing)), mask=mask)

    @property
    def _device(self) -> torch.device:
        device: torch.device = self._encoder.device
        return device

    def _mask(self, read: torch.Tensor) -> torch.Tensor | None:
        """Which tokens the network looks at: those of the text, and one of the padding."""
        if not self._is_masked:
            return None
        return torch.arange(read.shape[1], device=read.device)[None] <= read.sum(dim=1, keepdim=True)

    def _pooled(self, text: str) -> torch.Tensor | None:
        if self._clip is None:
            return None
        tokenizer, encoder = self._clip
        length = min(int(tokenizer.model_max_length), int(encoder.config.max_position_embeddings))
        ids = tokenizer(text, padding="max_length", max_length=length, truncation=True, return_tensors="pt").input_ids
        pooled: torch.Tensor = encoder(ids.to(encoder.device)).pooler_output
        return pooled.float()

    def _dropped(self, text: str) -> str:
        """The words that did not fit; CLIP's end is none that a person misses."""
        ids = self._tokenizer(text, add_special_tokens=False).input_ids
        return str(self._tokenizer.decode(ids[LENGTH - 1 :])).strip()


def plain(words: str) -> str:
    """A prompt without its signs for weights."""
    return " ".join("".join(span.text for span in section) for section in sections(words))


def weights_note(words: str) -> str:
    """What is said of a prompt with weights to the person; "" for one without."""
    has_weights = any(span.weight != 1.0 for section in sections(words) for span in section)
    return _NO_WEIGHTS if has_weights else ""
