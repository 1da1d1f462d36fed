"""Damaged files of every kind that is read: the outcome is a picture or an error that says what is wrong.

Never another exception, a crash, more than ten seconds or much memory. What failed can be had again: the number of the
file is in the message, and the same number makes the same file.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.mutations import mutated
from tests.fuzz.reader_process import ReaderProcess, Reading
from tests.fuzz.samples import samples

SEED = os.environ.get("SHORELINE_FUZZ_SEED", "2024")
"""Another one looks at other files; what it finds is worth a test of its own."""

MOST_SECONDS = 10.0
MOST_MEGABYTES = 1536.0


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return samples(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def made(sound: dict[str, bytes], tmp_path: Path) -> Callable[[int], Path]:
    """Makes the damaged file of a number."""

    def make(number: int) -> Path:
        name = list(sound)[number % len(sound)]
        folder = tmp_path / "damaged"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        path = folder / name
        path.write_bytes(mutated(name, sound[name], Random(f"{SEED} {number}")))
        return path

    return make


def test_the_sound_files_are_read(sound: dict[str, bytes], tmp_path: Path) -> None:
    with ReaderProcess() as reader:
        for name, content in sound.items():
            path = tmp_path / name
            path.write_bytes(content)
            reading = reader.read(path)
            assert reading.outcome == "read", (name, reading.words)


def test_five_hundred_damaged_files(made: Callable[[int], Path]) -> None:
    _read_all(made, range(500))


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_ten_thousand_damaged_files(made: Callable[[int], Path]) -> None:
    _read_all(made, range(10_000))


def _read_all(made: Callable[[int], Path], numbers: range) -> None:
    faults: list[str] = []
    refused = 0
    with ReaderProcess() as reader:
        for number in numbers:
            path = made(number)
            reading = reader.read(path)
            refused += reading.outcome == "refused"
            if fault := _fault(reading):
                faults.append(f"{number} ({path.name}): {fault}")
    assert not faults, "\n".join(faults)
    assert refused > len(numbers) // 10


def _fault(reading: Reading) -> str:
    if reading.outcome not in ("read", "refused"):
        return f"{reading.outcome}: {reading.words}"
    if reading.seconds > MOST_SECONDS:
        return f"{reading.seconds:.0f} seconds: {reading.words}"
    if reading.megabytes > MOST_MEGABYTES:
        return f"{reading.megabytes:.0f} MB: {reading.words}"
    return ""
