"""The table of the codecs: one row a kind of layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element

from studio.document import Layer
from studio.files.layer_codecs.adjustment import AdjustmentCodec
from studio.files.layer_codecs.codec import LayerCodec, OraReader
from studio.files.layer_codecs.fill import FillCodec
from studio.files.layer_codecs.group import GroupCodec
from studio.files.layer_codecs.paint import PaintCodec

CODECS: Final[tuple[LayerCodec[Any], ...]] = (GroupCodec(), AdjustmentCodec(), FillCodec(), PaintCodec())
"""Those that claim fewer elements of OpenRaster files come first."""


def codec_of(layer: Layer) -> LayerCodec[Any]:
    """The codec of a layer's kind."""
    return next(codec for codec in CODECS if codec.kind is layer.kind)


def journal_codec(values: Mapping[str, Any]) -> LayerCodec[Any]:
    """The codec that wrote a layer's values. Raises ``ValueError`` if there is none."""
    for codec in CODECS:
        if codec.journal_field in values:
            return codec
    raise ValueError("a layer is of no known kind")


def ora_codec(element: Element, reader: OraReader) -> LayerCodec[Any] | None:
    """The codec of an element of an OpenRaster file; ``None`` for what is no layer."""
    return next((codec for codec in CODECS if codec.claims(element, reader)), None)


def psd_codec(kind: str) -> LayerCodec[Any] | None:
    """The codec of a kind of layer in Photoshop files, as psd-tools calls it; ``None`` if it is not supported."""
    return next((codec for codec in CODECS if kind in codec.psd_kinds), None)
