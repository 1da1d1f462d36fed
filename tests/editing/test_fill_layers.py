"""Fill layers are made, coloured and rasterised, each in one step."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import GroupLayer, add_layer, new_document, replace_layer
from studio.editing import fill_layers, layers, mask
from studio.errors import SettingError
from studio.raster.compose import compose
from studio.raster.filtering import filter_layer
from studio.session import Session
from tests.fake_worker import FakeWorker

RED, BLUE = (200, 20, 10), (10, 30, 220)


@pytest.fixture
def session() -> Session:
    session = Session(new_document(300, 200), FakeWorker())
    fill_layers.add(session, RED)
    return session


def labels(session: Session) -> list[str]:
    return [step.kind.id for step in session.history.steps[1:]]


def test_it_comes_above_the_active_layer_and_covers_the_picture(session: Session) -> None:
    assert [layer.name for layer in session.document.layers] == ["Background", "Layer 1", "Fill 1"]
    assert session.document.active_layer is session.document.layers[-1]
    assert (compose(session.document) == (*RED, 255)).all()


def test_another_colour_is_one_step_and_the_same_one_is_none(session: Session) -> None:
    layer_id = session.document.layers[-1].id
    fill_layers.set_color(session, layer_id, BLUE)
    fill_layers.set_color(session, layer_id, BLUE)
    assert labels(session) == ["fill_layer.new", "fill_layer.color"]
    session.undo()
    assert session.document.layers[-1].color == RED


def test_rasterised_it_is_painted_on_and_looks_the_same(session: Session) -> None:
    before = compose(session.document)
    fill_layers.rasterise(session, session.document.layers[-1].id)
    assert session.document.active_paint_layer is not None
    assert np.array_equal(compose(session.document), before)
    with pytest.raises(SettingError, match="Fill 1"):
        fill_layers.rasterise(session, session.document.layers[-1].id)


def test_a_locked_one_keeps_its_colour_and_kind(session: Session) -> None:
    layer_id = session.document.layers[-1].id
    session.apply(layers.LOCK, replace_layer(session.document, layer_id, locked=True))
    with pytest.raises(SettingError, match="locked"):
        fill_layers.set_color(session, layer_id, BLUE)
    with pytest.raises(SettingError, match="locked"):
        fill_layers.rasterise(session, layer_id)


def test_other_layers_have_no_colour_to_choose(session: Session) -> None:
    with pytest.raises(SettingError, match="Background"):
        fill_layers.set_color(session, session.document.layers[0].id, BLUE)
    session.apply(layers.NEW_GROUP, add_layer(session.document, GroupLayer(name="Set")))
    with pytest.raises(SettingError, match="Set"):
        fill_layers.rasterise(session, session.document.layers[-1].id)


def test_what_needs_pixels_says_what_to_do(session: Session) -> None:
    layer_id = session.document.layers[-1].id
    with pytest.raises(SettingError, match=r"Fill 1.*Rasterise"):
        filter_layer(session.document, layer_id, lambda pixels: pixels)
    layers.add_mask(session, layer_id)
    with pytest.raises(SettingError):
        layers.apply_mask(session, layer_id)


def test_merging_it_down_makes_pixels(session: Session) -> None:
    layers.merge_down(session, session.document.layers[-1].id)
    assert session.document.layers[-1].raster is not None
    assert (compose(session.document) == (*RED, 255)).all()


def test_the_mask_from_it_is_the_whole_canvas(session: Session) -> None:
    mask.mask_from_layer(session)
    assert (session.document.generation_mask.read(session.document.canvas) == 255).all()
