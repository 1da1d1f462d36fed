"""A day with the History panel: look back, click there, use the settings of an old picture again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from studio.document import Document, new_document, replace_layer
from studio.editing import layers
from studio.generation import GenerationSettings
from studio.history import DEFAULT_BUDGET, StepKind
from studio.session import Session
from studio.ui.panels.history.history_model import STATE_ROLE, STEP_ROLE
from studio.ui.panels.history.history_panel import HistoryPanel
from tests.fake_worker import FakeWorker
from tests.ui.panels.panel_commands import Commands


@pytest.fixture
def panel(qtbot: QtBot, session: Session, commands: Commands) -> HistoryPanel:
    made = HistoryPanel(session, commands.actions)
    qtbot.addWidget(made)
    made.resize(280, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def generate(session: Session, worker: FakeWorker, prompt: str) -> None:
    session.start(GenerationSettings(prompt=prompt, width=64, height=64, seed=7))
    worker.finish()


def click_row(panel: HistoryPanel, row: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    where = panel.list.visualRect(panel.model.index(row)).center()
    QTest.mouseClick(panel.list.viewport(), button, Qt.KeyboardModifier.NoModifier, where)


def labels(panel: HistoryPanel) -> list[str]:
    return [panel.model.index(row).data() for row in range(panel.model.rowCount())]


def states(panel: HistoryPanel) -> list[int]:
    return [panel.model.index(row).data(STATE_ROLE) for row in range(panel.model.rowCount())]


def test_steps_are_listed_as_they_are_made(panel: HistoryPanel, session: Session, worker: FakeWorker) -> None:
    layers.add_paint_layer(session)
    generate(session, worker, "a beach")
    assert labels(panel) == ["New picture", "New layer", "Generate"]
    assert states(panel) == [-1, -1, 0]
    icons = [panel.model.index(row).data(STEP_ROLE).kind.icon for row in range(3)]
    assert icons == ["new", "layer-add", "generate"]


def test_a_click_goes_to_that_step_and_dims_the_later_ones(panel: HistoryPanel, session: Session) -> None:
    documents = [session.document]
    for _ in range(3):
        layers.add_paint_layer(session)
        documents.append(session.document)
    click_row(panel, 1)
    assert session.document is documents[1]
    assert states(panel) == [-1, 0, 1, 1]
    click_row(panel, 3)
    assert session.document is documents[3]


def test_arrow_keys_walk_through_the_steps(panel: HistoryPanel, session: Session) -> None:
    layers.add_paint_layer(session)
    layers.add_paint_layer(session)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert session.history.index == 0
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert session.history.index == 1


def test_a_new_step_after_going_back_replaces_the_undone_ones(panel: HistoryPanel, session: Session) -> None:
    for _ in range(3):
        layers.add_paint_layer(session)
    click_row(panel, 1)
    layers.add_group(session)
    assert labels(panel) == ["New picture", "New layer", "New group"]
    assert panel.list.currentIndex().row() == 2


def test_undo_and_redo_buttons_move_and_know_their_limits(panel: HistoryPanel, session: Session) -> None:
    layers.add_paint_layer(session)
    assert not panel.redo_button.isEnabled()
    QTest.mouseClick(panel.undo_button, Qt.MouseButton.LeftButton)
    assert session.history.index == 0
    assert not panel.undo_button.isEnabled()
    QTest.mouseClick(panel.redo_button, Qt.MouseButton.LeftButton)
    assert session.history.index == 1


def test_the_settings_of_a_generated_step_are_offered_again(
    qtbot: QtBot, panel: HistoryPanel, session: Session, worker: FakeWorker, commands: Commands
) -> None:
    generate(session, worker, "a quiet harbour")
    layers.add_paint_layer(session)
    menu = QMenu(panel)
    panel.fill_menu(menu, 1)
    with qtbot.waitSignal(panel.reuse_requested) as asked:
        menu.actions()[-1].trigger()
    assert (asked.args[0].prompt, asked.args[0].seed) == ("a quiet harbour", 7)
    assert not panel.reuse_button.isEnabled()
    click_row(panel, 1)
    used: list[GenerationSettings] = []
    commands.panels.use_settings = used.append
    QTest.mouseClick(panel.reuse_button, Qt.MouseButton.LeftButton)
    assert [(settings.prompt, settings.seed) for settings in used] == [("a quiet harbour", 7)]


def test_a_right_click_does_not_move_through_history(panel: HistoryPanel, session: Session) -> None:
    layers.add_paint_layer(session)
    click_row(panel, 0, Qt.MouseButton.RightButton)
    assert session.history.index == 1


def test_settings_of_another_program_version_that_cannot_be_read_are_not_offered(
    panel: HistoryPanel, session: Session
) -> None:
    session.apply(StepKind("test", "Generate"), with_name(session.document, "x"), settings='{"steps": "many"}')
    assert not panel.reuse_button.isEnabled()


def with_name(document: Document, name: str) -> Document:
    return replace_layer(document, document.layers[0].id, name=name)


def test_merged_steps_stay_one_row_and_forgotten_steps_leave(
    qtbot: QtBot, worker: FakeWorker, commands: Commands
) -> None:
    session = Session(new_document(512, 512), worker, history_budget=3_000_000)
    panel = HistoryPanel(session, commands.actions)
    qtbot.addWidget(panel)
    for name in ("a", "b", "c"):
        session.apply(StepKind("test", "Rename layer"), with_name(session.document, name), merge_key="rename")
    assert labels(panel) == ["New picture", "Rename layer"]
    for number in range(6):
        session.apply(StepKind("test", f"Fill {number}"), _filled(session.document, number))
    assert panel.model.rowCount() == len(session.history.steps) < 8
    assert labels(panel) == [step.kind.label for step in session.history.steps]
    assert panel.list.currentIndex().row() == session.history.index


def _filled(document: Document, value: int) -> Document:
    import numpy as np

    from studio.document import Raster

    pixels = np.full((512, 512, 4), 255, np.uint8)
    pixels[..., 0] = np.arange(512, dtype=np.uint16) % (value + 2)
    return replace_layer(document, document.layers[0].id, raster=Raster.from_array(pixels))


def test_memory_is_told(panel: HistoryPanel) -> None:
    assert panel.memory.text().endswith("of 2 GB")
    assert DEFAULT_BUDGET == 2 * 1024**3


def test_opening_another_picture_starts_a_fresh_list(panel: HistoryPanel, session: Session) -> None:
    layers.add_paint_layer(session)
    session.open_document(new_document(64, 64), StepKind("test", "Open"))
    assert labels(panel) == ["Open"]
