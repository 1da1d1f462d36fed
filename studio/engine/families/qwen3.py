"""What Qwen3, a language model, makes of a prompt: it is asked it as a question, and its inner layers are read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import torch

from studio.engine.embeddings import Embeddings
from studio.engine.families.t5 import plain, weights_note
from studio.engine.prompts import Nothing, PromptEmbedding

_QUESTION: Final = "<|im_start|>user\n"
_ANSWER: Final = "<|im_end|>\n<|im_start|>assistant\n"
NO_THOUGHTS: Final = "<think>\n\n</think>\n\n"
"""How an answer begins that was not thought about."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a family reads the model: ``layers`` are those whose states stand side by side, 0 before the first layer.

    ``thought`` is how the answer begins. Prompts are read in ``length`` tokens, question and answer among them; where
    they are ``filled``, shorter ones are filled up, and what stands for nothing is read too.
    """

    layers: tuple[int, ...]
    thought: str = ""
    filled: bool = False
    length: int = 512


class Qwen3Coder:
    """Reads prompts with Qwen3's tokenizer and a ``Qwen3Model``.

    A language model knows no weights of words: such are read as if they had none, which is told in a note. What comes
    after ``BREAK`` follows. Of prompts that are too long the end is cut off.
    """

    def __init__(self, tokenizer: Any, encoder: Any, reading: Reading) -> None:
        self._tokenizer = tokenizer
        self._encoder = encoder
        self._reading = reading
        self.embeddings = Embeddings(())

    @torch.no_grad()
    def encode(self, words: str) -> PromptEmbedding:
        """The embedding of a prompt at one step: as long as its tokens, or as all that are read where it is filled."""
        ids, dropped = self._ids(plain(words))
        return PromptEmbedding(self._read(ids), None, dropped, note=weights_note(words))

    def lengthened(self, part: PromptEmbedding, length: int, nothing: Nothing) -> PromptEmbedding:
        """The embedding with its last token behind it again, where it does not count.

        Mixed with what another prompt says there, it leads to that by degrees.
        """
        rows, known, _ = part.tokens.shape
        mask = torch.ones(rows, known, dtype=torch.bool) if part.mask is None else part.mask.cpu()
        return replace(
            part,
            tokens=torch.cat([part.tokens, part.tokens[:, -1:].expand(-1, length - known, -1)], dim=1),
            mask=torch.cat([mask, torch.zeros(rows, length - known, dtype=torch.bool)], dim=1).to(part.tokens.device),
        )

    def _ids(self, text: str) -> tuple[list[int], str]:
        """Tokens of the question with its answer begun, and the words that did not fit."""
        answer = self._tokens(_ANSWER + self._reading.thought)
        question = self._tokens(_QUESTION + text)
        room = self._reading.length - len(answer)
        return [*question[:room], *answer], self._tokenizer.decode(question[room:]).strip()

    def _tokens(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer(text, add_special_tokens=False).input_ids
        return found

    def _read(self, ids: list[int]) -> torch.Tensor:
        """float32 (1, tokens, layers * width)."""
        missing = self._reading.length - len(ids) if self._reading.filled else 0
        filling = [self._tokenizer.pad_token_id] * missing
        mask = torch.tensor([[1] * len(ids) + [0] * missing], device=self._encoder.device)
        states = self._encoder(
            torch.tensor([[*ids, *filling]], device=self._encoder.device),
            attention_mask=mask,
            output_hidden_states=True,
            use_cache=False,
        ).hidden_states
        return torch.cat([states[layer] for layer in self._reading.layers], dim=-1).float()
