"""IP-Adapters and the image encoders that look for them: what the tensors of each say, and if they are whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.engine.models.identity.samples import broken_tensor, no_numbers
from studio.engine.models.identity.subject import Subject
from studio.engine.models.layouts.image_encoder import (
    IMAGE_ENCODER_PLACES,
    image_encoder_config,
    image_encoder_slots,
)
from studio.engine.models.layouts.reference import PLACE, ReferenceForm, reference_shape, reference_slots
from studio.engine.models.layouts.slots import found_place, misfits, with_others
from studio.engine.models.settings_files import read_json
from studio.errors import ModelError
from studio.message import Message

REFERENCE: Final = "IP-Adapter"
"""What the rules call one."""
IMAGE_ENCODER: Final = "CLIP image encoder"
IMAGE_ENCODER_FOLDER: Final = "image_encoder"
"""Its folder in that of a model, in the layout of diffusers."""
REFERRED: Final = ("sd1", "sd2", "sdxl")
"""The families whose models look at pictures by IP-Adapters."""

_FACE: Final = "face"
_NEEDS_FACES: Final = Message("it is told a face by InsightFace, a library that is not supported")
_UNKNOWN: Final = Message("it is of a kind that Shoreline does not know")


@dataclass(frozen=True)
class Referring:
    """What an IP-Adapter is like: see `studio.engine.models.layouts.reference.ReferenceShape`.

    ``is_face`` says that it was made for faces, as far as its name tells. ``layers`` are those of a model that look at
    pictures through it, ``width`` that of the first.
    """

    form: ReferenceForm
    is_face: bool
    seen: int
    context: int
    layers: int
    width: int

    @property
    def called(self) -> str:
        """The name that people know its form by."""
        words = ("IP-Adapter", {"plus": "Plus", "full": "Full"}.get(self.form, ""), "Face" if self.is_face else "")
        return " ".join(filter(None, words))

    def looks_by(self, sight: Sight) -> bool:
        """Whether an image encoder says what it wants to be told."""
        return self.seen == (sight.projection if self.form == "plain" else sight.width)


@dataclass(frozen=True)
class Sight:
    """How wide what an image encoder says is: of each spot of a picture, and of all of it."""

    width: int
    projection: int


def referring(subject: Subject) -> tuple[Referring | None, str | None]:
    """What the IP-Adapter in a file is like, and what is wrong with it, a clause, or ``None``.

    Raises `ModelError` if the file cannot be read.
    """
    tensors = subject.header.tensors
    shape = reference_shape(tensors)
    if shape is None:
        return None, _NEEDS_FACES if subject.says("^image_proj.") or subject.says("_lora.") else _UNKNOWN
    first = shape.widths[0] if shape.widths else 0
    is_face = _FACE in subject.path.stem.lower()
    found = Referring(shape.form, is_face, shape.seen, shape.context, len(shape.widths), first)
    return found, _first_wrong(list(misfits(reference_slots(shape), PLACE, tensors))) or _broken(subject)


def sight(subject: Subject) -> tuple[Sight | None, str | None]:
    """The same of an image encoder."""
    tensors = subject.header.tensors
    config = image_encoder_config(tensors, config_in(subject.path.parent))
    if config is None:
        return None, _UNKNOWN
    slots = image_encoder_slots(config)
    place = found_place(IMAGE_ENCODER_PLACES, slots, tensors) or IMAGE_ENCODER_PLACES[0]
    found = Sight(config["hidden_size"], config["projection_dim"])
    return found, _first_wrong(list(misfits(slots, place, tensors))) or _broken(subject)


def config_in(folder: Path) -> dict[str, Any]:
    """The config of what lies in a folder, empty where there is none that can be read."""
    file = folder / "config.json"
    try:
        return read_json(file) if file.is_file() else {}
    except (ModelError, OSError):
        return {}


def sight_of_config(config: Mapping[str, Any]) -> Sight | None:
    """What an image encoder in a folder of its own says, by its config; ``None`` for one of another kind."""
    width, projection = config.get("hidden_size"), config.get("projection_dim")
    is_one = "CLIPVisionModelWithProjection" in (config.get("architectures") or ())
    if not is_one or not isinstance(width, int) or not isinstance(projection, int):
        return None
    return Sight(width, projection)


def _first_wrong(wrong: list[str]) -> str | None:
    return Message("it is not whole: {wrong}", wrong=with_others(wrong)) if wrong else None


def _broken(subject: Subject) -> str | None:
    name = broken_tensor(subject.path, subject.header)
    return None if name is None else no_numbers(name)
