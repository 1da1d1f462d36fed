"""What a person does with regions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.document import PaintLayer, add_layer, new_document
from studio.editing import regions
from studio.errors import SettingError
from studio.generation.conditioning import RegionUse
from studio.session import Session
from tests.editing.test_guides import Idle, kinds_of_steps


@pytest.fixture
def session() -> Session:
    return Session(add_layer(new_document(64, 48), PaintLayer(name="Sketch")), Idle())


def test_regions_are_made_changed_switched_and_removed(session: Session) -> None:
    layer = session.document.active_id or ""
    regions.add(session, layer)
    regions.add(session, layer)
    (region,) = session.document.regions
    regions.change(session, replace(region, prompt="a"), "typing")
    regions.change(session, replace(region, prompt="a cat"), "typing")
    regions.switch(session, layer, is_on=False)
    regions.switch(session, "gone", is_on=False)
    regions.add(session, layer)
    assert session.document.regions == (replace(region, prompt="a cat"),)
    regions.remove(session, layer)
    assert kinds_of_steps(session) == ["region.add", "region.change", "region.off", "region.on", "region.remove"]
    with pytest.raises(SettingError):
        regions.add(session, "gone")


def test_what_a_picture_was_drawn_in_is_used_again(session: Session) -> None:
    *_, first, second = (layer.id for layer in session.document.walk())
    regions.add(session, first)
    uses = (
        RegionUse(layer="Sketch", layer_id=second, prompt="a cat", negative_prompt="fog"),
        RegionUse(layer="Lost", layer_id="gone", prompt="a car"),
    )
    assert regions.use_again(session, uses) == uses[1:]
    off, added = session.document.regions
    assert (off.layer_id, off.enabled) == (first, False)
    assert (added.layer_id, added.prompt, added.negative_prompt, added.enabled) == (second, "a cat", "fog", True)
    steps = len(session.history.steps)
    regions.use_again(session, uses)
    assert len(session.history.steps) == steps
    assert regions.use_again(session, ()) == ()
    assert not any(region.enabled for region in session.document.regions)
