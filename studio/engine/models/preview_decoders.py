"""Small decoders that show latents while they are drawn: what a file of one is, and which one goes with a family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from studio.engine.models.families.family import VAE
from studio.engine.models.families.table import FAMILIES, parts_of_make
from studio.engine.models.headers import TensorEntry
from studio.engine.models.layouts.preview_decoder import PREVIEW_PLACES, preview_decoder_slots
from studio.engine.models.layouts.slots import Place, found_place, misfits
from studio.engine.models.model_info import ModelInfo
from studio.message import Message

PREVIEW_DECODER: Final = "preview decoder"
"""What people call one, and its name among the parts of a file."""

_CHANNELS: Final = (4, 16)
_UNKNOWN_LAYERS: Final = Message("its layers are not those of TAESD, TAESDXL or TAEF1")


@dataclass(frozen=True)
class FoundDecoder:
    """A decoder in a file: its place, the channels of its latents, and what is wrong with it, a clause or ``None``."""

    place: Place | None
    channels: int
    problem: str | None


def found_decoder(tensors: Mapping[str, TensorEntry]) -> FoundDecoder:
    """The decoder in a file that has the marks of one."""
    channels = next(_first_sides(tensors), 0)
    slots = preview_decoder_slots(channels)
    place = found_place(PREVIEW_PLACES, slots, tensors)
    if place is None or channels not in _CHANNELS:
        return FoundDecoder(None, channels, _UNKNOWN_LAYERS)
    wrong = next(misfits(slots, place, tensors), None)
    return FoundDecoder(place, channels, None if wrong is None else Message("it is not whole: {wrong}", wrong=wrong))


def _first_sides(tensors: Mapping[str, TensorEntry]) -> Iterator[int]:
    """Channels of latents, by the first layer of a decoder under each of its names."""
    first = preview_decoder_slots(1)[0]
    for place in PREVIEW_PLACES:
        entry = tensors.get(place.key(first))
        if entry is not None and len(entry.shape) == 4:
            yield entry.shape[1]


def preview_decoder_for(family: str, models: Sequence[ModelInfo]) -> Path | None:
    """A sound decoder of the latents that models of a family draw: made for it, or for one with the same VAE."""
    alike = [each.id for each, _ in parts_of_make(FAMILIES[family].part(VAE).make, family)]
    found = [
        model
        for model in models
        if PREVIEW_DECODER in model.parts and model.problem is None and model.family in alike
    ]  # fmt: skip
    found.sort(key=lambda model: alike.index(model.family))
    return found[0].path if found else None
