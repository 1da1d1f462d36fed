"""Which files the LoRAs of a job are, and whether they suit its model. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from studio.api import DenoiseJob
from studio.engine.models.identity.families import family_name
from studio.engine.models.model_info import ModelInfo
from studio.errors import ModelError, SettingError
from studio.generation.loras import MOST_LORA_WEIGHT, LoraUse
from studio.generation.prompting import parse
from studio.message import Message


@dataclass(frozen=True)
class WantedLora:
    """A file with its weight in the network that draws and the one in the text encoders."""

    info: ModelInfo
    weight: float
    text_weight: float


def wanted_loras(
    listed: Iterable[LoraUse], models: Sequence[ModelInfo], model: ModelInfo, *, named: Iterable[LoraUse] = ()
) -> tuple[tuple[WantedLora, ...], tuple[str, ...]]:
    """The files of some LoRAs for a model, each once, in order, without those of no weight; and notes.

    Weights of one that is there more than once add up. Those that a prompt has ``named`` may be missing, which makes a
    note: prompts come from elsewhere. Raises `SettingError` where one of the ``listed`` is missing and for LoRAs of
    another family, `ModelError` for those that cannot be used.
    """
    found: dict[ModelInfo, WantedLora] = {}
    notes: list[str] = []
    in_prompt, missing = _files(named, models, model.family)
    notes.extend(
        Message("The LoRA {name} is not in the models folders, so it was left out.", name=name) for name in missing
    )
    for use, info in (*_listed(listed, models, model.family), *in_prompt):
        _check(info, model)
        before = found.get(info, WantedLora(info, 0.0, 0.0))
        found[info] = WantedLora(info, before.weight + use.weight, before.text_weight + use.for_text)
    bounded = tuple(_bounded(wanted, notes) for wanted in found.values())
    return tuple(each for each in bounded if each.weight or each.text_weight), tuple(notes)


def lora_named(name: str, models: Sequence[ModelInfo], family: str) -> ModelInfo | None:
    """The LoRA that a name stands for: an id, or the name of a file without its ending, in capitals or not.

    Where there are several, one that can be used with a model of this family.
    """
    asked = name.strip().replace("\\", "/")
    loras = [model for model in models if model.kind == "lora"]
    for form in (str, str.casefold):
        named = [lora for lora in loras if form(asked) in map(form, (lora.id, lora.path.name, lora.path.stem))]
        if named:
            return min(named, key=lambda lora: (not is_for(lora, family), lora.problem is not None))
    return None


def is_for(lora: ModelInfo, family: str) -> bool:
    """Whether a LoRA or an embedding may be used with models of a family; also where nothing tells its own."""
    return lora.family in ("", family, *_WORN.get(family, ()))


_WORN: Final[Mapping[str, tuple[str, ...]]] = {"chroma": ("flux1",)}
"""Families whose adapters another can wear: their layers are named alike, and what does not fit is left out."""


_Pairs: TypeAlias = tuple[tuple[LoraUse, ModelInfo], ...]


def _listed(uses: Iterable[LoraUse], models: Sequence[ModelInfo], family: str) -> _Pairs:
    found, missing = _files(uses, models, family)
    if missing:
        raise SettingError(
            "These LoRAs are not in the models folders: {names}."
            if len(missing) > 1
            else "This LoRA is not in the models folders: {names}.",
            "Put the files there, or take them out of the list.",
            names=", ".join(missing),
        )
    return found


def _files(uses: Iterable[LoraUse], models: Sequence[ModelInfo], family: str) -> tuple[_Pairs, tuple[str, ...]]:
    """The files, and the names of those that are not there."""
    pairs = [(use, lora_named(use.name, models, family)) for use in uses]
    missing = dict.fromkeys(use.name for use, info in pairs if info is None)
    return tuple((use, info) for use, info in pairs if info is not None), tuple(missing)


def _check(info: ModelInfo, model: ModelInfo) -> None:
    if info.problem is not None:
        raise ModelError(info.problem)
    if not is_for(info, model.family):
        raise SettingError(
            "The LoRA {lora} is for {made_for}, but {model} is {family}.",
            "Take it out of the prompt or the list, or choose a model of its family.",
            lora=info.name,
            made_for=family_name(info.family),
            model=model.name,
            family=family_name(model.family),
        )


def _bounded(wanted: WantedLora, notes: list[str]) -> WantedLora:
    weight, text = (min(max(each, -MOST_LORA_WEIGHT), MOST_LORA_WEIGHT) for each in (wanted.weight, wanted.text_weight))
    if (weight, text) != (wanted.weight, wanted.text_weight):
        notes.append(
            Message(
                "The weight of the LoRA {name} was taken for {weight:g}, the most there is.",
                name=wanted.info.name,
                weight=weight if weight != wanted.weight else text,
            )
        )
    return WantedLora(wanted.info, weight, text)


def loras_in_prompts(job: DenoiseJob) -> tuple[LoraUse, ...]:
    """The LoRAs that a job's prompts name; of two that are mixed, each by its share."""
    if job.prompt_blend is None:
        return parse(job.prompt).loras
    first, second, amount = job.prompt_blend.first, job.prompt_blend.second, job.prompt_blend.amount
    shares = ((first, 1.0 - amount), (second, amount))
    return tuple(use.times(share) for text, share in shares if share for use in parse(text).loras)
