"""A command line in this process, with the user's folders in a temporary place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.cli.main import run_command

Run = Callable[..., tuple[int, str, str]]
RunJson = Callable[..., dict[str, Any]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the developer's own settings is read or written."""
    folder = tmp_path / "home"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(folder / name))
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command; returns its exit status, stdout and stderr."""

    def run_it(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run_command([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run_it


@pytest.fixture
def run_json(run: Run) -> RunJson:
    """Runs a command with --json that must succeed; returns the object it prints."""

    def run_it(*arguments: object) -> dict[str, Any]:
        status, out, err = run(*arguments, "--json")
        assert status == 0, out + err
        parsed: dict[str, Any] = json.loads(out)
        return parsed

    return run_it
