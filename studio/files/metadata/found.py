"""What was found in a picture, and foreign values made into valid settings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
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
    "guides": Message("control layers"),
    "regions": Message("regions"),
}
"""Fields of settings for a person."""


@dataclass(frozen=True)
class FoundMetadata:
    """``settings`` can be offered to the person; ``text`` is for reading; ``source`` names the program."""

    settings: GenerationSettings | None = None
    text: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


def validated_settings(
    values: Mapping[str, Any], sampler: object = None
) -> tuple[GenerationSettings, tuple[Message, ...]]:
    """Settings with those of ``values`` that are possible here, of lists their parts; each of the others makes a note.

    ``sampler`` is the other program's name for it, noted when ``values`` has no scheduler for it.
    """
    settings, notes = GenerationSettings(), list[Message]()
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
            settings = _with_parts(settings, field, value)
    return settings, tuple(notes)


def own_settings(values: Mapping[str, Any]) -> tuple[GenerationSettings, tuple[Message, ...]]:
    """The same of what we wrote ourselves; what another version calls otherwise is left out.

    Raises ``ValueError`` for what is no object, or where nothing in it is possible.
    """
    if not isinstance(values, Mapping):
        raise ValueError("an object is expected")
    known = {each.name: values[each.name] for each in fields(GenerationSettings) if each.name in values}
    settings, notes = validated_settings(known)
    if len(notes) == len(known) > 0:
        raise ValueError("nothing in it can be read")
    return settings, notes


def _with_parts(settings: GenerationSettings, field: str, value: object) -> GenerationSettings:
    """Settings with the parts of a list that are possible."""
    for part in value if isinstance(value, list) else ():
        with suppress(FieldError):
            settings = settings.with_changes(**{field: (*getattr(settings, field), part)})
    return settings


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
