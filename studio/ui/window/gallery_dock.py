"""The dock of the gallery, whose panel is made when it is first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow

from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.window.dock import bring_forward
from studio.ui.window.late_panel import LatePanel
from studio.ui.window.window_parts import WindowParts

if TYPE_CHECKING:
    from studio.files.gallery.values import GalleryEntry
    from studio.ui.panels.gallery.gallery_panel import GalleryPanel


class GalleryDock(QObject):
    """Signals: those of `GalleryPanel`, whether it is made yet or not."""

    open_requested = Signal(list)
    layers_requested = Signal(list)
    reuse_requested = Signal(object)
    message = Signal(str)

    def __init__(self, parts: WindowParts, actions: ActionTable, window: QMainWindow) -> None:
        super().__init__(window)
        self.work = parts.gallery
        self._catalogue = parts.catalogue
        self._actions = actions
        self._window = window
        self._late = LatePanel("gallery", QCoreApplication.translate("Docks", "Gallery"), self._made, window)

    @property
    def dock(self) -> QDockWidget:
        return self._late.dock

    @property
    def panel(self) -> GalleryPanel:
        """The panel, which is made now if it is not there yet."""
        return self._late.panel

    @property
    def is_made(self) -> bool:
        return self._late.is_made

    def begin_search(self) -> None:
        """Show the panel, and let a text be typed to search for; from its search field on, hide it again."""
        if self.is_made and self.panel.filters.search.hasFocus():
            self.dock.hide()
            return
        bring_forward(self.dock)
        self.panel.begin_search()

    def _made(self) -> GalleryPanel:
        from studio.ui.panels.gallery.gallery_panel import GalleryPanel

        panel = GalleryPanel(self.work, self._actions)
        panel.open_requested.connect(self.open_requested)
        panel.layers_requested.connect(self.layers_requested)
        panel.reuse_requested.connect(self.reuse_requested)
        panel.message.connect(self.message)
        panel.compare_requested.connect(self._compare)
        panel.close_requested.connect(self.dock.hide)
        return panel

    def _compare(self, one: GalleryEntry, other: GalleryEntry) -> None:
        from studio.ui.dialogs.settings_difference import SettingsDifferenceDialog, compared_picture

        first, second = compared_picture(one), compared_picture(other)
        if first is None or second is None:
            self.message.emit(self.tr("One of these pictures came without settings."))
        else:
            open_dialog(SettingsDifferenceDialog(first, second, self._name_of, self._window), is_modal=False)

    def _name_of(self, field: str, value: str) -> str:
        """What a tool or scheduler is called, by its id; any other value is its own name."""
        from studio.ui.widgets.parameter_form import plugin_text

        catalogue = self._catalogue
        names: dict[str, str] = {}
        if field == "tool":
            names = {each: spec.name for each, spec in catalogue.tools().items()}
        elif field == "scheduler":
            names = {each: spec.name for each, spec in catalogue.schedulers().items()}
        return plugin_text(names[value]) if value in names else value
