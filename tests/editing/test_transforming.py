"""Transforming parts of documents: what is taken along, what is left alone, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from studio.document import (
    AdjustmentLayer,
    Document,
    FillLayer,
    GroupLayer,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    current_frame,
    filled_mask,
    frames,
    make_timeline,
    new_document,
    replace_layer,
)
from studio.document.fill import filled_rect
from studio.editing.insertion import overhangs
from studio.editing.transform_preview import TransformPreview
from studio.editing.transforming import (
    Subject,
    box_of,
    chosen_for,
    fitted,
    flip_layers,
    subject_of,
    transformed,
    turn_layers,
)
from studio.errors import SettingError
from studio.raster.compose import compose
from studio.raster.free_transform import FreeTransform
from studio.raster.resample import Resampling
from studio.session import Session
from tests.fake_worker import FakeWorker

HOW = Resampling.BICUBIC


def noise(side: int, seed: int = 1) -> Raster:
    pixels = np.random.default_rng(seed).integers(0, 256, (side, side, 4), np.uint8)
    pixels[..., 3] = 255
    return Raster.from_array(pixels, 20, 30)


def picture() -> Document:
    shared = noise(50)
    inner = PaintLayer(name="Inner", id="inner", raster=shared, mask=noise_mask())
    group = GroupLayer(name="Group", id="group", children=(inner, PaintLayer(name="Twin", id="twin", raster=shared)))
    return replace(new_document(200, 150), layers=(PaintLayer(name="Paper", id="paper"), group), active_id="group")


def noise_mask() -> Raster:
    return Raster.from_array(np.random.default_rng(9).integers(0, 256, (50, 50), np.uint8), 20, 30)


def test_a_group_takes_masks_along_and_shares_what_was_shared():
    document = picture()
    subject = subject_of(document, "layers", ("inner", "group"))
    assert subject.layer_ids == ("group",)
    shape = FreeTransform.unchanged(box_of(document, subject)).moved(10, 0)
    after = transformed(document, subject, shape, HOW)
    inner, twin = after.find("inner"), after.find("twin")
    assert inner.raster is twin.raster
    assert inner.bounds() == inner.mask.bounds() == Rect(30, 30, 50, 50)
    assert after.find("paper") is document.find("paper")


@pytest.mark.parametrize("ids", [("inner",), ("inner", "twin")])
def test_flips_and_turns_of_layers_are_exact_and_come_back(ids):
    session = Session(picture(), FakeWorker())
    before = [session.document.find(layer_id).raster.read(Rect(0, 0, 200, 150)) for layer_id in ids]
    for change in (
        lambda: flip_layers(session, ids, "horizontal"),
        lambda: flip_layers(session, ids, "vertical"),
        lambda: turn_layers(session, ids, 1),
        lambda: turn_layers(session, ids, 2),
        lambda: turn_layers(session, ids, 3),
        lambda: flip_layers(session, ids, "vertical"),
        lambda: flip_layers(session, ids, "horizontal"),
        lambda: turn_layers(session, ids, 2),
    ):
        change()
    assert len(session.history.steps) == 9
    after = [session.document.find(layer_id).raster.read(Rect(0, 0, 200, 150)) for layer_id in ids]
    assert all(np.array_equal(old, new) for old, new in zip(before, after, strict=True))


def test_chosen_frames_go_together_also_those_that_are_not_shown():
    layers = tuple(PaintLayer(name=str(index), id=str(index), raster=noise(20, index)) for index in range(3))
    document = replace(new_document(200, 150), layers=layers, active_id="0")
    document = make_timeline(document, ("0", "1", "2"), name="Frames", frame_name="Frame")
    assert current_frame(document) is not None
    ids = chosen_for(document, ("0",), tuple(frame.id for frame in frames(document)))
    assert ids == ("0", "1", "2")
    subject = subject_of(document, "layers", ids)
    after = transformed(document, subject, FreeTransform.unchanged(box_of(document, subject)).turned(90), HOW)
    for key in ids:
        before, now = (each.find(key).raster.read(Rect(20, 30, 20, 20)) for each in (document, after))
        assert np.array_equal(now, np.rot90(before, -1))


def test_a_locked_layer_in_a_group_holds_the_group():
    document = replace_layer(picture(), "twin", locked=True)
    with pytest.raises(SettingError, match="locked"):
        subject_of(document, "layers", ("group",))


def test_what_takes_more_than_the_free_memory_is_refused_first(monkeypatch):
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=2_000_000))
    document = picture()
    subject = Subject(what="layers", layer_ids=("group",))
    shape = FreeTransform.unchanged(box_of(document, subject))
    assert transformed(document, subject, shape.moved(1, 0), HOW).find("twin").bounds().x == 21
    with pytest.raises(SettingError, match="memory"):
        transformed(document, subject, replace(shape, scale_x=10.0), HOW)


def test_a_large_picture_is_fitted_in_proportion_and_in_the_middle():
    document = new_document(100, 80)
    document = replace_layer(
        document, document.active_id, raster=filled_rect(Rect(-100, -60, 400, 200), (9, 9, 9, 255))
    )
    assert overhangs(document)
    subject = subject_of(document, "layers", (document.active_id,))
    after = transformed(document, subject, fitted(box_of(document, subject), document.canvas), HOW)
    assert after.active_layer.bounds() == Rect(0, 15, 100, 50)
    assert not overhangs(after)


@pytest.mark.parametrize("level", [0, 1])
@pytest.mark.parametrize("gamma", [1.0, 2.2])
def test_the_preview_is_near_to_what_comes_out(level, gamma):
    smooth = np.zeros((300, 300, 4), np.uint8)
    smooth[..., 3] = 255
    smooth[..., 0] = np.linspace(0, 255, 300).astype(np.uint8)
    smooth[..., 1] = np.linspace(255, 0, 300).astype(np.uint8)[:, None]
    layer = PaintLayer(name="Ramp", id="ramp", raster=Raster.from_array(smooth, 40, 50))
    document = replace(new_document(512, 512), layers=(layer,), active_id="ramp", gamma=gamma)
    subject = subject_of(document, "layers", ("ramp",))
    shape = replace(FreeTransform.unchanged(box_of(document, subject)).turned(20), scale_x=0.7)
    preview = TransformPreview(document, subject, document.canvas, level).picture(shape, HOW)
    after = compose(transformed(document, subject, shape, HOW), document.canvas)
    near = np.abs(preview.astype(int) - after[:: 1 << level, :: 1 << level]).max(axis=-1)
    assert np.mean(near <= 6) > 0.98


def test_of_a_selection_only_its_pixels_go_and_nothing_outside_changes():
    document = replace(picture(), active_id="inner")
    document = document.with_selection(filled_mask(Rect(20, 30, 20, 50)))
    subject = subject_of(document, "layers", ("inner",))
    assert box_of(document, subject) == Rect(20, 30, 20, 50)
    shape = FreeTransform.unchanged(box_of(document, subject)).moved(100, 0)
    after = transformed(document, subject, shape, HOW)
    before, now = document.find("inner"), after.find("inner")
    assert np.array_equal(now.raster.read(Rect(120, 30, 20, 50)), before.raster.read(Rect(20, 30, 20, 50)))
    assert np.array_equal(now.raster.read(Rect(40, 30, 30, 50)), before.raster.read(Rect(40, 30, 30, 50)))
    assert not now.raster.read(Rect(20, 30, 20, 50)).any()
    assert now.mask is before.mask
    assert after.selection.bounds() == Rect(120, 30, 20, 50)
    assert after.find("twin") is document.find("twin")
    session = Session(document, FakeWorker())
    flip_layers(session, ("inner",), "horizontal")
    flipped = session.document.find("inner").raster
    assert np.array_equal(flipped.read(Rect(20, 30, 20, 50)), before.raster.read(Rect(20, 30, 20, 50))[:, ::-1])


def test_a_selection_of_nothing_or_of_what_has_no_pixels_says_so():
    document = picture().with_selection(filled_mask(Rect(150, 100, 10, 10)))
    with pytest.raises(SettingError, match="empty"):
        box_of(document, subject_of(document, "layers", ("inner",)))
    empty = add_layer(document, GroupLayer(name="Bare", id="bare"))
    with pytest.raises(SettingError, match="group"):
        subject_of(empty, "layers", ("bare",))


@pytest.mark.parametrize("layer", [AdjustmentLayer(name="Tones", id="x"), FillLayer(name="Sky", id="x")])
def test_layers_without_pixels_say_what_they_are_and_take_their_mask_along(layer):
    document = add_layer(picture(), layer)
    with pytest.raises(SettingError, match="holds"):
        subject_of(document, "layers", ("x",))
    document = replace_layer(document, "x", mask=filled_mask(Rect(10, 10, 20, 20)))
    subject = subject_of(document, "layers", ("x",))
    after = transformed(document, subject, FreeTransform.unchanged(box_of(document, subject)).moved(5, 5), HOW)
    assert after.find("x").mask.bounds() == Rect(15, 15, 20, 20)
