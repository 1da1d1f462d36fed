"""The fonts for the words of a sheet where there is no window: those that a window would have."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from studio.paths import Paths


@contextmanager
def sheet_fonts(paths: Paths) -> Iterator[None]:
    """Fonts can be used; on Linux without a display."""
    from PySide6.QtGui import QGuiApplication

    from studio.ui.style.fonts import draw_chinese

    if QGuiApplication.instance() is not None:
        yield
        return
    platform = ["-platform", "offscreen"] if sys.platform.startswith("linux") else []
    app = QGuiApplication(["shoreline", *platform])
    try:
        draw_chinese(app.font(), paths.resources, paths.cache)
        yield
    finally:
        app.shutdown()
