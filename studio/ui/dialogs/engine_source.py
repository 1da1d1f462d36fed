"""Where an engine is fetched from: the internet, a mirror, or a folder of wheels. What was chosen last is kept."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from studio.errors import FileError
from studio.installation.installing import EnginePlan
from studio.settings import EngineSource, SettingsStore
from studio.ui.dialogs.prompts import WindowPrompts
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID

INDEX, MIRROR, WHEELS = "index", "mirror", "wheels"


class EngineSourceFields(QWidget):
    """A choice, and the address or folder that goes with it. Signal: ``changed()`` when another was chosen or typed."""

    changed = Signal()

    def __init__(self, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        last = store.current.engine_source
        self._places = {INDEX: "", MIRROR: last.mirror, WHEELS: last.wheels}
        self.kind = QComboBox()
        self.kind.addItem(self.tr("The internet"), INDEX)
        self.kind.addItem(self.tr("A mirror"), MIRROR)
        self.kind.addItem(self.tr("A folder of wheels (no network)"), WHEELS)
        self.place = QLineEdit()
        self.browse = QPushButton(icon("folder"), self.tr("Choose…"))
        self._arrange()
        self.kind.currentIndexChanged.connect(lambda _: self._show_place())
        self.place.textChanged.connect(self._take_text)
        self.browse.clicked.connect(self._choose_folder)
        self._choose(last.kind)
        self._show_place()

    def is_whole(self) -> bool:
        """Whether all is there that an installation must know."""
        return self.kind.currentData() == INDEX or bool(self.place.text().strip())

    def put_into(self, plan: EnginePlan) -> EnginePlan:
        """The plan, with the source that is chosen."""
        text = self.place.text().strip()
        if self.kind.currentData() == WHEELS:
            return replace(plan, wheels=Path(text))
        return replace(plan, mirror=text) if self.kind.currentData() == MIRROR else plan

    def show_plan(self, plan: EnginePlan) -> None:
        """Show what a plan says that is carried out already."""
        if plan.wheels is not None:
            self._places[WHEELS] = str(plan.wheels)
        elif plan.mirror:
            self._places[MIRROR] = plan.mirror
        self._choose(WHEELS if plan.wheels is not None else MIRROR if plan.mirror else INDEX)
        self._show_place()

    def remember(self) -> None:
        """Offer the same the next time."""
        source = EngineSource(
            kind=self.kind.currentData(), mirror=self._places[MIRROR].strip(), wheels=self._places[WHEELS].strip()
        )
        with contextlib.suppress(FileError):  # it is in force until the end all the same
            self._store.update(engine_source=source)

    def take_folder(self, folder: Path | None) -> None:
        """Use a folder that was chosen, from now on."""
        if folder is not None:
            self.place.setText(str(folder))
            self.remember()

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(2 * GRID)
        place.addWidget(self.place, 1)
        place.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.kind)
        column.addLayout(place)

    def _choose(self, kind: str) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def _show_place(self) -> None:
        kind = self.kind.currentData()
        self.place.setVisible(kind != INDEX)
        self.browse.setVisible(kind == WHEELS)
        is_mirror = kind == MIRROR
        name = self.tr("Address of the mirror") if is_mirror else self.tr("Folder of wheels")
        hint = self.tr("https://… of a package index") if is_mirror else self.tr("Folder with .whl files")
        self.place.setAccessibleName(name)
        self.place.setPlaceholderText(hint)
        self.place.setText(self._places[kind])
        self.changed.emit()

    def _take_text(self, text: str) -> None:
        if self._places[self.kind.currentData()] != text:
            self._places[self.kind.currentData()] = text
            self.changed.emit()

    def _choose_folder(self) -> None:
        prompts = WindowPrompts(self.window(), self._store)
        prompts.open_folder(self.tr("Folder of wheels"), self.first_folder(), self.take_folder)

    def first_folder(self) -> Path:
        """Where choosing a folder begins: at the one that is named, or what is left of the way to it."""
        named = Path(self.place.text().strip() or Path.home()).expanduser()
        return next((folder for folder in (named, *named.parents) if folder.is_dir()), Path.home())
