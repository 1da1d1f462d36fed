"""Panels and settings pages of plugins in the window: they come and go, act, and are remembered."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from studio.api import SettingsPageSpec
from studio.app import Studio, build
from studio.document import PaintLayer, Raster, replace_layer
from studio.history import StepKind
from studio.ui.panels.plugins.plugin_panel import PluginPanel
from tests.ui.shell_fakes import FakePrompts, FakeRunner

PLUGIN = """
from studio.api import *
from studio.api import hookimpl

PAGE = SettingsPageSpec(
    id="mine", name="My page", parameters=(IntParameter(id="level", label="Level", default=5, minimum=0, maximum=9),)
)

@hookimpl
def shoreline_settings_pages():
    return [PAGE]

def broken(context):
    raise LookupError("lost")

def wait(context):
    context.report(0.5, "Half way")
    while True:
        context.cancel.raise_if_cancelled()

def invert(context):
    after = context.pixels.copy()
    after[..., :3] = 255 - after[..., :3]
    return PanelResult(pixels=after, message="Inverted", values={"n": 7})

@hookimpl
def shoreline_panels():
    n = IntParameter(id="n", label="N", default=1, minimum=0, maximum=9)
    actions = tuple(PanelAction(id=run.__name__, name=run.__name__.title(), run=run) for run in (invert, wait, broken))
    return [PanelSpec(id="mine", name="My panel", actions=actions, parameters=(n,))]
"""


@pytest.fixture(autouse=True)
def plugin(paths) -> Iterator[None]:
    folder = paths.user_plugins / "mine"
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text('id = "mine"\nname = "Mine"\nversion = "1"\napi_version = 1\n')
    (folder / "plugin.py").write_text(PLUGIN)
    yield
    sys.modules.pop("shoreline_plugin_mine", None)


@pytest.fixture
def panel(studio: Studio) -> PluginPanel:
    """The panel, shown, beside a layer full of one colour."""
    document = studio.session.document
    layer = document.active_paint_layer
    assert layer is not None
    pixels = np.full((document.height, document.width, 4), 255, np.uint8)
    pixels[..., 0] = 10
    studio.session.apply(StepKind("test", "Paint"), replace_layer(document, layer.id, raster=Raster.from_array(pixels)))
    _dock(studio).toggleViewAction().trigger()
    found = studio.window.plugin_panels.panel("mine")
    assert found is not None
    assert found.isVisible()
    return found


def _dock(studio: Studio) -> QDockWidget:
    return studio.window.findChild(QDockWidget, "dock-plugin-mine")


def _red(studio: Studio) -> int:
    layer = studio.session.document.active_paint_layer
    assert isinstance(layer, PaintLayer)
    return int(layer.raster.read(studio.session.document.canvas)[0, 0, 0])


def _press(qtbot: QtBot, panel: PluginPanel, action: str) -> None:
    panel.buttons[action].click()
    qtbot.waitUntil(panel.buttons[action].isEnabled, timeout=20_000)


def test_an_action_is_one_step_that_can_be_undone(qtbot: QtBot, studio: Studio, panel: PluginPanel) -> None:
    steps = len(studio.session.history.steps)
    _press(qtbot, panel, "invert")
    assert _red(studio) == 245
    assert [step.kind.name for step in studio.session.history.steps[steps:]] == ["My panel"]
    assert panel.message.text() == "Inverted"
    assert panel.parameters.values() == {"n": 7}
    studio.session.undo()
    assert _red(studio) == 10


def test_an_action_is_cancelled(qtbot: QtBot, studio: Studio, panel: PluginPanel) -> None:
    before = studio.session.document
    panel.buttons["wait"].click()
    qtbot.waitUntil(lambda: panel.message.text() == "Half way", timeout=20_000)
    assert panel.progress.value() == 500
    assert not panel.buttons["wait"].isEnabled()
    panel.cancel_button.click()
    qtbot.waitUntil(panel.buttons["wait"].isEnabled, timeout=20_000)
    assert panel.message.text() == "Cancelled"
    assert studio.session.document is before


def test_a_plugin_that_fails_says_so_in_the_panel_and_takes_it_away_at_last(
    qtbot: QtBot, studio: Studio, panel: PluginPanel
) -> None:
    before, panels = studio.session.document, studio.window.plugin_panels
    _press(qtbot, panel, "broken")
    assert "The plugin Mine failed in the panel mine (broken): LookupError" in panel.message.text()
    _press(qtbot, panel, "broken")
    panel.buttons["broken"].click()
    qtbot.waitUntil(lambda: panels.panel("mine") is None, timeout=20_000)
    assert studio.session.document is before
    assert _dock(studio).isHidden()


def test_a_panel_goes_and_comes_with_its_plugin(studio: Studio, panel: PluginPanel) -> None:
    host, menus = studio.catalogue.host, studio.window.menuBar().actions()
    view = next(action.menu() for action in menus if action.text() == "&View")
    panels = next(action.menu() for action in view.actions() if action.text() == "&Panels")
    assert "My panel" in [action.text() for action in panels.actions()]
    host.disable("mine")
    studio.catalogue.announce()
    assert "My panel" not in [action.text() for action in panels.actions()]
    assert _dock(studio).isHidden()
    host.enable("mine")
    studio.catalogue.announce()
    assert "My panel" in [action.text() for action in panels.actions()]
    assert not _dock(studio).isHidden()


def test_a_locked_layer_is_refused_in_the_panel(qtbot: QtBot, studio: Studio, panel: PluginPanel) -> None:
    layer = studio.session.document.active_paint_layer
    studio.session.apply(StepKind("test", "Lock"), replace_layer(studio.session.document, layer.id, locked=True))
    _press(qtbot, panel, "invert")
    assert "is locked" in panel.message.text()
    assert _red(studio) == 10


def test_place_and_values_are_there_again_at_the_next_start(
    qtbot: QtBot, studio: Studio, panel: PluginPanel, runner: FakeRunner
) -> None:
    panel.parameters.set_values({"n": 4})
    studio.window.close()
    qtbot.waitUntil(lambda: not studio.window.isVisible())
    again = build(studio.paths, make_runner=lambda: runner, prompts=FakePrompts())
    try:
        again.runner.load()
        restored = again.window.plugin_panels.panel("mine")
        assert restored.parameters.values() == {"n": 4}
        assert not _dock(again).isHidden()
    finally:
        again.shut_down()
        again.window.deleteLater()


def test_a_settings_page_is_kept_and_read_and_goes_with_its_plugin(studio: Studio) -> None:
    dialog = studio.window.services.show_preferences()
    names = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert names[:2] == ["General", "Shortcuts"]
    assert "My page" in names
    dialog.forms["mine", "mine"].set_values({"level": 8})
    dialog.accept()
    assert studio.store.current.plugin_settings == {"mine": {"mine": {"level": 8}}}
    host = studio.catalogue.host
    assert host.page_values("mine", host.specs(SettingsPageSpec)["mine"])[0] == {"level": 8}
    dialog = studio.window.services.show_preferences()
    assert dialog.forms["mine", "mine"].values() == {"level": 8}
    assert dialog.changes() == {}
    host.disable("mine")
    studio.catalogue.announce()
    assert ("mine", "mine") not in dialog.forms
    assert dialog.stack.count() == dialog.list.count() == len(names) - 1
    host.enable("mine")
    studio.catalogue.announce()
    assert dialog.forms["mine", "mine"].values() == {"level": 8}
    dialog.reject()


def test_a_bad_stored_setting_is_told(studio: Studio) -> None:
    studio.store.update(plugin_settings={"mine": {"mine": {"level": 99}}})
    studio.catalogue.announce()
    (text,) = [text for text in studio.window.notices.texts() if "do not fit" in text]
    assert "Level" in text
    dialog = studio.window.services.show_preferences()
    assert dialog.forms["mine", "mine"].values() == {"level": 5}
    dialog.reject()


@pytest.fixture
def light(studio: Studio) -> PluginPanel:
    """The bundled panel, shown, beside a grey layer."""
    document = studio.session.document
    layer = document.active_paint_layer
    assert layer is not None
    grey = np.full((document.height, document.width, 4), (90, 90, 90, 255), np.uint8)
    studio.session.apply(StepKind("test", "Paint"), replace_layer(document, layer.id, raster=Raster.from_array(grey)))
    studio.window.findChild(QDockWidget, "dock-plugin-light_and_colour").toggleViewAction().trigger()
    found = studio.window.plugin_panels.panel("light_and_colour")
    assert found is not None
    assert found.isVisible()
    return found


def _seen(studio: Studio) -> int:
    """How bright the middle of the picture is on the canvas."""
    canvas = studio.window.canvas
    return canvas.grab().toImage().pixelColor(canvas.rect().center()).red()


def test_light_and_colour_is_seen_while_the_slider_moves(qtbot: QtBot, studio: Studio, light: PluginPanel) -> None:
    before, steps = studio.session.document, len(studio.session.history.steps)
    slider = light.parameters.widget_of("exposure").slider
    shades: list[int] = []

    def moves_on() -> bool:
        """The slider never rests; a new shade is seen all the same."""
        slider.setValue(slider.value() + 1)
        shades.append(_seen(studio))
        return len(set(shades)) >= 4

    slider.setSliderDown(True)
    qtbot.waitUntil(moves_on, timeout=20_000)
    assert studio.session.document is before
    assert len(studio.session.history.steps) == steps
    assert "preview" in light.message.text()
    light.buttons["apply"].click()
    qtbot.waitUntil(lambda: len(studio.session.history.steps) == steps + 1, timeout=20_000)
    qtbot.waitUntil(light.buttons["apply"].isEnabled, timeout=20_000)
    assert _red(studio) > 90


@pytest.mark.parametrize("end", ["hide", "edit", "select", "switch off", "undo"])
def test_a_panels_preview_goes_with_what_it_was_of(qtbot: QtBot, studio: Studio, light: PluginPanel, end: str) -> None:
    before = studio.session.document
    light.parameters.set_values({"exposure": 2.0})
    qtbot.waitUntil(lambda: _seen(studio) > 120, timeout=20_000)
    if end == "hide":
        studio.window.findChild(QDockWidget, "dock-plugin-light_and_colour").close()
    elif end == "edit":
        studio.session.apply(StepKind("test", "Rename"), replace_layer(before, before.active_id, name="Other"))
    elif end == "select":
        studio.session.select_layer(None)
    elif end == "switch off":
        studio.catalogue.host.disable("light_and_colour")
        studio.catalogue.announce()
    else:
        studio.session.undo()
        studio.session.redo()
    qtbot.waitUntil(lambda: _seen(studio) == 90, timeout=20_000)
