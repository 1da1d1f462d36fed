"""Checkpoints of the families that Shoreline draws with: which networks a file holds, where, and if they are whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from math import prod
from pathlib import Path
from typing import Any, Final

from studio.engine.models.families.family import Family, Part, Tensors
from studio.engine.models.families.table import FAMILIES, families_from
from studio.engine.models.gguf_headers import BLOCKS
from studio.engine.models.identity.samples import broken_tensor, no_numbers
from studio.engine.models.identity.subject import Subject
from studio.engine.models.layouts.slots import Place, Slot, found_place, misfits, scale_of, with_others
from studio.engine.models.settings_files import read_json
from studio.message import Message

_QUANTISED: Final = ("absmax", "quant_map", "quant_state.bitsandbytes__nf4")
_DTYPES: Final = frozenset({"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", *BLOCKS})

_MOST_TRIED: Final = 16
"""A file may name more beginnings of a network than anyone can look behind."""

Values = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Located:
    """A network in a file: its place, its config and its tensors."""

    place: Place
    config: Mapping[str, Any]
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Found:
    """The networks in a file by name; and what is wrong with them, a clause, or ``None``."""

    networks: Mapping[str, Located]
    problem: str | None


def find_networks(subject: Subject, family: Family, configs: Path) -> Found:
    """What a checkpoint of a family holds. Raises `ModelError` if it cannot be read."""
    tensors = subject.header.tensors
    networks: dict[str, Located] = {}
    problem = _foreign(subject, family)
    for part in family.parts:
        found = located(tensors, family, part, configs)
        if found is not None:
            networks[part.name] = found
            problem = problem or _wrong(part, found, tensors)
    return Found(networks, problem or _broken(subject))


def find_part(subject: Subject, family: str, configs: Path) -> tuple[str, str, str | None] | None:
    """(family, network, problem) of a file that holds one network that draws not; of ``family``, where that fits.

    ``None`` for a network of no family that Shoreline draws with. Raises `ModelError` if the file cannot be read.
    """
    tensors = subject.header.tensors
    wrong: tuple[str, str, str | None] | None = None
    for each in families_from(family):
        for part in each.parts:
            found = None if part == each.denoiser else located(tensors, each, part, configs)
            if found is not None:
                problem = _wrong(part, found, tensors)
                if problem is None:
                    return each.id, part.name, _broken(subject)
                wrong = wrong or (each.id, part.name, problem)
    return wrong


def located(tensors: Tensors, family: Family, part: Part, configs: Path) -> Located | None:
    """Where a network lies in a file, whole or not; ``None`` where it is not in it."""
    if not has_config(configs, family.id, part.name):
        return None
    found = _among(part.places, tensors, family, part, configs)
    return found if found is not None else _elsewhere(tensors, family, part, configs)


def _among(places: tuple[Place, ...], tensors: Tensors, family: Family, part: Part, configs: Path) -> Located | None:
    begun = next((place for place in places if part.begins(place, tensors)), None)
    values = dict(part.fitted(tensors, begun)) if begun is not None else {}
    slots = family_slots(configs, family.id, part.name, tuple(values.items()))
    place = found_place(places, slots, tensors) or begun
    return None if place is None else Located(place, part_config(configs, family.id, part.name, values), slots)


def _elsewhere(tensors: Tensors, family: Family, part: Part, configs: Path) -> Located | None:
    """Where a whole network lies below a prefix that no known program writes."""
    firsts = family_slots(configs, family.id, part.name)[:1]
    anchors = {(place.naming, first.stored(place.naming)) for place in part.places for first in firsts}
    places = (
        Place(name.removesuffix(first), naming)
        for naming, first in sorted(anchors)
        for name in tensors
        if name.endswith(f".{first}")
    )
    found = (_among((place,), tensors, family, part, configs) for place in islice(places, _MOST_TRIED))
    return next((each for each in found if each and not any(misfits(each.slots, each.place, tensors))), None)


def part_config(configs: Path, family: str, part: str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The bundled config of a network, or that of its plugin, with these values in it."""
    own = FAMILIES[family].part(part).config if FAMILIES[family].has(part) else None
    return {**(read_json(_config_file(configs, family, part)) if own is None else own), **(values or {})}


def has_config(configs: Path, family: str, part: str) -> bool:
    """Whether there is a config to build a network by that comes without one."""
    return FAMILIES[family].part(part).config is not None or _config_file(configs, family, part).is_file()


def _config_file(configs: Path, family: str, part: str) -> Path:
    return configs / FAMILIES[family].configs_of / part / "config.json"


def family_slots(configs: Path, family: str, part: str, values: Values = ()) -> tuple[Slot, ...]:
    """The tensors of a network by its bundled config with these values in it; none where they cannot be told."""
    return (_known_slots if FAMILIES.knows(family) else _slots)(configs, family, part, values)


def _slots(configs: Path, family: str, part: str, values: Values) -> tuple[Slot, ...]:
    return FAMILIES[family].part(part).slots(part_config(configs, family, part, dict(values))) or ()


_known_slots: Final = lru_cache(maxsize=64)(_slots)
"""What is known without plugins stays as it is."""


def _foreign(subject: Subject, family: Family) -> str | None:
    """What makes a file one that is drawn with in another way, or stored so."""
    tensors = subject.header.tensors
    if reason := next((reason for name, reason in family.foreign if _holds(tensors, name)), None):
        return Message(reason)
    if any(name.endswith(_QUANTISED) for name in tensors):
        return Message("its weights are packed by bitsandbytes, which is not supported")
    return None


def _holds(tensors: Tensors, name: str) -> bool:
    """Whether there is a tensor of this name, whatever stands before it."""
    return name in tensors or any(each.endswith(f".{name}") for each in tensors)


def _wrong(part: Part, found: Located, tensors: Tensors) -> str | None:
    """What is wrong with a network that is there."""
    if reason := part.refused(found.config) or part.lacking(found.slots, found.place, tensors):
        return reason
    wrong = list(misfits(found.slots, found.place, tensors))
    if wrong:
        return Message("the {network} is not whole: {wrong}", network=Message(part.called), wrong=with_others(wrong))
    keys = [found.place.key(slot) for slot in found.slots]
    if any(_is_in_blocks(tensors, key) for key in keys):
        called = Message(part.called)
        return Message("the weights of the {network} have scales by blocks, which are not supported", network=called)
    stored = (tensors[key].dtype for key in keys)
    odd = next((dtype for dtype in stored if dtype not in _DTYPES), None)
    if odd is None:
        return None
    called = Message(part.called)
    return Message("the {network} is stored in a format that is not supported: {format}", network=called, format=odd)


def _is_in_blocks(tensors: Tensors, key: str) -> bool:
    """Whether a weight is multiplied with other than one number, or one for each row."""
    scale = scale_of(tensors, key)
    return scale is not None and (prod(scale.shape) not in (1, tensors[key].shape[0]) or scale.dtype not in _DTYPES)


def _broken(subject: Subject) -> str | None:
    name = broken_tensor(subject.path, subject.header)
    return None if name is None else no_numbers(name)
