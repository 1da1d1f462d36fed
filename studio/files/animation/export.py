"""The front door of animation export: any frames into any of the formats, frame by frame."""

from __future__ import annotations

import os
import tempfile
from array import array
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from studio.errors import CorruptFileError, FileError
from studio.files.animation.formats import (
    AnimationFormat,
    ExportOptions,
    animation_format,
    check_frame_size,
    check_options,
)
from studio.files.animation.frames import FolderFrames, FrameSource
from studio.files.animation.playback import Playback, Report, playback_order, silent
from studio.files.disk.atomic import saving_error, write_atomically
from studio.files.pictures.fast_png import encode_png
from studio.files.pictures.images import Frame
from studio.generation import CancelToken, Progress
from studio.system.parts import engine_part

Writer = Callable[[BinaryIO, Playback, ExportOptions], None]

_KEEP_ALPHA: Final = frozenset(AnimationFormat) - {AnimationFormat.MP4}
_NEED_ANY_ORDER: Final = (AnimationFormat.GIF, AnimationFormat.SPRITES)


def export_frames(
    source: FrameSource,
    path: Path,
    file_format: AnimationFormat | None = None,
    options: ExportOptions | None = None,
    *,
    cancel: CancelToken | None = None,
    report: Report = silent,
) -> tuple[str, ...]:
    """Write frames to ``path`` and return notes for the person.

    Without a ``file_format`` the ending of ``path`` decides. Frames are read, scaled and written one by one, so that
    memory does not grow with their number. The old file stays whole until the new one is complete, and a failure or a
    cancel leaves nothing behind. Raises `SettingError`, `FileError` and its kinds, or `Cancelled`.
    """
    options = options or ExportOptions()
    file_format = file_format or animation_format(path)
    check_options(options, file_format)
    cancel = cancel or CancelToken()
    order = playback_order(source, options)
    if source.random_access or not (options.ping_pong or file_format in _NEED_ANY_ORDER):
        return _written(Playback(source, order, options, cancel, report), path, file_format, options)
    with tempfile.TemporaryDirectory(prefix="shoreline-frames-", ignore_cleanup_errors=True) as folder:
        kept = _spooled(source, Path(folder), cancel, report)
        playback = Playback(kept, playback_order(kept, options), options, cancel, report)
        return _written(playback, path, file_format, options)


def check_export(path: Path, file_format: AnimationFormat, options: ExportOptions, size: tuple[int, int]) -> None:
    """Refuse before any work what `export_frames` would refuse after it, for frames of ``size`` (width, height).

    Raises `SettingError` or `FileError`.
    """
    check_options(options, file_format)
    check_frame_size(options.size or size, file_format, options)
    if file_format in (AnimationFormat.MP4, AnimationFormat.WEBM):
        engine_part("av")
        from studio.files.animation.video import encoder_for

        encoder_for(file_format)
    folder = path.absolute().parent
    if not folder.is_dir():
        raise FileError("The folder {folder} does not exist.", "Make it first, or choose another.", folder=folder)
    if not os.access(folder, os.W_OK):
        raise FileError(
            "You may not write in {folder}.", "Choose another folder, or change its permissions.", folder=folder
        )
    if file_format is AnimationFormat.FRAMES and path.is_dir() and any(path.iterdir()):
        raise FileError(
            "{path} is there already and not empty.", "Choose another folder, or empty this one.", path=path
        )


def _written(playback: Playback, path: Path, file_format: AnimationFormat, options: ExportOptions) -> tuple[str, ...]:
    check_frame_size(playback.size, file_format, options)
    if file_format not in _KEEP_ALPHA:
        playback.flatten()
    if file_format is AnimationFormat.FRAMES:
        from studio.files.animation.sequence import write_sequence

        write_sequence(path, playback)
    elif file_format is AnimationFormat.SPRITES:
        from studio.files.animation.sprites import write_sprites

        write_sprites(path, playback, options)
    else:
        write = _writer(file_format)
        write_atomically(path, lambda stream: write(stream, playback, options))
    return playback.notes(file_format)


def _writer(file_format: AnimationFormat) -> Writer:
    """The writer of a one-file format, imported when it is used."""
    if file_format is AnimationFormat.GIF:
        from studio.files.animation.gif import write_gif

        return write_gif
    if file_format is AnimationFormat.APNG:
        from studio.files.animation.png import write_apng

        return write_apng
    if file_format is AnimationFormat.WEBP:
        from studio.files.animation.webp import write_webp

        return write_webp
    if file_format is AnimationFormat.AVIF:
        from studio.files.animation.avif import write_avif

        return write_avif
    engine_part("av")
    from studio.files.animation.video import write_video

    return partial(write_video, file_format)


class _SpooledFrames(FolderFrames):
    """Frames of a film or animation put on the disk, to be read in any order; their durations are kept."""

    def __init__(self, folder: Path, source: FrameSource, durations: array[int]) -> None:
        super().__init__(folder, rate=source.rate, opaque=not source.has_alpha)
        self.name = source.name
        self.timed = source.timed
        self._durations = durations

    def frame(self, index: int) -> Frame:
        return replace(super().frame(index), duration=self._durations[index])


def _spooled(source: FrameSource, folder: Path, cancel: CancelToken, report: Report) -> FrameSource:
    """All frames of ``source`` as files in ``folder``. Raises `FileError` when the disk is full."""
    durations = array("Q")
    try:
        for number, frame in enumerate(source.frames()):
            cancel.raise_if_cancelled()
            folder.joinpath(f"{number:07d}.png").write_bytes(encode_png(frame.pixels))
            durations.append(frame.duration)
            report(Progress(stage="reading", step=number + 1, total_steps=max(number + 1, source.count)))
    except OSError as error:
        raise saving_error(folder, error) from error
    if not durations:
        raise CorruptFileError("{source} has no frames.", "Choose another one.", source=source.name)
    return _SpooledFrames(folder, source, durations)
