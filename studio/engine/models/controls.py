"""Which control networks read the guides of a job, and whether they suit its model. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.checkpoints import part_config
from studio.engine.models.identity.families import family_name
from studio.engine.models.identity.steering import STEERED, Steering
from studio.engine.models.known_models import LIST_NAME, KnownModel, known_control, known_models
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.motion_adapters import unet_config
from studio.errors import MissingNetworkError, ModelError, SettingError
from studio.generation.conditioning import Control

_FORMS: Final = ("network", "transformer", "union", "adapter")
"""Which form goes before which, where several read the same."""


@dataclass(frozen=True, eq=False)
class WantedControl:
    """A picture and the file of the network that reads it, as a picture of the kind ``mode``."""

    control: Control
    info: ModelInfo
    steering: Steering
    mode: str


@dataclass(frozen=True)
class Shape:
    """What a control network must fit of a model: the width of its first block, or of all of a transformer, and that of
    the text it is told."""

    width: int
    context: int

    @classmethod
    def of_config(cls, config: dict[str, Any]) -> Shape:
        """That of a model's UNet or transformer."""
        widths = config.get("block_out_channels") or (config.get("dim", 320),)
        context = config.get("cross_attention_dim", 1280)
        return cls(int(widths[0]), int(context[0] if isinstance(context, list) else context))

    def takes(self, steering: Steering) -> bool:
        """Whether a control network fits."""
        return steering.width == self.width and steering.context in (0, self.context)


def wanted_controls(controls: Iterable[Control], finder: ControlFinder) -> tuple[WantedControl, ...]:
    """The files for some guides, without those that are never felt. Raises what `ControlFinder.network_for` raises."""
    return tuple(
        _wanted(control, finder.network_for(control.name, control.modes, control.network))
        for control in controls
        if control.strength > 0.0
    )


@dataclass(frozen=True)
class ControlFinder:
    """Finds control networks for ``model`` among ``models``, all that the models folders hold; ``configs`` are the
    bundled configs."""

    models: Sequence[ModelInfo]
    model: ModelInfo
    configs: Path

    def network_for(self, guide: str, modes: Sequence[str], network: str = "") -> ModelInfo:
        """The file that reads pictures of these kinds: ``network``, or if that is "" the first that fits the model.

        One that was made for one kind goes before one for all. ``guide`` is what a person calls it. Raises
        `MissingNetworkError` where there is none, saying what to get; `SettingError` for a chosen file that does not
        fit, and for models of families that take no guides; `ModelError` for a file that cannot be used.
        """
        if self.model.family not in STEERED:
            raise SettingError(
                "The control layer {guide} cannot be used with {model}: its family has no control networks here.",
                "Choose a model of Stable Diffusion 1, 2 or XL or of Z-Image, or switch the control layer off.",
                guide=guide,
                model=self.model.name,
            )
        if network:
            return self._chosen(guide, network)
        ranked = [(rank, each) for each in self.models if (rank := self._rank(each, modes)) is not None]
        if not ranked:
            raise self._missing(guide, modes)
        return min(ranked, key=lambda pair: pair[0])[1]

    def fitting(self, modes: Sequence[str]) -> tuple[ModelInfo, ...]:
        """All that fit the model: those that read pictures of these kinds first, the best before all others."""
        last = (len(modes), 0)
        return tuple(sorted(filter(self._fits, self.models), key=lambda each: self._rank(each, modes) or last))

    @cached_property
    def _shape(self) -> Shape:
        return Shape.of_config(unet_config(self.model, self.configs))

    def _fits(self, info: ModelInfo) -> bool:
        if info.kind != "control" or info.family != self.model.family or info.problem is not None:
            return False
        return info.steering is not None and self._shape.takes(info.steering)

    def _rank(self, info: ModelInfo, modes: Sequence[str]) -> tuple[int, int] | None:
        """Lower for what reads such a picture better, ``None`` for what does not."""
        if info.steering is None or not self._fits(info):
            return None
        places = [place for place, mode in enumerate(modes) if mode in info.steering.modes]
        return (places[0], _FORMS.index(info.steering.form)) if places else None

    def _chosen(self, guide: str, network: str) -> ModelInfo:
        info = next((each for each in self.models if each.id == network), None)
        if info is None:
            raise MissingNetworkError(
                "The control network {network} of the control layer {guide} is not in the models folders.",
                "Put the file there, choose another network, or switch the control layer off.",
                network=network,
                guide=guide,
            )
        if info.problem is not None:
            raise ModelError(info.problem)
        if not self._fits(info):
            raise SettingError(
                "{network} ({what}) cannot be used for the control layer {guide} with {model}, which is {family}.",
                "Choose another control network or another model, or switch the control layer off.",
                network=info.name,
                what=info.what,
                guide=guide,
                model=self.model.name,
                family=family_name(self.model.family),
            )
        return info

    def _missing(self, guide: str, modes: Sequence[str]) -> MissingNetworkError:
        known = self._known(modes)
        if known is None:
            return MissingNetworkError(
                "There is no control network in the models folders that reads {guide} for {model}.",
                "Put one that was made for this model there, or switch the control layer off.",
                guide=guide,
                model=self.model.name,
            )
        return MissingNetworkError(
            "There is no control network in the models folders that reads {guide} for {model}.",
            "Get {file} of {repository} in the Models window, or switch the control layer off.",
            guide=guide,
            model=self.model.name,
            file=", ".join(known.files) or known.name,
            repository=known.repository,
            known=known.name,
        )

    def _known(self, modes: Sequence[str]) -> KnownModel | None:
        """What can be got; nothing for a model that is not built as its family usually is: they would not fit it."""
        folder, family = self.configs.parent, self.model.family
        usual = part_config(self.configs, family, FAMILIES[family].denoiser.name)
        is_usual = self._shape == Shape.of_config(usual)
        return (
            known_control(known_models(folder), family, modes) if is_usual and (folder / LIST_NAME).is_file() else None
        )


def _wanted(control: Control, info: ModelInfo) -> WantedControl:
    steering = info.steering
    if steering is None:
        raise ModelError("{info} is no control network that Shoreline draws with.", "Choose another.", info=info.name)
    mode = next((mode for mode in control.modes if mode in steering.modes), control.modes[0])
    return WantedControl(control, info, steering, mode)
