"""Guides, offered under the prompt: nothing of them is called but the filter that they name."""

from __future__ import annotations

import re
from typing import Final

from studio.api import GuideSpec
from studio.errors import PluginError
from studio.generation.conditioning import CONTROL_MODES
from studio.plugin_host.kinds.kind import Kind


def _check(spec: GuideSpec) -> None:
    reads: object = spec.reads
    if not isinstance(reads, tuple) or not reads or not all(mode in CONTROL_MODES for mode in reads):
        known = ", ".join(CONTROL_MODES)
        raise PluginError(
            "The guide {spec} must be read by a tuple of kinds of networks.",
            "Known are: {known}.",
            spec=spec.id,
            known=known,
        )
    if not re.fullmatch("#[0-9a-fA-F]{6}", spec.ground):
        raise PluginError("The ground of the guide {spec} must be a colour such as #000000.", spec=spec.id)


def _try(_spec: GuideSpec) -> str:
    """There is nothing to run: what it says was looked at."""
    return ""


GUIDES: Final = Kind(
    id="guide",
    label="Guide: {name}",
    hook="shoreline_guides",
    spec=GuideSpec,
    callback="",
    trial=_try,
    check=_check,
)
