"""Files: OpenRaster, PSD and pictures with their metadata; atomic saving; the recovery journal.

Names are imported when they are first used: the first window needs neither Pillow nor a reader.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.files.documents import (
        OpenedDocument,
        open_document,
        read_frames,
        read_mask,
        read_picture,
        save_document,
        save_picture,
    )
    from studio.files.image_write import SaveOptions
    from studio.files.pictures.formats import OPEN_FILTERS, SAVE_FORMATS, FileFilter, FileFormat, SaveFormat
    from studio.files.pictures.images import Frame

__all__ = [
    "OPEN_FILTERS",
    "SAVE_FORMATS",
    "FileFilter",
    "FileFormat",
    "Frame",
    "OpenedDocument",
    "SaveFormat",
    "SaveOptions",
    "open_document",
    "read_frames",
    "read_mask",
    "read_picture",
    "save_document",
    "save_picture",
]

_MODULES = {
    "Frame": "pictures.images",
    "SaveOptions": "image_write",
    **dict.fromkeys(("OPEN_FILTERS", "SAVE_FORMATS", "FileFilter", "FileFormat", "SaveFormat"), "pictures.formats"),
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES.get(name, 'documents')}"), name)
