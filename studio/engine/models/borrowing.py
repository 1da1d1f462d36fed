"""Models that lack networks: where they take those from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from studio.engine.models.identity.checkpoints import PLACES
from studio.engine.models.identity.identify import part_names
from studio.engine.models.judging import family_limits, lacking
from studio.engine.models.model_info import ModelInfo


def completed(models: Sequence[ModelInfo]) -> tuple[ModelInfo, ...]:
    """The same models; those that lack networks borrow them, and draw then, or say what they lack.

    Lent is by files with one network first, then by other models, in their order; within the family, or from another
    that has the same text encoder or VAE.
    """
    return tuple(_completed(model, models) for model in models)


def _completed(model: ModelInfo, models: Sequence[ModelInfo]) -> ModelInfo:
    if not model.missing or model.problem is not None or model.family not in PLACES:
        return model
    given = dict(model.borrowed)
    lent = {part: path for part in model.missing if part not in given and (path := _lender(part, model, models))}
    still = tuple(part for part in model.missing if part not in given and part not in lent)
    if still:
        return replace(model, problem=str(lacking(model.path, model.family, still)), limits=None)
    sources = ", ".join(dict.fromkeys(path.name for path in lent.values()))
    what = f"{model.what}; its {part_names(tuple(lent))} from {sources}" if lent else model.what
    limits = model.limits or family_limits(model.family, model.taught.side if model.taught else 512, 8)
    return replace(model, kind="model", what=what, borrowed=(*model.borrowed, *lent.items()), limits=limits)


def _lender(part: str, model: ModelInfo, models: Sequence[ModelInfo]) -> Path | None:
    fitting = [
        other
        for other in models
        if other.problem is None and part in other.parts and other.path != model.path
        and other.family in _families(part, model.family)
    ]  # fmt: skip
    fitting.sort(key=lambda other: (other.family != model.family, len(other.parts) > 1))
    return next((other.path for other in fitting), None)


def _families(part: str, family: str) -> Iterator[str]:
    """Whose networks fit: CLIP-L is the same in two families, and so is the VAE of the first two."""
    yield family
    if part == "text_encoder" and family in ("sd1", "sdxl"):
        yield from {"sd1", "sdxl"} - {family}
    if part == "vae" and family in ("sd1", "sd2"):
        yield from {"sd1", "sd2"} - {family}
