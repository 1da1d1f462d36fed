"""The model library: which models are there, of which kind, and what is wrong with them. Needs no torch."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from studio.api import ModelLimits
from studio.engine.models.few_steps import FOLDER, FewSteps, has_few_steps, read_few_steps, sampling_file
from studio.engine.models.habits import read_habits
from studio.engine.models.headers import PICKLE_SUFFIXES, read_header, refuse_pickle, single_file_family
from studio.engine.models.settings_files import read_json, unusable_value
from studio.engine.models.verdicts import Verdicts
from studio.engine.models.vocabulary import read_vocabulary
from studio.errors import ModelError

NO_MODELS_MARK: Final = ".nomodels"
"""A folder that holds a file of this name is not searched."""
_MAX_DEPTH: Final = 3
_MAX_BLOCKS: Final = 8
_MAX_SIDE: Final = 8192

_PIPELINES: Final = {
    "StableDiffusionPipeline": "sd1",
    "StableDiffusionImg2ImgPipeline": "sd1",
    "StableDiffusionInpaintPipeline": "sd1",
    "LatentConsistencyModelPipeline": "sd1",
    "StableDiffusionXLPipeline": "sdxl",
    "StableDiffusionXLImg2ImgPipeline": "sdxl",
    "StableDiffusionXLInpaintPipeline": "sdxl",
}
_COMPONENTS: Final = {
    "sd1": ("tokenizer", "text_encoder", "unet", "vae", "scheduler"),
    "sdxl": ("tokenizer_2", "text_encoder_2", "unet", "vae", "scheduler"),
}
_OPTIONAL: Final = {"sd1": (), "sdxl": ("tokenizer", "text_encoder")}
_MOTION_ADAPTER: Final = "MotionAdapter"
_SINGLE_FILE_SIDES: Final = {"sd1": 512, "sd2": 768, "sdxl": 1024}


@dataclass(frozen=True, kw_only=True)
class ModelInfo:
    """One model on disk, or a motion adapter, which makes a model draw frames that belong together.

    ``family`` is "sd1", "sd2", "sdxl" or "" when unknown; ``format`` is "folder" (diffusers layout) or
    "single_file"; ``size`` is in bytes; ``problem`` says why the model cannot be used, or is ``None``.
    ``few_steps`` are the weights that are merged in, and how to draw with them, or ``None`` for the plain model.
    ``limits`` are the sizes it works at, where it can be used.
    """

    id: str
    name: str
    path: Path
    family: str
    format: str
    size: int
    problem: str | None = None
    few_steps: FewSteps | None = None
    kind: Literal["model", "motion adapter"] = "model"
    limits: ModelLimits | None = None


@dataclass(frozen=True)
class ModelLibrary:
    """Models under some folders; a path may also be a model folder itself. Reads headers and JSON only.

    A model is read once, and again when one of its files changed. May be asked from any thread.
    """

    paths: tuple[Path, ...]
    verdicts: Verdicts[tuple[ModelInfo, ...]] = field(compare=False, repr=False)

    def __init__(self, paths: Iterable[Path], verdicts: Verdicts[tuple[ModelInfo, ...]] | None = None) -> None:
        object.__setattr__(self, "paths", tuple(paths))
        object.__setattr__(self, "verdicts", verdicts or Verdicts())

    def scan(self) -> tuple[ModelInfo, ...]:
        """Everything that is there, sound or not, in the order of the paths and then by name.

        The id is the path below the library folder without the suffix; a second model of the same id
        gets ``~2`` and so on. A model that brings few-step weights is listed a second time, with them.
        """
        found: list[ModelInfo] = []
        counts: dict[str, int] = {}
        for root in self.paths:
            for path in _candidates(root):
                base = path.name if path == root else path.relative_to(root).as_posix()
                base = base.removesuffix(path.suffix) if path.is_file() else base
                counts[base] = counts.get(base, 0) + 1
                model_id = base if counts[base] == 1 else f"{base}~{counts[base]}"
                judged = self.verdicts.of(path, _judged, _are_sound)
                found.extend(replace(model, id=model_id + model.id) for model in judged)
        return tuple(found)

    def get(self, model_id: str) -> ModelInfo:
        """The model of this id, sound or not. Raises `ModelError` listing the known ids when it is not there."""
        models = self.scan()
        for model in models:
            if model.id == model_id:
                return model
        known = ", ".join(model.id for model in models) or "none"
        raise ModelError(f"There is no model {model_id!r}.", f"Known are: {known}.")

    def checked(self, model_id: str) -> ModelInfo:
        """Like `get`, but raises the typed error (`ModelError`, `UnsafeModelError`) of a model that cannot be used."""
        model = self.get(model_id)
        if model.kind != "model":
            raise ModelError(
                f"{model.name} is a motion adapter, which draws nothing alone.",
                "Choose a model, and the mode AnimateDiff for the animation.",
            )
        if model.problem is not None:
            model_limits(model.path, inspect_model(model.path))
            _few_steps_of(model.path)
        return model

    def limits(self, model_id: str) -> ModelLimits:
        """Sizes the model works at. Raises `ModelError` when it is missing or damaged."""
        return limits_of(self.checked(model_id))

    def motion_adapters(self) -> tuple[ModelInfo, ...]:
        """All motion adapters, sound or not."""
        return tuple(model for model in self.scan() if model.kind == "motion adapter")


def inspect_model(path: Path) -> str:
    """The family of a sound model. Raises `ModelError` or `UnsafeModelError` saying what is wrong."""
    try:
        if path.is_dir():
            return _inspect_folder(path)
        refuse_pickle(path)
        if not path.is_file():
            raise ModelError(f"There is no model at {path}.", "Choose another model, or put it back.")
        return single_file_family(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(f"{path} cannot be read: {reason}.", "Check that you may open it.") from error


def limits_of(model: ModelInfo) -> ModelLimits:
    """The sizes that a model works at. Raises `ModelError` for one that cannot be used."""
    if model.limits is None:
        raise ModelError(f"{model.name} cannot be used: {model.problem or 'it draws nothing alone'}", "Choose another.")
    return model.limits


def model_limits(path: Path, family: str) -> ModelLimits:
    """Sizes from the model's own UNet and VAE configs and habits; of the family for one-file checkpoints."""
    if not path.is_dir():
        return _family_limits(family, _SINGLE_FILE_SIDES[family], 8)
    vae = read_json(path / "vae" / "config.json")
    blocks = vae.get("block_out_channels", (0,) * 4)
    sample = read_json(path / "unet" / "config.json").get("sample_size", 64)
    side = max(sample, default=None) if isinstance(sample, list) else sample
    if not isinstance(blocks, Sequence) or not 1 <= len(blocks) <= _MAX_BLOCKS:
        raise unusable_value(path / "vae" / "config.json", "block_out_channels")
    factor = 2 ** (len(blocks) - 1)
    if not isinstance(side, int) or not 1 <= side * factor <= _MAX_SIDE:
        raise unusable_value(path / "unet" / "config.json", "sample_size")
    sees_kept = read_habits(path).sees_known_cells
    return replace(_family_limits(family, side * factor, factor), sees_kept=sees_kept)


def component_weights(folder: Path) -> tuple[Path, ...]:
    """The safetensors files of one component folder.

    Raises `UnsafeModelError` when there are only pickles, `ModelError` when there is nothing.
    """
    weights = tuple(sorted(folder.glob("*.safetensors")))
    if weights:
        return weights
    for path in sorted(folder.glob("*")):
        refuse_pickle(path)
    raise ModelError(f"{folder} holds no weights.", "Download the model again; .safetensors files are needed.")


def _inspect_folder(folder: Path) -> str:
    if is_motion_adapter(folder):
        for weights in component_weights(folder):
            read_header(weights)
        return ""
    if not any(folder.iterdir()):
        raise ModelError(f"The folder {folder} is empty.", "Put a model into it, or remove it.")
    if not (folder / "model_index.json").is_file():
        raise ModelError(
            f"{folder} is not a model folder: model_index.json is missing.",
            "Put a diffusers model folder or a .safetensors checkpoint here.",
        )
    index = read_json(folder / "model_index.json")
    family = family_of_index(index, folder.name)
    _inspect_components(folder, index, family)
    width = read_json(folder / "unet" / "config.json").get("cross_attention_dim")
    return "sd2" if family == "sd1" and width == 1024 else family


def family_of_index(index: Mapping[str, Any], name: str) -> str:
    """ "sd1" (also for 2) or "sdxl" of what a ``model_index.json`` says. Raises `ModelError` for other models."""
    family = _PIPELINES.get(str(index.get("_class_name")))
    if family is None:
        raise ModelError(
            f"{name} is a {str(index.get('_class_name'))[:80]} model, which is not supported.",
            "Supported are Stable Diffusion 1, 2 and XL.",
        )
    return family


def wanted_components(index: Mapping[str, Any], family: str) -> tuple[str, ...]:
    """The folders that a model of this family needs, by its ``model_index.json``."""
    optional = (name for name in _OPTIONAL[family] if _is_named(index.get(name)))
    return (*_COMPONENTS[family], *optional)


def _is_named(component: object) -> bool:
    return isinstance(component, list) and any(component)


def _inspect_components(folder: Path, index: Mapping[str, Any], family: str) -> None:
    for name in wanted_components(index, family):
        part = folder / name
        if not part.is_dir():
            raise ModelError(f"{folder} is incomplete: the folder {name!r} is missing.", "Download the model again.")
        if name in ("unet", "vae") or name.startswith("text_encoder"):
            read_json(part / "config.json")
            for weights in component_weights(part):
                read_header(weights)
    read_json(folder / "scheduler" / "scheduler_config.json")
    read_habits(folder)
    read_vocabulary(folder)


def is_motion_adapter(folder: Path) -> bool:
    """Whether a folder is one of diffusers' motion adapters (AnimateDiff), by its ``config.json``."""
    if not _holds(folder, "config.json"):
        return False
    try:
        return read_json(folder / "config.json").get("_class_name") == _MOTION_ADAPTER
    except ModelError:
        return False


def _family_limits(family: str, native: int, factor: int) -> ModelLimits:
    if family == "sdxl":
        smallest, largest = native * 5 // 8, native * 5 // 4
    else:
        smallest, largest = native, native * 3 // 2
    return ModelLimits(
        native_side=native,
        minimum_side=smallest // factor * factor,
        maximum_side=largest // factor * factor,
        multiple=factor,
    )


def _candidates(root: Path, depth: int = 0, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Model folders, checkpoints and refused pickles below ``root``; a top-level folder without any is listed too.

    ``above`` are the folders on the way here, so that a link back to one of them ends.
    """
    if _holds(root, "model_index.json") or is_motion_adapter(root):
        yield root
        return
    above |= {root.resolve()}
    for path in _listed(root):
        if path.name.startswith(".") or _holds(path, NO_MODELS_MARK):
            continue
        if path.is_dir() and depth < _MAX_DEPTH:
            if path.resolve() not in above:
                inside = list(_candidates(path, depth + 1, above))
                yield from inside or ([path] if depth == 0 else [])
        elif path.suffix.lower() == ".safetensors" or path.suffix.lower() in PICKLE_SUFFIXES:
            yield path


def _listed(folder: Path) -> list[Path]:
    """What is in a folder, by name; nothing where there is none or it may not be looked into."""
    try:
        return sorted(folder.iterdir(), key=lambda item: item.name.lower())
    except OSError:
        return []


def _holds(folder: Path, name: str) -> bool:
    try:
        return (folder / name).is_file()
    except OSError:
        return False


def _judged(path: Path) -> tuple[ModelInfo, ...]:
    """What lies at a path, with ids that begin behind that of the path: the model, and the one with few-step weights
    merged in."""
    plain = _described(path)
    return (plain, _with_few_steps(plain)) if plain.problem is None and has_few_steps(path) else (plain,)


def _are_sound(models: tuple[ModelInfo, ...]) -> bool:
    return all(model.problem is None for model in models)


def _described(path: Path) -> ModelInfo:
    family, problem, limits = "", None, None
    is_adapter = is_motion_adapter(path)
    try:
        family = inspect_model(path)
        limits = None if is_adapter else model_limits(path, family)
    except ModelError as error:
        problem = str(error)
    return ModelInfo(
        id="",
        name=_display_name(path),
        path=path,
        family=family,
        format="folder" if path.is_dir() else "single_file",
        size=_size(path),
        problem=problem,
        kind="motion adapter" if is_adapter else "model",
        limits=limits,
    )


def _with_few_steps(plain: ModelInfo) -> ModelInfo:
    """The same model with its few-step weights merged in."""
    entry = replace(plain, id=f"/{FOLDER}", size=_size(plain.path / FOLDER))
    try:
        few_steps = _few_steps_of(plain.path)
    except ModelError as error:
        return replace(entry, problem=str(error))
    return replace(entry, name=f"{plain.name}, {few_steps.steps} steps", few_steps=few_steps)


def _few_steps_of(model: Path) -> FewSteps:
    return read_few_steps(model, read_json(sampling_file(model)))


def _display_name(path: Path) -> str:
    words = (path.name if path.is_dir() else path.stem).replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else iter((path,))
    return sum(_bytes_of(file) for file in files)


def _bytes_of(path: Path) -> int:
    """The length of a file; 0 for what is none, or may not be looked at, or is gone by now."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
