"""The panels of plugins: their docks come and go with the plugins, their actions run in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow

from studio.document import Document
from studio.editing import filters
from studio.editing.filters import LayerWork
from studio.errors import Cancelled, SettingError
from studio.history import StepKind
from studio.session import Session
from studio.ui.background.background import Background, Run, RunProgress
from studio.ui.background.catalogue import Catalogue
from studio.ui.canvas.targets import layer_pixels
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.parameter_form import plugin_text
from studio.ui.window.dock import lock_dock, make_dock, put_panel

if TYPE_CHECKING:
    from studio.api import PanelAction, PanelSpec
    from studio.plugin_host.panels import PanelOutcome
    from studio.ui.panels.plugins.panel_preview import PanelPreview
    from studio.ui.panels.plugins.plugin_panel import PluginPanel

PANEL: Final = StepKind("plugin_panel", "Panel of a plugin", "plugin")


@dataclass(eq=False)
class _Shown:
    """A panel in its dock. Without a ``spec`` its plugin is off and the dock only keeps its place."""

    dock: QDockWidget
    panel: PluginPanel | None = None
    spec: PanelSpec | None = None
    preview: PanelPreview | None = None
    was_visible: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class _Action:
    """One action at work."""

    label: str
    document: Document
    work: LayerWork | None
    background: Background
    run: Run


class PluginPanels(QObject):
    """Makes a dock for each panel of the enabled plugins, and runs its actions, one a panel at a time.

    Pixels that come back go into the layer as one step; if the layer was changed meanwhile they are dropped, and the
    panel says so. Signals: ``settings_changed()`` when a value did, ``listed()`` when panels came or went.
    """

    settings_changed = Signal()
    listed = Signal()

    def __init__(
        self,
        session: Session,
        catalogue: Catalogue,
        *,
        values: Mapping[str, Any],
        finish_stroke: Callable[[], object],
        show_preview: Callable[[Document | None], object],
        neighbour: QDockWidget,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._catalogue = catalogue
        self._values = dict(values)
        self._finish_stroke = finish_stroke
        self._show_preview = show_preview
        self._neighbour = neighbour
        self._window = window
        self._is_locked = True
        self._shown: dict[str, _Shown] = {}
        self._actions: dict[str, _Action] = {}
        catalogue.changed.connect(self.refresh)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    def docks(self) -> list[QDockWidget]:
        """The docks of the panels whose plugin is on."""
        return [shown.dock for shown in self._shown.values() if shown.spec is not None]

    def panel(self, panel_id: str) -> PluginPanel | None:
        """The panel of a plugin that is on."""
        shown = self._shown.get(panel_id)
        return None if shown is None else shown.panel

    def values(self) -> dict[str, Any]:
        """What the forms hold, also those of plugins that are off, by panel."""
        return dict(self._values)

    def lock(self, is_locked: bool) -> None:
        """Hide the title bars or show them, as for the other panels."""
        self._is_locked = is_locked
        for shown in self._shown.values():
            lock_dock(shown.dock, is_locked)

    def stop(self) -> None:
        """Cancel every action."""
        for action in self._actions.values():
            action.run.cancel()
        for shown in self._shown.values():
            self._drop_preview(shown)

    def refresh(self) -> None:
        """Let panels come and go with their plugins."""
        wanted = self._catalogue.panels()
        for panel_id, shown in self._shown.items():
            if shown.spec is not None and panel_id not in wanted:
                self._empty(panel_id, shown)
        for panel_id, spec in wanted.items():
            old = self._shown.get(panel_id)
            if old is None or old.spec is None or not _same_form(old.spec, spec):
                self._fill(panel_id, spec)
            else:
                old.spec = spec
                if old.preview is not None:
                    old.preview.spec = spec
        self.listed.emit()

    def _fill(self, panel_id: str, spec: PanelSpec) -> None:
        from studio.ui.panels.plugins.plugin_panel import PluginPanel  # most plugins have none

        stored = self._values.get(panel_id, {})
        panel = PluginPanel(spec, stored if isinstance(stored, Mapping) else {})
        panel.pressed.connect(lambda action_id: self._start(panel_id, action_id))
        panel.cancelled.connect(lambda: self._stop(panel_id))
        panel.changed.connect(lambda: self._remember(panel_id))
        preview = self._new_preview(panel, spec)
        shown = self._shown.get(panel_id)
        if shown is None:
            self._shown[panel_id] = _Shown(self._new_dock(panel_id, panel, spec), panel, spec, preview)
            return
        put_panel(shown.dock, panel)
        shown.dock.setWindowTitle(plugin_text(spec.name))
        shown.dock.toggleViewAction().setVisible(True)
        shown.dock.setVisible(shown.was_visible or shown.dock.isVisible())
        self._drop_preview(shown)
        shown.panel, shown.spec, shown.preview = panel, spec, preview

    def _new_dock(self, panel_id: str, panel: PluginPanel, spec: PanelSpec) -> QDockWidget:
        dock = make_dock(f"plugin-{panel_id}", plugin_text(spec.name), panel, self._window)
        lock_dock(dock, self._is_locked)
        if not self._window.restoreDockWidget(dock):  # it was never here before
            dock.hide()  # before it gets its place: a tab bar that appears and goes leaves itself behind
            self._window.tabifyDockWidget(self._neighbour, dock)
            dock.toggleViewAction().triggered.connect(lambda is_shown: dock.raise_() if is_shown else None)
        return dock

    def _empty(self, panel_id: str, shown: _Shown) -> None:
        """The plugin is off: its panel goes at once, the empty dock keeps the place."""
        self._stop(panel_id)
        shown.was_visible = not shown.dock.isHidden()
        shown.dock.hide()
        shown.dock.toggleViewAction().setVisible(False)
        self._drop_preview(shown)
        shown.panel = shown.spec = None

    def _new_preview(self, panel: PluginPanel, spec: PanelSpec) -> PanelPreview | None:
        """Let the picture follow the form, while the panel is seen."""
        if not any(action.previews for action in spec.actions):
            return None
        from studio.ui.panels.plugins.panel_preview import PanelPreview

        preview = PanelPreview(self._session, spec, self._show_preview, self)

        def ask() -> None:
            if panel.isVisible() and preview.ask(panel.parameters.values()):
                panel.show_idle(self.tr("This is a preview. The layer changes when you press the button."))

        panel.changed.connect(ask)
        panel.hidden.connect(preview.stop)
        preview.failed.connect(lambda error: panel.show_idle(error_text(error), is_error=True))
        return preview

    def _drop_preview(self, shown: _Shown) -> None:
        preview, shown.preview = shown.preview, None
        if preview is not None:
            preview.stop()
            preview.deleteLater()

    def _remember(self, panel_id: str) -> None:
        panel = self.panel(panel_id)
        if panel is not None:
            self._values[panel_id] = panel.parameters.values()
            self.settings_changed.emit()

    # --- actions ----------------------------------------------------------------------------------

    def _start(self, panel_id: str, action_id: str) -> None:
        from studio.plugin_host.panels import run_panel_action  # the host is loaded behind the first window

        shown = self._shown[panel_id]
        panel, spec = shown.panel, shown.spec
        if panel is None or spec is None or panel_id in self._actions:
            return
        self._finish_stroke()
        document = self._session.document
        action = next(item for item in spec.actions if item.id == action_id)
        obstacle = layer_pixels(document) if action.needs_layer else None
        if isinstance(obstacle, str):
            panel.show_idle(obstacle, is_error=True)
            return
        work = filters.begin(self._session.current, document.active_id) if action.needs_layer else None
        if shown.preview is not None:
            shown.preview.stop()
        panel.show_running()
        values, background = panel.parameters.values(), Background("panel", self)
        run = background.start(
            lambda run: run_panel_action(spec, action, document, values, run.token, run.report),
            lambda outcome: self._finish(panel_id, outcome),
            lambda error: self._fail(panel_id, error),
            lambda progress: self._show_progress(panel_id, progress),
        )
        self._actions[panel_id] = _Action(
            label=spec.name,
            document=document,
            work=work,
            background=background,
            run=run,
        )

    def _stop(self, panel_id: str) -> None:
        if panel_id in self._actions:
            self._actions[panel_id].run.cancel()

    def _show_progress(self, panel_id: str, progress: RunProgress) -> None:
        panel = self.panel(panel_id)
        if panel is not None:
            panel.show_progress(progress.fraction, progress.message, progress.seconds_left)

    def _finish(self, panel_id: str, outcome: PanelOutcome) -> None:
        action = self._end(panel_id)
        panel = self.panel(panel_id)
        if action.run.is_cancelled or panel is None:
            return
        try:
            if action.work is not None and outcome.document is not action.document:
                action.work.finish(outcome.document, PANEL.named(action.label))
        except SettingError as error:
            panel.show_idle(error_text(error), is_error=True)
            return
        if outcome.values:
            panel.parameters.set_values({**panel.parameters.values(), **outcome.values})
        panel.show_idle(outcome.message)

    def _fail(self, panel_id: str, error: Exception) -> None:
        self._end(panel_id)
        panel = self.panel(panel_id)
        if panel is not None:
            is_error = not isinstance(error, Cancelled)
            panel.show_idle(error_text(error) if is_error else self.tr("Cancelled"), is_error=is_error)
        self._catalogue.announce()  # the plugin may have been switched off by this

    def _end(self, panel_id: str) -> _Action:
        action = self._actions.pop(panel_id)
        panel = self.panel(panel_id)
        if panel is not None:
            panel.show_idle()
        action.background.stop()
        action.background.deleteLater()
        return action


def _button(action: PanelAction) -> tuple[object, ...]:
    return action.id, action.name, action.description, action.previews


def _same_form(one: PanelSpec, other: PanelSpec) -> bool:
    """Whether a panel made for one spec serves the other: only the functions behind its buttons differ."""
    names = [
        [(action.id, action.name, action.description, action.previews) for action in spec.actions]
        for spec in (one, other)
    ]
    return (one.name, one.description, one.parameters) == (other.name, other.description, other.parameters) and (
        names[0] == names[1]
    )
