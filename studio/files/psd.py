"""Reading Photoshop files (PSD, PSB) through psd-tools: layers, groups, masks, opacities and blend modes."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

import numpy as np
from PIL import Image
from psd_tools import PSDImage
from psd_tools.api.layers import Group
from psd_tools.api.layers import Layer as PsdLayer
from psd_tools.compression import PSDDecompressionWarning
from psd_tools.constants import BlendMode as PsdBlendMode
from psd_tools.constants import ChannelID, ColorMode, Resource

from studio.document import BlendMode, Document, GroupLayer, Layer, PaintLayer, Pixels, Raster, Rect
from studio.errors import UnsupportedFileError
from studio.files.colour import to_srgb
from studio.files.images import BROKEN, damaged, too_large
from studio.files.limits import check_canvas_size, check_layer_sizes, check_picture_size
from studio.raster.compose import compose_layers
from studio.raster.convert import premultiply

_BLEND_MODES: Final = {
    PsdBlendMode.NORMAL: BlendMode.NORMAL,
    PsdBlendMode.PASS_THROUGH: BlendMode.NORMAL,
    PsdBlendMode.DARKEN: BlendMode.DARKEN,
    PsdBlendMode.MULTIPLY: BlendMode.MULTIPLY,
    PsdBlendMode.COLOR_BURN: BlendMode.COLOR_BURN,
    PsdBlendMode.LINEAR_BURN: BlendMode.LINEAR_BURN,
    PsdBlendMode.LIGHTEN: BlendMode.LIGHTEN,
    PsdBlendMode.SCREEN: BlendMode.SCREEN,
    PsdBlendMode.COLOR_DODGE: BlendMode.COLOR_DODGE,
    PsdBlendMode.LINEAR_DODGE: BlendMode.PLUS,
    PsdBlendMode.OVERLAY: BlendMode.OVERLAY,
    PsdBlendMode.SOFT_LIGHT: BlendMode.SOFT_LIGHT,
    PsdBlendMode.HARD_LIGHT: BlendMode.HARD_LIGHT,
    PsdBlendMode.DIFFERENCE: BlendMode.DIFFERENCE,
    PsdBlendMode.EXCLUSION: BlendMode.EXCLUSION,
    PsdBlendMode.HUE: BlendMode.HUE,
    PsdBlendMode.SATURATION: BlendMode.SATURATION,
    PsdBlendMode.COLOR: BlendMode.COLOR,
    PsdBlendMode.LUMINOSITY: BlendMode.LUMINOSITY,
}
_COLOUR_MODES: Final = (ColorMode.RGB, ColorMode.GRAYSCALE, ColorMode.CMYK)
_FLAT_COLOUR_MODES: Final = (*_COLOUR_MODES, ColorMode.INDEXED, ColorMode.BITMAP, ColorMode.DUOTONE)
_AS_PIXELS: Final = {"type": "text", "smartobject": "a smart object", "shape": "a shape"}


def read_psd(stream: BinaryIO, name: str) -> tuple[Document, tuple[str, ...]]:
    """The document and notes on what was converted or left out.

    Raises `CorruptFileError`, `FileTooLargeError` or `UnsupportedFileError` naming the file ``name``.
    """
    _check_header(stream.read(26), name)
    stream.seek(0)
    try:
        psd = PSDImage.open(stream)
        if not len(psd):
            check_picture_size(psd.width, psd.height, name)
        check_layer_sizes(list(_sizes(psd)), name)
        return _decoded(psd, name)
    except MemoryError as error:
        raise too_large(name) from error
    except (*BROKEN, AssertionError, RecursionError, Warning) as error:
        raise damaged(name, error) from error


def _decoded(psd: PSDImage, name: str) -> tuple[Document, tuple[str, ...]]:
    """The document; psd-tools only warns of pixels that it cannot decode, and makes them black."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        document, notes = _Reader(psd, name).document()
    if not any(issubclass(warning.category, PSDDecompressionWarning) for warning in caught):
        return document, notes
    if not len(psd):
        raise ValueError("its pixels cannot be decoded")
    return document, (*notes, "Some of its layers are damaged: what could not be read is black.")


def _sizes(psd: PSDImage) -> Iterator[tuple[int, int]]:
    """What every layer and every mask would unpack to, from their rectangles."""
    for item in psd.descendants():
        if not item.is_group():
            yield item.width, item.height
        if item.mask is not None:
            yield item.mask.width, item.mask.height


def _check_header(header: bytes, name: str) -> None:
    if len(header) < 26:
        raise damaged(name, ValueError("it ends in its header"))
    height, width = struct.unpack_from(">II", header, 14)
    check_canvas_size(width, height, name)


class _Reader:
    """Turns the layers of one opened file into ours, from the bottom to the top."""

    def __init__(self, psd: PSDImage, name: str) -> None:
        self._psd = psd
        self._name = name
        self._notes: dict[str, None] = {}
        profile = psd.image_resources.get_data(Resource.ICC_PROFILE)
        self._profile = profile if isinstance(profile, bytes) else None

    def document(self) -> tuple[Document, tuple[str, ...]]:
        if self._psd.depth != 8:
            self._note(f"A picture of {self._psd.depth} bits a channel, converted to 8.")
        layers = self._layers(self._psd) if len(self._psd) else (self._flat(),)
        document = Document(width=self._psd.width, height=self._psd.height, layers=layers)
        paint_layers = [layer.id for layer in document.walk() if isinstance(layer, PaintLayer)]
        active = paint_layers[-1] if paint_layers else None
        return document.with_active(active), tuple(self._notes)

    def _layers(self, siblings: Iterable[PsdLayer]) -> tuple[Layer, ...]:
        self._check_colour_mode(_COLOUR_MODES)
        layers: list[Layer] = []
        base: Layer | None = None
        for source in siblings:
            layer = self._layer(source)
            if not source.clipping:
                base = layer
            elif layer is not None and base is not None:
                self._note(f"{layer.name!r} was clipped to the layer below; it has a layer mask for that now.")
                layer = _clipped(layer, base)
            if layer is not None:
                layers.append(layer)
        return tuple(layers)

    def _layer(self, source: PsdLayer) -> Layer | None:
        common = self._common(source)
        if isinstance(source, Group):
            isolated = source.blend_mode is not PsdBlendMode.PASS_THROUGH
            return GroupLayer(**common, children=self._layers(source), isolated=isolated)
        raster = self._raster(source)
        if raster is None:
            return None
        if source.kind in _AS_PIXELS:
            self._note(f"{common['name']!r} is {_AS_PIXELS[source.kind]}: it was opened as pixels.")
        opacity = common.pop("opacity") * source.fill_opacity / 255
        return PaintLayer(**common, opacity=opacity, raster=raster)

    def _common(self, source: PsdLayer) -> dict[str, Any]:
        name = source.name.rstrip("\0")
        mode = _BLEND_MODES.get(source.blend_mode)
        if mode is None:
            self._note(f"The blend mode of {name!r} is not supported: it is shown as normal.")
        if source.has_effects():
            self._note(f"The layer effects of {name!r} are not supported and were left out.")
        return {
            "name": name,
            "visible": source.visible,
            "opacity": source.opacity / 255,
            "blend_mode": mode or BlendMode.NORMAL,
            "mask": self._mask(source, name),
        }

    def _raster(self, source: PsdLayer) -> Raster | None:
        """The layer's pixels; an empty raster for an empty layer, ``None`` for what has no pixels by its nature."""
        if source.kind not in ("pixel", *_AS_PIXELS) or (source.kind != "pixel" and not source.has_pixels()):
            name = source.name.rstrip("\0")
            self._note(f"{name!r} is a layer of kind {source.kind!r}, which is not supported, and was left out.")
            return None
        image = source.topil(apply_icc=False) if source.has_pixels() else None
        if image is None:
            return Raster()
        alpha = source.topil(channel=ChannelID.TRANSPARENCY_MASK, apply_icc=False) if image.mode == "CMYK" else None
        return Raster.from_array(self._pixels(image, alpha), source.left, source.top)

    def _pixels(self, image: Image.Image, alpha: Image.Image | None = None) -> Pixels:
        pixels, notes = to_srgb(image, self._profile)
        self._notes.update(dict.fromkeys(notes))
        if alpha is not None:
            pixels[..., 3] = np.asarray(alpha.convert("L"))
        return premultiply(pixels)

    def _mask(self, source: PsdLayer, name: str) -> Raster | None:
        if source.has_vector_mask():
            self._note(f"The vector mask of {name!r} is not supported and was left out.")
        mask = source.mask
        if mask is None:
            return None
        if mask.disabled:
            self._note(f"The mask of {name!r} was switched off and was left out.")
            return None
        empty = Raster(channels=1, default=255 if mask.background_color else 0)
        image = mask.topil() if mask.width > 0 and mask.height > 0 else None
        return empty if image is None else empty.with_array(np.array(image.convert("L")), mask.left, mask.top)

    def _flat(self) -> PaintLayer:
        self._check_colour_mode(_FLAT_COLOUR_MODES)
        image = self._psd.topil(apply_icc=False)
        if image is None:
            raise damaged(self._name, ValueError("it holds no picture"))
        return PaintLayer(name="Background", raster=Raster.from_array(self._pixels(image)))

    def _check_colour_mode(self, supported: tuple[ColorMode, ...]) -> None:
        if self._psd.color_mode not in supported:
            raise UnsupportedFileError(
                f"{self._name} is in {self._psd.color_mode.name.lower()} colours, which Shoreline does not read.",
                "Convert it to RGB in the program that wrote it.",
            )

    def _note(self, note: str) -> None:
        self._notes[note] = None


def _clipped(layer: Layer, base: Layer) -> Layer:
    """A layer that shows only where ``base`` does: the base's coverage becomes part of its mask."""
    bounds = _content(base)
    shape = replace(base, visible=True, opacity=1.0, blend_mode=BlendMode.NORMAL)
    coverage = compose_layers((shape,), bounds)[..., 3].astype(np.uint16)
    if layer.mask is not None:
        coverage = (coverage * layer.mask.read(bounds) + 127) // 255
    mask = Raster(channels=1).with_array(coverage.astype(np.uint8), bounds.x, bounds.y)
    return replace(layer, mask=mask, visible=layer.visible and base.visible, opacity=layer.opacity * base.opacity)


def _content(layer: Layer) -> Rect:
    if isinstance(layer, PaintLayer):
        return layer.raster.bounds()
    box = Rect(0, 0, 0, 0)
    for child in layer.children:
        box = box.united(_content(child))
    return box
