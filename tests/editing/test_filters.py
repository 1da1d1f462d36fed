"""A filter's result goes into its layer, unless the layer is no longer as it was."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import (
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    filled_raster,
    new_document,
    remove_layer,
    replace_layer,
)
from studio.editing import filters, layers
from studio.editing.naming import Naming
from studio.errors import SettingError
from studio.history import StepKind
from studio.raster.filtering import filter_layer
from studio.session import Session
from studio.ui.widgets.notice_bar import error_text
from tests.fake_worker import FakeWorker

INVERT = StepKind("test", "Invert")
CHANGE = StepKind("test.change", "Change")


@pytest.fixture
def session() -> Session:
    document = new_document(64, 48)
    layer = PaintLayer(name="Boat", raster=filled_raster(20, 10, (10, 20, 30, 255)))
    return Session(add_layer(document, layer), FakeWorker())


def inverted(work: filters.LayerWork) -> object:
    return filter_layer(
        work.document, work.layer_id, lambda pixels: np.dstack([255 - pixels[..., :3], pixels[..., 3:]])
    )


def test_what_else_was_changed_meanwhile_stays(session: Session) -> None:
    work = filters.begin(session.current, session.document.active_id)
    after = inverted(work)
    session.apply(CHANGE, replace_layer(session.document, session.document.layers[0].id, name="Sea"))
    work.finish(after, INVERT)
    assert session.document.layers[0].name == "Sea"
    assert tuple(session.document.layers[-1].raster.read(Rect(0, 0, 1, 1))[0, 0]) == (245, 235, 225, 255)


@pytest.mark.parametrize("way", ["painted on", "locked", "deleted"])
def test_a_stale_result_is_refused_and_the_layer_left_as_it_is(session: Session, way: str) -> None:
    work = filters.begin(session.current, session.document.active_id)
    after = inverted(work)
    document, layer_id = session.document, work.layer_id
    session.apply(
        CHANGE,
        {
            "painted on": lambda: replace_layer(document, layer_id, raster=Raster()),
            "locked": lambda: replace_layer(document, layer_id, locked=True),
            "deleted": lambda: remove_layer(document, layer_id),
        }[way](),
    )
    before = session.document
    with pytest.raises(SettingError, match="Boat"):
        work.finish(after, INVERT)
    assert session.document is before


def test_it_begins_only_where_there_are_pixels_to_change(session: Session) -> None:
    layers.add_group(session, Naming(group="Gruppe {number}"))
    with pytest.raises(SettingError, match="Gruppe 1"):
        filters.begin(session.current, session.document.active_id)
    with pytest.raises(SettingError, match="No layer"):
        filters.begin(session.current, None)


def test_a_refusal_keeps_its_source_text_for_whoever_shows_it(session: Session) -> None:
    session.apply(CHANGE, replace_layer(session.document, session.document.active_id, locked=True))
    with pytest.raises(SettingError) as refused:
        filters.begin(session.current, session.document.active_id)
    assert refused.value.message.template == "The layer {name} is locked."
    assert refused.value.advice == "Unlock it first."
    assert str(refused.value) == "The layer 'Boat' is locked. Unlock it first." == error_text(refused.value)
    braces = SettingError("A name like {this} is not filled in.")
    assert error_text(braces) == str(braces) == "A name like {this} is not filled in."
