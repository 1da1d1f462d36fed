"""Open pictures as tabs: shown, closed, moved, marked, and layers dragged between them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import GroupLayer, PaintLayer, Raster, Rect, add_layer, new_document
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.session import OpenDocument
from studio.ui.canvas.view.view_transform import ViewTransform
from studio.ui.dialogs.prompts import SaveChoice
from studio.ui.dialogs.unsaved import UnsavedDialog
from studio.ui.widgets.dragged_ids import LAYERS, pack
from studio.ui.window.document_tabs import DocumentTabs
from tests.ui.shell_fakes import FakePrompts, FakeRunner

STEP = StepKind("test", "Brush stroke")


def trigger(studio: Studio, action_id: str) -> None:
    studio.window.actions_by_id[action_id].trigger()


def opened(studio: Studio, *sides: int) -> list[OpenDocument]:
    """Changed pictures of these sizes."""
    made = []
    for side in sides:
        document = studio.session.open_document(new_document(side, side), STEP)
        layer = PaintLayer(name=f"Dab {side}", raster=Raster.from_array(np.full((8, 8, 4), 200, np.uint8)))
        document.apply(STEP, add_layer(document.document, layer))
        made.append(document)
    return made


@pytest.fixture
def tabs(studio: Studio) -> DocumentTabs:
    return studio.window.tabs


def texts(tabs: DocumentTabs) -> list[str]:
    return [tabs.tabText(index) for index in range(tabs.count())]


def test_tabs_are_there_for_several_pictures_only(studio: Studio, tabs: DocumentTabs) -> None:
    assert not tabs.isVisible()
    first, _second = opened(studio, 32, 48)
    assert tabs.isVisible()
    assert texts(tabs) == ["Untitled*", "Untitled 2*"]
    assert tabs.currentIndex() == 1
    studio.session.close(first, new_document(8, 8))
    assert not tabs.isVisible()


def test_keys_and_clicks_show_another_picture(qtbot: QtBot, studio: Studio, tabs: DocumentTabs) -> None:
    first, second, third = opened(studio, 32, 48, 64)
    trigger(studio, "view.next_picture")
    assert studio.session.current is first
    trigger(studio, "view.previous_picture")
    assert studio.session.current is third
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert studio.session.current is second
    assert studio.window.canvas._context.picture.document is second.document
    assert "Untitled 2" in studio.window.windowTitle()


def test_a_tab_is_closed_after_its_changes_are_dealt_with(
    qtbot: QtBot, studio: Studio, tabs: DocumentTabs, prompts: FakePrompts
) -> None:
    first, second = opened(studio, 32, 48)
    prompts.changes = SaveChoice.CANCEL
    qtbot.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(0).center())
    assert studio.session.documents == (first, second)
    assert studio.session.current is first, "what is asked about is seen"
    prompts.changes = SaveChoice.DISCARD
    trigger(studio, "file.close")
    assert studio.session.documents == (second,)
    trigger(studio, "file.close")
    assert studio.session.current.is_fresh


def test_each_picture_is_looked_at_in_its_own_way(studio: Studio) -> None:
    canvas = studio.window.canvas
    first, second = opened(studio, 320, 480)
    canvas.zoom_to(3.0)
    canvas.rotate_view(30)
    seen = canvas.view_transform()
    studio.session.show(first)
    assert canvas.view_transform() != seen
    fitted = canvas.view_transform()
    studio.session.show(second)
    assert canvas.view_transform() == seen
    studio.session.show(first)
    assert canvas.view_transform() == fitted
    assert isinstance(fitted, ViewTransform)


def test_a_stroke_ends_in_the_picture_that_it_was_begun_in(qtbot: QtBot, studio: Studio) -> None:
    canvas = studio.window.canvas
    first, second = opened(studio, 320, 480)
    trigger(studio, "tool.brush")
    middle = canvas.rect().center()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(canvas, middle + QPoint(20, 10))
    studio.session.show(first)
    assert [len(document.history.steps) for document in (first, second)] == [2, 3]
    qtbot.mouseMove(canvas, middle + QPoint(40, 10))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 10))
    assert [len(document.history.steps) for document in (first, second)] == [2, 3]


def test_a_result_marks_the_tab_of_its_picture_until_that_is_seen(
    qtbot: QtBot, studio: Studio, tabs: DocumentTabs, runner: FakeRunner
) -> None:
    first, second = opened(studio, 64, 96)
    runner.plan = "slow"
    job = studio.session.start(GenerationSettings(prompt="a beach", width=96, height=96))
    qtbot.waitUntil(lambda: studio.session.queue.running_job.progress is not None)
    qtbot.waitUntil(lambda: studio.window.canvas._context.picture.preview.rect is not None)
    studio.session.show(first)
    assert studio.window.canvas._context.picture.preview.rect is None, "it is the other picture's"
    studio.session.show(second)
    assert studio.window.canvas._context.picture.preview.rect is not None
    studio.session.show(first)
    runner.plan = "finish"
    qtbot.waitUntil(lambda: studio.session.queue.running_job is None)
    assert studio.session.current is first
    assert tabs.has_news(second)
    assert "A result has come" in tabs.tabToolTip(1)
    assert studio.session.queue.layer_of(job.id, 0, second.document) is not None
    studio.session.show(second)
    assert not tabs.has_news(second)


def test_tabs_are_dragged_into_another_order(studio: Studio, tabs: DocumentTabs) -> None:
    first, second, third = opened(studio, 32, 48, 64)
    tabs.moveTab(2, 0)
    assert studio.session.documents == (third, first, second)
    assert studio.session.current is third
    assert [tabs.document_at(index) for index in range(3)] == [third, first, second]


def dropped(data, widget, at: QPoint) -> QDropEvent:
    action, button, keys = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(at, action, data, button, keys))
    event = QDropEvent(QPointF(at), action, data, button, keys, QEvent.Type.Drop)
    QApplication.sendEvent(widget, event)
    return event


def test_layers_are_dragged_from_one_picture_into_another(studio: Studio) -> None:
    first, second = opened(studio, 64, 96)
    data = pack(first.id, [first.document.layers[-1].id], LAYERS)
    dropped(data, studio.window.canvas, QPoint(50, 50))
    assert [layer.name for layer in second.document.layers][-1] == "Dab 64"
    copy = second.document.layers[-1]
    assert isinstance(copy, PaintLayer)
    assert copy.raster.read(Rect(16, 16, 8, 8)).min() == 200, "it is centred"
    assert copy.id != first.document.layers[-1].id
    assert len(first.history.steps) == 2
    studio.session.undo()
    assert [layer.name for layer in second.document.layers][-1] == "Dab 96"
    dropped(data, studio.window.tabs, studio.window.tabs.tabRect(1).center())
    assert [layer.name for layer in second.document.layers][-1] == "Dab 64"


def test_the_layers_panel_takes_layers_of_another_picture_where_they_are_dropped(studio: Studio) -> None:
    first, second = opened(studio, 64, 64)
    second.apply(STEP, add_layer(second.document, GroupLayer(name="Group")))
    model = studio.window.docks.layers.tree._layers
    data = pack(first.id, [first.document.layers[-1].id], LAYERS)
    move = Qt.DropAction.MoveAction
    root, group = model.index(-1, -1), model.index_of(second.document.layers[-1].id)
    assert model.dropMimeData(data, move, 3, 0, root)
    assert [layer.name for layer in second.document.layers] == ["Background", "Dab 64", "Layer 1", "Dab 64", "Group"]
    assert model.dropMimeData(data, move, -1, -1, group)
    assert [layer.name for layer in second.document.layers[-1].children] == ["Dab 64"]
    assert not model.canDropMimeData(pack(999, ["x"], LAYERS), move, 0, 0, root)


def test_own_layers_and_those_of_another_program_are_not_copied(studio: Studio) -> None:
    (only,) = opened(studio, 64)
    before = only.document
    dropped(pack(only.id, [before.layers[-1].id], LAYERS), studio.window.canvas, QPoint(50, 50))
    foreign = pack(only.id, [before.layers[-1].id], LAYERS)
    text = bytes(foreign.data(LAYERS).data()).replace(b'"process": ', b'"process": 1')
    foreign.setData(LAYERS, text)
    opened(studio, 32)
    shown = studio.session.document
    dropped(foreign, studio.window.canvas, QPoint(50, 50))
    assert studio.session.document is shown
    assert only.document is before


def test_the_question_about_several_pictures_names_what_is_lost(qtbot: QtBot) -> None:
    dialog = UnsavedDialog(["a.ora", "b.ora"])
    qtbot.addWidget(dialog)
    assert dialog.save_button.text() == "Save All"
    dialog.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.save_button.text() == "Save Ticked, Discard Others"
    dialog.save_button.click()
    assert dialog.chosen == {1}
    again = UnsavedDialog(["a.ora", "b.ora"])
    qtbot.addWidget(again)
    again.reject()
    assert again.chosen is None
    again.discard_button.click()
    assert again.chosen == frozenset()
