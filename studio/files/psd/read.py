"""Reading Photoshop files (PSD, PSB) through psd-tools: layers, groups, masks, opacities and blend modes."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from psd_tools import PSDImage
from psd_tools.api.layers import Layer as PsdLayer
from psd_tools.compression import PSDDecompressionWarning
from psd_tools.constants import ChannelID, ColorMode, CompatibilityMode, Resource, Tag

from studio.document import BlendMode, Document, Layer, LayerId, PaintLayer, Pixels, Raster, Rect, Rgb
from studio.errors import FileTooLargeError, UnsupportedFileError
from studio.files.layer_codecs.table import psd_codec
from studio.files.pictures.colour import to_srgb
from studio.files.pictures.images import BROKEN, RawMetadata, damaged, too_large
from studio.files.pictures.linear_light import rounded_to_bytes
from studio.files.psd.clipping import clipped_by_mask
from studio.files.psd.lines import ruling_of
from studio.files.psd.modes import BLEND_MODES, LOCKED, TRANSPARENCY_LOCKED, WRITER
from studio.files.psd.not_read import not_read
from studio.files.untrusted.limits import (
    MAX_LAYER_PIXELS,
    check_canvas_size,
    check_layer_offset,
    check_layer_sizes,
    check_picture_size,
)
from studio.files.untrusted.memory import check_memory
from studio.message import Message
from studio.raster.convert import premultiply

_FILL_IS_NOT_OPACITY: Final = frozenset(
    {
        BlendMode.COLOR_BURN,
        BlendMode.LINEAR_BURN,
        BlendMode.COLOR_DODGE,
        BlendMode.PLUS,
        BlendMode.DIFFERENCE,
    }
)
"""Modes in which Photoshop's fill fades the colours towards those that change nothing, and opacity the result."""
_COLOUR_MODES: Final = (ColorMode.RGB, ColorMode.GRAYSCALE, ColorMode.CMYK)
_FLAT_COLOUR_MODES: Final = (*_COLOUR_MODES, ColorMode.INDEXED, ColorMode.BITMAP, ColorMode.DUOTONE)
_AS_PIXELS: Final = {
    "type": Message("{name!r} is text: it was opened as pixels."),
    "smartobject": Message("{name!r} is a smart object: it was opened as pixels."),
    "shape": Message("{name!r} is a shape: it was opened as pixels."),
}
_UNREADABLE: Final = (*BROKEN, AssertionError, RecursionError, Warning, FileTooLargeError)
"""What psd-tools and our limits raise for one layer; its warnings of pixels that it cannot decode are made errors."""
_BYTES_PER_PIXEL: Final = 18
"""What psd-tools takes for a layer while it is decoded, as measured."""
_HEADER_BYTES: Final = 26
_PIXELS_LOCKED: Final = 2
_FLOATING: Final = 32
"""So many bits a channel are floating point."""
_RGBA: Final = 4
_VERSIONS: Final = (1, 2)


@dataclass(frozen=True, eq=False)
class PsdContents:
    """``notes`` say what was converted or left out: without any, the document holds all that the file does.

    ``metadata`` is the XMP packet in it.
    """

    document: Document
    notes: tuple[str, ...]
    metadata: RawMetadata = field(default_factory=RawMetadata)


def read_psd(stream: BinaryIO, name: str) -> PsdContents:
    """Read a whole file.

    A layer that cannot be read leaves the others and, as a hidden layer, the flat picture; layers that cannot be read
    at all leave the flat picture. Raises `CorruptFileError`, `FileTooLargeError` or `UnsupportedFileError` naming the
    file ``name``.
    """
    header = stream.read(_HEADER_BYTES)
    _check_header(header, name)
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            # psd-tools only warns of pixels that it cannot decode, and makes them black.
            warnings.simplefilter("error", PSDDecompressionWarning)
            version = _version(header)
            return _read(stream, name) if version in _VERSIONS else _read_newer(stream.read(), version, name)
    except MemoryError as error:
        raise too_large(name) from error
    except (*BROKEN, AssertionError, RecursionError, Warning) as error:
        raise damaged(name, error) from error


def _read(stream: BinaryIO, name: str) -> PsdContents:
    try:
        psd = PSDImage.open(stream)
    except (*BROKEN, AssertionError, RecursionError):
        stream.seek(0)
        flat = PSDImage.open(io.BytesIO(_without_layers(stream.read())))
        check_picture_size(flat.width, flat.height, name)
        _check_memory([(flat.width, flat.height)], stream.seek(0, io.SEEK_END), name)
        contents = _Reader(flat, name).contents()
        lost = Message("Its layers could not be read: this is its flat picture.")
        return replace(contents, notes=(lost, *contents.notes))
    if not len(psd):
        check_picture_size(psd.width, psd.height, name)
    sizes = [size for size in _sizes(psd) if size[0] * size[1] <= MAX_LAYER_PIXELS]
    check_layer_sizes(sizes, name)
    _check_memory([*sizes, (psd.width, psd.height)] if not len(psd) else sizes, stream.seek(0, io.SEEK_END), name)
    return _Reader(psd, name).contents()


def _read_newer(data: bytes, version: int, name: str) -> PsdContents:
    """What can be read of a version of the format that did not exist, as far as it is like those before.

    Raises `UnsupportedFileError`.
    """
    for known in reversed(_VERSIONS):
        try:
            contents = _read(io.BytesIO(data[:4] + struct.pack(">H", known) + data[6:]), name)
        except (*BROKEN, AssertionError, RecursionError, Warning, FileTooLargeError):
            continue
        newer = Message("It has the unknown version {version}: what is new in it is missing.", version=version)
        return replace(contents, notes=(newer, *contents.notes))
    raise UnsupportedFileError(
        "{name} is a Photoshop file of the unknown version {version}.",
        "Save it anew in the program that wrote it, as an older version or as PNG.",
        name=name,
        version=version,
    )


def _version(header: bytes) -> int:
    return int(struct.unpack_from(">H", header, 4)[0])


def _check_memory(sizes: list[tuple[int, int]], file_bytes: int, name: str) -> None:
    """All pictures stay, in tiles; the largest is decoded beside them."""
    areas = [width * height for width, height in sizes]
    check_memory(4 * sum(areas) + _BYTES_PER_PIXEL * max(areas, default=0), file_bytes, name)


def _without_layers(data: bytes) -> bytes:
    """The file with an empty section of layers: header, colours, resources, and the flat picture."""
    version = struct.unpack_from(">H", data, 4)[0]
    start = _HEADER_BYTES
    for _section in ("colours", "resources"):
        start += 4 + struct.unpack_from(">I", data, start)[0]
    form = ">Q" if version == 2 else ">I"
    length = struct.unpack_from(form, data, start)[0]
    width = struct.calcsize(form)
    return data[:start] + bytes(width) + data[start + width + length :]


def _sizes(psd: PSDImage) -> Iterator[tuple[int, int]]:
    """What every layer and every mask would unpack to, from their rectangles."""
    for item in psd.descendants():
        if not item.is_group():
            yield item.width, item.height
        if item.mask is not None:
            yield item.mask.width, item.mask.height


def _check_header(header: bytes, name: str) -> None:
    if len(header) < _HEADER_BYTES:
        raise damaged(name, ValueError("it ends in its header"))
    height, width = struct.unpack_from(">II", header, 14)
    check_canvas_size(width, height, name)


class _Reader:
    """Turns the layers of one opened file into ours, from the bottom to the top."""

    def __init__(self, psd: PSDImage, name: str) -> None:
        self._psd = psd
        # Else psd-tools hides that groups are clipped, which other programs than Photoshop write.
        psd.compatibility_mode = CompatibilityMode.CLIP_STUDIO_PAINT
        self._name = name
        self._notes: dict[str, None] = {}
        self._lacks_layers = False
        self._selected = frozenset(psd.image_resources.get_data(Resource.LAYER_SELECTION_IDS, ()))
        self._active: LayerId | None = None
        self._canvas = Rect(0, 0, psd.width, psd.height)
        profile = psd.image_resources.get_data(Resource.ICC_PROFILE)
        self._profile = profile if isinstance(profile, bytes) else None

    @property
    def is_ours(self) -> bool:
        return getattr(self._psd.image_resources.get_data(Resource.VERSION_INFO), "writer", "") == WRITER

    def contents(self) -> PsdContents:
        document = self._document()
        for note in not_read(self._psd):
            self.note(note)
        xmp = self._psd.image_resources.get_data(Resource.XMP_METADATA)
        return PsdContents(document, tuple(self._notes), RawMetadata(xmp=xmp if isinstance(xmp, bytes) else b""))

    def _document(self) -> Document:
        if self._psd.depth != 8:
            self.note(Message("A picture of {depth} bits a channel, converted to 8.", depth=self._psd.depth))
        layers = self.layers(self._psd) if len(self._psd) else (self._flat("Background"),)
        ruling = ruling_of(self._psd.image_resources.get_data(Resource.GRID_AND_GUIDES_INFO))
        document = Document(width=self._psd.width, height=self._psd.height, layers=layers, ruling=ruling)
        paint_layers = [layer.id for layer in document.walk() if layer.raster is not None]
        document = document.with_active(self._active or (paint_layers[-1] if paint_layers else None))
        return self._with_flat(document) if self._lacks_layers else document

    def _with_flat(self, document: Document) -> Document:
        """The document with the file's flat picture on top, hidden unless there is nothing else."""
        try:
            flat = self._flat("Flat picture") if self._psd.has_preview() else None
        except _UNREADABLE:
            flat = None
        if flat is None:
            if not document.layers:
                raise ValueError("none of its layers can be read")
            return document
        if document.layers:
            self.note(Message("The file's flat picture is a hidden layer on top."))
            return replace(document, layers=(*document.layers, replace(flat, visible=False)))
        self.note(Message("The file's flat picture is shown."))
        return replace(document, layers=(flat,), active_id=flat.id)

    def layers(self, siblings: Iterable[PsdLayer]) -> tuple[Layer, ...]:
        self._check_colour_mode(_COLOUR_MODES)
        layers: list[Layer] = []
        for base, clipped in _clipping_runs(siblings):
            layers.extend(self._clipping_run(base, clipped))
        return tuple(layers)

    def _clipping_run(self, source: PsdLayer | None, clipped: list[PsdLayer]) -> tuple[Layer, ...]:
        """A layer with those that are clipped to it; ``source`` is ``None`` if the file lacks it."""
        base = None if source is None else self._readable(source)
        above = tuple(layer for clip in clipped if (layer := self._readable(clip)) is not None)
        if not above:
            return () if base is None else (base,)
        if base is None:
            for layer in above:
                self.note(
                    Message("{name!r} was clipped to a layer that is missing: it is shown whole.", name=layer.name)
                )
            return above
        if _blends_clipped_as_group(source):
            return (base, *(replace(layer, clipped=True) for layer in above))
        for layer in above:
            self.note(
                Message("{name!r} was clipped to the layer below; it has a layer mask for that now.", name=layer.name)
            )
        return (base, *(clipped_by_mask(layer, base, self._canvas) for layer in above))

    def _readable(self, source: PsdLayer) -> Layer | None:
        """The layer, or ``None`` with a note if there is none of ours for it, or if it is damaged."""
        try:
            return self._layer(source)
        except _UNREADABLE:
            self.note(Message("The layer {name!r} could not be read and was left out.", name=_name(source)))
            self._lacks_layers = True
            return None

    def _layer(self, source: PsdLayer) -> Layer | None:
        common = self._common(source)
        codec = psd_codec(source.kind)
        if codec is None:
            self.leave_out(source)
            return None
        layer: Layer | None = codec.from_psd(source, common, self)
        if layer is not None and source.layer_id in self._selected:
            self._active = layer.id
        return layer

    def _common(self, source: PsdLayer) -> dict[str, Any]:
        name = _name(source)
        mode = BLEND_MODES.get(source.blend_mode)
        if mode is None:
            self.note(Message("The blend mode of {name!r} is not supported: it is shown as normal.", name=name))
        if source.has_effects():
            self.note(Message("The layer effects of {name!r} are not supported and were left out.", name=name))
        if source.fill_opacity < 255 and mode in _FILL_IS_NOT_OPACITY:
            self.note(
                Message(
                    "The fill of {name!r} is shown as opacity, which looks a little different in its blend mode.",
                    name=name,
                )
            )
        return {
            "name": name,
            "visible": source.visible,
            "locked": bool(_protection(source) & (LOCKED | _PIXELS_LOCKED)),
            "alpha_locked": bool(_protection(source) & TRANSPARENCY_LOCKED),
            "opacity": source.opacity * source.fill_opacity / 255**2,
            "blend_mode": mode or BlendMode.NORMAL,
            "mask": self._mask(source, name),
            "mask_enabled": source.mask is None or not source.mask.disabled,
        }

    def pixels(self, source: PsdLayer) -> Raster | None:
        """The layer's pixels; an empty raster for an empty layer, ``None`` for what has no pixels by its nature."""
        if source.kind != "pixel" and not source.has_pixels():
            self.leave_out(source)
            return None
        raster = self._raster(source)
        if source.kind in _AS_PIXELS:
            self.note(Message(_AS_PIXELS[source.kind], name=_name(source)))
        return raster

    def _raster(self, source: PsdLayer) -> Raster:
        if not source.has_pixels():
            return Raster()
        check_layer_sizes([(source.width, source.height)], self._name)
        check_layer_offset(source.left, source.top, self._name)
        if self._psd.depth == _FLOATING:
            return Raster.from_array(self._of_light(source.numpy()), source.left, source.top)
        image = source.topil(apply_icc=False)
        if image is None:
            return Raster()
        alpha = source.topil(channel=ChannelID.TRANSPARENCY_MASK, apply_icc=False) if image.mode == "CMYK" else None
        return Raster.from_array(self._straightened(image, alpha), source.left, source.top)

    def color(self, rgb: Rgb) -> Rgb:
        pixels, _ = to_srgb(Image.new("RGB", (1, 1), rgb), self._profile)
        red, green, blue = (int(value) for value in pixels[0, 0, :3])
        return red, green, blue

    def _straightened(self, image: Image.Image, alpha: Image.Image | None = None) -> Pixels:
        pixels, notes = to_srgb(image, self._profile)
        self._notes.update(dict.fromkeys(notes))
        if alpha is not None:
            pixels[..., 3] = np.asarray(alpha.convert("L"))
        return premultiply(pixels)

    def _of_light(self, values: NDArray[np.float32] | None) -> Pixels:
        """Pixels of 32 bits, which count light, with or without alpha."""
        if values is None or not 1 <= values.shape[2] <= _RGBA:
            raise ValueError("it holds no picture")
        rounded, profile = rounded_to_bytes(_as_rgba(values), self._profile, counts_light=True)
        pixels, notes = to_srgb(Image.fromarray(rounded), profile)
        self._notes.update(dict.fromkeys(notes))
        return premultiply(pixels)

    def _mask(self, source: PsdLayer, name: str) -> Raster | None:
        if source.has_vector_mask():
            self.note(Message("The vector mask of {name!r} is not supported and was left out.", name=name))
        mask = source.mask
        if mask is None:
            return None
        empty = Raster(channels=1, default=255 if mask.background_color else 0)
        if mask.width <= 0 or mask.height <= 0:
            return empty
        try:
            check_layer_sizes([(mask.width, mask.height)], self._name)
            check_layer_offset(mask.left, mask.top, self._name)
            image = mask.topil()
        except _UNREADABLE:
            self.note(Message("The mask of {name!r} could not be read and was left out.", name=name))
            self._lacks_layers = True
            return None
        return empty if image is None else empty.with_array(np.array(image.convert("L")), mask.left, mask.top)

    def _flat(self, name: str) -> PaintLayer:
        self._check_colour_mode(_FLAT_COLOUR_MODES)
        if self._psd.depth == _FLOATING:
            return PaintLayer(name=name, raster=Raster.from_array(self._of_light(self._psd.numpy())))
        image = self._psd.topil(apply_icc=False)
        if image is None:
            raise ValueError("it holds no picture")
        return PaintLayer(name=name, raster=Raster.from_array(self._straightened(image)))

    def _check_colour_mode(self, supported: tuple[ColorMode, ...]) -> None:
        if self._psd.color_mode not in supported:
            raise UnsupportedFileError(
                "{name} is in {color_mode} colours, which Shoreline does not read.",
                "Convert it to RGB in the program that wrote it.",
                name=self._name,
                color_mode=self._psd.color_mode.name.lower(),
            )

    def leave_out(self, source: PsdLayer) -> None:
        self.note(
            Message(
                "{name!r} is a layer of kind {kind!r}, which is not supported, and was left out.",
                name=_name(source),
                kind=source.kind,
            )
        )

    def note(self, note: Message) -> None:
        self._notes[note] = None


def _protection(source: PsdLayer) -> int:
    """What of a layer is locked, as bits."""
    blocks = source.tagged_blocks
    value = 0 if blocks is None else int(blocks.get_data(Tag.PROTECTED_SETTING, 0))
    return value | (TRANSPARENCY_LOCKED if source._record.flags.transparency_protected else 0)


def _as_rgba(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Channels of colours or grey, with or without alpha, as four: a new array."""
    count = values.shape[2]
    shares = np.ones((*values.shape[:2], _RGBA), np.float32)
    has_alpha = count in (2, _RGBA)
    shares[..., :3] = values[..., : count - has_alpha]
    if has_alpha:
        shares[..., 3] = values[..., -1]
    return shares


def _name(source: PsdLayer) -> str:
    """What a layer is called, without the ends that Photoshop's texts have."""
    return source.name.rstrip("\0")


def _clipping_runs(siblings: Iterable[PsdLayer]) -> Iterator[tuple[PsdLayer | None, list[PsdLayer]]]:
    """Every layer with those above it that are clipped to it; ``None`` for clipped ones with nothing below."""
    base: PsdLayer | None = None
    clipped: list[PsdLayer] = []
    for source in siblings:
        if source.clipping:
            clipped.append(source)
            continue
        if base is not None or clipped:
            yield base, clipped
        base, clipped = source, []
    if base is not None or clipped:
        yield base, clipped


def _blends_clipped_as_group(base: PsdLayer | None) -> bool:
    """Photoshop's "Blend clipped layers as group", which is on unless a layer says otherwise."""
    return base is None or base.tagged_blocks is None or base.tagged_blocks.get_data(Tag.BLEND_CLIPPING_ELEMENTS) != 0
