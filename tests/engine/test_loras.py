"""LoRAs of a job: which files they are, what is refused, and that they come and go without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import Blend, DenoiseJob, LoraUse, SchedulerSpec
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.engine.models.loras import loras_in_prompts, wanted_loras
from studio.engine.models.model_info import ModelInfo
from studio.errors import ModelError, SettingError
from studio.generation import CancelToken, GenerationSettings
from tests.engine.adapter_files import adapter_file, lora, write
from tests.engine.tiny_model import make_job, write_tiny_model

QUERY = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_q"
WORDS = "lora_te_text_model_encoder_layers_0_mlp_fc1"
SD1 = {"ss_base_model_version": "sd_v1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model, a LoRA of the network that draws, one of its words, one for XL, and one that is damaged."""
    import torch

    models = tmp_path_factory.mktemp("models")
    write_tiny_model(models / "tiny")
    torch.manual_seed(9)
    matrix, wide = torch.nn.Linear(24, 24), torch.nn.Linear(32, 128)
    adapter_file(models / "loras" / "Ink.safetensors", {QUERY: matrix}, metadata=SD1)
    adapter_file(models / "loras" / "words.safetensors", {WORDS: wide}, metadata=SD1)
    own, _ = lora("lora_down.weight", "lora_up.weight").tensors(torch.zeros(640, 2048))
    xl = "lora_unet_input_blocks_4_1_transformer_blocks_0_attn2_to_k"
    write(models / "loras" / "wide.safetensors", {f"{xl}.{end}": tensor for end, tensor in own.items()})
    (models / "loras" / "broken.safetensors").write_bytes(b"no such thing")
    return models


@pytest.fixture(scope="module")
def engine(folder: Path, schedulers: dict[str, SchedulerSpec]) -> Iterator[DiffusionEngine]:
    engine = DiffusionEngine(ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    yield engine
    engine.close()


def drawn(engine: DiffusionEngine, job: DenoiseJob) -> tuple[Any, tuple[str, ...]]:
    bound = engine.bound(lambda _progress: None, CancelToken())
    (pixels,) = bound.denoise(job)
    return pixels, bound.notes


@pytest.mark.parametrize("name", ["Ink", "words"])
def test_a_lora_changes_the_picture_and_is_gone_without_it(engine: DiffusionEngine, name: str) -> None:
    plain, _ = drawn(engine, make_job())
    loaded = engine.loaded_model, engine.device
    with_list, notes = drawn(engine, make_job(loras=(LoraUse(name, 2.0),)))
    in_prompt, _ = drawn(engine, make_job(prompt=f"a beautiful beach<lora:{name.lower()}:2>"))
    weaker, _ = drawn(engine, make_job(loras=(LoraUse(name, 1.0),)))
    nothing, _ = drawn(engine, make_job(loras=(LoraUse(name, 0.0),)))
    after, _ = drawn(engine, make_job())
    assert notes == ()
    assert not np.array_equal(plain, with_list)
    assert np.array_equal(with_list, in_prompt), "the prompt and the list name the same"
    assert not np.array_equal(with_list, weaker)
    assert np.array_equal(plain, nothing)
    assert np.array_equal(plain, after), "off is as if it had never been on"
    assert (engine.loaded_model, engine.device) == loaded


def test_a_network_weight_leaves_the_words_alone(engine: DiffusionEngine) -> None:
    plain, _ = drawn(engine, make_job())
    unheard, _ = drawn(engine, make_job(loras=(LoraUse("words", 2.0, 0.0),)))
    assert np.array_equal(plain, unheard)


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("wide", SettingError, "wide is for Stable Diffusion XL, but Tiny is Stable Diffusion 1"),
        ("broken", SettingError, "not in the models folders: broken"),
        ("nowhere", SettingError, "not in the models folders: nowhere"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_before_the_load(
    folder: Path, schedulers: dict[str, SchedulerSpec], name: str, error: type[Exception], said: str
) -> None:
    engine = DiffusionEngine(ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    with pytest.raises(error) as caught:
        drawn(engine, make_job(loras=(LoraUse(name),)))
    assert said.lower() in str(caught.value).lower()
    assert engine.loaded_model is None


def info(name: str, *, family: str = "sd1", problem: str | None = None, kind: Any = "lora") -> ModelInfo:
    path = Path("/models") / f"{name}.safetensors"
    return ModelInfo(
        id=name, name=path.stem, path=path, family=family, format="single_file", size=1, problem=problem, kind=kind
    )


MODEL = info("beach", kind="model")


def test_names_are_ids_or_files_and_capitals_do_not_matter() -> None:
    ink, style = info("styles/Ink"), info("Style v1.2")
    for name in ("styles/Ink", "styles\\Ink", "ink", "Ink.safetensors", " INK "):
        assert [each.info for each in wanted_loras([LoraUse(name)], (MODEL, ink, style), MODEL)[0]] == [ink]
    assert [each.info for each in wanted_loras([LoraUse("Style v1.2")], (ink, style), MODEL)[0]] == [style]


def test_of_two_with_one_name_the_one_that_fits_is_taken() -> None:
    other, own = info("xl/ink", family="sdxl"), info("sd1/ink")
    assert [each.info for each in wanted_loras([LoraUse("ink")], (other, own), MODEL)[0]] == [own]


def test_weights_of_one_that_is_named_twice_add_up_and_have_an_end() -> None:
    ink = info("ink")
    (one,), notes = wanted_loras([LoraUse("ink", 0.5, 0.25), LoraUse("Ink", 0.75)], (ink,), MODEL)
    assert (one.weight, one.text_weight, notes) == (1.25, 1.0, ())
    (much,), notes = wanted_loras([LoraUse("ink", 90)], (ink,), MODEL)
    assert much.weight == 4.0
    assert "weight" in notes[0]
    assert wanted_loras([LoraUse("ink", 1), LoraUse("ink", -1)], (ink,), MODEL) == ((), ())


def test_unsound_files_say_why_and_unknown_families_are_tried() -> None:
    with pytest.raises(ModelError, match="has a hole"):
        wanted_loras([LoraUse("ink")], (info("ink", problem="has a hole"),), MODEL)
    assert wanted_loras([LoraUse("ink")], (info("ink", family=""),), MODEL)[0]


def test_all_that_are_missing_are_named_at_once() -> None:
    with pytest.raises(SettingError, match="one, two"):
        wanted_loras([LoraUse("one"), LoraUse("two"), LoraUse("one")], (MODEL,), MODEL)


def test_what_a_prompt_from_elsewhere_names_may_be_missing() -> None:
    ink = info("ink")
    wanted, notes = wanted_loras([], (ink, MODEL), MODEL, named=[LoraUse("oil"), LoraUse("ink"), LoraUse("oil")])
    assert [each.info for each in wanted] == [ink]
    assert notes == ("The LoRA oil is not in the models folders, so it was left out.",)
    with pytest.raises(SettingError, match="Stable Diffusion XL"):
        wanted_loras([], (info("ink", family="sdxl"),), MODEL, named=[LoraUse("ink")])


def test_prompts_that_are_mixed_share_their_loras() -> None:
    blend = Blend("a <lora:ink:1>", "b <lora:oil:2:0.5>", 0.25)
    job = make_job(prompt="c <lora:never:1>", prompt_blend=blend)
    assert loras_in_prompts(job) == (LoraUse("ink", 0.75), LoraUse("oil", 0.125, 0.5))


def test_jobs_have_the_loras_of_their_settings_which_are_stored() -> None:
    settings = GenerationSettings(loras=(LoraUse("ink", 0.5, 0.25),))
    assert DenoiseJob.from_settings(settings).loras == settings.loras
    again = GenerationSettings.read_json(settings.json())
    assert again == settings
    assert again.with_changes(seed=5).loras == (LoraUse("ink", 0.5, 0.25),)
