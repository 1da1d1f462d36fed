"""The status bar: what the worker does, the picture's size, where the pointer is, the zoom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QStatusBar, QWidget

from studio.document import Document
from studio.generation import Progress
from studio.session import Job, JobStatus, Session
from studio.ui.background.engine_installation import EngineInstallation
from studio.ui.background.worker import GenerationWorker
from studio.ui.panels.generate.generate_bar import job_text
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.said import log_said, without_numbers
from studio.ui.window.engine_indicator import EngineIndicator

SAVED_MS: Final = 5000
"""How long it says that a file was saved."""


class StatusBar(QStatusBar):
    """Listens to the session and the worker; the window tells it pointer and zoom."""

    def __init__(self, session: Session, worker: GenerationWorker, engine: EngineInstallation, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        self.engine = EngineIndicator(engine)
        self.work = ElidedLabel()  # a failure may say much, and the window is not to grow by it
        self.work.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setProperty("role", "slim")
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(96)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.pointer = QLabel()
        self.size_label = QLabel()
        self.zoom = QLabel()
        for widget in (self.engine, self.work, self.progress, self.pointer, self.size_label, self.zoom):
            self.addPermanentWidget(widget)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.zoom.setToolTip(self.tr("Zoom"))
        self.pointer.setToolTip(self.tr("Pointer position in picture pixels"))
        self.progress.hide()
        self._show_size(session.document)
        self.show_work(self.tr("Starting…"))
        follow(self, session.document_changed, self._document_changed)
        follow(self, session.queue.jobs_changed, self._show_cancelling)
        follow(self, session.queue.job_progressed, self._job_progressed)
        follow(self, session.queue.job_ended, self._job_ended)
        self.messageChanged.connect(log_said)
        worker.loading.connect(self._show_loading)
        worker.loaded.connect(self._show_loaded)
        worker.load_failed.connect(self._show_load_failure)

    def show_work(self, text: str, fraction: float | None = None) -> None:
        """Say what goes on; ``fraction`` 0..1 also shows the bar, below 0 a bar without an end."""
        if without_numbers(text) != without_numbers(self.work.text()):
            log_said(text)
        self.work.setText(text)
        self.progress.setVisible(fraction is not None)
        if fraction is not None:
            self.progress.setRange(0, 0 if fraction < 0 else 1000)
            self.progress.setValue(round(max(fraction, 0.0) * 1000))

    # Methods, not lambdas: their connections end with this widget, and the worker may outlive it.

    def _show_loaded(self, _model: str) -> None:
        self.show_work(self.tr("Ready"))

    def _show_load_failure(self, _model: str, error: Exception) -> None:
        self.show_work(error_text(error))

    def show_pointer(self, x: int, y: int) -> None:
        self.pointer.setText(f"{x}, {y}")

    def clear_pointer(self) -> None:
        self.pointer.clear()

    def show_saved(self, name: str) -> None:
        """Say for a moment that a file was written."""
        self.showMessage(self.tr("Saved {name}").format(name=name), SAVED_MS)

    def show_zoom(self, factor: float) -> None:
        """``factor`` 1.0 is actual size."""
        self.zoom.setText(f"{factor * 100:.0f} %" if factor >= 0.1 else f"{factor * 100:.1f} %")

    def _show_size(self, document: Document) -> None:
        self.size_label.setText(f"{document.width} × {document.height}")

    def _document_changed(self, _old: Document, new: Document) -> None:
        self._show_size(new)

    def _show_loading(self, progress: Progress) -> None:
        self.show_work(self.tr("Loading the model…"), progress.fraction if progress.total_steps else -1.0)

    def _show_cancelling(self) -> None:
        job = self._session.queue.running_job
        if job is not None and job.is_cancelling:
            self._job_progressed(job)

    def _job_progressed(self, job: Job) -> None:
        if job.progress is not None:
            self.show_work(job_text(job), job.progress.fraction if job.progress.total_steps else -1.0)

    def _job_ended(self, job: Job) -> None:
        texts = {
            JobStatus.FINISHED: self.tr("Done"),
            JobStatus.CANCELLED: self.tr("Cancelled"),
            JobStatus.FAILED: self.tr("Failed"),
        }
        self.show_work(texts.get(job.status, ""))
