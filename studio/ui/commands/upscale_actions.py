"""Image > Upscale: the dialog, and the job that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from studio import api
from studio.errors import FileError, ShorelineError
from studio.generation import GenerationSettings, UpscaleTask
from studio.jobs.upscaling import UpscalerChoice, upscaler_choices
from studio.paths import Paths
from studio.session import OpenDocument, Session
from studio.text.exceptions import reason_for
from studio.ui.background.catalogue import Catalogue
from studio.ui.background.upscale_preview import UpscalePreview
from studio.ui.background.worker import GenerationWorker
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from studio.ui.dialogs.upscale import UpscaleDialog


class UpscaleActions(QObject):
    """Opens the dialog on the session's document. What it asks for goes into the queue like any other job."""

    def __init__(
        self,
        session: Session,
        worker: GenerationWorker,
        catalogue: Catalogue,
        *,
        paths: Paths,
        settings: Callable[[], GenerationSettings],
        notices: NoticeBar,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._worker = worker
        self._catalogue = catalogue
        self._paths = paths
        self._settings = settings
        self._notices = notices
        self._window = window

    def show_dialog(self) -> UpscaleDialog:
        from studio.ui.dialogs import upscale

        settings, target = self._settings(), self._session.current
        dialog = upscale.UpscaleDialog(
            target.document, self.choices, settings, UpscalePreview(self._worker), self._window
        )
        dialog.chosen.connect(lambda task: self._start(target, task, settings))
        dialog.folder_wanted.connect(lambda: self._show_folder(self._paths.user_upscalers))
        return open_dialog(dialog)

    def choices(self) -> Mapping[str, UpscalerChoice]:
        """What can be chosen now, by id."""
        host = self._catalogue.host
        return {} if host is None else upscaler_choices(host.specs(api.UpscalerSpec), self._paths.upscaler_folders)

    def _start(self, target: OpenDocument, task: UpscaleTask, settings: GenerationSettings) -> None:
        try:
            self._session.queue.start(target, settings, upscale=task)
        except ShorelineError as error:
            self._notices.show_error(error, key="image")

    def _show_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = FileError(
                "{folder} could not be made: {reason}.",
                "Check the folder's permissions.",
                folder=folder,
                reason=reason_for(error),
            )
            self._notices.show_error(problem, key="image")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
