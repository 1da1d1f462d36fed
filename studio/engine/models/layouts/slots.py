"""One tensor of a network, and where it lies in a checkpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from studio.engine.models.headers import TensorEntry
from studio.message import Message

Taken = Literal["whole", "matrix", "transposed", "swapped", "rows", "first third", "second third", "last third"]
"""How a tensor is made of the stored one: as it is; without the two sides of 1 that convolutions have; turned; with
its second half of rows before the first, where scale and shift stand the other way round; some of its rows; or a third
of them, where queries, keys and values are stored as one."""

Naming = Literal["original", "diffusers", "headless", "earlier", "nested"]
"""The names of the first release of a family; those of diffusers and transformers; those without the ``text_model.``
in front that transformers has or had; those that diffusers had for the attention of VAEs; the original ones of a VAE
whose outermost convolutions belong to its encoder and decoder."""

SCALES: Final = (".scale_weight", ".weight_scale")
"""Ends of the names of numbers that fp8 weights are to be multiplied by, in the place of ``.weight``."""
HEAD: Final = "text_model."
_HEADS: Final = (HEAD, "model.")
EARLIER: Final = ((".to_q.", ".query."), (".to_k.", ".key."), (".to_v.", ".value."), (".to_out.0.", ".proj_attn."))
"""Parts of the names of a VAE's attention, today and before."""
_THIRDS: Final = {"first third": 0, "second third": 1, "last third": 2}
_NESTED: Final = (("post_quant_conv.", "decoder."), ("quant_conv.", "encoder."))


def headless(name: str) -> str:
    """The name of a tensor without what stands in front of all those of a text encoder, in some classes and files."""
    return next((name.removeprefix(head) for head in _HEADS if name.startswith(head)), name)


@dataclass(frozen=True)
class Slot:
    """A tensor ``name`` of this shape; ``original`` is its name in files of the first releases.

    Where some rows of what is stored are taken, they begin at ``start``, of ``total``.
    """

    name: str
    original: str
    shape: tuple[int, ...]
    taken: Taken = "whole"
    start: int = 0
    total: int = 0

    @property
    def first_row(self) -> int:
        """Where it begins in what is stored."""
        return self.start if self.taken == "rows" else _THIRDS.get(self.taken, 0) * self.shape[0]

    @property
    def rows_stored(self) -> int:
        """How many rows are stored as one with it."""
        return self.total if self.taken == "rows" else self.shape[0] * (3 if self.taken in _THIRDS else 1)

    def stored(self, naming: Naming) -> str:
        """The name in files with this naming, without a prefix."""
        if naming == "original":
            return self.original
        if naming == "nested":
            return next((half for own, half in _NESTED if self.original.startswith(own)), "") + self.original
        if naming == "headless":
            return self.name.removeprefix(HEAD)
        name = self.name
        for today, before in EARLIER if naming == "earlier" else ():
            name = name.replace(today, before)
        return name

    def fits(self, shape: tuple[int, ...], naming: Naming) -> bool:
        """Whether a stored tensor of this shape can be taken."""
        if self.taken == "matrix":
            return shape in (self.shape, (*self.shape, 1, 1))
        if naming != "original" or self.taken in ("whole", "swapped"):
            return shape == self.shape
        if self.taken == "transposed":
            return shape == self.shape[::-1]
        return shape == (self.rows_stored, *self.shape[1:])


def scale_of(tensors: Mapping[str, TensorEntry], key: str) -> TensorEntry | None:
    """What a stored weight is multiplied with: one number, or one for each row, beside weights of 8 bits."""
    own = (key.removesuffix(".weight") + end for end in SCALES)
    return next((tensors[name] for name in own if name in tensors), None)


@dataclass(frozen=True)
class Place:
    """Where a network may lie in a file: below a prefix, under one of the namings."""

    prefix: str
    naming: Naming

    def key(self, slot: Slot) -> str:
        """The name of a slot's tensor in the file."""
        return self.prefix + slot.stored(self.naming)


def found_place(places: Iterable[Place], slots: tuple[Slot, ...], tensors: Mapping[str, TensorEntry]) -> Place | None:
    """The place that holds most of the network, the first of equals; ``None`` where none holds half of it."""
    best: tuple[Place | None, float] = None, 0.0
    for place in places:
        keys = {place.key(slot) for slot in slots}
        share = len(keys & tensors.keys()) / len(keys) if keys else 1.0
        if share == 1.0:
            return place
        best = max(best, (place, share), key=lambda found: found[1])
    return best[0] if best[1] >= 0.5 else None


def misfits(slots: tuple[Slot, ...], place: Place, tensors: Mapping[str, TensorEntry]) -> Iterator[str]:
    """What stands in the way of taking a network from a file, a clause for each tensor."""
    for slot in slots:
        key = place.key(slot)
        entry = tensors.get(key)
        if entry is None:
            yield Message("{key} is missing", key=key)
        elif not slot.fits(entry.shape, place.naming):
            found, wanted = shape_text(entry.shape), shape_text(slot.shape)
            yield Message("{key} has the shape {found} instead of {wanted}", key=key, found=found, wanted=wanted)


def with_others(wrong: Sequence[str]) -> str:
    """The first of some misfits, and how many more there are."""
    first, *others = wrong
    return Message("{wrong} and {count} more do not fit", wrong=first, count=len(others)) if others else first


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape for a person, such as ``320 x 4 x 3 x 3``."""
    return " x ".join(map(str, shape)) or "a single number"


def linear(name: str, original: str, width: int, given: int, *, bias: bool = True) -> Iterator[Slot]:
    """A matrix, and what is added."""
    yield Slot(f"{name}.weight", f"{original}.weight", (width, given))
    if bias:
        yield Slot(f"{name}.bias", f"{original}.bias", (width,))


def convolution(name: str, original: str, width: int, given: int, side: int = 3) -> Iterator[Slot]:
    """A convolution with a square kernel."""
    yield Slot(f"{name}.weight", f"{original}.weight", (width, given, side, side))
    yield Slot(f"{name}.bias", f"{original}.bias", (width,))


def norm(name: str, original: str, width: int) -> Iterator[Slot]:
    """A scale and a shift."""
    yield Slot(f"{name}.weight", f"{original}.weight", (width,))
    yield Slot(f"{name}.bias", f"{original}.bias", (width,))


def count_of(tensors: Mapping[str, TensorEntry], pattern: str) -> int:
    """How many tensors there are of a name with a number in it, from 0 without a gap."""
    count = 0
    while pattern.format(count) in tensors:
        count += 1
    return count


def side_of(tensors: Mapping[str, TensorEntry], name: str, axis: int) -> int:
    """A side of a tensor; 0 for one that is not there, which the check of the weights tells."""
    entry = tensors.get(name)
    return entry.shape[axis] if entry is not None and axis < len(entry.shape) else 0
