"""What a person asks of the generator, as a frozen value that can be saved and reused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from studio.generation.conditioning import GuideUse, RegionUse
from studio.generation.loras import LoraUse
from studio.generation.repeating import Tile
from studio.system.records import (
    FieldError,
    Record,
    check_of,
    checked,
    choice,
    mapping,
    number,
    reading,
    several,
    text,
    whole,
)

MAX_SEED = 2**32 - 1
MAX_PROMPT = 20_000
"""Longest prompt in characters: far beyond what any model reads, and short enough for a text field to lay out."""

MAX_LORAS = 64
MAX_GUIDE_USES = 64
MAX_REGION_USES = 64


_TEXT: Final = check_of(text(longest=MAX_PROMPT))
_NO_UNICODE: Final = re.compile("[\ud800-\udfff]")


def _words(value: Any) -> str:
    """A prompt as tokenizers and files can hold it: what is no Unicode becomes the sign for that."""
    return _NO_UNICODE.sub("\ufffd", _TEXT(value))


def picture_seed(seed: int, index: int) -> int:
    """The seed of picture ``index`` of a batch: ``seed + index``, beginning again at 0 after `MAX_SEED`."""
    return (seed + index) % (MAX_SEED + 1)


@dataclass(frozen=True, kw_only=True)
class GenerationSettings(Record):
    """Everything that, with the same model and document, gives the same pixels again.

    ``tool`` is the id of the tool plugin that ran ("text_to_image", "image_to_image", "inpaint", ...).
    ``seed`` is the seed of the first picture; picture *i* of a batch uses ``picture_seed(seed, i)``.
    ``variation`` is 0..1, how far its noise goes from that of the seed to that of ``variation_seed``; then the pictures
    of a batch keep the seed, and picture *i* uses ``picture_seed(variation_seed, i)``.
    ``strength`` is 0..1, how far an existing picture is changed; text-to-image ignores it.
    ``loras`` are used beside those that the prompt names.
    ``guides`` are those of the document that a picture was drawn after, as a record: what is felt the document says.
    ``tile`` says along which axes the picture goes on at its other side.
    ``regions`` are those that it was drawn in, from the top, with nothing left to chance in their prompts.
    ``parameters`` holds the values of the tool's own declared parameters.
    """

    tool: str = text("text_to_image")
    prompt: str = checked(_words, "")
    negative_prompt: str = checked(_words, "")
    seed: int = whole(0, least=0, most=MAX_SEED)
    steps: int = whole(20, least=1, most=500)
    guidance_scale: float = number(5.0, least=0.0, most=50.0)
    scheduler: str = text("dpmpp_2m")
    model: str = text("starter")
    width: int = whole(256, least=64, most=8192)
    height: int = whole(256, least=64, most=8192)
    variation: float = number(0.0, least=0.0, most=1.0)
    variation_seed: int = whole(0, least=0, most=MAX_SEED)
    strength: float = number(1.0, least=0.0, most=1.0)
    count: int = whole(1, least=1, most=64)
    tile: Tile = choice("off", "x", "y", "both")
    loras: tuple[LoraUse, ...] = several(reading(LoraUse), most=MAX_LORAS)
    guides: tuple[GuideUse, ...] = several(reading(GuideUse), most=MAX_GUIDE_USES)
    regions: tuple[RegionUse, ...] = several(reading(RegionUse), most=MAX_REGION_USES)
    parameters: dict[str, Any] = mapping()

    def of_batch(self, index: int) -> GenerationSettings:
        """The settings of picture ``index`` of the batch on its own."""
        name = "variation_seed" if self.variation else "seed"
        return self.with_changes(**{name: picture_seed(getattr(self, name), index), "count": 1})

    def for_picture(self, width: int, height: int) -> GenerationSettings:
        """These settings for a tool that works on a picture of this size, which they name if they can."""
        try:
            return self.with_changes(width=width, height=height)
        except FieldError:
            return self
