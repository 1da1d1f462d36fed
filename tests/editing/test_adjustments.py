"""An adjustment layer is set in one step, and a cancel leaves nothing."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import (
    Adjustment,
    AdjustmentLayer,
    PaintLayer,
    Raster,
    Rect,
    filled_mask,
    new_document,
    replace_layer,
)
from studio.editing import adjustments, layer_edits
from studio.errors import SettingError
from studio.history import StepKind
from studio.raster.histogram import histogram_beneath
from studio.session import OpenDocument, Session
from tests.fake_worker import FakeWorker


@pytest.fixture
def target() -> OpenDocument:
    return Session(new_document(64, 48), FakeWorker()).current


def labels(target: OpenDocument) -> list[str]:
    return [step.kind.label for step in target.history.steps]


def test_a_new_one_and_all_that_is_set_of_it_are_one_step(target: OpenDocument) -> None:
    start = target.document
    edit = adjustments.add(target, "curves", "Curves {number}")
    edit.set({"rgb": [[0, 0], [255, 200]]})
    edit.set({"rgb": [[0, 0], [255, 100]]})
    layer = target.document.active_layer
    assert layer is not None
    assert (layer.name, layer.adjustment) == ("Curves 1", Adjustment.of("curves", {"rgb": [[0, 0], [255, 100]]}))
    assert labels(target)[1:] == ["New adjustment layer"]
    target.undo()
    assert target.document is start


def test_a_cancel_takes_it_back_and_a_second_edit_is_a_step_of_its_own(target: OpenDocument) -> None:
    adjustments.add(target, "blur", "Blur {number}").cancel()
    assert len(target.document.layers) == 2
    adjustments.add(target, "blur", "Blur {number}").set({"radius": 2.0})
    blurred = target.document
    again = adjustments.begin(target, blurred.layers[-1].id)
    again.set({"radius": 9.0})
    again.cancel()
    assert target.document is blurred
    again = adjustments.begin(target, blurred.layers[-1].id)
    again.set({"radius": 9.0})
    assert labels(target)[1:] == ["New adjustment layer", "Adjustment"]


def test_what_came_in_between_outlives_a_cancel(target: OpenDocument) -> None:
    adjustments.add(target, "blur", "Blur {number}")
    layer = target.document.layers[-1]
    edit = adjustments.begin(target, layer.id)
    edit.set({"radius": 9.0})
    target.apply(StepKind("test", "Rename"), replace_layer(target.document, layer.id, name="Other"))
    edit.cancel()
    assert (target.document.layers[-1].name, target.document.layers[-1].adjustment) == (
        "Other",
        Adjustment.of("blur", {}),
    )
    target.apply(StepKind("test", "Delete"), layer_edits.without_layers(target.document, (layer.id,)))
    edit.set({"radius": 3.0})
    assert len(target.document.layers) == 2


@pytest.mark.parametrize(
    ("layer", "reason"),
    [
        (PaintLayer(name="Paint"), "no adjustment layer"),
        (AdjustmentLayer(name="Newer", adjustment=Adjustment("colour_wheels")), "does not understand"),
        (AdjustmentLayer(name="Locked", locked=True), "locked"),
    ],
)
def test_what_cannot_be_set_says_why(target: OpenDocument, layer: PaintLayer, reason: str) -> None:
    target.apply(StepKind("test", "Add"), layer_edits.insert_above_active(target.document, layer))
    with pytest.raises(SettingError, match=reason):
        adjustments.begin(target, layer.id)


def test_nothing_is_merged_into_or_clipped_to_one(target: OpenDocument) -> None:
    adjustments.add(target, "levels", "Levels {number}")
    top = PaintLayer(name="Top")
    document = layer_edits.insert_above_active(target.document, top)
    with pytest.raises(SettingError, match="no pixels"):
        layer_edits.merged_down(document, top.id)
    with pytest.raises(SettingError, match="no layer below"):
        layer_edits.with_clipped(document, (top.id,), True)


def test_the_histogram_counts_what_lies_beneath_by_its_opacity(target: OpenDocument) -> None:
    pixels = np.zeros((48, 64, 4), np.uint8)
    pixels[:24] = (100, 0, 0, 255)
    pixels[24:, :32] = (30, 30, 30, 60)
    document = replace_layer(target.document, target.document.layers[0].id, raster=Raster.from_array(pixels))
    layer = AdjustmentLayer(name="Levels")
    histogram = histogram_beneath(layer_edits.insert_above_active(document, layer), layer.id)
    assert histogram.shape == (4, 256)
    assert np.flatnonzero(histogram[1]).tolist() == [100, 128]
    assert histogram[1, 100] == 1
    assert abs(histogram[1, 128] - 60 / 255 / 2) < 1e-6


def test_with_a_selection_it_acts_there(target: OpenDocument) -> None:
    selection = filled_mask(Rect(4, 4, 8, 8))
    target.apply(StepKind("test", "Select"), target.document.with_selection(selection))
    adjustments.add(target, "levels", "Levels {number}")
    assert target.document.layers[-1].mask is selection
