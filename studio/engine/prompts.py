"""Prompts to embeddings, remembered between jobs."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

import torch

from studio.api import Blend

_REMEMBERED: Final = 64


@dataclass(frozen=True, eq=False)
class PromptEmbedding:
    """``tokens`` is float32 ``(1, length, width)``; ``pooled`` is float32 ``(1, width)`` for SDXL, else ``None``.

    ``dropped`` is the end of the prompt that did not fit.
    """

    tokens: torch.Tensor
    pooled: torch.Tensor | None
    dropped: str = ""


def only(prompt: str) -> Blend[str]:
    """One prompt alone."""
    return Blend(prompt, prompt, 0.0)


class PromptEncoder:
    """Encodes prompts with a model's own tokenizers and text encoders; keeps the last 64 results.

    ``encoders`` are (tokenizer, text encoder) pairs: one for SD 1 and 2, one or two for SDXL. Prompts longer
    than the encoder's window are cut at a token boundary.
    """

    def __init__(self, encoders: tuple[tuple[Any, Any], ...], *, sdxl: bool, empty_is_zero: bool) -> None:
        self._encoders = encoders
        self._sdxl = sdxl
        self._empty_is_zero = sdxl and empty_is_zero
        self._remembered: OrderedDict[tuple[str, bool], PromptEmbedding] = OrderedDict()

    def encode(self, prompt: str, *, negative: bool = False) -> PromptEmbedding:
        """The embedding of a prompt; an empty negative prompt is all zeros for the SDXL models that want it."""
        key = (prompt, negative and not prompt and self._empty_is_zero)
        if key not in self._remembered:
            found = self._encoded(prompt)
            self._remembered[key] = _zeroed(found) if key[1] else found
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        self._remembered.move_to_end(key)
        return self._remembered[key]

    def encode_blend(self, blend: Blend[str], *, negative: bool = False) -> PromptEmbedding:
        """Two prompts mixed: the weighted mean of their embeddings. Exactly the first at amount 0."""
        first = self.encode(blend.first, negative=negative)
        if blend.amount <= 0.0 or blend.first == blend.second:
            return first
        second = self.encode(blend.second, negative=negative)
        pooled = None
        if first.pooled is not None and second.pooled is not None:
            pooled = torch.lerp(first.pooled, second.pooled, blend.amount)
        dropped = max(first.dropped, second.dropped, key=len)
        return PromptEmbedding(torch.lerp(first.tokens, second.tokens, blend.amount), pooled, dropped)

    @torch.no_grad()
    def _encoded(self, prompt: str) -> PromptEmbedding:
        tokens, pooled, dropped = [], None, ""
        for tokenizer, encoder in self._encoders:
            ids, lost = _token_ids(tokenizer, encoder, prompt)
            dropped = max(dropped, lost, key=len)
            if self._sdxl:
                output = encoder(ids, output_hidden_states=True)
                tokens.append(output.hidden_states[-2].float())
                pooled = output[0].float()
            else:
                attention = torch.ones_like(ids) if getattr(encoder.config, "use_attention_mask", False) else None
                tokens.append(encoder(ids, attention_mask=attention)[0].float())
        return PromptEmbedding(torch.cat(tokens, dim=-1), pooled, dropped)


def _zeroed(embedding: PromptEmbedding) -> PromptEmbedding:
    pooled = None if embedding.pooled is None else torch.zeros_like(embedding.pooled)
    return PromptEmbedding(torch.zeros_like(embedding.tokens), pooled)


def _token_ids(tokenizer: Any, encoder: Any, prompt: str) -> tuple[torch.Tensor, str]:
    length = min(int(tokenizer.model_max_length), int(encoder.config.max_position_embeddings))
    given = tokenizer(prompt, padding="max_length", max_length=length, truncation=True, return_tensors="pt")
    whole = tokenizer(prompt, add_special_tokens=False).input_ids
    room = length - tokenizer.num_special_tokens_to_add()
    dropped = tokenizer.decode(whole[room:]).strip() if len(whole) > room else ""
    return given.input_ids.to(encoder.device), dropped
