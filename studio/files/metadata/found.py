"""What was found in a picture, and foreign values made into valid settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.generation import GenerationSettings
from studio.system.records import FieldError

PARAMETERS_KEY: Final = "parameters"
"""PNG keyword of A1111's text (Fooocus writes JSON under the same one)."""

SHORELINE_KEY: Final = "shoreline"
"""PNG keyword of our JSON."""

_LONGEST_SHOWN: Final = 60


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
        notes.append(f"The sampler {_shown(sampler)} of the picture is not known here.")
    for field, value in values.items():
        if value is None:
            continue
        try:
            settings = settings.with_changes(**{field: value})
        except FieldError:
            notes.append(f"The {field.replace('_', ' ')} {_shown(value)} of the picture is not possible here.")
    return settings, tuple(notes)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."
