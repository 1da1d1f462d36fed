"""What Photoshop files hold beside layers that is not read, so that nobody writes over it unawares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from psd_tools import PSDImage
from psd_tools.api.layers import Layer as PsdLayer
from psd_tools.api.utils import EXPECTED_CHANNELS, has_transparency
from psd_tools.constants import Resource, Tag

from studio.message import Message

_WHOLE: Final = (0, 65535)
"""A blending range that leaves nothing out."""
_LEFT_OUT: Final = {
    Resource.LAYER_COMPS: Message("Its layer comps are not read."),
    Resource.TIMELINE_INFO: Message("Its animation is not read."),
}


def not_read(psd: PSDImage) -> Iterator[Message]:
    """What a file written anew would lack, apart from what was noted of its layers' pixels."""
    resources = psd.image_resources
    expected = EXPECTED_CHANNELS.get(psd.color_mode, psd.channels)
    if psd.channels > expected + has_transparency(psd):
        yield Message("Its extra channels are not read.")
    if any(Resource.is_path_info(key) or key == Resource.WORKING_PATH for key in resources):
        yield Message("Its paths are not read.")
    yield from (note for key, note in _LEFT_OUT.items() if key in resources)
    yield from (_of_layer(layer) for layer in psd.descendants() if _is_more_than_read(layer))


def _of_layer(layer: PsdLayer) -> Message:
    return Message("The blending options of {name!r} are not read.", name=layer.name.rstrip("\0"))


def _is_more_than_read(layer: PsdLayer) -> bool:
    """Whether a layer shows only where certain colours are, or cuts a hole."""
    ranges = layer._record.blending_ranges
    pairs: list[Any] = [*(ranges.composite_ranges or ()), *chain.from_iterable(ranges.channel_ranges or ())]
    blocks = layer.tagged_blocks
    cuts = blocks is not None and bool(blocks.get_data(Tag.KNOCKOUT_SETTING, 0))
    return cuts or any(tuple(pair) != _WHOLE for pair in pairs)
