"""What a person chose is there again at the next start."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.commands.registry import sections
from studio.ui.dialogs.plugins import PluginsDialog
from studio.ui.dialogs.preferences import PreferencesDialog
from studio.ui.dialogs.shortcuts import ShortcutsPage
from studio.ui.style.theme import current_theme
from tests.ui.shell_fakes import FakePrompts, FakeRunner


def restarted(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> Studio:
    """Close the window as a person does, and start again with the same folders."""
    studio.window.close()
    qtbot.waitUntil(lambda: not studio.window.isVisible())
    return build(studio.paths, make_runner=lambda: runner, prompts=FakePrompts())


@pytest.fixture
def dialog(studio: Studio) -> PreferencesDialog:
    return studio.window.services.show_preferences()


def test_the_rows_of_the_pages_lie_below_each_other_before_plugins_have_theirs(
    studio: Studio, dialog: PreferencesDialog
) -> None:
    dialog.show_engine()
    dialog.grab()
    rows = [dialog.list.visualItemRect(dialog.list.item(row)) for row in range(dialog.list.count())]
    assert len(rows) >= 3
    assert all(above.bottom() < below.top() for above, below in pairwise(rows))


def test_settings_persist_over_a_restart(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    window = studio.window
    window.canvas.options.set("brush", diameter=99)
    window.docks.colors.choose(QColor(1, 2, 3))
    panel = window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a city at night", steps=33))
    window.services.apply_changes({"theme": "light", "shortcuts": {"tool.brush": "P"}})
    window.resize(window.width(), 750)
    _dock(studio, "dock-history").close()
    again = restarted(qtbot, studio, runner)
    try:
        assert again.window.canvas.options.values("brush")["diameter"] == 99
        assert again.window.docks.color.color() == QColor(1, 2, 3)
        settings = again.window.docks.generate.settings()
        assert (settings.prompt, settings.steps) == ("a city at night", 33)
        assert current_theme().name == "light"
        assert again.window.actions_by_id["tool.brush"].shortcut() == QKeySequence("P")
        assert again.window.height() == 750
        assert _dock(again, "dock-history").isHidden()
        assert not _dock(again, "dock-queue").isHidden()
    finally:
        again.shut_down()
        again.window.deleteLater()


def test_a_damaged_settings_file_is_told_and_kept(qtbot: QtBot, paths: Paths, runner: FakeRunner) -> None:
    paths.config.mkdir(parents=True)
    (paths.config / "settings.json").write_text("{broken")
    made = build(paths, make_runner=lambda: runner)
    try:
        assert any("settings.json" in text for text in made.window.notices.texts())
        assert (paths.config / "settings.damaged.json").read_text() == "{broken"
    finally:
        made.shut_down()
        made.window.deleteLater()


def test_the_theme_switches_at_once(studio: Studio, dialog: PreferencesDialog) -> None:
    assert current_theme().name == "dark"
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
    dialog.accept()
    assert current_theme().name == "light"
    assert studio.store.current.theme == "light"
    assert not studio.window.actions_by_id["view.dark"].isChecked()
    studio.window.actions_by_id["view.dark"].trigger()
    assert current_theme().name == "dark"


def test_another_language_is_announced_for_the_next_start(studio: Studio, dialog: PreferencesDialog) -> None:
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    dialog.accept()
    assert studio.store.current.language == "zh_CN"
    assert any("next start" in text for text in studio.window.notices.texts())


def test_less_memory_forgets_the_oldest_steps(studio: Studio, dialog: PreferencesDialog) -> None:
    dialog.memory.setValue(64)
    dialog.accept()
    assert studio.session.history.budget == 64 * 1024**2


def test_cancelled_preferences_change_nothing(studio: Studio, dialog: PreferencesDialog) -> None:
    dialog.theme.setCurrentIndex(dialog.theme.findData("light"))
    dialog.reject()
    assert studio.store.current.theme == "dark"


def test_a_shortcut_is_changed_by_pressing_it(qtbot: QtBot, studio: Studio, dialog: PreferencesDialog) -> None:
    page = dialog.shortcuts
    _choose(page, "layer.flatten")
    qtbot.keyClick(page.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.changed() == {"layer.flatten": "Ctrl+Alt+F"})
    dialog.accept()
    assert studio.window.actions_by_id["layer.flatten"].shortcut() == QKeySequence("Ctrl+Alt+F")
    assert studio.store.current.shortcuts == {"layer.flatten": "Ctrl+Alt+F"}


def test_two_actions_cannot_have_the_same_keys(studio: Studio, dialog: PreferencesDialog) -> None:
    page = dialog.shortcuts
    page.set_keys("layer.flatten", "Ctrl+S")
    accept = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert not accept.isEnabled()
    assert "Flatten Picture" in page.problem.text()
    assert "Save" in page.problem.text()
    page.set_keys("file.save", "Ctrl+Alt+S")
    assert accept.isEnabled()
    page.reset_all_button.click()
    assert page.changed() == {}


def test_one_button_takes_keys_from_the_action_that_had_them(
    qtbot: QtBot, studio: Studio, dialog: PreferencesDialog
) -> None:
    page = dialog.shortcuts
    dialog.list.setCurrentRow(dialog.list.row(dialog.list.findItems("Shortcuts", Qt.MatchFlag.MatchExactly)[0]))
    assert page.take_button.isHidden()
    _choose(page, "layer.flatten")
    qtbot.keyClick(page.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.take_button.isVisible()
    assert page.take_button.text() == "Take It from “Save”"
    qtbot.mouseClick(page.take_button, Qt.MouseButton.LeftButton)
    assert page.take_button.isHidden()
    assert page.changed() == {"layer.flatten": "Ctrl+S", "file.save": ""}
    dialog.accept()
    assert studio.window.actions_by_id["layer.flatten"].shortcut() == QKeySequence("Ctrl+S")
    assert studio.window.actions_by_id["file.save"].shortcut().isEmpty()


def test_keys_go_to_whom_they_were_given_last_in_either_order(qtbot: QtBot) -> None:
    page = ShortcutsPage(sections(), {})
    qtbot.addWidget(page)
    page.set_keys("file.save", "Ctrl+E")  # the one that has them stands below
    page.take()
    assert page.changed() == {"file.save": "Ctrl+E", "layer.merge_down": ""}
    page.set_keys("tool.zoom", "Ctrl+N")  # and here above
    page.take()
    assert page.changed() == {"file.save": "Ctrl+E", "layer.merge_down": "", "tool.zoom": "Ctrl+N", "file.new": ""}
    assert page.is_valid()


def test_keys_of_plugins_that_are_off_are_kept(qtbot: QtBot) -> None:
    page = ShortcutsPage(sections(), {"filter.mine": "Ctrl+Alt+F9"})
    qtbot.addWidget(page)
    page.set_keys("tool.zoom", "F7")
    assert page.changed() == {"filter.mine": "Ctrl+Alt+F9", "tool.zoom": "F7"}


def test_actions_are_found_by_name(qtbot: QtBot) -> None:
    page = ShortcutsPage(sections(), {})
    qtbot.addWidget(page)
    page.filter.setText("flatten")
    shown = [page.tree.topLevelItem(row) for row in range(page.tree.topLevelItemCount())]
    assert [item.text(0) for item in shown if not item.isHidden()] == ["Flatten Picture"]


def test_a_plugin_is_switched_off_and_stays_off(qtbot: QtBot, studio: Studio) -> None:
    dialog = studio.window.services.show_plugins()
    assert isinstance(dialog, PluginsDialog)
    _choose_plugin(dialog, "inpaint")
    with qtbot.waitSignal(dialog.changed):
        dialog.enabled_box.click()
    assert "inpaint" not in studio.catalogue.tools()
    assert "inpaint" in studio.store.current.disabled_plugins
    assert "inpaint" in SettingsStore(studio.paths.config / "settings.json").current.disabled_plugins
    with qtbot.waitSignal(dialog.changed):
        dialog.enabled_box.click()
    assert "inpaint" in studio.catalogue.tools()
    qtbot.waitUntil(dialog.close_button.isEnabled)
    dialog.reject()


def _dock(studio: Studio, name: str) -> QDockWidget:
    return studio.window.findChild(QDockWidget, name)


def _choose(page: ShortcutsPage, action_id: str) -> None:
    for row in range(page.tree.topLevelItemCount()):
        item = page.tree.topLevelItem(row)
        if item.data(0, Qt.ItemDataRole.UserRole) == action_id:
            page.tree.setCurrentItem(item)


def _choose_plugin(dialog: PluginsDialog, plugin_id: str) -> None:
    for row in range(dialog.list.count()):
        if dialog.list.item(row).data(Qt.ItemDataRole.UserRole) == plugin_id:
            dialog.list.setCurrentRow(row)


def test_settings_that_cannot_be_saved_are_told_and_count_all_the_same(studio: Studio, paths: Paths) -> None:
    shutil.rmtree(paths.config, ignore_errors=True)
    paths.config.write_text("in the way", encoding="utf-8")
    studio.window.actions_by_id["view.dark"].trigger()
    assert studio.store.current.theme == "light"
    assert any("settings.json" in text and "disk space" in text for text in studio.window.notices.texts())
