"""Which adapters show a model the pictures that it is to resemble, and who looks at those. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from studio.engine.models.families.table import FAMILIES
from studio.engine.models.identity.checkpoints import part_config
from studio.engine.models.identity.families import family_name
from studio.engine.models.identity.referring import IMAGE_ENCODER_FOLDER, REFERRED, Referring
from studio.engine.models.known_models import LIST_NAME, KnownModel, known_image_encoder, known_models, known_reference
from studio.engine.models.layouts.reference import ReferenceForm
from studio.engine.models.layouts.unet import CrossAttention, cross_attentions
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.motion_adapters import unet_config
from studio.errors import MissingNetworkError, ModelError, SettingError
from studio.generation.conditioning import Reference, ReferenceMode
from studio.message import Message

Layers = tuple[str, ...]
"""Beginnings of the names of layers; empty for all of them."""

_OF_SD: Final[Mapping[ReferenceMode, Layers]] = {
    "style": ("up_blocks.1.",),
    "composition": ("down_blocks.2.", "mid_block."),
}
_OF_XL: Final[Mapping[ReferenceMode, Layers]] = {
    "style": ("up_blocks.0.attentions.1.",),
    "composition": ("down_blocks.2.attentions.1.",),
}
_LAYERS: Final = {"sd1": _OF_SD, "sd2": _OF_SD, "sdxl": _OF_XL}
"""The layers that hold style and composition, after Wang and others, "InstantStyle" (2024, arXiv 2404.02733)."""
_LOOKING: Final = ("flux2",)
"""Families that look at pictures themselves."""
_FORMS: Final[Mapping[ReferenceMode, tuple[ReferenceForm, ...]]] = {
    "whole": ("plus", "plain", "full"),
    "style": ("plain", "plus", "full"),
    "composition": ("plain", "plus", "full"),
    "face": ("full", "plus", "plain"),
}
"""Which form goes before which."""


@dataclass(frozen=True)
class FoundAdapter:
    """The adapter that shows pictures to these ``layers`` of a model, and the file or folder of what looks at them."""

    info: ModelInfo
    referring: Referring
    encoder: Path
    layers: Layers


@dataclass(frozen=True, eq=False)
class WantedReference:
    """A picture, and what shows it."""

    reference: Reference
    adapter: FoundAdapter


@dataclass(frozen=True, eq=False)
class WantedReferences:
    """The pictures that a job is shown: by ``adapters``, or ``bare`` to a model that looks at them itself."""

    adapters: tuple[WantedReference, ...] = ()
    bare: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class ReferenceFinder:
    """Finds adapters for ``model`` among ``models``, all that the models folders hold; ``configs`` are the bundled
    configs."""

    models: Sequence[ModelInfo]
    model: ModelInfo
    configs: Path

    def wanted(self, references: Iterable[Reference]) -> WantedReferences:
        """What shows some pictures, without those that are never felt. Raises what `network_for` raises."""
        found = [(each, self.network_for(each.name, each.mode, each.network)) for each in references if each.strength]
        return WantedReferences(
            tuple(WantedReference(each, adapter) for each, adapter in found if adapter is not None),
            tuple(each for each, adapter in found if adapter is None),
        )

    def network_for(self, guide: str, mode: ReferenceMode, network: str = "") -> FoundAdapter | None:
        """The adapter, and what looks at pictures for it: ``network``, or if that is "" the first that fits the model;
        ``None`` for a model that looks at pictures itself.

        ``guide`` is what a person calls the reference. Raises `MissingNetworkError` where a file is not there, saying
        what to get; `SettingError` for a chosen file that does not fit, and for models that cannot be shown pictures;
        `ModelError` for a file that cannot be used.
        """
        if self.model.family in _LOOKING:
            self._check_bare(guide, mode)
            return None
        if self.model.family not in REFERRED:
            raise self._no_family(guide)
        if not self._holds(self.layers(mode)):
            raise SettingError(
                "{guide} cannot be used with {model}: it has no layers of its own for that.",
                "Choose a reference for the whole picture, or another model.",
                guide=guide,
                model=self.model.name,
            )
        info = self._chosen(guide, network) if network else self._first(guide, mode)
        if info.referring is None:
            raise ModelError("{info} is no IP-Adapter that Shoreline draws with.", "Choose another.", info=info.name)
        return FoundAdapter(info, info.referring, self._encoder(guide, info, info.referring), self.layers(mode))

    def fitting(self, mode: ReferenceMode) -> tuple[ModelInfo, ...]:
        """All adapters that fit the model, the best first."""
        last = (len(FAMILIES), 0)
        return tuple(sorted(filter(self._fits, self.models), key=lambda each: self._rank(each, mode) or last))

    def layers(self, mode: ReferenceMode) -> Layers:
        """The layers that are shown a picture."""
        return _LAYERS.get(self.model.family, {}).get(mode, ())

    @cached_property
    def _attentions(self) -> tuple[CrossAttention, ...]:
        return cross_attentions(unet_config(self.model, self.configs))

    def _holds(self, layers: Layers) -> bool:
        return not layers or not self._attentions or any(each.name.startswith(layers) for each in self._attentions)

    def _fits(self, info: ModelInfo) -> bool:
        found = info.referring
        if found is None or info.family != self.model.family or info.problem is not None:
            return False
        there = self._attentions
        own = (found.layers, found.width, found.context)
        return not there or own == (len(there), there[0].width, there[0].context)

    def _rank(self, info: ModelInfo, mode: ReferenceMode) -> tuple[int, int] | None:
        """Lower for what shows better, and what can be looked at first; ``None`` for what does not fit, or was made for
        faces where none is meant, or the other way round."""
        found = info.referring
        if found is None or not self._fits(info) or found.is_face != (mode == "face"):
            return None
        return int(not self._encoders(found)), _FORMS[mode].index(found.form)

    def _first(self, guide: str, mode: ReferenceMode) -> ModelInfo:
        ranked = [(rank, each) for each in self.models if (rank := self._rank(each, mode)) is not None]
        if ranked:
            return min(ranked, key=lambda pair: pair[0])[1]
        raise self._missing(
            Message(
                "There is no IP-Adapter in the models folders that shows {guide} to {model}.",
                guide=guide,
                model=self.model.name,
            ),
            Message("Put one that was made for this model there, or switch the reference off."),
            known_reference(self._known, self.model.family, mode),
        )

    def _chosen(self, guide: str, network: str) -> ModelInfo:
        info = next((each for each in self.models if each.id == network), None)
        if info is None:
            raise MissingNetworkError(
                "The IP-Adapter {network} of the reference {guide} is not in the models folders.",
                "Put the file there, choose another, or switch the reference off.",
                network=network,
                guide=guide,
            )
        if info.problem is not None:
            raise ModelError(info.problem)
        if not self._fits(info):
            raise SettingError(
                "{network} ({what}) cannot be used for the reference {guide} with {model}, which is {family}.",
                "Choose another IP-Adapter or another model, or switch the reference off.",
                network=info.name,
                what=info.what,
                guide=guide,
                model=self.model.name,
                family=family_name(self.model.family),
            )
        return info

    def _encoder(self, guide: str, info: ModelInfo, wants: Referring) -> Path:
        found = self._encoders(wants)
        if found:
            return found[0].path if found[0].format == "single_file" else found[0].path / IMAGE_ENCODER_FOLDER
        raise self._missing(
            Message(
                "The image encoder is missing that looks at {guide} for {network}.", guide=guide, network=info.name
            ),
            Message("Put it into the models folders, or switch the reference off."),
            known_image_encoder(self._known, wants.seen, is_whole=wants.form == "plain"),
        )

    def _encoders(self, wants: Referring) -> list[ModelInfo]:
        """Those that say what an adapter wants, files of their own first."""
        found = [each for each in self.models if each.sight is not None and each.problem is None]
        fitting = [each for each in found if each.sight is not None and wants.looks_by(each.sight)]
        return sorted(fitting, key=lambda each: each.format == "folder")

    def _check_bare(self, guide: str, mode: ReferenceMode) -> None:
        if mode != "whole":
            raise SettingError(
                "{guide} cannot be used with {model}, which looks at all of a picture.",
                "Choose Reference in its place, and say in the prompt what is to be taken from the picture.",
                guide=guide,
                model=self.model.name,
            )

    def _no_family(self, guide: str) -> SettingError:
        return SettingError(
            "The reference {guide} cannot be used with {model}: its family takes none here.",
            "Choose a model of Stable Diffusion 1, 2 or XL or of Flux.2, or switch the reference off.",
            guide=guide,
            model=self.model.name,
        )

    def _missing(self, what: Message, advice: Message, known: KnownModel | None) -> MissingNetworkError:
        if known is None or not self._is_usual:
            return MissingNetworkError(what, advice)
        get = Message(
            "Get {file} of {repository} in the Models window, or switch the reference off.",
            file=", ".join(known.files),
            repository=known.repository,
        )
        return MissingNetworkError(what, get, known=known.name)

    @cached_property
    def _known(self) -> tuple[KnownModel, ...]:
        folder = self.configs.parent
        return known_models(folder) if (folder / LIST_NAME).is_file() else ()

    @cached_property
    def _is_usual(self) -> bool:
        """Whether the model is built as its family usually is, so that what can be got fits it."""
        family = self.model.family
        return self._attentions == cross_attentions(part_config(self.configs, family, FAMILIES[family].denoiser.name))
