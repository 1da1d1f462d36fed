"""The font that ships, for systems that cannot draw Chinese."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

_PROBE: Final = "美丽的海滩们这为图层样张"
"""Common characters; half of them are simplified forms, which fonts for Japanese do not have."""

_log = logging.getLogger(__name__)


def draw_chinese(font: QFont, resources: Path) -> None:
    """Make sure that Chinese can be drawn in ``font``: add the font that ships where no other has the characters.

    It is for characters that the chosen fonts lack, of every family and weight. Needs a QApplication.
    """
    if can_draw(font, _PROBE):
        return
    file = resources / "fonts" / "ShorelineHan-Regular.ttf"
    if QFontDatabase.addApplicationFont(str(file)) < 0:
        _log.warning("%s could not be read; Chinese is drawn as boxes", file)


def can_draw(font: QFont, text: str) -> bool:
    """Whether ``font``, or a font that stands in for it, has every character."""
    metrics = QFontMetrics(font)
    return all(metrics.inFontUcs4(ord(sign)) for sign in text)
