"""What is in the models folders: search, tabs of kinds, the list, and all about the one that is chosen."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMessageBox,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from studio.engine.device.residency import Plan
from studio.engine.models.mending import Mend
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.model_notes import ModelNotes, read_notes
from studio.engine.models.overrides import Override, read_override
from studio.errors import ModelError
from studio.ui.background.background import Background
from studio.ui.background.memory_forecasts import MemoryForecasts
from studio.ui.dialogs.models.deeds import ModelDeeds, show_in_folder
from studio.ui.dialogs.models.details import DETAIL_SIDE, ModelDetails
from studio.ui.dialogs.models.kind_tabs import kind_tabs
from studio.ui.dialogs.models.model_list import PICTURE_SIDE, ModelDelegate, ModelList, matching
from studio.ui.dialogs.models.pictures import ModelPictures
from studio.ui.dialogs.models.treat_as import TreatAsDialog
from studio.ui.dialogs.models.use import ModelUse, PlanOf
from studio.ui.dialogs.models.words import ALL, TABS, UNUSABLE, tab_of, word
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.wrapped_label import wrapped_label

_LASTING_TABS = (ALL, "model", "lora")
"""Tabs that are there also when they hold nothing, and say then how to fill them."""
_TO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class InstalledPage(QWidget):
    """Lists what `show_models` was given. Signals: ``get_wanted(str)`` something is to be downloaded: an address, or
    "family/part/part" of what a model lacks, or ""; ``said(str)`` a sentence for the person; ``search_wanted()`` the
    folders are to be looked through again; ``file_wanted(ModelInfo)`` a picture is to be chosen for it."""

    get_wanted = Signal(object)
    said = Signal(str)
    search_wanted = Signal()
    file_wanted = Signal(object)

    def __init__(
        self,
        deeds: ModelDeeds,
        shipped: Path,
        use: ModelUse | None = None,
        plan_of: PlanOf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._models: tuple[ModelInfo, ...] = ()
        self._deeds = deeds
        self._shipped = shipped
        self._use = use
        self._plan_of = plan_of
        self._notes: dict[str, ModelNotes] = {}
        self._plans: dict[str, Plan] = {}
        self._forecasts = MemoryForecasts(self)
        self._current = ""
        self._reading = Background("model-notes", self, expendable=True)
        self._small = ModelPictures(2 * PICTURE_SIDE, self)
        self._large = ModelPictures(DETAIL_SIDE, self)
        self.search = QLineEdit()
        self.search.addAction(icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setPlaceholderText(self.tr("Search by name, kind, family or folder"))
        self.search.setClearButtonEnabled(True)
        self.tabs = kind_tabs()
        self.list = QListView()
        self.rows = ModelList(self._small, self)
        self.empty = wrapped_label(role="muted")
        self.empty_button = QPushButton(icon("download"), self.tr("Get Models"))
        self._forecasts.foretold.connect(self._take_plan)
        self._arrange()
        self._connect()

    @cached_property
    def details(self) -> ModelDetails:
        """All about the chosen model, made when there is one."""
        details = ModelDetails()
        details.wanted.connect(self._do)
        details.mend_wanted.connect(self._mend)
        details.words.copied.connect(lambda text: self.said.emit(self.tr("Copied: {text}").format(text=text)))
        self._row.addWidget(details, 5)
        return details

    def show_models(self, models: Sequence[ModelInfo]) -> None:
        """List these; what was chosen stays chosen."""
        if tuple(models) != self._models:
            self._models = tuple(models)
            self._notes.clear()
            self._plans.clear()
            self._name_tabs()
        self._refresh()

    def tab(self) -> str:
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def show_tab(self, tab: str) -> None:
        self.tabs.setCurrentIndex(list(TABS).index(tab))

    def current(self) -> ModelInfo | None:
        """The chosen model."""
        return self.rows.model_at(self.list.currentIndex().row())

    def choose(self, model_id: str) -> None:
        """Choose a model in the list, if it is listed."""
        row = self.rows.row_of(model_id)
        if row >= 0:
            self.list.setCurrentIndex(self.rows.index(row))

    def stop(self) -> None:
        """The window closes: nothing is waited for."""
        for each in (self._reading, self._forecasts, self._small, self._large):
            each.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys go through the list also while one types."""
        is_pressed = watched is self.search and event.type() == QEvent.Type.KeyPress
        if is_pressed and isinstance(event, QKeyEvent) and event.key() in _TO_LIST:
            return QApplication.sendEvent(self.list, event)
        return super().eventFilter(watched, event)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        for tab in TABS:
            self.tabs.setTabData(self.tabs.addTab(word(TABS[tab])), tab)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ModelDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(self.tr("Models"))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_button.setAutoDefault(False)
        blank = QWidget()
        column = QVBoxLayout(blank)
        column.addStretch(1)
        column.addWidget(self.empty)
        column.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        full = QWidget()
        self._row = QHBoxLayout(full)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * GRID)
        self._row.addWidget(self.list, 4)
        self._stack = QStackedLayout()
        self._stack.addWidget(full)
        self._stack.addWidget(blank)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * GRID)
        whole.addWidget(self.search)
        whole.addWidget(self.tabs)
        whole.addLayout(self._stack, 1)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._refresh)
        self.search.returnPressed.connect(self._draw_with_current)
        self.tabs.currentChanged.connect(self._refresh)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.list.activated.connect(self._draw_with_current)
        self.empty_button.clicked.connect(lambda: self.get_wanted.emit(""))
        self._deeds.pictured.connect(self._picture_changed)
        self._large.ready.connect(self._picture_ready)

    # --- showing ----------------------------------------------------------------------------------

    def _name_tabs(self) -> None:
        counts = Counter(tab_of(each.kind) for each in self._models)
        counts |= Counter({ALL: len(self._models), UNUSABLE: sum(each.problem is not None for each in self._models)})
        for index, (tab, text) in enumerate(TABS.items()):
            count = counts[tab]
            self.tabs.setTabText(index, f"{word(text)} {count}" if count else word(text))
            self.tabs.setTabVisible(index, bool(count) or tab in _LASTING_TABS)

    def _refresh(self) -> None:
        found = matching(self._models, self.tab(), self.search.text())
        wanted = self._current
        self.rows.show(found)
        row = max(0, self.rows.row_of(wanted)) if found else -1
        self._stack.setCurrentIndex(0 if found else 1)
        if found:
            before, now = self.list.currentIndex(), self.rows.index(row)
            self.list.setCurrentIndex(now)  # which shows another one
            if now == before:
                self._show_current()
        else:
            self._show_empty()

    def _show_empty(self) -> None:
        query = self.search.text().strip()
        if query:
            text = self.tr("Nothing here fits “{query}”.").format(query=query)
        elif self.tab() == "lora":
            text = self.tr("There is no LoRA yet. Put .safetensors files into the models folder, or add a folder.")
        elif self.tab() == UNUSABLE:
            text = self.tr("Everything here can be used.")
        else:
            text = self.tr("There is no model yet. Get one, or add the folder of another program.")
        self.empty.setText(text)
        self.empty_button.setVisible(not query and self.tab() in (ALL, "model"))

    def _show_current(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        model = self.current()
        if model is None:
            return
        self._current = model.id
        notes = self._notes.get(model.id)
        self.details.show_model(
            model,
            notes or ModelNotes(),
            self._large.of(model),
            is_chosen=self._use is not None and self._use.chosen() == model.id,
            is_own=self._deeds.may_throw_away(model, self._shipped),
            can_draw=self._use is not None,
            plan=self._plans.get(model.id),
        )
        if notes is None:
            self._reading.run(lambda: read_notes(model.path), lambda read: self._take_notes(model, read))

        self._ask_plan(model)

    def _ask_plan(self, model: ModelInfo) -> None:
        """What it takes of the memory, once what draws is there: it is loaded for no look at a list."""
        plan_of = self._plan_of
        can_draw = model.kind == "model" and model.problem is None and "torch" in sys.modules
        if plan_of is not None and can_draw and model.id not in self._plans:
            self._forecasts.ask(model, lambda: plan_of(model))

    def _take_plan(self, model: ModelInfo, plan: Plan) -> None:
        self._plans[model.id] = plan
        shown = self.current()
        if shown is not None and shown.id == model.id:
            self._show_current()

    def _take_notes(self, model: ModelInfo, notes: ModelNotes) -> None:
        self._notes[model.id] = notes
        shown = self.current()
        if shown is not None and shown.id == model.id and notes != ModelNotes():
            self._show_current()

    def _picture_changed(self, path: Path) -> None:
        for pictures in (self._small, self._large):
            pictures.forget(path)
        self._show_current()

    def _picture_ready(self, path: Path) -> None:
        model = self.current()
        if model is not None and model.path == path:
            self.details.show_picture(self._large.of(model))

    # --- doing ------------------------------------------------------------------------------------

    def _do(self, deed: str) -> None:
        model = self.current()
        if model is None:
            return
        deeds: dict[str, Callable[[], object]] = {
            "use": self._draw_with_current,
            "treat": lambda: self._ask_what_it_is(model),
            "picture": lambda: self._give_open_picture(model),
            "picture file": lambda: self.file_wanted.emit(model),
            "no picture": lambda: self._deeds.take_picture(model),
            "folder": lambda: show_in_folder(model),
            "page": lambda: QDesktopServices.openUrl(QUrl(self._notes[model.id].source)),
            "delete": lambda: self._ask_deletion(model),
        }
        deeds[deed]()

    def _mend(self, mend: Mend) -> None:
        model = self.current()
        if model is None:
            return
        ways: dict[Mend, Callable[[], object]] = {
            "look again": self.search_wanted.emit,
            "reset": lambda: self._deeds.say(model, Override()),
            "get parts": lambda: self.get_wanted.emit(model),
            "say what it is": lambda: self._ask_what_it_is(model),
            "move": lambda: self._deeds.put_with_upscalers(model),
            "get again": lambda: self.get_wanted.emit(self._notes[model.id].source),
        }
        ways[mend]()

    def _draw_with_current(self) -> None:
        model = self.current()
        if model is not None and self._use is not None and model.kind == "model" and model.problem is None:
            self._use.choose(model.id)
            self.said.emit(self.tr("Pictures are drawn with {name} now.").format(name=model.name))
            self._show_current()

    def _give_open_picture(self, model: ModelInfo) -> None:
        if self._use is not None:
            self._deeds.give_picture(model, self._use.picture())

    def _ask_what_it_is(self, model: ModelInfo) -> None:
        try:
            said = read_override(model.path)
        except ModelError as error:  # what was said cannot be read: it is replaced
            self.said.emit(error_text(error))
            said = Override()
        dialog = TreatAsDialog(model, said, self)
        dialog.chosen.connect(lambda override: self._deeds.say(model, override))
        open_dialog(dialog)

    def _ask_deletion(self, model: ModelInfo) -> None:
        text = self.tr("Delete {name}?").format(name=model.name)
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Delete a model"), text, parent=self)
        told = self.tr("{path} goes into the trash, with its picture and notes.")
        box.setInformativeText(told.format(path=model.path))
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.AcceptRole)
        box.setEscapeButton(box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole))
        box.setDefaultButton(button)
        box.accepted.connect(lambda: self._deeds.throw_away(model))
        open_dialog(box)
