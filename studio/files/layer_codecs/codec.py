"""What a kind of layer does to lie in files, and what the files' readers and writers offer it for that."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar
from xml.etree.ElementTree import Element

from studio.document import Layer, LayerKind, Raster, Rect, Rgb
from studio.message import Message

if TYPE_CHECKING:
    from psd_tools.api.layers import Layer as PsdLayer
    from psd_tools.psd.tagged_blocks import TaggedBlock

L = TypeVar("L", bound=Layer)


class JournalWriter(Protocol):
    """Gives rasters and layers their place in the journal."""

    def row(self, raster: Raster) -> int:
        """The row that a raster is stored in."""
        ...

    def layers(self, layers: Iterable[Layer]) -> list[dict[str, Any]]:
        """The values of layers within a layer."""
        ...


class JournalReader(Protocol):
    """Finds again what a `JournalWriter` stored; raises ``ValueError`` or ``LookupError`` for what is damaged."""

    def pixels(self, row: int) -> Raster:
        """The RGBA raster of a row."""
        ...

    def layers(self, items: Iterable[dict[str, Any]]) -> tuple[Layer, ...]:
        """The layers within a layer."""
        ...


class OraWriter(Protocol):
    """Plans the tree of ``stack.xml`` and the pictures in the archive."""

    @property
    def canvas(self) -> Rect:
        """The canvas of the document."""
        ...

    def attributes(self, layer: Layer) -> dict[str, str]:
        """What is written about every kind of layer."""
        ...

    def timeline_attributes(self, layer: Layer) -> dict[str, str]:
        """What is written about the group whose layers are frames; empty for others."""
        ...

    def add_layers(self, stack: Element, layers: tuple[Layer, ...]) -> None:
        """Put layers, given from the bottom to the top, into a stack."""
        ...

    def add_picture(self, stack: Element, layer: Layer, pixels: Raster, *, keeps_unmasked: bool) -> Element:
        """Put a layer's element with its picture and its mask into a stack.

        The picture is that under the mask. With ``keeps_unmasked`` the whole one is stored beside it if they differ.
        The checksum of the picture is written if a change by another program would matter.
        """
        ...

    def adjusted(self, layer: Layer) -> Raster:
        """What an adjustment layer makes of those below it, fully and without its mask."""
        ...

    def add_group_mask(self, element: Element, layer: Layer) -> None:
        """Store the mask of a layer without pixels, and show it to other programs if it acts on what is seen."""
        ...


class OraReader(Protocol):
    """Reads what elements of ``stack.xml`` have in common, and their pictures; what is wrong is noted."""

    def common(self, element: Element) -> dict[str, Any]:
        """The fields that every kind of layer has, but for the mask."""
        ...

    def mask(self, element: Element) -> Raster | None:
        """The layer's mask."""
        ...

    def pixels(self, element: Element) -> tuple[Raster, Raster | None] | None:
        """The layer's pixels and its mask, which is ``None`` if it is applied; ``None`` if they could not be read."""
        ...

    def children(self, element: Element) -> tuple[Layer, ...]:
        """The layers within a stack."""
        ...

    def note(self, message: Message) -> None:
        """Tell who opened the file."""
        ...

    def is_changed(self, element: Element) -> bool:
        """Whether another program has changed the element's picture."""
        ...


class PsdReader(Protocol):
    """Reads the parts of Photoshop's layers; what is not supported is noted."""

    @property
    def is_ours(self) -> bool:
        """Whether Shoreline wrote the file."""
        ...

    def layers(self, siblings: Iterable[PsdLayer]) -> tuple[Layer, ...]:
        """The layers within a group."""
        ...

    def pixels(self, source: PsdLayer) -> Raster | None:
        """The layer's pixels; ``None`` if there is nothing to show for it."""
        ...

    def color(self, rgb: Rgb) -> Rgb:
        """A colour of the file in sRGB."""
        ...

    def leave_out(self, source: PsdLayer) -> None:
        """Say that there is nothing like this layer here."""
        ...

    def note(self, note: Message) -> None:
        """Say what is different here."""
        ...


class PsdWriter(Protocol):
    """Plans the records of a Photoshop file, from the bottom to the top."""

    @property
    def canvas(self) -> Rect:
        """The canvas of the document."""
        ...

    def add_pixels(self, layer: Layer, pixels: Raster, blocks: Sequence[TaggedBlock] = ()) -> None:
        """Put down a layer with these pixels and its mask; ``blocks`` say what else Photoshop is to know of it."""
        ...

    def add_group(self, layer: Layer) -> None:
        """Put down a group and the layers in it."""
        ...

    def adjusted(self, layer: Layer) -> Raster:
        """The canvas as an adjustment layer makes it of what lies below."""
        ...

    def note(self, note: Message) -> None:
        """Say what the file does not hold, or holds in another way."""
        ...


class LayerCodec(ABC, Generic[L]):
    """How one kind of layer lies in the journal, in OpenRaster and in Photoshop files.

    ``journal_field`` is the value that only this kind has in the journal. ``psd_kinds`` are psd-tools' names of the
    kinds in Photoshop files that become it. ``reads_picture`` says that its picture in an OpenRaster file is needed.
    """

    kind: ClassVar[LayerKind]
    journal_field: ClassVar[str]
    psd_kinds: ClassVar[Collection[str]] = ()
    reads_picture: ClassVar[bool] = False

    @abstractmethod
    def journal_values(self, layer: L, writer: JournalWriter) -> dict[str, Any]:
        """What the journal keeps of a layer beside the common fields: JSON values."""

    @abstractmethod
    def from_journal(self, common: Mapping[str, Any], values: Mapping[str, Any], reader: JournalReader) -> L:
        """The layer again. Raises ``ValueError``, ``LookupError`` or ``TypeError`` for damaged values."""

    @abstractmethod
    def write_ora(self, layer: L, stack: Element, writer: OraWriter) -> None:
        """Put the layer into a stack of an OpenRaster file."""

    @abstractmethod
    def claims(self, element: Element, reader: OraReader) -> bool:
        """Whether an element of an OpenRaster file is a layer of this kind."""

    @abstractmethod
    def from_ora(self, element: Element, reader: OraReader) -> L | None:
        """The layer of an element; ``None`` if it could not be read."""

    def from_psd(self, source: PsdLayer, common: Mapping[str, Any], reader: PsdReader) -> Layer | None:
        """The layer for one of Photoshop's of ``psd_kinds``; ``None``, after a note, if there is none."""
        raise NotImplementedError

    def write_psd(self, layer: L, writer: PsdWriter) -> None:
        """Put the layer into a Photoshop file: unless a kind has a twin there, as the pixels that it shows."""
        if layer.source is None:
            writer.note(
                Message("{name!r} has no counterpart in Photoshop: only the flat picture shows it.", name=layer.name)
            )
            return
        writer.note(Message("{name!r} is stored as pixels.", name=layer.name))
        writer.add_pixels(layer, layer.source.within(writer.canvas))
