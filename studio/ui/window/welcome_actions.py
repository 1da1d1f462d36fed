"""Shows the welcome page at the first start, and does what its buttons say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.engine.models.found_folders import found_folders
from studio.generation import GenerationSettings
from studio.settings import SettingsStore
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.commands.service_actions import ServiceActions
from studio.ui.style.translation import resolved_language
from studio.ui.widgets.actions import ActionTable
from studio.ui.window.docks import Docks
from studio.ui.window.welcome import Welcome, WelcomeDeeds

FIRST_PROMPTS = {"en": "a beautiful beach", "zh_CN": "美丽的海滩"}
"""The first picture, in the language of the window."""


class WelcomeActions(QObject):
    """Owns the page. It is shown by itself once, to somebody who starts the program for the first time."""

    def __init__(
        self,
        *,
        store: SettingsStore,
        engine: EngineInstallation,
        services: ServiceActions,
        docks: Docks,
        actions: ActionTable,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._store = store
        self._docks = docks
        self._actions = actions
        deeds = WelcomeDeeds(
            change=services.apply_changes,
            try_prompt=self._draw_first,
            take_mask_brush=actions["tool.mask_brush"].trigger,
            show_timeline=docks.show_timeline,
            show_models=services.show_models,
            show_engine=services.show_engine,
            show_help=services.show_help,
            add_folder=services.add_model_folder,
        )
        self.page = Welcome(engine, deeds, actions["generate.start"], window)
        self.page.left.connect(lambda: services.apply_changes({"welcomed": True}))
        self._services = services

    def show_first(self) -> None:
        """Show the page unless it was closed before."""
        if not self._store.current.welcomed:
            self.show()

    def give_way(self, *_changes: object) -> None:
        """Close the page: work has begun, and what is drawn or opened must not lie hidden under it."""
        if not self.page.isHidden():
            self.page.leave()

    def show(self) -> None:
        settings = self._store.current
        self.page.welcome(settings, found_folders(Path.home(), settings.model_folders))

    def _draw_first(self) -> None:
        language = resolved_language(self._store.current.language)
        shown: GenerationSettings = self._docks.generate.settings()
        first = replace_prompt(shown, FIRST_PROMPTS.get(language, FIRST_PROMPTS["en"]))
        self._docks.generate.set_settings(first, keep_seed=False)
        self._docks.generate.generate()


def replace_prompt(settings: GenerationSettings, prompt: str) -> GenerationSettings:
    """The settings for drawing ``prompt`` from nothing."""
    return settings.with_changes(tool="text_to_image", prompt=prompt)
