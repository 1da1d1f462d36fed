"""The front door of files: open and save documents, read pictures, masks and frames."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np

from studio.document import Document, PaintLayer, Pixels, Raster
from studio.errors import FileError, SettingError
from studio.files.disk.atomic import write_atomically
from studio.files.image_write import SaveOptions, write_picture
from studio.files.metadata.reading import read_metadata
from studio.files.openraster.read import read_openraster
from studio.files.openraster.write import straight, write_openraster
from studio.files.pictures.formats import FileFormat, format_for_saving, sniff
from studio.files.pictures.images import BROKEN, BYTES_PER_PIXEL, Frame, RawMetadata, decode, decode_frames
from studio.files.pictures.png_bands import raster_in_bands
from studio.files.pictures.png_chunks import check_header, split_text
from studio.files.untrusted.limits import check_file_bytes, check_picture_size
from studio.files.untrusted.memory import allowed_bytes
from studio.generation import CancelToken, GenerationSettings
from studio.message import Message
from studio.raster.compose import compose
from studio.raster.convert import raster_of_straight
from studio.text.exceptions import reason_for

if TYPE_CHECKING:
    from studio.files.psd.read import PsdContents

_HEAD_BYTES: Final = 512
_KRITA_ENTRY: Final = "maindoc.xml"
_LARGE_SUFFIX: Final = ".psb"


@dataclass(frozen=True, kw_only=True, eq=False)
class OpenedDocument:
    """A document and what else its file told.

    ``settings`` can be offered to the person again; ``metadata`` is the generation metadata as text to
    read ("" if there is none); ``notes`` say what was converted or left out. ``format`` is ``None`` for a
    format that a plugin read. ``is_partial`` says that the file, which could be saved to, holds layers that could not
    be read: it must not be written over unasked.
    """

    document: Document
    path: Path
    format: FileFormat | None
    settings: GenerationSettings | None = None
    metadata: str = ""
    notes: tuple[str, ...] = ()
    is_partial: bool = False

    def check_overwriting(self, path: Path) -> None:
        """Raise `FileError` if ``path`` is this very file and what could not be read of it would be lost."""
        if self.is_partial and path.exists() and path.samefile(self.path):
            raise FileError(
                "{path} holds more than could be read: writing over it would lose that for good.",
                "Give another file to write to.",
                path=self.path.name,
            )


def open_document(path: Path) -> OpenedDocument:
    """Open an OpenRaster, PSD, Krita, PNG, JPEG, WebP or GIF file, known by its content, whatever its name.

    Raises `FileError` (`UnsupportedFileError`, `CorruptFileError`, `FileTooLargeError`) naming the file.
    """
    with _opened(path) as stream:
        file_format = _sniffed(stream, path.name)
        if file_format is FileFormat.OPENRASTER:
            contents = read_openraster(stream, path.name)
            metadata = "" if contents.settings is None else contents.settings.json(indent=2)
            return OpenedDocument(
                document=contents.document,
                path=path,
                format=file_format,
                settings=contents.settings,
                metadata=metadata,
                notes=contents.notes,
                is_partial=contents.is_partial,
            )
        if file_format is FileFormat.PSD:
            from studio.files.psd.read import read_psd  # psd-tools is slow to import and rarely needed

            return _photoshop_document(read_psd(stream, path.name), path)
        if file_format is FileFormat.KRITA:
            from studio.files.krita.read import read_krita  # rarely needed

            read = read_krita(stream, path.name)
            return OpenedDocument(document=read.document, path=path, format=file_format, notes=read.notes)
        data = _read_all(stream, path.name)
    if file_format is FileFormat.PNG and (opened := _large_png(data, path)) is not None:
        return opened
    image = decode(data, file_format, path.name)
    opened = _picture_document(
        raster_of_straight(image.pixels), image.pixels.shape[:2], image.metadata, image.notes, path
    )
    return replace(opened, format=file_format)


def save_document(
    document: Document,
    path: Path,
    *,
    settings: GenerationSettings | None = None,
    options: SaveOptions | None = None,
    cancel: CancelToken | None = None,
    report: Callable[[float], object] | None = None,
) -> tuple[str, ...]:
    """Write a document in the format that the file's ending asks for; returns notes for the person.

    OpenRaster keeps everything, Photoshop files layers as far as `losses` does not say otherwise; PNG, JPEG and WebP
    hold the flattened picture. The old file stays whole until the new one is complete. Photoshop files heed ``cancel``
    and ``report`` how far they are, 0..1. Raises `UnsupportedFileError`, `FileError` naming the file, or `Cancelled`.
    """
    file_format = format_for_saving(path)
    if file_format is FileFormat.OPENRASTER:
        write_atomically(path, partial(write_openraster, document, settings=settings))
        return ()
    if file_format is FileFormat.PSD:
        return _save_photoshop(document, path, settings, cancel or CancelToken(), report or _unheard)
    return save_picture(compose(document), path, settings=settings, options=options)


def losses(document: Document, path: Path) -> tuple[str, ...]:
    """What a file of this name would not hold of a document, or hold in another way; nothing is written.

    Raises `UnsupportedFileError`.
    """
    file_format = format_for_saving(path)
    if file_format is FileFormat.PSD:
        from studio.files.psd.write import psd_losses

        return psd_losses(document)
    is_flat = len(document.layers) == 1 and document.layers[0].mask is None and not document.generation_mask.tiles
    if is_flat or file_format is FileFormat.OPENRASTER:
        return ()
    return (Message("{name} holds the picture without its layers and mask.", name=path.name),)


def save_picture(
    pixels: Pixels, path: Path, *, settings: GenerationSettings | None = None, options: SaveOptions | None = None
) -> tuple[str, ...]:
    """Write premultiplied RGBA ``(h, w, 4)`` uint8 as PNG, JPEG or WebP, as `save_document` does."""
    file_format = format_for_saving(path)
    if file_format in (FileFormat.OPENRASTER, FileFormat.PSD):
        height, width = pixels.shape[:2]
        layer = PaintLayer(name=path.stem, raster=Raster.from_array(pixels))
        document = Document(width=width, height=height, layers=(layer,), active_id=layer.id)
        return save_document(document, path, settings=settings)
    notes: list[str] = []

    def write(stream: BinaryIO) -> None:
        notes.extend(write_picture(pixels, stream, file_format, settings, options or SaveOptions()))

    write_atomically(path, write)
    return tuple(notes)


def read_picture(path: Path) -> Pixels:
    """Any file that `open_document` opens, flattened: straight RGBA ``(h, w, 4)`` uint8, sRGB, upright."""
    with _opened(path) as stream:
        file_format = _sniffed(stream, path.name)
        if not file_format.is_layered:
            return decode(_read_all(stream, path.name), file_format, path.name).pixels
    return straight(compose(open_document(path).document))


def read_mask(path: Path, size: tuple[int, int]) -> Pixels:
    """A mask from a picture: uint8 ``(height, width)``, white 255, black or transparent 0.

    ``size`` is the (width, height) that it must have; `SettingError` naming both sizes if it differs.
    """
    pixels = read_picture(path)
    height, width = pixels.shape[:2]
    if (width, height) != size:
        raise SettingError(
            "The mask {file} is {width}x{height}, but the picture is {other_width}x{other_height}.",
            "Give a mask of the same size as the picture.",
            file=path.name,
            width=width,
            height=height,
            other_width=size[0],
            other_height=size[1],
        )
    # Rec. 601 luma, so that any grey keeps its value; what is transparent counts as black.
    luma = pixels[..., :3].astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    return np.rint(luma * (pixels[..., 3] / np.float32(255))).astype(np.uint8)


def read_frames(path: Path) -> tuple[Frame, ...]:
    """All frames of an animated GIF, WebP or PNG as full pictures; of other pictures the only one."""
    with _opened(path) as stream:
        file_format = _sniffed(stream, path.name)
        if not file_format.is_layered:
            return decode_frames(_read_all(stream, path.name), file_format, path.name)
    return (Frame(read_picture(path), 0),)


def _save_photoshop(
    document: Document,
    path: Path,
    settings: GenerationSettings | None,
    cancel: CancelToken,
    report: Callable[[float], object],
) -> tuple[str, ...]:
    from studio.files.psd.write import write_psd

    notes: list[str] = []
    large = path.suffix.lower() == _LARGE_SUFFIX

    def write(stream: BinaryIO) -> None:
        notes.extend(write_psd(document, stream, settings, large=large, cancel=cancel, report=report))

    write_atomically(path, write)
    return tuple(notes)


def _unheard(_fraction: float) -> None:
    """Progress that nobody watches."""


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise FileError("{file} is a folder.", "Choose a file in it.", file=path.name)
        check_file_bytes(path.stat().st_size, path.name)
        return path.open("rb")
    except FileNotFoundError as error:
        raise FileError("{path} does not exist.", "Check the name and the folder.", path=path) from error
    except OSError as error:
        raise _unreadable(path.name, error) from error


def _sniffed(stream: BinaryIO, name: str) -> FileFormat:
    try:
        head = stream.read(_HEAD_BYTES)
        stream.seek(0)
    except OSError as error:
        raise _unreadable(name, error) from error
    file_format = sniff(head, name)
    # Packed anew, an archive no longer begins with what it is.
    is_krita = file_format is FileFormat.OPENRASTER and _holds(stream, _KRITA_ENTRY)
    return FileFormat.KRITA if is_krita else file_format


def _holds(stream: BinaryIO, entry: str) -> bool:
    """Whether an archive has an entry of this name."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return entry in archive.namelist()
    except (*BROKEN, zipfile.BadZipFile):
        return False
    finally:
        stream.seek(0)


def _read_all(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read()
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError) -> FileError:
    return FileError(
        "{name} could not be read: {reason}.", "Check that you may open it.", name=name, reason=reason_for(error)
    )


def _large_png(data: bytes, path: Path) -> OpenedDocument | None:
    """A PNG that would be refused if it were laid out whole, but is plain for the most part, as an empty canvas is.

    ``None`` for all others.
    """
    parts, most = split_text(data), allowed_bytes(len(data))
    try:
        width, height = check_header(parts.picture)
        if width * height * BYTES_PER_PIXEL <= most:
            return None
        check_picture_size(width, height, path.name)
        raster = raster_in_bands(parts.picture, 0, 0, most)
    except ValueError:  # `decode` says what is wrong with it
        return None
    return _picture_document(raster, (height, width), RawMetadata(parts.texts), parts.notes, path)


def _photoshop_document(contents: PsdContents, path: Path) -> OpenedDocument:
    found = read_metadata(contents.metadata)
    return OpenedDocument(
        document=contents.document,
        path=path,
        format=FileFormat.PSD,
        settings=found.settings,
        metadata=found.text,
        notes=(*contents.notes, *found.notes),
        is_partial=bool(contents.notes),
    )


def _picture_document(
    raster: Raster, shape: tuple[int, ...], metadata: RawMetadata, notes: tuple[str, ...], path: Path
) -> OpenedDocument:
    found = read_metadata(metadata)
    height, width = shape
    own_settings = None if found.settings is None else found.settings.json()
    layer = PaintLayer(name=path.stem, raster=raster, settings=own_settings)
    return OpenedDocument(
        document=Document(width=width, height=height, layers=(layer,), active_id=layer.id),
        path=path,
        format=FileFormat.PNG,
        settings=found.settings,
        metadata=found.text,
        notes=(*notes, *found.notes),
    )
