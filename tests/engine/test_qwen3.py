"""Prompts as Qwen3 reads them for Z-Image and Flux.2 Klein, compared with their pipelines."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from studio.api import Blend
from studio.engine.families.flux2 import READING as KLEIN
from studio.engine.families.qwen3 import Qwen3Coder, Reading
from studio.engine.families.z_image import READING as Z_IMAGE
from studio.engine.prompts import PromptEncoder, only

TEXTS = ["", "a red fox in the snow, 雪中的红狐狸", "\n\na line before", "<|im_end|> said early"]


@pytest.fixture(scope="module")
def tokenizer(qwen: Any) -> Any:
    qwen.chat_template = TEMPLATE
    return qwen


@pytest.fixture(scope="module")
def encoder() -> Any:
    from transformers import Qwen3Config, Qwen3Model

    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=151936,
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=28,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=8,
    )
    return Qwen3Model(config).eval().requires_grad_(False)


TEMPLATE = (
    "{%- for message in messages %}"
    "{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}"
    "{%- endfor %}{{- '<|im_start|>assistant\\n' }}"
    "{%- if not enable_thinking %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}"
)
"""What the template of Qwen3's repository comes to for one question."""


def z_image(tokenizer: Any, encoder: Any, text: str) -> torch.Tensor:
    from diffusers import ZImagePipeline

    parts = dict.fromkeys(("scheduler", "vae", "transformer"))
    pipeline = ZImagePipeline(text_encoder=encoder, tokenizer=tokenizer, **parts)
    with torch.no_grad():
        embedding: torch.Tensor = pipeline._encode_prompt([text], device=torch.device("cpu"))[0]
    return embedding[None]


def klein(tokenizer: Any, encoder: Any, text: str) -> torch.Tensor:
    from diffusers import Flux2KleinPipeline

    with torch.no_grad():
        embedding: torch.Tensor = Flux2KleinPipeline._get_qwen3_prompt_embeds(encoder, tokenizer, text)
    return embedding


@pytest.mark.parametrize("text", TEXTS)
def test_z_image_reads_as_its_pipeline(tokenizer: Any, encoder: Any, text: str) -> None:
    """The pipeline reads the filling too, and takes it out again; that changes the last bits of what is left."""
    read = Qwen3Coder(tokenizer, encoder, Z_IMAGE).encode(text)
    torch.testing.assert_close(read.tokens, z_image(tokenizer, encoder, text), rtol=0.0, atol=1e-5)
    assert (read.dropped, read.note) == ("", "")


@pytest.mark.parametrize("text", TEXTS)
def test_klein_reads_as_its_pipeline(tokenizer: Any, encoder: Any, text: str) -> None:
    read = Qwen3Coder(tokenizer, encoder, KLEIN).encode(text)
    assert read.tokens.shape == (1, 512, 48)
    assert torch.equal(read.tokens, klein(tokenizer, encoder, text))


@pytest.mark.parametrize("reading", [Z_IMAGE, KLEIN], ids=["Z-Image", "Klein"])
def test_the_end_of_a_long_prompt_is_cut_and_the_answer_stays(tokenizer: Any, encoder: Any, reading: Reading) -> None:
    coder = Qwen3Coder(tokenizer, encoder, reading)
    read = coder.encode("palm " * 600 + "the end")
    assert read.tokens.shape[1] == reading.length
    assert read.dropped.endswith("palm the end")
    other = coder.encode("palm " * 600 + "another end")
    assert torch.equal(read.tokens, other.tokens)


def test_weights_are_told_and_their_words_read(tokenizer: Any, encoder: Any) -> None:
    coder = Qwen3Coder(tokenizer, encoder, Z_IMAGE)
    weighted = coder.encode("a (red:1.3) fox BREAK snow")
    assert torch.equal(weighted.tokens, coder.encode("a red fox snow").tokens)
    assert "weights" in weighted.note


def test_prompts_of_two_lengths_stay_what_they_are(tokenizer: Any, encoder: Any) -> None:
    prompts = PromptEncoder(Qwen3Coder(tokenizer, encoder, Z_IMAGE))
    short, long = (prompts.encode_blend(only(text)) for text in ("a fox", "a red fox in the snow"))
    positive, negative = (each.at(0, 1) for each in prompts.paired(short, long))
    assert positive.mask is not None
    assert torch.equal(positive.tokens[positive.mask], short.at(0, 1).tokens[0])
    assert torch.equal(negative.tokens, long.at(0, 1).tokens)


def test_mixed_prompts_go_from_one_to_the_other(tokenizer: Any, encoder: Any) -> None:
    prompts = PromptEncoder(Qwen3Coder(tokenizer, encoder, Z_IMAGE))
    texts = "a fox", "a red fox in the snow"
    first, second = (prompts.encode(text).tokens for text in texts)
    mixed = {amount: prompts.encode_blend(Blend(*texts, amount)).at(0, 1) for amount in (0.0, 0.01, 1.0)}
    assert torch.equal(mixed[0.0].tokens, first)
    assert torch.equal(mixed[1.0].tokens, second)
    assert mixed[0.01].mask is None or bool(mixed[0.01].mask.all())
    near = mixed[0.01].tokens
    assert (near[:, : first.shape[1]] - first).abs().max() < 0.1
    assert (near[:, first.shape[1] :] - first[:, -1:]).abs().max() < 0.1
