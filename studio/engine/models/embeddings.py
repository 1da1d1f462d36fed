"""Which embeddings (textual inversion) a model can be told by name. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from studio.engine.models.identity.families import family_name
from studio.engine.models.loras import is_for
from studio.engine.models.model_info import ModelInfo
from studio.generation.prompting import parse
from studio.message import Message


def embeddings_for(models: Sequence[ModelInfo], family: str) -> Mapping[str, ModelInfo]:
    """The sound embeddings for models of a family by the names of their files, in small letters, without endings."""
    fitting = (model for model in models if _is_sound(model) and is_for(model, family))
    return {model.path.stem.casefold(): model for model in reversed(tuple(fitting))}


def doubts_about_embeddings(texts: Iterable[str], models: Sequence[ModelInfo], model: ModelInfo) -> tuple[str, ...]:
    """A note for each embedding that prompts name as ``embedding:name`` and that cannot be used."""
    named = dict.fromkeys(name for text in texts for name in parse(text).embeddings)
    known = embeddings_for(models, model.family)
    return tuple(_doubt(name, models, model) for name in named if found_name(name, known) is None)


def found_name(name: str, known: Mapping[str, ModelInfo]) -> str | None:
    """What an embedding is known by that a prompt names; a full stop behind it belongs to the sentence."""
    folded = name.casefold()
    return next((each for each in (folded, folded.rstrip(".")) if each in known), None)


def _doubt(name: str, models: Sequence[ModelInfo], model: ModelInfo) -> str:
    others = (each for each in models if each.kind == "embedding" and each.path.stem.casefold() == name.casefold())
    other = next(others, None)
    if other is None:
        return Message("The embedding {name} is not in the models folders and was left out.", name=name)
    if other.problem is not None:
        return Message("The embedding {name} was left out: {reason}", name=name, reason=other.problem)
    return Message(
        "The embedding {name} is for {made_for}, but {model} is {family}; it was left out.",
        name=name,
        made_for=family_name(other.family),
        model=model.name,
        family=family_name(model.family),
    )


def _is_sound(model: ModelInfo) -> bool:
    return model.kind == "embedding" and model.problem is None
