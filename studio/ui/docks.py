"""The panels around the picture: one column at the right, tool options above."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from studio.generation import GenerationSettings
from studio.session import Session
from studio.settings import AppSettings
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.catalogue import Catalogue
from studio.ui.panels.generate_panel import GeneratePanel
from studio.ui.panels.history_panel import HistoryPanel
from studio.ui.panels.layers_panel import LayersPanel
from studio.ui.panels.queue_panel import QueuePanel


class Docks(QObject):
    """Makes the panels, docks them, and ties them to the canvas.

    Signals: ``settings_changed()`` when something that is remembered changed; ``mask_visible_changed(bool)``;
    ``message(str)`` for the person.
    """

    settings_changed = Signal()
    mask_visible_changed = Signal(bool)
    message = Signal(str)

    def __init__(
        self, session: Session, catalogue: Catalogue, initial: GenerationSettings, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self.generate = GeneratePanel(
            session,
            tools=catalogue.tools,
            schedulers=catalogue.schedulers,
            models=catalogue.models,
            initial=initial,
            native_side=catalogue.native_side,
        )
        self.layers = LayersPanel(session)
        self.history = HistoryPanel(session)
        self.queue = QueuePanel(session)
        self.tool_options = QWidget()
        self._docks = [
            self._dock("generate", self.tr("Generate"), self.generate, window),
            self._dock("layers", self.tr("Layers"), self.layers, window),
            self._dock("history", self.tr("History"), self.history, window),
            self._dock("queue", self.tr("Queue"), self.queue, window),
        ]
        catalogue.changed.connect(self.generate.refresh)
        self.history.reuse_requested.connect(self.generate.set_settings)
        self.queue.reuse_requested.connect(self.generate.set_settings)
        self.layers.message.connect(self.message)
        self.queue.message.connect(self.message)
        self.generate.settings_changed.connect(lambda _settings: self.settings_changed.emit())

    def add_to(self, window: QMainWindow) -> None:
        """Place the docks: generation on top, the others as tabs below."""
        first, second, *others = self._docks
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, first)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, second)
        for dock in others:
            window.tabifyDockWidget(second, dock)
        second.raise_()

    def toggles(self) -> Iterable[QAction]:
        """Actions that show and hide each dock."""
        return [dock.toggleViewAction() for dock in self._docks]

    def connect_canvas(self, canvas: CanvasView) -> None:
        """Let panels and canvas tell each other about brushes, colour and mask."""

    def show_mask(self, is_visible: bool) -> None:
        """Show or hide the mask's colour on the canvas."""

    def saved_settings(self) -> dict[str, Any]:
        """Fields of `AppSettings` that the panels hold."""
        return {"generation": self.generate.settings().model_dump(mode="json")}

    def restore(self, settings: AppSettings) -> None:
        """Show what was used last."""

    def _dock(self, name: str, title: str, panel: QWidget, window: QMainWindow) -> QDockWidget:
        dock = QDockWidget(title, window)
        dock.setObjectName(f"dock-{name}")
        dock.setWidget(panel)
        dock.setFeatures(
            QDockWidget.DockWidgetFeature.DockWidgetMovable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
        )
        return dock
