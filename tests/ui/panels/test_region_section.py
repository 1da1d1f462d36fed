"""Regions under the prompt: rows that change the document, and a picture of what they cover."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from studio.document import GroupLayer, PaintLayer, Raster, Region, add_layer, new_document, remove_layer, with_region
from studio.history import StepKind
from studio.session import Session
from studio.ui.panels.generate.region_cover import cover_of, region_color
from studio.ui.panels.generate.region_section import RegionSection
from studio.ui.panels.layers.layer_delegate import Marks, layer_detail, region_mark


@pytest.fixture
def section(qtbot: QtBot, session: Session) -> RegionSection:
    made = RegionSection(session, tuple, lambda: "sd")
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def block(name: str, x: int, width: int) -> PaintLayer:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, x : x + width] = 255
    return PaintLayer(name=name, raster=Raster.from_array(pixels), visible=False)


def test_the_active_layer_becomes_a_region_whose_words_are_one_step_a_stay(
    qtbot: QtBot, session: Session, section: RegionSection
) -> None:
    section.add_button.click()
    (row,) = section.rows
    (region,) = session.document.regions
    assert region.layer_id == session.document.active_id
    assert session.history.steps[session.history.index].kind.id == "region.add"
    steps = len(session.history.steps)
    row.prompt.setFocus()
    qtbot.keyClicks(row.prompt, "a red cat")
    assert session.document.regions[0].prompt == "a red cat"
    assert len(session.history.steps) == steps + 1
    row.more_button.click()
    assert not row.more.isHidden()
    row.negative.setFocus()
    qtbot.keyClicks(row.negative, "fog")
    assert session.document.regions[0].negative_prompt == "fog"
    assert len(session.history.steps) == steps + 2
    session.undo()
    assert (row.negative.text(), row.prompt.text()) == ("", "a red cat")
    session.undo()
    assert row.prompt.text() == ""
    session.undo()
    assert not section.rows


def test_switch_and_removal_are_steps_and_the_layer_stays(session: Session, section: RegionSection) -> None:
    section.add()
    (row,) = section.rows
    row.switch.click()
    assert not session.document.regions[0].enabled
    assert not row.prompt.isEnabled()
    layers = session.document.layers
    row.remove_button.click()
    assert session.document.regions == ()
    assert session.document.layers == layers
    assert section.cover_button.isHidden()


def test_a_layer_that_is_gone_is_said_until_the_region_is_off_or_gone(session: Session, section: RegionSection) -> None:
    section.add()
    (row,) = section.rows
    layer = session.document.active_id or ""
    session.apply(StepKind("test", "Delete"), remove_layer(session.document, layer))
    assert "is not there any more" in section.problem()
    assert not row.problem.isHidden()
    row.switch.click()
    assert section.problem() == ""
    assert row.problem.isHidden()
    session.undo()
    session.undo()
    assert (section.problem(), row.problem.isHidden()) == ("", True)


def test_without_a_layer_none_is_made(session: Session, section: RegionSection) -> None:
    said: list[str] = []
    section.refused.connect(said.append)
    session.apply(StepKind("test", "None"), session.document.with_active(None))
    section.add()
    assert len(said) == 1
    assert not section.rows


def test_the_picture_of_what_is_covered_is_made_on_demand(
    qtbot: QtBot, session: Session, section: RegionSection
) -> None:
    document = new_document(64, 64)
    left, thin = block("Left", 0, 32), block("Thin", 40, 1)
    for layer in (left, thin):
        document = with_region(add_layer(document, layer), Region(layer_id=layer.id, prompt=layer.name))
    session.apply(StepKind("test", "Regions"), document)
    assert [row.share.text() for row in section.rows] == ["", ""]
    section.cover_button.click()
    qtbot.waitUntil(lambda: section.rows[0].share.text() != "", timeout=20_000)
    assert [row.share.text() for row in section.rows] == ["50 %", "left out"]
    assert not section.cover_view.pixmap().isNull()
    image = section.cover_view.pixmap().toImage()
    at_left = image.pixelColor(image.width() // 4, image.height() // 2)
    assert max(abs(a - b) for a, b in zip(at_left.getRgb(), region_color(0).getRgb(), strict=True)) < 8
    section.cover_button.click()
    assert section.cover_view.isHidden()
    assert [row.share.text() for row in section.rows] == ["", ""]


def test_a_cover_tells_which_region_is_all_that_counts() -> None:
    all_of_it = GroupLayer(name="All", children=(replace(block("Inner", 0, 64), visible=True),))
    document = with_region(add_layer(new_document(64, 64), all_of_it), Region(layer_id=all_of_it.id))
    cover = cover_of(document)
    assert cover is not None
    assert cover.alone == all_of_it.id
    assert cover.image.pixelColor(5, 5).rgb() == QColor(region_color(0)).rgb()
    off = with_region(document, replace(document.regions[0], enabled=False))
    assert cover_of(off) is None
    assert cover_of(remove_layer(document, all_of_it.id)) is None


def test_layers_that_are_regions_have_a_mark() -> None:
    layer = block("Left", 0, 32)
    assert region_mark(None) == ""
    assert layer_detail(layer, Marks(region=region_mark(Region(layer_id=layer.id)))) == "Region"
    assert layer_detail(layer, Marks(region=region_mark(Region(layer_id=layer.id, enabled=False)))) == "Region, off"
