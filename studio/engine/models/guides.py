"""What the guides of a job need: the influences that they name, and the files of networks. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.api import InfluenceSpec
from studio.engine.models.beside import Beside, beside
from studio.engine.models.controls import ControlFinder, WantedControl, wanted_controls
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.references import ReferenceFinder, WantedReferences
from studio.errors import SettingError
from studio.generation.conditioning import Conditioning, Influenced


@dataclass(frozen=True, kw_only=True, eq=False)
class WantedGuides:
    """Guides with the files that read them, but for those that are never felt. ``influences`` are by id."""

    controls: tuple[WantedControl, ...]
    references: WantedReferences
    others: tuple[Influenced, ...]
    influences: Mapping[str, InfluenceSpec]

    @property
    def beside(self) -> Beside:
        """How large the networks are. Raises `ModelError` for a file that cannot be read."""
        return beside(self.controls, self.references.adapters)


def wanted_guides(
    conditioning: Conditioning | None,
    influences: Mapping[str, InfluenceSpec],
    found: Callable[[], Sequence[ModelInfo]],
    model: ModelInfo,
    configs: Path,
) -> WantedGuides:
    """What guides need with a model, out of what is ``found`` in the models folders.

    Raises `SettingError` for an influence that is not there, and what `wanted_controls` and `ReferenceFinder.wanted`
    raise.
    """
    given = Conditioning() if conditioning is None else conditioning
    felt = [each for each in (*given.controls, *given.references, *given.influences) if each.strength > 0.0]
    named = {each.influence: influence_named(each.influence, each.name, influences) for each in felt}
    return WantedGuides(
        controls=wanted_controls(given.controls, ControlFinder(found(), model, configs)) if given.controls else (),
        references=_references(given, found, model, configs),
        others=tuple(each for each in given.influences if each.strength > 0.0),
        influences=named,
    )


def _references(
    given: Conditioning, found: Callable[[], Sequence[ModelInfo]], model: ModelInfo, configs: Path
) -> WantedReferences:
    if not given.references:
        return WantedReferences()
    return ReferenceFinder(found(), model, configs).wanted(given.references)


def influence_named(influence: str, called: str, influences: Mapping[str, InfluenceSpec]) -> InfluenceSpec:
    """The influence of this id, for what people call so. Raises `SettingError` where it is not there."""
    if influence not in influences:
        raise SettingError(
            "What {guide} takes part by is not there.",
            "Enable the plugin that has it, or remove it from the list.",
            guide=called,
        )
    return influences[influence]
