"""Devices and the memory of what ran fastest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from studio.engine.device import measurement
from studio.engine.device.branches import is_reduced
from studio.engine.device.devices import DTYPES, Device, Precision, available_devices, choose_device
from studio.engine.device.precision import forget_measurements, measured, measured_again
from studio.errors import Cancelled, SettingError

UNET = {
    "block_out_channels": [16, 24],
    "cross_attention_dim": 32,
    "attention_head_dim": 2,
    "norm_num_groups": 8,
    "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D"],
}
VAE = {"block_out_channels": [8, 16], "norm_num_groups": 8}
CACHE = "device-choices.json"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the device was measured; the answer is bfloat16 in channels-last."""
    calls: list[str] = []

    def answer(device: Device, config: object, heard: Callable[[float], object]) -> Precision:
        heard(0.5)
        calls.append(device.kind)
        return Precision(dtype="bfloat16", channels_last=True)

    monkeypatch.setattr(measurement, "fastest_unet_precision", answer)
    monkeypatch.setattr(measurement, "fastest_vae_precision", answer)
    return calls


def test_the_cpu_is_always_there() -> None:
    cpu = choose_device("cpu")
    assert cpu in available_devices()
    assert cpu.memory > 0
    assert cpu.name


def test_a_device_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(SettingError, match=r"cuda:99.*cpu"):
        choose_device("cuda:99")


def test_measures_once_and_remembers(tmp_path: Path, counted: list[str]) -> None:
    first = measured(choose_device("cpu"), UNET, VAE, tmp_path)
    again = measured(choose_device("cpu"), UNET, VAE, tmp_path)
    assert first == again
    assert (again.dtype, again.channels_last, again.vae_dtype) == ("bfloat16", True, "bfloat16")
    assert len(counted) == 2  # UNet and VAE, once


def test_other_networks_are_measured_anew(tmp_path: Path, counted: list[str]) -> None:
    measured(choose_device("cpu"), UNET, VAE, tmp_path)
    measured(choose_device("cpu"), {**UNET, "block_out_channels": [32, 48]}, VAE, tmp_path)
    assert len(counted) == 4


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"version": 1}', '{"version": 99, "choices": {}}', '{"version": 1, "choices": []}', "\x00"],
)
def test_a_damaged_memory_is_measured_and_written_anew(tmp_path: Path, counted: list[str], damage: str) -> None:
    (tmp_path / CACHE).write_text(damage)
    assert measured(choose_device("cpu"), UNET, VAE, tmp_path).dtype == "bfloat16"
    assert json.loads((tmp_path / CACHE).read_text())["choices"]


def test_what_was_measured_can_be_measured_again(tmp_path: Path, counted: list[str]) -> None:
    forget_measurements(tmp_path)  # nothing is there yet
    measured(choose_device("cpu"), UNET, VAE, tmp_path)
    forget_measurements(tmp_path)
    measured(choose_device("cpu"), UNET, VAE, tmp_path)
    assert len(counted) == 4


def test_what_is_remembered_stays_until_another_is_known(tmp_path: Path, counted: list[str]) -> None:
    cpu, shares = choose_device("cpu"), list[float]()
    for network in (UNET, {**UNET, "block_out_channels": [32, 48]}):
        measured(cpu, network, VAE, tmp_path)
    before = (tmp_path / CACHE).read_text()

    def hear(share: float) -> None:
        shares.append(share)
        if len(shares) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        measured_again(cpu, UNET, VAE, tmp_path, hear)
    assert (tmp_path / CACHE).read_text() == before
    found, is_new = measured_again(cpu, UNET, VAE, tmp_path, hear)
    assert (found, is_new) == (measured(cpu, UNET, VAE, tmp_path), False)
    assert shares[2:] == [0.25, 0.75]
    assert len(json.loads((tmp_path / CACHE).read_text())["choices"]) == 1, "others are measured when they are loaded"
    assert measured_again(cpu, UNET, VAE, None, hear)[1]


@pytest.mark.parametrize("entry", [3, {}, {"unet": {}}, {"unet": {"dtype": "int4"}, "vae": {}}, {"unet": 1, "vae": 2}])
def test_a_damaged_entry_is_measured_anew(tmp_path: Path, counted: list[str], entry: object) -> None:
    measured(choose_device("cpu"), UNET, VAE, tmp_path)
    value = json.loads((tmp_path / CACHE).read_text())
    value["choices"] = dict.fromkeys(value["choices"], entry)
    (tmp_path / CACHE).write_text(json.dumps(value))
    assert measured(choose_device("cpu"), UNET, VAE, tmp_path).dtype == "bfloat16"


def test_a_folder_that_cannot_be_written_only_forgets(tmp_path: Path, counted: list[str]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert measured(choose_device("cpu"), UNET, VAE, blocked).dtype == "bfloat16"


def test_real_measurement_gives_a_precision_that_agrees_with_float32() -> None:
    cpu = choose_device("cpu")
    shares: list[float] = []
    assert measurement.fastest_unet_precision(cpu, UNET, shares.append) in measurement.candidates(cpu)
    assert shares == sorted(shares)
    assert 0.0 == shares[0] < shares[-1] <= 1.0
    assert measurement.fastest_vae_precision(cpu, VAE) in measurement.candidates(cpu)


def test_branches_may_be_reduced_where_that_is_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their rounding, however large it looks behind random weights, rules no format out."""
    found: list[tuple[str, ...]] = []
    real = measurement._sound_runs

    def listed(*arguments: Any, **options: Any) -> Iterator[Any]:
        runs = tuple(real(*arguments, **options))
        found.append(tuple(choice.dtype for choice, _ in runs))
        return iter(runs)

    monkeypatch.setattr(measurement, "_sound_runs", listed)
    measurement.fastest_vae_precision(choose_device("cpu"), {"block_out_channels": [32, 64, 64], "norm_num_groups": 32})
    assert "bfloat16" in found[0]


def test_a_format_that_gives_wrong_numbers_is_not_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the float16 VAE on some GPUs: fast, and NaN."""
    real = measurement.Probe.forward

    def broken(self: measurement.Probe, sample: torch.Tensor) -> torch.Tensor:
        return real(self, sample) * (float("nan") if is_reduced(self) else 1.0)

    monkeypatch.setattr(measurement.Probe, "forward", broken)
    assert measurement.fastest_vae_precision(choose_device("cpu"), VAE).dtype == "float32"


def test_apple_gpus_and_upcast_models_keep_the_vae_out_of_float16(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which overflows to black there."""
    seen: list[tuple[Precision, ...]] = []

    def fastest(device: Device, probe: object, choices: tuple[Precision, ...], *_rest: object, **_more: object) -> Any:
        seen.append(choices)
        return choices[0]

    monkeypatch.setattr(measurement, "_fastest", fastest)
    monkeypatch.setattr(measurement, "candidates", lambda _device: tuple(Precision(dtype=dtype) for dtype in DTYPES))
    measurement.fastest_vae_precision(Device(kind="mps", index=0, name="Apple", memory=1), VAE)
    measurement.fastest_vae_precision(choose_device("cpu"), {**VAE, "force_upcast": True})
    measurement.fastest_vae_precision(choose_device("cpu"), VAE)
    assert ["float16" in [choice.dtype for choice in choices] for choices in seen] == [False, False, True]


def choice_by(monkeypatch: pytest.MonkeyPatch, taken: dict[tuple[str, bool], list[float]]) -> tuple[Precision, int]:
    """What is chosen when runs of (format, layout) take so long, the last time again and again; and the runs timed."""
    runs = 0

    def sound(*_arguments: object, **_options: object) -> Iterator[tuple[Precision, Any]]:
        for dtype, last in taken:
            yield Precision(dtype=dtype, channels_last=last), (dtype, last)

    def seconds(_device: Device, run: tuple[str, bool]) -> float:
        nonlocal runs
        runs += 1
        times = taken[run]
        return times.pop(0) if len(times) > 1 else times[0]

    monkeypatch.setattr(measurement, "_sound_runs", sound)
    monkeypatch.setattr(measurement, "_seconds", seconds)
    return measurement.fastest_unet_precision(choose_device("cpu"), UNET), runs


def test_one_lucky_run_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = choice_by(monkeypatch, {("float32", False): [1.0], ("float32", True): [0.2, 1.1]})
    assert found == Precision()


def test_what_is_mostly_faster_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = choice_by(monkeypatch, {("float32", False): [1.0], ("bfloat16", True): [1.9, 0.6]})
    assert found == Precision(dtype="bfloat16", channels_last=True)


def test_what_is_far_behind_is_timed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _, alone = choice_by(monkeypatch, {("float32", False): [1.0]})
    _, both = choice_by(monkeypatch, {("float32", False): [1.0], ("bfloat16", False): [5.0]})
    assert both == alone + 1
