"""Frames drawn together through a motion adapter with random weights: no published weights are here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import Blend, LoraUse, MotionJob, SchedulerSpec
from studio.document import Pixels
from studio.engine.device.devices import Device
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.engine.models.motion_network import load_motion_network
from studio.errors import Cancelled, ModelError, SettingError
from studio.generation import CancelToken, Progress
from studio.paths import default_paths
from tests.engine.adapter_files import adapter_file
from tests.engine.tiny_model import SIDE, make_job, picture

SAME = 1
"""Levels by which rounding in another order may move a pixel."""


def write_adapter(folder: Path, *, silent: bool, channels: tuple[int, ...] = (16, 24), **options: Any) -> None:
    """A motion adapter with random weights; ``silent`` ones add nothing, as where their training starts."""
    import torch
    from diffusers import MotionAdapter

    torch.manual_seed(0)
    usual = {"motion_layers_per_block": 1, "motion_num_attention_heads": 2, "motion_norm_num_groups": 8}
    adapter = MotionAdapter(channels, motion_max_seq_length=16, **{**usual, **options})
    for name, parameter in adapter.named_parameters():
        if "proj_out" in name and silent:
            torch.nn.init.zeros_(parameter)
    adapter.save_pretrained(folder, safe_serialization=True)


@pytest.fixture(scope="module")
def library(models_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelLibrary:
    """The tiny model, the starter, and adapters for them."""
    folder = tmp_path_factory.mktemp("adapters")
    write_adapter(folder / "silent", silent=True)
    write_adapter(folder / "moving", silent=False)
    write_adapter(folder / "for_starter", silent=True, channels=(48, 96, 160, 192))
    return ModelLibrary([default_paths().starter_model, models_folder, folder])


@pytest.fixture(scope="module")
def engine(library: ModelLibrary, schedulers: dict[str, SchedulerSpec]) -> Iterator[DiffusionEngine]:
    made = DiffusionEngine(library, "cpu", None, schedulers, precision="float32", torch_threads=1)
    yield made
    made.close()


def frames(count: int = 3, **changes: Any) -> tuple[Any, ...]:
    return tuple(make_job(seed=10 * index, steps=3, **changes) for index in range(count))


def together(engine: DiffusionEngine, job: MotionJob, reports: list[Progress] | None = None) -> tuple[Pixels, ...]:
    report = (lambda progress: None) if reports is None else reports.append
    return engine.bound(report, CancelToken()).denoise_together(job)


def alone(engine: DiffusionEngine, jobs: tuple[Any, ...]) -> list[Pixels]:
    return [engine.bound(lambda progress: None, CancelToken()).denoise(job)[0] for job in jobs]


def distance(one: Pixels, other: Pixels) -> int:
    return int(np.abs(one.astype(int) - other).max())


@pytest.mark.parametrize("scheduler", ["euler", "euler_a", "ddim", "heun", "dpmpp_2m_karras"])
def test_without_motion_every_frame_is_what_its_noise_draws_alone(engine: DiffusionEngine, scheduler: str) -> None:
    jobs = frames(scheduler=scheduler)
    drawn = together(engine, MotionJob(frames=jobs, adapter="silent"))
    assert [distance(one, other) <= SAME for one, other in zip(drawn, alone(engine, jobs), strict=True)] == [True] * 3
    assert distance(drawn[0], drawn[1]) > 10


def test_loras_change_frames_as_they_change_pictures(engine: DiffusionEngine, library: ModelLibrary) -> None:
    file = library.paths[-1] / "ink.safetensors"
    query = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_q"
    adapter_file(file, {query: torch.nn.Linear(24, 24)}, metadata={"ss_base_model_version": "sd_v1"})
    try:
        jobs = frames(2, loras=(LoraUse("ink", 3.0),))
        drawn = together(engine, MotionJob(frames=jobs, adapter="silent"))
        assert max(map(distance, drawn, alone(engine, jobs))) <= SAME
        assert min(map(distance, drawn, alone(engine, frames(2)))) > SAME
    finally:
        file.unlink()


def test_each_frame_has_its_own_prompt_seeds_and_start(engine: DiffusionEngine) -> None:
    walk = tuple(
        make_job(
            steps=3,
            guidance_scale=1.0,
            prompt_blend=Blend("a beach", "森林", share),
            seed_blend=Blend(1, 2, share),
            seed=1,
        )
        for share in (0.0, 0.5)
    )
    drawn = together(engine, MotionJob(frames=walk, adapter="silent"))
    assert all(distance(one, other) <= SAME for one, other in zip(drawn, alone(engine, walk), strict=True))
    film = tuple(make_job(steps=4, seed=index, image=picture(index), strength=0.5) for index in range(3))
    drawn = together(engine, MotionJob(frames=film, adapter="silent"))
    assert all(distance(one, other) <= SAME for one, other in zip(drawn, alone(engine, film), strict=True))


def test_the_starter_takes_a_motion_adapter(engine: DiffusionEngine) -> None:
    jobs = frames(2, model="starter", prompt="a beach at noon")
    drawn = together(engine, MotionJob(frames=jobs))
    assert all(distance(one, other) <= SAME for one, other in zip(drawn, alone(engine, jobs), strict=True))


def test_motion_changes_the_frames_and_the_same_job_gives_the_same_again(engine: DiffusionEngine) -> None:
    jobs = frames()
    drawn = together(engine, MotionJob(frames=jobs, adapter="moving"))
    assert all(distance(one, other) > SAME for one, other in zip(drawn, alone(engine, jobs), strict=True))
    reports: list[Progress] = []
    again = together(engine, MotionJob(frames=jobs, adapter="moving"), reports)
    assert all(np.array_equal(one, other) for one, other in zip(drawn, again, strict=True))
    other_neighbour = together(engine, MotionJob(frames=(*jobs[:2], make_job(seed=99, steps=3)), adapter="moving"))
    assert distance(other_neighbour[0], drawn[0]) > SAME, "frames look at one another"
    steps = [progress for progress in reports if progress.stage == "denoising"]
    assert steps[-1].step == steps[-1].total_steps == 3
    assert steps[-1].preview is not None


@pytest.mark.parametrize("scheduler", ["euler", "euler_a", "ddim", "heun", "dpmpp_2m_karras"])
@pytest.mark.parametrize("starts_from_images", [False, True])
def test_frames_that_are_held_come_back_and_pull_the_others(
    engine: DiffusionEngine, scheduler: str, starts_from_images: bool
) -> None:
    changes = {"image": picture(5), "strength": 0.7} if starts_from_images else {}
    jobs, held = frames(scheduler=scheduler, **changes), (picture(1), picture(2))
    drawn = together(engine, MotionJob(frames=jobs, adapter="moving", held=held))
    model = engine.load("tiny", lambda progress: None, CancelToken())
    from studio.engine.codec import as_tensor

    for frame, given in zip(drawn, held, strict=False):
        assert distance(frame, model.decode(model.codec.encode(as_tensor(given)))) <= SAME
    assert distance(drawn[2], together(engine, MotionJob(frames=jobs, adapter="moving"))[2]) > SAME


def test_a_cancel_takes_effect_within_the_first_step(engine: DiffusionEngine) -> None:
    cancel, seen = CancelToken(), []

    def stop_when_denoising_begins(progress: Progress) -> None:
        seen.append(progress)
        if progress.stage == "denoising":
            cancel.cancel()

    with pytest.raises(Cancelled):
        engine.bound(stop_when_denoising_begins, cancel).denoise_together(MotionJob(frames=frames(), adapter="silent"))
    assert seen[-1].step == 0
    assert len(together(engine, MotionJob(frames=frames(), adapter="silent"))) == 3


def test_the_layers_of_the_model_are_shared(engine: DiffusionEngine, library: ModelLibrary) -> None:
    from diffusers import UNet2DConditionModel

    unet = UNet2DConditionModel.from_pretrained(library.get("tiny").path / "unet")
    network = load_motion_network(unet, library.get("moving"), Device(kind="cpu", index=0, name="cpu", memory=0))
    own = {id(parameter) for parameter in unet.parameters()}
    assert own <= {id(parameter) for parameter in network.parameters()}


def test_the_library_knows_adapters_from_models(library: ModelLibrary, tmp_path: Path) -> None:
    kinds = {model.id: (model.kind, model.problem) for model in library.scan()}
    assert kinds["silent"] == ("motion adapter", None)
    assert kinds["tiny"] == ("model", None)
    with pytest.raises(ModelError, match="motion adapter, which draws nothing alone"):
        library.limits("silent")
    write_adapter(tmp_path / "pickled", silent=True)
    weights = tmp_path / "pickled" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    (found,) = ModelLibrary([tmp_path]).motion_adapters()
    assert "pickle file" in str(found.problem)


def test_without_an_adapter_that_fits_it_says_what_to_download_and_where_to_put_it(
    models_folder: Path, schedulers: dict[str, SchedulerSpec], tmp_path: Path
) -> None:
    engine = DiffusionEngine(ModelLibrary([models_folder, tmp_path]), "cpu", None, schedulers, precision="float32")
    with pytest.raises(ModelError, match="There is no motion adapter") as caught:
        together(engine, MotionJob(frames=frames()))
    assert str(tmp_path) in caught.value.advice
    assert "diffusers" in caught.value.advice
    write_adapter(tmp_path / "wide", silent=True, channels=(32, 48))
    with pytest.raises(ModelError, match=r"None of the motion adapters \(wide\) fits Tiny"):
        together(engine, MotionJob(frames=frames()))
    with pytest.raises(ModelError, match="wide cannot be used: it was made for a UNet with blocks of"):
        together(engine, MotionJob(frames=frames(), adapter="wide"))
    with pytest.raises(ModelError, match="There is no motion adapter 'none'"):
        together(engine, MotionJob(frames=frames(), adapter="none"))
    config = json.loads((tmp_path / "wide" / "config.json").read_text("utf-8"))
    (tmp_path / "wide" / "config.json").write_text(json.dumps({**config, "block_out_channels": [16, 24]}), "utf-8")
    with pytest.raises(ModelError, match="The motion adapter Wide"):
        together(engine, MotionJob(frames=frames()))
    assert engine.loaded_model in (None, "tiny")


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (MotionJob(frames=frames(17)), "17 frames cannot be drawn together"),
        (MotionJob(frames=(make_job(), make_job(width=2 * SIDE))), "one size"),
        (MotionJob(frames=(make_job(), make_job(image=picture()))), "one picture a frame"),
        (MotionJob(frames=(make_job(),), held=(picture(),)), "to go on from do not fit"),
    ],
)
def test_frames_that_cannot_be_drawn_together(engine: DiffusionEngine, job: MotionJob, message: str) -> None:
    with pytest.raises(SettingError, match=message):
        together(engine, job)
