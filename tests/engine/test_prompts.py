"""What prompts become for the network: as ever without syntax, weighted, in chunks, and other at other steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import Blend
from studio.engine.engine import DiffusionEngine
from studio.engine.families.clip import ClipCoder, weighted
from studio.engine.prompts import Encoded, PromptEncoder, only
from studio.engine.sampling import Guidance
from studio.engine.schedule import Step
from studio.generation import CancelToken
from tests.engine.tiny_model import generate, make_job, picture, tiny_text_encoder, tiny_tokenizer


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return tiny_tokenizer(tmp_path_factory.mktemp("tokenizer") / "clip")


@pytest.fixture(scope="module")
def text_encoder() -> Any:
    torch.manual_seed(3)
    encoder = tiny_text_encoder().eval()
    with torch.no_grad():
        for name, values in encoder.named_parameters():
            if name.endswith("final_layer_norm.bias"):
                values.add_(0.1)  # a trained one has a mean, as the untrained has not
    return encoder


@pytest.fixture
def encoder(tokenizer: Any, text_encoder: Any) -> PromptEncoder:
    return PromptEncoder(ClipCoder(((tokenizer, text_encoder),)))


@pytest.fixture
def xl_encoder(tokenizer: Any) -> PromptEncoder:
    torch.manual_seed(4)
    pair = tiny_text_encoder().eval(), tiny_text_encoder(projection=16).eval()
    return PromptEncoder(ClipCoder(tuple((tokenizer, each) for each in pair), sdxl=True), empty_is_zero=True)


@torch.no_grad()
def read_alone(tokenizer: Any, text_encoder: Any, text: str) -> torch.Tensor:
    """As the network reads a text of up to one window, by the tokenizer's own padding."""
    ids = tokenizer(text, padding="max_length", max_length=77, truncation=True, return_tensors="pt").input_ids
    tokens: torch.Tensor = text_encoder(ids)[0]
    return tokens


@pytest.mark.parametrize("text", ["", "a cat", "海边的猫，晴天", "  odd   spaces, 50% off! ", "a:b | c's #1 \\o/"])
def test_a_prompt_without_syntax_is_what_it_always_was(
    encoder: PromptEncoder, tokenizer: Any, text_encoder: Any, text: str
) -> None:
    encoded = encoder.encode_blend(only(text), 8)
    assert not encoded.changes
    assert torch.equal(encoded.at(3, 8).tokens, read_alone(tokenizer, text_encoder, text))


def test_a_weight_multiplies_its_words_and_keeps_the_mean(
    encoder: PromptEncoder, tokenizer: Any, text_encoder: Any
) -> None:
    plain = read_alone(tokenizer, text_encoder, "a cat")
    tokens = encoder.encode("a (cat:1.5)").tokens
    factors = torch.ones(77)
    start = 1 + len(tokenizer("a ", add_special_tokens=False).input_ids)
    factors[start : start + 3] = 1.5
    heavy = plain * factors[None, :, None]
    assert torch.allclose(tokens, heavy * (plain.mean() / heavy.mean()), atol=1e-6)
    assert float(tokens.mean()) == pytest.approx(float(plain.mean()), rel=1e-4)
    assert torch.equal(encoder.encode("a (cat:1)").tokens, encoder.encode("a cat").tokens)


def test_a_mean_that_is_none_is_not_kept() -> None:
    """What rounding left of it would turn everything round."""
    tokens, weights = torch.ones(1, 2, 3), torch.tensor([1.0, -1.0])
    assert torch.equal(weighted(tokens, weights), tokens * weights[None, :, None])
    tokens = torch.tensor([[[1.0, -1.0], [1.0, -1.0 + 1e-7]]])
    weights = torch.tensor([2.0, 1.0])
    assert torch.equal(weighted(tokens, weights), tokens * weights[None, :, None])


def test_long_prompts_and_sections_are_read_in_windows_behind_each_other(
    encoder: PromptEncoder, tokenizer: Any, text_encoder: Any
) -> None:
    tokens = encoder.encode("a cat BREAK a dog").tokens
    windows = [read_alone(tokenizer, text_encoder, text) for text in ("a cat", "a dog")]
    assert torch.equal(tokens, torch.cat(windows, dim=1))
    long = encoder.encode("x" * 80)
    assert long.tokens.shape[1] == 2 * 77
    assert long.dropped == ""


def test_a_model_of_one_window_reads_sections_in_it_and_says_what_it_dropped(tokenizer: Any, text_encoder: Any) -> None:
    encoder = PromptEncoder(ClipCoder(((tokenizer, text_encoder),), most_chunks=1))
    assert encoder.encode("a cat BREAK a dog").tokens.shape[1] == 77
    long = encoder.encode("x" * 75 + " boat")
    assert (long.tokens.shape[1], long.dropped) == (77, "boat")


def test_both_encoders_of_xl_weigh_and_only_the_first_window_is_pooled(xl_encoder: PromptEncoder) -> None:
    plain, heavy, long = (xl_encoder.encode(text) for text in ("a cat", "a (cat:1.4)", "a cat BREAK a dog"))
    changed = (plain.tokens != heavy.tokens).any(dim=(0, 1))
    assert bool(changed[:32].any())
    assert bool(changed[32:].any())
    assert plain.pooled is not None
    assert heavy.pooled is not None
    assert long.pooled is not None
    assert torch.equal(plain.pooled, heavy.pooled)
    assert torch.equal(plain.pooled, long.pooled)
    assert long.tokens.shape == (1, 154, 64)


def test_what_is_asked_for_and_what_not_have_one_length(xl_encoder: PromptEncoder, encoder: PromptEncoder) -> None:
    positive, negative = encoder.paired(encoder.encode_blend(only("x" * 80)), encoder.encode_blend(only("fog")))
    assert positive.at(0, 1).tokens.shape == negative.at(0, 1).tokens.shape
    assert torch.equal(negative.at(0, 1).tokens[:, 77:], encoder.encode("").tokens)
    nothing = xl_encoder.encode_blend(only(""), negative=True)
    _, negative = xl_encoder.paired(xl_encoder.encode_blend(only("x" * 80)), nothing)
    assert not bool(negative.at(0, 1).tokens.any()), "what is all zeros stays so"


def test_steps_read_what_is_said_at_them(encoder: PromptEncoder) -> None:
    encoded = encoder.encode_blend(only("[cat:dog:0.5]"), 4)
    cat, dog = (encoder.encode(text) for text in ("cat", "dog"))
    assert [encoded.at(step, 4) for step in range(4)] == [cat, cat, dog, dog]
    assert [encoded.at(step, 8) for step in range(8)] == [cat] * 4 + [dog] * 4, "a scheduler that asks twice a step"
    alternating = encoder.encode_blend(only("[cat|dog]"), 4)
    assert [alternating.at(step, 4) for step in range(4)] == [cat, dog, cat, dog]
    uneven = encoder.encode_blend(only("[" + "x" * 80 + ":dog:0.5]"), 2)
    assert uneven.at(0, 2).tokens.shape == uneven.at(1, 2).tokens.shape


def test_blends_change_over_the_steps_too(encoder: PromptEncoder) -> None:
    encoded = encoder.encode_blend(Blend("[cat|dog]", "sea", 0.25), 4)
    assert len(set(encoded.parts)) == 2
    cat, sea = (encoder.encode(text).tokens for text in ("cat", "sea"))
    assert torch.equal(encoded.at(2, 4).tokens, torch.lerp(cat, sea, 0.25))
    stacked = encoder.stacked([encoded, encoder.encode_blend(only("sea"), 4)])
    assert stacked.at(2, 4).tokens.shape == (2, 77, 32)
    assert torch.equal(stacked.at(2, 4).tokens[1:], sea)


def test_each_step_is_led_by_what_the_prompts_say_then(encoder: PromptEncoder) -> None:
    plain, changing = encoder.encode_blend(only("a cat"), 4), encoder.encode_blend(only("[cat|dog]"), 4)
    four: Any = range(4)
    second = Step(1, torch.tensor(500), four)
    (away, no), (towards, yes) = Guidance(3.0, changing, plain).sides(second)
    assert (away, towards) == ("negative", "positive")
    assert torch.equal(no.tokens, encoder.encode("a cat").tokens)
    assert torch.equal(yes.tokens, encoder.encode("dog").tokens)
    assert [side for side, _ in Guidance(1.0, changing).sides(second)] == ["positive"]


def test_a_cancel_ends_the_reading_of_many_prompts(encoder: PromptEncoder) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        encoder.encode_blend(only("[a|b]"), 4, check=stop)


@pytest.mark.parametrize("scheduler", ["ddim", "heun"])
@pytest.mark.parametrize("image", [None, picture()])
def test_pictures_follow_a_prompt_that_changes(shared_engine: DiffusionEngine, scheduler: str, image: Any) -> None:
    def drawn(prompt: str, negative: str = "") -> Any:
        job = make_job(prompt=prompt, negative_prompt=negative, scheduler=scheduler, image=image, strength=1.0)
        return generate(shared_engine, job)[0][0]

    first, second = drawn("a cat"), drawn("night over the sea")
    assert np.array_equal(drawn("[a cat:night over the sea:4]"), first)
    assert np.array_equal(drawn("[a cat:night over the sea:0]"), second)
    between = drawn("[a cat:night over the sea:2]")
    assert not np.array_equal(between, first)
    assert not np.array_equal(between, second)
    assert not np.array_equal(drawn("a cat", "[fog|rain]"), drawn("a cat", "fog"))


def test_a_model_of_few_words_hears_no_signs(
    models_folder: Path, schedulers: Any, tmp_path: Path, shared_engine: DiffusionEngine
) -> None:
    """Its notice names unknown words as they were typed, none of the signs."""
    import shutil

    from studio.engine.models.library import ModelLibrary

    shutil.copytree(models_folder / "tiny", tmp_path / "models" / "taught")
    (tmp_path / "models" / "taught" / "vocabulary.json").write_text(
        '{"words": ["cat", "猫"], "knows": {"en": ["cat"], "zh": ["猫"]}}', "utf-8"
    )
    engine = DiffusionEngine(ModelLibrary([tmp_path / "models"]), "cpu", None, schedulers, torch_threads=1)
    bound = engine.bound(lambda progress: None, CancelToken())
    bound.denoise(make_job(model="taught", prompt="(cat:1.2) [猫|dog] BREAK " + "cat " * 40, steps=1))
    engine.close()
    long, unknown = bound.notes
    assert "left out" in long
    assert "does not know: dog." in unknown


def test_one_embedding_stands_for_all_steps(encoder: PromptEncoder) -> None:
    part = encoder.encode("a cat")
    assert Encoded((part,)).at(19, 20) is part
