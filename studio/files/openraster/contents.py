"""What an OpenRaster file holds; at the least its flat picture."""

from __future__ import annotations

from dataclasses import dataclass

from studio.document import Document, PaintLayer
from studio.errors import FileError
from studio.files.openraster.names import MERGED_ENTRY
from studio.files.openraster.pictures import StoredPictures
from studio.files.untrusted.safe_zip import SafeZip
from studio.generation import GenerationSettings
from studio.message import Message
from studio.raster.convert import raster_of_straight


@dataclass(frozen=True, eq=False)
class OpenRasterContents:
    """``settings`` are the canvas's generation settings, if the file has them. ``is_partial`` says that the file holds
    more than could be read: the notes say what."""

    document: Document
    settings: GenerationSettings | None
    notes: tuple[str, ...]
    is_partial: bool = False


def flat_contents(archive: SafeZip) -> OpenRasterContents | None:
    """The picture as the program that wrote the file showed it; ``None`` if that cannot be read either."""
    try:
        pixels = StoredPictures(archive).picture(MERGED_ENTRY).pixels
    except FileError:
        return None
    height, width = pixels.shape[:2]
    layer = PaintLayer(name="Flat picture", raster=raster_of_straight(pixels))
    document = Document(width=width, height=height, layers=(layer,), active_id=layer.id)
    note = Message("Its layers could not be read: this is its flat picture.")
    return OpenRasterContents(document, None, (note,), is_partial=True)
