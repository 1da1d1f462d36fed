"""Embeddings by name: their vectors are read in the places of words, by encoders that keep their size."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.families.clip import ClipCoder
from studio.engine.models.embeddings import doubts_about_embeddings, embeddings_for
from studio.engine.models.model_info import ModelInfo
from studio.engine.prompts import PromptEncoder, only
from studio.errors import ModelError
from tests.engine.adapter_files import write
from tests.engine.tiny_model import tiny_text_encoder, tiny_tokenizer


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    torch.manual_seed(0)
    return tiny_tokenizer(tmp_path_factory.mktemp("tokenizer")), tiny_text_encoder().eval()


@pytest.fixture(scope="module")
def pooling(pair: tuple[Any, Any]) -> tuple[Any, Any]:
    torch.manual_seed(1)
    return pair[0], tiny_text_encoder(projection=16).eval()


def info(path: Path, family: str = "sd1", problem: str | None = None) -> ModelInfo:
    return ModelInfo(
        id=path.stem, name=path.stem, path=path, family=family, format="single_file", size=1, kind="embedding",
        problem=problem,
    )  # fmt: skip


def encoder_with(pairs: tuple[tuple[Any, Any], ...], files: Mapping[str, Path], *, sdxl: bool = False) -> PromptEncoder:
    encoder = PromptEncoder(ClipCoder(pairs, sdxl=sdxl))
    encoder.embeddings.know({name: info(path) for name, path in files.items()})
    return encoder


def vector_of(pair: tuple[Any, Any], letter: str) -> torch.Tensor:
    (number,) = pair[0](letter, add_special_tokens=False).input_ids
    vector: torch.Tensor = pair[1].get_input_embeddings().weight[number].detach().clone()
    return vector


@pytest.mark.parametrize("prompt", ["a {} b", "a ({}:1.3) b", "{}", "a, {}.", "a BREAK {} b", "[a:{} b:0.5]"])
@pytest.mark.parametrize("called", ["embedding:beach", "beach", "embedding:BEACH"])
def test_a_name_reads_as_the_words_whose_vectors_it_has(
    pair: tuple[Any, Any], prompt: str, called: str, tmp_path: Path
) -> None:
    vectors = torch.stack([vector_of(pair, letter) for letter in "xyz"])
    file = write(tmp_path / "beach.safetensors", {"emb_params": vectors})
    encoder = encoder_with((pair,), {"beach": file})
    size = pair[1].get_input_embeddings().weight.shape
    named, spelled = (encoder.encode_blend(only(prompt.format(word)), 4) for word in (called, "x y z"))
    for one, other in zip(named.parts, spelled.parts, strict=True):
        assert torch.equal(one.tokens, other.tokens)
    assert pair[1].get_input_embeddings().weight.shape == size
    assert not pair[1].get_input_embeddings()._forward_hooks


def test_pairs_have_vectors_for_each_encoder_and_the_end_is_still_found(
    pair: tuple[Any, Any], pooling: tuple[Any, Any], tmp_path: Path
) -> None:
    tensors = {
        "clip_l": vector_of(pair, "x")[None],
        "clip_g": torch.stack([vector_of(pooling, letter) for letter in "xy"]),
    }
    encoder = encoder_with((pair, pooling), {"beach": write(tmp_path / "a.safetensors", tensors)}, sdxl=True)
    named, one, two = (encoder.encode(text) for text in ("a beach b", "a x b", "a x y b"))
    width = pair[1].config.hidden_size
    assert torch.equal(named.tokens[..., :width], one.tokens[..., :width])
    assert torch.equal(named.tokens[..., width:], two.tokens[..., width:])
    assert named.pooled is not None
    assert two.pooled is not None
    assert torch.equal(named.pooled, two.pooled)


def test_names_within_words_are_words_and_unknown_ones_are_left_out(pair: tuple[Any, Any], tmp_path: Path) -> None:
    file = write(tmp_path / "sea.safetensors", {"<sea>": vector_of(pair, "x")})
    known, plain = encoder_with((pair,), {"sea": file}), encoder_with((pair,), {})
    for text in ("seaside", "a sea-side", "over_sea"):
        assert torch.equal(known.encode(text).tokens, plain.encode(text).tokens), text
    assert not torch.equal(known.encode("the sea!").tokens, plain.encode("the sea!").tokens)
    assert torch.equal(known.encode("a embedding:none b").tokens, plain.encode("a  b").tokens)


def test_a_file_that_changed_is_read_again(pair: tuple[Any, Any], tmp_path: Path) -> None:
    file = tmp_path / "beach.safetensors"
    write(file, {"emb_params": vector_of(pair, "x")[None]})
    encoder = encoder_with((pair,), {"beach": file})
    before = encoder.encode("beach").tokens
    write(file, {"emb_params": torch.stack([vector_of(pair, letter) for letter in "yz"])})
    assert not torch.equal(encoder.encode("beach").tokens, before)
    assert torch.equal(encoder.encode("beach").tokens, encoder.encode("y z").tokens)


@pytest.mark.parametrize("fault", ["other width", "not finite", "gone"])
def test_what_cannot_be_read_is_named(pair: tuple[Any, Any], fault: str, tmp_path: Path) -> None:
    file = tmp_path / "beach.safetensors"
    if fault != "gone":
        width = 33 if fault == "other width" else 32
        write(file, {"emb_params": torch.full((1, width), float("nan"))})
    with pytest.raises(ModelError, match=r"beach\.safetensors"):
        encoder_with((pair,), {"beach": file}).encode("a beach")


def test_only_embeddings_of_the_family_are_known_and_others_are_told() -> None:
    own, other, unsound = (
        info(Path("/m/Hands.safetensors")),
        info(Path("/m/xl.safetensors"), "sdxl"),
        info(Path("/m/bad.safetensors"), problem="has a hole"),
    )
    model = ModelInfo(id="m", name="Beach", path=Path("/m/m"), family="sd1", format="folder", size=1)
    assert list(embeddings_for((own, other, unsound, model), "sd1")) == ["hands"]
    texts = ("a embedding:hands, embedding:Hands.", "embedding:xl embedding:bad embedding:nowhere hands xl")
    said = doubts_about_embeddings(texts, (own, other, unsound), model)
    assert [note.split()[2] for note in said] == ["xl", "bad", "nowhere"]
    assert "Stable Diffusion XL" in said[0]
    assert "has a hole" in said[1]
