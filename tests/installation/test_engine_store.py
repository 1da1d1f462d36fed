"""The pointer to the engine in use, and what damage and kills may do to it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest

from studio.errors import Cancelled, EngineMissingError, EngineUnusableError, FileError, SettingError
from studio.installation.activation import engine_state
from studio.installation.store import LIBRARIES, Engine, EngineStore, Manifest, python_tag, write_manifest
from studio.paths import default_paths


def make(store: EngineStore, name: str, *, python: str = "", made: str = "2026-01-01") -> Engine:
    folder = store.folder / name
    (folder / LIBRARIES).mkdir(parents=True)
    write_manifest(
        folder, Manifest(backend="cpu", backend_name="Processor", python=python or python_tag(), made=made, bytes=1)
    )
    return store.find(name)


def test_without_a_folder_there_is_no_engine(store: EngineStore) -> None:
    assert store.engines() == ()
    assert store.current() is None
    with pytest.raises(EngineMissingError):
        store.require()


def test_going_back_without_another_says_so(store: EngineStore) -> None:
    store.use(make(store, "a"))
    with pytest.raises(SettingError, match="go back"):
        store.go_back()


def test_removing_the_engine_in_use_takes_the_one_before(store: EngineStore) -> None:
    first, second = make(store, "first"), make(store, "second")
    store.use(first)
    store.use(second)
    store.remove(second)
    assert store.current() == first
    assert store.previous() is None
    assert not second.folder.exists()
    store.remove(first)
    assert store.current() is None


def test_an_engine_of_another_python_is_refused(store: EngineStore) -> None:
    engine = make(store, "old", python="cpython-38")
    with pytest.raises(EngineUnusableError, match="cpython-38"):
        store.use(engine)


def test_an_engine_without_its_packages_is_damaged(store: EngineStore) -> None:
    engine = make(store, "a")
    store.use(engine)
    engine.libraries.rmdir()
    with pytest.raises(EngineUnusableError, match="damaged"):
        store.require()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"current": 3}',
        '{"current": "../../elsewhere"}',
        "[" * 5000,
        "\ufeff{}",
        '{"current": ""}',
    ],
)
def test_a_damaged_pointer_is_no_engine_and_no_error(store: EngineStore, text: str) -> None:
    make(store, "a")
    (store.folder / "current.json").write_text(text, encoding="utf-8")
    assert store.current() is None
    store.use(store.find("a"))
    assert store.require().name == "a"


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"backend": 1}', "[" * 5000])
def test_a_damaged_manifest_is_no_engine(store: EngineStore, text: str) -> None:
    engine = make(store, "a")
    (engine.folder / "engine.json").write_text(text, encoding="utf-8")
    assert store.engines() == ()


def test_what_a_kill_left_is_removed_and_what_it_moved_aside_comes_back(store: EngineStore) -> None:
    make(store, "kept")
    make(store, "aside").folder.rename(store.folder / ".old-aside")
    make(store, "twice")
    make(store, "other").folder.rename(store.folder / ".old-twice")
    (store.folder / ".tmp-half").mkdir()
    with store.locked():
        store.tidy()
    assert sorted(engine.name for engine in store.engines()) == ["aside", "kept", "twice"]
    assert [path.name for path in store.folder.glob(".*") if path.is_dir()] == []


def test_removing_what_was_left_can_be_cancelled_and_goes_on_next_time(store: EngineStore) -> None:
    for number in range(20):
        (store.folder / ".tmp-half" / f"package{number}" / "inside").mkdir(parents=True)
        (store.folder / ".tmp-half" / f"package{number}" / "inside" / "module.py").write_bytes(b"x" * 100)
    told: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > 5:
            raise Cancelled

    with store.locked():
        with pytest.raises(Cancelled):
            store.tidy(tell)
        assert {total for _, total in told} == {2000}
        assert [done for done, _ in told] == sorted(done for done, _ in told)
        assert told[0][0] == 0 < told[-1][0] < 2000
        left = list((store.folder / ".tmp-half").rglob("inside"))
        assert 15 <= len(left) < 20
        store.tidy()
    assert not (store.folder / ".tmp-half").exists()


def test_what_was_kept_can_be_removed_and_is_counted(store: EngineStore) -> None:
    make(store, "kept")
    for place in (".tmp-half/lib", ".cache/wheels", ".cache-extras"):
        (store.folder / place).mkdir(parents=True)
        (store.folder / place / "file").write_bytes(b"x" * 100)
    told: list[tuple[int, int]] = []
    assert store.left_bytes() == 300
    assert store.clear(lambda done, total: told.append((done, total))) == 300
    assert {total for _, total in told} == {300}
    assert store.left_bytes() == 0
    assert [engine.name for engine in store.engines()] == ["kept"]
    assert [path.name for path in store.folder.glob(".*")] == []


def test_whether_one_is_at_work_is_known(store: EngineStore) -> None:
    assert not store.is_busy()
    with store.locked():
        assert store.is_busy()
        with pytest.raises(FileError, match="already"):
            store.clear()
    assert not store.is_busy()
    (store.folder / ".lock").write_text("1", encoding="utf-8")
    assert not store.is_busy(), "a kill left the file"


_WRITER = """
import itertools, sys
from pathlib import Path
folder = Path(sys.argv[1])
for turn in itertools.count():
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(turn % 50)).touch()
    print(flush=True) if turn == 0 else None
"""


def test_what_still_writes_for_an_installation_that_was_killed_is_ended(store: EngineStore) -> None:
    unfinished = store.folder / ".tmp-half"
    command = [sys.executable, "-c", _WRITER, str(unfinished / LIBRARIES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout is not None
            writer.stdout.readline()
            with store.locked():
                store.tidy()
            writer.wait(30)
        finally:
            writer.kill()
    assert not unfinished.exists()


def test_the_newest_engine_comes_first(store: EngineStore) -> None:
    make(store, "old", made="2025-01-01")
    make(store, "new", made="2026-06-01")
    assert [engine.name for engine in store.engines()] == ["new", "old"]


def test_the_folder_is_the_persons_own(store: EngineStore) -> None:
    with store.locked():
        assert store.folder.stat().st_mode & 0o077 == 0


def test_facts_of_an_engine_are_json(store: EngineStore) -> None:
    engine = make(store, "a")
    assert json.loads((engine.folder / "engine.json").read_text(encoding="utf-8"))["backend"] == "cpu"
    assert Path(engine.libraries).name == "lib"


@pytest.mark.parametrize(("place", "kind"), [("engines", "missing"), ("elsewhere", "environment")])
def test_an_engine_that_was_removed_while_it_was_loaded_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, kind: str
) -> None:
    """The module is still there, its files are not: the page has to offer an engine again."""
    paths = replace(default_paths(), data=tmp_path)
    torch = ModuleType("torch")
    torch.__spec__ = ModuleSpec("torch", None, origin=str(paths.data / place / "cpu-1" / "libraries" / "torch.py"))
    monkeypatch.setitem(sys.modules, "torch", torch)
    assert engine_state(paths).kind == kind
