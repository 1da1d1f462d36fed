"""The Models window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from studio.engine.models.known_models import KnownModel, known_help
from studio.engine.models.model_info import ModelInfo
from studio.ui.dialogs.models.deeds import ModelDeeds, picture_in
from studio.ui.dialogs.models.folders_page import FoldersPage, ModelFolders
from studio.ui.dialogs.models.get_page import GetPage
from studio.ui.dialogs.models.installed_page import InstalledPage
from studio.ui.dialogs.models.use import ModelUse
from studio.ui.style.theme import GRID
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.wrapped_label import wrapped_label

if TYPE_CHECKING:
    from studio.engine.models.offers import Fetch, Look

INSTALLED: Final = "installed"
GET: Final = "get"
FOLDERS: Final = "folders"


@dataclass(frozen=True, kw_only=True)
class ModelsParts:
    """What the window works with. ``models()`` lists everything that was found; ``shipped`` is the folder of what comes
    with the program, ``upscalers`` that of a person's own upscalers; ``known`` are the well-known models."""

    models: Callable[[], Sequence[ModelInfo]]
    folders: ModelFolders
    upscalers: Path
    shipped: Path
    home: Path
    look: Look
    fetch: Fetch
    known: Sequence[KnownModel] = ()
    use: ModelUse | None = None


class ModelsDialog(QDialog):
    """Three pages: what is here, getting more, and where is looked.

    Signals: ``search_wanted()`` the folders are to be looked through again; ``folder_wanted()`` one is to be chosen and
    added; ``picture_wanted(ModelInfo)`` a file is to be chosen, for `give_picture`.
    """

    search_wanted = Signal()
    folder_wanted = Signal()
    picture_wanted = Signal(object)

    def __init__(self, parts: ModelsParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self._parts = parts
        self._deeds = ModelDeeds(parts.upscalers, parts.folders.own, self)
        self.switch = SegmentedButtons()
        self.switch.add(INSTALLED, self.tr("On this computer"))
        self.switch.add(GET, self.tr("Get models"))
        self.switch.add(FOLDERS, self.tr("Folders"))
        self.installed = InstalledPage(self._deeds, parts.shipped, parts.use)
        self.get = GetPage(parts.folders.own, parts.look, parts.fetch, parts.known)
        self.folders = FoldersPage(parts.folders, parts.home)
        self.status = wrapped_label(role="muted", selectable=True)
        self._arrange()
        self._connect()
        self.show_page(INSTALLED)
        self.resize(940, 640)
        QTimer.singleShot(0, self, self.refresh)  # a long list is read into a window that is there already

    def refresh(self) -> None:
        """Models came or went: list them anew."""
        models = self._parts.models()
        self.installed.show_models(models)
        self.folders.show_models(models)

    def show_page(self, page: str) -> None:
        """Show `INSTALLED`, `GET` or `FOLDERS`."""
        self.switch.set_value(page)
        self._pages.setCurrentIndex((INSTALLED, GET, FOLDERS).index(page))
        self.status.clear()

    def give_picture(self, model: ModelInfo, file: Path | None) -> None:
        """Give a model the picture of a file; nothing without one."""
        if file is not None:
            self._deeds.give_picture(model, lambda: picture_in(file))

    def done(self, code: int) -> None:
        """Closing stops a download; it can be taken up later."""
        for page in (self.get, self.installed, self.folders, self._deeds):
            page.stop()
        super().done(code)

    def _arrange(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        self._pages = QStackedLayout()
        for page in (self.installed, self.get, self.folders):
            self._pages.addWidget(page)
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
        self.folders.choice_wanted.connect(self.folder_wanted)
        self.installed.get_wanted.connect(self._show_get)
        self.installed.said.connect(self.status.setText)
        self.installed.search_wanted.connect(self.search_wanted)
        self.installed.file_wanted.connect(self.picture_wanted)
        self.get.downloaded.connect(lambda _folder: self.search_wanted.emit())
        self._deeds.done.connect(self._tell_done)
        self._deeds.failed.connect(lambda error: self.status.setText(error_text(error)))

    def _show_get(self, what: object) -> None:
        """Show the page for getting models: at what a model lacks, or at an address."""
        self.show_page(GET)
        if isinstance(what, ModelInfo):
            help_ = known_help(self._parts.known, what.family, what.missing)
            if help_ is not None:
                self.get.show_known(help_)
        elif what:
            self.get.look_at(str(what))

    def _tell_done(self, text: str) -> None:
        self.status.setText(text)
        self.search_wanted.emit()
