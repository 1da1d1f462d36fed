"""The work folder of an animation: finished frames and a manifest, so that a run that was stopped goes on."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from studio.document import Pixels
from studio.errors import FileError, SettingError
from studio.files.animation.frames import FolderFrames
from studio.files.disk.atomic import saving_error, write_atomically
from studio.files.disk.file_lock import FileLock
from studio.files.disk.parts import remove_left_parts
from studio.files.pictures.fast_png import decode_png, encode_png
from studio.files.pictures.images import DEFAULT_DURATION, Frame, damaged
from studio.text.untrusted import parse_json

MANIFEST_NAME: Final = "animation.json"
_LOCK_NAME: Final = ".lock"
_KEPT_NAME: Final = re.compile(r"[a-z0-9_]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What the frames of a folder belong to. ``fingerprint`` is that of the project, ``version`` Shoreline's.

    ``first_number`` is that of the first frame's file; earlier versions counted from 0.
    """

    fingerprint: str
    version: str
    frames: int
    width: int
    height: int
    first_number: int = 1


class WorkFolder:
    """Frames of one animation on the disk, RGBA, in order, and pictures that its mode keeps.

    Every file is complete or not there: a run may be killed at any moment. One process at a time may hold it.
    """

    def __init__(self, folder: Path, manifest: Manifest, lock: FileLock) -> None:
        self.folder = folder
        self.manifest = manifest
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, manifest: Manifest, *, restart: bool = False) -> WorkFolder:
        """Make the folder, or take up an old one of the same animation; ``restart`` clears it first.

        Raises `SettingError` when it belongs to another animation, and `FileError` when it cannot be used.
        """
        try:
            folder.mkdir(exist_ok=True)
            lock = FileLock.acquire(folder / _LOCK_NAME)
        except OSError as error:
            raise saving_error(folder, error) from error
        if lock is None:
            raise FileError("{folder} is in use by another run.", "Wait for its end, or stop it.", folder=folder)
        try:
            return cls._taken_up(folder, manifest, lock, restart=restart)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _taken_up(cls, folder: Path, manifest: Manifest, lock: FileLock, *, restart: bool) -> WorkFolder:
        remove_left_parts(folder)
        found = _read_manifest(folder)
        work = cls(folder, manifest, lock)
        if found is None and any(path.name != _LOCK_NAME for path in folder.iterdir()):
            raise FileError("{folder} holds something else.", "Give another work folder.", folder=folder)
        if found is not None and found != manifest and not restart:
            raise SettingError(
                "The pictures in {folder} were drawn with other settings.",
                "Draw them anew (--restart), or give another work folder (--work).",
                folder=folder,
            )
        if restart:
            work._clear()
        if found != manifest or restart:
            text = json.dumps(asdict(manifest), indent=1).encode("utf-8")
            _write_bytes(folder / MANIFEST_NAME, text)
        return work

    def done(self) -> int:
        """How many frames from the first on are there."""
        return frames_done(self.folder, self.manifest.frames)

    def has(self, index: int) -> bool:
        """Whether a frame is there, also where others before it are not."""
        return self._file(index).is_file()

    def write(self, index: int, pixels: Pixels, note: str = "") -> None:
        """Keep a finished frame: straight RGBA uint8 ``(h, w, 4)``, and a note on it. Raises `FileError`."""
        if note:
            _write_bytes(self._note(index), note.encode())
        _write_png(self._file(index), pixels)

    def note(self, index: int) -> str:
        """The note on a finished frame, or an empty text. Raises `FileError`."""
        try:
            return self._note(index).read_text("utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise damaged(self._note(index).name, error) from error

    def read(self, index: int) -> Pixels:
        """A finished frame, exactly as it was written. Raises `FileError`."""
        return read_frame(self.folder, index)

    def get(self, name: str) -> Pixels | None:
        """A picture that the mode keeps, or ``None``."""
        path = self._kept(name)
        if not path.is_file():
            return None
        pixels = _read_png(path)
        return pixels if pixels.ndim == 2 else pixels[..., :3]

    def put(self, name: str, pixels: Pixels) -> None:
        """Keep a picture, uint8 ``(h, w)`` or ``(h, w, 3)``."""
        if pixels.ndim == 3:
            alpha = np.full((*pixels.shape[:2], 1), 255, np.uint8)
            pixels = np.concatenate((pixels, alpha), axis=2)
        _write_png(self._kept(name), pixels)

    def frames(self, fps: Fraction, *, opaque: bool) -> FolderFrames:
        """All frames, for export."""
        return finished_frames(self.folder, fps, opaque=opaque)

    def release(self) -> None:
        """Let others use the folder."""
        self._lock.release()

    def remove(self) -> None:
        """Give the folder up and delete it."""
        self.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _file(self, index: int) -> Path:
        return _frame_file(self.folder, index)

    def _note(self, index: int) -> Path:
        return self._file(index).with_suffix(".json")

    def _kept(self, name: str) -> Path:
        if not _KEPT_NAME.fullmatch(name):
            raise ValueError(f"a kept picture cannot be called {name!r}")
        return self.folder / f"{name}.kept"

    def _clear(self) -> None:
        for path in (*self.folder.glob("frame_*.*"), *self.folder.glob("*.kept")):
            path.unlink()


def frames_done(folder: Path, frames: int) -> int:
    """How many of so many frames, from the first on, are in a work folder; none where there is no folder."""
    return next((index for index in range(frames) if not _frame_file(folder, index).is_file()), frames)


def frames_there(folder: Path) -> int:
    """How many frames are in a work folder, in whatever order."""
    return sum(1 for _ in folder.glob("frame_*.png"))


def read_frame(folder: Path, index: int) -> Pixels:
    """A finished frame of a work folder: straight RGBA uint8 ``(h, w, 4)``. Raises `FileError`."""
    return _read_png(_frame_file(folder, index))


def finished_frames(folder: Path, fps: Fraction, *, opaque: bool) -> FolderFrames:
    """All frames of a work folder, for export. Raises `FileError` where there are none."""
    return _FinishedFrames(folder, rate=fps, opaque=opaque)


def _frame_file(folder: Path, index: int) -> Path:
    return folder / f"frame_{index + 1:06d}.png"


class _FinishedFrames(FolderFrames):
    """The frames of a work folder, read without a detour."""

    def frame(self, index: int) -> Frame:
        return Frame(_read_png(self.files[index]), DEFAULT_DURATION)


def _write_png(path: Path, pixels: Pixels) -> None:
    _write_bytes(path, encode_png(pixels))


def _write_bytes(path: Path, data: bytes) -> None:
    def write(stream: BinaryIO) -> None:
        stream.write(data)

    write_atomically(path, write, tidy=False)  # a folder of many frames is not searched for each


def _read_png(path: Path) -> Pixels:
    try:
        return decode_png(path.read_bytes())
    except (OSError, ValueError) as error:
        raise damaged(path.name, error) from error


def _read_manifest(folder: Path) -> Manifest | None:
    path = folder / MANIFEST_NAME
    try:
        return Manifest(**{"first_number": 0, **parse_json(path.read_bytes())})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise damaged(str(path), error) from error
