"""What `shoreline doctor` says about folders and about installations of engines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.cli.places import Installation, unwritable
from studio.installation.store import EngineStore


@pytest.fixture
def store(tmp_path: Path) -> EngineStore:
    store = EngineStore(tmp_path / "engines")
    (store.folder / ".cache").mkdir(parents=True)
    (store.folder / ".cache" / "wheel").write_bytes(b"x" * 2048)
    return store


def test_nothing_is_said_of_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    installation = Installation.of(EngineStore(tmp_path / "engines"))
    assert installation.problems() == installation.lines() == []
    assert unwritable([tmp_path / "data" / "models"]) == []
    assert list(tmp_path.iterdir()) == []


def test_packages_that_are_kept_are_counted_and_are_no_problem(store: EngineStore) -> None:
    installation = Installation.of(store)
    assert installation.problems() == []
    (line,) = installation.lines()
    assert "2 kB" in line
    assert "shoreline engine tidy" in line


def test_an_installation_that_was_ended_midway_is_a_problem_with_the_way_out(store: EngineStore) -> None:
    (store.folder / ".tmp-half").mkdir()
    (problem,) = Installation.of(store).problems()
    assert "ended midway" in problem
    assert "shoreline engine install" in problem
    assert Installation.of(store).lines() == []


def test_one_that_is_at_work_is_said_and_is_no_problem(store: EngineStore) -> None:
    with store.locked():
        (store.folder / ".tmp-half").mkdir()
        installation = Installation.of(store)
    assert installation.problems() == []
    assert "right now" in installation.lines()[0]
    assert installation.facts()["busy"]


def test_folders_that_cannot_be_written_are_named_once(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be", encoding="utf-8")
    (problem,) = unwritable([tmp_path / "data" / "models", tmp_path / "data" / "plugins", tmp_path])
    assert problem.startswith(f"{tmp_path / 'data'} cannot be written: ")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        assert str(tmp_path) in unwritable([tmp_path])[0]
    finally:
        tmp_path.chmod(0o700)
