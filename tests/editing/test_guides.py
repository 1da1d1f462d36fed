"""What a person does with guides."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from studio.document import Guide, PaintLayer, add_layer, new_document
from studio.editing import guides
from studio.errors import SettingError
from studio.generation import CancelToken, GenerationRequest
from studio.generation.conditioning import GuideUse
from studio.session import JobCallbacks, Session


class Idle:
    def submit(self, request: GenerationRequest, cancel: CancelToken, callbacks: JobCallbacks) -> None:
        """Nothing is drawn here."""


@pytest.fixture
def session() -> Session:
    document = new_document(64, 48)
    return Session(add_layer(document, PaintLayer(name="Sketch")), Idle())


def kinds_of_steps(session: Session) -> list[str]:
    return [step.kind.id for step in session.history.steps[1:]]


@pytest.mark.parametrize("level", [0.0, 0.3, 1.0, 1.5, 2.0, 2.75, 3.0, 3.4, 4.0])
def test_the_slider_comes_back_to_where_it_was(level: float) -> None:
    strength, end = guides.felt_at(level)
    found = guides.level_of(Guide(kind="canny", strength=strength, end=end))
    assert found == pytest.approx(level, abs=0.05)


@pytest.mark.parametrize("changes", [{"start": 0.1}, {"strength": 0.2, "end": 1.0}, {"strength": 1.4, "end": 0.3}])
def test_other_values_have_no_place_on_the_slider(changes: dict[str, float]) -> None:
    assert guides.level_of(Guide(kind="canny", **changes)) is None


def test_the_presets_are_on_the_slider() -> None:
    assert [guides.felt_at(level) for level in (1, 2, 3)] == [(0.7, 0.5), (1.0, 0.8), (1.0, 1.0)]


def test_guides_are_added_changed_switched_and_removed(session: Session) -> None:
    guides.add(session, session.document.active_id or "", "canny")
    (guide,) = session.document.guides
    guides.change(session, replace(guide, strength=0.5), "drag")
    guides.change(session, replace(guide, strength=0.6), "drag")
    guides.switch(session, guide.id, is_on=False)
    guides.remove(session, guide.id)
    assert kinds_of_steps(session) == ["guide.add", "guide.change", "guide.off", "guide.remove"]
    with pytest.raises(SettingError):
        guides.add(session, "gone", "canny")


def test_a_guide_that_is_made_is_a_hidden_layer_and_the_active_one_stays(session: Session) -> None:
    active = session.document.active_id
    pixels = np.full((48, 64, 4), 255, np.uint8)
    guides.make(session.current, pixels, "Canny edges", "canny")
    document = session.document
    (guide,) = document.guides
    made = document.find(guide.layer_id or "")
    assert (made.name, made.visible) == ("Canny edges", False)
    assert made.bounds() == document.canvas
    assert document.active_id == active
    assert kinds_of_steps(session) == ["guide.make"]


def test_what_a_picture_was_drawn_after_is_used_again(session: Session) -> None:
    layer = session.document.active_id or ""
    guides.add(session, layer, "canny")
    guides.add(session, layer, "depth")
    uses = (
        GuideUse(kind="depth", layer="Sketch", layer_id=layer, strength=0.4, end=0.5, parameters={"low": 1}),
        GuideUse(kind="pose", layer="Sketch", layer_id=layer),
        GuideUse(kind="canny", layer="Lost", layer_id="gone"),
    )
    first, second = session.document.guides
    assert guides.use_again(session, uses) == uses[2:]
    off, changed, added = session.document.guides
    assert off == replace(first, enabled=False)
    assert changed == replace(second, enabled=True, strength=0.4, end=0.5, values={"low": 1})
    assert (added.kind, added.layer_id, added.enabled) == ("pose", layer, True)
    steps = len(session.history.steps)
    guides.use_again(session, uses)
    assert session.document.guides == (off, changed, added)
    assert len(session.history.steps) == steps


def test_what_is_kept_of_a_guide_is_all_of_it() -> None:
    layer = PaintLayer(name="Sketch")
    odd: dict[str, Any] = {
        "kind": "depth",
        "layer_id": layer.id,
        "strength": 0.4,
        "start": 0.1,
        "end": 0.5,
        "network": "mine",
        "region_id": "the layer of a region",
    }
    guide = Guide(**odd, from_picture=True, values={"low": 1})
    usual = Guide(kind="")
    told = {each.name for each in fields(Guide)} - {"id", "enabled"}
    assert all(getattr(guide, name) != getattr(usual, name) for name in told), "give the new field another value above"
    use = GuideUse.of(guide, layer)
    assert use.layer == "Sketch"
    assert replace(GuideUse.read_json(use.json()).guide(), id=guide.id) == guide


def test_a_picture_without_guides_switches_them_off(session: Session) -> None:
    assert guides.use_again(session, ()) == ()
    assert kinds_of_steps(session) == []
    guides.add(session, session.document.active_id or "", "canny")
    guides.use_again(session, ())
    assert not session.document.guides[0].enabled
