"""The Models window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from studio.engine.models.known_models import KnownModel, known_help
from studio.engine.models.model_info import ModelInfo
from studio.system.kept_token import KeptToken
from studio.ui.dialogs.models.deeds import ModelDeeds, picture_in
from studio.ui.dialogs.models.installed_page import InstalledPage
from studio.ui.dialogs.models.model_folders import ModelFolders
from studio.ui.dialogs.models.use import ModelUse, PlanOf
from studio.ui.style.theme import GRID
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.wrapped_label import wrapped_label

if TYPE_CHECKING:
    from studio.engine.models.offers import Fetch, Look
    from studio.ui.dialogs.models.folders_page import FoldersPage
    from studio.ui.dialogs.models.get_page import GetPage

INSTALLED: Final = "installed"
GET: Final = "get"
FOLDERS: Final = "folders"
_LIST_MS: Final = 20
_LOOK_AHEAD_MS: Final = 300


@dataclass(frozen=True, kw_only=True)
class ModelsParts:
    """What the window works with. ``models()`` lists everything that was found; ``shipped`` is the folder of what comes
    with the program, ``upscalers`` that of a person's own upscalers; ``known()`` are the well-known models; ``token``
    is a person's own for Civitai. ``plan_of(model)``, called on another thread, is what a model would take of the
    memory."""

    models: Callable[[], Sequence[ModelInfo]]
    folders: ModelFolders
    upscalers: Path
    shipped: Path
    home: Path
    look: Look
    fetch: Fetch
    known: Callable[[], Sequence[KnownModel]] = tuple
    token: KeptToken | None = None
    use: ModelUse | None = None
    plan_of: PlanOf | None = None


class ModelsDialog(QDialog):
    """Three pages: what is here, getting more, and where is looked. The latter two are made when they are asked for, so
    that the window opens sooner. Closing stops a download; it can be taken up later.

    Signals: ``search_wanted()`` the folders are to be looked through again; ``folder_wanted()`` one is to be chosen and
    added; ``picture_wanted(ModelInfo)`` a file is to be chosen, for `give_picture`.
    """

    search_wanted = Signal()
    folder_wanted = Signal()
    picture_wanted = Signal(object)
    _listed = Signal(object)

    def __init__(self, parts: ModelsParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self._parts = parts
        self._deeds = ModelDeeds(parts.upscalers, parts.folders.own, self)
        self.switch = SegmentedButtons()
        self.switch.add(INSTALLED, self.tr("On this computer"))
        self.switch.add(GET, self.tr("Get models"))
        self.switch.add(FOLDERS, self.tr("Folders"))
        self.installed = InstalledPage(self._deeds, parts.shipped, parts.use, parts.plan_of)
        self.status = wrapped_label(role="muted", selectable=True)
        self._pages = QStackedLayout()
        self._arrange()
        self._connect()
        self.show_page(INSTALLED)
        self.resize(940, 640)
        # A long list is read into a window that is painted already.
        QTimer.singleShot(_LIST_MS, self, self.refresh)
        # So that the page for getting models has the list when it is asked for.
        QTimer.singleShot(_LOOK_AHEAD_MS, self, self._parts.known)

    @cached_property
    def get(self) -> GetPage:
        """The page for getting models."""
        from studio.ui.dialogs.models.get_page import GetPage

        page = GetPage(self._parts.look, self._parts.fetch, self._parts.known(), self._parts.token)
        page.downloaded.connect(self.search_wanted)
        self.finished.connect(page.stop)
        self._pages.addWidget(page)
        return page

    @cached_property
    def folders(self) -> FoldersPage:
        """The page of the folders."""
        from studio.ui.dialogs.models.folders_page import FoldersPage

        page = FoldersPage(self._parts.folders, self._parts.home)
        page.show_models(self._parts.models())
        page.choice_wanted.connect(self.folder_wanted)
        self._listed.connect(page.show_models)
        self.finished.connect(page.stop)
        self._pages.addWidget(page)
        return page

    def refresh(self) -> None:
        """Models came or went: list them anew."""
        self._listed.emit(self._parts.models())

    def show_page(self, page: str) -> None:
        """Show `INSTALLED`, `GET` or `FOLDERS`."""
        self.switch.set_value(page)
        pages: dict[str, Callable[[], QWidget]] = {
            INSTALLED: lambda: self.installed,
            GET: lambda: self.get,
            FOLDERS: lambda: self.folders,
        }
        self._pages.setCurrentWidget(pages[page]())
        self.status.clear()

    def give_picture(self, model: ModelInfo, file: Path | None) -> None:
        """Give a model the picture of a file; nothing without one."""
        if file is not None:
            self._deeds.give_picture(model, lambda: picture_in(file))

    def _arrange(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self._pages.addWidget(self.installed)
        top = QHBoxLayout()
        top.addWidget(self.switch)
        top.addStretch()
        bottom = QHBoxLayout()
        bottom.setSpacing(2 * GRID)
        bottom.addWidget(self.status, 1)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        column.addLayout(top)
        column.addLayout(self._pages, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.switch.value_changed.connect(self.show_page)
        self._listed.connect(self.installed.show_models)
        self.installed.get_wanted.connect(self._show_get)
        self.installed.said.connect(self.status.setText)
        self.installed.search_wanted.connect(self.search_wanted)
        self.installed.file_wanted.connect(self.picture_wanted)
        self._deeds.done.connect(self._tell_done)
        self._deeds.failed.connect(lambda error: self.status.setText(error_text(error)))
        for part in (self.installed, self._deeds):
            self.finished.connect(part.stop)

    def _show_get(self, what: object) -> None:
        """Show the page for getting models: at what a model lacks, or at an address."""
        self.show_page(GET)
        if isinstance(what, ModelInfo):
            help_ = known_help(self._parts.known(), what.family, what.missing)
            if help_ is not None:
                self.get.show_known(help_)
        elif what:
            self.get.look_at(str(what))

    def _tell_done(self, text: str) -> None:
        self.status.setText(text)
        self.search_wanted.emit()
