"""The window: it opens on a ready picture, and every action in it works."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt, qInstallMessageHandler
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QMenu, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import BlendMode, PaintLayer, add_layer, filled_mask, replace_layer
from studio.document import filled_raster as filled
from studio.document.tiles import Rect
from studio.engine.models.library import ModelInfo, ModelLibrary
from studio.history import StepKind
from studio.raster.compose import compose
from studio.raster.kernels import blend
from studio.ui.style.icons import icon
from studio.ui.widgets.notice_bar import MAX_WIDTH, NoticeAction
from studio.ui.window.dock import DOCK_WIDTH


def test_the_window_opens_on_a_ready_picture(studio: Studio) -> None:
    assert studio.window.isVisible()
    assert studio.session.document.active_paint_layer is not None
    assert "Untitled" in studio.window.windowTitle()
    assert not studio.window.isWindowModified()
    assert set(studio.catalogue.tools()) >= {"text_to_image", "image_to_image", "inpaint"}


NOT_FOR_THE_FIRST_WINDOW = (
    *("torch", "diffusers", "transformers", "huggingface_hub", "safetensors", "pydantic"),
    *("typer", "rich", "PIL", "psd_tools", "av", "psutil", "packaging", "sqlite3"),
    *("urllib.request", "http.client", "ssl", "subprocess", "multiprocessing", "asyncio", "logging.handlers"),
    *("importlib.metadata", "email", "hashlib", "concurrent.futures", "PySide6.QtNetwork", "numpy._core", "cv2.misc"),
    *("studio.raster.compose", "studio.raster.brush", "studio.ui.dialogs.upscale", "studio.ui.panels.color_panel"),
    *("studio.ui.panels.history.history_panel", "studio.ui.panels.queue", "studio.ui.panels.timeline"),
    *("studio.composition", "studio.plugin_host", "studio.engine.engine", "studio.engine.models.library"),
    *(
        "studio.installation.installing",
        "studio.installation.updates",
        "studio.files.openraster",
        "studio.files.psd",
        "studio.files.journal",
    ),
    *("studio.ui.animation", "studio.editing.animation", "studio.files.animation", "tomllib"),
    *("studio.ui.dialogs.preferences", "studio.ui.dialogs.file_dialog_layout", "studio.ui.window.welcome"),
    *("studio.api.specs", "studio.api.hooks", "studio.animation", "studio.engine.models.byte_pairs"),
    *("studio.generation.prompting.prompt", "studio.generation.prompting.colouring"),
    *("studio.ui.widgets.command_search", "studio.ui.panels.plugins.plugin_panel"),
    *("uuid", "platform", "importlib.resources"),
    *("studio.ui.panels.generate.lora_picker", "studio.ui.panels.generate.wildcard_list", "studio.jobs.guides"),
)
"""Each of these costs time before anybody sees anything; it is imported when it is needed first."""


def test_the_window_is_there_without_what_is_needed_later() -> None:
    code = (
        "import sys\n"
        "from studio.__main__ import prepare\n"
        "prepare()\n"
        "from studio.app import build, make_application\n"
        "from studio.paths import default_paths\n"
        "app = make_application()\n"
        "studio = build(default_paths())\n"
        "studio.window.show()\n"
        "app.processEvents()\n"
        f"heavy = set({NOT_FOR_THE_FIRST_WINDOW}) & set(sys.modules)\n"
        "assert studio.window.isVisible() and not heavy, heavy\n"
        "import cv2, numpy\n"
        "assert numpy.arange(3).sum() == 3 and cv2.INTER_AREA and {'numpy._core', 'cv2.misc'} <= set(sys.modules)\n"
        "studio.runner.load()\n"
        "assert 'torch' not in sys.modules\n"
        "studio.shut_down()\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_menus_show_which_actions_are_checked(studio: Studio) -> None:
    for action_id in ("view.mask", "view.mirror", "layer.visible", "layer.locked"):
        action = studio.window.actions_by_id[action_id]
        assert action.isCheckable(), action_id
        assert not action.isIconVisibleInMenu(), action_id


def test_notices_lie_over_the_picture_and_do_not_move_it(qtbot: QtBot, studio: Studio) -> None:
    canvas, notices = studio.window.canvas, studio.window.notices
    before = canvas.geometry()
    notices.show_notice("The picture was made smaller. " * 20)
    notices.show_notice("Another file changed it.", actions=(NoticeAction("Open", lambda: None),))
    qtbot.waitUntil(lambda: notices.height() > 60)
    assert canvas.geometry() == before
    over = notices.geometry()
    assert before.contains(over)
    assert (over.top(), over.width()) == (before.top(), min(MAX_WIDTH, before.width()))
    middle = over.center()
    assert studio.window.centralWidget().childAt(middle) is not canvas, "it is in front"
    history = len(studio.session.history.steps)
    QTest.mouseClick(notices.notices()[0], Qt.MouseButton.LeftButton)
    assert len(studio.session.history.steps) == history, "a click on it does not paint below it"
    notices.notices()[0].closed.click()
    notices.notices()[0].closed.click()
    assert studio.window.centralWidget().childAt(before.center().x(), before.top() + 4) is canvas


def test_icon_only_buttons_have_names_for_screen_readers(studio: Studio) -> None:
    for button in studio.window.findChildren(QToolButton):
        if button.isVisible() and not button.icon().isNull() and not button.text():
            assert button.accessibleName() or button.toolTip(), button.parent()


def test_undo_and_redo_by_keys(qtbot: QtBot, studio: Studio) -> None:
    before = studio.session.document
    trigger(studio, "layer.add")
    assert len(studio.session.document.layers) == len(before.layers) + 1
    studio.window.canvas.setFocus()
    qtbot.keyClick(studio.window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert studio.session.document is before
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(studio.window.canvas, Qt.Key.Key_Z, both)
    assert studio.session.document is not before


def test_a_tool_is_chosen_by_key_and_by_button(qtbot: QtBot, studio: Studio) -> None:
    window = studio.window
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_E)
    assert window.canvas.tool() == "eraser"
    assert window.docks.tool_options.tool() == "eraser"
    button = window.tool_bar.button_of(window.actions_by_id["tool.mask_brush"])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.canvas.tool() == "mask_brush"


def test_x_swaps_the_colours_while_painting(qtbot: QtBot, studio: Studio) -> None:
    window = studio.window
    before = window.docks.color.color()
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_X)
    assert window.docks.color.color() != before
    qtbot.keyClick(window.canvas, Qt.Key.Key_X)
    assert window.docks.color.color() == before


def test_a_tool_button_and_escape_bring_the_keys_to_the_canvas(qtbot: QtBot, studio: Studio) -> None:
    window = studio.window
    window.activateWindow()
    prompt = window.docks.generate.prompt.prompt
    prompt.setFocus()
    qtbot.keyClick(prompt, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()
    prompt.setFocus()
    button = window.tool_bar.button_of(window.actions_by_id["tool.eraser"])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.canvas.hasFocus()


def test_keys_in_the_prompt_are_text_not_tools(qtbot: QtBot, studio: Studio) -> None:
    prompt = studio.window.docks.generate.prompt.prompt
    prompt.setFocus()
    qtbot.keyClicks(prompt, "beach")
    assert prompt.text() == "beach"
    assert studio.window.canvas.tool() == "brush"


def test_actions_without_use_are_grey(studio: Studio) -> None:
    actions = studio.window.actions_by_id
    assert not actions["edit.undo"].isEnabled()
    assert not actions["mask.grow"].isEnabled()
    trigger(studio, "mask.all")
    assert actions["edit.undo"].isEnabled()
    assert actions["mask.grow"].isEnabled()


def test_the_layer_menu(studio: Studio) -> None:
    session = studio.session
    count = len(session.document.layers)
    trigger(studio, "layer.duplicate")
    assert len(session.document.layers) == count + 1
    trigger(studio, "layer.group_layer")
    trigger(studio, "layer.ungroup")
    trigger(studio, "layer.visible")
    assert session.document.active_layer is not None
    assert not session.document.active_layer.visible
    trigger(studio, "layer.locked")
    trigger(studio, "layer.remove")
    assert "locked" in studio.window.notices.texts()[0]
    trigger(studio, "layer.locked")
    trigger(studio, "layer.visible")
    trigger(studio, "layer.lower")
    trigger(studio, "layer.raise")
    trigger(studio, "layer.flatten")
    assert len(session.document.layers) == 1


def test_the_mask_menu(qtbot: QtBot, studio: Studio) -> None:
    session = studio.session
    trigger(studio, "mask.all")
    assert session.document.generation_mask.bounds() == session.document.canvas
    trigger(studio, "mask.invert")
    assert session.document.generation_mask.bounds().is_empty
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(40, 40, 20, 20))))
    trigger(studio, "mask.grow")
    _accept_dialog(studio)
    assert session.document.generation_mask.bounds() == Rect(32, 32, 36, 36)
    trigger(studio, "mask.clear")
    assert not session.document.generation_mask.tiles


def test_the_image_menu(qtbot: QtBot, studio: Studio) -> None:
    session = studio.session
    _set_canvas(studio, 80, 40)
    trigger(studio, "image.rotate_right")
    qtbot.waitUntil(lambda: session.document.height == 80)
    assert session.document.width == 40
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(10, 10, 20, 30))))
    trigger(studio, "image.crop_to_mask")
    qtbot.waitUntil(lambda: session.document.width == 20)
    assert session.document.height == 30
    trigger(studio, "image.resize")
    _accept_dialog(studio, width=40)
    qtbot.waitUntil(lambda: session.document.width == 40)
    assert session.document.height == 60
    trigger(studio, "image.canvas_size")
    _accept_dialog(studio, width=50)
    qtbot.waitUntil(lambda: session.document.width == 50)


def test_copy_and_paste_put_a_layer_back_where_it_was(studio: Studio) -> None:
    session = studio.session
    document = session.document
    layer = document.active_paint_layer
    assert layer is not None
    red = filled(10, 6, (255, 0, 0, 255)).translated(20, 30)
    session.apply(StepKind("test", "Paint"), replace_layer(document, layer.id, raster=red))
    trigger(studio, "edit.copy")
    trigger(studio, "edit.cut")
    trigger(studio, "edit.paste")
    pasted = session.document.active_paint_layer
    assert isinstance(pasted, PaintLayer)
    assert pasted.raster.bounds() == Rect(20, 30, 10, 6)
    assert tuple(pasted.raster.read(Rect(20, 30, 1, 1))[0, 0]) == (255, 0, 0, 255)


def test_the_view_menu(studio: Studio) -> None:
    zoom = studio.window.canvas.zoom()
    trigger(studio, "view.zoom_in")
    assert studio.window.canvas.zoom() > zoom
    trigger(studio, "view.actual_size")
    assert studio.window.canvas.zoom() == pytest.approx(1.0)
    assert studio.window.statusBar().zoom.text() == "100 %"
    trigger(studio, "view.rotate_left")
    trigger(studio, "view.reset")
    trigger(studio, "view.lock_panels")
    trigger(studio, "view.lock_panels")


def trigger(studio: Studio, action_id: str) -> None:
    """As a click in the menu does."""
    action = studio.window.actions_by_id[action_id]
    assert action.isEnabled(), action_id
    action.trigger()


def _entries(entry: QAction) -> set[QAction]:
    menu = entry.menu()
    if not isinstance(menu, QMenu):
        return {entry}
    return {inner for action in menu.actions() for inner in _entries(action)}


def _accept_dialog(studio: Studio, width: int | None = None) -> None:
    from studio.ui.dialogs.form_dialog import FormDialog

    dialog = next(d for d in studio.window.findChildren(FormDialog) if d.isVisible())
    if width is not None:
        dialog.width_box.setValue(width)
    dialog.accept_button.click()


def _set_canvas(studio: Studio, width: int, height: int) -> None:
    from studio.ui.dialogs.new_picture import Canvas

    studio.window.opening.start_new(Canvas(width, height))


def test_the_layer_menu_switches_shows_and_inverts_a_layer_mask(qtbot: QtBot, studio: Studio) -> None:
    window, session = studio.window, studio.session
    actions, layers, options = window.actions_by_id, window.docks.layers, window.docks.tool_options
    names = ("layer.mask_enabled", "layer.mask_alone", "layer.invert_mask")
    assert not any(actions[name].isEnabled() for name in names)
    session.apply(StepKind("test", "Mask"), session.document.with_generation_mask(filled_mask(Rect(0, 0, 90, 90))))
    trigger(studio, "layer.add_mask")
    assert all(actions[name].isEnabled() for name in names)
    assert actions["layer.mask_enabled"].isChecked()
    trigger(studio, "layer.mask_enabled")
    assert not actions["layer.mask_enabled"].isChecked()
    assert not session.document.active_layer.mask_enabled
    session.undo()
    assert actions["layer.mask_enabled"].isChecked()
    trigger(studio, "layer.mask_alone")
    assert actions["layer.mask_alone"].isChecked()
    layers.target_chosen.emit("mask")
    assert (window.canvas.options.values("part"), options.form("part").values()) == ({"part": "mask"}, {"part": "mask"})
    trigger(studio, "layer.invert_mask")
    assert session.document.active_layer.mask.read(Rect(0, 0, 1, 1))[0, 0] == 0
    assert actions["layer.mask_alone"].isChecked(), "it is still looked at"
    trigger(studio, "layer.add")
    assert not actions["layer.mask_alone"].isChecked()
    assert window.canvas.options.values("part")["part"] == "pixels", "another layer is painted on itself"


def test_buttons_name_the_keys_of_the_actions_that_they_stand_for(studio: Studio) -> None:
    window, docks = studio.window, studio.window.docks
    assert docks.layers.add_button.toolTip() == "New Layer (Ctrl+Shift+N)\nAdd an empty layer above this one"
    assert docks.tool_options.mask_bar.clear_button.toolTip().startswith("Clear Mask (Ctrl+Alt+D)\n")
    assert docks.history.undo_button.toolTip().startswith("Undo (Ctrl+Z)\n")
    window.services.apply_changes({"shortcuts": {"layer.add": "F6", "edit.undo": ""}})
    assert docks.layers.add_button.toolTip().startswith("New Layer (F6)\n")
    assert docks.history.undo_button.toolTip().startswith("Undo\n")
    assert docks.generate.bar.button.toolTip() == "Generate (Ctrl+Return)"
    window.services.apply_changes({"shortcuts": {"generate.start": "F5"}})
    assert docks.generate.bar.button.toolTip() == "Generate (F5)"
    assert docks.generate.bar.status.text() == "F5 generates"


def test_every_button_without_a_text_says_what_it_does(studio: Studio) -> None:
    trigger(studio, "timeline.make")
    silent = [
        button
        for button in studio.window.findChildren(QAbstractButton)
        if button.isVisible() and not button.text() and not (button.toolTip() and button.accessibleName())
    ]
    assert silent == []
    named = {command.plain_title.lower(): command.id for command in studio.window.actions_by_id.commands}
    for button in studio.window.findChildren(QAbstractButton):
        action = named.get(button.accessibleName().lower()) if not button.text() else None
        keys = studio.window.actions_by_id[action].shortcut().toString() if action else ""
        assert keys in button.toolTip(), button.accessibleName()


@pytest.fixture
def qt_says() -> Iterator[list[str]]:
    """What Qt writes to the terminal about painting."""
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, text: said.append(text))
    yield said
    qInstallMessageHandler(before)
    about_painting = [text for text in said if "aint" in text]
    assert not about_painting


def test_nothing_is_painted_on_what_has_no_pixels(qtbot: QtBot, studio: Studio, qt_says: list[str]) -> None:
    """An empty part of the picture, an icon of no size, a mask beyond the canvas: Qt has no painter for these."""
    session, window = studio.session, studio.window
    document = add_layer(session.document, PaintLayer(name="Half", opacity=0.5, raster=filled(64, 64, (9, 9, 9, 255))))
    for part in (Rect(0, 0, 0, 0), Rect(-9, 5, 0, 9), Rect(3, 3, 7, 0)):
        empty = compose(document, part)
        blend(empty, [(empty.copy(), BlendMode.NORMAL, 0.5, None)])
        assert empty.size == 0
    for side in ((0, 0), (0, 16), (16, 0)):
        icon("lock").pixmap(QSize(*side))
    session.apply(StepKind("test", "Mask"), document.with_generation_mask(filled_mask(Rect(5000, 5000, 40, 40))))
    for action_id in ("edit.copy_merged", "edit.copy", "edit.cut", "edit.clear", "edit.paste", "mask.from_layer"):
        trigger(studio, action_id)
    window.canvas.set_live_preview(Rect(0, 0, 0, 9), np.zeros((8, 8, 3), np.uint8))
    window.canvas.set_live_preview(Rect(0, 0, 64, 64), np.zeros((8, 8, 3), np.uint8), np.zeros((64, 64), np.uint8))
    window.canvas.resize(1, 1)
    window.grab()
    qtbot.waitUntil(lambda: window.canvas.is_settled)


def test_models_are_looked_for_behind_the_window(qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also on a disk that hangs: the window lists what it knew until the answer comes."""
    may_end, threads = threading.Event(), []
    real = ModelLibrary.scan

    def slow(library: ModelLibrary) -> tuple[ModelInfo, ...]:
        threads.append(threading.current_thread())
        is_first = len(threads) == 1
        assert may_end.wait(20)
        return () if is_first else real(library)

    monkeypatch.setattr(ModelLibrary, "scan", slow)
    known = studio.catalogue.models()
    studio.window.services.folders_changed.emit()
    qtbot.waitUntil(lambda: len(threads) == 1)  # one that has not begun would answer both
    studio.window.services.folders_changed.emit()
    assert studio.catalogue.models() == known
    with qtbot.waitSignal(studio.catalogue.changed, timeout=20_000):
        may_end.set()
    assert studio.runner.join(20)
    qtbot.waitUntil(lambda: studio.catalogue.models() == known, timeout=20_000)
    assert len(threads) == 2
    assert threading.main_thread() not in threads


def test_a_long_failure_in_the_status_bar_does_not_widen_the_window(studio: Studio) -> None:
    least = studio.window.minimumSizeHint().width()
    studio.window.statusBar().show_work("The engine cannot be used: torch does not load. " * 20)
    QApplication.processEvents()
    assert studio.window.minimumSizeHint().width() == least
    assert studio.window.statusBar().work.is_elided()


def test_every_panel_has_room_in_its_column(studio: Studio) -> None:
    docks = studio.window.findChildren(QDockWidget)
    wide = {dock.objectName(): panel.minimumSizeHint().width() for dock in docks for panel in _panels(dock)}
    assert len(wide) > 6
    assert {name: width for name, width in wide.items() if width > DOCK_WIDTH and name != "dock-timeline"} == {}


def _panels(dock: QDockWidget) -> list[QWidget]:
    """What scrolls in a dock when it has too little room, which is cut off at the side."""
    page = dock.widget()
    return [page.widget()] if isinstance(page, QScrollArea) else []
