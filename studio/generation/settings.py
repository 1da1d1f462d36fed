"""What a person asks of the generator, as a frozen value that can be saved and reused."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from studio.generation.loras import LoraUse

MAX_SEED = 2**32 - 1
MAX_PROMPT = 20_000
"""Longest prompt in characters: far beyond what any model reads, and short enough for a text field to lay out."""

MAX_LORAS = 64


def picture_seed(seed: int, index: int) -> int:
    """The seed of picture ``index`` of a batch: ``seed + index``, beginning again at 0 after `MAX_SEED`."""
    return (seed + index) % (MAX_SEED + 1)


class GenerationSettings(BaseModel):
    """Everything that, with the same model and document, gives the same pixels again.

    ``tool`` is the id of the tool plugin that ran ("text_to_image", "image_to_image", "inpaint", ...).
    ``seed`` is the seed of the first picture; picture *i* of a batch uses ``picture_seed(seed, i)``.
    ``strength`` is 0..1, how far an existing picture is changed; text-to-image ignores it.
    ``loras`` are used beside those that the prompt names.
    ``parameters`` holds the values of the tool's own declared parameters.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    tool: str = "text_to_image"
    prompt: str = Field(default="", max_length=MAX_PROMPT)
    negative_prompt: str = Field(default="", max_length=MAX_PROMPT)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)
    steps: int = Field(default=20, ge=1, le=500)
    guidance_scale: float = Field(default=5.0, ge=0.0, le=50.0)
    scheduler: str = "dpmpp_2m"
    model: str = "starter"
    width: int = Field(default=256, ge=64, le=8192)
    height: int = Field(default=256, ge=64, le=8192)
    strength: float = Field(default=1.0, ge=0.0, le=1.0)
    count: int = Field(default=1, ge=1, le=64)
    loras: tuple[LoraUse, ...] = Field(default=(), max_length=MAX_LORAS)
    parameters: dict[str, Any] = Field(default_factory=dict)

    def with_changes(self, **changes: Any) -> GenerationSettings:
        """A validated copy with some fields changed."""
        return GenerationSettings.model_validate({**self.model_dump(), **changes})

    def for_picture(self, width: int, height: int) -> GenerationSettings:
        """These settings for a tool that works on a picture of this size, which they name if they can."""
        try:
            return self.with_changes(width=width, height=height)
        except ValidationError:
            return self
