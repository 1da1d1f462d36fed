"""Preferences > Engine: what draws, how to get it, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.installation.backends import Backend
from studio.installation.store import Engine
from studio.settings import SettingsStore
from studio.system.parts import OPTIONAL
from studio.ui.background.engine_installation import EngineInstallation, EngineStatus, Offer, was_cancelled
from studio.ui.dialogs.engine_source import EngineSourceFields
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.engine_texts import amount_text, backend_text, fraction, work_text
from studio.ui.widgets.notice import Notice
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import bytes_text, sentences
from studio.ui.widgets.styled import set_styled
from studio.ui.widgets.wrapped_label import wrapped_label

ENGINE_PAGE: Final = "engine-page"
"""The page's name among the widgets of the window."""


class EnginePage(QWidget):
    """Shows an `EngineInstallation` and starts its work; the work goes on when the page is closed."""

    def __init__(self, installation: EngineInstallation, store: SettingsStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(ENGINE_PAGE)
        self._installation = installation
        self._offer: Offer | None = None
        self.state = wrapped_label(role="heading", selectable=True)
        self.engines = QTreeWidget()
        self.engines.setRootIsDecorated(False)
        self.engines.setHeaderLabels([self.tr("Installed"), self.tr("PyTorch"), self.tr("Size")])
        self.use = QPushButton(self.tr("Use"))
        self.use.setToolTip(self.tr("Draw with the chosen engine from the next start on"))
        self.back = QPushButton(icon("undo"), self.tr("Go Back"))
        self.back.setToolTip(self.tr("Use the engine before this one again"))
        self.repair = QPushButton(icon("refresh"), self.tr("Repair"))
        self.repair.setToolTip(self.tr("Fetch the engine in use anew and put it in the place of what is there"))
        self.remove = QPushButton(icon("trash"), self.tr("Remove"))
        self.remove.setToolTip(self.tr("Delete the chosen engine"))
        self.backend = QComboBox()
        self.why = wrapped_label(role="muted", selectable=True)
        self.source = EngineSourceFields(store)
        self.problem = Notice()
        self.install = QPushButton(self.tr("Install"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.stop = QPushButton(icon("cancel"), self.tr("Stop Installing"))
        self.status = wrapped_label(role="muted", selectable=True)
        for button in (self.use, self.back, self.repair, self.remove, self.install, self.stop):
            button.setAutoDefault(False)
        self._arrange()
        self._connect()
        self._show_plan()
        if installation.offer is not None:
            self._take_offer(installation.offer)
        self._show()
        installation.look()

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(4 * GRID)
        self._form.setVerticalSpacing(2 * GRID)
        chosen = QVBoxLayout()
        chosen.setSpacing(GRID)
        chosen.addWidget(self.backend)
        chosen.addWidget(self.why)
        self._form.addRow(self.tr("Draw with"), chosen)
        self._form.addRow(self.tr("Fetch from"), self.source)
        run = QHBoxLayout()
        run.setSpacing(2 * GRID)
        run.addWidget(self.progress, 1)
        run.addStretch()
        run.addWidget(self.install)
        run.addWidget(self.stop)
        self._managed = QWidget()
        column = QVBoxLayout(self._managed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * GRID)
        column.addWidget(self._listed(), 1)
        column.addLayout(self._form)
        column.addWidget(self.problem)
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

    def _listed(self) -> QWidget:
        buttons = QHBoxLayout()
        for button in (self.use, self.back, self.repair, self.remove):
            buttons.addWidget(button)
        buttons.addStretch()
        self._list = QWidget()
        listed = QVBoxLayout(self._list)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(2 * GRID)
        listed.addWidget(self.engines, 1)
        listed.addLayout(buttons)
        return self._list

    def _connect(self) -> None:
        installation = self._installation
        installation.offered.connect(self._take_offer)
        installation.changed.connect(self._show)
        installation.status_changed.connect(self._show_status)
        installation.ended.connect(self._show_end)
        self.engines.currentItemChanged.connect(lambda *_: self._show_status())
        self.backend.currentIndexChanged.connect(lambda *_: self._show_backend())
        self.backend.activated.connect(lambda _: self._choose_anew())
        self.source.changed.connect(self._choose_anew)
        self.use.clicked.connect(lambda: self._with_chosen(installation.use))
        self.back.clicked.connect(installation.go_back)
        self.repair.clicked.connect(lambda: self._start(self._backend_of_current()))
        self.remove.clicked.connect(lambda: self._with_chosen(installation.remove))
        self.install.clicked.connect(lambda: self._start(self._chosen_backend()))
        self.stop.clicked.connect(installation.cancel)

    # --- work -------------------------------------------------------------------------------------

    def _start(self, backend: Backend | None) -> None:
        if backend is not None:
            self.source.remember()
            self.status.clear()
            self._installation.install(self.source.put_into(self._installation.plan(backend)))

    def _backend_of_current(self) -> Backend | None:
        """What a repair fetches anew, if this machine is offered it still."""
        engine = self._installation.current()
        if engine is None or self._offer is None:
            return None
        return next((each for each in self._offer.backends if each.id == engine.manifest.backend), None)

    def _with_chosen(self, work: Callable[[Engine], object]) -> None:
        engine = self._chosen_engine()
        if engine is not None:
            self.status.clear()
            work(engine)

    def _choose_anew(self) -> None:
        """Another choice: what was said of the one before does not hold of it."""
        self.status.clear()
        self._installation.forget_error()
        self._show_status()

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
        self._show_status()

    def _state_text(self) -> str:
        state = self._installation.state()
        if state.kind == "environment":
            return self.tr("PyTorch is part of this Python environment, so no engine is needed.")
        if state.kind == "unusable":
            advice = self.tr("Press Repair to fetch it anew, or install another.")
            return sentences(self.tr("The engine that is installed cannot be used."), advice)
        if state.engine is None:
            return self.tr(
                "The engine draws the pictures: PyTorch and what belongs to it. It is not installed yet: "
                "press Install to fetch it. Everything else works without it."
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
        chosen = self._chosen_backend()
        self._offer = offer
        plan = self._installation.plan_in_work
        wanted = plan.backend if plan is not None else chosen if chosen in offer.backends else offer.best
        self.backend.clear()
        for backend in offer.backends:
            name = self.tr("{name} (recommended)") if backend == offer.best else "{name}"
            self.backend.addItem(name.format(name=backend_text(backend.name)), backend)
        self.backend.setCurrentIndex([backend.id for backend in offer.backends].index(wanted.id))
        self._show_backend()

    def _show_plan(self) -> None:
        """Show from where the engine comes that is being installed."""
        plan = self._installation.plan_in_work
        if plan is not None:
            self.source.show_plan(plan)

    def _show_backend(self) -> None:
        backend = self._chosen_backend()
        if backend is None or self._offer is None:
            return
        sizes = self.tr("About {download} to fetch, {unpacked} on the disk.").format(
            download=bytes_text(backend.download), unpacked=bytes_text(backend.unpacked)
        )
        why = backend_text(self._offer.why.template).format(**self._offer.why.values)
        self.why.setText(sentences(why, sizes) if backend == self._offer.best else sizes)
        self._show_status()

    def _show_status(self) -> None:
        status = self._installation.status()
        self._show_buttons(status)
        self._show_work(status)
        if status.error is not None:
            self.problem.show_text(error_text(status.error))
        elif status.kind == "unusable" and status.work is None:
            self.problem.show_text(status.problem, "warning")
        else:
            self.problem.clear()

    def _show_buttons(self, status: EngineStatus) -> None:
        installation, chosen = self._installation, self._chosen_engine()
        is_idle, current = status.work is None, installation.current()
        is_whole = self.source.is_whole()
        self.use.setEnabled(is_idle and chosen is not None and chosen != current)
        self.back.setEnabled(is_idle and installation.previous() is not None)
        self.repair.setEnabled(is_idle and self._backend_of_current() is not None and is_whole)
        self.remove.setEnabled(is_idle and chosen is not None)
        self.install.setVisible(is_idle)
        set_styled(self.install, "role", "primary" if status.kind == "missing" else "")
        self.install.setEnabled(is_whole and self._chosen_backend() is not None)
        self.backend.setEnabled(is_idle)
        self.source.setEnabled(is_idle)

    def _show_work(self, status: EngineStatus) -> None:
        self.progress.setVisible(status.work is not None)
        self.stop.setVisible(status.is_installing)
        self.stop.setEnabled(not status.is_stopping)
        if status.work is None:
            return
        share = None if status.is_stopping else fraction(status.progress)
        self.progress.setRange(0, 0 if share is None else 1000)
        self.progress.setValue(round(1000 * (share or 0)))
        self.status.setText("\n".join(filter(None, self._work_lines(status))))

    def _work_lines(self, status: EngineStatus) -> tuple[str, ...]:
        if not status.is_installing or status.is_stopping:
            return (f"{work_text(status)}…",)
        goes_on = self.tr("It goes on when you close this window; the status bar shows it.")
        return work_text(status), amount_text(status.progress), goes_on

    def _show_end(self, error: object) -> None:
        stopped = self.tr("Stopped. It goes on from there when you start it again.")
        self.status.setText(stopped if was_cancelled(error) else "")

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
