"""The real window with an empty home, for benchmarks that use it as somebody would."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from studio.app import Studio, build, make_application, put_window_first
from studio.paths import Paths, default_paths
from studio.system.garbage import GARBAGE


def _empty(_paths: Paths) -> None:
    """A home in which nothing lies yet."""


@contextmanager
def open_window(fill: Callable[[Paths], object] = _empty) -> Iterator[tuple[QApplication, Studio]]:
    """The application and its parts, not shown yet; shut down with the context. ``fill`` puts files into its home."""
    app = make_application()
    interval = sys.getswitchinterval()
    with tempfile.TemporaryDirectory() as folder:
        user = Path(folder)
        paths = replace(default_paths(), config=user / "config", data=user / "data", cache=user / "cache")
        fill(paths)
        studio = build(paths)
        put_window_first(studio.window)
        try:
            yield app, studio
        finally:
            studio.shut_down()
            studio.window.recovery.close()
            sys.setswitchinterval(interval)
            GARBAGE.end()
