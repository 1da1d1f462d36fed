"""What lies beside a model and belongs to it: its picture, what programs noted of it, what a person said of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from studio.engine.models.candidates import WEIGHTS
from studio.engine.models.overrides import override_file
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError

OWN_PICTURE: Final = ".preview.png"
"""The end of the name of a picture that a person chose. Other programs know it too, and it is looked for first."""
NOTES: Final = (".civitai.info", ".metadata.json", ".json")
"""Ends of the names of files in which other programs note what is known of a model."""

CARD: Final = "README.md"
"""What is said of a model in its folder."""

_KINDS: Final = ("png", "jpg", "jpeg", "webp")
_PICTURES: Final = (OWN_PICTURE, *(f".{kind}" for kind in _KINDS), *(f".preview.{kind}" for kind in _KINDS))


def beside(model: Path, end: str) -> Path:
    """``model.safetensors`` or the folder ``model``, and the end of a name: ``model`` with that end."""
    return model.with_name(base_name(model) + end)


def base_name(model: Path) -> str:
    """The name that what belongs to a model begins with."""
    return model.name.removesuffix(model.suffix) if model.suffix.lower() in WEIGHTS else model.name


def noted_beside(model: Path) -> tuple[dict[str, Any], ...]:
    """What other programs noted of a model, in the order of `NOTES`, without what is missing or cannot be read."""
    return tuple(values for end in NOTES if (values := _object_in(beside(model, end))))


def _object_in(file: Path) -> dict[str, Any]:
    try:
        return read_json(file) if file.is_file() else {}
    except (ModelError, OSError):
        return {}


def picture_of(model: Path) -> Path | None:
    """The picture of a model: one of its name beside it, or in its folder one that is called preview."""
    places = [beside(model, end) for end in _PICTURES]
    places += [model / f"preview.{kind}" for kind in _KINDS]
    return next((place for place in places if place.is_file()), None)


def own_picture(model: Path) -> Path:
    """Where the picture lies that a person chose for a model, there or not."""
    return beside(model, OWN_PICTURE)


def companions(model: Path) -> tuple[Path, ...]:
    """The files that go where the model goes; those that another model of the same name may own stay."""
    own = [override_file(model)]
    if not any(_siblings(model)):
        own += [beside(model, end) for end in (*_PICTURES, *NOTES)]
    return tuple(path for path in dict.fromkeys(own) if path.is_file())


def _siblings(model: Path) -> Iterator[Path]:
    """Other models of the same name."""
    places = (beside(model, end) for end in ("", *sorted(WEIGHTS)))
    return (place for place in places if place != model and place.exists())
