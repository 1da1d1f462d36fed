"""Parts of a picture that are named in a text: by a picture of them, or by a layer of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from studio.document import Document, Layer, PaintLayer, Pixels, Raster
from studio.errors import SettingError
from studio.files.part_names import PartName
from studio.jobs.layer_pictures import layer_pixels

if TYPE_CHECKING:
    from studio.plugin_host.files import PluginFiles

_MOST_NAMED: Final = 12


@dataclass(frozen=True, eq=False)
class PartReader:
    """Reads parts by ``files``; each document is opened once."""

    files: PluginFiles
    _opened: dict[Path, Document] = field(default_factory=dict, repr=False)

    def layer(self, part: PartName, width: int, height: int) -> PaintLayer:
        """A hidden layer that is white where the part is, at a size, whatever that of its picture.

        Raises `SettingError` for a layer that is not there, or is one of several with its name, and what opening a
        file raises.
        """
        # OpenCV comes with this import; at the top it would delay every start.
        from studio.generation.pictures import scaled

        if part.layer:
            document = self._document(part.file)
            layer = _the_one(document, part)
            shape = layer_pixels(document, layer, document.canvas, width, height)[..., 3]
        else:
            shape = scaled(_opacity(self.files.read_picture(part.file)), width, height)
        return PaintLayer(name=part.name, raster=Raster.from_array(_white(shape)), visible=False)

    def _document(self, file: Path) -> Document:
        if file not in self._opened:
            self._opened[file] = self.files.open(file).document
        return self._opened[file]


def _the_one(document: Document, part: PartName) -> Layer:
    """The layer or group of this name."""
    every = tuple(document.walk())
    found = [layer for layer in every if layer.name == part.layer]
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingError(
            "{file} has {count} layers {layer!r}.",
            "Give the one that is meant a name of its own.",
            file=part.file.name,
            count=len(found),
            layer=part.layer,
        )
    raise SettingError(
        "{file} has no layer {layer!r}.",
        "Its layers are: {names}.",
        file=part.file.name,
        layer=part.layer,
        names=", ".join(_named(every)) or "none",
    )


def _named(layers: tuple[Layer, ...]) -> Iterator[str]:
    yield from (layer.name for layer in layers[:_MOST_NAMED])
    if len(layers) > _MOST_NAMED:
        yield "…"


def _opacity(pixels: Pixels) -> Pixels:
    """Where straight RGBA is opaque, or how white it is where all of it is: uint8 (h, w)."""
    import numpy as np

    if (pixels[..., 3] < 255).any():
        return np.ascontiguousarray(pixels[..., 3])
    grey: Pixels = pixels[..., :3].mean(axis=2).round().astype(np.uint8)
    return grey


def _white(opacity: Pixels) -> Pixels:
    """White as opaque as uint8 (h, w) says: premultiplied RGBA."""
    import numpy as np

    return np.repeat(opacity[..., None], 4, axis=2)
