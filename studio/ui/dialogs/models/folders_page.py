"""Where models are looked for: the own folder, added ones, and those of other programs that were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio.engine.models.found_folders import FoundFolder, found_folders, program_of
from studio.engine.models.model_info import ModelInfo
from studio.ui.background.background import Background
from studio.ui.dialogs.models.model_folders import ModelFolders
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.wrapped_label import wrapped_label


class FoldersPage(QWidget):
    """Lists folders, with how much is in each. Signal: ``choice_wanted()`` a folder is to be chosen and added."""

    choice_wanted = Signal()

    def __init__(self, folders: ModelFolders, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._home = home
        self._models: Sequence[ModelInfo] = ()
        self._programs: dict[str, str] = {}
        self._found: tuple[FoundFolder, ...] = ()
        self._labels: list[QLabel] = []
        self._buttons: dict[str, QPushButton] = {}
        self._looking = Background("model-folders", self, expendable=True)
        self.add_button = QPushButton(icon("folder-add"), self.tr("Add Folder…"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.choice_wanted)
        text = self.tr(
            "Choose any folder with models, or the folder of ComfyUI, AUTOMATIC1111 or InvokeAI as it is: of those "
            "only the folders for models are searched. Nothing is copied or changed."
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2 * GRID)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 2 * GRID, 0)
        column.setSpacing(3 * GRID)
        column.addWidget(wrapped_label(text, "muted"))
        column.addLayout(self._rows)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def show_models(self, models: Sequence[ModelInfo]) -> None:
        """Count what is in the folders."""
        self._models = models
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the folders as they are now, and look for those of other programs."""
        self._show()
        added, home = tuple(self._folders.added()), self._home

        def look() -> tuple[dict[str, str], tuple[FoundFolder, ...]]:
            return {folder: program_of(Path(folder)) for folder in added}, found_folders(home, added)

        self._looking.run(look, self._take_found)

    def folders(self) -> list[str]:
        """The folders that are shown, in their order."""
        return list(self._buttons)

    def texts(self) -> list[str]:
        """What is said of each of them."""
        return [label.text() for label in self._labels]

    def button(self, folder: Path) -> QPushButton:
        """The button of a folder. Raises ``KeyError`` where it is not shown."""
        return self._buttons[str(folder)]

    def stop(self) -> None:
        """The window closes: nothing is waited for."""
        self._looking.stop()

    def _take_found(self, found: tuple[dict[str, str], tuple[FoundFolder, ...]]) -> None:
        if (self._programs, self._found) != found:
            self._programs, self._found = found
            self._show()

    def _show(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._labels.clear()
        self._buttons.clear()
        added = tuple(self._folders.added())
        counts = self._counts(added)
        own = QPushButton(icon("folder"), self.tr("Open"))
        own.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folders.own))))
        name = self.tr("Your models folder")
        self._add_row(name, str(self._folders.own), counts[str(self._folders.own)], own)
        for folder in added:
            button = QPushButton(icon("close"), self.tr("Remove"))
            button.setToolTip(self.tr("Search this folder no more; nothing in it is deleted"))
            button.clicked.connect(partial(self._remove, folder))
            self._add_row(self._programs.get(folder) or self.tr("Added"), folder, counts[folder], button)
        for found in self._found:
            button = QPushButton(icon("plus"), self.tr("Add"))
            button.clicked.connect(partial(self._add, found.folder))
            self._add_row(self.tr("{program} was found").format(program=found.program), str(found.folder), None, button)

    def _counts(self, added: Sequence[str]) -> Counter[str]:
        places = [str(self._folders.own), *added]
        counts: Counter[str] = Counter()
        for model in self._models:
            path = str(model.path)
            counts.update(place for place in places if path.startswith(place))
        return counts

    def _add_row(self, name: str, folder: str, count: int | None, button: QPushButton) -> None:
        frame = QFrame()
        frame.setProperty("role", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        row.setSpacing(3 * GRID)
        texts = QVBoxLayout()
        texts.setSpacing(GRID)
        amount = "" if count is None else " · " + self.tr("{count} found").format(count=count)
        heading = wrapped_label(f"{name}{amount}", "heading")
        self._labels.append(heading)
        self._buttons[folder] = button
        texts.addWidget(heading)
        texts.addWidget(wrapped_label(folder.replace("/", "/\u200b").replace("\\", "\\\u200b"), "muted"))
        button.setAutoDefault(False)
        row.addLayout(texts, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows.addWidget(frame)

    def _add(self, folder: Path, _checked: bool = False) -> None:
        self._folders.add(folder)
        self.refresh()

    def _remove(self, folder: str, _checked: bool = False) -> None:
        self._folders.remove(Path(folder))
        self.refresh()
