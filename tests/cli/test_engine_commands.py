"""`shoreline engine`: tiny engines from folders of wheels, installed by the real uv."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from studio.cli import engine as engine_commands
from studio.installation import activation
from studio.installation.backends import Machine
from studio.paths import Paths, default_paths
from studio.system.parts import NEEDED, OPTIONAL
from tests.installation.conftest import (  # noqa: F401 - the fixtures are used by their names
    bare_packages,
    make_engine_wheels,
    without_an_engine,
)

Run = Callable[..., tuple[int, str, str]]
RunJson = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def plain_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a card, and a Python environment without PyTorch."""
    monkeypatch.setattr(engine_commands, "look_at_machine", lambda: Machine("linux-x86_64"))
    monkeypatch.setattr(activation, "_in_environment", lambda _paths: False)


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    make_engine_wheels(tmp_path / "wheels", "90.0")
    return tmp_path / "wheels"


def names(run_json: RunJson) -> dict[str, bool]:
    """Installed engines, and which is in use."""
    return {engine["name"]: engine["in_use"] for engine in run_json("engine", "list")["engines"]}


def test_an_engine_is_installed_changed_repaired_and_removed(
    run: Run, run_json: RunJson, wheels: Path, tmp_path: Path
) -> None:
    first = run_json("engine", "install", "--wheels", wheels, "--quiet")
    assert (first["in_use"], first["backend"], first["parts"]["torch"]) == (True, "cpu", "90.0")
    assert first["problems"] == []
    make_engine_wheels(tmp_path / "newer", "91.0")
    second = run_json("engine", "install", "cpu", "--wheels", tmp_path / "newer", "--quiet")
    assert names(run_json) == {second["name"]: True, first["name"]: False}
    assert run_json("engine", "back")["name"] == first["name"]
    assert run_json("engine", "use", second["name"])["in_use"]
    torch = Path(second["folder"]) / "lib" / "torch.py"
    torch.unlink()
    assert run_json("engine", "repair", "--wheels", tmp_path / "newer", "--quiet")["name"] == second["name"]
    assert torch.is_file()
    assert run_json("engine", "remove", second["name"]) == {"removed": second["name"]}
    assert names(run_json) == {first["name"]: True}, "the one before takes its place"
    assert f"* {first['name']}  Processor only" in run("engine", "list")[1]


def test_what_was_left_is_listed_and_can_be_removed(run: Run, run_json: RunJson) -> None:
    kept = default_paths().engines / ".cache"
    kept.mkdir(parents=True)
    (kept / "wheel").write_bytes(b"x" * 2048)
    assert "Kept for the next try: 2 kB; `shoreline engine tidy` removes that." in run("engine", "list")[1]
    assert run_json("engine", "tidy") == {"removed": 2048}
    assert run_json("engine", "list")["left"] == 0


def test_without_an_engine_the_list_says_what_fits(run: Run, run_json: RunJson) -> None:
    facts = run_json("engine", "list")
    assert (facts["state"], facts["recommended"], facts["engines"]) == ("missing", "cpu", [])
    status, text, _ = run("engine", "list")
    assert status == 0
    assert "No engine is installed." in text
    assert "recommended: No graphics card that can draw was found." in text


def test_what_an_installation_does_is_told_on_stderr(run: Run, wheels: Path) -> None:
    status, text, error = run("engine", "install", "--wheels", wheels)
    assert status == 0, error
    assert "Processor only. No graphics card that can draw was found." in error
    assert "preparing" in error
    assert "trying" in error
    assert "is in use (Processor only" in text


def test_an_engine_for_those_who_package_goes_into_a_folder_of_its_own(
    run_json: RunJson, wheels: Path, tmp_path: Path
) -> None:
    facts = run_json("engine", "install", "cpu", "--wheels", wheels, "--into", tmp_path / "engines", "--quiet")
    assert Path(facts["folder"]).parent == tmp_path / "engines"
    assert names(run_json) == {}


def test_the_engine_that_came_with_shoreline_is_told(
    run: Run, run_json: RunJson, wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Paths, "bundled_engines", tmp_path / "engines")
    made = run_json("engine", "install", "cpu", "--wheels", wheels, "--into", tmp_path / "engines", "--quiet")
    facts = run_json("engine", "list")
    assert (facts["state"], facts["engines"], facts["bundled"]["name"]) == ("installed", [], made["name"])
    assert f"came with Shoreline draws:\n* {made['name']}  Processor only" in run("engine", "list")[1]
    own = run_json("engine", "install", "--wheels", wheels, "--quiet")
    assert run_json("engine", "list")["bundled"] is None, "one's own comes first"
    assert names(run_json) == {own["name"]: True}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("install", "abacus"), r"There is no engine 'abacus' for this system.*Choose one of: .*cpu, or auto"),
        (("use", "cpu-0"), r"There is no engine 'cpu-0'.*Installed are: none"),
        (("remove", "cpu-0"), r"There is no engine 'cpu-0'"),
        (("back",), r"There is no engine to go back to"),
        (("repair",), r"There is no engine to repair.*shoreline engine install"),
    ],
)
def test_a_slip_is_said_with_the_way_out(run: Run, arguments: tuple[str, ...], said: str) -> None:
    status, _, error = run("engine", *arguments)
    assert status == 1
    assert re.search(said, error.replace("\n", " ")), error
    assert "Traceback" not in error


def test_a_folder_without_what_an_engine_needs_changes_nothing(
    run: Run, run_json: RunJson, wheels: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    status, _, error = run("engine", "install", "--wheels", tmp_path / "empty", "--quiet")
    assert status == 1
    assert f"There is no wheel (.whl) in {tmp_path / 'empty'}." in error
    assert "shoreline engine wheels" in error
    assert "in use" not in error, "there is none"
    assert run("engine", "install", "--wheels", tmp_path / "nowhere")[0] == 2
    engine = run_json("engine", "install", "--wheels", wheels, "--quiet")
    next(wheels.glob("tokenizers*")).unlink()
    status, _, error = run("engine", "install", "--wheels", wheels, "--quiet")
    assert status == 1
    assert f"The folder {wheels} lacks what an engine needs: tokenizers>=" in error
    assert "The engine in use stays as it was." in error
    assert names(run_json) == {engine["name"]: True}
    assert [path.name for path in default_paths().engines.iterdir() if path.name.startswith(".tmp")] == []


def test_optional_parts_that_a_folder_lacks_are_named(run: Run, wheels: Path) -> None:
    for part in ("av", "peft"):
        next(wheels.glob(f"{part}-*")).unlink()
    status, text, error = run("engine", "install", "--wheels", wheels, "--quiet")
    assert status == 0, error
    assert "films cannot be used: av is missing" in text
    assert "few-step weights cannot be used: peft is missing" in text


def test_the_command_that_fills_a_folder_is_for_this_python_and_build(run_json: RunJson, run: Run) -> None:
    command = run_json("engine", "wheels", "cpu")["command"]
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"--python-version {python} " in command
    assert "--platform manylinux_2_28_x86_64 " in command
    assert "--extra-index-url https://download.pytorch.org/whl/cpu " in command
    assert "download.pytorch.org" not in run_json("engine", "wheels", "cuda13")["command"], "the usual index has it"
    words = shlex.split(run("engine", "wheels", "cuda12")[1])
    assert words[:5] == ["python3", "-m", "pip", "download", "--only-binary"]
    asked = [Requirement(word) for word in words[words.index("wheels") + 1 :]]
    assert {requirement.name.replace("-", "_") for requirement in asked} == {*NEEDED, *OPTIONAL}


def test_where_pytorch_is_part_of_the_environment_none_is_installed(
    run: Run, wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(activation, "_in_environment", lambda _paths: True)
    status, _, error = run("engine", "install", "--wheels", wheels)
    assert status == 1
    assert "needs no engine" in error
    assert not default_paths().engines.exists()
