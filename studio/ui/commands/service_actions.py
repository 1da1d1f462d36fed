"""Preferences, plugins, models and help: dialogs that change how the program works.

The dialogs are imported when they are asked for, so that the window is there sooner.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from studio.errors import EngineMissingError, EngineUnusableError, FileError
from studio.paths import Paths
from studio.settings import SettingsStore
from studio.text.exceptions import reason_for
from studio.ui.background.catalogue import Catalogue
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.background.memory_forecasts import Foretell, MemoryForecasts
from studio.ui.dialogs.models.use import ModelUse
from studio.ui.style.theme import apply_theme, current_theme, resolved_theme
from studio.ui.widgets.actions import Actions, Section
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar, error_text
from studio.ui.widgets.parameter_form import plugin_text

if TYPE_CHECKING:
    from studio.engine.models.model_info import ModelInfo
    from studio.ui.background.format_timing import FormatTiming, Measure
    from studio.ui.background.worker import GenerationWorker
    from studio.ui.dialogs.drawing_page import DrawingPage
    from studio.ui.dialogs.models.models_dialog import ModelsDialog, ModelsParts
    from studio.ui.dialogs.preferences import PluginPage, PreferencesDialog
    from studio.ui.dialogs.setting_fields import Choice
    from studio.ui.widgets.folder_field import FolderField


class ServiceActions(QObject):
    """Opens the dialogs and applies what they say.

    Signals for whoever owns the worker: ``runner_outdated()`` (another device, number format or use of memory),
    ``folders_changed()`` (models are to be looked for elsewhere), ``budget_changed(int)`` bytes for history,
    ``shortcuts_changed(dict)`` those that a person changed, by command id.
    """

    runner_outdated = Signal()
    folders_changed = Signal()
    budget_changed = Signal(int)
    shortcuts_changed = Signal(dict)

    def __init__(
        self,
        *,
        paths: Paths,
        store: SettingsStore,
        catalogue: Catalogue,
        engine: EngineInstallation,
        actions: Actions,
        notices: NoticeBar,
        window: QWidget,
        model_use: ModelUse | None = None,
        foretell: Foretell | None = None,
        measure: Measure | None = None,
        worker: GenerationWorker | None = None,
    ) -> None:
        super().__init__(window)
        self._foretell = foretell
        self._measure = measure
        self._worker = worker
        self.model_use = model_use
        self._paths = paths
        self._store = store
        self._catalogue = catalogue
        self._engine = engine
        self._actions = actions
        self._notices = notices
        self._window = window
        self._told: set[str] = set()
        catalogue.changed.connect(self._tell_unfit_settings)
        engine.drawable.connect(self.runner_outdated)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._use_theme)

    # --- preferences ------------------------------------------------------------------------------

    def show_preferences(self) -> PreferencesDialog:
        from studio.ui.dialogs.engine_page import EnginePage
        from studio.ui.dialogs.preferences import PreferencesDialog

        dialog = PreferencesDialog(
            self._store.current,
            self._sections(),
            drawing=self._drawing_page(),
            engine=EnginePage(self._engine, self._store),
            wildcards=self._wildcards(),
            pages=self._plugin_pages(),
            parent=self._window,
        )
        dialog.chosen.connect(self.apply_changes)
        self._catalogue.changed.connect(dialog.plugins_changed)
        dialog.pages_outdated.connect(lambda: dialog.set_pages(self._plugin_pages()))
        return open_dialog(dialog)

    def _drawing_page(self) -> DrawingPage:
        """How pictures are drawn, with what comes of it for the model of the Generate panel."""
        from studio.ui.dialogs.drawing_page import DrawingPage

        page = DrawingPage(self._store.current, offered_devices())
        chosen = self.model_use.chosen() if self.model_use is not None else ""
        model = next((each for each in self._catalogue.models() if each.id == chosen and not each.problem), None)
        if model is not None and self._foretell is not None and self._engine.can_draw():
            self._tell_plans(page, model, self._foretell)
        if model is not None and self._engine.can_draw():
            self._offer_timing(page, model)
        return page

    def _tell_plans(self, page: DrawingPage, model: ModelInfo, foretell: Foretell) -> None:
        forecasts = MemoryForecasts(page)
        forecasts.foretold.connect(page.show_plan)
        forecasts.failed.connect(lambda _model, error: page.show_error(error))
        page.wished.connect(lambda wish: forecasts.ask(model, lambda: foretell(model, wish)))
        page.wished.emit(page.wish())

    def _offer_timing(self, page: DrawingPage, model: ModelInfo) -> None:
        if self._timing is None:
            return
        timing = self._timing
        page.offer_timing()
        page.timing_asked.connect(lambda: timing.begin(model, page.wish()))
        page.timing_stopped.connect(timing.cancel)
        page.destroyed.connect(timing.cancel)
        timing.progressed.connect(page.show_timing)
        timing.measured.connect(page.show_timed)
        timing.failed.connect(page.show_timing_failed)

    @cached_property
    def _timing(self) -> FormatTiming | None:
        if self._measure is None or self._worker is None:
            return None
        from studio.ui.background.format_timing import FormatTiming

        timing = FormatTiming(self._worker, self._measure, self)
        timing.changed.connect(self.runner_outdated)
        return timing

    def _sections(self) -> tuple[Section, ...]:
        """The commands of this window, and of the one for keyframes, which may not be there yet."""
        from studio.ui.commands.keyframes import keyframe_sections

        return (*self._actions.sections, *keyframe_sections())

    def _wildcards(self) -> FolderField:
        from studio.ui.dialogs.prompts import WindowPrompts
        from studio.ui.widgets.folder_field import FolderField

        def ask(title: str, folder: Path, answer: Callable[[Path | None], None]) -> None:
            WindowPrompts(field.window(), self._store).open_folder(title, folder, answer)

        chosen, usual = self._store.current.wildcard_folder, self._paths.user_wildcards
        field = FolderField(self.tr("Folder of wildcards"), chosen, usual, ask=ask, show=self._show_folder)
        return field

    def show_engine(self) -> PreferencesDialog:
        """The preferences, at the page about what draws."""
        dialog = self.show_preferences()
        dialog.show_engine()
        return dialog

    def shows_engine(self) -> bool:
        """Whether that page is open."""
        from studio.ui.dialogs.engine_page import ENGINE_PAGE

        return any(page.isVisible() for page in self._window.findChildren(QWidget, ENGINE_PAGE))

    def show_failure(self, error: Exception) -> None:
        """Say why a job failed; where the engine is the reason, with the way to it."""
        if isinstance(error, EngineMissingError | EngineUnusableError):
            action = NoticeAction(self.tr("Engine…"), self.show_engine)
            self._notices.show_notice(error_text(error), "error", (action,), key="job")
        else:
            self._notices.show_error(error, key="job")

    def _plugin_pages(self) -> list[PluginPage]:
        from studio.ui.dialogs.preferences import PluginPage

        host = self._catalogue.host
        pages = () if host is None else host.pages_by_plugin()
        return [
            PluginPage(plugin_id=owner, spec=page, values=host.page_values(owner, page)[0])
            for owner, page in pages
            if host is not None
        ]

    def _tell_unfit_settings(self) -> None:
        """Say once which stored settings of plugins are not used, and why."""
        host = self._catalogue.host
        if host is None:
            return
        problems = [
            f"{plugin_text(page.name)}: {problem}"
            for owner, page in host.pages_by_plugin()
            for problem in host.page_values(owner, page)[1]
        ]
        new = [text for text in problems if text not in self._told]
        self._told.update(new)
        if new:
            text = self.tr("Settings of plugins do not fit; their defaults are used.")
            self._notices.show_notice(" ".join([text, *new]), "warning", key="plugin-settings")

    def apply_changes(self, changes: dict[str, object]) -> None:
        """Save changed settings and put them into effect, also where they cannot be saved."""
        if not changes:
            return
        self._save(changes)
        settings = self._store.current
        if "theme" in changes:
            self._use_theme()
        if "shortcuts" in changes:
            self.shortcuts_changed.emit(dict(settings.shortcuts))
        if "history_megabytes" in changes:
            self.budget_changed.emit(settings.history_megabytes * 1024**2)
        if changes.keys() & {"device", "precision", "memory_use"}:
            self.runner_outdated.emit()
        if "language" in changes:
            self._notices.show_remark(self.tr("The language changes at the next start."), key="language")

    def toggle_theme(self) -> None:
        """From the dark theme to the light one, or back."""
        self.apply_changes({"theme": "light" if current_theme().name == "dark" else "dark"})

    def _use_theme(self, scheme: Qt.ColorScheme | None = None) -> None:
        name = resolved_theme(self._store.current.theme, scheme)
        app = QApplication.instance()
        if isinstance(app, QApplication) and current_theme().name != name:
            apply_theme(app, name)
        self._actions.refresh()

    def _save(self, changes: dict[str, object]) -> None:
        try:
            self._store.update(**changes)
        except FileError as error:  # they are in force until the end all the same
            self._notices.show_error(error, key="settings-file")

    # --- plugins and models -----------------------------------------------------------------------

    def show_plugins(self) -> QDialog | None:
        from studio.ui.dialogs.plugins import PluginsDialog

        host = self._catalogue.host
        if host is None:
            self._notices.show_remark(self.tr("The plugins are still being loaded. Try again in a moment."))
            return None
        dialog = PluginsDialog(host, self._paths, self._store, self._window)
        dialog.changed.connect(self._plugins_changed)
        self._catalogue.changed.connect(dialog.refresh)
        return open_dialog(dialog)

    def _plugins_changed(self, disabled: set[str]) -> None:
        self._save({"disabled_plugins": tuple(sorted(disabled))})
        self._catalogue.announce()  # the runner looks tools and schedulers up anew for each job

    def show_models(self) -> ModelsDialog:
        """Show the Models window, which does not stop one from drawing; the one that is open, if it is."""
        from studio.ui.dialogs.models.models_dialog import ModelsDialog

        # The window has thousands of children, which take long to look through.
        tops = (each for each in QApplication.topLevelWidgets() if isinstance(each, ModelsDialog))
        shown = next((each for each in tops if each.parent() is self._window and each.isVisible()), None)
        if shown is not None:
            shown.raise_()
            shown.activateWindow()
            return shown
        dialog = ModelsDialog(self._models_parts(), self._window)
        self._catalogue.changed.connect(dialog.refresh)
        dialog.folder_wanted.connect(lambda: self._ask_model_folder(dialog))
        dialog.picture_wanted.connect(lambda model: self._ask_picture(dialog, model))
        dialog.search_wanted.connect(self.folders_changed)
        return open_dialog(dialog, is_modal=False)

    def get_known_model(self, name: str) -> None:
        """Show the Models window at the well-known model of this name."""
        from studio.engine.models.known_models import known_models
        from studio.ui.dialogs.models.models_dialog import GET

        known = known_models(self._paths.resources / "models")
        dialog = self.show_models()
        dialog.show_page(GET)
        for model in known:
            if model.name == name:
                dialog.get.show_known(model)

    def _models_parts(self) -> ModelsParts:
        from studio.composition import wish_of
        from studio.engine.models.known_models import known_models
        from studio.ui.dialogs.models.downloads import Downloads
        from studio.ui.dialogs.models.model_folders import ModelFolders
        from studio.ui.dialogs.models.models_dialog import ModelsParts

        shipped = self._paths.resources / "models"
        downloads, foretell = Downloads(self._paths), self._foretell
        return ModelsParts(
            models=self._catalogue.models_and_adapters,
            folders=ModelFolders(
                own=self._paths.user_models,
                added=lambda: self._store.current.model_folders,
                add=self.add_model_folder,
                remove=self.remove_model_folder,
            ),
            upscalers=self._paths.user_upscalers,
            shipped=shipped,
            home=Path.home(),
            look=downloads.look,
            fetch=downloads.fetch,
            known=lambda: known_models(shipped),
            token=downloads.token,
            use=self.model_use,
            plan_of=None if foretell is None else lambda model: foretell(model, wish_of(self._store.current)),
        )

    def _ask_model_folder(self, dialog: ModelsDialog) -> None:
        from studio.ui.dialogs.prompts import WindowPrompts

        def take(folder: Path | None) -> None:
            if folder is not None:
                self.add_model_folder(folder)
                dialog.refresh()

        WindowPrompts(dialog, self._store).open_folder(self.tr("Folder with models"), Path.home(), take)

    def _ask_picture(self, dialog: ModelsDialog, model: ModelInfo) -> None:
        from studio.ui.dialogs.prompts import WindowPrompts

        kinds = self.tr("Pictures") + " (*.png *.jpg *.jpeg *.webp)"
        prompts = WindowPrompts(dialog, self._store)
        prompts.open_path(
            self.tr("Picture of {name}").format(name=model.name),
            model.path.parent,
            kinds,
            lambda file: dialog.give_picture(model, file),
        )

    def add_model_folder(self, folder: Path) -> None:
        """Look for models in another folder too, from now on."""
        folders = self._store.current.model_folders
        if str(folder) not in folders:
            self._save({"model_folders": (*folders, str(folder))})
            self.folders_changed.emit()

    def remove_model_folder(self, folder: Path) -> None:
        """Look for models in an added folder no more; nothing in it is touched."""
        folders = self._store.current.model_folders
        self._save({"model_folders": tuple(each for each in folders if each != str(folder))})
        self.folders_changed.emit()

    # --- help -------------------------------------------------------------------------------------

    def show_help(self) -> QDialog:
        from studio.ui.dialogs.help_viewer import HelpViewer
        from studio.ui.style.translation import resolved_language

        language = resolved_language(self._store.current.language)
        viewer = HelpViewer(
            self._paths.resources / "help",
            language,
            sections=self._sections,
            shortcuts=lambda: self._store.current.shortcuts,
            parent=self._window,
        )
        return open_dialog(viewer, is_modal=False)

    def show_about(self) -> QDialog:
        from studio.ui.dialogs.about import AboutDialog

        return open_dialog(AboutDialog(self._window))

    def show_log_folder(self) -> None:
        self._show_folder(self._paths.logs)

    def show_plugin_folder(self) -> None:
        self._show_folder(self._paths.user_plugins)

    def _show_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = FileError(
                "The folder {folder} could not be made: {reason}.",
                "Check that you may write there.",
                folder=folder,
                reason=reason_for(error),
            )
            self._notices.show_error(problem, key="folder")
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._notices.show_remark(self.tr("The folder is {path}.").format(path=folder), key="folder")


def offered_devices() -> list[Choice]:
    """Devices to choose from, found without loading torch."""
    from studio.ui.dialogs.setting_fields import Choice

    devices = [Choice("cpu", "CPU")]
    if sys.platform == "darwin":
        devices.append(Choice("mps", "Apple GPU (MPS)"))
    elif shutil.which("nvidia-smi") is not None:
        devices.append(Choice("cuda", "NVIDIA GPU (CUDA)"))
    return devices
