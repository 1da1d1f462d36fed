"""Models that lack networks: where they take those from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from studio.engine.models.families.table import FAMILIES, parts_of_make
from studio.engine.models.judging import family_limits, lacking
from studio.engine.models.model_info import ModelInfo
from studio.message import Message


def completed(models: Sequence[ModelInfo]) -> tuple[ModelInfo, ...]:
    """The same models; those that lack networks borrow them, and draw then, or say what they lack.

    Lent is by files with one network first, then by other models, in their order; within the family, or from another
    that has the same text encoder or VAE.
    """
    return tuple(_completed(model, models) for model in models)


def _completed(model: ModelInfo, models: Sequence[ModelInfo]) -> ModelInfo:
    if not model.missing or model.problem is not None or model.family not in FAMILIES:
        return model
    given = dict(model.borrowed)
    lent = {part: path for part in model.missing if part not in given and (path := _lender(part, model, models))}
    still = tuple(part for part in model.missing if part not in given and part not in lent)
    if still:
        return replace(model, problem=lacking(model.path, model.family, still).whole, limits=None)
    sources = ", ".join(dict.fromkeys(path.name for path in lent.values()))
    what = model.what
    if lent:
        parts = FAMILIES[model.family].called(tuple(lent))
        what = Message("{what}; its {parts} from {sources}", what=what, parts=parts, sources=sources)
    limits = model.limits or family_limits(model.family, model.taught.side if model.taught else 512, 8)
    return replace(model, kind="model", what=what, borrowed=(*model.borrowed, *lent.items()), limits=limits)


def _lender(part: str, model: ModelInfo, models: Sequence[ModelInfo]) -> Path | None:
    """Who has a network that is built alike: the same CLIP reads for three families, the same VAE draws for two."""
    make = FAMILIES[model.family].part(part).make
    lent = {(family.id, each.name) for family, each in parts_of_make(make, model.family)}
    fitting = [
        other
        for other in models
        if other.problem is None and other.path != model.path
        and any((other.family, each) in lent for each in other.parts)
    ]  # fmt: skip
    fitting.sort(key=lambda other: (len(other.parts) > 1, other.family != model.family))
    return next((other.path for other in fitting), None)
