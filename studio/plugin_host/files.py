"""Opening and saving with the formats that plugins add to Shoreline's own."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from studio import files
from studio.api import ExporterSpec, ImportedPicture, ImporterSpec
from studio.document import Document, PaintLayer, Pixels
from studio.errors import CorruptFileError, FileError, UnsupportedFileError
from studio.files.disk.atomic import write_atomically
from studio.files.pictures.formats import format_for_saving
from studio.files.pictures.images import BROKEN, too_large
from studio.files.untrusted.limits import check_file_bytes, check_picture_size
from studio.files.untrusted.memory import check_memory
from studio.generation import CancelToken, GenerationSettings
from studio.plugin_host.host import PluginHost
from studio.text.exceptions import reason_for

_BYTES_PER_PIXEL: Final = 24
"""What importers take at their height, which make copies as they like."""
_LOADING_SECONDS: Final = 60.0
"""How long a file that Shoreline itself does not read waits for plugins that are still being loaded."""


class PluginFiles:
    """`open_document` and `save_document` of `studio.files`, which asks plugins where those do not know a format.

    The plugins' document events are sent. Both take their time: call them on a background thread.
    """

    def __init__(self, host: PluginHost) -> None:
        self._host = host

    def open(self, path: Path) -> files.OpenedDocument:
        """Open a file, by its content, else by what a plugin makes of a file with its ending.

        Raises `FileError` naming the file, and `PluginError` when a plugin failed.
        """
        try:
            opened = files.open_document(path)
        except (UnsupportedFileError, CorruptFileError):
            self._host.wait_until_loaded(_LOADING_SECONDS)
            importer = self._importer(path)
            if importer is None:
                raise
            opened = _imported(importer, path)
        self._host.notify_opened(opened.document, path)
        return opened

    def save(
        self,
        document: Document,
        path: Path,
        *,
        settings: GenerationSettings | None = None,
        cancel: CancelToken | None = None,
        report: Callable[[float], object] | None = None,
    ) -> tuple[str, ...]:
        """Write a file in the format that its ending asks for; Shoreline's own formats come first.

        As `save_document` does, with what it raises.
        """
        exporter = None if _is_own(path) else self._exporter(path)
        if exporter is None:
            notes = files.save_document(document, path, settings=settings, cancel=cancel, report=report)
        else:
            notes = _exported(exporter, document, path)
        self._host.notify_saved(document, path)
        return notes

    def check_can_save(self, path: Path) -> None:
        """`UnsupportedFileError` if neither Shoreline nor a plugin writes files with this ending."""
        if self._exporter(path) is None:
            format_for_saving(path)

    def read_picture(self, path: Path) -> Pixels:
        """Any file that `open` opens, flattened: straight RGBA ``(h, w, 4)`` uint8, sRGB, upright."""
        from studio.raster.compose import compose
        from studio.raster.convert import unpremultiply

        try:
            return files.read_picture(path)
        except (UnsupportedFileError, CorruptFileError):
            self._host.wait_until_loaded(_LOADING_SECONDS)
            if self._importer(path) is None:
                raise
        return unpremultiply(compose(self.open(path).document))

    def open_filters(self) -> tuple[files.FileFilter, ...]:
        """Lines of the Open dialog that plugins add."""
        return tuple(files.FileFilter(spec.name, spec.suffixes) for spec in self._host.specs(ImporterSpec).values())

    def save_filters(self) -> tuple[files.FileFilter, ...]:
        """Lines of the Export dialog that plugins add."""
        return tuple(files.FileFilter(spec.name, spec.suffixes) for spec in self._host.specs(ExporterSpec).values())

    def _importer(self, path: Path) -> ImporterSpec | None:
        suffix = _suffix(path)
        return next((spec for spec in self._host.specs(ImporterSpec).values() if suffix in spec.suffixes), None)

    def _exporter(self, path: Path) -> ExporterSpec | None:
        suffix = _suffix(path)
        return next((spec for spec in self._host.specs(ExporterSpec).values() if suffix in spec.suffixes), None)


def _imported(importer: ImporterSpec, path: Path) -> files.OpenedDocument:
    from studio.raster.convert import raster_of_straight

    try:
        check_file_bytes(path.stat().st_size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise FileError(
            "{name} could not be read: {reason}.",
            "Check that you may open it.",
            name=path.name,
            reason=reason_for(error),
        ) from error
    _check_area(data, path.name)
    try:
        decoded = importer.decode(data)
    except MemoryError as error:
        raise too_large(path.name) from error
    picture = decoded if isinstance(decoded, ImportedPicture) else ImportedPicture(decoded)
    pixels = picture.pixels
    height, width = pixels.shape[:2]
    check_picture_size(width, height, path.name)
    layer = PaintLayer(name=path.stem, raster=raster_of_straight(pixels))
    document = Document(width=width, height=height, layers=(layer,), active_id=layer.id)
    return files.OpenedDocument(document=document, path=path, format=None, notes=picture.notes)


def _check_area(data: bytes, name: str) -> None:
    """Refuse what would take too much memory, as far as Pillow knows the format; a plugin may know others."""
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as image:
            width, height = image.size
    except Image.DecompressionBombError as error:
        raise too_large(name) from error
    except BROKEN:
        return
    check_memory(width * height * _BYTES_PER_PIXEL, len(data), name)


def _exported(exporter: ExporterSpec, document: Document, path: Path) -> tuple[str, ...]:
    from studio.raster.compose import compose
    from studio.raster.convert import unpremultiply

    data = exporter.encode(unpremultiply(compose(document)))

    def write(stream: BinaryIO) -> None:
        stream.write(data)

    write_atomically(path, write)
    return ()


def _is_own(path: Path) -> bool:
    return any(_suffix(path) in own.filter.suffixes for own in files.SAVE_FORMATS)


def _suffix(path: Path) -> str:
    return path.suffix.lower().removeprefix(".")
