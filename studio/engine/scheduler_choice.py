"""Which schedulers can draw with a model, and what takes the place of one that cannot. Needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from studio.api import SchedulerSpec

_PLAIN: Final = "euler"
"""What flows are usually drawn with."""


def offered(schedulers: Mapping[str, SchedulerSpec], *, is_flow: bool) -> dict[str, SchedulerSpec]:
    """Those that can draw with a model, by id; ``is_flow`` says that it was taught a flow."""
    return {name: spec for name, spec in schedulers.items() if spec.for_flow or not is_flow}


def used_for(wanted: str, schedulers: Mapping[str, SchedulerSpec], *, is_flow: bool) -> str:
    """The id of what draws where one is wanted: itself, also if it is not there, or what takes its place."""
    able = offered(schedulers, is_flow=is_flow)
    if wanted in able or wanted not in schedulers or not able:
        return wanted
    return _PLAIN if _PLAIN in able else next(iter(able))
