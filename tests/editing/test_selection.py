"""What the Select menu does: each one step of history."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import (
    Document,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    filled_mask,
    filled_raster,
    new_document,
    replace_layer,
)
from studio.editing import clips, filters, layers, selection
from studio.errors import SettingError
from studio.history import StepKind
from studio.raster.filtering import filter_layer
from studio.raster.limits import MaskMode
from studio.session import Session
from tests.fake_worker import FakeWorker

BOX = Rect(40, 30, 60, 50)
TEST = StepKind("test", "Test")


@pytest.fixture
def session() -> Session:
    document = new_document(300, 200)
    layer = PaintLayer(name="Boat", raster=filled_raster(300, 200, (10, 20, 30, 255)))
    return Session(add_layer(document, layer), FakeWorker())


def select(session: Session, area: Rect = BOX) -> None:
    session.apply(TEST, session.document.with_selection(filled_mask(area)))


def selected(document: Document) -> float:
    """Pixels of the canvas that are selected."""
    return float(document.selection.read(document.canvas).sum() / 255)


def test_all_nothing_and_the_last_one_again(session: Session) -> None:
    select(session)
    selection.select_all(session)
    assert selected(session.document) == 300 * 200
    selection.deselect(session)
    assert session.document.edit_limit is None
    selection.reselect(session)
    assert selected(session.document) == 300 * 200
    session.undo()
    session.undo()
    session.undo()
    assert session.document.selection.bounds() == BOX


def test_without_a_selection_there_is_nothing_to_deselect_or_to_take_again(session: Session) -> None:
    selection.deselect(session)
    assert len(session.history.steps) == 1
    with pytest.raises(SettingError, match="Nothing was selected before"):
        selection.reselect(session)


def test_what_was_selected_on_another_canvas_is_not_taken_again(session: Session) -> None:
    select(session)
    session.apply(TEST, Document(width=50, height=40))
    assert selection.last_selection(session) is None


def test_inverting_all_leaves_nothing_selected(session: Session) -> None:
    select(session)
    inverse = selection.inverted(session.document)
    assert selected(inverse) == 300 * 200 - BOX.width * BOX.height
    selection.select_all(session)
    assert selection.inverted(session.document).edit_limit is None


@pytest.mark.parametrize(
    ("change", "pixels", "bounds"),
    [
        (selection.grown, 5, BOX.expanded(5)),
        (selection.shrunk, 5, BOX.expanded(-5)),
        (selection.bordered, 6, BOX.expanded(3)),
        (selection.smoothed, 4, BOX),
    ],
)
def test_edges_move_by_so_many_pixels(session: Session, change, pixels: int, bounds: Rect) -> None:
    select(session)
    mask = change(session.document, pixels).selection
    assert Raster.from_array((mask.read(session.document.canvas) >= 64) * np.uint8(255)).bounds() == bounds


def test_a_border_is_hollow_and_smoothing_rounds_corners(session: Session) -> None:
    select(session)
    middle = Rect(BOX.x + 20, BOX.y + 20, 5, 5)
    assert not selection.bordered(session.document, 6).selection.read(middle).any()
    smooth = selection.smoothed(session.document, 12).selection
    assert smooth.read(Rect(BOX.x, BOX.y, 1, 1)) == 0
    assert smooth.read(Rect(BOX.x + 30, BOX.y + 1, 1, 1)) == 255
    assert smooth.read(middle).min() == 255


def test_feathering_makes_a_slope(session: Session) -> None:
    select(session)
    row = selection.feathered(session.document, 10).selection.read(Rect(BOX.x - 10, BOX.y + 25, 20, 1))[0].astype(int)
    assert (np.diff(row) >= 0).all()
    assert row[0] < 30 < 220 < row[-1]


def test_mask_and_selection_become_each_other(session: Session) -> None:
    with pytest.raises(SettingError):
        selection.from_mask(session.document)
    with pytest.raises(SettingError):
        selection.to_mask(session.document)
    select(session)
    masked = selection.to_mask(session.document)
    assert masked.generation_mask.bounds() == BOX
    assert selection.from_mask(masked.with_selection(Raster(channels=1))).selection.bounds() == BOX


def test_only_what_is_selected_is_copied_and_cleared(session: Session) -> None:
    select(session)
    clip = clips.copy_layer(session.document)
    merged = clips.copy_merged(session.document)
    for each in (clip, merged):
        assert each is not None
        assert (each.x, each.y, each.pixels.shape) == (BOX.x, BOX.y, (BOX.height, BOX.width, 4))
    raster = clips.cleared(session.document).active_paint_layer.raster
    assert not raster.read(BOX).any()
    assert raster.read(Rect(0, 0, BOX.x, 200)).all()


def test_the_generation_mask_limits_no_edit(session: Session) -> None:
    masked = session.document.with_generation_mask(filled_mask(BOX))
    assert not clips.cleared(masked).active_paint_layer.raster.tiles


def test_a_filter_changes_only_what_is_selected(session: Session) -> None:
    select(session)
    work = filters.begin(session.current, session.document.active_id)
    after = filter_layer(work.document, work.layer_id, lambda pixels: 255 - pixels)
    work.finish(after, TEST)
    raster = session.document.active_paint_layer.raster
    changed = (raster.read(session.document.canvas) != (10, 20, 30, 255)).any(axis=2)
    assert changed[BOX.y : BOX.bottom, BOX.x : BOX.right].all()
    assert np.count_nonzero(changed) == BOX.width * BOX.height


def test_a_new_layer_mask_shows_what_is_selected(session: Session) -> None:
    select(session)
    layers.add_mask(session, session.document.active_id)
    assert session.document.active_layer.mask.bounds() == BOX


def test_a_job_without_a_mask_takes_what_is_selected(session: Session) -> None:
    from studio.generation import GenerationSettings

    select(session)
    job = session.start(GenerationSettings(tool="inpaint"))
    assert job.request.document.generation_mask.bounds() == BOX
    mask = filled_mask(Rect(0, 0, 9, 9))
    session.apply(TEST, session.document.with_generation_mask(mask))
    assert session.start(GenerationSettings(tool="inpaint")).request.document.generation_mask is mask


@pytest.mark.parametrize(
    ("mode", "area"),
    [(MaskMode.REPLACE, 20 * 10), (MaskMode.ADD, 20 * 10 + 60 * 50), (MaskMode.INTERSECT, 0)],
)
def test_what_is_painted_on_a_layer_is_selected(session: Session, mode: MaskMode, area: int) -> None:
    small = PaintLayer(name="Small", raster=filled_raster(20, 10, (255, 0, 0, 255)))
    session.apply(TEST, add_layer(session.document, small))
    select(session)
    if area == 0:
        with pytest.raises(SettingError, match="Nothing would be selected by 'Small'"):
            selection.select_by_layer(session, small.id, "pixels", mode)
        assert session.document.selection.bounds() == BOX
    else:
        selection.select_by_layer(session, small.id, "pixels", mode)
        assert selected(session.document) == area


def test_what_the_mask_of_a_layer_shows_is_selected(session: Session) -> None:
    layer_id = session.document.active_id
    with pytest.raises(SettingError, match="has no mask"):
        selection.select_by_layer(session, layer_id, "mask", MaskMode.REPLACE)
    hole = Raster.from_array(np.zeros((50, 60), np.uint8), BOX.x, BOX.y, default=255)
    session.apply(TEST, replace_layer(session.document, layer_id, mask=hole))
    selection.select_by_layer(session, layer_id, "mask", MaskMode.REPLACE)
    assert selected(session.document) == 300 * 200 - 60 * 50
    assert session.document.selection.read(Rect(-5, -5, 5, 5)).max() == 0, "nothing beside the canvas is selected"


def test_a_layer_mask_is_turned_inside_out_where_something_is_selected(session: Session) -> None:
    layer_id = session.document.active_id
    layers.add_mask(session, layer_id)
    select(session)
    layers.invert_layer_mask(session, layer_id)
    mask = session.document.find(layer_id).mask
    assert (mask.read(BOX).max(), mask.read(Rect(0, 0, BOX.x, 200)).min()) == (0, 255)
