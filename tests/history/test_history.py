"""Undo and redo on one line, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.document import Document, PaintLayer, Raster, add_layer, new_document, replace_layer
from studio.history import History, Step, StepKind
from studio.raster.brush import Brush, Stroke

TILE_BYTES = 256 * 256 * 4


def painted(document: Document, seed: int) -> Document:
    """The document with a random stroke on its active layer."""
    rng = np.random.default_rng(seed)
    layer = document.active_paint_layer
    assert layer is not None
    stroke = Stroke(layer.raster, Brush(diameter=30, rgba=(*rng.integers(0, 256, 3).tolist(), 255)))
    for _ in range(4):
        stroke.move_to(*rng.uniform(0, 1000, 2))
    return replace_layer(document, layer.id, raster=stroke.commit())


def distinct_tile_bytes(documents: list[Document]) -> int:
    tiles = {id(tile): tile.nbytes for item in documents for raster in item.rasters() for tile in raster.tiles.values()}
    return sum(tiles.values())


def with_steps(count: int, **options: int) -> tuple[History, list[Document]]:
    documents = [new_document(1024, 1024)]
    history = History(documents[0], StepKind("test", "New"), **options)
    for seed in range(count):
        documents.append(painted(documents[-1], seed))
        history.apply(StepKind("test", f"Stroke {seed}"), documents[-1])
    return history, documents


def test_undo_and_redo_walk_the_line_and_stop_at_its_ends() -> None:
    history, documents = with_steps(3)
    assert history.current is documents[3]
    assert [history.undo() for _ in range(4)] == [documents[2], documents[1], documents[0], documents[0]]
    assert not history.can_undo
    assert history.can_redo
    assert [history.redo() for _ in range(4)] == [documents[1], documents[2], documents[3], documents[3]]
    assert not history.can_redo


def test_any_step_is_a_click_away() -> None:
    history, documents = with_steps(5)
    assert history.go_to(2) is documents[2]
    assert history.go_to(5) is documents[5]
    assert [step.kind.label for step in history.steps][:2] == ["New", "Stroke 0"]
    with pytest.raises(IndexError):
        history.go_to(6)


def test_a_new_step_after_undo_forgets_what_was_undone() -> None:
    history, documents = with_steps(3)
    history.undo()
    history.undo()
    other = painted(history.current, 99)
    history.apply(StepKind("test", "Other"), other)
    assert [step.document for step in history.steps] == [documents[0], documents[1], other]
    assert history.bytes_used == distinct_tile_bytes([documents[0], documents[1], other])


def test_dragging_a_slider_is_one_step() -> None:
    history, documents = with_steps(1)
    layer_id = documents[1].active_id
    assert layer_id is not None
    for opacity in (0.9, 0.5, 0.2):
        history.apply(
            StepKind("test", "Opacity"), replace_layer(history.current, layer_id, opacity=opacity), merge_key="opacity"
        )
    assert len(history.steps) == 3
    assert history.current.find(layer_id).opacity == 0.2
    assert history.undo() is documents[1]


def test_a_merge_key_does_not_swallow_steps_it_does_not_follow() -> None:
    history, documents = with_steps(0)
    history.apply(StepKind("test", "A"), replace(documents[0]), merge_key="x")
    history.apply(StepKind("test", "B"), replace(documents[0]))
    history.apply(StepKind("test", "C"), replace(documents[0]), merge_key="x")
    history.apply(StepKind("test", "D"), replace(documents[0]), merge_key="y")
    assert [step.kind.label for step in history.steps] == ["New", "A", "B", "C", "D"]


def test_the_first_state_is_never_merged_away() -> None:
    document = new_document(100, 100)
    history = History(document, StepKind("test", "New"))
    history.apply(StepKind("test", "Move"), replace(document), merge_key="m")
    history.undo()
    history.apply(StepKind("test", "Move"), replace(document), merge_key="m")
    assert history.undo() is document


def test_settings_travel_with_their_step() -> None:
    history, documents = with_steps(0)
    history.apply(StepKind("test", "Generate"), painted(documents[0], 1), settings='{"seed": 7}')
    assert history.steps[1].settings == '{"seed": 7}'


def test_changing_the_current_state_makes_no_step() -> None:
    history, documents = with_steps(2)
    selected = documents[2].with_active(None)
    history.replace_current(selected)
    assert history.current is selected
    assert len(history.steps) == 3
    assert history.bytes_used == distinct_tile_bytes([step.document for step in history.steps])


def test_a_hundred_strokes_cost_little_more_than_the_tiles_they_changed() -> None:
    document = new_document(4096, 4096)
    for number in range(18):
        document = add_layer(document, PaintLayer(name=f"Layer {number}"))
    history = History(document, StepKind("test", "New"))
    start, changed = history.bytes_used, 0
    for seed in range(100):
        before = history.current
        after = painted(before, seed)
        assert before.active_paint_layer is not None
        assert after.active_paint_layer is not None
        changed += len(after.active_paint_layer.raster.changed_tiles(before.active_paint_layer.raster)) * TILE_BYTES
        history.apply(StepKind("test", "Stroke"), after)
    assert history.bytes_used - start <= 1.3 * changed
    assert history.bytes_used == distinct_tile_bytes([step.document for step in history.steps])


def test_over_budget_the_oldest_steps_go_first_and_the_current_one_stays() -> None:
    history, documents = with_steps(30, budget=40 * TILE_BYTES)
    assert history.bytes_used <= 40 * TILE_BYTES
    assert 1 < len(history.steps) < 31
    assert history.current is documents[30]
    assert history.steps[0].document is documents[31 - len(history.steps)]
    assert history.bytes_used == distinct_tile_bytes([step.document for step in history.steps])


def test_a_document_larger_than_the_budget_is_still_kept() -> None:
    history, documents = with_steps(3, budget=1)
    assert history.current is documents[3]
    assert len(history.steps) == 1


def test_a_line_comes_back_as_it_stood() -> None:
    before, documents = with_steps(4)
    before.undo()
    after = History.restored(before.steps, before.index)
    assert after.current is documents[3]
    assert after.bytes_used == before.bytes_used
    assert after.redo() is documents[4]
    assert after.go_to(0) is documents[0]


def test_bytes_are_exact_through_any_sequence() -> None:
    rng = np.random.default_rng(5)
    history, _ = with_steps(2, budget=60 * TILE_BYTES)
    for seed in range(60):
        choice = rng.integers(5)
        if choice == 0:
            history.undo()
        elif choice == 1:
            history.go_to(int(rng.integers(len(history.steps))))
        elif choice == 2:
            history.replace_current(painted(history.current, seed))
        else:
            history.apply(
                StepKind("test", "Stroke"), painted(history.current, seed), merge_key="m" if choice == 3 else None
            )
        assert history.bytes_used == distinct_tile_bytes([step.document for step in history.steps])


def test_a_step_remembers_when_it_was_made() -> None:
    step = Step(
        kind=StepKind("test", "x"),
        document=Document(width=1, height=1, layers=(PaintLayer(name="p", raster=Raster()),)),
    )
    assert step.created > 1.7e9
