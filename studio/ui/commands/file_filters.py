"""The lines of the file dialogs."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
"""Names of `studio.files.pictures.formats` that have a translation; the others are the same everywhere."""


def open_filters(more: Sequence[FileFilter] = ()) -> str:
    """Lines of the Open dialog, with those that plugins add; the first line holds every suffix."""
    from studio.files import OPEN_FILTERS, FileFilter  # here and below: the first window needs no reader of pictures

    everything, *own = OPEN_FILTERS
    suffixes = dict.fromkeys((*everything.suffixes, *(suffix for item in more for suffix in item.suffixes)))
    return ";;".join(_line(item) for item in (FileFilter(everything.name, tuple(suffixes)), *own, *more))


def save_filters(first: str = NATIVE_SUFFIX, more: Sequence[FileFilter] = ()) -> str:
    """Lines of the Save dialog, that of the suffix ``first`` on top and those that plugins add at the end."""
    from studio.files import SAVE_FORMATS

    filters = [item.filter for item in SAVE_FORMATS]
    filters.sort(key=lambda item: first not in item.suffixes)
    return ";;".join(_line(item) for item in (*filters, *more))


def can_save_to(path: Path) -> bool:
    """Whether "Save" can write to a file of this name."""
    from studio.files import SAVE_FORMATS

    suffix = path.suffix.lower().removeprefix(".")
    return any(suffix in item.filter.suffixes for item in SAVE_FORMATS)


def _line(item: FileFilter) -> str:
    # Brackets and semicolons are what parts a line and lines.
    name = re.sub("[();]", " ", QCoreApplication.translate("FileFilters", item.name))
    return f"{name} ({item.patterns})"
