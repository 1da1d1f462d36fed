"""The Image menu: size and orientation of the whole picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.document import Document, Rect
from studio.history import StepKind
from studio.raster import transform
from studio.session import Session
from studio.ui.background.tasks import Tasks
from studio.ui.widgets.dialog_opening import open_dialog
from studio.ui.widgets.notice_bar import NoticeBar

STEPS: Final = {
    "image.resize": StepKind("picture.resize", "Resize image", "resize"),
    "image.canvas_size": StepKind("picture.canvas_size", "Canvas size", "canvas-size"),
    "image.crop_to_mask": StepKind("picture.crop_to_mask", "Crop to mask", "crop"),
    "image.flip_horizontal": StepKind("picture.flip_horizontal", "Flip horizontally", "flip-horizontal"),
    "image.flip_vertical": StepKind("picture.flip_vertical", "Flip vertically", "flip-vertical"),
    "image.rotate_right": StepKind("picture.rotate_right", "Rotate 90° right", "rotate-right"),
    "image.rotate_left": StepKind("picture.rotate_left", "Rotate 90° left", "rotate-left"),
    "image.rotate_half": StepKind("picture.rotate_half", "Rotate 180°", "rotate-half"),
}
_Change = Callable[[Document], Document]


class ImageMenu(QObject):
    """Works in the background, because large pictures take a while; then makes one step of history."""

    def __init__(self, session: Session, tasks: Tasks, notices: NoticeBar, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._tasks = tasks
        self._notices = notices
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        return {
            "image.resize": self._ask_size,
            "image.canvas_size": self._ask_canvas,
            "image.crop_to_mask": self._crop_to_mask,
            "image.flip_horizontal": self._changer("image.flip_horizontal", lambda d: transform.flip(d, "horizontal")),
            "image.flip_vertical": self._changer("image.flip_vertical", lambda d: transform.flip(d, "vertical")),
            "image.rotate_right": self._changer("image.rotate_right", lambda d: transform.rotate(d, 1)),
            "image.rotate_left": self._changer("image.rotate_left", lambda d: transform.rotate(d, 3)),
            "image.rotate_half": self._changer("image.rotate_half", lambda d: transform.rotate(d, 2)),
        }

    def _changer(self, action_id: str, change: _Change) -> Callable[[], None]:
        return lambda: self._run(action_id, change)

    def _run(self, action_id: str, change: _Change) -> None:
        before = self._session.document

        def apply(after: Document) -> None:
            if self._session.document is before:
                self._session.apply(STEPS[action_id], after)
            else:
                text = self.tr("The picture was changed meanwhile, so it was left as it is. Try again.")
                self._notices.show_notice(text, "warning", key="image")

        self._tasks.run(lambda: change(before), apply, lambda error: self._notices.show_error(error, key="image"))

    def _ask_size(self) -> None:
        from studio.ui.dialogs.picture_size import ResizeDialog

        document = self._session.document
        dialog = ResizeDialog(document.width, document.height, self._window)

        def change(width: int, height: int) -> None:
            self._run("image.resize", lambda picture: transform.resize_image(picture, width, height))

        dialog.chosen.connect(change)
        open_dialog(dialog)

    def _ask_canvas(self) -> None:
        from studio.ui.dialogs.picture_size import CanvasSizeDialog

        document = self._session.document
        dialog = CanvasSizeDialog(document.width, document.height, self._window)
        dialog.chosen.connect(
            lambda rect: self._run(
                "image.canvas_size", lambda picture: transform.crop(picture, rect, keep_outside=True)
            )
        )
        open_dialog(dialog)

    def _crop_to_mask(self) -> None:
        document = self._session.document
        rect: Rect = document.selection.bounds().intersected(document.canvas)
        if not rect.is_empty:
            self._run("image.crop_to_mask", lambda picture: transform.crop(picture, rect))
