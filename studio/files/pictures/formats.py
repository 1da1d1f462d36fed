"""Which files Shoreline reads and writes, and how it knows them: by their first bytes, not by their names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from studio.errors import CorruptFileError, UnsupportedFileError
from studio.message import Message


class FileFormat(StrEnum):
    """A format that Shoreline opens."""

    OPENRASTER = "ora"
    PSD = "psd"
    KRITA = "kra"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    GIF = "gif"

    @property
    def is_layered(self) -> bool:
        """Whether files of it hold layers, and are no flat pictures."""
        return self in (FileFormat.OPENRASTER, FileFormat.PSD, FileFormat.KRITA)


@dataclass(frozen=True)
class FileFilter:
    """One line of a file dialog: a name (English, for translation) and suffixes without dots."""

    name: str
    suffixes: tuple[str, ...]

    @property
    def patterns(self) -> str:
        """``"*.png *.jpg"``, as file dialogs want it."""
        return " ".join(f"*.{suffix}" for suffix in self.suffixes)


@dataclass(frozen=True)
class SaveFormat:
    """A format that Shoreline writes; the first suffix is the usual one."""

    format: FileFormat
    filter: FileFilter
    keeps_layers: bool = False
    keeps_transparency: bool = True


_ORA: Final = FileFilter("OpenRaster", ("ora",))
_PNG: Final = FileFilter("PNG", ("png",))
_JPEG: Final = FileFilter("JPEG", ("jpg", "jpeg", "jpe", "jfif"))
_WEBP: Final = FileFilter("WebP", ("webp",))
_PSD: Final = FileFilter("Photoshop", ("psd", "psb"))
_KRITA: Final = FileFilter("Krita", ("kra",))
_GIF: Final = FileFilter("GIF", ("gif",))
_OWN: Final = (_ORA, _PNG, _JPEG, _WEBP, _PSD, _KRITA, _GIF)

OPEN_FILTERS: Final = (
    FileFilter("All pictures", tuple(suffix for each in _OWN for suffix in each.suffixes)),
    *_OWN,
)
"""Lines of the Open dialog; the first holds every suffix."""

SAVE_FORMATS: Final = (
    SaveFormat(FileFormat.OPENRASTER, _ORA, keeps_layers=True),
    SaveFormat(FileFormat.PSD, _PSD, keeps_layers=True),
    SaveFormat(FileFormat.PNG, _PNG),
    SaveFormat(FileFormat.JPEG, _JPEG, keeps_transparency=False),
    SaveFormat(FileFormat.WEBP, _WEBP),
)
"""Lines of the Save dialog; the first is the one that keeps everything."""

_FOREIGN: Final = (
    (b"SPB8", 0, "a Photoshop file with its bytes in another order"),
    (b"gimp xcf", 0, "a GIMP picture (.xcf)"),
    (b"II*\0", 0, "a TIFF picture"),
    (b"MM\0*", 0, "a TIFF picture"),
    (b"BM", 0, "a BMP picture"),
    (b"ftypavif", 4, "an AVIF picture"),
    (b"ftyphei", 4, "a HEIC picture"),
    (b"ftypmif1", 4, "a HEIC picture"),
    (b"\xff\x0a", 0, "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL ", 0, "a JPEG XL picture"),
    (b"%PDF", 0, "a PDF document"),
    (b"qoif", 0, "a QOI picture"),
    (b"\x76\x2f\x31\x01", 0, "an OpenEXR picture"),
    (b"<svg", 0, "an SVG drawing"),
)
_KRITA_TYPES: Final = (b"application/x-krita", b"application/x-kra")
_FOREIGN_ZIP: Final = ((b"application/vnd.oasis", "an office document"),)
_EXPORT_ADVICE: Final = "Export it as OpenRaster (.ora) or PNG from the program that wrote it."


def sniff(head: bytes, name: str) -> FileFormat:
    """The format of a file from its first 128 bytes or more.

    Raises `UnsupportedFileError` for other programs' formats and `CorruptFileError` for anything else.
    """
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileFormat.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return FileFormat.JPEG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return FileFormat.WEBP
    if head.startswith((b"GIF87a", b"GIF89a")):
        return FileFormat.GIF
    if head.startswith(b"8BPS"):
        return FileFormat.PSD
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(head, name)
    raise _not_read(head, name)


def format_for_saving(path: Path) -> FileFormat:
    """The format that a file name asks for; `UnsupportedFileError` if Shoreline does not write it."""
    suffix = path.suffix.lower().removeprefix(".")
    for save_format in SAVE_FORMATS:
        if suffix in save_format.filter.suffixes:
            return save_format.format
    known = ", ".join(f".{save_format.filter.suffixes[0]}" for save_format in SAVE_FORMATS)
    what = f"files that end in .{suffix}" if suffix else "files without an ending"
    raise UnsupportedFileError(
        "{file}: Shoreline does not write {what}.", "Choose one of {known}.", file=path.name, what=what, known=known
    )


def _sniff_zip(head: bytes, name: str) -> FileFormat:
    if any(mimetype in head for mimetype in _KRITA_TYPES):
        return FileFormat.KRITA
    for mimetype, what in _FOREIGN_ZIP:
        if mimetype in head:
            raise UnsupportedFileError(
                "{name} is {what}, which Shoreline does not read.", _EXPORT_ADVICE, name=name, what=what
            )
    return FileFormat.OPENRASTER


def _not_read(head: bytes, name: str) -> UnsupportedFileError | CorruptFileError:
    if head.lstrip().startswith(b"<?xml") and b"<svg" in head:
        head = b"<svg"
    for magic, offset, what in _FOREIGN:
        if head[offset:].startswith(magic):
            return UnsupportedFileError(
                "{name} is {what}, which Shoreline does not read.", _EXPORT_ADVICE, name=name, what=what
            )
    return CorruptFileError(
        "{name} is not a picture that Shoreline knows.",
        "Choose an OpenRaster, PSD, Krita, PNG, JPEG, WebP or GIF file.",
        name=name,
    )


def on_white(format_name: str) -> Message:
    """What is said of a format without transparency."""
    return Message("{format} has no transparency: transparent parts lie on white.", format=format_name)
