"""The plugins that were found: what each adds, what is wrong with it, a switch, and ways in and out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.installation.extras import Extras
from studio.paths import Paths
from studio.plugin_host import MANIFEST_NAME, PluginHost, PluginState
from studio.plugin_host.install import Offer, PluginInstaller
from studio.plugin_host.states import Status
from studio.settings import SettingsStore
from studio.ui.background.background import Background
from studio.ui.background.engine_installation import was_cancelled
from studio.ui.dialogs.plugin_libraries import PluginLibraries, libraries_text
from studio.ui.dialogs.prompts import WindowPrompts
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.collapsible import CollapsibleSection
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.parameter_form import plugin_text
from studio.ui.widgets.wrapped_label import wrapped_label

_ID = Qt.ItemDataRole.UserRole
_ICONS: Final[Mapping[Status, tuple[str, str]]] = {
    "enabled": ("plugin", "accent"),
    "disabled": ("eye-off", "text_muted"),
    "lacking": ("warning", "warning"),
    "refused": ("warning", "warning"),
    "failed": ("error", "danger"),
}
"""Icon and colour for how a plugin stands."""


class PluginsDialog(QDialog):
    """Switches, installs and removes plugins in the background; closed while that goes on, it is gone when it ends.

    Signal: ``changed(set)`` with the ids of all disabled plugins, after any of it.
    """

    changed = Signal(object)

    def __init__(self, host: PluginHost, paths: Paths, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Plugins"))
        self._host = host
        self._prompts = WindowPrompts(self, store)
        self._installer = PluginInstaller(host, paths.user_plugins, Extras(paths.engines))
        self._tasks = Background("plugins", self)
        self.list = QListWidget()
        self.list.setFixedWidth(56 * GRID)
        self.list.setAccessibleName(self.tr("Plugins"))
        self.title = wrapped_label(role="title")
        self.enabled_box = QCheckBox(self.tr("Enabled"))
        self.again_button = QPushButton(icon("refresh"), self.tr("Try again"))
        self.again_button.setToolTip(self.tr("Import this plugin now, although it failed before"))
        self.libraries = PluginLibraries()
        self.problem = wrapped_label(role="danger", selectable=True)
        self.facts, self.trace = wrapped_label(selectable=True), wrapped_label(selectable=True)
        self.status = wrapped_label(role="muted", selectable=True)
        self.last_error = CollapsibleSection(self.tr("Last error"))
        self.last_error.body.addWidget(self.trace)
        self.install_button = QPushButton(icon("plus"), self.tr("Install…"))
        self.install_button.setToolTip(self.tr("Add a plugin from a .zip, a wheel or the plugin.toml of its folder"))
        self.remove_button = QPushButton(icon("trash"), self.tr("Remove"))
        self.remove_button.setToolTip(self.tr("Delete this plugin's folder. Only plugins that you installed"))
        for button in (self.install_button, self.remove_button, self.again_button):
            button.setAutoDefault(False)
        self._arrange()
        self._fill()
        self.list.currentItemChanged.connect(self._show_current)
        self.enabled_box.clicked.connect(self._switch)
        self.again_button.clicked.connect(lambda: self._switch(True))
        self.install_button.clicked.connect(self._choose_file)
        self.remove_button.clicked.connect(self._ask_removal)
        self.libraries.wanted.connect(self._fetch_libraries)
        self._tasks.busy_changed.connect(self._show_busy)
        self.list.setCurrentRow(0)
        self.resize(760, 480)

    def offer(self, source: Path) -> None:
        """Look at a plugin's folder, .zip or wheel, and ask whether to install it."""
        self._tasks.run(lambda: self._installer.examine(source), self._ask_installation, self._show_error)

    def install(self, offer: Offer) -> None:
        """Install a plugin that was looked at."""
        replaces = offer.replaces is not None
        how = self.libraries.begin() if offer.missing else None
        self._tasks.run(
            lambda: self._installer.install(offer.source, replace=replaces, how=how), self._installed, self._show_error
        )

    def _fetch_libraries(self) -> None:
        plugin_id, how = self._current_id(), self.libraries.begin()
        fetch = self._installer.fetch_libraries
        self._tasks.run(lambda: fetch(plugin_id, how), self._installed, self._show_error)

    def _installed(self, state: PluginState) -> None:
        self._changed(state.id)
        if self._installer.needs_new_start:
            self.status.setText(self.tr("Libraries in use were replaced: they work from the next start on."))

    def remove(self, plugin_id: str) -> None:
        """Delete a plugin that was installed."""
        self._tasks.run(lambda: self._installer.remove(plugin_id), lambda _: self._changed(""), self._show_error)

    def refresh(self) -> None:
        """Plugins came or went elsewhere: show them, with the same one chosen."""
        if not self._tasks.is_busy:
            self._show_anew(self._current_id())

    def done(self, code: int) -> None:
        if self._tasks.is_busy:
            self.hide()  # what goes on still ends, and `changed` tells it
            return
        self._tasks.close()
        super().done(code)

    def _arrange(self) -> None:
        details = QWidget()
        texts = QVBoxLayout(details)
        texts.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        texts.setSpacing(2 * GRID)
        for widget in (self.title, self.enabled_box, self.problem, self.libraries, self.facts, self.last_error):
            texts.addWidget(widget)
        texts.insertWidget(texts.indexOf(self.facts), self.again_button, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(details)
        row = QHBoxLayout()
        row.addWidget(self.list)
        row.addWidget(area, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.setSpacing(2 * GRID)
        bottom.addWidget(self.install_button)
        bottom.addWidget(self.remove_button)
        bottom.addWidget(self.status, 1)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.addLayout(row, 1)
        column.addLayout(bottom)

    def _fill(self) -> None:
        self.list.clear()
        for state in self._host.states():
            item = QListWidgetItem(plugin_text(state.name))
            item.setData(_ID, state.id)
            self.list.addItem(item)
            self._mark(item, state)

    def _mark(self, item: QListWidgetItem, state: PluginState) -> None:
        item.setIcon(icon(*_ICONS[state.status]))
        item.setToolTip(self._status_text(state))

    def _show_current(self, item: QListWidgetItem | None) -> None:
        states = {state.id: state for state in self._host.states()}
        state = None if item is None else states.get(str(item.data(_ID)))
        if state is None:  # removed in this very moment
            return
        self.title.setText(f"{plugin_text(state.name)} {state.version}".strip())
        self.enabled_box.setChecked(state.status == "enabled")
        self.again_button.setVisible(state.status in ("lacking", "refused", "failed"))
        self.problem.setText(state.problem)
        # What it lacks is said, with the button that fetches it, by the libraries.
        self.problem.setVisible(bool(state.problem) and not state.missing)
        self.libraries.show_missing(state.missing)
        self.facts.setText(self._facts_text(state))
        self.trace.setText(state.details)
        self.last_error.setVisible(bool(state.details))
        self.remove_button.setEnabled(self._installer.may_remove(state))

    def _facts_text(self, state: PluginState) -> str:
        parts = [plugin_text(state.description)]
        if state.status != "enabled" and not state.missing:
            parts.append(self._status_text(state))
        if state.is_remembered:
            parts.append(
                self.tr("That was in an earlier run. It has not changed since, so it was not imported at this start.")
            )
        if state.author:
            parts.append(self.tr("By {author}").format(author=state.author))
        if state.adds:
            parts.append(self.tr("It adds:") + "".join(f"\n  • {self._added(item)}" for item in state.adds))
        for text, values in (
            (self.tr("It says that it uses: {names}"), (*state.permissions, *state.uses)),
            (self.tr("It needs: {names}"), state.needs),
            (self.tr("Python packages that it needs: {names}"), state.requires),
        ):
            if values:
                parts.append(text.format(names=", ".join(values)))
        parts.append(self.tr("Identifier: {id}").format(id=state.id))
        if state.path is not None:
            parts.append(self.tr("Folder: {path}").format(path=state.path))
        return "\n\n".join(part for part in parts if part)

    def _added(self, label: str) -> str:
        """What people call a contribution that the host calls by its kind and id, such as "tool inpaint"."""
        added = self._host.contributions().get(label)
        if added is None:
            return label
        return plugin_text(added.kind.label).format(name=plugin_text(added.spec.name))

    def _status_text(self, state: PluginState) -> str:
        if state.missing:
            return self.tr("Off: it needs {names}").format(names=", ".join(state.missing))
        return {
            "enabled": self.tr("Enabled"),
            "disabled": self.tr("Disabled by you"),
            "lacking": self.tr("Off: something that it needs is not here"),
            "refused": self.tr("Refused: it breaks a rule for plugins"),
            "failed": self.tr("Stopped: it failed"),
        }[state.status]

    def _switch(self, is_on: bool) -> None:
        plugin_id = self._current_id()
        change = self._host.enable if is_on else self._host.disable
        self._tasks.run(lambda: change(plugin_id), lambda state: self._changed(state.id), self._show_error)

    def _changed(self, plugin_id: str) -> None:
        """Show the plugins anew, with ``plugin_id`` chosen, and tell."""
        self.status.clear()
        self._show_anew(plugin_id)
        self.changed.emit({state.id for state in self._host.states() if state.status == "disabled"})

    def _show_anew(self, plugin_id: str) -> None:
        self._fill()
        ids = [str(self.list.item(row).data(_ID)) for row in range(self.list.count())]
        self.list.setCurrentRow(ids.index(plugin_id) if plugin_id in ids else 0)

    def _choose_file(self) -> None:
        kinds = self.tr("Plugins") + " (*.zip *.whl plugin.toml)"
        self._prompts.open_path(self.tr("Install a plugin"), Path.home(), kinds, self._offer_chosen)

    def _offer_chosen(self, file: Path | None) -> None:
        if file is not None:
            self.offer(source_of(file))

    def _ask_installation(self, offer: Offer) -> None:
        if self.isHidden():
            return
        manifest = offer.manifest
        asked = (*manifest.permissions, *manifest.uses)
        lines = [manifest.description, self.tr("By {author}").format(author=manifest.author) if manifest.author else ""]
        lines.append(self.tr("It says that it uses: {names}").format(names=", ".join(asked)) if asked else "")
        if offer.missing:
            lines.append(libraries_text(offer.missing))
        lines.append(self.tr("A plugin runs with all rights of the program. Install only what you trust."))
        text = self.tr("Install {name} {version}?")
        if offer.replaces is not None:
            text = self.tr("Replace {name} {old} by {version}?")
        box = self._question(
            text.format(name=manifest.name, version=manifest.version, old=offer.replaces),
            "\n\n".join(line for line in lines if line),
            self.tr("Replace") if offer.replaces is not None else self.tr("Install"),
        )
        box.accepted.connect(lambda: self.install(offer))

    def _ask_removal(self) -> None:
        state = self._host.state(self._current_id())
        text = self.tr("Remove {name}?").format(name=state.name)
        box = self._question(text, self.tr("The folder {path} is deleted.").format(path=state.path), self.tr("Remove"))
        box.accepted.connect(lambda: self.remove(state.id))

    def _question(self, text: str, details: str, yes: str) -> QMessageBox:
        """Asks without blocking; ``accepted`` of the box means yes."""
        box = QMessageBox(QMessageBox.Icon.Question, self.windowTitle(), text, parent=self)
        box.setInformativeText(details)
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setEscapeButton(box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        box.setDefaultButton(button)
        return open_dialog(box)

    def _show_error(self, error: Exception) -> None:
        self.status.setText(self.tr("Cancelled.") if was_cancelled(error) else error_text(error))
        self._show_current(self.list.currentItem())

    def _show_busy(self, is_busy: bool) -> None:
        for widget in (self.list, self.enabled_box, self.again_button, self.install_button, self.remove_button):
            widget.setEnabled(not is_busy)
        if not is_busy:
            self.libraries.end()
        if is_busy:
            self.status.setText(self.tr("Working…"))
        elif self.status.text() == self.tr("Working…"):
            self.status.clear()
        if not is_busy:
            self._show_current(self.list.currentItem())
            if self.isHidden():
                QTimer.singleShot(0, self, self.reject)  # after the outcome was told

    def _current_id(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(_ID))


def source_of(chosen: Path) -> Path:
    """What to install when a person chose a file: a plugin.toml stands for its folder."""
    return chosen.parent if chosen.name == MANIFEST_NAME else chosen
