"""The system's libraries that the window needs on Linux under X11, where a missing one would end in Qt's abort."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from studio.errors import SystemLibraryError

PACKAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxkbcommon.so.0": "libxkbcommon0",
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libfontconfig.so.1": "libfontconfig1",
        "libdbus-1.so.3": "libdbus-1-3",
    }
)
"""The Debian and Ubuntu package of each library that Qt's xcb platform loads and PySide6 does not bring."""

Load = Callable[[str], object]


def missing_packages(load: Load = ctypes.CDLL) -> tuple[str, ...]:
    """Packages whose library cannot be loaded; none outside Linux."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(package for library, package in PACKAGES.items() if not _loads(library, load))


def uses_x11(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the window will certainly go through X11: under Wayland Qt chooses by itself."""
    if not sys.platform.startswith("linux"):
        return False
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform:
        return platform.split(":")[0] == "xcb"
    return bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")


def advice(packages: tuple[str, ...]) -> str:
    return f"On Debian and Ubuntu: sudo apt install {' '.join(packages)}"


def require_window_libraries(load: Load = ctypes.CDLL, environment: Mapping[str, str] = os.environ) -> None:
    """Raises `SystemLibraryError` when the window certainly cannot start for want of a library."""
    if not uses_x11(environment):
        return
    missing = missing_packages(load)
    if missing:
        raise SystemLibraryError("The window needs libraries of the system that are missing.", advice(missing))


def _loads(library: str, load: Load) -> bool:
    try:
        load(library)
    except OSError:
        return False
    return True
