"""One job of the queue: what was asked, how far it is, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QProgressBar, QToolButton, QVBoxLayout, QWidget

from studio.document import Pixels
from studio.generation import GenerationSettings, UpscaleTask
from studio.session import UPSCALE, Job, JobStatus
from studio.ui.panels.generate.generate_bar import job_text, outcome_text
from studio.ui.panels.picture_button import PictureButton
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import message_text
from studio.ui.widgets.styled import set_styled

WHOLE_JOB: Final = -1
"""The index that stands for all pictures of a job."""

_SIDE: Final = 64
_PROGRESS_STEPS: Final = 1000


@dataclass(frozen=True)
class PictureChoice:
    """A picture of a job, and what shall be done with it: "show", "place", "reuse", "vary" or "copy seed"."""

    job_id: str
    index: int
    action: str


def settings_summary(settings: GenerationSettings) -> str:
    """Such as 512 × 512 · 20 steps · seed 7: what tells jobs with the same prompt apart."""
    text = QCoreApplication.translate("JobCard", "{width} × {height} · {steps} steps · seed {seed}")
    return text.format(width=settings.width, height=settings.height, steps=settings.steps, seed=settings.seed)


def job_summary(job: Job) -> str:
    """`settings_summary`, of a grid with how many pictures it has: Grid 3 × 4 · 512 × 512 ..."""
    summary = settings_summary(job.request.settings)
    if job.request.grid is None:
        return summary
    columns, rows, sheets = job.request.grid.plan.shape
    text = QCoreApplication.translate("JobCard", "Grid {columns} × {rows}")
    return f"{text.format(columns=columns, rows=rows * sheets)} · {summary}"


def upscale_title(task: UpscaleTask) -> str:
    """Such as Upscale picture × 4: what a job that enlarges does."""
    label = QCoreApplication.translate("History", UPSCALE[task.target].label)
    return f"{label} × {task.factor:g}"


class JobCard(QFrame):
    """Shows one `Job`; `show_job` brings it up to date.

    Signals: ``cancel_clicked(str job_id)``, ``remove_clicked(str job_id)``, ``picture_chosen(PictureChoice)``.
    """

    cancel_clicked = Signal(str)
    remove_clicked = Signal(str)
    picture_chosen = Signal(PictureChoice)

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.job = job
        settings = job.request.settings
        upscale = job.request.upscale
        self.title = ElidedLabel(upscale_title(upscale) if upscale else settings.prompt or settings.tool, self)
        self.summary = ElidedLabel(upscale.upscaler if upscale else job_summary(job), self)
        self.summary.setProperty("role", "muted")
        self.status = QLabel(self)
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setProperty("role", "slim")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _PROGRESS_STEPS)
        self.reuse_button = self._button("reuse", self.tr("Use settings"))
        self.end_button = self._button("close", self.tr("Cancel"))
        self.pictures = QWidget(self)
        self._flow = FlowLayout(self.pictures, GRID)
        self._arrange()
        self.reuse_button.setVisible(upscale is None)
        self.reuse_button.clicked.connect(lambda: self._choose(WHOLE_JOB, "reuse"))
        self.end_button.clicked.connect(self._end)
        self.show_job(job)

    def show_job(self, job: Job) -> None:
        """Show a later state of the same job."""
        had_pictures = self._flow.count() > 0
        self.job = job
        running = job.status is JobStatus.RUNNING
        self.bar.setVisible(running)
        if running:
            self.bar.setValue(round((job.progress.fraction if job.progress else 0.0) * _PROGRESS_STEPS))
        self._show_status(job)
        name = self.tr("Remove") if job.is_over else self.tr("Cancel")
        self.end_button.setToolTip(name)
        self.end_button.setAccessibleName(name)
        if job.result is not None and job.is_over and not had_pictures:
            for index, image in enumerate(job.result.images):
                self._flow.addWidget(self._picture(index, image.pixels, image.seed))
        self.pictures.setVisible(self._flow.count() > 0)

    def picture_button(self, index: int) -> QToolButton:
        """The thumbnail of picture ``index``; ``IndexError`` if there is none."""
        item = self._flow.itemAt(index)
        button = item.widget() if item is not None else None
        if not isinstance(button, QToolButton):
            raise IndexError(index)
        return button

    def fill_menu(self, menu: QMenu, index: int) -> None:
        """Put what can be done with picture ``index`` into ``menu``."""
        entries = [("eye", self.tr("Show over the canvas"), "show"), ("place", self.tr("Place as layer"), "place")]
        if self.job.request.upscale is None:
            entries += [
                ("reuse", self.tr("Use settings"), "reuse"),
                ("dice", self.tr("More like this"), "vary"),
                ("copy", self.tr("Copy seed"), "copy seed"),
            ]
        for icon_name, text, action in entries:
            entry = menu.addAction(icon(icon_name), text)
            entry.triggered.connect(lambda _checked=False, chosen=action: self._choose(index, chosen))
        menu.addSeparator()
        remove = menu.addAction(icon("trash"), self.tr("Remove from this list"))
        remove.triggered.connect(lambda: self.remove_clicked.emit(self.job.id))

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title, 1)
        head.addWidget(self.reuse_button)
        head.addWidget(self.end_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.summary)
        column.addWidget(self.bar)
        column.addWidget(self.status)
        column.addWidget(self.pictures)

    def _button(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        return button

    def _picture(self, index: int, pixels: Pixels, seed: int) -> QToolButton:
        button = PictureButton(pixels, _SIDE, self.pictures)
        text = self.tr("Show picture {number} over the canvas (seed {seed}); a double click makes it a layer")
        button.tell(text.format(number=index + 1, seed=seed))
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.clicked.connect(lambda: self._choose(index, "show"))
        button.double_clicked.connect(lambda: self._choose(index, "place"))
        button.customContextMenuRequested.connect(lambda point: self._show_menu(index, button.mapToGlobal(point)))
        return button

    # --- following --------------------------------------------------------------------------------

    def _show_status(self, job: Job) -> None:
        texts = {
            JobStatus.QUEUED: self.tr("Waiting"),
            JobStatus.RUNNING: job_text(job),
            JobStatus.CANCELLED: self.tr("Cancelled"),
            JobStatus.FAILED: "" if job.error is None else error_text(job.error, in_lines=True),
            JobStatus.FINISHED: self._outcome(job),
        }
        role = "danger" if job.status is JobStatus.FAILED else "muted"
        set_styled(self.status, "role", role)
        self.status.setText(texts[job.status])
        self.status.setVisible(bool(texts[job.status]))

    def _outcome(self, job: Job) -> str:
        if job.result is None:
            return ""
        return "\n".join([outcome_text(job.result), *map(message_text, job.result.notes)])

    def _end(self) -> None:
        (self.remove_clicked if self.job.is_over else self.cancel_clicked).emit(self.job.id)

    def _choose(self, index: int, action: str) -> None:
        self.picture_chosen.emit(PictureChoice(self.job.id, index, action))

    def _show_menu(self, index: int, position: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu, index)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(position)
