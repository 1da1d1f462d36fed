"""Guides under the prompt: rows that change the document, and that say why one cannot be felt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.api import FilterSpec, FloatParameter, GuideSpec
from studio.document import Guide, PaintLayer, add_guide, add_layer, remove_layer
from studio.editing import guides
from studio.engine.models.controls import ControlFinder
from studio.engine.models.identity.referring import Referring, Sight
from studio.engine.models.identity.steering import Steering
from studio.engine.models.library import ModelInfo
from studio.history import StepKind
from studio.paths import default_paths
from studio.session import Session
from studio.ui.dialogs.guide_values import GuideValuesDialog
from studio.ui.panels.generate.guide_choice import GuideParts
from studio.ui.panels.generate.guide_section import GuideSection

CONFIGS = default_paths().resources / "models" / "configs"
KINDS = {
    "scribble": GuideSpec(id="scribble", name="Scribble", reads=("scribble",), preprocessor="lines", is_lines=True),
    "depth": GuideSpec(id="depth", name="Depth", reads=("depth",), description="Near is light."),
}
DETAIL = FloatParameter(id="detail", label="Detail", default=0.5, minimum=0.0, maximum=1.0)
FILTERS = {
    "lines": FilterSpec(id="lines", name="Lines", run=lambda pixels, *_rest: pixels, parameters=(DETAIL,)),
}
MODEL = ModelInfo(id="sd", name="Sd", path=Path("sd.safetensors"), family="sd1", format="single_file", size=1)


def network(name: str, mode: str, family: str = "sd1") -> ModelInfo:
    return ModelInfo(
        id=name,
        name=name,
        path=Path(f"{name}.safetensors"),
        family=family,
        format="single_file",
        size=1,
        kind="control",
        what="ControlNet",
        steering=Steering("network", (mode,), 320, 768 if family == "sd1" else 2048),
    )


def adapter(name: str) -> ModelInfo:
    return ModelInfo(
        id=name,
        name=name,
        path=Path(f"{name}.safetensors"),
        family="sd1",
        format="single_file",
        size=1,
        kind="reference",
        what="IP-Adapter",
        referring=Referring("plain", is_face=False, seen=1024, context=768, layers=16, width=320),
    )


def encoder() -> ModelInfo:
    file = Path("image_encoder.safetensors")
    return ModelInfo(
        id="eye", name="Eye", path=file, family="", format="single_file", size=1, kind="part", sight=Sight(1280, 1024)
    )


@pytest.fixture
def library() -> list[ModelInfo]:
    return [MODEL, network("sketchy", "scribble"), network("large", "depth", "sdxl")]


@pytest.fixture
def section(qtbot: QtBot, session: Session, library: list[ModelInfo]) -> GuideSection:
    parts = GuideParts(
        kinds=lambda: KINDS, filters=lambda: FILTERS, library=lambda: library, model=lambda: "sd", configs=CONFIGS
    )
    made = GuideSection(session, parts)
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def guide_of(session: Session) -> Guide:
    (guide,) = session.document.guides
    return guide


def test_a_kind_of_the_menu_makes_a_guide_of_the_active_layer(session: Session, section: GuideSection) -> None:
    section._fill_menu()
    assert [action.text() for action in section._menu.actions()] == ["Scribble", "Depth"]
    section._menu.actions()[0].trigger()
    guide = guide_of(session)
    assert (guide.kind, guide.layer_id) == ("scribble", session.document.active_id)
    assert (guide.strength, guide.start, guide.end) == (1.0, 0.0, 0.8)
    assert session.history.steps[session.history.index].kind.id == "guide.add"
    (row,) = section.rows
    assert row.felt.text() == "1.00 \u00b7 0\u201380 %"
    assert row.problem.isHidden()
    session.undo()
    assert not section.rows


def test_the_slider_moves_strength_and_range_in_one_step_a_drag(
    qtbot: QtBot, session: Session, section: GuideSection
) -> None:
    section.add("scribble")
    slider = section.rows[0].slider
    steps = len(session.history.steps)
    slider.pressed_at.emit()
    for position in (600, 800, 1000):
        slider.setValue(position)
    assert (guide_of(session).strength, guide_of(session).end) == (1.5, 1.0)
    assert len(session.history.steps) == steps + 1
    slider.pressed_at.emit()
    slider.setValue(250)
    assert (guide_of(session).strength, guide_of(session).end) == (0.7, 0.5)
    assert len(session.history.steps) == steps + 2
    session.undo()
    assert slider.value() == 1000
    section.rows[0].slider.reset_requested.emit()
    assert guides.level_of(guide_of(session)) == guides.USUAL_LEVEL


def test_switch_kind_layer_and_removal_are_steps(qtbot: QtBot, session: Session, section: GuideSection) -> None:
    session.apply(StepKind("test", "Add"), add_layer(session.document, PaintLayer(name="Above")))
    section.add("scribble")
    row = section.rows[0]
    row.switch.click()
    assert not guide_of(session).enabled
    assert not row.slider.isEnabled()
    row.kind.setCurrentIndex(row.kind.findText("Depth"))
    row.kind.activated.emit(row.kind.currentIndex())
    assert guide_of(session).kind == "depth"
    below = session.document.layers[0]
    row.layer.setCurrentIndex(row.layer.findText(below.name))
    row.layer.activated.emit(row.layer.currentIndex())
    assert guide_of(session).layer_id == below.id
    qtbot.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    assert not session.document.guides
    assert len(session.document.layers) == 3


def test_a_missing_network_is_named_with_where_to_get_it(
    qtbot: QtBot, session: Session, section: GuideSection, library: list[ModelInfo]
) -> None:
    section.add("depth")
    row = section.rows[0]
    assert "control_v11f1p_sd15_depth_fp16.safetensors" in row.problem.text()
    assert not row.get_button.isHidden()
    assert section.problem() == row.problem.text()
    with qtbot.waitSignal(section.network_wanted) as wanted:
        qtbot.mouseClick(row.get_button, Qt.MouseButton.LeftButton)
    assert wanted.args == ["Control network for depth"]
    library.append(network("deep", "depth"))
    section.refresh()
    assert row.problem.isHidden()
    assert row.get_button.isHidden()
    assert section.problem() == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"network": "large"}, "large (ControlNet) cannot be used for the control layer Scribble"),
        ({"network": "gone"}, "gone of the control layer Scribble is not in the models folders"),
        ({"kind": "magic"}, "no kind of control layer 'magic'"),
        ({"kind": "depth", "from_picture": True}, "Nothing here makes what Depth needs"),
    ],
)
def test_what_stands_in_the_way_is_said_in_the_row(
    session: Session, section: GuideSection, change: dict[str, object], words: str
) -> None:
    section.add("scribble")
    guides.change(session, replace(guide_of(session), **change))
    assert words in section.rows[0].problem.text()
    guides.switch(session, guide_of(session).id, is_on=False)
    assert section.rows[0].problem.isHidden()
    assert section.problem() == ""


def test_a_deleted_layer_is_said_and_undoing_brings_it_back(session: Session, section: GuideSection) -> None:
    session.apply(StepKind("test", "Add"), add_layer(session.document, PaintLayer(name="Above")))
    section.add("scribble")
    session.apply(StepKind("test", "Delete"), remove_layer(session.document, guide_of(session).layer_id or ""))
    assert "not there any more" in section.rows[0].problem.text()
    session.undo()
    assert section.rows[0].problem.isHidden()


def test_the_values_that_a_row_does_not_show(qtbot: QtBot, session: Session, section: GuideSection) -> None:
    section.add("scribble")
    with qtbot.waitSignal(section.values_wanted) as wanted:
        section.rows[0].values_button.click()
    question = section.question(wanted.args[0])
    assert question is not None
    dialog = GuideValuesDialog(question)
    qtbot.addWidget(dialog)
    dialog.chosen.connect(section.change)
    assert [dialog.network.itemText(row) for row in range(dialog.network.count())] == ["The first that fits", "sketchy"]
    dialog.strength.set_value(0.55)
    dialog.start.set_value(70)
    dialog.end.set_value(20)
    dialog.network.setCurrentIndex(1)
    dialog.reading.setCurrentIndex(1)
    dialog.accept()
    guide = guide_of(session)
    assert (guide.strength, guide.start, guide.end) == (0.55, 0.2, 0.7)
    assert (guide.network, guide.from_picture, guide.values) == ("sketchy", True, {"detail": 0.5})
    assert section.rows[0].felt.text() == "0.55 \u00b7 20\u201370 %"


def test_a_network_of_its_own_kind_goes_before_one_for_all() -> None:
    union = replace(network("all", "depth"), steering=Steering("union", ("depth", "scribble"), 320, 768))
    finder = ControlFinder([MODEL, union, network("own", "depth"), network("other", "pose")], MODEL, CONFIGS)
    assert finder.network_for("Depth", ("depth",)).id == "own"
    assert finder.network_for("Scribble", ("scribble", "depth")).id == "all"
    assert [each.id for each in finder.fitting(("depth",))] == ["own", "all", "other"]


def test_forty_guides_have_forty_rows(session: Session, section: GuideSection) -> None:
    document = session.document
    for _ in range(40):
        document = add_guide(document, Guide(kind="scribble", layer_id=document.active_id))
    session.apply(StepKind("test", "Many"), document)
    assert len(section.rows) == 40
    session.undo()
    assert not section.rows


def test_a_reference_says_which_file_is_missing_until_all_are_there(
    session: Session, section: GuideSection, library: list[ModelInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "style", GuideSpec(id="style", name="Style", reference="style"))
    section._fill_menu()
    assert [action.text() for action in section._menu.actions()] == ["Scribble", "Depth", "", "Style"]
    section.add("style")
    (row,) = section.rows
    assert "There is no IP-Adapter in the models folders that shows Style" in row.problem.text()
    assert not row.get_button.isHidden()
    library.append(adapter("painterly"))
    section.refresh()
    assert "The image encoder is missing" in row.problem.text()
    wanted: list[str] = []
    section.network_wanted.connect(wanted.append)
    row.get_button.click()
    assert wanted == ["Image encoder CLIP ViT-H"]
    library.append(encoder())
    section.refresh()
    assert section.problem() == ""
    assert row.problem.isHidden()


def test_the_values_of_a_reference_ask_for_no_preprocessor(
    qtbot: QtBot, session: Session, section: GuideSection, library: list[ModelInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "style", GuideSpec(id="style", name="Style", reference="style"))
    library.extend((adapter("painterly"), encoder()))
    section.add("style")
    question = section.question(guide_of(session))
    assert question is not None
    dialog = GuideValuesDialog(replace(question, regions=(("sky", "Sky"),)))
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.reading.isVisible()
    assert dialog.region.isVisible()
    dialog.region.setCurrentIndex(dialog.region.findData("sky"))
    assert dialog.guide().region_id == "sky"
    assert [dialog.network.itemData(row) for row in range(dialog.network.count())] == ["", "painterly"]


def test_a_picture_whose_depth_nothing_tells_says_what_to_get(
    session: Session, section: GuideSection, library: list[ModelInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(KINDS, "depth", replace(KINDS["depth"], preprocessor="far"))
    far = FilterSpec(id="far", name="Far", run=lambda pixels, *_rest: pixels, model="depth")
    monkeypatch.setitem(FILTERS, "far", far)
    library.append(network("deep", "depth"))
    section.add("depth")
    (row,) = section.rows
    assert row.problem.isHidden()
    section.change(replace(guide_of(session), from_picture=True))
    assert "There is no model in the models folders that tells the depth of a picture" in row.problem.text()
    assert not row.get_button.isHidden()
    told = replace(encoder(), id="d", sight=None, tells="depth")
    library.append(told)
    section.refresh()
    assert row.problem.isHidden()
