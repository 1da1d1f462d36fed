"""What is said of a family: its networks and where they lie in files, its sizes, and how it is drawn with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from studio.api.families import FamilySpec
from studio.engine.models.headers import TensorEntry
from studio.engine.models.layouts.slots import Place, Slot
from studio.message import Message

VAE: Final = "vae"
_ENCODER: Final = "text_encoder"

Config: TypeAlias = Mapping[str, Any]
Tensors: TypeAlias = Mapping[str, TensorEntry]
Library: TypeAlias = Literal["diffusers", "transformers"]


def _as_it_is(_tensors: Tensors, _place: Place) -> Config:
    return {}


def _any(_config: Config) -> str | None:
    return None


def _whole(_slots: tuple[Slot, ...], _place: Place, _tensors: Tensors) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A network of a family; its config is bundled as ``configs/FAMILY/NAME/config.json``.

    ``name`` is its folder in the layout of diffusers, ``called`` what people call it. Networks of one ``make`` are
    built alike and may stand in for each other, also in another family. ``classes`` of the ``library`` are those that a
    config may ask for, the usual one first. ``tokenizer`` is the id of the bundled one that reads for a text encoder.
    """

    name: str
    called: str
    make: str
    classes: tuple[str, ...]
    library: Library = "diffusers"
    slots: Callable[[Config], tuple[Slot, ...] | None]
    """All tensors of a network with a config; ``None`` where they cannot be told."""
    places: tuple[Place, ...]
    """Where it may lie in a file, the likeliest first."""
    folder_places: tuple[Place, ...] = (Place("", "diffusers"),)
    """How its tensors may be named in a folder of its own."""
    first: tuple[str, str] | None = None
    """The tensor that tells that a network begins, whole or not: its name in the first releases and in diffusers.
    ``None`` where half of its tensors tell."""
    fitted: Callable[[Tensors, Place], Config] = _as_it_is
    """Values of the config that differ for the network in a file."""
    refused: Callable[[Config], str | None] = _any
    """Why a network with a config cannot be used, a clause without its subject, or ``None``."""
    lacking: Callable[[tuple[Slot, ...], Place, Tensors], str | None] = _whole
    """What a network that lacks many tensors is, or ``None``."""
    alike: tuple[str, ...] = ()
    """Values of a config that must be the family's for other models to borrow the network; none is lent without."""
    is_large: bool = False
    """Whether it is one that was taught in bfloat16 and that few computers hold in float32."""
    tokenizer: str = ""
    filling: str = ""
    """What its tokenizer fills prompts up with, where the tokenizer leaves that open."""
    build: Callable[[Config], Any] | None = None
    """Makes a network that no library has the class of."""
    config: Config | None = None
    """What a file alone is built by, where no config is bundled."""

    def begins(self, place: Place, tensors: Tensors) -> bool:
        """Whether the network begins at a place."""
        if self.first is None:
            return False
        return place.prefix + self.first[place.naming != "original"] in tensors

    @property
    def is_encoder(self) -> bool:
        """Whether it reads prompts."""
        return self.name.startswith(_ENCODER)

    @property
    def tokenizer_folder(self) -> str:
        """The folder of its own tokenizer in the layout of diffusers."""
        return self.name.replace(_ENCODER, "tokenizer")


@dataclass(frozen=True, kw_only=True)
class Preset:
    """How to draw: the id of a scheduler, steps and guidance scale."""

    scheduler: str
    steps: int
    guidance_scale: float


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family that Shoreline draws with.

    ``parts`` are in the order of loading. ``pipelines`` are the classes that a ``model_index.json`` may name, and
    ``optional`` those parts that its folder may lack. Sizes are in pixels: models were taught at ``side``, work from
    ``smallest`` to ``largest`` of it, and want multiples of ``multiple``, 0 for one cell of the VAE.
    """

    id: str
    parts: tuple[Part, ...]
    pipelines: tuple[str, ...]
    holds: Callable[[Config], bool] = lambda _config: True
    """Whether a network that draws, by its config, is of this family and no other with the same pipelines."""
    optional: tuple[str, ...] = ()
    side: int
    smallest: float = 1.0
    largest: float = 1.5
    multiple: int = 0
    is_inpainting: Callable[[Config], bool] = lambda _config: False
    """Whether a network that draws, by its config, is shown the mask and what is kept."""
    is_guided: Callable[[Config], bool] = lambda _config: False
    """Whether it is shown the guidance scale, by its config."""
    is_flow: bool = False
    """Whether it was taught the flow from picture to noise, which takes schedulers of its own."""
    preset: Callable[[frozenset[str], bool], Preset | None]
    """How a model is drawn with, by the words in its name in small letters and whether its network is shown the
    guidance scale; ``None`` for the usual way."""
    schedule: Callable[[Config], Config] = lambda _config: {}
    """Values of the scheduler's config that follow from that of the network that draws, in a file."""
    empty_is_zero: bool = False
    """Whether an empty negative prompt is embedded as zeros, where a model does not say so itself."""
    foreign: tuple[tuple[str, str], ...] = ()
    """(tensor, clause): what is in files of its shape that are drawn with in another way."""
    title: str = ""
    """What people call it, where no other list says so."""
    like: str = ""
    """The family whose bundled configs are its too; its own for ""."""
    plugged: FamilySpec | None = None
    """What a plugin says of it that brought it."""

    @property
    def configs_of(self) -> str:
        """The family whose bundled configs its parts are built by."""
        return self.like or self.id

    @property
    def denoiser(self) -> Part:
        """The network that draws."""
        return next(part for part in self.parts if not part.is_encoder and part.name != VAE)

    @property
    def encoders(self) -> tuple[Part, ...]:
        """The networks that read prompts."""
        return tuple(part for part in self.parts if part.is_encoder)

    def part(self, name: str) -> Part:
        """A part by its name; `StopIteration` where there is none."""
        return next(part for part in self.parts if part.name == name)

    def has(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return any(part.name == name for part in self.parts)

    def called(self, names: tuple[str, ...]) -> str:
        """Parts for a person, such as "text encoder and VAE"."""
        first, *others = (Message(self.part(name).called) for name in names)
        for number, other in enumerate(others, 1):
            is_last = number == len(others)
            first = Message("{first} and {last}" if is_last else "{first}, {last}", first=first, last=other)
        return first
