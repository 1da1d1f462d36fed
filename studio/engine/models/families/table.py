"""The families that Shoreline draws with: one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from studio.engine.models.families.family import Family, Part
from studio.engine.models.families.flux import CHROMA, FLUX1
from studio.engine.models.families.flux2 import FLUX2
from studio.engine.models.families.sd import SD1, SD2, SDXL
from studio.engine.models.families.z_image import Z_IMAGE

FAMILIES: Final[Mapping[str, Family]] = {
    SD1.id: SD1,
    SD2.id: SD2,
    SDXL.id: SDXL,
    FLUX1.id: FLUX1,
    CHROMA.id: CHROMA,
    Z_IMAGE.id: Z_IMAGE,
    FLUX2.id: FLUX2,
}
"""By id; their parts are looked for in this order in a file of one network."""


def families_from(first: str) -> Iterator[Family]:
    """All families, the one with this id before the others."""
    return iter(sorted(FAMILIES.values(), key=lambda family: family.id != first))


def parts_of_make(make: str, first: str) -> Iterator[tuple[Family, Part]]:
    """The parts that are built alike, those of the family ``first`` before others."""
    return ((family, part) for family in families_from(first) for part in family.parts if part.make == make)
