"""Shows the welcome page at the first start, and does what its buttons say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.generation import GenerationSettings
from studio.generation.first_picture import FIRST_PROMPTS, FIRST_SEED
from studio.settings import SettingsStore
from studio.ui.background.background import Background
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.commands.service_actions import ServiceActions
from studio.ui.style.translation import resolved_language
from studio.ui.widgets.actions import ActionTable
from studio.ui.window.docks import Docks

if TYPE_CHECKING:
    from studio.engine.models.found_folders import FoundFolder
    from studio.ui.window.welcome import Welcome


class WelcomeActions(QObject):
    """Owns the page. It is shown by itself once, to somebody who starts the program for the first time.

    Signal: ``made(QWidget)`` when there is a page, which is to be placed; most starts never need one.
    """

    made = Signal(QWidget)

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
        self._engine = engine
        self._services = services
        self._window = window
        self._page: Welcome | None = None
        self._search = Background("folders", self, expendable=True)

    @property
    def page(self) -> Welcome:
        """The page, which is made when it is asked for first."""
        if self._page is None:
            self._page = self._made()
            self.made.emit(self._page)
        return self._page

    def show_first(self) -> None:
        """Show the page unless it was closed before."""
        if not self._store.current.welcomed:
            self.show()

    def give_way(self, *_changes: object) -> None:
        """Close the page: work has begun, and what is drawn or opened must not lie hidden under it."""
        if self._page is not None and not self._page.isHidden():
            self._page.leave()

    def show(self) -> None:
        settings, home = self._store.current, Path.home()
        self.page.welcome(settings)

        def search() -> tuple[FoundFolder, ...]:
            from studio.engine.models.found_folders import found_folders

            return found_folders(home, settings.model_folders)

        self._search.run(search, self.page.show_folders)

    def join(self, seconds: float) -> None:
        """Wait for the search for folders at most so long."""
        self._search.join(seconds)

    def _made(self) -> Welcome:
        from studio.ui.window.welcome import Welcome, WelcomeDeeds

        services = self._services
        deeds = WelcomeDeeds(
            change=services.apply_changes,
            try_prompt=self._draw_first,
            take_mask_brush=self._actions["tool.mask_brush"].trigger,
            show_timeline=self._docks.show_timeline,
            show_models=services.show_models,
            show_engine=services.show_engine,
            show_help=services.show_help,
            add_folder=services.add_model_folder,
        )
        page = Welcome(self._engine, deeds, self._actions["generate.start"], self._window)
        page.left.connect(lambda: services.apply_changes({"welcomed": True}))
        return page

    def _draw_first(self) -> None:
        language = resolved_language(self._store.current.language)
        shown: GenerationSettings = self._docks.generate.settings()
        first = replace_prompt(shown, FIRST_PROMPTS.get(language, FIRST_PROMPTS["en"])).with_changes(seed=FIRST_SEED)
        self._docks.generate.set_settings(first)
        self._docks.generate.generate()
        self._docks.generate.set_settings(first, keep_seed=False)


def replace_prompt(settings: GenerationSettings, prompt: str) -> GenerationSettings:
    """The settings for drawing ``prompt`` from nothing."""
    return settings.with_changes(tool="text_to_image", prompt=prompt)
