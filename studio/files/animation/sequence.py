"""A folder of PNG files, one a frame."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from studio.document import Pixels
from studio.errors import FileError
from studio.files.animation.playback import Playback
from studio.files.disk.atomic import saving_error
from studio.files.disk.parts import held_folder, part_beside, remove_left_parts

_LEVEL: Final = (cv2.IMWRITE_PNG_COMPRESSION, 4)


def write_sequence(folder: Path, playback: Playback) -> None:
    """Write NAME_0001.png, NAME_0002.png ... into a new folder, which appears when all are written.

    Raises `FileError` for a folder that holds something already, and for a disk that refuses.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FileError(
                "{folder} is there already and not empty.", "Choose another folder, or empty this one.", folder=folder
            )
        target = folder.resolve()
        remove_left_parts(target.parent)
        aside = part_beside(target)
        try:
            with held_folder(aside):
                _write_frames(aside, target.name, playback)
                if target.exists():
                    target.rmdir()
                aside.rename(target)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    except OSError as error:
        raise saving_error(folder, error) from error


def _write_frames(folder: Path, name: str, playback: Playback) -> None:
    digits = max(4, len(str(playback.count)))
    for number, frame in enumerate(playback.frames(), 1):
        pixels = _png(frame.pixels, alpha=playback.has_alpha)
        folder.joinpath(f"{name}_{number:0{digits}d}.png").write_bytes(pixels)


def _png(pixels: Pixels, *, alpha: bool) -> bytes:
    order = cv2.COLOR_RGBA2BGRA if alpha else cv2.COLOR_RGBA2BGR
    done, data = cv2.imencode(".png", cv2.cvtColor(np.ascontiguousarray(pixels), order), _LEVEL)
    if not done:
        raise ValueError(f"a picture of shape {pixels.shape} cannot be encoded")
    return data.tobytes()
