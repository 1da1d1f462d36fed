"""Facts for the doctor command."""

from __future__ import annotations

from pathlib import Path

from studio.engine.device.wish import Wish
from studio.engine.models.library import ModelLibrary
from studio.engine.report import engine_report


def test_reports_versions_devices_and_what_was_chosen(models_folder: Path, tmp_path: Path) -> None:
    report = engine_report(ModelLibrary([models_folder]), Wish(device="cpu"), tmp_path)
    assert report.versions["torch"] != "missing"
    assert report.chosen is not None
    assert report.chosen.kind == "cpu"
    assert report.measured_for == "tiny"
    assert report.problem is None
    assert [text for text in report.memory if text.startswith("tiny: The whole model stays in memory.")]
    assert 0 < report.memory_available <= report.memory_total


def test_a_wish_that_cannot_be_met_is_a_problem_not_a_crash(models_folder: Path) -> None:
    report = engine_report(ModelLibrary([models_folder]), Wish(device="cuda:99"))
    assert report.chosen is None
    assert "cuda:99" in str(report.problem)
    assert report.devices


def test_without_models_the_device_is_reported_unmeasured(tmp_path: Path) -> None:
    report = engine_report(ModelLibrary([tmp_path]), Wish(device="cpu"))
    assert report.measured_for is None
    assert report.chosen is not None
