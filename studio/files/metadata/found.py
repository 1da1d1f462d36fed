"""What was found in a picture, and foreign values made into valid settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.generation import GenerationSettings
from studio.message import Message
from studio.system.records import FieldError

PARAMETERS_KEY: Final = "parameters"
"""PNG keyword of A1111's text (Fooocus writes JSON under the same one)."""

SHORELINE_KEY: Final = "shoreline"
"""PNG keyword of our JSON."""

_LONGEST_SHOWN: Final = 60
_CALLED: Final = {
    "prompt": Message("prompt"),
    "negative_prompt": Message("negative prompt"),
    "seed": Message("seed"),
    "steps": Message("steps"),
    "guidance_scale": Message("guidance scale"),
    "scheduler": Message("scheduler"),
    "model": Message("model"),
    "width": Message("width"),
    "height": Message("height"),
    "strength": Message("strength"),
    "loras": Message("loras"),
}
"""Fields of settings for a person."""


@dataclass(frozen=True)
class FoundMetadata:
    """``settings`` can be offered to the person; ``text`` is for reading; ``source`` names the program."""

    settings: GenerationSettings | None = None
    text: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


def validated_settings(values: Mapping[str, Any], sampler: object = None) -> tuple[GenerationSettings, tuple[str, ...]]:
    """Settings with those of ``values`` that are possible here; each of the others makes a note.

    ``sampler`` is the other program's name for it, noted when ``values`` has no scheduler for it.
    """
    settings, notes = GenerationSettings(), []
    if sampler and values.get("scheduler") is None:
        notes.append(Message("The sampler {name} of the picture is not known here.", name=_shown(sampler)))
    for field, value in values.items():
        if value is None:
            continue
        try:
            settings = settings.with_changes(**{field: value})
        except FieldError:
            notes.append(
                Message(
                    "The {setting} {value} of the picture is not possible here.",
                    setting=_CALLED.get(field, field),
                    value=_shown(value),
                )
            )
    return settings, tuple(notes)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
