"""Cancels and faults in the middle of a job: quick, typed, and the engine stays usable."""

from __future__ import annotations

import gc
import shutil
import socket
import threading
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import SchedulerSpec
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.errors import Cancelled, EngineError, ModelError, OutOfMemoryError, SettingError
from studio.generation import CancelToken, Progress
from tests.engine.tiny_model import SIDE, generate, make_job, picture, write_tiny_model

PREDICT = "studio.engine.families.sd.StableDiffusion.predict"
OUT_OF_MEMORY = (
    "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes",
    "MPS backend out of memory (MPS allocated: 9 GB)",
)


@pytest.fixture
def unet_calls(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for every call of the UNet."""
    from studio.engine.families.sd import StableDiffusion

    calls: list[int] = []
    real = StableDiffusion.predict

    def counted(self: StableDiffusion, given: Any) -> Any:
        calls.append(len(calls))
        return real(self, given)

    monkeypatch.setattr(StableDiffusion, "predict", counted)
    return calls


@pytest.mark.parametrize("mode", ["text", "image", "inpaint"])
def test_cancel_takes_effect_within_one_step_and_skips_the_decoder(
    shared_engine: DiffusionEngine, unet_calls: list[int], monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    from studio.engine.codec import LatentCodec

    decoded: list[int] = []
    generate(shared_engine, make_job())
    real = LatentCodec.decode
    monkeypatch.setattr(
        LatentCodec, "decode", lambda self, *given, **how: decoded.append(1) or real(self, *given, **how)
    )
    cancel = CancelToken()
    unet_calls.clear()

    def report(progress: Progress) -> None:
        if progress.stage == "denoising" and progress.step >= 1:
            cancel.cancel()

    image = None if mode == "text" else picture()
    mask = np.ones((SIDE, SIDE), np.float32) if mode == "inpaint" else None
    with pytest.raises(Cancelled):
        shared_engine.bound(report, cancel).denoise(make_job(steps=50, image=image, mask=mask))
    cancelled_at = len(unet_calls)
    assert cancelled_at < 50
    assert decoded == []
    generate(shared_engine, make_job())
    assert decoded == [1]


@pytest.mark.parametrize("part", ["vae", "unet"])
def test_a_cancel_inside_a_network_acts_before_its_next_layer(shared_engine: DiffusionEngine, part: str) -> None:
    model = shared_engine.load("tiny", lambda progress: None, CancelToken())
    layers = list((model.codec.vae.decoder if part == "vae" else model.denoiser.network).modules())
    cancel, entered = CancelToken(), []

    def entering(_layer: object, _given: object) -> None:
        entered.append(1)
        cancel.cancel()

    hooks = [layer.register_forward_pre_hook(entering) for layer in layers]
    try:
        with pytest.raises(Cancelled):
            shared_engine.bound(lambda progress: None, cancel).denoise(make_job(steps=2))
    finally:
        for hook in hooks:
            hook.remove()
    assert len(entered) < 4
    assert not any(layer._forward_pre_hooks for layer in layers), "nothing looks at a token that is gone"
    generate(shared_engine, make_job())


def test_a_cancel_from_another_thread_before_the_start_runs_nothing(
    shared_engine: DiffusionEngine, unet_calls: list[int]
) -> None:
    cancel = CancelToken()
    thread = threading.Thread(target=cancel.cancel)
    thread.start()
    thread.join()
    with pytest.raises(Cancelled):
        generate(shared_engine, make_job(), cancel)
    assert unet_calls == []


def test_a_cancel_while_loading_leaves_no_model_and_loads_again(new_engine: DiffusionEngine) -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        new_engine.bound(lambda progress: cancel.cancel(), cancel).denoise(make_job())
    assert new_engine.loaded_model is None
    generate(new_engine, make_job())
    assert new_engine.loaded_model == "tiny"


def test_a_cancel_between_two_parts_of_a_model_is_a_cancel_not_a_damaged_model(new_engine: DiffusionEngine) -> None:
    cancel = CancelToken()

    def cancel_at_first_part(progress: Progress) -> None:
        if progress.stage == "loading" and progress.step >= 1:
            cancel.cancel()

    with pytest.raises(Cancelled):
        new_engine.bound(cancel_at_first_part, cancel).denoise(make_job())
    assert new_engine.loaded_model is None


def test_a_fault_in_the_middle_is_an_engine_error_and_the_next_job_runs(
    new_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (before,), _ = generate(new_engine, make_job())
    with monkeypatch.context() as patch:
        patch.setattr(PREDICT, _raise(RuntimeError("the cable fell out")))
        with pytest.raises(EngineError, match="the cable fell out"):
            generate(new_engine, make_job())
    (after,), _ = generate(new_engine, make_job())
    assert np.array_equal(before, after)


def test_a_report_that_raises_is_an_engine_error(shared_engine: DiffusionEngine) -> None:
    def report(progress: Progress) -> None:
        if progress.stage == "denoising":
            raise ZeroDivisionError("in the window")

    with pytest.raises(EngineError, match="in the window"):
        shared_engine.bound(report, CancelToken()).denoise(make_job())
    generate(shared_engine, make_job())


def test_a_scheduler_that_cannot_be_made_is_a_setting_error(models_folder: Path) -> None:
    broken = SchedulerSpec(id="broken", name="Broken", factory=_raise(ValueError("no such table")))
    engine = DiffusionEngine(
        ModelLibrary([models_folder]), "cpu", None, {"broken": broken}, precision="float32", torch_threads=1
    )
    with pytest.raises(SettingError, match=r"scheduler Broken cannot run 4 steps.*no such table"):
        generate(engine, make_job(scheduler="broken"))


@pytest.mark.parametrize("message", OUT_OF_MEMORY)
def test_out_of_memory_in_a_step_splits_the_guided_pair(
    new_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch, message: str
) -> None:
    from studio.engine.families.sd import StableDiffusion

    (usual, _), _ = generate(new_engine, make_job(count=2))
    batches: list[int] = []
    real = StableDiffusion.predict

    def full_for_two(self: StableDiffusion, given: Any) -> Any:
        batches.append(len(given.sample))
        if len(given.sample) > 1:
            raise RuntimeError(message)
        return real(self, given)

    monkeypatch.setattr(StableDiffusion, "predict", full_for_two)
    bound = new_engine.bound(lambda progress: None, CancelToken())
    first, _ = bound.denoise(make_job(count=2))
    assert batches == [2] + [1] * 2 * 4 * 2, "once tried, never again"
    assert np.abs(usual.astype(int) - first).max() <= 1
    (note,) = bound.notes
    assert "Memory ran out" in note


@pytest.mark.parametrize("way", ["encode", "decode"])
def test_out_of_memory_between_pictures_and_latents_repeats_that_alone_in_tiles(
    new_engine: DiffusionEngine, unet_calls: list[int], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    job = make_job(image=np.tile(picture(), (2, 2, 1)), width=2 * SIDE, height=2 * SIDE)
    generate(new_engine, make_job())
    vae = new_engine.load("tiny", lambda progress: None, CancelToken()).codec.vae
    real, tried = getattr(vae, way), []

    def full_unless_tiled(given: Any, **options: Any) -> Any:
        tried.append(vae.use_tiling)
        if not vae.use_tiling:
            raise RuntimeError(OUT_OF_MEMORY[0])
        return real(given, **options)

    monkeypatch.setattr(vae, way, full_unless_tiled)
    unet_calls.clear()
    bound = new_engine.bound(lambda progress: None, CancelToken())
    (pixels,) = bound.denoise(job)
    assert pixels.shape == (2 * SIDE, 2 * SIDE, 3)
    assert tried == [False, True]
    assert not vae.use_tiling
    assert len(unet_calls) == 4, "no step is made again"
    assert ["tiles" in note for note in bound.notes] == [True]


def test_out_of_memory_twice_says_what_to_do(new_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    (before,), _ = generate(new_engine, make_job())
    with monkeypatch.context() as patch:
        patch.setattr(PREDICT, _raise(torch.OutOfMemoryError("CUDA out of memory")))
        with pytest.raises(OutOfMemoryError, match="smaller size"):
            generate(new_engine, make_job())
    (after,), _ = generate(new_engine, make_job())
    assert np.array_equal(before, after)


def test_numbers_that_are_no_picture_are_an_error_with_advice(
    new_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engine.families.sd import StableDiffusion

    real = StableDiffusion.predict
    monkeypatch.setattr(StableDiffusion, "predict", lambda self, given: real(self, given) * float("nan"))
    with pytest.raises(EngineError, match="float32"):
        generate(new_engine, make_job())


def test_latents_of_a_picture_are_remembered_until_it_changes(
    new_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = generate(new_engine, make_job(image=picture(1), strength=0.5))[0][0]
    vae = new_engine.load("tiny", lambda progress: None, CancelToken()).codec.vae
    real, encoded = vae.encode, []
    monkeypatch.setattr(vae, "encode", lambda rgb, **options: encoded.append(1) or real(rgb, **options))
    again = generate(new_engine, make_job(image=picture(1), strength=0.5))[0][0]
    assert (np.array_equal(first, again), encoded) == (True, [])
    other = picture(1)
    other[0, 0] ^= 1
    generate(new_engine, make_job(image=other, strength=0.5))
    assert encoded == [1]


@pytest.mark.parametrize("way", ["encode", "decode"])
def test_a_vae_that_overflows_in_half_precision_goes_on_in_float32(
    new_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """What makes black pictures elsewhere."""
    import torch

    from studio.engine.device.branches import is_reduced, reduce_branches

    job = make_job(image=picture(2), strength=0.5)
    (expected,), _ = generate(new_engine, job)
    codec = new_engine.load("tiny", lambda progress: None, CancelToken()).codec
    codec._remembered.clear()
    reduce_branches(codec.vae, torch.bfloat16)
    real, reduced = getattr(codec.vae, way), []

    def overflowing(given: Any, **options: Any) -> Any:
        reduced.append(is_reduced(codec.vae))
        return real(given * float("inf") if reduced[-1] else given, **options)

    monkeypatch.setattr(codec.vae, way, overflowing)
    (pixels,), _ = generate(new_engine, job)
    assert reduced == [True, False]
    assert np.abs(pixels.astype(int) - expected).mean() < 3  # the weights went through bfloat16


def test_a_model_damaged_behind_our_back_names_the_model(tmp_path: Path, models_folder: Path, schedulers: Any) -> None:
    shutil.copytree(models_folder / "tiny", tmp_path / "tiny")
    config = tmp_path / "tiny" / "unet" / "config.json"
    config.write_text(config.read_text().replace('"norm_num_groups": 8', '"norm_num_groups": 7'))
    engine = DiffusionEngine(ModelLibrary([tmp_path]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    with pytest.raises(ModelError, match=r"Tiny .* cannot be loaded"):
        generate(engine, make_job())
    assert engine.loaded_model is None


def test_a_model_folder_cannot_bring_its_own_code(tmp_path: Path, models_folder: Path, schedulers: Any) -> None:
    shutil.copytree(models_folder / "tiny", tmp_path / "tiny")
    index = tmp_path / "tiny" / "model_index.json"
    index.write_text(index.read_text().replace('"CLIPTextModel"', '"AutoModel"'))
    engine = DiffusionEngine(ModelLibrary([tmp_path]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    with pytest.raises(ModelError, match="AutoModel"):
        generate(engine, make_job())


def test_loading_a_local_model_never_asks_the_network(
    new_engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket.socket, "connect", _raise(AssertionError("asked the network")))
    monkeypatch.setattr(socket, "getaddrinfo", _raise(AssertionError("asked the network")))
    generate(new_engine, make_job())


def test_nothing_is_printed(new_engine: DiffusionEngine, capfd: pytest.CaptureFixture[str]) -> None:
    generate(new_engine, make_job(image=picture(), mask=np.ones((SIDE, SIDE), np.float32)))
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_changing_the_model_releases_the_one_before(tmp_path: Path, schedulers: Any) -> None:
    write_tiny_model(tmp_path / "first")
    write_tiny_model(tmp_path / "second", seed=1)
    engine = DiffusionEngine(ModelLibrary([tmp_path]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    generate(engine, make_job(model="first"))
    model = engine.load("first", lambda progress: None, CancelToken())
    watched = [weakref.ref(part) for part in (model.denoiser.network, model.codec.vae, model.denoiser)]
    del model
    generate(engine, make_job(model="second"))
    gc.collect()
    assert [reference() for reference in watched] == [None, None, None]
    assert engine.loaded_model == "second"
    engine.close()
    assert engine.loaded_model is None


def test_memory_goes_back_to_the_system(tmp_path: Path, schedulers: Any) -> None:
    """Two models of 64 MB, changed four times: the process does not grow by another."""
    import psutil

    megabyte = 1 << 20
    for name in ("first", "second"):
        write_tiny_model(tmp_path / name, text_width=1024)
    engine = DiffusionEngine(ModelLibrary([tmp_path]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    process = psutil.Process()
    resident = []
    for name in ("first", "second") * 3:
        generate(engine, make_job(model=name, steps=1))
        resident.append(process.memory_info().rss / megabyte)
    loaded = resident[-1]
    engine.unload()
    assert max(resident[2:]) - resident[1] < 32
    assert loaded - process.memory_info().rss / megabyte > 32


def _raise(error: Exception) -> Any:
    def raising(*arguments: Any, **options: Any) -> Any:
        raise error

    return raising
