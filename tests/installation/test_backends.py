"""Which build of PyTorch is chosen for which machine."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from studio.errors import SettingError
from studio.installation import backends
from studio.installation.backends import Machine, choose_backend, find_backend, known_backends, look_at_machine
from studio.paths import default_paths

TOP = Path(__file__).resolve().parents[2]
RESOURCES = default_paths().engine_resources


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (Machine("linux-x86_64"), "cpu"),
        (Machine("linux-aarch64"), "cpu"),
        (Machine("win32-x86_64"), "cpu"),
        (Machine("darwin-arm64", "apple", "Apple GPU"), "mps"),
        (Machine("linux-x86_64", "nvidia", "RTX 4090", (580, 95, 5), 8.9), "cuda13"),
        (Machine("win32-x86_64", "nvidia", "RTX 4090", (581, 29), 8.9), "cuda13"),
        (Machine("linux-x86_64", "nvidia", "RTX 4090", (550, 54, 14), 8.9), "cuda12"),
        (Machine("linux-x86_64", "nvidia", "GTX 1080", (580, 95, 5), 6.1), "cuda12"),
        (Machine("linux-x86_64", "nvidia", "RTX 2060", (470, 1), 7.5), "cpu"),
        (Machine("linux-x86_64", "nvidia", "GTX 680", (580, 95), 3.0), "cpu"),
        (Machine("linux-aarch64", "nvidia", "Jetson", (580, 1), 8.7), "cpu"),
        (Machine("linux-x86_64", "amd", "AMD GPU"), "rocm"),
    ],
)
def test_the_build_fits_the_machine(machine: Machine, expected: str) -> None:
    backend, why = choose_backend(known_backends(RESOURCES, machine.system), machine)
    assert backend.id == expected
    assert str(why).endswith(".")


def test_a_driver_that_is_too_old_is_named_with_the_one_that_is_needed() -> None:
    machine = Machine("linux-x86_64", "nvidia", "RTX 2060", (470, 1), 7.5)
    _, why = choose_backend(known_backends(RESOURCES, machine.system), machine)
    assert "470.1" in str(why)
    assert "525.60.13" in str(why)


def test_a_card_that_is_too_old_is_not_said_to_have_an_old_driver() -> None:
    machine = Machine("linux-x86_64", "nvidia", "GTX 680", (580, 95), 3.0)
    _, why = choose_backend(known_backends(RESOURCES, machine.system), machine)
    assert "driver" not in str(why)
    assert "GTX 680" in str(why)


def test_a_system_without_any_build_is_said() -> None:
    with pytest.raises(SettingError, match="sunos"):
        choose_backend(known_backends(RESOURCES, "sunos-sparc"), Machine("sunos-sparc"))


def test_an_unknown_build_lists_those_there_are() -> None:
    with pytest.raises(SettingError, match="auto"):
        find_backend(known_backends(RESOURCES, "linux-x86_64"), "cuda99")


def test_the_driver_is_asked_and_the_best_card_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backends.sys, "platform", "linux")
    monkeypatch.setattr(backends, "_asked", lambda *_: "GTX 1050, 580.95.05, 6.1\nRTX 4090, 580.95.05, 8.9\n")
    machine = look_at_machine()
    assert (machine.card, machine.card_name, machine.driver) == ("nvidia", "RTX 4090", (580, 95, 5))


@pytest.mark.parametrize("answer", ["", "NVIDIA-SMI has failed\n", "a, b\n", "RTX, [N/A], [N/A]\n", "\x00, ,,\n"])
def test_a_driver_that_answers_nonsense_is_no_card(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(backends.sys, "platform", "linux")
    monkeypatch.setattr(backends, "_asked", lambda *_: answer)
    monkeypatch.setattr(backends, "_amd", lambda _system: None)
    assert look_at_machine().card == ""


def test_an_engine_is_the_part_of_the_dependencies_that_draws() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (RESOURCES / "requirements.txt").read_text(encoding="utf-8").splitlines()
    engine = {line for line in lines if line and not line.startswith("#")}
    assert engine <= set(project["dependencies"])


@pytest.mark.parametrize("lock", sorted([*RESOURCES.glob("*.txt"), *(TOP / "packaging" / "locks").glob("*.txt")]))
def test_locks_hold_every_package_by_hash_and_name_no_index(lock: Path) -> None:
    if lock.name == "requirements.txt":
        pytest.skip("ranges, not a lock")
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    entries = text.replace("\\\n", " ").splitlines()
    for entry in entries:
        requirement, _, hashes = entry.partition("--hash=sha256:")
        assert str(Requirement(requirement.strip()).specifier).startswith("=="), entry
        assert len(hashes.split()[0]) == 64


def test_the_engines_lock_holds_no_package_of_the_application() -> None:
    def names(path: Path) -> set[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {line.partition("==")[0] for line in lines if "==" in line and not line.startswith(" ")}

    base = names(TOP / "packaging" / "locks" / "base.txt")
    assert not base & names(RESOURCES / "usual.txt")
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {Requirement(line).name.lower() for line in project["dependencies"]}
    assert wanted <= base | names(RESOURCES / "usual.txt")
