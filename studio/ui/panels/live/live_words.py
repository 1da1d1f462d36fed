"""What live painting says of itself, in one line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.session.live import LivePainting, LiveStatus
from studio.ui.panels.generate.generate_bar import progress_text
from studio.ui.widgets.readable import duration_text

_NOTICEABLE: Final = 1.5
"""Seconds from which on it is said how far a frame is; before that the words would only flicker."""


def live_text(painting: LivePainting, draw_keys: str) -> str:
    """What it does; ``draw_keys`` is what is pressed to have a picture drawn."""
    if painting.error is not None:
        return QCoreApplication.translate("Live", "Not drawn")
    if painting.status is LiveStatus.WAITING:
        return QCoreApplication.translate("Live", "Waits for the jobs")
    if painting.status is LiveStatus.ON_DEMAND:
        text = QCoreApplication.translate("Live", "{time} each: {keys} draws")
        return text.format(time=duration_text(painting.seconds or 0.0), keys=draw_keys)
    if painting.status is LiveStatus.DRAWING and _is_noticeable(painting):
        return progress_text(painting.progress)
    return _pace(painting)


def _is_noticeable(painting: LivePainting) -> bool:
    is_loading = painting.progress is not None and painting.progress.stage == "loading"
    return is_loading or painting.seconds is None or painting.seconds >= _NOTICEABLE


def _pace(painting: LivePainting) -> str:
    if painting.seconds is None:
        return ""
    text = QCoreApplication.translate("Live", "{time} a picture")
    return text.format(time=duration_text(painting.seconds, precise=True))
