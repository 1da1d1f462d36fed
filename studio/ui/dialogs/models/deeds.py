"""What is done to the files of models, off the window's thread: said better, given a picture, moved, thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFile, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QImageReader

from studio.engine.models.companions import companions, own_picture
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.overrides import Override, override_file, write_override
from studio.errors import FileError, ModelError
from studio.text.exceptions import reason_for
from studio.ui.background.background import Background
from studio.ui.dialogs.models.use import Picture

_PICTURE_SIDE = 512
"""Longest side in pixels of a picture that a person gives a model."""


class ModelDeeds(QObject):
    """One deed after the other. Signals: ``done(str)``, after which the folders are to be looked through again, with a
    sentence about it; ``pictured(Path)`` another picture is that of a model; ``failed(Exception)``."""

    done = Signal(str)
    pictured = Signal(object)
    failed = Signal(object)

    def __init__(self, upscalers: Path, own_models: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._upscalers = upscalers
        self._own_models = own_models
        self._background = Background("model-files", self)

    def say(self, model: ModelInfo, override: Override) -> None:
        """Write beside a model what a person says of it; nothing said takes back what was said before."""
        said = self.tr("{name} is taken for what you said.").format(name=model.name)
        taken_back = self.tr("{name} is taken for what its file says.").format(name=model.name)
        text = taken_back if override == Override() else said
        self._run(lambda: _say(model.path, override), lambda: self.done.emit(text))

    def give_picture(self, model: ModelInfo, picture: Picture) -> None:
        """Keep a picture beside a model as its own."""
        self._run(lambda: _give_picture(model.path, picture), lambda: self.pictured.emit(model.path))

    def take_picture(self, model: ModelInfo) -> None:
        """Remove the picture that a person gave a model."""
        picture = own_picture(model.path)
        self._run(lambda: picture.unlink(missing_ok=True), lambda: self.pictured.emit(model.path))

    def put_with_upscalers(self, model: ModelInfo) -> None:
        """Bring an upscaler to where those are looked for; out of the folders of other programs it is copied."""
        target, is_own = self._upscalers / model.path.name, self._own_models in model.path.parents
        text = self.tr("{name} is among the upscalers now: Image → Upscale offers it.").format(name=model.name)
        self._run(lambda: _bring(model.path, target, is_own=is_own), lambda: self.done.emit(text))

    def throw_away(self, model: ModelInfo) -> None:
        """Put a model, with what belongs to it, into the trash."""
        text = self.tr("{name} is in the trash.").format(name=model.name)
        self._run(lambda: _throw_away(model.path), lambda: self.done.emit(text))

    def may_throw_away(self, model: ModelInfo, shipped: Path) -> bool:
        """Whether a model is a person's own: not part of the program, nor of a folder that is a model itself."""
        return shipped not in model.path.parents and not model.id.endswith("/few_steps")

    def stop(self) -> None:
        """Hear no more of what goes on; it ends by itself."""
        self._background.stop()

    def _run(self, work: Callable[[], object], then: Callable[[], object]) -> None:
        self._background.run(work, lambda _value: then(), self.failed.emit)


def show_in_folder(model: ModelInfo) -> None:
    """Open the folder that a model lies in with the desktop's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(model.path.parent)))


def _say(model: Path, override: Override) -> None:
    try:
        write_override(model, override)
    except ModelError:  # what is there cannot be read, so that nothing of it can be kept
        _to_trash(override_file(model))
        write_override(model, override)


def picture_in(file: Path) -> QImage:
    """The picture in a file. Raises `FileError` where it is none."""
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise FileError("{file} cannot be read as a picture.", "Choose a PNG, JPEG or WebP file.", file=file)
    return image


def _give_picture(model: Path, picture: Picture) -> None:
    image = picture()
    side = min(_PICTURE_SIDE, max(image.width(), image.height()))
    small = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    target = own_picture(model)
    if not small.save(str(target)):
        raise FileError("The picture {target} could not be written.", "Check that you may write there.", target=target)


def _bring(source: Path, target: Path, *, is_own: bool) -> None:
    if target.exists():
        raise FileError("{target} is there already.", "Delete one of the two.", target=target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if is_own:
            shutil.move(source, target)
        else:
            shutil.copy2(source, target)
    except OSError as error:
        target.unlink(missing_ok=True)
        reason = reason_for(error)
        raise FileError(
            "{source} could not be brought to {target}: {reason}.",
            "Put it there by hand.",
            source=source,
            target=target,
            reason=reason,
        ) from error


def _throw_away(model: Path) -> None:
    belongings = companions(model)
    _to_trash(model)
    for path in belongings:
        _to_trash(path)


def _to_trash(path: Path) -> None:
    reason = trash(path)
    if reason is not None:
        raise FileError(
            "{path} could not be put into the trash: {reason}.",
            "Delete it with the file manager; the disk may have no trash, or the file may be in use.",
            path=path,
            reason=reason,
        )


def trash(path: Path) -> str | None:
    """Put a file or folder into the desktop's trash; why that cannot be, or ``None``."""
    file = QFile(str(path))
    return None if file.moveToTrash() else file.errorString() or "there is none"
