"""The Queue panel: running and waiting jobs, and the pictures of those that ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio.api import ToolSpec
from studio.document import Document
from studio.editing.drawing_again import drawn_picture
from studio.errors import SettingError
from studio.generation import GenerationSettings
from studio.jobs.requirements import lacking_mask
from studio.session import Job, JobStatus, Session, random_seed
from studio.ui.panels.queue.job_card import WHOLE_JOB, JobCard, PictureChoice
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, tell_keys, work_as
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import error_text

_ORDER = {JobStatus.RUNNING: 0, JobStatus.QUEUED: 1}
_OVER = 2


class QueuePanel(QWidget):
    """The running job first, then those that wait in their order, then those that are over, newest first.

    Signals: ``show_requested(str job_id, int index)`` when a picture shall be looked at;
    ``placed()`` when one is the active layer now, made so or there already;
    ``reuse_requested(GenerationSettings)`` when settings shall be used again (with the seed of the very picture);
    ``message(str)`` says why something was not possible, or what was done out of sight.
    """

    show_requested = Signal(str, int)
    placed = Signal()
    reuse_requested = Signal(GenerationSettings)
    message = Signal(str)

    def __init__(
        self,
        session: Session,
        actions: ActionTable,
        tools: Callable[[], Mapping[str, ToolSpec]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._tools = tools
        self._cards: dict[str, JobCard] = {}
        self.empty = QLabel(self)
        self.cancel_all_button = QPushButton(self.tr("Cancel all"), self)
        self.clear_button = QPushButton(self.tr("Clear finished"), self)
        self._arrange()
        work_as(self.cancel_all_button, actions["generate.cancel_all"])
        work_as(self.clear_button, actions["generate.clear_finished"])
        follow(self, session.queue.jobs_changed, self.refresh)
        follow(self, session.queue.job_progressed, self._show_job)
        follow(self, session.queue.job_ended, self._show_job)
        self.refresh()

    def cards(self) -> tuple[JobCard, ...]:
        """The cards from the top to the bottom."""
        return tuple(self._cards[job.id] for job in self._ordered())

    def pictures(self) -> list[tuple[str, int]]:
        """All pictures from the top to the bottom: the id of the job and the index in it."""
        results = ((job.id, job.result) for job in self._ordered() if job.result is not None)
        return [(job_id, index) for job_id, result in results for index in range(len(result.images))]

    def place(self, job_id: str, index: int) -> None:
        """Make a picture a layer; the layer of one that is a layer already becomes active, and that is said."""
        layer_id = self._session.layer_of(job_id, index)
        if layer_id is not None:
            self._session.select_layer(layer_id)
            layer = self._session.document.find(layer_id)
            text = (
                self.tr("This picture is a layer already: “{name}”, which is active now.")
                if layer.visible
                else self.tr("This picture is a layer already: “{name}”, which is hidden. It is active now.")
            )
            self.message.emit(text.format(name=layer.name))
            self.placed.emit()
            return
        try:
            self._session.place_result(job_id, (index,))
            self.placed.emit()
        except SettingError as error:
            self.message.emit(error_text(error))

    def refresh(self) -> None:
        """Bring the cards in line with the session's jobs; those that did not change are left alone."""
        ordered = self._ordered()
        known = {job.id for job in ordered}
        for job_id in [job_id for job_id in self._cards if job_id not in known]:
            card = self._cards.pop(job_id)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for position, job in enumerate(ordered):
            self._show_at(position, job)
        self.guide.setVisible(not ordered)
        self.scroll_area.setVisible(bool(ordered))
        self.cancel_all_button.setVisible(any(not job.is_over for job in ordered))
        self.clear_button.setVisible(any(job.is_over for job in ordered))

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        text = self.tr("Nothing is queued. Type what you want to see, then press {keys}; the pictures gather here.")
        tell_keys(self._actions["generate.start"], text, self.empty.setText)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "muted")
        self.guide = QWidget(self)
        guide = QVBoxLayout(self.guide)
        guide.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        guide.addWidget(self.empty)
        holder = QWidget(self)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self._column.setSpacing(2 * GRID)
        self._column.addStretch(1)
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(holder)
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        bar.addWidget(self.cancel_all_button)
        bar.addStretch(1)
        bar.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.guide, 1)
        column.addWidget(self.scroll_area, 1)
        column.addLayout(bar)

    # --- following --------------------------------------------------------------------------------

    def _ordered(self) -> list[Job]:
        jobs = list(enumerate(self._session.queue.jobs))

        def place(entry: tuple[int, Job]) -> tuple[int, int]:
            number, job = entry
            rank = _ORDER.get(job.status, _OVER)
            return rank, -number if rank == _OVER else number

        return [job for _, job in sorted(jobs, key=place)]

    def _show_at(self, position: int, job: Job) -> None:
        card = self._cards.get(job.id)
        if card is None:
            card = self._new_card(job)
            self._column.insertWidget(position, card)
        elif self._column.indexOf(card) != position:
            self._column.removeWidget(card)
            self._column.insertWidget(position, card)
        if card.job is not job:
            card.show_job(job)

    def _new_card(self, job: Job) -> JobCard:
        card = JobCard(job, self)
        card.cancel_clicked.connect(self._session.queue.cancel)
        card.remove_clicked.connect(self._session.queue.forget_job)
        card.picture_chosen.connect(self._act)
        self._cards[job.id] = card
        return card

    def _show_job(self, job: Job) -> None:
        card = self._cards.get(job.id)
        if card is not None:
            card.show_job(job)

    # --- actions ----------------------------------------------------------------------------------

    def _act(self, choice: PictureChoice) -> None:
        job = self._cards[choice.job_id].job
        settings = _settings_of(job, choice.index)
        match choice.action:
            case "show":
                self.show_requested.emit(job.id, choice.index)
            case "place":
                self.place(job.id, choice.index)
            case "reuse":
                self.reuse_requested.emit(settings)
            case "vary":
                drawn = drawn_picture(job, choice.index, self._session.document)
                self._start(drawn.more(1, random_seed()), drawn.document)
            case "copy seed":
                QGuiApplication.clipboard().setText(str(settings.seed))
                self.message.emit(self.tr("Seed {seed} is on the clipboard.").format(seed=settings.seed))

    def _start(self, settings: GenerationSettings, document: Document) -> None:
        tool = self._tools().get(settings.tool)
        lacking = None if tool is None else lacking_mask(tool, document)
        if lacking is None:
            self._session.start(settings, document=document)
        else:
            self.message.emit(error_text(lacking))


def _settings_of(job: Job, index: int) -> GenerationSettings:
    """The settings that give picture ``index`` of a job again, or all of its pictures."""
    if job.result is None:
        return job.request.settings
    return job.result.request.settings if index == WHOLE_JOB else job.result.settings_of(index)
