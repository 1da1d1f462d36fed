"""A day with the Layers panel: rename, reorder by drag, group, merge, masks, opacity."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    Label,
    Layer,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    filled_mask,
    new_document,
    parent_of,
    replace_layer,
)
from studio.editing import layers
from studio.history import StepKind
from studio.raster.compose import compose
from studio.session import Session
from studio.ui.panels.layers.layer_delegate import part_at
from studio.ui.panels.layers.layer_model import LOCKED, NAME, VISIBLE
from studio.ui.panels.layers.layers_panel import LayersPanel
from studio.ui.style.theme import current_theme
from tests.fake_worker import FakeWorker
from tests.ui.panels.panel_commands import Commands

LEFT = Qt.MouseButton.LeftButton


def square(red: int) -> Raster:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[...] = (red, 0, 0, 255)
    return Raster.from_array(pixels, 10, 10)


@pytest.fixture
def document() -> Document:
    """From the bottom: Background, Layer 1, Group 1 (Leaf, Bud), Sky."""
    document = new_document(256, 192)
    inside = (PaintLayer(name="Leaf", raster=square(50)), PaintLayer(name="Bud", raster=square(90)))
    document = add_layer(document, GroupLayer(name="Group 1", children=inside))
    return add_layer(document, PaintLayer(name="Sky", raster=square(200)))


@pytest.fixture
def session(document: Document, worker: FakeWorker) -> Session:
    return Session(document, worker)


@pytest.fixture
def panel(qtbot: QtBot, session: Session, commands: Commands) -> LayersPanel:
    made = LayersPanel(session, commands.actions)
    commands.panels.selected_layers = made.selected_ids
    commands.panels.rename_layer = made.rename_active
    qtbot.addWidget(made)
    made.resize(300, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def named(session: Session, name: str) -> Layer:
    return next(layer for layer in session.document.walk() if layer.name == name)


def center(panel: LayersPanel, session: Session, name: str, column: int = NAME) -> QPoint:
    index = panel.model.index_of(named(session, name).id).siblingAtColumn(column)
    return panel.tree.visualRect(index).center()


def click(
    panel: LayersPanel,
    session: Session,
    name: str,
    column: int = NAME,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    QTest.mouseClick(panel.tree.viewport(), LEFT, keys, center(panel, session, name, column))


def stack(session: Session) -> list[str]:
    """Names from the bottom, groups as "Group 1(Leaf,Bud)"."""

    def shown(layer: Layer) -> str:
        if isinstance(layer, GroupLayer):
            return f"{layer.name}({','.join(shown(child) for child in layer.children)})"
        return layer.name

    return [shown(layer) for layer in session.document.layers]


def rows(panel: LayersPanel) -> list[str]:
    """What the tree shows from the top, with two spaces a level."""
    shown: list[str] = []

    def visit(parent: object, depth: int) -> None:
        for row in range(panel.model.rowCount(parent)):
            index = panel.model.index(row, NAME, parent)
            shown.append("  " * depth + index.data())
            visit(index, depth + 1)

    visit(panel.tree.rootIndex(), 0)
    return shown


def drag(panel: LayersPanel, start: QPoint, end: QPoint) -> None:
    """Press on a row, then let go of what it drags elsewhere: the offscreen platform runs no drags of its own."""
    view = panel.tree.viewport()
    index = panel.tree.indexAt(start)
    if not panel.tree.selectionModel().isSelected(index):
        QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    data = panel.model.mimeData(panel.tree.selectedIndexes())
    move, none = Qt.DropAction.MoveAction, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(end, move, data, LEFT, none),
        QDragMoveEvent(end, move, data, LEFT, none),
        QDropEvent(end, move, data, LEFT, none),
    ):
        QApplication.sendEvent(view, event)


def test_the_stack_is_shown_from_the_top(panel: LayersPanel) -> None:
    assert rows(panel) == ["Sky", "Group 1", "  Bud", "  Leaf", "Layer 1", "Background"]


def test_clicking_a_layer_makes_it_active_without_a_step(panel: LayersPanel, session: Session) -> None:
    click(panel, session, "Leaf")
    assert session.document.active_id == named(session, "Leaf").id
    assert len(session.history.steps) == 1


def test_the_row_follows_when_another_layer_becomes_active(panel: LayersPanel, session: Session) -> None:
    session.select_layer(named(session, "Bud").id)
    assert panel.tree.currentIndex().data() == "Bud"
    assert panel.selected_ids() == (named(session, "Bud").id,)


@pytest.mark.parametrize("way", ["double click", "F2"])
def test_renaming_in_place(qtbot: QtBot, panel: LayersPanel, session: Session, way: str) -> None:
    click(panel, session, "Layer 1")
    if way == "F2":
        QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    else:
        QTest.mouseDClick(
            panel.tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, center(panel, session, "Layer 1")
        )
    editor = panel.tree.findChild(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "Harbour")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stack(session)[1] == "Harbour")
    assert session.history.steps[-1].kind.label == "Rename layer"
    session.undo()
    assert rows(panel)[4] == "Layer 1"


def test_eye_and_lock_toggle_without_changing_the_active_layer(panel: LayersPanel, session: Session) -> None:
    click(panel, session, "Background", VISIBLE)
    click(panel, session, "Leaf", LOCKED)
    assert not named(session, "Background").visible
    assert named(session, "Leaf").locked
    assert session.document.active_layer is named(session, "Sky")
    click(panel, session, "Background", VISIBLE)
    assert named(session, "Background").visible


def test_a_quick_double_click_on_the_eye_toggles_twice(panel: LayersPanel, session: Session) -> None:
    spot = center(panel, session, "Sky", VISIBLE)
    QTest.mouseClick(panel.tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    QTest.mouseDClick(panel.tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)
    assert named(session, "Sky").visible
    assert len(session.history.steps) == 3


def test_alt_click_on_an_eye_shows_that_layer_alone_and_then_all(panel: LayersPanel, session: Session) -> None:
    click(panel, session, "Layer 1", VISIBLE, Qt.KeyboardModifier.AltModifier)
    assert [layer.visible for layer in session.document.layers] == [False, True, False, False]
    click(panel, session, "Layer 1", VISIBLE, Qt.KeyboardModifier.AltModifier)
    assert all(layer.visible for layer in session.document.layers)


def test_dragging_a_layer_between_others_reorders_it(panel: LayersPanel, session: Session) -> None:
    target = center(panel, session, "Layer 1") + QPoint(0, 18)
    drag(panel, center(panel, session, "Sky"), target)
    assert stack(session) == ["Background", "Sky", "Layer 1", "Group 1(Leaf,Bud)"]
    assert rows(panel) == ["Group 1", "  Bud", "  Leaf", "Layer 1", "Sky", "Background"]
    assert panel.tree.currentIndex().data() == "Sky"
    assert [step.kind.label for step in session.history.steps] == ["New picture", "Move in the stack"]


def test_dragging_a_layer_onto_a_group_puts_it_inside_on_top(panel: LayersPanel, session: Session) -> None:
    drag(panel, center(panel, session, "Layer 1"), center(panel, session, "Group 1"))
    assert stack(session) == ["Background", "Group 1(Leaf,Bud,Layer 1)", "Sky"]


def test_dragging_a_group_into_itself_changes_nothing(panel: LayersPanel, session: Session) -> None:
    drag(panel, center(panel, session, "Group 1"), center(panel, session, "Leaf") - QPoint(0, 18))
    assert stack(session) == ["Background", "Layer 1", "Group 1(Leaf,Bud)", "Sky"]
    assert len(session.history.steps) == 1


def test_dragging_several_layers_keeps_their_order(panel: LayersPanel, session: Session) -> None:
    click(panel, session, "Sky")
    click(panel, session, "Bud", keys=Qt.KeyboardModifier.ControlModifier)
    drag(panel, center(panel, session, "Bud"), center(panel, session, "Layer 1") + QPoint(0, 18))
    assert stack(session) == ["Background", "Bud", "Sky", "Layer 1", "Group 1(Leaf)"]


def test_selected_layers_are_grouped_and_deleted_together(panel: LayersPanel, session: Session) -> None:
    click(panel, session, "Sky")
    click(panel, session, "Layer 1", keys=Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(panel.group_button, LEFT)
    assert stack(session) == ["Background", "Group 1(Leaf,Bud)", "Group 2(Layer 1,Sky)"]
    session.undo()
    click(panel, session, "Sky")
    click(panel, session, "Layer 1", keys=Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert stack(session) == ["Background", "Group 1(Leaf,Bud)"]


def test_open_groups_and_selection_survive_edits(panel: LayersPanel, session: Session) -> None:
    group = panel.model.index_of(named(session, "Group 1").id)
    panel.tree.collapse(group)
    click(panel, session, "Layer 1")
    QTest.mouseClick(panel.duplicate_button, LEFT)
    session.undo()
    session.redo()
    assert not panel.tree.isExpanded(panel.model.index_of(named(session, "Group 1").id))
    assert panel.tree.currentIndex().data() == "Layer 1 copy"


def test_dragging_the_opacity_slider_is_one_step_and_a_second_drag_another(
    panel: LayersPanel, session: Session
) -> None:
    slider = panel.opacity.slider
    for stop in (0.6, 0.3):
        QTest.mousePress(slider, LEFT, pos=QPoint(slider.width() - 6, slider.height() // 2))
        for share in (0.9, 0.8, 0.7, stop):
            QTest.mouseMove(slider, QPoint(round(slider.width() * share), slider.height() // 2))
        QTest.mouseRelease(slider, LEFT)
    assert [step.kind.label for step in session.history.steps] == ["New picture", "Layer opacity", "Layer opacity"]
    assert 0.25 < named(session, "Sky").opacity < 0.35
    session.undo()
    assert 0.55 < named(session, "Sky").opacity < 0.65
    assert 55 < panel.opacity.value() < 65


def test_the_blend_mode_is_chosen_from_the_keyboard(panel: LayersPanel, session: Session) -> None:
    panel.blend_mode.setFocus()
    QTest.keyClicks(panel.blend_mode, "Mul")
    assert named(session, "Sky").blend_mode is BlendMode.MULTIPLY
    assert session.history.steps[-1].kind.label == "Blend mode"


def test_merging_down_looks_the_same(panel: LayersPanel, session: Session) -> None:
    from studio.raster.compose import compose

    before = compose(session.document)
    click(panel, session, "Bud")
    QTest.mouseClick(panel.merge_button, LEFT)
    assert stack(session) == ["Background", "Layer 1", "Group 1(Leaf)", "Sky"]
    assert np.array_equal(compose(session.document), before)
    assert session.document.active_layer is named(session, "Leaf")


def test_a_locked_layer_is_neither_deleted_nor_merged_and_the_reason_is_told(
    panel: LayersPanel, session: Session, commands: Commands
) -> None:
    click(panel, session, "Sky", LOCKED)
    for press in (panel.delete_button.click, panel.merge_button.click):
        press()
        assert "'Sky' is locked" in commands.refused.pop()
    assert len(session.history.steps) == 2


def menu_texts(panel: LayersPanel) -> dict[str, object]:
    menu = QMenu(panel)
    panel.fill_menu(menu)
    return {action.iconText(): action for action in menu.actions()}


def test_a_layer_mask_comes_from_the_generation_mask_and_is_applied(panel: LayersPanel, session: Session) -> None:
    mask = filled_mask(Rect(10, 10, 20, 40))
    session.apply(StepKind("test", "Paint mask"), session.document.with_generation_mask(mask))
    menu_texts(panel)["Hide Outside the Mask"].trigger()
    assert named(session, "Sky").mask is mask
    menu_texts(panel)["Apply Layer Mask"].trigger()
    sky = named(session, "Sky")
    assert isinstance(sky, PaintLayer)
    assert sky.mask is None
    assert sky.raster.bounds() == Rect(10, 10, 20, 40)


def test_a_new_layer_from_visible_and_ungroup_from_the_menu(panel: LayersPanel, session: Session) -> None:
    click(panel, session, "Group 1")
    menu_texts(panel)["Ungroup"].trigger()
    assert stack(session) == ["Background", "Layer 1", "Leaf", "Bud", "Sky"]
    assert rows(panel) == ["Sky", "Bud", "Leaf", "Layer 1", "Background"]
    menu_texts(panel)["New Layer from Visible"].trigger()
    assert stack(session)[-1] == "Visible"


def test_any_jump_in_history_shows_exactly_the_documents_layers(panel: LayersPanel, session: Session) -> None:
    documents = [session.document]
    for change in ("group", "ungroup", "delete", "drop in", "delete group"):
        _change(panel, session, change)
        documents.append(session.document)
    for target in (0, 5, 2, 4, 1, 3, 0):
        session.go_to(target)
        expected = [layer.name for layer in _top_down(documents[target].layers)]
        assert [row.strip() for row in rows(panel)] == expected
        for layer in documents[target].walk():
            index = panel.model.index_of(layer.id)
            parent = panel.model.layer_at(index.parent())
            assert (parent.id if parent else None) == parent_of(documents[target], layer.id)


def _change(panel: LayersPanel, session: Session, change: str) -> None:
    from studio.editing import layers

    match change:
        case "group":
            layers.group_selected(session, (named(session, "Sky").id, named(session, "Leaf").id))
        case "ungroup":
            layers.ungroup_layer(session, named(session, "Group 2").id)
        case "delete":
            layers.delete_layers(session, (named(session, "Layer 1").id,))
        case "drop in":
            layers.move_layers(session, (named(session, "Background").id,), named(session, "Group 1").id, None)
        case "delete group":
            layers.delete_layers(session, (named(session, "Group 1").id,))


def _top_down(layers: tuple[Layer, ...]) -> list[Layer]:
    found: list[Layer] = []
    for layer in reversed(layers):
        found.append(layer)
        if isinstance(layer, GroupLayer):
            found.extend(_top_down(layer.children))
    return found


def test_thumbnails_arrive_and_change_with_the_pixels(qtbot: QtBot, panel: LayersPanel, session: Session) -> None:
    from studio.document import replace_layer

    sky = named(session, "Sky")

    def shown_red() -> int:
        layer = named(session, "Sky")
        assert isinstance(layer, PaintLayer)
        pixmap = panel.thumbnails.pixmap(sky.id, layer.raster, session.document.canvas)
        if pixmap is None:
            return -1
        image = pixmap.toImage()
        return image.pixelColor(image.width() * 30 // 256, image.height() * 30 // 192).red()

    qtbot.waitUntil(lambda: shown_red() == 200)
    session.apply(StepKind("test", "Paint"), replace_layer(session.document, sky.id, raster=square(120)))
    qtbot.waitUntil(lambda: shown_red() == 120)
    QApplication.processEvents()


def marked(panel: LayersPanel) -> list[str]:
    rows = panel.tree.selectionModel().selectedRows(NAME)
    return [layer.name for row in rows if (layer := panel.model.layer_at(row)) is not None]


def test_the_active_layer_is_marked_after_every_step_and_its_undo(panel: LayersPanel, session: Session) -> None:
    def active() -> str:
        assert session.document.active_id is not None
        return session.document.active_id

    session.select_layer(session.document.layers[1].id)
    actions = (
        lambda: layers.add_paint_layer(session),
        lambda: layers.duplicate_layers(session, (active(),)),
        lambda: layers.delete_layers(session, (active(),)),
        lambda: layers.group_selected(session, (active(),)),
        lambda: layers.merge_down(session, session.document.layers[-1].id),
        lambda: layers.flatten_picture(session),
    )
    for number, action in enumerate(actions):
        for step in (action, session.undo, session.redo, session.undo):
            step()
            layer = session.document.active_layer
            assert marked(panel) == ([] if layer is None else [layer.name]), (number, step)
    session.select_layer(None)
    assert marked(panel) == []


def test_the_layers_selected_beside_the_active_one_stay_so(panel: LayersPanel, session: Session) -> None:
    first, last = (panel.model.index_of(session.document.layers[place].id) for place in (0, -1))
    place = panel.tree.visualRect(first).center()
    QTest.mouseClick(panel.tree.viewport(), LEFT, pos=panel.tree.visualRect(last).center())
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(panel.tree.viewport(), LEFT, control, place)
    assert len(marked(panel)) == 2
    session.apply(StepKind("test", "Edit"), session.document.with_generation_mask(filled_mask(Rect(0, 0, 9, 9))))
    assert len(marked(panel)) == 2
    QTest.mouseClick(panel.tree.viewport(), LEFT, control, place)
    assert marked(panel) == ["Sky"], "a click with Ctrl takes a layer out of the selection"


@pytest.fixture
def masked(panel: LayersPanel, session: Session) -> Layer:
    """A layer with a mask that hides its left half; another one is active."""
    mask = Raster(channels=1, default=255).with_array(np.zeros((192, 128), np.uint8), 0, 0)
    sky = session.document.layers[-1]
    session.apply(StepKind("test", "Mask"), replace_layer(session.document, sky.id, mask=mask))
    session.select_layer(session.document.layers[0].id)
    return session.document.find(sky.id)


def thumbnail(panel: LayersPanel, layer: Layer, part: str) -> QPoint:
    row = panel.tree.visualRect(panel.model.index_of(layer.id))
    inside = (QPoint(x, row.center().y()) for x in range(row.left(), row.right()))
    return next(place + QPoint(5, 0) for place in inside if part_at(layer, row, place) == part)


def press(panel: LayersPanel, place: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(panel.tree.viewport(), LEFT, held, place)


def test_a_click_on_a_thumbnail_chooses_the_layer_or_its_mask(
    qtbot: QtBot, panel: LayersPanel, session: Session, masked: Layer
) -> None:
    for part in ("mask", "pixels"):
        with qtbot.waitSignal(panel.target_chosen) as chosen:
            press(panel, thumbnail(panel, masked, part))
        assert chosen.args == [part]
        assert session.document.active_id == masked.id
        assert marked(panel) == ["Sky"]


def test_what_is_chosen_is_framed(panel: LayersPanel, masked: Layer) -> None:
    press(panel, thumbnail(panel, masked, "mask"))
    color = QColor(current_theme().text)

    def framed(part: str) -> bool:
        picture = panel.tree.viewport().grab().toImage()
        place = thumbnail(panel, masked, part)
        edge = [picture.pixelColor(place.x() - step, place.y()) for step in (5, 6)]
        return all(abs(pixel.lightness() - color.lightness()) < 40 for pixel in edge)

    panel.show_target("mask")
    assert (framed("pixels"), framed("mask")) == (False, True)
    panel.show_target("pixels")
    assert (framed("pixels"), framed("mask")) == (True, False)


def test_shift_switches_a_mask_off_and_alt_shows_it_alone(
    panel: LayersPanel, session: Session, masked: Layer, commands: Commands
) -> None:
    place = thumbnail(panel, masked, "mask")
    press(panel, place, Qt.KeyboardModifier.ShiftModifier)
    assert not session.document.find(masked.id).mask_enabled
    assert compose(session.document)[20, 20, 0] == 200, "nothing is hidden"
    session.undo()
    assert compose(session.document)[20, 20, 0] != 200
    press(panel, place, Qt.KeyboardModifier.AltModifier)
    assert commands.canvas.is_mask_alone


def test_control_selects_what_a_thumbnail_shows(panel: LayersPanel, session: Session, masked: Layer) -> None:
    said: list[str] = []
    panel.message.connect(said.append)
    press(panel, thumbnail(panel, masked, "mask"), Qt.KeyboardModifier.ControlModifier)
    shown = session.document.find(masked.id).mask
    canvas = session.document.canvas
    assert np.array_equal(session.document.selection.read(canvas), shown.read(canvas))
    press(panel, thumbnail(panel, masked, "pixels"), Qt.KeyboardModifier.ControlModifier)
    alpha = session.document.find(masked.id).raster.read(canvas)[..., 3]
    assert np.array_equal(session.document.selection.read(canvas), alpha)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    press(panel, thumbnail(panel, masked, "pixels"), keys)
    assert len(said) == 1, "nothing would be left"
    assert np.array_equal(session.document.selection.read(canvas), alpha)


def test_the_menu_switches_inverts_and_shows_a_mask(panel: LayersPanel, session: Session, masked: Layer) -> None:
    session.select_layer(masked.id)

    def choose(text: str) -> None:
        menu = QMenu()
        panel.fill_menu(menu)
        next(action for action in menu.actions() if action.iconText() == text).trigger()

    choose("Invert Layer Mask")
    inverted = session.document.find(masked.id).mask
    assert inverted is not None
    assert (inverted.default, inverted.read(Rect(0, 0, 1, 1))[0, 0]) == (0, 255)
    choose("Invert Layer Mask")
    again = session.document.find(masked.id).mask
    assert again is not None
    assert np.array_equal(again.read(Rect(0, 0, 256, 192)), masked.mask.read(Rect(0, 0, 256, 192)))
    choose("Use Layer Mask")
    choose("Use Layer Mask")
    assert [step.kind.label for step in session.history.steps[-2:]] == ["Switch layer mask off", "Switch layer mask on"]
    assert session.document.find(masked.id).shown_mask is not None
    session.apply(StepKind("test", "Lock"), replace_layer(session.document, masked.id, locked=True))
    before = session.document
    choose("Invert Layer Mask")
    assert session.document is before, "a locked layer keeps its mask"


def test_a_picture_without_layers_says_what_to_do(panel: LayersPanel, session: Session) -> None:
    def inks() -> set[int]:
        QApplication.processEvents()
        image = panel.tree.viewport().grab().toImage()
        return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}

    while session.document.layers:
        panel.delete_button.click()
    assert len(inks()) > 1
    before = inks()
    panel.model.sync(session.document)
    assert inks() == before
    panel.add_button.click()
    assert inks() != before


def test_layers_are_found_by_a_part_of_their_name(panel: LayersPanel, session: Session) -> None:
    def listed() -> list[str]:
        index = panel.model.index_of
        return [layer.name for layer in session.document.walk() if not panel.tree.visualRect(index(layer.id)).isEmpty()]

    panel.find_by_name()
    QTest.keyClicks(panel.name_filter, "bU")
    assert listed() == ["Group 1", "Bud"]
    layers.add_paint_layer(session)
    assert "Layer 2" not in listed()
    layers.rename_layer(session, session.document.active_id or "", "Buds")
    assert "Buds" in listed()
    QTest.keyClick(panel.name_filter, Qt.Key.Key_Escape)
    assert panel.name_filter.isHidden()
    assert len(listed()) == len(list(session.document.walk()))


def test_a_label_shows_as_a_strip_of_its_colour(panel: LayersPanel, session: Session) -> None:
    layers.set_label(session, (named(session, "Sky").id,), Label.GREEN)
    corner = panel.tree.visualRect(panel.model.index_of(named(session, "Sky").id).siblingAtColumn(VISIBLE)).center()
    color = panel.tree.viewport().grab().toImage().pixelColor(1, corner.y())
    assert (color.green() > color.red(), color.green() > color.blue()) == (True, True)
