"""Files: OpenRaster, PSD and pictures with their metadata; atomic saving; the recovery journal."""

from studio.files.documents import (
    OpenedDocument,
    open_document,
    read_frames,
    read_mask,
    read_picture,
    save_document,
    save_picture,
)
from studio.files.formats import OPEN_FILTERS, SAVE_FORMATS, FileFilter, FileFormat, SaveFormat
from studio.files.image_write import SaveOptions
from studio.files.images import Frame

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
