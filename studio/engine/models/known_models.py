"""The list of well-known models that ships: facts about what can be downloaded by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from studio.text.untrusted import parse_toml

LIST_NAME = "known.toml"


@dataclass(frozen=True, kw_only=True)
class KnownModel:
    """A model on the hub. ``side`` is that of its pictures in pixels; ``commercial`` is about the weights."""

    name: str
    repository: str
    family: str
    gigabytes: float
    side: int
    licence: str
    commercial: Literal["yes", "no", "unknown"]
    purpose: str


def known_models(folder: Path) -> tuple[KnownModel, ...]:
    """The list in the resources' folder ``models``."""
    table = parse_toml((folder / LIST_NAME).read_bytes())
    return tuple(TypeAdapter(list[KnownModel]).validate_python(table["model"]))
