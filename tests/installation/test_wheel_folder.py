"""Folders of wheels that an engine cannot be made of are told in plain words, before anything is done."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from studio.errors import FileError, WheelsMissingError
from studio.installation.wheel_folder import WheelFolder
from studio.system.parts import NEEDED
from tests.installation.conftest import make_engine_wheels, make_wheel

LINES = [f"{name.replace('_', '-')}>=1.0" for name in NEEDED]
OTHER = "cp27-cp27m-win32"


def said(folder: Path) -> str:
    with pytest.raises(WheelsMissingError) as caught:
        WheelFolder(folder).check(LINES, {})
    assert str(folder) in caught.value.message
    assert f"Python {sys.version_info.major}.{sys.version_info.minor} on " in caught.value.message
    assert "shoreline engine wheels" in caught.value.advice
    return caught.value.message


def test_a_whole_folder_is_accepted(tmp_path: Path) -> None:
    make_engine_wheels(tmp_path, "1.5")
    WheelFolder(tmp_path).check(LINES, {})


def test_a_folder_without_wheels(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").touch()
    assert "There is no wheel (.whl)" in said(tmp_path)
    (tmp_path / "torch-2.9.tar.gz").touch()
    assert "source archives such as torch-2.9.tar.gz" in said(tmp_path)


def test_wheels_of_another_python_or_system(tmp_path: Path) -> None:
    make_wheel(tmp_path, "torch", "2.9", tag=OTHER)
    (tmp_path / "nonsense.whl").touch()
    assert "No wheel in" in said(tmp_path)


def test_required_parts_that_are_missing_too_old_or_for_another_system_are_all_named(tmp_path: Path) -> None:
    for wheel in make_engine_wheels(tmp_path, "1.5"):
        if wheel.name.startswith(("transformers", "tokenizers", "torch-")):
            wheel.unlink()
    make_wheel(tmp_path, "tokenizers", "0.5")
    make_wheel(tmp_path, "torch", "1.5", tag=OTHER)
    text = said(tmp_path)
    assert "lacks what an engine needs: tokenizers>=1.0, torch>=1.0, transformers>=1.0." in text
    assert f"for another Python or system: torch-1.5-{OTHER}.whl" in text


def test_what_the_application_has_is_not_missed(tmp_path: Path) -> None:
    for wheel in make_engine_wheels(tmp_path, "1.5"):
        if wheel.name.startswith("safetensors"):
            wheel.unlink()
    WheelFolder(tmp_path).check(LINES, {"safetensors": "1.2"})


def test_what_parts_need_is_followed_to_its_end(tmp_path: Path) -> None:
    make_wheel(tmp_path, "torch", "1.0", requires=("sympy>=1.13", "numpy", "triton; sys_platform == 'nowhere'"))
    make_wheel(tmp_path, "sympy", "1.14", requires=("mpmath<2", "pytest; extra == 'test'"))
    assert WheelFolder(tmp_path).lacking(["torch>=1.0"], {"numpy": "2.0"}) == ["mpmath<2"]


def test_a_damaged_wheel_is_named(tmp_path: Path) -> None:
    (tmp_path / "torch-1.0-py3-none-any.whl").write_bytes(b"PK")
    with pytest.raises(FileError, match=r"torch-1.0-py3-none-any.whl is damaged"):
        WheelFolder(tmp_path).lacking(["torch"], {})


def test_what_is_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(FileError, match="cannot be read") as caught:
            WheelFolder(path)
        assert str(path) in str(caught.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0)
    try:
        with pytest.raises(FileError, match="cannot be read"):
            WheelFolder(tmp_path)
    finally:
        tmp_path.chmod(0o700)
