"""What steps of pictures cost and carry; `test_line` walks the line."""

from __future__ import annotations

import numpy as np

from studio.document import Document, PaintLayer, Raster, add_layer, new_document, replace_layer
from studio.history import DocumentHistory, Step, StepKind
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush

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


def with_steps(count: int, **options: int) -> tuple[DocumentHistory, list[Document]]:
    documents = [new_document(1024, 1024)]
    history = DocumentHistory(documents[0], StepKind("test", "New"), **options)
    for seed in range(count):
        documents.append(painted(documents[-1], seed))
        history.apply(StepKind("test", f"Stroke {seed}"), documents[-1])
    return history, documents


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


def test_settings_travel_with_their_step() -> None:
    history, documents = with_steps(0)
    history.apply(StepKind("test", "Generate"), painted(documents[0], 1), settings='{"seed": 7}')
    assert history.steps[1].settings == '{"seed": 7}'


def test_a_hundred_strokes_cost_little_more_than_the_tiles_they_changed() -> None:
    document = new_document(4096, 4096)
    for number in range(18):
        document = add_layer(document, PaintLayer(name=f"Layer {number}"))
    history = DocumentHistory(document, StepKind("test", "New"))
    start, changed = history.bytes_used, 0
    for seed in range(100):
        before = history.current
        after = painted(before, seed)
        assert before.active_paint_layer is not None
        assert after.active_paint_layer is not None
        changed += len(after.active_paint_layer.raster.changed_tiles(before.active_paint_layer.raster)) * TILE_BYTES
        history.apply(StepKind("test", "Stroke"), after)
    assert history.bytes_used - start <= 1.3 * changed
    assert history.bytes_used == distinct_tile_bytes([step.state for step in history.steps])


def test_a_step_remembers_when_it_was_made() -> None:
    step = Step(
        kind=StepKind("test", "x"),
        state=Document(width=1, height=1, layers=(PaintLayer(name="p", raster=Raster()),)),
    )
    assert step.created > 1.7e9
