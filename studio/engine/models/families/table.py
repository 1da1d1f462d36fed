"""The families that Shoreline draws with: one line each, and those that plugins add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Final, TypeAlias

from studio.api.families import FamilySpec
from studio.engine.models.families.family import Family, Part
from studio.engine.models.families.flux import CHROMA, FLUX1
from studio.engine.models.families.flux2 import FLUX2
from studio.engine.models.families.plugged import plugged_family
from studio.engine.models.families.sd import SD1, SD2, SDXL
from studio.engine.models.families.z_image import Z_IMAGE

Brought: TypeAlias = Callable[[], Mapping[str, FamilySpec]]
"""What plugins bring now."""


def _nothing() -> Mapping[str, FamilySpec]:
    return {}


class FamilyTable(Mapping[str, Family]):
    """By id: the families that are known here, then those of plugins that are enabled now.

    There is one in a process, as there is one of Python's importers: what a file is does not depend on who asks.
    """

    def __init__(self, *known: Family) -> None:
        self._known: Final = {family.id: family for family in known}
        self._brought: Brought = _nothing
        self._made: dict[str, tuple[FamilySpec, Family]] = {}

    def bring(self, brought: Brought = _nothing) -> None:
        """Ask for the families of plugins here from now on, whenever one is looked up."""
        self._brought = brought

    @property
    def plugged(self) -> Mapping[str, FamilySpec]:
        """Those of plugins, by id; none takes the id of a family that is known here."""
        return {name: spec for name, spec in self._brought().items() if name not in self._known}

    @property
    def mark(self) -> str:
        """What tells the families of plugins from others; empty without any."""
        told = sorted((spec.id, spec.like, spec.marks, spec.pipelines) for spec in self.plugged.values())
        return sha256(repr(told).encode()).hexdigest()[:16] if told else ""

    def knows(self, family: str) -> bool:
        """Whether it is a family that is known without plugins."""
        return family in self._known

    def __getitem__(self, family: str) -> Family:
        return self._known[family] if family in self._known else self._family_of(self.plugged[family])

    def __iter__(self) -> Iterator[str]:
        return iter((*self._known, *self.plugged))

    def __len__(self) -> int:
        return len(self._known) + len(self.plugged)

    def _family_of(self, spec: FamilySpec) -> Family:
        """The description of a plugin's family, one object as long as the spec is one."""
        made = self._made.get(spec.id)
        if made is None or made[0] is not spec:
            made = self._made[spec.id] = spec, plugged_family(spec, self._known[spec.like])
        return made[1]


FAMILIES: Final = FamilyTable(SD1, SD2, SDXL, FLUX1, CHROMA, Z_IMAGE, FLUX2)
"""Their parts are looked for in this order in a file of one network."""


def families_from(first: str) -> Iterator[Family]:
    """All families, the one with this id before the others."""
    return iter(sorted(FAMILIES.values(), key=lambda family: family.id != first))


def parts_of_make(make: str, first: str) -> Iterator[tuple[Family, Part]]:
    """The parts that are built alike, those of the family ``first`` before others."""
    return ((family, part) for family in families_from(first) for part in family.parts if part.make == make)
