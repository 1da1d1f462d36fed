"""Control layers in the real window: made of what is seen, added from a layer, and used again."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import Document, PaintLayer, Raster, add_layer
from studio.generation import GenerationSettings
from studio.generation.conditioning import GuideUse, RegionUse
from studio.history import StepKind
from studio.raster.compose import compose
from studio.ui.dialogs.guide_values import GuideValuesDialog
from studio.ui.dialogs.make_guide import MakeGuideDialog
from studio.ui.dialogs.models.models_dialog import ModelsDialog


@pytest.fixture
def painted(studio: Studio) -> Studio:
    """A window with a square in the middle of the picture."""
    document = studio.session.document
    pixels = np.zeros((document.height, document.width, 4), np.uint8)
    pixels[60:120, 60:120] = (200, 40, 40, 255)
    layer = PaintLayer(name="Square", raster=Raster.from_array(pixels))
    studio.session.apply(StepKind("test", "Square"), add_layer(document, layer))
    return studio


def run(studio: Studio, command: str) -> None:
    studio.window.actions_by_id[command].trigger()


def last_step(studio: Studio) -> str:
    return studio.session.history.steps[studio.session.history.index].kind.id


def test_a_control_layer_is_made_of_what_is_seen(
    qtbot: QtBot, painted: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Document | None] = []
    maker = painted.window.guide_maker
    monkeypatch.setattr(maker, "_show_preview", shown.append)
    before = compose(painted.session.document)
    run(painted, "layer.make_control")
    (dialog,) = painted.window.findChildren(MakeGuideDialog)
    assert [dialog.kind.itemData(row) for row in range(dialog.kind.count())] == [
        "scribble",
        "lineart",
        "softedge",
        "canny",
        "depth",
        "normal",
        "pose",
        "segmentation",
        "tile",
        "unblur",
    ]
    dialog.kind.setCurrentIndex(dialog.kind.findData("canny"))
    dialog.kind.activated.emit(dialog.kind.currentIndex())
    qtbot.waitUntil(lambda: any(document is not None for document in shown))
    dialog.accept()
    qtbot.waitUntil(lambda: bool(painted.session.document.guides))
    document = painted.session.document
    (guide,) = document.guides
    layer = document.find(guide.layer_id or "")
    assert (guide.kind, layer.name, layer.visible) == ("canny", "Canny edges", False)
    assert layer.raster is not None
    edges = layer.raster.read(document.canvas)
    assert edges[60:120, 58:62, 0].any(axis=1).all()
    assert not edges[80:100, 80:100, :3].any()
    assert np.array_equal(compose(document), before)
    assert last_step(painted) == "guide.make"
    qtbot.waitUntil(lambda: shown[-1] is None)


def test_no_preview_and_cancel_leave_everything(qtbot: QtBot, painted: Studio) -> None:
    before = painted.session.document
    run(painted, "layer.make_control")
    (dialog,) = painted.window.findChildren(MakeGuideDialog)
    dialog.preview_box.setChecked(False)
    dialog.reject()
    assert painted.session.document is before


def test_the_active_layer_is_added_marked_and_given_other_values(qtbot: QtBot, painted: Studio) -> None:
    run(painted, "layer.control")
    (guide,) = painted.session.document.guides
    assert (guide.kind, guide.layer_id) == ("scribble", painted.session.document.active_id)
    panel = painted.window.docks.layers
    active = painted.session.document.active_layer
    assert active is not None
    assert panel._marks(active).control == "on"
    assert panel._marks(painted.session.document.layers[0]).control == ""
    painted.window.docks.generate.guides.rows[0].switch.click()
    assert panel._marks(active).control == "off"
    painted.window.docks.generate.guides.rows[0].values_button.click()
    (dialog,) = painted.window.findChildren(GuideValuesDialog)
    dialog.strength.set_value(0.3)
    dialog.accept()
    assert painted.session.document.guides[0].strength == 0.3


def test_what_is_missing_stops_a_request_and_is_shown_in_the_models_window(qtbot: QtBot, painted: Studio) -> None:
    run(painted, "layer.control")
    panel = painted.window.docks.generate
    panel.prompt.prompt.setPlainText("a boat")
    kind = panel.guides.rows[0].kind
    kind.setCurrentIndex(kind.findText("Pose"))
    kind.activated.emit(kind.currentIndex())
    panel.generate()
    assert "reads Pose" in panel.notice.text()
    assert not painted.session.queue.jobs
    panel.guides.network_wanted.emit("Control network for poses")
    (dialog,) = painted.window.findChildren(ModelsDialog)
    assert dialog.get.known.currentItem().text().startswith("Control network for poses")
    dialog.reject()


def test_settings_bring_their_control_layers_back(qtbot: QtBot, painted: Studio) -> None:
    said: list[str] = []
    docks = painted.window.docks
    docks.message.connect(said.append)
    layer = painted.session.document.active_id or ""
    uses = (
        GuideUse(kind="depth", layer="Square", layer_id=layer, strength=0.4),
        GuideUse(kind="pose", layer="Dancer", layer_id="gone"),
    )
    docks.use_settings(GenerationSettings(guides=uses))
    (guide,) = painted.session.document.guides
    assert (guide.kind, guide.strength) == ("depth", 0.4)
    assert said == ["The picture was also drawn after layers that are not in this document: Dancer."]
    docks.use_settings(GenerationSettings())
    assert not painted.session.document.guides[0].enabled


def test_a_region_is_made_of_the_active_layer_and_comes_back_with_settings(qtbot: QtBot, painted: Studio) -> None:
    run(painted, "layer.region")
    layer = painted.session.document.active_id or ""
    (row,) = painted.window.docks.generate.regions.rows
    row.prompt.set_text("a red cat")
    (region,) = painted.session.document.regions
    assert (region.layer_id, region.prompt) == (layer, "a red cat")
    run(painted, "layer.control")
    dialog_guide = painted.session.document.guides[0]
    painted.window.docks.generate.guides.values_wanted.emit(dialog_guide)
    (dialog,) = painted.window.findChildren(GuideValuesDialog)
    dialog.region.setCurrentIndex(dialog.region.findData(layer))
    dialog.accept()
    assert painted.session.document.guides[0].region_id == layer
    said: list[str] = []
    painted.window.docks.message.connect(said.append)
    uses = (RegionUse(layer="Square", layer_id=layer, prompt="a dog"), RegionUse(layer="Dancer", layer_id="gone"))
    painted.window.docks.use_settings(GenerationSettings(regions=uses))
    assert painted.session.document.regions[0].prompt == "a dog"
    assert row.prompt.text() == "a dog"
    assert "Dancer" in said[-1]
    painted.window.docks.use_settings(GenerationSettings())
    assert not painted.session.document.regions[0].enabled
