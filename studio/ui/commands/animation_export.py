"""Animation > Export Animation: the frames of the timeline into a film, an animated picture or a sprite sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from studio.document import Document, LoopMode
from studio.ui.background.background import Run
from studio.ui.commands.file_desk import FileDesk
from studio.ui.commands.file_export import FileExport

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


class AnimationExport(QObject):
    """Asks for a file and writes the timeline, or other frames, there."""

    def __init__(self, desk: FileDesk, name: Callable[[], str]) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._name = name
        self._writing = FileExport(desk, self.tr("Export animation"), self.tr("frame {step} of {total}"))

    def ask(self) -> None:
        """Ask for a file and export the timeline there."""
        self._desk.finish_stroke()
        document = self._desk.session.document
        if document.timeline is not None:
            self.ask_for(lambda path: _frames_of(document, path), _options(document), Path(self._name()).stem)

    def ask_for(self, frames: Callable[[Path], FrameSource], options: ExportOptions, name: str) -> None:
        """Ask for a file, suggesting ``name``, and export there what ``frames`` opens on the background thread."""
        if self._writing.is_running:
            return

        def answer(path: Path | None) -> None:
            if path is not None:
                self._writing.start(path, lambda run: _exported(frames(path), path, options, run))

        suggestion = self._desk.recent.folder(self._desk.session.path) / f"{name}.{SUFFIX}"
        filters = ";;".join((*_FILTERS, self.tr("Sprite sheet for game engines") + " (*.json)"))
        self._desk.prompts.save_path(self.tr("Export animation"), suggestion, filters, SUFFIX, answer)


def _exported(frames: FrameSource, path: Path, options: ExportOptions, run: Run) -> tuple[str, ...]:
    """On the background thread; the writers are imported there."""
    from studio.files.animation.export import export_frames

    return export_frames(frames, path, options=options, cancel=run.token, report=run.tell)


def _frames_of(document: Document, path: Path) -> FrameSource:
    from studio.files.animation.document import DocumentFrames

    return DocumentFrames(document, path.name)


def _options(document: Document) -> ExportOptions:
    """Played as the timeline is: there and back, or once."""
    from studio.files.animation.formats import ExportOptions

    loop = LoopMode.LOOP if document.timeline is None else document.timeline.loop
    return ExportOptions(ping_pong=loop is LoopMode.PING_PONG, loops=1 if loop is LoopMode.ONCE else 0, pad=True)
