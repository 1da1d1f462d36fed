"""Guides, offered under the prompt: nothing of them is called but the filter that they name."""

from __future__ import annotations

import re
from typing import Final

from studio.api import GuideSpec
from studio.errors import PluginError
from studio.generation.conditioning import CONTROL_MODES, REFERENCE_MODES
from studio.plugin_host.kinds.kind import Kind


def _check(spec: GuideSpec) -> None:
    if spec.reference:
        _check_reference(spec)
    elif spec.reads or not spec.influence:
        _check_reads(spec)
    if not re.fullmatch("#[0-9a-fA-F]{6}", spec.ground):
        raise PluginError("The ground of the guide {spec} must be a colour such as #000000.", spec=spec.id)


def _check_reads(spec: GuideSpec) -> None:
    reads: object = spec.reads
    if not isinstance(reads, tuple) or not reads or not all(mode in CONTROL_MODES for mode in reads):
        known = ", ".join(CONTROL_MODES)
        raise PluginError(
            "The guide {spec} must be read by a tuple of kinds of networks.",
            "Known are: {known}.",
            spec=spec.id,
            known=known,
        )


def _check_reference(spec: GuideSpec) -> None:
    if spec.reference not in REFERENCE_MODES:
        raise PluginError(
            "The guide {spec} must say what of a picture is looked at.",
            "Known are: {known}.",
            spec=spec.id,
            known=", ".join(REFERENCE_MODES),
        )
    if spec.reads or spec.preprocessor or spec.is_lines:
        raise PluginError("The guide {spec} is a reference: no control network reads it.", spec=spec.id)


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
