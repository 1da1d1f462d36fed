"""Whatever a kill or a disk leaves of a journal: it is offered, removed or named, and hides no other."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.document import (
    Document,
    GroupLayer,
    Guide,
    PaintLayer,
    Region,
    add_guide,
    add_layer,
    filled_mask,
    make_timeline,
    new_document,
    replace_layer,
    with_region,
)
from studio.errors import CorruptFileError, FileError
from studio.files.journal import journal as journal_module
from studio.files.journal.journal import Journal
from studio.files.journal.recovery import RecoveredSession, find_leftovers, recover
from studio.files.journal.rows import document_from_json, document_json
from studio.history import DocumentHistory, StepKind
from studio.raster.compose import compose

ODD_VALUES = (None, True, -1, 3.5, 10**30, float("nan"), float("inf"), "x", "", "\0", [], [1], {}, {"a": 1})


def stroke(document: Document, value: int) -> Document:
    pixels = np.random.default_rng(value).integers(0, 256, (40, 300, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    layer = document.active_paint_layer
    return replace_layer(document, layer.id, raster=layer.raster.with_array(pixels, value, value))


def history_of(count: int) -> DocumentHistory:
    history = DocumentHistory(new_document(400, 300), StepKind("test", "New picture"))
    for number in range(count):
        history.apply(StepKind("test", f"Stroke {number}"), stroke(history.current, number))
    return history


def rich_history() -> DocumentHistory:
    """Every field of a document has a value."""
    document = stroke(new_document(300, 200), 1)
    document = document.with_generation_mask(filled_mask(document.canvas))
    document = replace_layer(document, document.active_id, mask=filled_mask(document.canvas), settings="{}")
    document = add_layer(document, GroupLayer(name="Group", children=(PaintLayer(name="Inside"),)))
    document = make_timeline(document, (document.layers[0].id,), name="Frames", frame_name="Frame 1", fps=12.0)
    document = with_region(document, Region(layer_id=document.layers[0].id, prompt="sea"))
    document = add_guide(document, Guide(kind="canny", layer_id=document.active_id, values={"low": 1}))
    history = DocumentHistory(document, StepKind("test", "New picture"))
    history.apply(StepKind("test", "Gamma"), document, settings='{"seed": 7}', merge_key="gamma")
    return history


def recorded(folder: Path, *lines: DocumentHistory, all_in_log: bool = True) -> Path:
    """A journal in which each line was written, as a kill leaves it: its log is beside it.

    ``all_in_log`` is how it is for a moment after the first line, and was for longer in former versions.
    """
    made = folder / "made"
    journal = Journal.create(made, Path("/pictures/beach.ora"))
    journal._has_moved = all_in_log
    for history in lines:
        journal.record(history.steps, history.index)
    for file in made.iterdir():
        if not file.name.endswith((".lock", "-shm")):
            shutil.copy(file, folder / f"a{file.name[file.name.index('.') :]}")
    journal.close()
    return folder / "a.journal"


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def outcome(path: Path) -> RecoveredSession | FileError:
    """What recovering comes to; anything but a session or a typed error is a failure of the test."""
    find_leftovers(path.parent)
    try:
        session = recover(path)
    except FileError as error:
        return error
    assert 0 <= session.index < len(session.steps)
    for step in session.steps:
        assert isinstance(step.kind.label, str)
        compose(step.state)
    return session


@pytest.fixture
def fresh_copy(tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """Gives the path of a new copy of one journal of a rich document at every call."""
    source = recorded(tmp_path, rich_history())
    connection = sqlite3.connect(source)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    numbers = iter(range(100_000))

    def copy() -> Path:
        folder = tmp_path / f"copy{next(numbers)}"
        folder.mkdir()
        return Path(shutil.copy(source, folder))

    return copy


# --- kills ------------------------------------------------------------------------------------------


@pytest.fixture
def snapshots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Copies of the folder "live" as it is before every statement that a journal executes: what a kill would leave."""
    taken: list[Path] = []

    def snap() -> None:
        taken.append(Path(shutil.copytree(tmp_path / "live", tmp_path / f"killed{len(taken)}")))

    class Watched(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            snap()
            return super().execute(*arguments)

    connect = sqlite3.connect
    monkeypatch.setattr(
        journal_module.sqlite3, "connect", lambda *args, **options: connect(*args, factory=Watched, **options)
    )
    journal = Journal.create(tmp_path / "live")
    snap()
    history = history_of(2)
    journal.record(history.steps, history.index)
    snap()
    journal.detach()
    monkeypatch.undo()
    return taken


def test_a_kill_while_a_journal_is_made_is_no_damage(snapshots):
    found = []
    for folder in snapshots:
        leftovers = find_leftovers(folder)
        assert all(leftover.steps == 3 for leftover in leftovers), folder
        assert not list(folder.glob("*.damaged*")), folder
        if not leftovers:
            assert list(folder.iterdir()) == [], folder
        found.append(len(leftovers))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (0, 1)


def test_what_lies_beside_journals_that_are_gone_is_removed(tmp_path):
    for ending in (".lock", "-wal", "-shm", "-journal"):
        (tmp_path / f"gone{ending[0] == '.'}.journal{ending}").write_bytes(b"x")
    assert find_leftovers(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


# --- the log ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: bytes(32) + data[32:],
        lambda data: data[:32] + bytes(200) + data[232:],
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        lambda data: data[7:],
    ],
    ids=["no header", "no first frame", "one bit", "shifted"],
)
def test_a_log_whose_first_line_is_gone_says_so(tmp_path, damage):
    path = recorded(tmp_path, history_of(1))
    data = log_of(path).read_bytes()
    log_of(path).write_bytes(damage(data))
    assert [leftover.steps for leftover in find_leftovers(tmp_path)] == [None]
    with pytest.raises(CorruptFileError, match="first steps that were written to it are gone"):
        recover(path)
    assert log_of(tmp_path / "a.damaged").stat().st_size in (len(data), len(data) - 7)
    assert find_leftovers(tmp_path) == ()


def test_a_damaged_log_cannot_cost_the_first_line(tmp_path):
    path = recorded(tmp_path, history_of(1), history_of(3), all_in_log=False)
    log_of(path).write_bytes(b"nothing of a log" * 4000)
    assert [leftover.steps for leftover in find_leftovers(tmp_path)] == [2]
    session = recover(path)
    assert [step.kind.label for step in session.steps] == ["New picture", "Stroke 0"]
    assert any("last steps may be missing" in note for note in session.notes)


def test_a_log_without_its_end_gives_what_came_before_and_says_so(tmp_path):
    first, second = history_of(1), history_of(3)
    path = recorded(tmp_path, first, second)
    (tmp_path / "first").mkdir()
    end = log_of(recorded(tmp_path / "first", first)).stat().st_size
    data = bytearray(log_of(path).read_bytes())
    data[end + 100] ^= 1
    log_of(path).write_bytes(bytes(data))
    assert [leftover.steps for leftover in find_leftovers(tmp_path)] == [2]
    session = recover(path)
    assert [step.kind.label for step in session.steps] == ["New picture", "Stroke 0"]
    assert any("last steps may be missing" in note for note in session.notes)


def test_a_log_cut_off_anywhere_is_read_as_far_as_it_goes(tmp_path):
    path = recorded(tmp_path, history_of(1), history_of(2))
    whole, log = path.read_bytes(), log_of(path).read_bytes()
    counts = set()
    for end in range(0, len(log), len(log) // 40):
        folder = tmp_path / f"cut{end}"
        folder.mkdir()
        (folder / "a.journal").write_bytes(whole)
        (folder / "a.journal-wal").write_bytes(log[:end])
        leftovers = find_leftovers(folder)
        counts |= {leftover.steps for leftover in leftovers}
        assert all(isinstance(outcome(leftover.path), RecoveredSession) for leftover in leftovers)
    assert counts == {2, 3}


# --- damage -----------------------------------------------------------------------------------------


def leaves(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key) inside a JSON value."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from leaves(value[key])


def test_odd_values_in_the_structure_of_a_document_are_refused_or_harmless():
    document = rich_history().current
    rasters = list(document.rasters())
    rows = {id(raster): row for row, raster in enumerate(rasters)}
    values = json.loads(document_json(document, lambda raster: rows[id(raster)]))
    for container, key in list(leaves(values)):
        kept = container[key]
        for odd in ODD_VALUES:
            container[key] = odd
            try:
                made = document_from_json(json.dumps(values), lambda row: rasters[row], str)
            except Exception:  # noqa: BLE001 - which `recover` makes a note of
                continue
            compose(made)
            assert (type(made.width), type(made.gamma)) == (int, float)
        container[key] = kept


def test_a_step_with_an_odd_document_is_all_that_is_lost(fresh_copy):
    path = fresh_copy()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE step SET document = ? WHERE id = 2", ('{"layers": ' + "[" * 100_000,))
    connection.commit()
    connection.close()
    session = outcome(path)
    assert [step.kind.label for step in session.steps] == ["New picture"]
    assert "1 of 2 steps" in session.notes[0]


@pytest.mark.parametrize(
    "column",
    ["about.value", "tile.data", "raster.channels", "raster.base", "raster.tiles", "line.position", "line.steps"]
    + [f"step.{name}" for name in ("label", "settings", "merge_key", "created", "document")],
)
def test_odd_cells_end_in_a_session_or_a_typed_error(fresh_copy, column):
    table, name = column.split(".")
    cells = (-1, 2**62, 1e308, "", "x", "9" * 400, "[" * 5000, '{"a": ' * 5000, "[[1]]", '["x", 1e999]', "[1, 1]")
    for cell in (*cells, b"", b"\xff\0" * 8, b"\x7f" * 16 * 4000):
        path = fresh_copy()
        connection = sqlite3.connect(path)
        connection.execute(f"UPDATE {table} SET {name} = ?", (cell,))
        connection.commit()
        connection.close()
        outcome(path)


def test_bytes_flipped_at_random_end_in_a_session_or_a_typed_error(fresh_copy):
    chance = random.Random(7)
    for _ in range(60):
        path = fresh_copy()
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 3, 200))):
            data[chance.randrange(chance.choice((100, len(data))))] = chance.randrange(256)
        path.write_bytes(data)
        outcome(path)


def test_a_file_cut_off_at_every_page_ends_in_a_session_or_a_typed_error(fresh_copy):
    size = fresh_copy().stat().st_size
    for end in range(1, size, 16384 // 2):
        path = fresh_copy()
        os.truncate(path, end)
        outcome(path)


def test_folders_with_the_name_of_a_journal_are_left_alone(tmp_path):
    (tmp_path / "c.journal").mkdir()
    (tmp_path / "b.journal.lock").mkdir()
    path = recorded(tmp_path, history_of(1))
    path.rename(tmp_path / "b.journal")
    log_of(path).rename(tmp_path / "b.journal-wal")
    assert [leftover.steps for leftover in find_leftovers(tmp_path)] == [None]
    with pytest.raises(FileError, match="could not be read"):
        recover(tmp_path / "b.journal")
    assert (tmp_path / "b.journal").is_file()


def test_what_the_system_refuses_is_not_called_damaged(tmp_path, monkeypatch):
    path = recorded(tmp_path, history_of(1))

    class Full(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
            raise error

    connect = sqlite3.connect
    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", lambda *args, **options: connect(*args, factory=Full, **options))
        with pytest.raises(FileError, match="could not be read"):
            recover(path)
    assert len(recover(path).steps) == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs files that are refused")
def test_a_journal_that_may_not_be_read_is_named_and_stays(tmp_path):
    path = recorded(tmp_path, history_of(1))
    path.chmod(0)
    with pytest.raises(FileError, match="could not be read"):
        recover(path)
    path.chmod(0o600)
    assert len(recover(path).steps) == 2


def test_names_that_are_no_unicode_come_back(tmp_path):
    name = "caf\udce9"
    document = new_document(20, 20)
    history = DocumentHistory(replace_layer(document, document.active_id, name=name), StepKind("test", f"Open {name}"))
    journal = Journal.create(tmp_path, Path(f"/pictures/{name}.png"))
    journal.record(history.steps, 0)
    journal.detach()
    session = recover(journal.path)
    assert session.original == Path(f"/pictures/{name}.png")
    assert session.steps[0].kind.label == f"Open {name}"
    assert session.steps[0].state.active_layer.name == name


@pytest.mark.parametrize(
    "line",
    [
        "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 0 AS position, '[1]' AS steps "
        "FROM n WHERE id < 0",
        "SELECT 1 AS id, 0 AS position, hex(zeroblob(900000000)) AS steps",
    ],
    ids=["endless", "huge"],
)
def test_a_view_in_place_of_a_table_neither_runs_for_ever_nor_fills_the_memory(tmp_path: Path, line: str) -> None:
    path = tmp_path / "view.journal"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);"
            f"INSERT INTO about VALUES ('version', '1'); CREATE VIEW line AS {line};"
        )
    with pytest.raises(CorruptFileError, match=r"view\.journal is damaged"):
        recover(path)
