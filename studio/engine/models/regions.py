"""The parts that a job is drawn in, with the LoRAs of each, refused before anything is loaded. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from studio.api import DenoiseJob, InfluenceSpec
from studio.engine.models.loras import WantedLora, wanted_loras
from studio.engine.models.model_info import ModelInfo
from studio.errors import SettingError
from studio.generation.conditioning import RegionPart
from studio.generation.loras import LoraUse
from studio.generation.prompting import parse
from studio.message import Message

_COUPLED: Final = ("sd1", "sd2", "sdxl")
"""Families whose networks look at one region after the other; others read the words of all of them at once."""
_MOST_AT_ONCE: Final = 16

Worn: TypeAlias = tuple[WantedLora, ...]
"""LoRAs that are worn together."""


@dataclass(frozen=True, eq=False)
class WantedRegion:
    """A part of a job with all LoRAs that are felt in it, those of the job among them."""

    part: RegionPart
    loras: Worn


@dataclass(frozen=True, eq=False)
class WantedRegions:
    """The parts of a job, and the ``influence`` that keeps their words to them; ``None`` where there are none."""

    parts: tuple[WantedRegion, ...] = ()
    influence: InfluenceSpec | None = None


NO_REGIONS: Final = WantedRegions()


def wanted_regions(
    job: DenoiseJob, named: Sequence[LoraUse], models: Sequence[ModelInfo], model: ModelInfo
) -> tuple[tuple[WantedRegion, ...], tuple[str, ...]]:
    """The parts of a job whose own prompt has ``named`` these LoRAs, and notes. Raises what `wanted_loras` raises.

    `SettingError` too, for more parts than a family can read at once.
    """
    parts = () if job.conditioning is None else job.conditioning.regions
    if len(parts) > _MOST_AT_ONCE and model.family not in _COUPLED:
        raise SettingError(
            "{model} reads the words of all regions at once and cannot draw {count} of them.",
            "Use {most} at most, give some the same words, or choose a model of Stable Diffusion 1, 2 or XL.",
            model=model.name,
            count=len(parts),
            most=_MOST_AT_ONCE,
        )
    wanted, notes = [], list[str]()
    for part in parts:
        loras, doubts = wanted_loras(job.loras, models, model, named=(*named, *parse(part.prompt).loras))
        wanted.append(WantedRegion(part, loras))
        notes.extend(doubts)
    return tuple(wanted), (*notes, *_slowness(wanted))


def _slowness(wanted: Sequence[WantedRegion]) -> tuple[str, ...]:
    """What is said where regions wear different LoRAs."""
    sets = len({each.loras for each in wanted})
    if sets < 2:
        return ()
    return (
        Message("Regions with LoRAs of their own are slow: each step was drawn {count} times, once a set.", count=sets),
    )
