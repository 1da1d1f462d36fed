"""The font that ships, for systems that cannot draw Chinese."""

from __future__ import annotations

import logging
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from studio.errors import FileError

_PACKED: Final = "ShorelineHan-Regular.ttf.xz"
_PROBE: Final = "美丽的海滩们这为图层样张"
"""Common characters; half of them are simplified forms, which fonts for Japanese do not have."""

_log = logging.getLogger(__name__)


def draw_chinese(font: QFont, resources: Path, cache: Path) -> None:
    """Make sure that Chinese can be drawn in ``font``: add the font that ships where no other has the characters.

    It is for characters that the chosen fonts lack, of every family and weight. It is unpacked into ``cache`` the first
    time. Needs a QApplication.
    """
    if can_draw(font, _PROBE):
        return
    packed = resources / "fonts" / _PACKED
    if not _added(packed, cache / "fonts"):
        _log.warning("%s could not be read; Chinese is drawn as boxes", packed)


def _added(packed: Path, folder: Path) -> bool:
    """Add the font of a packed file, which is unpacked into ``folder`` under a name that no other font has."""
    import hashlib
    import lzma

    from studio.files.disk.atomic import write_atomically

    try:
        data = packed.read_bytes()
    except OSError:
        return False
    file = folder / f"{hashlib.sha256(data).hexdigest()[:16]}-{packed.stem}"
    if file.is_file() and QFontDatabase.addApplicationFont(str(file)) >= 0:
        return True
    try:
        font = lzma.decompress(data)
    except (EOFError, lzma.LZMAError):
        return False
    with suppress(OSError, FileError):  # a start that cannot write there unpacks it again
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(file, partial(_write, font))
    return QFontDatabase.addApplicationFontFromData(font) >= 0


def _write(data: bytes, stream: BinaryIO) -> None:
    stream.write(data)


def can_draw(font: QFont, text: str) -> bool:
    """Whether ``font``, or a font that stands in for it, has every character."""
    metrics = QFontMetrics(font)
    return all(metrics.inFontUcs4(ord(sign)) for sign in text)
