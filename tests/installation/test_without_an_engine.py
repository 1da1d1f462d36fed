"""Shoreline as it is before an engine is installed: all but drawing works, and what cannot says what to press."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studio.ui.commands.registry import sections
from tests.installation import every_command

TOP = Path(__file__).resolve().parents[2]
NEEDS_AN_ENGINE = ("image.upscale", "render", "film")


@pytest.fixture(scope="module")
def told(bare_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every command of a window said, where nothing of an engine can be imported."""
    folder = tmp_path_factory.mktemp("without an engine")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(TOP), str(bare_packages))),
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(folder),
    }
    command = [sys.executable, "-S", "-m", every_command.__name__, str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_no_command_of_the_window_fails_for_want_of_a_module(told: dict[str, Any]) -> None:
    commands = {command.id for section in sections() for command in section.commands}
    assert commands - set(told["tried"]) == {every_command.CLOSES_THE_WINDOW}
    assert told["raised"] == {}
    texts = [text for said in told["said"].values() for text in said]
    assert [text for text in texts if re.search(r"No module named|\w+Error\b|Traceback", text)] == []


@pytest.mark.parametrize("command", NEEDS_AN_ENGINE)
def test_a_command_that_needs_an_engine_says_where_to_get_it(told: dict[str, Any], command: str) -> None:
    assert "Install it under Preferences > Engine" in " ".join(told["said"][command])


def test_generate_opens_the_page_that_installs_an_engine(told: dict[str, Any]) -> None:
    generated = [name for name in told["tried"] if name.startswith("generate ")]
    assert len(generated) >= 3
    for name in generated:
        assert "It is not installed yet" in " ".join(told["said"][name]), name
