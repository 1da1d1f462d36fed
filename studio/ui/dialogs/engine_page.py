"""Preferences > Engine: what draws, how to get it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.installation.backends import Backend
from studio.installation.installing import EnginePlan, EngineProgress
from studio.installation.store import Engine
from studio.settings import SettingsStore
from studio.system.parts import OPTIONAL
from studio.ui.background.engine_installation import EngineInstallation, Offer, was_cancelled
from studio.ui.dialogs.prompts import WindowPrompts
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import bytes_text, duration_text, sentences
from studio.ui.widgets.styled import set_styled
from studio.ui.widgets.wrapped_label import wrapped_label

_TEXTS = (
    QT_TRANSLATE_NOOP("Backends", "NVIDIA graphics card (CUDA 13)"),
    QT_TRANSLATE_NOOP("Backends", "NVIDIA graphics card (CUDA 12.6)"),
    QT_TRANSLATE_NOOP("Backends", "AMD graphics card (ROCm 7.2)"),
    QT_TRANSLATE_NOOP("Backends", "Apple GPU"),
    QT_TRANSLATE_NOOP("Backends", "Processor only"),
    QT_TRANSLATE_NOOP("Backends", "No graphics card that can draw was found."),
    QT_TRANSLATE_NOOP("Backends", "It fits {card}."),
    QT_TRANSLATE_NOOP("Backends", "It fits {card} with driver {driver}."),
    QT_TRANSLATE_NOOP("Backends", "There is no build for {card} on this system, so the processor draws."),
    QT_TRANSLATE_NOOP(
        "Backends",
        "The driver {driver} of {card} is too old: {least} or newer is needed. Until it is updated, pictures are drawn "
        "by the processor.",
    ),
    QT_TRANSLATE_NOOP("Backends", "enlarging with networks"),
    QT_TRANSLATE_NOOP("Backends", "few-step weights"),
    QT_TRANSLATE_NOOP("Backends", "films"),
)
"""What `studio.installation.backends`, its table and `studio.system.parts` say; a test holds them together."""
_INDEX, _MIRROR, _WHEELS = "index", "mirror", "wheels"


class EnginePage(QWidget):
    """Shows an `EngineInstallation` and starts its work; the work goes on when the page is closed."""

    def __init__(self, installation: EngineInstallation, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._installation = installation
        self._store = store
        self._offer: Offer | None = None
        self.state = wrapped_label(role="heading", selectable=True)
        self.engines = QTreeWidget()
        self.engines.setRootIsDecorated(False)
        self.engines.setHeaderLabels([self.tr("Installed"), self.tr("PyTorch"), self.tr("Size")])
        self.use = QPushButton(self.tr("Use"))
        self.back = QPushButton(icon("undo"), self.tr("Go Back"))
        self.back.setToolTip(self.tr("Use the engine before this one again"))
        self.repair = QPushButton(icon("refresh"), self.tr("Repair"))
        self.repair.setToolTip(self.tr("Fetch the engine in use anew and put it in the place of what is there"))
        self.remove = QPushButton(icon("trash"), self.tr("Remove"))
        self.backend = QComboBox()
        self.why = wrapped_label(role="muted", selectable=True)
        self.source = QComboBox()
        self.place = QLineEdit()
        self.browse = QPushButton(icon("folder"), self.tr("Choose…"))
        self.install = QPushButton()
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.status = wrapped_label(role="muted", selectable=True)
        self._fill_sources()
        self._arrange()
        self._connect()
        self._show()
        installation.look()

    # --- building ---------------------------------------------------------------------------------

    def _fill_sources(self) -> None:
        self.source.addItem(self.tr("The internet"), _INDEX)
        self.source.addItem(self.tr("A mirror"), _MIRROR)
        self.source.addItem(self.tr("A folder of wheels (no network)"), _WHEELS)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.use, self.back, self.repair, self.remove):
            buttons.addWidget(button)
        buttons.addStretch()
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(self.browse)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(4 * GRID)
        self._form.setVerticalSpacing(2 * GRID)
        chosen = QVBoxLayout()
        chosen.setSpacing(GRID)
        chosen.addWidget(self.backend)
        chosen.addWidget(self.why)
        self._form.addRow(self.tr("Draw with"), chosen)
        self._form.addRow(self.tr("Fetch from"), self.source)
        self._place_row = QWidget()
        self._place_row.setLayout(place)
        place.setContentsMargins(0, 0, 0, 0)
        self._form.addRow("", self._place_row)
        run = QHBoxLayout()
        run.addWidget(self.progress, 1)
        run.addStretch()
        run.addWidget(self.install)
        self._list = QWidget()
        listed = QVBoxLayout(self._list)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(2 * GRID)
        listed.addWidget(self.engines, 1)
        listed.addLayout(buttons)
        self._managed = QWidget()
        column = QVBoxLayout(self._managed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addWidget(self._list, 1)
        column.addLayout(self._form)
        column.addLayout(run)
        column.addWidget(self.status)
        column.addStretch()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        whole.setSpacing(3 * GRID)
        whole.addWidget(self.state)
        whole.addWidget(self._managed, 1)
        if not self._is_managed():
            whole.addStretch(1)

    def _connect(self) -> None:
        installation = self._installation
        installation.offered.connect(self._take_offer)
        installation.progressed.connect(self._show_progress)
        installation.changed.connect(self._show)
        installation.ended.connect(self._show_end)
        self.engines.currentItemChanged.connect(lambda *_: self._show_buttons())
        self.backend.currentIndexChanged.connect(lambda *_: self._show_backend())
        self.source.currentIndexChanged.connect(lambda *_: self._show_source())
        self.place.textChanged.connect(lambda *_: self._show_buttons())
        self.browse.clicked.connect(self._choose_folder)
        self.use.clicked.connect(lambda: self._with_chosen(installation.use))
        self.back.clicked.connect(installation.go_back)
        self.repair.clicked.connect(self._repair)
        self.remove.clicked.connect(lambda: self._with_chosen(installation.remove))
        self.install.clicked.connect(self._install_or_cancel)

    # --- work -------------------------------------------------------------------------------------

    def _install_or_cancel(self) -> None:
        if self._installation.is_running:
            self._installation.cancel()
            self.status.setText(self.tr("Stopping…"))
        else:
            self._start(self._chosen_backend())

    def _repair(self) -> None:
        engine = self._installation.current()
        if engine is not None and self._offer is not None:
            same = (backend for backend in self._offer.backends if backend.id == engine.manifest.backend)
            self._start(next(same, None))

    def _start(self, backend: Backend | None) -> None:
        if backend is not None:
            self._installation.install(self._with_source(self._installation.plan(backend)))
            self.status.setText(self.tr("Preparing…"))
            self._show_buttons()

    def _with_source(self, plan: EnginePlan) -> EnginePlan:
        text = self.place.text().strip()
        if self.source.currentData() == _WHEELS:
            return replace(plan, wheels=Path(text))
        return replace(plan, mirror=text) if self.source.currentData() == _MIRROR else plan

    def _with_chosen(self, work: object) -> None:
        engine = self._chosen_engine()
        if engine is not None and callable(work):
            work(engine)
            self._show_buttons()

    def _choose_folder(self) -> None:
        prompts = WindowPrompts(self.window(), self._store)
        prompts.open_folder(self.tr("Folder of wheels"), Path.home(), self._take_folder)

    def _take_folder(self, folder: Path | None) -> None:
        if folder is not None:
            self.place.setText(str(folder))

    # --- showing ----------------------------------------------------------------------------------

    def _is_managed(self) -> bool:
        return self._installation.state().kind != "environment"

    def _show(self) -> None:
        self._managed.setVisible(self._is_managed())
        self.state.setText(self._state_text())
        current = self._installation.current()
        self.engines.clear()
        for engine in self._installation.engines():
            facts = engine.manifest
            name, torch = backend_text(facts.backend_name), facts.parts.get("torch", "?")
            item = QTreeWidgetItem([name, torch, bytes_text(facts.bytes)])
            item.setIcon(0, icon("check", "accent") if engine == current else icon("model"))
            item.setToolTip(0, "\n".join([str(engine.folder), *engine.manifest.problems]))
            item.setData(0, Qt.ItemDataRole.UserRole, engine)
            self.engines.addTopLevelItem(item)
            if engine == current:
                self.engines.setCurrentItem(item)
        self._list.setVisible(self.engines.topLevelItemCount() > 0)
        self.engines.ensurePolished()
        self.engines.resizeColumnToContents(0)
        self._show_source()

    def _state_text(self) -> str:
        state = self._installation.state()
        if state.kind == "environment":
            return self.tr("PyTorch is part of this Python environment, so no engine is needed.")
        if state.kind == "unusable":
            return state.problem
        if state.engine is None:
            return self.tr(
                "The engine draws the pictures: PyTorch and what belongs to it. It is not installed yet. "
                "Everything else works without it."
            )
        if self._installation.needs_new_start:
            return self.tr("The engine {name} is used from the next start on.").format(name=state.engine.name)
        facts = state.engine.manifest
        drawn = self.tr("Pictures are drawn with: {name}.").format(name=backend_text(facts.backend_name))
        lacking = [backend_text(use) for use in lacking_uses(facts.parts)]
        if not lacking:
            return drawn
        separator = self.tr(", ", "between things that cannot be done")
        return sentences(drawn, self.tr("Not with it: {uses}.").format(uses=separator.join(lacking)))

    def _take_offer(self, offer: Offer) -> None:
        self._offer = offer
        self.backend.clear()
        for backend in offer.backends:
            name = self.tr("{name} (recommended)") if backend == offer.best else "{name}"
            self.backend.addItem(name.format(name=backend_text(backend.name)), backend)
        self.backend.setCurrentIndex(offer.backends.index(offer.best))
        self._show_backend()

    def _show_backend(self) -> None:
        backend = self._chosen_backend()
        if backend is None or self._offer is None:
            return
        sizes = self.tr("About {download} to fetch, {unpacked} on the disk.").format(
            download=bytes_text(backend.download), unpacked=bytes_text(backend.unpacked)
        )
        why = backend_text(self._offer.why.template).format(**self._offer.why.values)
        self.why.setText(sentences(why, sizes) if backend == self._offer.best else sizes)
        self._show_buttons()

    def _show_source(self) -> None:
        source = self.source.currentData()
        self._form.setRowVisible(self._place_row, source != _INDEX)
        self.browse.setVisible(source == _WHEELS)
        hint = self.tr("https://… of a package index") if source == _MIRROR else self.tr("Folder with .whl files")
        self.place.setPlaceholderText(hint)
        self._show_buttons()

    def _show_buttons(self) -> None:
        installation, chosen = self._installation, self._chosen_engine()
        is_running, current = installation.is_running, installation.current()
        has_place = self.source.currentData() == _INDEX or bool(self.place.text().strip())
        self.use.setEnabled(not is_running and chosen is not None and chosen != current)
        self.back.setEnabled(not is_running and installation.previous() is not None)
        self.repair.setEnabled(not is_running and current is not None and self._offer is not None and has_place)
        self.remove.setEnabled(not is_running and chosen is not None)
        self.install.setText(self.tr("Cancel") if is_running else self.tr("Install"))
        is_first = not is_running and not installation.can_draw()
        set_styled(self.install, "role", "primary" if is_first else "")
        self.install.setEnabled(is_running or (has_place and self._chosen_backend() is not None))
        self.progress.setVisible(is_running)
        for field in (self.backend, self.source, self.place, self.browse):
            field.setEnabled(not is_running)
        if is_running and installation.last_progress is not None:
            self._show_progress(installation.last_progress)

    def _show_progress(self, progress: EngineProgress) -> None:
        self.progress.setValue(round(1000 * progress.done / progress.total) if progress.total else 0)
        texts = {
            "preparing": self.tr("Preparing…"),
            "tidying": self.tr("Removing what an earlier try left: {done} of {total}").format(
                done=bytes_text(progress.done), total=bytes_text(progress.total)
            ),
            "fetching": self.tr("{done} of about {total}").format(
                done=bytes_text(progress.done), total=bytes_text(progress.total)
            ),
            "compiling": self.tr("Making it start quickly…"),
            "trying": self.tr("Drawing a first picture with it…"),
        }
        text = texts[progress.stage]
        if progress.seconds_left is not None:
            text = self.tr("{text}, about {time} left").format(text=text, time=duration_text(progress.seconds_left))
        self.status.setText(text)

    def _show_end(self, error: object) -> None:
        if error is None:
            self.status.setText("")
        elif was_cancelled(error):
            self.status.setText(self.tr("Stopped. It goes on from there when you start it again."))
        elif isinstance(error, Exception):
            self.status.setText(error_text(error))
        self._show_buttons()

    def _chosen_backend(self) -> Backend | None:
        backend = self.backend.currentData()
        return backend if isinstance(backend, Backend) else None

    def _chosen_engine(self) -> Engine | None:
        item = self.engines.currentItem()
        engine = None if item is None else item.data(0, Qt.ItemDataRole.UserRole)
        return engine if isinstance(engine, Engine) else None


def lacking_uses(parts: Mapping[str, str]) -> list[str]:
    """What an engine with these ``parts`` (library to version) cannot do, each said once, in English."""
    return list(dict.fromkeys(use for name, use in OPTIONAL.items() if name not in parts))


def backend_text(text: str) -> str:
    """A name or reason of `studio.installation.backends` in the language of the window."""
    return QCoreApplication.translate("Backends", text)
