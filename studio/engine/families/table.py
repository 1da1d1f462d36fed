"""How each family is run: one line each. What a family is on the disk is in ``studio.engine.models.families``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studio.engine.families import chroma, flux, flux2, sd, sdxl, z_image
from studio.engine.families.plugged import plugged_runner
from studio.engine.families.runner import Runner
from studio.engine.models.families.table import FAMILIES

RUNNERS: Final[Mapping[str, Runner]] = {
    "sd1": sd.RUNNER,
    "sd2": sd.RUNNER,
    "sdxl": sdxl.RUNNER,
    "flux1": flux.RUNNER,
    "chroma": chroma.RUNNER,
    "z-image": z_image.RUNNER,
    "flux2": flux2.RUNNER,
}
"""By the id of the family."""


def runner_of(family: str) -> Runner:
    """How a family is run, also one that a plugin brought. ``KeyError`` for one that is not drawn with."""
    brought = FAMILIES[family].plugged
    return RUNNERS[family] if brought is None else plugged_runner(brought, RUNNERS[brought.like])
