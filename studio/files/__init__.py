"""Files: OpenRaster, PSD and pictures with their metadata; atomic saving; the recovery journal.

Names are imported when they are first used: the first window needs neither Pillow nor a reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.system.late_imports import late_names

if TYPE_CHECKING:
    from studio.files.documents import (
        OpenedDocument,
        losses,
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
else:
    __getattr__ = late_names(
        __name__,
        {
            "studio.files.documents": (
                "OpenedDocument",
                "losses",
                "open_document",
                "read_frames",
                "read_mask",
                "read_picture",
                "save_document",
                "save_picture",
            ),
            "studio.files.image_write": ("SaveOptions",),
            "studio.files.pictures.formats": ("OPEN_FILTERS", "SAVE_FORMATS", "FileFilter", "FileFormat", "SaveFormat"),
            "studio.files.pictures.images": ("Frame",),
        },
    )

__all__ = [
    "OPEN_FILTERS",
    "SAVE_FORMATS",
    "FileFilter",
    "FileFormat",
    "Frame",
    "OpenedDocument",
    "SaveFormat",
    "SaveOptions",
    "losses",
    "open_document",
    "read_frames",
    "read_mask",
    "read_picture",
    "save_document",
    "save_picture",
]
