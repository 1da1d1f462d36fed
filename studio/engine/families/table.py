"""How each family is run: one line each. What a family is on the disk is in ``studio.engine.models.families``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from studio.engine.families import chroma, flux, flux2, sd, sdxl, z_image
from studio.engine.families.runner import Runner

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
