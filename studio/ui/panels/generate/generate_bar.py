"""The Generate button with its progress, Cancel, and one line on what is going on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.generation import GenerationResult, Progress
from studio.session import Job, JobStatus, Session
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, keys_text, stand_for, with_keys, without_state, work_as
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.progress_button import ProgressButton
from studio.ui.widgets.readable import duration_text
from studio.ui.widgets.styled import set_styled

NOTICEABLE_LOADING: Final = 0.5
"""Seconds of loading that are told apart from drawing."""


def stage_text(progress: Progress) -> str:
    """What a job is doing, translated: "Denoising 7 / 20"."""
    stages = {
        "loading": QCoreApplication.translate("Progress", "Loading the model"),
        "encoding": QCoreApplication.translate("Progress", "Reading the prompt"),
        "denoising": QCoreApplication.translate("Progress", "Denoising"),
        "decoding": QCoreApplication.translate("Progress", "Decoding"),
        "placing": QCoreApplication.translate("Progress", "Placing"),
        "upscaling": QCoreApplication.translate("Progress", "Upscaling"),
        "grid": QCoreApplication.translate("Progress", "Grid: picture {number}").format(number=progress.message),
    }
    text = stages.get(progress.stage, progress.stage)
    if progress.total_steps and progress.stage == "denoising":
        return f"{text} {progress.step} / {progress.total_steps}"
    return text


def progress_text(progress: Progress | None) -> str:
    """One line on a running job: stage, steps and time left."""
    if progress is None:
        return QCoreApplication.translate("Progress", "Starting")
    text = stage_text(progress)
    if progress.seconds_left is None:
        return text
    left = QCoreApplication.translate("Progress", "{time} left").format(time=duration_text(progress.seconds_left))
    return f"{text} · {left}"


def job_text(job: Job) -> str:
    """One line on a running job: `progress_text`, or that it is about to stop."""
    if job.is_cancelling:
        return QCoreApplication.translate("Progress", "Cancelling…")
    return progress_text(job.progress)


def outcome_text(result: GenerationResult | None) -> str:
    """How long a finished job took: drawing, and apart from it getting the model, if that took a noticeable time."""
    total = None if result is None else result.timings.get("total")
    if result is None or not total:
        return QCoreApplication.translate("Progress", "Done")
    loading = result.timings.get("loading", 0.0)
    if loading < NOTICEABLE_LOADING:
        return QCoreApplication.translate("Progress", "Done in {time}").format(time=duration_text(total, precise=True))
    return QCoreApplication.translate("Progress", "Done in {time} (model loaded in {loading})").format(
        time=duration_text(total - loading, precise=True), loading=duration_text(loading, precise=True)
    )


class GenerateBar(QWidget):
    """Listens to the session's queue. The buttons run commands of ``actions``, in words of their own."""

    def __init__(self, session: Session, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._start, self._stop = actions["generate.start"], actions["generate.cancel"]
        self._ended: Job | None = None
        self.button = ProgressButton(self.tr("Generate"), self)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.status = ElidedLabel(parent=self)
        self.status.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.button, 1)
        buttons.addWidget(stand_for(QToolButton(self), actions["live.toggle"]))
        buttons.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(buttons)
        column.addWidget(self.status)
        self.button.clicked.connect(without_state(self._start.trigger))
        work_as(self.cancel_button, self._stop)
        self._start.changed.connect(self.refresh)
        follow(self, session.queue.jobs_changed, self.refresh)
        follow(self, session.queue.job_progressed, self._progressed)
        follow(self, session.queue.job_ended, self._job_ended)
        self.refresh()

    def refresh(self) -> None:
        """Show the state of the queue."""
        running = self._session.queue.running_job
        self.cancel_button.setVisible(running is not None)
        if running is None:
            self._show_idle()
        else:
            self._show_running(running)

    def _progressed(self, job: Job) -> None:
        if job.status is JobStatus.RUNNING:
            self._show_running(job)

    def _job_ended(self, job: Job) -> None:
        self._ended = job
        self.refresh()

    def _show_idle(self) -> None:
        self.button.setText(self.tr("Generate"))
        self.button.setToolTip(with_keys(self.tr("Generate"), self._start))
        self.button.set_progress(None)
        failed = self._ended is not None and self._ended.status is JobStatus.FAILED
        self._show_status(self._last_outcome(), "danger" if failed else "muted")

    def _show_running(self, job: Job) -> None:
        self.button.setText(self.tr("Add to queue"))
        self.button.setToolTip(with_keys(self.tr("Queue another picture with these settings"), self._start))
        self.button.set_progress(job.progress.fraction if job.progress else 0.0)
        waiting = sum(item.status is JobStatus.QUEUED for item in self._session.queue.jobs)
        parts = [job_text(job)]
        if waiting:
            parts.append(self.tr("{count} waiting").format(count=waiting))
        self._show_status(" · ".join(parts), "muted")

    def _show_status(self, text: str, role: str) -> None:
        self.status.setText(text)
        set_styled(self.status, "role", role)

    def _last_outcome(self) -> str:
        """How the job that ended last came out, as long as nothing runs."""
        last = self._ended
        if last is None:
            keys = keys_text(self._start)
            return self.tr("{keys} generates").format(keys=keys) if keys else ""
        if last.status is JobStatus.FAILED:
            return self.tr("Failed: {message}").format(message=last.error)
        if last.status is JobStatus.CANCELLED:
            return self.tr("Cancelled")
        return outcome_text(last.result)
