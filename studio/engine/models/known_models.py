"""The list of well-known models that ships: facts about what can be downloaded by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.families import Kind
from studio.text.untrusted import parse_toml

LIST_NAME = "known.toml"


@dataclass(frozen=True, kw_only=True)
class KnownModel:
    """A model on the hub, or something that goes with models of its ``family``, with "" of any.

    ``side`` is that of its pictures in pixels, 0 for what draws none; ``commercial`` is about the weights. ``files``
    are those to download, none for the whole folder that diffusers reads; ``parts`` are the networks that it lends to
    models that lack them, where it is no whole model;
    ``controls`` are the kinds of pictures that a control network reads, ``references`` what an IP-Adapter shows, and
    ``sight`` are the widths of what an image encoder says of each spot of a picture and of all of it. ``tells`` is what
    a model of transformers says of pictures, such as "depth".
    """

    name: str
    repository: str
    family: str
    gigabytes: float
    side: int
    licence: str
    commercial: Literal["yes", "no", "unknown"]
    purpose: str
    kind: Kind = "model"
    files: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sight: tuple[int, int] | None = None
    tells: str = ""


@lru_cache(maxsize=1)
def known_models(folder: Path) -> tuple[KnownModel, ...]:
    """The list in the resources' folder ``models``."""
    table = parse_toml((folder / LIST_NAME).read_bytes())
    return tuple(TypeAdapter(list[KnownModel]).validate_python(table["model"]))


def known_help(known: Sequence[KnownModel], family: str, missing: Sequence[str]) -> KnownModel | None:
    """What to get for a model that lacks networks: a part that is built like all of them, also where it comes from
    another family, or a whole model of its own."""
    wanted = _makes(family, missing)
    fitting = [model for model in known if wanted and wanted <= _makes(model.family, model.parts)]
    whole = [model for model in known if model.kind == "model" and model.family == family]
    return next(iter((*fitting, *whole)), None)


def _makes(family: str, parts: Sequence[str]) -> set[str]:
    return {FAMILIES[family].part(part).make for part in parts} if family in FAMILIES else set()


def known_control(known: Sequence[KnownModel], family: str, modes: Sequence[str]) -> KnownModel | None:
    """What to get for a guide of these kinds with a model of a family: the best first."""
    fitting = [model for model in known if model.kind == "control" and model.family == family]
    return next((model for mode in modes for model in fitting if mode in model.controls), None)


def known_reference(known: Sequence[KnownModel], family: str, mode: str) -> KnownModel | None:
    """What to get to show a model of a family a picture."""
    fitting = (model for model in known if model.kind == "reference" and model.family == family)
    return next((model for model in fitting if mode in model.references), None)


def known_image_encoder(known: Sequence[KnownModel], seen: int, *, is_whole: bool) -> KnownModel | None:
    """What to get to look at pictures for an adapter that wants to be told so many numbers, of all of a picture or of
    each spot."""
    return next((model for model in known if model.sight is not None and model.sight[is_whole] == seen), None)


def known_teller(known: Sequence[KnownModel], task: str) -> KnownModel | None:
    """What to get to be told something of pictures."""
    return next((model for model in known if model.tells == task), None)
