"""Installing, replacing and removing plugins in the window."""

from __future__ import annotations

import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from studio.api import FilterSpec
from studio.app import Studio, build
from studio.installation.extras import Extras, Fetching
from studio.installation.installing import EngineProgress
from studio.paths import Paths
from studio.plugin_host import PluginHost
from studio.settings import SettingsStore
from studio.ui.dialogs.plugins import PluginsDialog, source_of
from tests.ui.shell_fakes import FakeRunner

SOURCE = """
from studio.api import FilterSpec, hookimpl

def fail(pixels, parameters, cancel, report):
    raise LookupError("lost")

@hookimpl
def shoreline_filters():
    return [FilterSpec(id="mine", name="My filter", run=fail)]
"""


@pytest.fixture
def dialog(qtbot: QtBot, studio: Studio) -> Iterator[PluginsDialog]:
    shown = studio.window.services.show_plugins()
    assert isinstance(shown, PluginsDialog)
    yield shown
    qtbot.waitUntil(shown.close_button.isEnabled, timeout=20_000)
    shown.reject()
    sys.modules.pop("shoreline_plugin_mine", None)


def packed(path: Path, version: str = "1.0", source: str = SOURCE) -> Path:
    about = f'id = "mine"\nname = "Mine"\nversion = "{version}"\napi_version = 1\nauthor = "Ada"\n'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("plugin.toml", about + 'description = "Does <b>things</b>."\npermissions = ["network"]\n')
        archive.writestr("plugin.py", source)
    return path


def question(dialog: PluginsDialog) -> QMessageBox | None:
    return next((box for box in dialog.findChildren(QMessageBox) if box.isVisible()), None)


def answer(qtbot: QtBot, dialog: PluginsDialog, button: str) -> QMessageBox:
    qtbot.waitUntil(lambda: question(dialog) is not None, timeout=20_000)
    box = question(dialog)
    assert box is not None
    next(item for item in box.buttons() if item.text() == button).click()
    return box


def install(qtbot: QtBot, dialog: PluginsDialog, source: Path, button: str = "Install") -> None:
    dialog.offer(source)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        answer(qtbot, dialog, button)


def ids(dialog: PluginsDialog) -> list[str]:
    return [dialog.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(dialog.list.count())]


def test_a_plugin_is_installed_after_a_question_and_is_there_at_once(
    qtbot: QtBot, studio: Studio, dialog: PluginsDialog, tmp_path: Path
) -> None:
    dialog.offer(packed(tmp_path / "mine.zip"))
    qtbot.waitUntil(lambda: question(dialog) is not None, timeout=20_000)
    box = question(dialog)
    assert box is not None
    assert box.text() == "Install Mine 1.0?"
    for words in ("By Ada", "uses: network", "all rights of the program"):
        assert words in box.informativeText()
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        answer(qtbot, dialog, "Install")
    assert dialog.title.text() == "Mine 1.0"
    assert "Filter: My filter" in dialog.facts.text()
    assert "mine" in studio.catalogue.specs(FilterSpec)
    assert "My filter…" in [action.text() for action in studio.window.filters.menu.actions()]


def test_the_button_asks_for_the_file_in_the_dialog_that_all_others_use(
    qtbot: QtBot, studio: Studio, dialog: PluginsDialog, tmp_path: Path
) -> None:
    archive = packed(tmp_path / "mine.zip")
    dialog.install_button.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    assert chooser.viewMode() is QFileDialog.ViewMode.Detail
    size = (chooser.width(), chooser.height())
    chooser.selectFile(str(archive))
    chooser.done(QFileDialog.DialogCode.Accepted)
    answer(qtbot, dialog, "Cancel")
    assert studio.store.current.file_dialog.size == size


def test_no_means_no(qtbot: QtBot, studio: Studio, dialog: PluginsDialog, tmp_path: Path) -> None:
    dialog.offer(packed(tmp_path / "mine.zip"))
    answer(qtbot, dialog, "Cancel")
    assert "mine" not in ids(dialog)
    assert not studio.paths.user_plugins.exists()


def test_a_newer_version_replaces_the_old_one_and_removal_deletes_it(
    qtbot: QtBot, studio: Studio, dialog: PluginsDialog, tmp_path: Path
) -> None:
    install(qtbot, dialog, packed(tmp_path / "one.zip"))
    install(qtbot, dialog, packed(tmp_path / "two.zip", "2.0"), "Replace")
    assert dialog.title.text() == "Mine 2.0"
    qtbot.waitUntil(dialog.remove_button.isEnabled, timeout=20_000)
    dialog.remove_button.click()
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        answer(qtbot, dialog, "Remove")
    assert "mine" not in ids(dialog)
    assert not (studio.paths.user_plugins / "mine").exists()
    assert "mine" not in studio.catalogue.specs(FilterSpec)


def test_what_ships_cannot_be_removed(qtbot: QtBot, dialog: PluginsDialog) -> None:
    qtbot.waitUntil(dialog.install_button.isEnabled)
    dialog.list.setCurrentRow(ids(dialog).index("inpaint"))
    assert not dialog.remove_button.isEnabled()


def test_a_refusal_is_said_where_it_was_asked_for(qtbot: QtBot, dialog: PluginsDialog, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as archive:
        archive.writestr("../evil.py", "x")
    dialog.offer(tmp_path / "evil.zip")
    qtbot.waitUntil(lambda: "unsafe name" in dialog.status.text(), timeout=20_000)
    assert question(dialog) is None


def test_the_last_error_is_shown_and_the_switch_is_kept(
    qtbot: QtBot, studio: Studio, dialog: PluginsDialog, tmp_path: Path
) -> None:
    install(qtbot, dialog, packed(tmp_path / "mine.zip", source="raise LookupError('lost')"))
    assert "LookupError: lost" in dialog.problem.text()
    assert not dialog.last_error.isHidden()
    assert "Traceback" in dialog.trace.text()
    assert not dialog.enabled_box.isChecked()
    (studio.paths.user_plugins / "mine" / "plugin.py").write_text(SOURCE)
    qtbot.waitUntil(dialog.enabled_box.isEnabled)
    for status in ("enabled", "disabled"):
        with qtbot.waitSignal(dialog.changed, timeout=20_000):
            dialog.enabled_box.click()
        assert studio.catalogue.host.state("mine").status == status
        qtbot.waitUntil(dialog.enabled_box.isEnabled)
    assert dialog.last_error.isHidden()
    assert "mine" in SettingsStore(studio.paths.config / "settings.json").current.disabled_plugins


def test_a_manifest_stands_for_its_folder() -> None:
    assert source_of(Path("work") / "mine" / "plugin.toml") == Path("work") / "mine"
    assert source_of(Path("mine.zip")) == Path("mine.zip")


def test_one_that_failed_before_says_so_and_can_be_tried_again(
    qtbot: QtBot, studio: Studio, paths: Paths, runner: FakeRunner
) -> None:
    folder = studio.paths.user_plugins / "mine"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(packed(folder.parent / "mine.zip", source="raise LookupError('lost')")) as archive:
        archive.extractall(folder)
    PluginHost.load(paths, entry_points=False)
    host = PluginHost.load(paths, entry_points=False)
    dialog = PluginsDialog(host, paths, studio.store, studio.window)
    dialog.show()
    dialog.list.setCurrentRow(ids(dialog).index("inpaint"))
    assert not dialog.again_button.isVisible()
    dialog.list.setCurrentRow(ids(dialog).index("mine"))
    assert dialog.again_button.isVisible()
    assert "was not imported at this start" in dialog.facts.text()
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        dialog.again_button.click()
    assert "was not imported at this start" not in dialog.facts.text()
    assert "LookupError: lost" in dialog.problem.text()
    (folder / "plugin.py").write_text(SOURCE, "utf-8")
    qtbot.waitUntil(dialog.again_button.isEnabled, timeout=20_000)
    with qtbot.waitSignal(dialog.changed, timeout=20_000):
        dialog.again_button.click()
    assert host.state("mine").status == "enabled"
    assert not dialog.again_button.isVisible()
    qtbot.waitUntil(dialog.install_button.isEnabled, timeout=20_000)
    dialog.reject()
    dialog.deleteLater()
    sys.modules.pop("shoreline_plugin_mine", None)


def test_the_dialog_closes_at_once_while_a_plugin_hangs_and_still_tells(
    qtbot: QtBot, studio: Studio, tmp_path: Path
) -> None:
    dialog = studio.window.services.show_plugins()
    assert isinstance(dialog, PluginsDialog)
    source = "import sys, threading\nsys.modules.setdefault('free_of_dialog', threading.Event()).wait(60)\n" + SOURCE
    free = sys.modules.setdefault("free_of_dialog", threading.Event())  # type: ignore[arg-type]
    told: list[set[str]] = []
    dialog.changed.connect(told.append)
    dialog.offer(packed(tmp_path / "mine.zip", source=source))
    answer(qtbot, dialog, "Install")
    qtbot.waitUntil(lambda: not dialog.install_button.isEnabled())
    dialog.close_button.click()
    assert not dialog.isVisible()
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        free.set()  # type: ignore[attr-defined]
    assert told == [set()]
    assert "mine" in studio.catalogue.specs(FilterSpec)
    for name in ("free_of_dialog", "shoreline_plugin_mine"):
        sys.modules.pop(name, None)


def test_plugins_are_loaded_behind_the_window(qtbot: QtBot, paths: Paths, runner: FakeRunner) -> None:
    folder = paths.user_plugins / "mine"
    folder.mkdir(parents=True)
    source = "import sys\nsys.modules['free_of_window'].wait(60)\n" + SOURCE
    with zipfile.ZipFile(packed(folder.parent / "mine.zip", source=source)) as archive:
        archive.extractall(folder)
    free = threading.Event()
    sys.modules["free_of_window"] = free  # type: ignore[assignment]
    studio = build(paths, make_runner=lambda: runner)
    studio.window.show()
    studio.start()
    qtbot.waitUntil(lambda: len(studio.window.filters.menu.actions()) > 3, timeout=20_000)
    assert not studio.runner.join(0)
    assert "inpaint" in studio.catalogue.tools()
    assert "mine" not in studio.catalogue.specs(FilterSpec)
    free.set()
    texts = lambda: [action.text() for action in studio.window.filters.menu.actions()]  # noqa: E731
    qtbot.waitUntil(lambda: "My filter…" in texts(), timeout=20_000)
    assert studio.shut_down(20)
    studio.window.recovery.close()
    studio.window.deleteLater()
    del sys.modules["free_of_window"]
    sys.modules.pop("shoreline_plugin_mine", None)


def test_libraries_that_a_plugin_lacks_are_named_and_fetched_at_the_press_of_a_button(
    qtbot: QtBot, paths: Paths, studio: Studio, dialog: PluginsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = paths.user_plugins / "mine"
    packed_in = 'id = "mine"\nname = "Mine"\nversion = "1.0"\napi_version = 1\nrequires = ["no-such-library>=2"]\n'
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text(packed_in, "utf-8")
    (folder / "plugin.py").write_text(SOURCE, "utf-8")
    host = studio.catalogue.host
    assert host is not None
    host.add(folder)
    dialog.refresh()
    dialog.list.setCurrentRow(ids(dialog).index("mine"))
    assert "no-such-library>=2" in dialog.libraries.text.text()
    assert dialog.libraries.button.isVisible()
    assert dialog.list.currentItem().toolTip() == "Off: it needs no-such-library>=2"
    assert not dialog.problem.isVisible(), "it is said once, beside the button"
    assert "rule" not in dialog.facts.text()
    asked: list[tuple[str, tuple[str, ...]]] = []
    go_on = threading.Event()

    def fetch(_extras: Extras, plugin_id: str, requirements: tuple[str, ...], how: Fetching) -> None:
        asked.append((plugin_id, requirements))
        how.report(EngineProgress(stage="fetching", done=3 * 1024**2))
        go_on.wait(20)
        how.cancel.raise_if_cancelled()

    monkeypatch.setattr(Extras, "install", fetch)
    dialog.libraries.button.click()
    qtbot.waitUntil(lambda: "3 MB" in dialog.libraries.text.text(), timeout=20_000)
    assert not dialog.libraries.button.isVisible()
    assert dialog.libraries.stop.isVisible()
    dialog.libraries.stop.click()
    go_on.set()
    qtbot.waitUntil(dialog.libraries.button.isVisible, timeout=20_000)
    assert asked == [("mine", ("no-such-library>=2",))]
    assert dialog.status.text() == "Cancelled."
    dialog.list.setCurrentRow(0)
    assert not dialog.libraries.isVisible()
