"""GPUs that torch sees, or should see, and that cannot draw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from studio.engine.device import trial
from studio.engine.device.devices import choose_device
from studio.engine.device.wish import Wish
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.engine.report import engine_report
from studio.errors import SettingError
from studio.generation import CancelToken
from tests.engine.tiny_model import make_job, scheduler_specs

NO_KERNEL = "CUDA error: no kernel image is available for execution on the device\nCUDA kernel errors might be ..."


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    trial._cuda.cache_clear()
    yield
    trial._cuda.cache_clear()


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Two cards that torch sees; why each cannot draw, by name."""
    reasons = {"cuda:0": "", "cuda:1": ""}
    names = {0: "Old Card", 1: "New Card"}
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(
        torch.cuda, "get_device_properties", lambda index: SimpleNamespace(name=names[index], total_memory=8 << 30)
    )
    real = trial._product

    def product(device: torch.device) -> float:
        if device.type == "cuda" and reasons[str(device)]:
            raise RuntimeError(reasons[str(device)])
        return real(torch.device("cpu"))

    monkeypatch.setattr(trial, "_product", product)
    return reasons


def test_a_card_that_draws_is_taken_without_a_word(cards: dict[str, str]) -> None:
    notes: list[str] = []
    assert choose_device("auto", notes.append).torch_name == "cuda:0"
    assert not notes


def test_the_next_card_draws_where_the_first_cannot(cards: dict[str, str]) -> None:
    cards["cuda:0"] = NO_KERNEL
    notes: list[str] = []
    assert choose_device("auto", notes.append).torch_name == "cuda:1"
    (note,) = notes
    assert "Old Card" in note
    assert "no kernel image" in note
    assert "New Card instead" in note
    assert "\n" not in note


def test_the_processor_draws_where_no_card_can(cards: dict[str, str]) -> None:
    cards["cuda:0"] = cards["cuda:1"] = NO_KERNEL
    notes: list[str] = []
    assert choose_device("auto", notes.append).kind == "cpu"
    assert len(notes) == 2


@pytest.mark.parametrize("wish", ["cuda", "cuda:0"])
def test_a_card_that_was_asked_for_and_cannot_draw_is_an_error_with_a_way_out(cards: dict[str, str], wish: str) -> None:
    cards["cuda:0"] = NO_KERNEL
    with pytest.raises(SettingError, match=r"Old Card.*no kernel image.*Automatic"):
        choose_device(wish)


def test_a_card_that_computes_wrong_numbers_does_not_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    real = trial._product
    monkeypatch.setattr(trial, "_product", lambda device: real(torch.device("cpu")) + (device.type == "mps"))
    assert trial.failure_of("mps") == "it computes wrong numbers"
    assert trial.failure_of("cpu") == ""


def test_a_broken_apple_gpu_leaves_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    real = trial._product

    def product(device: torch.device) -> float:
        if device.type == "mps":
            raise NotImplementedError("The operator is not implemented for the MPS device")
        return real(device)

    monkeypatch.setattr(trial, "_product", product)
    notes: list[str] = []
    assert choose_device("auto", notes.append).kind == "cpu"
    assert "Apple GPU" in notes[0]


def test_a_driver_that_is_too_old_is_told_though_torch_says_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import warnings

    said = iter(["CUDA initialization: The NVIDIA driver on your system is too old (found version 11040)."])

    def is_available() -> bool:
        for text in said:
            warnings.warn(text, stacklevel=1)
        return False

    monkeypatch.setattr(torch.cuda, "is_available", is_available)
    for _ in range(2):
        notes: list[str] = []
        assert choose_device("auto", notes.append).kind == "cpu"
        assert "driver on your system is too old" in notes[0]
    with pytest.raises(SettingError, match="too old"):
        choose_device("cuda")


def test_a_card_whose_facts_cannot_be_asked_is_left_out(cards: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    def facts(index: int) -> Any:
        if index == 0:
            raise RuntimeError("CUDA error: unknown error")
        return SimpleNamespace(name="New Card", total_memory=8 << 30)

    monkeypatch.setattr(torch.cuda, "get_device_properties", facts)
    assert choose_device("auto").torch_name == "cuda:1"


def test_the_first_job_says_it_and_the_next_does_not(
    cards: dict[str, str], models_folder: Path, tmp_path: Path
) -> None:
    cards["cuda:0"] = cards["cuda:1"] = NO_KERNEL
    library = ModelLibrary([models_folder])
    engine = DiffusionEngine(library, "auto", None, scheduler_specs(), precision="float32", torch_threads=1)
    engine.load("tiny", lambda _progress: None, CancelToken())  # as the window does at its start
    told = []
    for _ in range(2):
        bound = engine.bound(lambda _progress: None, CancelToken())
        bound.denoise(make_job(steps=1))
        told.append([note for note in bound.notes if "cannot be used" in note])
    engine.close()
    assert len(told[0]) == 2
    assert not told[1]


def test_doctor_says_it(cards: dict[str, str], models_folder: Path, tmp_path: Path) -> None:
    cards["cuda:0"] = cards["cuda:1"] = NO_KERNEL
    report = engine_report(ModelLibrary([models_folder]), Wish(precision="float32"), tmp_path)
    assert report.chosen is not None
    assert report.chosen.kind == "cpu"
    assert "Old Card" in report.unusable[0]


def test_networks_that_enlarge_run_on_what_can_draw(cards: dict[str, str]) -> None:
    from studio.jobs.runner import _device_that_draws

    cards["cuda:0"] = cards["cuda:1"] = NO_KERNEL
    notes: list[str] = []
    assert _device_that_draws("auto", notes) == "cpu"
    assert len(notes) == 2
    assert _device_that_draws("cpu", notes) == "cpu"
