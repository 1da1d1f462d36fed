"""Writes a file in the background, with progress and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QProgressDialog

from studio.errors import Cancelled
from studio.generation import Progress
from studio.ui.background.background import Background, Run
from studio.ui.commands.file_desk import FileDesk
from studio.ui.widgets.dialog_opening import fit_title
from studio.ui.widgets.readable import notes_text, with_time_left

Write = Callable[[Run], tuple[str, ...]]
"""Writes on the background thread, heeds the run's token, and returns notes for the person."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Export:
    """One export on its way."""

    path: Path
    dialog: QProgressDialog
    run: Run


class FileExport(QObject):
    """Exports that are all called ``title``, one at a time. ``progress`` says how far one is: "{step} of {total}".

    The picture keeps its own file and its unsaved state. A file that stood there stays until the new one is whole.
    """

    def __init__(self, desk: FileDesk, title: str, progress: str) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._title = title
        self._progress = progress
        self._export: _Export | None = None
        self._background = Background("export", self)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._stop)

    @property
    def is_running(self) -> bool:
        return self._export is not None

    def start(self, path: Path, write: Write) -> None:
        """Have ``write`` write ``path``; what comes of it is told in the notices."""
        run = self._background.start(write, self._finish, self._fail, self._show_progress)
        self._export = _Export(path=path, dialog=self._dialog(path), run=run)

    def _dialog(self, path: Path) -> QProgressDialog:
        dialog = QProgressDialog(self._desk.window)
        dialog.setWindowTitle(self._title)
        dialog.setLabelText(path.name)
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAutoReset(False)
        dialog.setAutoClose(False)
        dialog.setMinimumDuration(0)
        fit_title(dialog)
        dialog.canceled.connect(self._stop)
        return dialog

    def _show_progress(self, progress: Progress) -> None:
        export = self._export
        if export is None:
            return
        export.dialog.setMaximum(progress.total_steps)
        export.dialog.setValue(progress.step)
        text = f"{export.path.name}: " + self._progress.format(step=progress.step, total=progress.total_steps)
        export.dialog.setLabelText(with_time_left(text, progress.seconds_left))

    def _finish(self, notes: tuple[str, ...]) -> None:
        path = self._close()
        if path is not None:
            text = self.tr("{name} is written.").format(name=path.name)
            show = self._desk.notices.show_notice if notes else self._desk.notices.show_remark
            show(notes_text((text, *notes)), key="export")

    def _fail(self, error: Exception) -> None:
        self._close()
        if not isinstance(error, Cancelled):
            self._desk.notices.show_error(error, key="export")

    def _stop(self) -> None:
        if self._export is not None:
            self._export.run.cancel()

    def _close(self) -> Path | None:
        export, self._export = self._export, None
        if export is None:
            return None
        export.dialog.close()
        export.dialog.deleteLater()
        return export.path
