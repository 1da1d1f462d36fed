"""Generate > Grid: the dialog, the job that it asks for, and a grid that a killed program has left."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.document import Document
from studio.errors import ShorelineError
from studio.generation import GenerationSettings
from studio.message import Message
from studio.session import Job, JobStatus, OpenDocument, Session
from studio.settings import SettingsStore
from studio.ui.background.background import Background
from studio.ui.background.catalogue import Catalogue
from studio.ui.panels.generate.generate_panel import GeneratePanel
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import NoticeAction, NoticeBar
from studio.ui.widgets.parameter_form import plugin_text
from studio.ui.widgets.readable import message_text

if TYPE_CHECKING:
    from studio.files.grids import LeftGrid
    from studio.generation.grids import GridCell, GridPlan
    from studio.jobs.grids.kinds import GridParts
    from studio.ui.dialogs.grid import GridDialog

MOST_PACES: Final = 200
_NOTICE: Final = "grid"


class GridActions(QObject):
    """Cells of grids are kept below ``root``. The dialog starts from the settings of the Generate panel."""

    def __init__(
        self,
        session: Session,
        catalogue: Catalogue,
        *,
        store: SettingsStore,
        root: Path,
        generate: GeneratePanel,
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._catalogue = catalogue
        self._store = store
        self._root = root
        self._generate = generate
        self._notices = notices
        self._window = window
        self._background = Background("grids", self)
        self._has_looked = False
        follow(self, session.queue.job_ended, self._job_ended)
        catalogue.changed.connect(self._look_for_left)

    # --- asking -----------------------------------------------------------------------------------

    def ask(self) -> GridDialog | None:
        """Open the dialog; ``None`` where something stands in the way, which the Generate panel says."""
        from studio.ui.dialogs.grid import GridDialog

        settings = self._generate.checked_settings()
        if settings is None or not self._generate.has_engine():
            return None
        target = self._session.current
        parts = self._parts(settings, target.document)
        if parts is None:
            return None
        asked = self._store.current.grid_axes or (f"seed={settings.seed}-{settings.seed + 3}",)
        dialog = GridDialog(parts, asked, self._store.current.paces, self._window)
        dialog.chosen.connect(lambda plan, cells: self._chosen(dialog, target, parts, plan, cells))
        return open_dialog(dialog)

    def _parts(self, settings: GenerationSettings, document: Document) -> GridParts | None:
        from studio.jobs.grids.kinds import GridParts

        tool = self._catalogue.tools().get(settings.tool)
        if tool is None:
            return None
        return GridParts(
            settings=settings,
            document=document,
            tool=tool,
            schedulers=self._catalogue.schedulers(),
            styles=self._catalogue.styles(),
            library=self._catalogue.models_and_adapters(),
            shown=shown_text,
        )

    def _chosen(
        self,
        dialog: GridDialog,
        target: OpenDocument,
        parts: GridParts,
        plan: GridPlan,
        cells: tuple[GridCell, ...],
    ) -> None:
        self._store.change(grid_axes=dialog.asked())
        self._start(target, parts.document, plan, cells)

    def _start(self, target: OpenDocument, document: Document, plan: GridPlan, cells: tuple[GridCell, ...]) -> None:
        from studio.generation.grids import GridTask

        task = GridTask(plan=plan, cells=cells, folder=self._root / plan.key, is_ours=True, say=message_text)
        self._session.queue.start(target, plan.settings, grid=task, document=document)

    # --- what has ended ---------------------------------------------------------------------------

    def _job_ended(self, job: Job) -> None:
        grid = job.request.grid
        if grid is not None and job.status is JobStatus.CANCELLED and self._window.isEnabled():
            from studio.files.grids import drop_request

            # A window that is closing is not enabled: what it cuts off is offered at the next start.
            self._background.run(partial(drop_request, grid.folder), lambda _nothing: None)
        self._learn_pace(job)

    def _learn_pace(self, job: Job) -> None:
        """Remember how long the model of a picture took."""
        if job.result is None or not job.result.images:
            return
        from studio.jobs.grids.cells import pace_of

        pace = pace_of(job.result, self._catalogue.tools())
        if pace is None:
            return
        model = job.result.request.settings.model
        others = {key: value for key, value in self._store.current.paces.items() if key != model}
        kept = dict(list(others.items())[-MOST_PACES:])
        self._store.change(paces={**kept, model: round(pace, 4)})

    # --- one that was left ------------------------------------------------------------------------

    def _look_for_left(self) -> None:
        """Once, when plugins and models are known: was a grid being drawn when the program ended?"""
        if self._has_looked or not self._catalogue.models():
            return
        self._has_looked = True
        self._background.run(partial(_newest_left, self._root), self._offer)

    def _offer(self, left: LeftGrid | None) -> None:
        if left is None:
            return
        text = self.tr("A grid was not finished when Shoreline ended: {drawn} of {count} pictures are there.")
        self._notices.show_notice(
            text.format(drawn=left.drawn, count=left.plan.count),
            actions=(
                NoticeAction(self.tr("Go On"), partial(self._go_on, left)),
                NoticeAction(self.tr("Discard It"), partial(self._discard, left)),
            ),
            key=_NOTICE,
        )

    def _go_on(self, left: LeftGrid) -> None:
        from studio.files.grids import read_document

        self._in_background(partial(read_document, left), partial(self._resume, left.plan))

    def _resume(self, plan: GridPlan, document: Document) -> None:
        from studio.jobs.grids.kinds import axis_kinds
        from studio.jobs.grids.planning import planned

        parts = self._parts(plan.settings, document)
        if parts is None:
            text = self.tr("The tool {name} is not there. Enable its plugin, then ask for the grid again.")
            self._notices.show_notice(text.format(name=plan.settings.tool), "error", key=_NOTICE)
            return
        try:
            cells = planned(plan, parts, axis_kinds(parts))
        except ShorelineError as error:
            self._notices.show_error(error, key=_NOTICE)
            return
        self._start(self._session.current, document, plan, cells)

    def _discard(self, left: LeftGrid) -> None:
        self._in_background(partial(shutil.rmtree, left.folder, ignore_errors=True), lambda _nothing: None)

    def _in_background(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._background.run(work, done, lambda error: self._notices.show_error(error, key=_NOTICE))


def shown_text(text: str) -> str:
    """A message, or a text that a plugin declares, in the language of the window."""
    return message_text(text) if isinstance(text, Message) else plugin_text(text)


def _newest_left(root: Path) -> LeftGrid | None:
    if not any(root.glob("*/grid.json")):  # most starts need nothing of what reads them
        return None
    from studio.files.grids import left_grids

    return next(iter(left_grids(root)), None)
