"""A killed program finds its line of history again."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

import studio.files.journal.journal
from studio.document import (
    Document,
    LoopMode,
    PaintLayer,
    Raster,
    add_frame,
    add_layer,
    current_frame,
    frames,
    go_to_frame,
    make_timeline,
    new_document,
    replace_layer,
    set_hold,
    set_loop,
)
from studio.errors import CorruptFileError, FileError
from studio.files.journal.journal import Journal, RecordGivenUp
from studio.files.journal.recovery import discard, find_leftovers, recover
from studio.history import DocumentHistory, StepKind
from studio.raster.compose import compose
from studio.raster.transform import move_layer_pixels


def stroke(document: Document, value: int, x: int = 0, y: int = 0, side: int = 100) -> Document:
    layer = document.active_paint_layer
    pixels = np.random.default_rng(value).integers(0, 256, (side, side, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    return replace_layer(document, layer.id, raster=layer.raster.with_array(pixels, x, y))


def painted_history() -> DocumentHistory:
    history = DocumentHistory(new_document(700, 500), StepKind("test", "New picture"))
    history.apply(StepKind("test", "Brush stroke"), stroke(history.current, 1))
    history.apply(StepKind("test", "Generate"), stroke(history.current, 2, 300, 200), settings='{"seed": 7}')
    history.apply(
        StepKind("test", "Opacity"),
        replace_layer(history.current, history.current.active_id, opacity=0.3),
        merge_key="opacity:1",
    )
    return history


@pytest.fixture
def journal(tmp_path):
    journal = Journal.create(tmp_path / "recovery", tmp_path / "海滩.ora")
    yield journal
    journal.detach()


def crashed(journal: Journal):
    journal.detach()
    return journal.path


def count(path, table: str) -> int:
    connection = sqlite3.connect(path)
    (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return number


def test_the_whole_line_comes_back(journal, tmp_path, assert_same):
    history = painted_history()
    history.undo()
    journal.record(history.steps, history.index)
    session = recover(crashed(journal))
    assert [step.kind.label for step in session.steps] == ["New picture", "Brush stroke", "Generate", "Opacity"]
    assert session.index == 2
    assert session.original == tmp_path / "海滩.ora"
    assert session.notes == ()
    for before, after in zip(history.steps, session.steps, strict=True):
        assert_same(before.state, after.state)
        assert (before.settings, before.merge_key, before.created) == (after.settings, after.merge_key, after.created)


def test_everything_a_document_holds_comes_back(journal, rich_document, assert_same):
    history = DocumentHistory(rich_document, StepKind("test", "Open"))
    journal.record(history.steps, history.index)
    (step,) = recover(crashed(journal)).steps
    assert_same(rich_document, step.state)


def test_a_mask_that_is_switched_off_stays_so(journal, rich_document, assert_same):
    history = DocumentHistory(
        replace_layer(rich_document, rich_document.active_id, mask_enabled=False), StepKind("test", "Open")
    )
    journal.record(history.steps, history.index)
    (step,) = recover(crashed(journal)).steps
    assert_same(history.current, step.state)


def test_a_broken_guide_takes_no_step_along(journal, rich_document):
    history = DocumentHistory(rich_document, StepKind("test", "Open"))
    journal.record(history.steps, history.index)
    connection = sqlite3.connect(crashed(journal))
    connection.execute("UPDATE step SET document = replace(document, '\"strength\": 0.75', '\"strength\": 75')")
    connection.commit()
    connection.close()
    session = recover(journal.path)
    (step,) = session.steps
    broken, *others = rich_document.guides
    assert list(step.state.guides) == others
    layer = rich_document.find(broken.layer_id)
    assert session.notes == (f"The control layer {layer.name!r} (canny) could not be read and was left out.",)


def test_frames_come_back_with_every_step_and_the_frame_that_was_shown(journal, assert_same):
    document = new_document(300, 200)
    document = make_timeline(document, (document.active_id,), name="Frames", frame_name="Frame 1", fps=23.976)
    history = DocumentHistory(document, StepKind("test", "New picture"))
    history.apply(StepKind("test", "Add frame"), add_frame(document, "Frame 2"))
    journal.record(history.steps, history.index)
    frame_ids = [frame.id for frame in frames(history.current)]
    history.apply(StepKind("test", "Hold frames"), set_loop(set_hold(history.current, frame_ids, 3), LoopMode.ONCE))
    history.replace_current(go_to_frame(history.current, 0))
    journal.record(history.steps, history.index)
    session = recover(crashed(journal))
    for before, after in zip(history.steps, session.steps, strict=True):
        assert_same(before.state, after.state)
    assert current_frame(session.steps[2].state) == 0


def test_a_recovered_line_goes_on_as_a_history(journal):
    history = painted_history()
    journal.record(history.steps, history.index)
    session = recover(crashed(journal))
    restored = DocumentHistory.restored(session.steps, session.index)
    assert restored.bytes_used == history.bytes_used
    restored.undo()
    restored.apply(StepKind("test", "Another"), stroke(restored.current, 9))
    assert [step.kind.label for step in restored.steps][-2:] == ["Generate", "Another"]


def test_only_new_tiles_are_written(journal):
    history = painted_history()
    journal.record(history.steps, history.index)
    before = count(journal.path, "tile")
    history.apply(StepKind("test", "Dab"), stroke(history.current, 3, 10, 10, 5))
    journal.record(history.steps, history.index)
    assert count(journal.path, "tile") == before + 1
    journal.record(history.steps, history.index)
    assert count(journal.path, "tile") == before + 1


def test_forgotten_steps_leave_the_journal(journal):
    history = DocumentHistory(new_document(256, 256), StepKind("test", "New"), budget=6 * 256 * 256 * 4)
    for number in range(40):
        history.apply(StepKind("test", f"Stroke {number}"), stroke(history.current, number, side=256))
        journal.record(history.steps, history.index)
    assert count(journal.path, "step") == len(history.steps) < 10
    assert count(journal.path, "tile") <= 7
    assert journal.path.stat().st_size < 20 * 256 * 256 * 4
    session = recover(crashed(journal))
    assert (compose(session.steps[-1].state) == compose(history.current)).all()


def test_undone_steps_that_a_new_one_replaces_are_forgotten(journal):
    history = painted_history()
    journal.record(history.steps, history.index)
    history.undo()
    history.undo()
    history.apply(StepKind("test", "Instead"), stroke(history.current, 5))
    journal.record(history.steps, history.index)
    assert [step.kind.label for step in recover(crashed(journal)).steps] == ["New picture", "Brush stroke", "Instead"]


def test_closing_in_order_leaves_nothing(tmp_path):
    journal = Journal.create(tmp_path)
    history = painted_history()
    journal.record(history.steps, history.index)
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_journals_in_use_are_not_left_over(journal, tmp_path):
    folder = tmp_path / "recovery"
    assert find_leftovers(folder) == ()
    with pytest.raises(FileError, match="running"):
        recover(journal.path)
    with pytest.raises(FileError, match="running"):
        discard(journal.path)
    history = painted_history()
    journal.record(history.steps, history.index)
    crashed(journal)
    (leftover,) = find_leftovers(folder)
    assert (leftover.path, leftover.original) == (journal.path, tmp_path / "海滩.ora")


def test_a_new_name_of_the_document_is_noted(journal, tmp_path):
    history = painted_history()
    journal.record(history.steps, history.index)
    journal.set_about(tmp_path / "other.ora", 2)
    crashed(journal)
    assert find_leftovers(tmp_path / "recovery")[0].original == tmp_path / "other.ora"


def test_a_journal_without_a_step_is_removed_without_a_word(journal, tmp_path):
    crashed(journal)
    assert find_leftovers(tmp_path / "recovery") == ()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_discarding_removes_all_files(journal, tmp_path):
    discard(crashed(journal))
    assert list((tmp_path / "recovery").iterdir()) == []
    with pytest.raises(FileError, match="does not exist"):
        recover(journal.path)


def test_a_missing_folder_has_no_leftovers(tmp_path):
    assert find_leftovers(tmp_path / "none") == ()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FileError, match="file"):
        Journal.create(tmp_path / "file")


@pytest.mark.parametrize("data", [b"not a database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_journal_is_set_aside_and_named(tmp_path, data):
    path = tmp_path / "a.journal"
    path.write_bytes(data)
    assert [leftover.path for leftover in find_leftovers(tmp_path)] == [path]
    with pytest.raises(CorruptFileError, match=r"a\.damaged"):
        recover(path)
    assert (tmp_path / "a.damaged").read_bytes() == data
    assert find_leftovers(tmp_path) == ()


def test_what_a_step_is_comes_back(journal, rich_document):
    history = DocumentHistory(rich_document, StepKind("picture.open", "Open", "open"))
    history.apply(StepKind("filter", "Filter", "sliders", "\N{CJK UNIFIED IDEOGRAPH-6A21}"), replace(rich_document))
    history.apply(StepKind("paint", "Paint", "../../secret"), replace(rich_document))
    journal.record(history.steps, history.index)
    kinds = [step.kind for step in recover(crashed(journal)).steps]
    assert kinds[:2] == [step.kind for step in history.steps[:2]]
    assert kinds[2] == StepKind("paint", "Paint")  # a name of an icon is no way to other files


def test_a_journal_of_before_steps_had_kinds_is_read(journal):
    history = painted_history()
    journal.record(history.steps, history.index)
    path = crashed(journal)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for column in ("kind", "icon", "name"):
            connection.execute(f"ALTER TABLE step DROP COLUMN {column}")
    steps = recover(path).steps
    assert [step.kind.label for step in steps] == ["New picture", "Brush stroke", "Generate", "Opacity"]
    assert [step.kind.icon for step in steps] == ["layer", "layer", "generate", "layer"]
    assert [step.state.active_id for step in steps] == [step.state.active_id for step in history.steps]


def test_a_damaged_tile_costs_only_its_steps(journal):
    history = painted_history()
    journal.record(history.steps, history.index)
    path = crashed(journal)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE tile SET data = x'00' WHERE id = (SELECT max(id) FROM tile)")
    connection.commit()
    connection.close()
    session = recover(path)
    assert [step.kind.label for step in session.steps] == ["New picture", "Brush stroke"]
    assert session.index == 1
    assert "2 of 4 steps" in session.notes[0]


def test_after_a_full_disk_the_next_record_is_whole(journal, assert_same):
    history = painted_history()
    journal.record(history.steps[:1], 0)
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(FileError, match="full"):
        journal.record(history.steps, history.index)
    journal._connection.execute("PRAGMA max_page_count = 1000000")
    journal.record(history.steps, history.index)
    session = recover(crashed(journal))
    assert len(session.steps) == 4
    assert_same(session.steps[-1].state, history.current)


def test_objects_that_died_are_not_mistaken_for_new_ones(journal):
    """Fresh tiles often get the address of ones that are gone."""
    for number in range(60):
        document = Document(width=256, height=256)
        layer = PaintLayer(name="x", raster=Raster.from_array(np.full((256, 256, 4), number, np.uint8)))
        history = DocumentHistory(add_layer(document, layer), StepKind("test", "Open"))
        journal.record(history.steps, 0)
    (step,) = recover(crashed(journal)).steps
    assert (compose(step.state)[0, 0] == 59).all()


_KILLED = """
import os, signal, sys
from pathlib import Path
import numpy as np
from studio.document import new_document, replace_layer
from studio.files.journal.journal import Journal, RecordGivenUp
from studio.history import DocumentHistory, StepKind

history = DocumentHistory(new_document(600, 400), StepKind("test", "New picture"))
journal = Journal.create(Path(sys.argv[1]), Path("beach.ora"))
for number in range(12):
    layer = history.current.active_paint_layer
    pixels = np.random.default_rng(number).integers(0, 256, (300, 300, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    raster = layer.raster.with_array(pixels, number * 20, number * 5)
    history.apply(StepKind("test", f"Stroke {number}"), replace_layer(history.current, layer.id, raster=raster))
    journal.record(history.steps, history.index)
history.undo()
journal.record(history.steps, history.index)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_process_loses_nothing(tmp_path):
    result = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], timeout=120, check=False)
    assert result.returncode == -signal.SIGKILL
    (leftover,) = find_leftovers(tmp_path)
    assert leftover.original.name == "beach.ora"
    session = recover(leftover.path)
    assert [step.kind.label for step in session.steps] == ["New picture", *(f"Stroke {n}" for n in range(12))]
    assert session.index == 11
    expected = new_document(600, 400)
    layer = expected.active_paint_layer
    raster = layer.raster
    for number in range(11):
        pixels = np.random.default_rng(number).integers(0, 256, (300, 300, 4), dtype=np.uint8)
        pixels[..., 3] = 255
        raster = raster.with_array(pixels, number * 20, number * 5)
    expected = replace_layer(expected, layer.id, raster=raster)
    assert (compose(session.steps[session.index].state) == compose(expected)).all()


def test_the_journal_holds_a_snapshot_not_the_history(journal):
    """What is recorded is the tuple that was given, whatever the history does meanwhile."""
    history = painted_history()
    steps, index = history.steps, history.index
    history.apply(StepKind("test", "Later"), replace(history.current, gamma=2.2))
    journal.record(steps, index)
    assert len(recover(crashed(journal)).steps) == len(steps)


_FULL_DISK = """
import resource, sys
from pathlib import Path
from studio.errors import FileError
from studio.files.journal.journal import Journal, RecordGivenUp

resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
for _ in range(3):
    try:
        Journal.create(Path(sys.argv[1]))
    except FileError as error:
        print(error)
    else:
        sys.exit("it was made")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit that POSIX systems have")
def test_journals_that_a_full_disk_refuses_leave_nothing_behind(tmp_path):
    command = [sys.executable, "-c", _FULL_DISK, str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("could not be made") == 3
    assert list(tmp_path.iterdir()) == []


def large(seed: int) -> Document:
    """Eight columns of two rows of noise."""
    document = new_document(2048, 512)
    pixels = np.random.default_rng(seed).integers(0, 256, (512, 2048, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    layer = document.active_paint_layer
    return replace_layer(document, layer.id, raster=layer.raster.with_array(pixels, 0, 0))


def test_what_was_prepared_is_not_written_again(journal, assert_same):
    history = DocumentHistory(large(1), StepKind("test", "Open"))
    journal.prepare(history.current, lambda: False)
    tiles = count(journal.path, "tile")
    assert tiles >= 16
    history.apply(StepKind("test", "Brush stroke"), stroke(history.current, 3, 10, 10, 5))
    journal.record(history.steps, history.index)
    assert count(journal.path, "tile") == tiles + 1
    session = recover(crashed(journal))
    assert_same(session.steps[1].state, history.current)


def test_what_was_only_prepared_is_nothing_to_recover(journal, tmp_path):
    journal.prepare(large(1), lambda: False)
    crashed(journal)
    assert find_leftovers(tmp_path / "recovery") == ()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_a_record_that_is_given_up_leaves_what_was_there_and_the_next_is_whole(journal, assert_same):
    first, second = (
        DocumentHistory(large(1), StepKind("test", "Open")),
        DocumentHistory(large(2), StepKind("test", "Open")),
    )
    journal.record(first.steps, 0)
    with pytest.raises(RecordGivenUp):
        journal.record(second.steps, 0, lambda: True)
    journal.prepare(large(3), lambda: True)
    journal.record(second.steps, 0)
    (step,) = recover(crashed(journal)).steps
    assert_same(step.state, second.current)


def test_after_any_failure_the_next_record_is_whole(journal, assert_same, monkeypatch):
    """Whatever ends a record, what it had written is rolled back."""
    history = painted_history()
    journal.record(history.steps[:1], 0)
    real = studio.files.journal.journal.document_json

    def no_memory(document, row_of):
        real(document, row_of)
        raise MemoryError

    monkeypatch.setattr("studio.files.journal.journal.document_json", no_memory)
    with pytest.raises(MemoryError):
        journal.record(history.steps, history.index)
    monkeypatch.setattr("studio.files.journal.journal.document_json", real)
    journal.record(history.steps, history.index)
    session = recover(crashed(journal))
    assert session.notes == ()
    assert_same(session.steps[-1].state, history.current)


def test_a_failure_while_preparing_is_silent_and_the_next_record_whole(journal, assert_same, monkeypatch):
    history = DocumentHistory(large(1), StepKind("test", "Open"))
    batches = []

    def no_thread(tiles):
        batches.append(tiles)
        if len(batches) == 2:
            raise RuntimeError("can't start new thread")
        return encoded(tiles)

    encoded = studio.files.journal.journal._encoded
    with monkeypatch.context() as patched:
        patched.setattr("studio.files.journal.journal._encoded", no_thread)
        patched.setattr("studio.files.journal.journal._BATCH", 4)
        journal.prepare(history.current, lambda: False)
    assert len(batches) == 2
    journal.record(history.steps, 0)
    assert_same(recover(crashed(journal)).steps[0].state, history.current)


@pytest.mark.parametrize("away", [3_000_000, -3_000_000])
def test_a_layer_far_away_comes_back(journal, assert_same, away):
    """As far as a hand can drag it."""
    document = stroke(new_document(300, 200), 1)
    history = DocumentHistory(move_layer_pixels(document, document.active_id, away, away), StepKind("test", "Move"))
    journal.record(history.steps, 0)
    (step,) = recover(crashed(journal)).steps
    assert_same(step.state, history.current)
