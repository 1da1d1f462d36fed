"""The model library: which models are there, of which kind, and what is wrong with them. Needs no torch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from studio.api import ModelLimits
from studio.engine.models.borrowing import completed
from studio.engine.models.candidates import candidates
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.folder_models import is_folder
from studio.engine.models.found_folders import searched_folders
from studio.engine.models.identity.families import is_named_here
from studio.engine.models.judging import few_steps_of, folder_limits, inspect_model, judged
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.overrides import override_file
from studio.engine.models.verdicts import VerdictFile, Verdicts
from studio.errors import ModelError
from studio.message import Message
from studio.paths import default_paths

__all__ = ["ModelInfo", "ModelLibrary", "inspect_model", "kept_verdicts", "limits_of"]


@dataclass(frozen=True)
class ModelLibrary:
    """Models under some folders; a path may also be a model folder itself, or the folder of another program, in which
    only its folders for models are searched. Reads headers, JSON and a few numbers only.

    A model is read once, and again when one of its files changed. May be asked from any thread. ``configs`` are the
    bundled configs of the families, a folder each.
    """

    paths: tuple[Path, ...]
    verdicts: Verdicts[tuple[ModelInfo, ...]] = field(compare=False, repr=False)
    configs: Path

    def __init__(
        self,
        paths: Iterable[Path],
        verdicts: Verdicts[tuple[ModelInfo, ...]] | None = None,
        configs: Path | None = None,
    ) -> None:
        object.__setattr__(self, "paths", tuple(paths))
        object.__setattr__(self, "verdicts", verdicts or Verdicts())
        object.__setattr__(self, "configs", configs or default_paths().resources / "models" / "configs")

    def scan(self) -> tuple[ModelInfo, ...]:
        """Everything that is there, sound or not, in the order of the paths and then by name.

        The id is the path below the library folder without the suffix; a second model of the same id
        gets ``~2`` and so on. A model that brings few-step weights is listed a second time, with them. What lacks
        networks takes those of others in the list.
        """
        found: list[ModelInfo] = []
        counts: dict[str, int] = {}
        judge = partial(judged, configs=self.configs)
        roots = dict.fromkeys(root for path in self.paths for root in searched_folders(path))
        for root in roots:
            for path in candidates(root):
                base = path.name if path == root else path.relative_to(root).as_posix()
                base = base.removesuffix(path.suffix) if path.suffix and not is_folder(path) else base
                counts[base] = counts.get(base, 0) + 1
                model_id = base if counts[base] == 1 else f"{base}~{counts[base]}"
                models = self.verdicts.of(
                    path,
                    judge,
                    _may_be_kept,
                    beside=override_file(path),
                    knowing=FAMILIES.mark,
                    is_sure=_is_known_here,
                )
                found.extend(replace(model, id=model_id + model.id) for model in models)
        self.verdicts.keep()
        return completed(found)

    def get(self, model_id: str, among: Sequence[ModelInfo] | None = None) -> ModelInfo:
        """The model of this id, sound or not. Raises `ModelError` listing the known ids when it is not there.

        ``among`` is what `scan` has found, for those who have looked already.
        """
        models = self.scan() if among is None else among
        for model in models:
            if model.id == model_id:
                return model
        known = ", ".join(model.id for model in models if model.kind == "model") or "none"
        raise ModelError("There is no model {model_id!r}.", "Known are: {known}.", model_id=model_id, known=known)

    def checked(self, model_id: str, among: Sequence[ModelInfo] | None = None) -> ModelInfo:
        """Like `get`, but raises the typed error (`ModelError`, `UnsafeModelError`) of a model that cannot be used."""
        model = self.get(model_id, among)
        if model.problem is not None:
            if model.missing:
                raise ModelError(model.problem)
            family = inspect_model(model.path, self.configs)
            if is_folder(model.path) and model.kind == "model":
                folder_limits(model.path, family)
                few_steps_of(model.path)
            raise ModelError(model.problem)
        if model.kind != "model":
            raise ModelError(
                "{model} is no model but {kind}, which draws nothing alone.",
                "Choose a model, and the mode AnimateDiff for the animation."
                if model.kind == "motion adapter"
                else "Choose a model.",
                model=model.name,
                kind=_ARTICLES.get(model.kind, Message("another file")),
            )
        return model

    def limits(self, model_id: str) -> ModelLimits:
        """Sizes the model works at. Raises `ModelError` when it is missing or damaged."""
        return limits_of(self.checked(model_id))

    def motion_adapters(self) -> tuple[ModelInfo, ...]:
        """All motion adapters, sound or not."""
        return tuple(model for model in self.scan() if model.kind == "motion adapter")


def kept_verdicts(cache: Path) -> Verdicts[tuple[ModelInfo, ...]]:
    """Verdicts that are kept in the folder ``cache`` beyond the end of the program."""
    return Verdicts(VerdictFile(cache / "models.json", tuple[ModelInfo, ...]))


def limits_of(model: ModelInfo) -> ModelLimits:
    """The sizes that a model works at. Raises `ModelError` for one that cannot be used."""
    if model.limits is None:
        raise ModelError(
            "{model} cannot be used: {problem}",
            "Choose another.",
            model=model.name,
            problem=model.problem or Message("it draws nothing alone"),
        )
    return model.limits


_ARTICLES: Final = {
    "lora": Message("a LoRA"),
    "embedding": Message("an embedding"),
    "control": Message("a ControlNet"),
    "reference": Message("an IP-Adapter"),
    "vae": Message("a VAE"),
    "upscaler": Message("an upscaler"),
    "motion adapter": Message("a motion adapter"),
    "part": Message("a part of one"),
}


def _is_known_here(models: tuple[ModelInfo, ...]) -> bool:
    """Whether no plugin that comes or goes could make another verdict of it."""
    return all(model.problem is None and is_named_here(model.family) for model in models)


def _may_be_kept(models: tuple[ModelInfo, ...]) -> bool:
    return not any(model.is_passing for model in models)
