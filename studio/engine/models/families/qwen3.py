"""Qwen3-4B, the language model with which Z-Image and Flux.2 Klein read prompts, on the disk."""

from __future__ import annotations

from typing import Final

from studio.engine.models.families.family import Config, Part, Tensors
from studio.engine.models.layouts.qwen3 import qwen3_slots
from studio.engine.models.layouts.slots import Place, Slot
from studio.message import Message

_WIDTH: Final = 2560
_AROUND: Final = ("text_encoders.qwen3_4b.transformer.", "text_encoder.", "")
_WORDS: Final = ("token_embd.weight", "embed_tokens.weight")
"""In GGUF files, and here."""
_NORM: Final = ("blk.0.attn_q_norm.weight", "layers.0.self_attn.q_norm.weight")
"""What only the third generation has, of models with such names."""


def _fitted(tensors: Tensors, place: Place) -> Config:
    words = tensors.get(place.prefix + _WORDS[place.naming != "original"])
    if words is None or len(words.shape) != 2 or _lacking((), place, tensors) is not None:
        return {}
    return {"hidden_size": words.shape[1]}


def _refused(config: Config) -> str | None:
    width = int(config.get("hidden_size", _WIDTH))
    if width <= _WIDTH and width not in _OTHER_WIDTHS:
        return None
    return Message(
        "it is a Qwen3 of another size than Qwen3-4B, which gives {wanted} numbers a word, not {width}",
        wanted=_WIDTH,
        width=width,
    )


_OTHER_WIDTHS: Final = (1024, 2048)
"""Those of Qwen3-0.6B and Qwen3-1.7B."""


def _lacking(_slots: tuple[Slot, ...], place: Place, tensors: Tensors) -> str | None:
    norm = place.prefix + _NORM[place.naming != "original"]
    return None if norm in tensors else Message("it is another language model than Qwen3")


QWEN3: Final = Part(
    name="text_encoder",
    called="text encoder Qwen3-4B",
    make="Qwen3-4B",
    classes=("Qwen3Model", "Qwen3ForCausalLM"),
    library="transformers",
    slots=qwen3_slots,
    places=(
        *(Place(around + within, "diffusers") for around in _AROUND for within in ("model.", "")),
        Place("", "original"),
    ),
    folder_places=(Place("model.", "diffusers"), Place("", "diffusers")),
    first=_WORDS,
    fitted=_fitted,
    refused=_refused,
    lacking=_lacking,
    alike=("hidden_size", "num_hidden_layers", "num_key_value_heads", "vocab_size"),
    tokenizer="qwen",
    is_large=True,
)
