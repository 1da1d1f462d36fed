"""A LoRA as the Generate panel lists it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.ui.widgets.readable import message_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.engine.models.library import ModelInfo


@dataclass(frozen=True)
class LoraChoice:
    """``problem`` says why it cannot be used with the chosen model, or is empty; ``what`` is for reading."""

    id: str
    name: str
    path: Path
    what: str
    problem: str = ""


def lora_choices(models: Sequence[ModelInfo], model_id: str) -> tuple[LoraChoice, ...]:
    """The LoRAs of a library for a model: those that can be used first, then by name."""
    model = next((each for each in models if each.id == model_id), None)
    loras = (
        LoraChoice(each.id, each.name, each.path, message_text(each.what), _problem(each, model))
        for each in models
        if each.kind == "lora"
    )
    return tuple(sorted(loras, key=lambda lora: (bool(lora.problem), lora.name.casefold())))


def choice_named(name: str, models: Sequence[ModelInfo], model_id: str) -> LoraChoice | None:
    """The LoRA that a name stands for, see `studio.engine.models.loras.lora_named`."""
    from studio.engine.models.loras import lora_named

    family = next((each.family for each in models if each.id == model_id), "")
    found = lora_named(name, models, family)
    choices = lora_choices(models, model_id)
    return next((choice for choice in choices if found is not None and choice.path == found.path), None)


def _problem(lora: ModelInfo, model: ModelInfo | None) -> str:
    from studio.engine.models.identity.families import family_name
    from studio.engine.models.loras import is_for

    if lora.problem is not None:
        return message_text(lora.problem)
    if model is None or is_for(lora, model.family):
        return ""
    text = QCoreApplication.translate("LoraChoice", "It is for {family}, but the chosen model is {other}.")
    return text.format(family=family_name(lora.family), other=family_name(model.family))
