"""Animation > Export Animation: the frames of the timeline into a film, an animated picture or a sprite sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QProgressDialog

from studio.document import Document, LoopMode
from studio.errors import Cancelled
from studio.generation import Progress
from studio.ui.background.background import Background, Run
from studio.ui.commands.file_desk import FileDesk
from studio.ui.widgets.dialog_opening import fit_title
from studio.ui.widgets.readable import notes_text, with_time_left

if TYPE_CHECKING:
    from studio.files.animation.formats import ExportOptions
    from studio.files.animation.frames import FrameSource

SUFFIX: Final = "gif"
_FILTERS: Final = (
    "GIF (*.gif)",
    "MP4, H.264 (*.mp4)",
    "WebM, VP9 (*.webm)",
    "WebP (*.webp)",
    "APNG (*.apng)",
    "AVIF (*.avif)",
)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Export:
    """One export on its way."""

    path: Path
    dialog: QProgressDialog
    run: Run


class AnimationExport(QObject):
    """Asks for a file and writes the timeline, or other frames, there in the background, with progress and cancel.

    The picture keeps its own file and its unsaved state. A file that stood there stays until the new one is whole.
    """

    def __init__(self, desk: FileDesk, name: Callable[[], str]) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._name = name
        self._export: _Export | None = None
        self._background = Background("export", self)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._stop)

    def ask(self) -> None:
        """Ask for a file and export the timeline there."""
        self._desk.finish_stroke()
        document = self._desk.session.document
        if document.timeline is not None:
            self.ask_for(lambda path: _frames_of(document, path), _options(document), Path(self._name()).stem)

    def ask_for(self, frames: Callable[[Path], FrameSource], options: ExportOptions, name: str) -> None:
        """Ask for a file, suggesting ``name``, and export there what ``frames`` opens on the background thread."""
        if self._export is not None:
            return

        def answer(path: Path | None) -> None:
            if path is not None:
                self._start(frames, options, path)

        suggestion = self._desk.recent.folder(self._desk.session.path) / f"{name}.{SUFFIX}"
        filters = ";;".join((*_FILTERS, self.tr("Sprite sheet for game engines") + " (*.json)"))
        self._desk.prompts.save_path(self.tr("Export animation"), suggestion, filters, SUFFIX, answer)

    def _start(self, frames: Callable[[Path], FrameSource], options: ExportOptions, path: Path) -> None:
        dialog = QProgressDialog(self._desk.window)
        dialog.setWindowTitle(self.tr("Export animation"))
        dialog.setLabelText(path.name)
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAutoReset(False)
        dialog.setAutoClose(False)
        dialog.setMinimumDuration(0)
        fit_title(dialog)
        dialog.canceled.connect(self._stop)

        def export(run: Run) -> tuple[str, ...]:
            """On the background thread; the writers are imported there."""
            from studio.files.animation.export import export_frames

            return export_frames(frames(path), path, options=options, cancel=run.token, report=run.tell)

        run = self._background.start(export, self._finish, self._fail, self._show_progress)
        self._export = _Export(path=path, dialog=dialog, run=run)

    def _show_progress(self, progress: Progress) -> None:
        export = self._export
        if export is None:
            return
        export.dialog.setMaximum(progress.total_steps)
        export.dialog.setValue(progress.step)
        text = self.tr("{name}: frame {step} of {total}").format(
            name=export.path.name, step=progress.step, total=progress.total_steps
        )
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


def _frames_of(document: Document, path: Path) -> FrameSource:
    from studio.files.animation.document import DocumentFrames

    return DocumentFrames(document, path.name)


def _options(document: Document) -> ExportOptions:
    """Played as the timeline is: there and back, or once."""
    from studio.files.animation.formats import ExportOptions

    loop = LoopMode.LOOP if document.timeline is None else document.timeline.loop
    return ExportOptions(ping_pong=loop is LoopMode.PING_PONG, loops=1 if loop is LoopMode.ONCE else 0, pad=True)
