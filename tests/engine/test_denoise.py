"""Pictures from a small random model: modes, seeds, sizes, progress, prompts."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api.specs import steps_of
from studio.document import Rect
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.errors import ModelError, SettingError
from studio.generation import CancelToken
from tests.engine import tiny_model
from tests.engine.tiny_model import SIDE, generate, make_job, picture

WHOLE = np.ones((SIDE, SIDE), np.float32)


@pytest.mark.parametrize("scheduler", ["euler", "euler_a", "ddim", "heun", "dpmpp_2m_karras"])
@pytest.mark.parametrize("mode", ["text", "image", "inpaint"])
def test_every_mode_with_every_kind_of_scheduler(shared_engine: DiffusionEngine, scheduler: str, mode: str) -> None:
    changes: dict[str, Any] = {"scheduler": scheduler}
    if mode != "text":
        changes |= {"image": picture(), "strength": 0.6}
    if mode == "inpaint":
        changes |= {"mask": WHOLE}
    (pixels,), reports = generate(shared_engine, make_job(**changes))
    assert pixels.shape == (SIDE, SIDE, 3)
    assert pixels.dtype == np.uint8
    assert pixels.std() > 0
    assert [report.stage for report in reports if report.stage != "denoising"][-2:] == ["encoding", "decoding"]


def test_chinese_prompts_are_prompts_of_their_own(shared_engine: DiffusionEngine) -> None:
    (beach,), _ = generate(shared_engine, make_job(prompt="美丽的海滩"))
    (forest,), _ = generate(shared_engine, make_job(prompt="森林"))
    assert not np.array_equal(beach, forest)


def test_sides_need_not_be_square(shared_engine: DiffusionEngine) -> None:
    (pixels,), _ = generate(shared_engine, make_job(width=96, height=40))
    assert pixels.shape == (40, 96, 3)


def test_the_same_job_gives_the_same_pixels(shared_engine: DiffusionEngine) -> None:
    job = make_job(scheduler="euler_a")
    assert np.array_equal(generate(shared_engine, job)[0][0], generate(shared_engine, job)[0][0])


def test_picture_i_is_that_of_seed_plus_i_whatever_the_count(shared_engine: DiffusionEngine) -> None:
    three, _ = generate(shared_engine, make_job(count=3, seed=40))
    alone, _ = generate(shared_engine, make_job(count=1, seed=42))
    assert np.array_equal(three[2], alone[0])
    assert not np.array_equal(three[0], three[1])


def test_another_process_gives_the_same_pixels(
    shared_engine: DiffusionEngine, models_folder: Path, tmp_path: Path
) -> None:
    device = generate(shared_engine, make_job())[0] and shared_engine.device
    assert device is not None
    code = (
        "import sys, hashlib, pathlib\n"
        "from tests.engine import tiny_model\n"
        "from studio.engine.engine import DiffusionEngine\n"
        "from studio.engine.models.library import ModelLibrary\n"
        "library = ModelLibrary([pathlib.Path(sys.argv[1])])\n"
        "specs = tiny_model.scheduler_specs()\n"
        "engine = DiffusionEngine(library, 'cpu', None, specs, precision='float32', torch_threads=1)\n"
        "pixels = tiny_model.generate(engine, tiny_model.make_job(scheduler='euler_a', seed=11))[0][0]\n"
        "print(hashlib.sha256(pixels.tobytes()).hexdigest())\n"
    )
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PATH": "", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", code, str(models_folder)]
    other = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    library = ModelLibrary([models_folder])
    engine = DiffusionEngine(library, "cpu", None, tiny_model.scheduler_specs(), precision="float32", torch_threads=1)
    pixels = generate(engine, make_job(scheduler="euler_a", seed=11))[0][0]
    assert hashlib.sha256(pixels.tobytes()).hexdigest() == other


@pytest.mark.parametrize(
    ("steps", "strength", "expected"),
    [
        (20, 1.0, 20),
        (20, 0.75, 15),
        (20, 0.3, 6),
        (10, 0.29, 3),
        (4, 0.3, 1),
        (4, 0.0, 1),
        (1, 0.5, 1),
        (30, 0.999, 30),
    ],
)
def test_strength_says_how_many_steps_run(steps: int, strength: float, expected: int) -> None:
    assert steps_of(make_job(steps=steps, strength=strength, image=picture())) == expected


@pytest.mark.parametrize("strength", [0.0, 0.1, 0.29, 0.5, 0.57, 0.999, 1.0])
@pytest.mark.parametrize("masked", [False, True])
def test_exactly_that_many_steps_run(shared_engine: DiffusionEngine, strength: float, masked: bool) -> None:
    job = make_job(steps=7, image=picture(), strength=strength, mask=WHOLE if masked else None, scheduler="ddim")
    _, reports = generate(shared_engine, job)
    assert reports[-1].total_steps == steps_of(job)
    assert reports[-1].step == reports[-1].total_steps


def test_low_strength_stays_nearer_to_the_picture(shared_engine: DiffusionEngine) -> None:
    """Measured against what the VAE alone makes of it, which is strength 0 but for one step."""
    (kept,), _ = generate(shared_engine, make_job(image=picture(), strength=0.0, steps=50))
    (near,), _ = generate(shared_engine, make_job(image=picture(), strength=0.2, steps=50))
    (far,), _ = generate(shared_engine, make_job(image=picture(), strength=1.0, steps=50))
    distance = [np.abs(kept.astype(int) - other).mean() for other in (near, far)]
    assert distance[0] < distance[1]


def test_progress_is_throttled_counts_all_pictures_and_ends_full(shared_engine: DiffusionEngine) -> None:
    rect = Rect(10, 20, SIDE, SIDE)
    _, reports = generate(shared_engine, make_job(steps=6, count=2, rect=rect))
    steps = [report for report in reports if report.stage == "denoising" and report.preview is not None]
    assert steps[-1].step == steps[-1].total_steps == 12
    assert steps[-1].preview_rect == rect
    assert steps[-1].preview is not None
    assert steps[-1].preview.shape == (SIDE // 8, SIDE // 8, 3)
    assert steps[-1].seconds_left == 0.0
    assert [report.step for report in reports if report.stage != "loading"] == sorted(
        report.step for report in reports if report.stage != "loading"
    )


def test_guidance_of_one_runs_the_model_once_a_step(
    shared_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engine.families.sd import StableDiffusion

    batches: list[int] = []
    real = StableDiffusion.predict

    def counted(self: StableDiffusion, given: Any) -> Any:
        batches.append(len(given.sample))
        return real(self, given)

    monkeypatch.setattr(StableDiffusion, "predict", counted)
    generate(shared_engine, make_job(guidance_scale=1.0))
    generate(shared_engine, make_job(guidance_scale=3.0))
    assert batches == [1] * 4 + [2] * 4


def test_prompts_are_encoded_once(shared_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.engine.families.clip import ClipCoder

    encoded: list[str] = []
    real = ClipCoder.encode

    def counted(self: ClipCoder, prompt: str) -> Any:
        encoded.append(prompt)
        return real(self, prompt)

    monkeypatch.setattr(ClipCoder, "encode", counted)
    for seed in range(3):
        generate(shared_engine, make_job(prompt="a lighthouse", negative_prompt="fog", seed=seed))
    assert encoded == ["a lighthouse", "fog"]


def test_a_prompt_of_thousands_of_words_is_cut_and_says_what_was_left_out(shared_engine: DiffusionEngine) -> None:
    bound = shared_engine.bound(lambda progress: None, CancelToken())
    bound.denoise(make_job(prompt="a sea of " + "waves and " * 300 + "one red boat", steps=1))
    (note,) = bound.notes
    assert note.endswith("and one red boat).")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"width": 100}, r"width cannot be 100.*multiples of 8.*Try 96"),
        ({"height": 0}, "height cannot be 0"),
        ({"height": -8}, "height cannot be -8"),
        ({"steps": 0}, "steps cannot be 0"),
        ({"count": 0}, "count cannot be 0"),
        ({"strength": 1.5, "image": picture()}, "strength cannot be 1.5"),
        ({"strength": float("nan"), "image": picture()}, "strength cannot be nan"),
        ({"guidance_scale": float("nan")}, "guidance_scale cannot be nan"),
        ({"scheduler": "magic"}, r"no scheduler 'magic'.*ddim.*euler"),
        ({"image": picture()[:32]}, r"The image is uint8 \(32, 64, 3\)"),
        ({"image": picture().astype(np.float32)}, "The image is float32"),
        ({"mask": WHOLE}, "without an image"),
        ({"image": picture(), "mask": WHOLE[:32]}, r"The mask is float32 \(32, 64\)"),
        ({"image": picture(), "mask": WHOLE * 2}, r"outside 0\.\.1"),
        ({"image": picture(), "mask": WHOLE * np.nan}, r"outside 0\.\.1"),
    ],
)
def test_wrong_settings_are_refused_with_the_way_out(
    shared_engine: DiffusionEngine, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(SettingError, match=message):
        generate(shared_engine, make_job(**changes))


def test_a_missing_model_lists_those_that_are_there(shared_engine: DiffusionEngine) -> None:
    with pytest.raises(ModelError, match=r"no model 'gone'.*tiny"):
        generate(shared_engine, make_job(model="gone"))


@pytest.mark.parametrize("scheduler", ["ddim", "euler_a", "heun"])
def test_in_float32_the_picture_is_that_of_bare_diffusers(
    new_engine: DiffusionEngine, models_folder: Path, scheduler: str
) -> None:
    """To within the rounding of the last bit: diffusers cuts fractions off."""
    import torch
    from diffusers import StableDiffusionPipeline

    (ours,), _ = generate(new_engine, make_job(scheduler=scheduler, negative_prompt="fog"))
    pipeline = StableDiffusionPipeline.from_pretrained(models_folder / "tiny", local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    pipeline.scheduler = tiny_model.scheduler_specs()[scheduler].factory(pipeline.scheduler.config)
    theirs = pipeline(
        "a beautiful beach",
        negative_prompt="fog",
        num_inference_steps=4,
        guidance_scale=3.0,
        width=SIDE,
        height=SIDE,
        generator=torch.Generator("cpu").manual_seed(7),
    ).images[0]
    assert np.abs(ours.astype(int) - np.asarray(theirs)).max() <= 1


def test_the_fast_format_gives_nearly_the_picture_of_float32(new_engine: DiffusionEngine, tmp_path: Path) -> None:
    """bfloat16 networks, float32 arithmetic between them."""
    import torch

    from studio.engine.device.devices import Precision
    from studio.engine.families.sd import StableDiffusion

    (exact,), _ = generate(new_engine, make_job(scheduler="ddim", steps=20))
    model = new_engine.load("tiny", lambda progress: None, CancelToken())
    assert model.device == model.device.with_precision(Precision(), Precision())
    model.denoiser = StableDiffusion(model.denoiser.network.to(torch.bfloat16), channels_last=False)
    (fast,), _ = generate(new_engine, make_job(scheduler="ddim", steps=20))
    error = np.square(exact.astype(float) - fast).mean()
    assert 10 * np.log10(255**2 / error) > 35


def test_a_job_looks_its_model_up_once(shared_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    scans: list[int] = []
    real = ModelLibrary.scan
    monkeypatch.setattr(ModelLibrary, "scan", lambda library: scans.append(1) or real(library))
    bound = shared_engine.bound(lambda progress: None, CancelToken())
    side = bound.limits("tiny").native_side
    for seed in (1, 2):
        bound.denoise(make_job(steps=1, seed=seed, width=side, height=side))
    assert len(scans) == 1
