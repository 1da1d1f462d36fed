"""Few-step weights in a model's folder: listed as a model of their own, merged when loaded."""

from __future__ import annotations

import json
import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.torch
import torch

from studio.api import SchedulerSpec
from studio.document import new_document
from studio.engine.engine import DiffusionEngine
from studio.engine.loaded_model import LoadedModel
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.errors import ModelError
from studio.generation import CancelToken, GenerationSettings
from studio.jobs.live import LiveArtist, LiveRequest, live_settings
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginHost
from tests.engine.tiny_model import generate, make_job

PAIR = ("tiny", "tiny/few_steps")
SAMPLING: dict[str, Any] = {"scheduler": "ddim", "steps": 4, "guidance_scale": 1.0}


@pytest.fixture
def model(models_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that brings few-step weights."""
    import diffusers
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    folder = tmp_path / "models" / "tiny"
    shutil.copytree(models_folder / "tiny", folder)
    unet = diffusers.UNet2DConditionModel.from_pretrained(folder / "unet")
    unet.add_adapter(LoraConfig(r=2, lora_alpha=2, target_modules=["to_q", "to_v", "conv1"]))
    torch.manual_seed(3)
    for name, value in unet.named_parameters():
        if "lora" in name:
            torch.nn.init.normal_(value, std=0.3)
    diffusers.StableDiffusionPipeline.save_lora_weights(
        folder / "few_steps", unet_lora_layers=get_peft_model_state_dict(unet)
    )
    (folder / "few_steps" / "sampling.json").write_text(json.dumps(SAMPLING), "utf-8")
    return folder


def library_of(model: Path) -> ModelLibrary:
    return ModelLibrary([model.parent])


def test_the_model_is_listed_twice(model: Path) -> None:
    plain, quick = library_of(model).scan()
    assert (plain.id, plain.few_steps) == ("tiny", None)
    assert (quick.id, quick.name, quick.problem) == ("tiny/few_steps", "Tiny, 4 steps", None)
    assert quick.few_steps is not None
    assert (quick.few_steps.scheduler, quick.few_steps.steps, quick.few_steps.guidance_scale) == ("ddim", 4, 1.0)
    assert 0 < quick.size < plain.size
    assert library_of(model).limits("tiny/few_steps") == library_of(model).limits("tiny")


def test_merged_weights_draw_otherwise_and_the_plain_model_stays_as_it_is(
    model: Path, models_folder: Path, schedulers: dict[str, SchedulerSpec], tmp_path: Path
) -> None:
    engine = DiffusionEngine(library_of(model), "cpu", tmp_path / "cache", schedulers, precision="float32")
    job = make_job(scheduler="ddim", steps=2, guidance_scale=1.0)
    (plain,), _ = generate(engine, job)
    (quick,), _ = generate(engine, make_job(scheduler="ddim", steps=2, guidance_scale=1.0, model="tiny/few_steps"))
    (again,), _ = generate(engine, job)
    engine.close()
    assert np.array_equal(plain, again)
    assert not np.array_equal(plain, quick)


@pytest.fixture
def engine(model: Path, schedulers: dict[str, SchedulerSpec]) -> Iterator[DiffusionEngine]:
    made = DiffusionEngine(library_of(model), "cpu", None, schedulers, precision="float32", torch_threads=1)
    yield made
    made.close()


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the models that engines load."""
    ids: list[str] = []
    real = DiffusionEngine._load

    def counting(self: DiffusionEngine, info: ModelInfo, *others: Any) -> LoadedModel:
        ids.append(info.id)
        return real(self, info, *others)

    monkeypatch.setattr(DiffusionEngine, "_load", counting)
    return ids


def turn(engine: DiffusionEngine, model_id: str) -> Any:
    (picture,), _ = generate(engine, make_job(scheduler="ddim", steps=1, guidance_scale=1.0, model=model_id))
    return picture


def test_generate_and_live_painting_in_turns_load_nothing_again(engine: DiffusionEngine, loads: list[str]) -> None:
    runner, artist, document = JobRunner(PluginHost(), lambda: engine), LiveArtist(), new_document(64, 64)
    chosen = GenerationSettings(prompt="a beach", model="tiny", scheduler="ddim", steps=2, strength=0.3)
    request = LiveRequest(document=document, settings=live_settings(chosen, engine.library.scan(), document))
    assert request.settings.model == "tiny/few_steps"
    drawn, frames = [], []
    for _ in range(3):
        drawn.append(turn(engine, "tiny"))
        frames.append(artist.draw(runner, request, CancelToken(), lambda _progress: None).pixels)
    assert loads == ["tiny", "tiny/few_steps"]
    assert all(np.array_equal(picture, drawn[0]) for picture in drawn)
    assert all(np.array_equal(frame, frames[0]) for frame in frames)


def test_one_that_waits_is_loaded_anew_where_its_files_changed(
    model: Path, engine: DiffusionEngine, loads: list[str]
) -> None:
    before = turn(engine, "tiny")
    turn(engine, "tiny/few_steps")
    (weights,) = (model / "unet").glob("*.safetensors")
    values = safetensors.torch.load_file(weights)
    safetensors.torch.save_file({name: value * 0.5 for name, value in values.items()}, weights)
    assert not np.array_equal(turn(engine, "tiny"), before)
    assert loads == ["tiny", "tiny/few_steps", "tiny"]


def test_another_model_releases_both(model: Path, engine: DiffusionEngine) -> None:
    shutil.copytree(model, model.with_name("other"))
    there = [weakref.ref(engine.load(name, lambda _progress: None, CancelToken())) for name in PAIR]
    assert all(each() is not None for each in there)
    turn(engine, "other")
    assert [each() for each in there] == [None, None]


def test_a_large_one_is_released_before_its_twin_is_loaded(
    engine: DiffusionEngine, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.engine.loaded_model._MOST_WAITING", 1000)
    for name in (*PAIR, *PAIR):
        turn(engine, name)
    assert loads == [*PAIR, *PAIR]


def test_merging_equals_an_adapter_at_its_side(model: Path) -> None:
    import diffusers

    from studio.engine.models.few_steps import merge

    few_steps = library_of(model).get("tiny/few_steps").few_steps
    assert few_steps is not None
    merged, beside = (diffusers.UNet2DConditionModel.from_pretrained(model / "unet") for _ in range(2))
    assert few_steps.weights is not None
    merge(merged, few_steps.weights)
    beside.load_lora_adapter(few_steps.weights.parent, weight_name=few_steps.weights.name, prefix="unet")
    assert not any("lora" in name for name, _ in merged.named_parameters())
    torch.manual_seed(0)
    latents, words = torch.randn(1, 4, 8, 8), torch.randn(1, 77, 32)
    with torch.no_grad():
        outputs = [unet(latents, 500, encoder_hidden_states=words).sample for unet in (merged, beside)]
    assert torch.allclose(*outputs, atol=1e-4)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"steps": 0}, "steps"),
        ({"steps": "4"}, "steps"),
        ({"scheduler": None}, "scheduler"),
        ({"guidance_scale": -1}, "guidance_scale"),
    ],
)
def test_a_wrong_value_names_the_file(model: Path, change: dict[str, Any], named: str) -> None:
    (model / "few_steps" / "sampling.json").write_text(json.dumps(SAMPLING | change), "utf-8")
    plain, quick = library_of(model).scan()
    assert plain.problem is None
    assert quick.problem is not None
    with pytest.raises(ModelError, match=rf"sampling\.json: {named} has a value"):
        library_of(model).checked("tiny/few_steps")


def test_torn_weights_name_the_file_and_spare_the_plain_model(model: Path) -> None:
    weights = model / "few_steps" / "pytorch_lora_weights.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    plain, quick = library_of(model).scan()
    assert plain.problem is None
    assert "pytorch_lora_weights.safetensors" in (quick.problem or "")
    with pytest.raises(ModelError, match="pytorch_lora_weights"):
        library_of(model).checked("tiny/few_steps")
