"""Every command of the window: within reach, documented, translated, drawn, and of some effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTranslator, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import (
    AdjustmentLayer,
    Document,
    FillLayer,
    GroupLayer,
    Label,
    PaintLayer,
    Rect,
    Ruling,
    add_layer,
    filled_mask,
    filled_raster,
    go_to_frame,
    make_timeline,
    new_document,
    replace_layer,
)
from studio.editing import timeline
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.paths import default_paths
from studio.raster.brushes.brush import Brush
from studio.ui.commands import conditions, keyframe_conditions
from studio.ui.commands.context import State
from studio.ui.commands.keyframes import keyframe_sections
from studio.ui.commands.live import LIVE_MENU
from studio.ui.commands.registry import sections
from studio.ui.commands.results import RESULTS_MENU
from studio.ui.dialogs.help_viewer import COMMANDS_PAGE, HelpViewer
from studio.ui.style.icons import icon
from studio.ui.widgets.actions import Section, conflicts, effective_shortcuts
from studio.ui.widgets.command import Command, Condition
from tests.ui.dialogs import every_dialog
from tests.ui.shell_fakes import FakePrompts, FakeRunner

PLAIN = [command for section in (*sections(), *keyframe_sections()) for command in section.commands]
"""The commands that are there without plugins, of both windows."""


def test_no_two_commands_share_an_id_or_keys() -> None:
    assert len({command.id for command in PLAIN}) == len(PLAIN)
    assert conflicts(effective_shortcuts(PLAIN, {})) == ()


def test_every_command_is_in_a_menu_or_in_the_tool_bar(studio: Studio) -> None:
    window = studio.window
    actions = [window.actions_by_id[name] for name in window.actions_by_id]
    within_reach = {action for action in actions if window.tool_bar.button_of(action) is not None}
    for entry in window.menuBar().actions():
        within_reach.update(_entries(entry))
    assert [name for name in window.actions_by_id if window.actions_by_id[name] not in within_reach] == []


def test_every_command_is_found_by_its_name_and_by_its_english_name(studio: Studio) -> None:
    search = studio.window.command_search
    search.begin()
    for command in studio.window.actions_by_id.commands:
        search.field.setText(command.plain_title)
        assert command.id in [found.id for found in search.results.found[:4]], command.id


def test_the_help_tells_of_every_command_what_it_does_and_its_keys(studio: Studio) -> None:
    viewer = studio.window.services.show_help()
    assert isinstance(viewer, HelpViewer)
    viewer.show_page(COMMANDS_PAGE)
    shown = viewer.browser.toPlainText()
    keyframes = [command for section in keyframe_sections() for command in section.commands]
    for command in (*studio.window.actions_by_id.commands, *keyframes):
        assert command.hint, command.id
        assert command.plain_title in shown, command.id
        assert command.hint in shown, command.id
    assert "Ctrl+Shift+P" in shown
    viewer.reject()


def test_every_command_and_every_reason_is_translated() -> None:
    chinese = QTranslator()
    assert chinese.load(str(default_paths().resources / "translations" / "shoreline_zh_CN.qm"))
    texts = [(command.domain, text) for command in PLAIN for text in (command.text, command.tip)]
    reasons = [*vars(conditions).values(), *vars(keyframe_conditions).values()]
    texts += [("Conditions", value.otherwise) for value in reasons if isinstance(value, Condition)]
    assert [text for domain, text in texts if not chinese.translate(domain, text)] == []


def test_every_drawing_of_a_command_is_there_and_no_button_lacks_one(studio: Studio) -> None:
    for command in PLAIN:
        if command.icon:
            icon(command.icon)
    studio.window.actions_by_id["timeline.make"].trigger()
    for make in studio.window.docks.make_rest():
        make()
    buttons = [button for button in studio.window.findChildren(QToolButton) if button.defaultAction() is not None]
    assert len(buttons) > 25
    assert [button.toolTip() for button in buttons if button.icon().isNull() and not button.text()] == []


# --- every command does something ----------------------------------------------------------------------


@pytest.fixture
def folders(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the desktop was asked to show."""
    seen: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(seen.append(url)) or True)
    return seen


def plain_picture() -> Document:
    """Two layers of pixels; the upper one is active, generated, has a mask of its own, and something is masked."""
    document = new_document(96, 64)
    upper = PaintLayer(
        name="Upper",
        raster=filled_raster(30, 20, (200, 0, 0, 255)),
        mask=filled_mask(Rect(0, 0, 9, 9)),
        settings=GenerationSettings(prompt="what made the layer").json(),
    )
    ruled = replace(add_layer(document, upper), ruling=Ruling(upright=(20,)))
    return ruled.with_generation_mask(filled_mask(Rect(4, 4, 20, 30)))


def animated() -> Document:
    frames = tuple(PaintLayer(name=name) for name in "ABC")
    document = add_layer(new_document(96, 64), GroupLayer(name="Frames", id="frames", children=frames))
    return go_to_frame(make_timeline(document, ("frames",), name="Frames", frame_name="Frame 1"), 1)


def without_mask() -> Document:
    """The lower layer is active, and no layer has a mask of its own."""
    document = plain_picture()
    return replace_layer(document, document.active_id or "", mask=None).with_active(document.layers[0].id)


def with_group() -> Document:
    return add_layer(new_document(96, 64), GroupLayer(name="Group", children=(PaintLayer(name="Leaf"),)))


def with_fill() -> Document:
    return add_layer(new_document(96, 64), FillLayer(name="Paper"))


def with_selection() -> Document:
    return plain_picture().with_selection(filled_mask(Rect(10, 10, 30, 20)))


def with_adjustment() -> Document:
    return add_layer(new_document(64, 48), AdjustmentLayer(name="Levels", label=Label.RED))


SCENES: tuple[Callable[[], Document], ...] = (
    *(plain_picture, without_mask, with_group, animated, with_fill, with_selection, with_adjustment),
)
POSSIBLE = {
    "can_undo": True,
    "can_redo": True,
    "can_reselect": True,
    "has_copied_frames": True,
    "has_several_pictures": True,
    "has_settings": True,
    "has_ended_jobs": True,
    "has_moved_edges": True,
    "is_transforming": True,
    "brush_preset": "11-oil",
}
"""What `Trial.set_scene` sees to."""
OVER = ("file.quit",)
"""Tried last."""
DRAWING = ("generate.cancel", "generate.cancel_all")
LIVE = tuple(command.id for command in LIVE_MENU.commands() if command.needs)
"""Of use while live painting is on."""
WAITING = tuple(command.id for command in RESULTS_MENU.commands())
"""Of use while results wait."""


class Trial:
    """Runs commands in one window, each in the first scene in which it is of use."""

    def __init__(self, studio: Studio, prompts: FakePrompts, folders: list[QUrl]) -> None:
        self.studio, self.window, self.prompts, self.folders = studio, studio.window, prompts, folders
        self.scenes = [make() for make in SCENES]

    def change_brush(self, command: Command) -> None:
        """Have another brush in the hand than its preset, for what needs that."""
        if command.id in ("brush.reset", "brush.overwrite"):
            self.window.docks.brushes.desk.take(str(POSSIBLE["brush_preset"]))
            self.window.docks.brushes.desk.change(Brush(scatter=2.0))

    def set_scene(self, command: Command) -> bool:
        """Whether there is one in which the command is of use."""
        window, session = self.window, self.studio.session
        document = next((scene for scene in self.scenes if command.enabled(State(document=scene, **POSSIBLE))), None)
        if document is None:
            return False
        shown = session.open_document(document, StepKind("test", "Scene"))
        for other in [one for one in session.documents if one is not shown][1:]:
            session.close(other, new_document(8, 8))  # one stays beside it, to be gone to
        made = GenerationSettings(prompt="what made the picture").json()
        session.apply(StepKind("test", "Step"), document.with_generation_mask(document.generation_mask), settings=made)
        if command.id == "generate.clear_finished":
            session.queue.cancel(session.start(GenerationSettings(width=64, height=64)).id)
        if command.id == "edit.redo":
            session.apply(StepKind("test", "Undone"), add_layer(session.document, PaintLayer(name="Undone")))
            session.undo()
        self.change_brush(command)
        if command.id == "selection.again":
            session.apply(StepKind("test", "Selected"), with_selection())
            session.apply(StepKind("test", "Deselected"), document)
        if command.id == "timeline.paste" and session.document.timeline is not None:
            window.docks.keep_frames(timeline.copy(session, window.docks.chosen_frames()))
        QGuiApplication.clipboard().setImage(icon("brush").pixmap(16, 16).toImage())
        window.canvas.reset_view()
        window.canvas.zoom_to(0.9)
        window.canvas.set_tool("zoom" if command.id == "tool.brush" else "brush")
        window.canvas.rotate_view(45.0)
        if command.id.startswith("image.") and command.id.endswith("_edges"):
            window.canvas.set_tool("canvas_edges")
            window.canvas.options.set("edges", right=16)
        if command.id == "view.reset_panels":
            window.docks.gallery.dock.show()
        if command.id.endswith("_transform"):
            window.canvas.set_tool("transform")
            QTest.keyClick(window.canvas, Qt.Key.Key_Right)
        window.actions_by_id.refresh()
        return window.actions_by_id[command.id].isEnabled()

    def has_effect(self, command: Command, qtbot: QtBot) -> bool:
        if not self.set_scene(command):
            return False
        before = self.seen()
        self.window.actions_by_id[command.id].trigger()
        changed = any(self.seen() != before or qtbot.wait(20) for _ in range(500))  # some work in the background
        self.tidy()
        return changed

    def seen(self) -> tuple[object, ...]:
        """What somebody, or the next command, could notice of it."""
        window, session = self.window, self.studio.session
        window.actions_by_id.refresh()
        checked = tuple(name for name in window.actions_by_id if window.actions_by_id[name].isChecked())
        dialogs = tuple(map(id, every_dialog._dialogs()))
        board = QGuiApplication.clipboard().image().size().toTuple()
        canvas = (window.canvas.view_transform(), window.canvas.is_mask_alone, window.canvas.tool())
        jobs = tuple((job.id, job.status) for job in session.queue.jobs)
        copied = window.docks.copied_frames
        others = tuple(widget.isVisible() for widget in (window, window.command_search, window.welcome.page))
        layers = window.docks.layers
        editing = (layers.tree.state(), layers.name_filter.isHidden(), window.docks.generate.settings())
        return (
            *(id(session.document), session.history.index, checked, dialogs, board, canvas, jobs, id(copied), others),
            *(*editing, tuple(self.prompts.asked), tuple(self.folders), window.docks.color.color().name()),
            *(window.notices.texts(), window.isFullScreen(), self.project_window_is_shown(), window.recent.paths()),
            *(window.docks.generate.prompt.prompt.text(), window.docks.brushes.desk.presets),
            QApplication.activePopupWidget() is not None,
            *(str(window.canvas.options.values(group)) for group in ("edges", "transform_place")),
            str(window.canvas.options.saved()),
        )

    def project_window_is_shown(self) -> bool:
        shown = self.window.projects._window
        return shown is not None and shown.isVisible()

    def tidy(self) -> None:
        window = self.window
        if every_dialog._dialogs():
            every_dialog.close(self.studio)
        window.command_search.leave()
        window.welcome.give_way()
        window.docks.player.stop()
        window.canvas.setFocus()
        window.canvas.show_mask_alone(False)
        if self.project_window_is_shown():
            window.projects._window.hide()
        QApplication.processEvents()


def test_every_command_does_something(
    qtbot: QtBot, studio: Studio, prompts: FakePrompts, folders: list[QUrl], runner: FakeRunner
) -> None:
    trial = Trial(studio, prompts, folders)
    studio.window.recent.add(studio.paths.data / "picture.png")
    panel = studio.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a beach", tool="text_to_image"))
    commands = {command.id: command for command in studio.window.actions_by_id.commands}
    later = (*OVER, *DRAWING, *LIVE, *WAITING)
    idle = [name for name in commands if name not in later and not trial.has_effect(commands[name], qtbot)]
    assert not idle, idle
    runner.plan = "slow"
    for name in DRAWING:
        studio.session.start(GenerationSettings(prompt="a beach", width=64, height=64))
        qtbot.waitUntil(studio.window.actions_by_id[name].isEnabled)
        studio.window.actions_by_id[name].trigger()
        qtbot.waitUntil(lambda: studio.session.queue.jobs[-1].is_over)
    studio.window.actions_by_id["file.quit"].trigger()
    qtbot.waitUntil(lambda: not studio.window.isVisible())


def test_every_command_of_live_painting_does_something(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    window, actions = studio.window, studio.window.actions_by_id
    runner.plan = "raise"
    assert [name for name in LIVE if actions[name].isEnabled()] == []
    actions["live.toggle"].trigger()
    painting = window.live.painting
    qtbot.waitUntil(lambda: painting.error is not None)
    runner.plan = "finish"
    actions["live.draw"].trigger()
    qtbot.waitUntil(lambda: painting.frame is not None)

    def seen() -> tuple[object, ...]:
        recording = painting.recording is not None
        return painting.seed, painting.strength, recording, window.live.place, studio.session.history.index

    for name in LIVE:
        if name == "live.over":
            actions["live.beside"].trigger()
        before = seen()
        assert actions[name].isEnabled(), name
        actions[name].trigger()
        assert name == "live.draw" or seen() != before, name


def test_every_command_of_results_does_something(qtbot: QtBot, studio: Studio, runner: FakeRunner) -> None:
    session, actions, viewer = studio.session, studio.window.actions_by_id, studio.window.results.viewer
    studio.store.change(results="strip")
    session.start(GenerationSettings(prompt="a beach", width=64, height=64, count=5))
    qtbot.waitUntil(lambda: session.queue.jobs[0].is_over)

    def seen() -> tuple[object, ...]:
        job = session.queue.jobs[0]
        dialogs = tuple(map(id, every_dialog._dialogs()))
        state = (viewer.shown, viewer.is_before, viewer.is_offered, job.kept, job.dropped, len(session.queue.jobs))
        return (*state, session.history.index, studio.window.docks.generate.settings(), dialogs)

    for name in WAITING:
        if session.queue.undecided(session.current.id):
            viewer.leave()
            viewer.show_picture(*session.queue.undecided(session.current.id)[-1 if name == "results.previous" else 0])
        before = seen()
        assert actions[name].isEnabled(), name
        actions[name].trigger()
        assert seen() != before, name
        every_dialog.close(studio)
    qtbot.waitUntil(lambda: all(job.is_over for job in session.queue.jobs))


def _entries(entry: QAction) -> Iterator[QAction]:
    menu = entry.menu()
    if not isinstance(menu, QMenu):
        yield entry
        return
    for action in menu.actions():
        yield from _entries(action)


# --- the search ----------------------------------------------------------------------------------------


def test_a_command_is_found_run_and_first_the_next_time(qtbot: QtBot, studio: Studio) -> None:
    window, search = studio.window, studio.window.command_search
    window.canvas.setFocus()
    window.actions_by_id["help.find"].trigger()
    assert search.isVisible()
    QTest.keyClicks(search.field, "new lay")
    assert search.results.found[0].id == "layer.add"
    before = len(studio.session.document.layers)
    QTest.keyClick(search.field, "\r")
    assert search.isHidden()
    assert len(studio.session.document.layers) == before + 1
    assert window.canvas.hasFocus(), "the keys are where they were"
    search.begin()
    assert search.results.found[0].id == "layer.add"


def test_letters_apart_and_keys_find_a_command(studio: Studio) -> None:
    search = studio.window.command_search
    search.begin()
    for typed, wanted in (
        ("flh", "image.flip_horizontal"),
        ("ctrl+shift+i", "selection.invert"),
        ("layer merge", "layer.merge_down"),
    ):
        search.field.setText(typed)
        assert search.results.found[0].id == wanted, typed
    search.field.setText("no such thing at all")
    assert search.results.found == []
    assert search.nothing.isVisible()


def test_what_is_of_no_use_now_says_why_and_is_not_run(studio: Studio) -> None:
    search = studio.window.command_search
    search.begin()
    search.field.setText("grow")
    found = search.results.found[0]
    assert (found.id, found.obstacle) == ("mask.grow", "There is no mask yet: paint one with the mask brush.")
    search.run_marked()
    assert search.isVisible()
    assert every_dialog._dialogs() == []


def test_arrows_mark_and_escape_or_a_click_beside_it_leaves(qtbot: QtBot, studio: Studio) -> None:
    window, search = studio.window, studio.window.command_search
    search.begin()
    QTest.keyClick(search.field, Qt.Key.Key_Down)
    assert search.list.currentIndex().row() == 1
    QTest.keyClick(search.field, Qt.Key.Key_Up)
    QTest.keyClick(search.field, Qt.Key.Key_Up)
    assert search.list.currentIndex().row() == search.results.rowCount() - 1
    QTest.keyClick(search.field, Qt.Key.Key_Escape)
    assert search.isHidden()
    search.begin()
    steps = len(studio.session.history.steps)
    QTest.mouseClick(search, Qt.MouseButton.LeftButton, pos=QPoint(search.width() // 2, search.height() - 60))
    assert search.isHidden()
    assert len(studio.session.history.steps) == steps, "nothing was painted"
    assert window.isVisible()


def test_chinese_and_english_names_find_a_command(chinese: Studio) -> None:
    search = chinese.window.command_search
    search.begin()
    for typed in ("水平翻转", "flip hor"):
        search.field.setText(typed)
        assert search.results.found[0].id == "image.flip_horizontal", typed


def test_filters_of_plugins_are_commands_with_keys_that_stay(qtbot: QtBot, studio: Studio) -> None:
    window = studio.window
    name = next(name for name in window.actions_by_id if name.startswith("filter."))
    window.services.apply_changes({"shortcuts": {name: "Ctrl+Alt+K"}})
    studio.catalogue.announce()
    QCoreApplication.processEvents()
    assert window.actions_by_id[name].shortcut().toString() == "Ctrl+Alt+K"
    assert window.actions_by_id[name] in window.filters.menu.actions()


def test_a_default_gives_way_to_keys_that_somebody_gave_to_another_command(studio: Studio) -> None:
    """As when a new release brings a command with keys that are in use."""
    actions = studio.window.actions_by_id
    studio.window.services.apply_changes({"shortcuts": {"layer.flatten": "Ctrl+Shift+P"}})
    assert actions["layer.flatten"].shortcut().toString() == "Ctrl+Shift+P"
    assert actions["help.find"].shortcut().isEmpty()
    page = studio.window.services.show_preferences().shortcuts
    assert page.is_valid()
    studio.window.services.apply_changes({"shortcuts": {}})
    assert actions["help.find"].shortcut().toString() == "Ctrl+Shift+P"


def test_plugins_may_come_and_go_while_somebody_searches(studio: Studio) -> None:
    search = studio.window.command_search
    search.begin()
    search.field.setText("filter")
    before = [found.id for found in search.results.found]
    assert any(name.startswith("filter.") for name in before)
    studio.window.actions_by_id.offer(Section(id="filter", title="Filter", commands=()))
    assert not any(found.id.startswith("filter.") for found in search.results.found)


def test_a_step_asks_commands_once_whether_they_are_of_use(studio: Studio) -> None:
    """Though document, history and file each tell of it."""
    asked: list[State] = []
    probe = Condition[State](lambda state: bool(asked.append(state)) or True, "")
    command = Command(id="probe.look", text="Look", tip="Look", run=lambda _context: None, needs=(probe,))
    studio.window.actions_by_id.offer(Section(id="probe", title="Probe", commands=(command,)))
    asked.clear()
    studio.session.apply(StepKind("test", "Step"), add_layer(studio.session.document, PaintLayer(name="New")))
    assert len(asked) == 1
    assert asked[0].can_undo
