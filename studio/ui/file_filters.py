"""The lines of the file dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

if TYPE_CHECKING:
    from studio.files import FileFilter

NATIVE_SUFFIX: Final = "ora"
EXPORT_SUFFIX: Final = "png"

_NAMES: Final = (
    QT_TRANSLATE_NOOP("FileFilters", "All pictures"),
    QT_TRANSLATE_NOOP("FileFilters", "OpenRaster"),
    QT_TRANSLATE_NOOP("FileFilters", "Photoshop"),
)
"""Names of `studio.files.formats` that have a translation; the others are the same everywhere."""


def open_filters() -> str:
    """Lines of the Open dialog."""
    from studio.files import OPEN_FILTERS  # here and below: readers of pictures are not needed for the first window

    return ";;".join(_line(item) for item in OPEN_FILTERS)


def save_filters(first: str = NATIVE_SUFFIX) -> str:
    """Lines of the Save dialog, that of the suffix ``first`` on top."""
    from studio.files import SAVE_FORMATS

    filters = [item.filter for item in SAVE_FORMATS]
    filters.sort(key=lambda item: first not in item.suffixes)
    return ";;".join(_line(item) for item in filters)


def can_save_to(path: Path) -> bool:
    """Whether "Save" can write to a file of this name."""
    from studio.files import SAVE_FORMATS

    suffix = path.suffix.lower().removeprefix(".")
    return any(suffix in item.filter.suffixes for item in SAVE_FORMATS)


def _line(item: FileFilter) -> str:
    return f"{QCoreApplication.translate('FileFilters', item.name)} ({item.patterns})"
