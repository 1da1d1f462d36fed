"""A theme that is switched while the program runs looks as if it had been there from the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio, build
from studio.errors import SettingError
from studio.history import StepKind
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.ui.dialogs.help_viewer import HelpViewer
from studio.ui.style.icons import icon
from studio.ui.style.theme import DARK, LIGHT, apply_theme, current_theme, resolved_theme
from studio.ui.widgets.icon_label import IconLabel
from tests.ui.dialogs import every_dialog
from tests.ui.shell_fakes import FakePrompts, FakeRunner

OTHER = {"dark": "light", "light": "dark"}


@pytest.fixture(autouse=True)
def dark_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, "dark")


@pytest.fixture
def make_studio(qtbot: QtBot, paths: Paths) -> Iterator[Callable[[str], Studio]]:
    made: list[Studio] = []

    def make(theme: str) -> Studio:
        store = SettingsStore(paths.config / f"{theme}.json")
        store.update(theme=theme)
        studio = build(paths, store, make_runner=FakeRunner, prompts=FakePrompts())
        made.append(studio)
        studio.runner.load()
        window = studio.window
        window.resize(1200, 800)
        window.show()
        every_dialog.with_mask(studio)
        window.actions_by_id["timeline.make"].trigger()
        window.notices.show_notice("A notice.", key="a")
        window.notices.show_notice("A warning.", "warning", key="b")
        window.notices.show_error(SettingError("An error.", "Do something."), key="c")
        return studio

    yield make
    for studio in made:
        every_dialog.close(studio)
        assert studio.shut_down(20)
        studio.window.deleteLater()


def settle() -> None:
    QApplication.setCursorFlashTime(0)
    for _ in range(6):
        QApplication.processEvents()


def picture(widget: QWidget) -> QImage:
    settle()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def difference(one: QImage, other: QImage) -> str:
    """Where two pictures differ, for the message of a failed test; "" where they are equal."""
    if one == other:
        return ""
    if one.size() != other.size():
        return f"sizes {one.size()} and {other.size()}"
    rows = [y for y in range(one.height()) if one.copy(0, y, one.width(), 1) != other.copy(0, y, one.width(), 1)]
    columns = [x for x in range(one.width()) if one.copy(x, 0, 1, one.height()) != other.copy(x, 0, 1, one.height())]
    return f"columns {columns[0]}-{columns[-1]}, rows {rows[0]}-{rows[-1]}"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_window(make_studio: Callable[[str], Studio], theme: str) -> None:
    switched = make_studio(OTHER[theme])
    tools = ("mask_brush", "fill")
    for tool in tools:
        switched.window.canvas.set_tool(tool)
        picture(switched.window)
    switched.window.services.apply_changes({"theme": theme})
    after = {tool: picture_with(switched, tool) for tool in tools}
    fresh = make_studio(theme)
    for tool in tools:
        assert difference(after[tool], picture_with(fresh, tool)) == ""


def picture_with(studio: Studio, tool: str) -> QImage:
    studio.window.canvas.set_tool(tool)
    return picture(studio.window)


def test_every_menu_and_every_dialog(make_studio: Callable[[str], Studio], qapp: QApplication) -> None:
    """A dialog that is open when the theme is switched looks like one that is opened then."""
    studio = make_studio("dark")
    menus = studio.window.menuBar().findChildren(QMenu)
    dark = [picture(menu) for menu in menus]
    document = studio.session.document
    # The stroke of the brush editor is drawn a moment after it opens, by a timer.
    openers = {name: open_it for name, open_it in every_dialog.OPENERS.items() if name != "brush.edit"}
    dialogs = {name: opened_still(studio, open_it) for name, open_it in openers.items()}
    for dialog in dialogs.values():
        picture(dialog)
    apply_theme(qapp, "light")
    switched = {name: picture(dialog) for name, dialog in dialogs.items()}
    every_dialog.close(studio)
    studio.session.apply(StepKind("test", "As before"), document)  # some that are open side by side leave their layer
    fresh = {name: opened_still(studio, open_it) for name, open_it in openers.items()}
    for name, dialog in fresh.items():
        assert difference(switched[name], picture(dialog)) == "", name
    for menu, before in zip(menus, dark, strict=True):
        after = picture(menu)
        assert after != before, menu.title()
        # of some menus nothing can be done now
        assert _has(after, QColor(LIGHT.text)) or _has(after, QColor(LIGHT.text_disabled)), menu.title()
        assert not _has(after, QColor(DARK.text)), menu.title()


def test_links_of_the_help_follow_and_the_page_stays_where_it_was(
    make_studio: Callable[[str], Studio], qapp: QApplication
) -> None:
    studio = make_studio("dark")
    viewer = every_dialog.opened(studio, every_dialog.OPENERS["help.contents"])
    assert isinstance(viewer, HelpViewer)
    bar = viewer.browser.verticalScrollBar()
    settle()
    bar.setValue(bar.maximum())
    assert _has(picture(viewer.browser), QColor(DARK.accent))
    apply_theme(qapp, "light")
    after = picture(viewer.browser)
    assert bar.value() == bar.maximum() > 0
    assert _has(after, QColor(LIGHT.accent))
    assert not _has(after, QColor(DARK.accent))


def opened_still(studio: Studio, open_it: every_dialog.Opener) -> QWidget:
    """An open dialog in which nothing begins by itself."""
    dialog = every_dialog.opened(studio, open_it)
    for timer in dialog.findChildren(QTimer):
        timer.stop()
    for button in dialog.findChildren(QToolButton, "backButton"):
        button.setEnabled(False)  # Qt remembers where it was
    return dialog


def _has(image: QImage, color: QColor) -> bool:
    return any(image.pixelColor(x, y) == color for x in range(0, image.width()) for y in range(0, image.height(), 2))


def test_an_icon_on_a_label_follows_theme_and_state(qtbot: QtBot, qapp: QApplication) -> None:
    label = IconLabel(icon("brush"))
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert label.sizeHint() == QSize(16, 16)
    inks = []
    for theme in (DARK, LIGHT):
        apply_theme(qapp, theme.name)
        for enabled in (True, False):
            label.setEnabled(enabled)
            shown = picture(label)
            assert _has(shown, QColor(theme.text if enabled else theme.text_disabled)), (theme.name, enabled)
            inks.append(shown)
    assert all(one != other for number, one in enumerate(inks) for other in inks[:number])


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0, 3.0])
def test_icons_are_drawn_at_the_pixels_of_the_screen(qapp: QApplication, scale: float) -> None:
    side = round(16 * scale)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icon("brush").paint(painter, 0, 0, 16, 16)
    painter.end()
    image.setDevicePixelRatio(1.0)
    whole = icon("brush").pixmap(QSize(side, side)).toImage().convertToFormat(image.format())
    assert image == whole
    assert icon("brush").pixmap(QSize(16, 16), scale, QIcon.Mode.Disabled).toImage().size() == QSize(side, side)


def test_the_theme_of_the_system_is_followed(make_studio: Callable[[str], Studio], qapp: QApplication) -> None:
    studio = make_studio("light")
    hints = qapp.styleHints()
    studio.window.services.apply_changes({"theme": "system"})
    assert current_theme().name == resolved_theme("system")
    for scheme, name in ((Qt.ColorScheme.Light, "light"), (Qt.ColorScheme.Dark, "dark")):
        hints.colorSchemeChanged.emit(scheme)
        assert current_theme().name == name
        assert studio.window.actions_by_id["view.dark"].isChecked() is (name == "dark")
    studio.window.services.apply_changes({"theme": "dark"})
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert current_theme().name == "dark", "the system's is followed only where that was chosen"
