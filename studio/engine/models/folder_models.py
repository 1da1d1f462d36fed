"""Models in the layout of diffusers: which folders they need, and if those are whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from studio.engine.models.families.family import Family, Part
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.habits import read_habits
from studio.engine.models.headers import TensorEntry, damaged, read_header, refuse_pickle
from studio.engine.models.identity.checkpoints import has_config, part_config
from studio.engine.models.identity.families import family_name
from studio.engine.models.identity.samples import broken_tensor, no_numbers
from studio.engine.models.layouts.slots import Slot, misfits, with_others
from studio.engine.models.settings_files import read_json, unusable_value
from studio.engine.models.tokenizer_files import has_tokenizer, inspect_tokenizer
from studio.engine.models.vocabulary import read_vocabulary
from studio.errors import ModelError

_MOTION_ADAPTER: Final = "MotionAdapter"
_OTHER_NOISE: Final = "EDM"
_FLOW: Final = "FlowMatch"
CLIP_WORDS: Final = 49408
"""The words of CLIP's text encoders."""
_WEIGHTS: Final = re.compile(
    r"(?P<stem>.+?)(?P<shard>-\d{5}-of-(?P<count>\d{5}))?(\.(?P<variant>[a-z0-9_]+))?"
    r"(?P<shard2>-\d{5}-of-(?P<count2>\d{5}))?\.safetensors"
)
_USUAL_STEMS: Final = ("diffusion_pytorch_model", "model")
_USUAL_VARIANTS: Final = ("", "fp16", "bf16")


def family_of_index(index: Mapping[str, Any], name: str) -> Family:
    """The first family whose folders a ``model_index.json`` describes. Raises `ModelError` for other models."""
    named = index.get("_class_name")
    if not isinstance(named, str):
        raise ModelError("model_index.json of {name} does not say what it is.", "Download the model again.", name=name)
    family = next((family for family in FAMILIES.values() if named in family.pipelines), None)
    if family is None:
        names = ", ".join(family_name(family) for family in FAMILIES)
        raise ModelError(
            "{name} is a {named} model, which is not supported.",
            "Supported are {names}.",
            name=name,
            named=named[:80],
            names=names,
        )
    return family


def wanted_components(index: Mapping[str, Any], family: Family) -> tuple[str, ...]:
    """The folders that a model of this family needs, by its ``model_index.json``."""
    needed = [part for part in family.parts if part.name not in family.optional or _is_named(index.get(part.name))]
    tokenizers = (part.tokenizer_folder for part in needed if part.is_encoder)
    return (*tokenizers, *(part.name for part in needed), "scheduler")


def _is_named(component: object) -> bool:
    return isinstance(component, list) and any(component)


def inspect_folder(folder: Path) -> str:
    """The family of a sound model folder; "" for a motion adapter. Raises `ModelError` saying what is wrong."""
    if is_motion_adapter(folder):
        for weights in component_weights(folder):
            read_header(weights)
        return ""
    if not any(folder.iterdir()):
        raise ModelError("The folder {folder} is empty.", "Put a model into it, or remove it.", folder=folder)
    if not (folder / "model_index.json").is_file():
        raise ModelError(
            "{folder} is not a model folder: model_index.json is missing.",
            "Put a diffusers model folder or a .safetensors checkpoint here.",
            folder=folder,
        )
    index = read_json(folder / "model_index.json")
    family = family_of_index(index, folder.name)
    _inspect_components(folder, index, family)
    return family_of_folder(folder).id


def family_of_folder(folder: Path) -> Family:
    """The family of a model folder, also told by the config of the network that draws. Raises `ModelError`."""
    family = family_of_index(read_json(folder / "model_index.json"), folder.name)
    config = read_json(folder / family.denoiser.name / "config.json")
    alike = (each for each in FAMILIES.values() if each.pipelines == family.pipelines)
    return next((each for each in alike if each.holds(config)), family)


def is_folder(path: Path) -> bool:
    """Whether there is a folder, as far as one may look: unlike `Path.is_dir` this never raises."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_motion_adapter(folder: Path) -> bool:
    """Whether a folder is one of diffusers' motion adapters (AnimateDiff), by its ``config.json``."""
    try:
        config = folder / "config.json"
        return config.is_file() and read_json(config).get("_class_name") == _MOTION_ADAPTER
    except (ModelError, OSError):
        return False


def lendable_parts(folder: Path, family: str, configs: Path) -> tuple[str, ...]:
    """The networks of a sound model folder that are built like those of its family, so that others can borrow them."""
    parts = (part for part in FAMILIES[family].parts if part.alike and (folder / part.name).is_dir())
    return tuple(part.name for part in parts if _is_alike(folder, family, part, configs))


def _is_alike(folder: Path, family: str, part: Part, configs: Path) -> bool:
    if not has_config(configs, family, part.name):
        return False
    own, usual = read_json(folder / part.name / "config.json"), part_config(configs, family, part.name)
    return all(own.get(name, usual.get(name)) == usual.get(name) for name in part.alike)


def component_weights(folder: Path) -> tuple[Path, ...]:
    """The safetensors files of one component folder: one, or all shards of one; plain rather than in half precision.

    Raises `UnsafeModelError` when there are only pickles, `ModelError` when there is nothing or shards are missing.
    """
    sets = _weight_sets(folder)
    whole = [found for found in sets if len(found.files) == found.count]
    if whole:
        return min(whole, key=_WeightSet.rank).files
    if sets:
        best = min(sets, key=_WeightSet.rank)
        raise ModelError(
            "{folder} is incomplete: of the {count} pieces of its weights {missing} are missing.",
            "Download the model again.",
            folder=folder,
            count=best.count,
            missing=best.count - len(best.files),
        )
    for path in sorted(folder.glob("*")):
        refuse_pickle(path)
    raise ModelError(
        "{folder} holds no weights.", "Download the model again; .safetensors files are needed.", folder=folder
    )


@dataclass(frozen=True)
class _WeightSet:
    """Files of the same weights; whole if there are ``count`` of them."""

    stem: str
    variant: str
    count: int
    files: tuple[Path, ...]

    def rank(self) -> tuple[int, int, str, str]:
        """Lower for what is rather taken."""
        stem = _USUAL_STEMS.index(self.stem) if self.stem in _USUAL_STEMS else len(_USUAL_STEMS)
        variant = _USUAL_VARIANTS.index(self.variant) if self.variant in _USUAL_VARIANTS else len(_USUAL_VARIANTS)
        return stem, variant, self.stem, self.variant


def _weight_sets(folder: Path) -> list[_WeightSet]:
    sets: defaultdict[tuple[str, str, int], list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.safetensors")):
        found = _WEIGHTS.fullmatch(path.name)
        if found is not None:
            count = int(found["count"] or found["count2"] or 1)
            sets[found["stem"], found["variant"] or "", count].append(path)
    return [_WeightSet(*key, tuple(files)) for key, files in sets.items()]


def _inspect_components(folder: Path, index: Mapping[str, Any], family: Family) -> None:
    for name in wanted_components(index, family):
        path = folder / name
        if not path.is_dir():
            raise ModelError(
                "{folder} is incomplete: the folder {name!r} is missing.",
                "Download the model again.",
                folder=folder,
                name=name,
            )
        if family.has(name):
            _inspect_weights(path, family.part(name))
        elif name.startswith("tokenizer"):
            _inspect_tokenizer(path, index, family)
    _inspect_scheduler(folder, family)
    read_habits(folder)
    read_vocabulary(folder)


def _inspect_scheduler(folder: Path, family: Family) -> None:
    file = folder / "scheduler" / "scheduler_config.json"
    config = read_json(file)
    for key, may_be in _SCHEDULES.items():
        if config.get(key) is not None and not may_be(config[key]):
            raise unusable_value(file, key)
    name = str(config.get("_class_name"))
    if name.startswith(_OTHER_NOISE) or (name.startswith(_FLOW) and not family.is_flow):
        raise ModelError(
            "{folder} was taught with another kind of noise ({name}), which is not supported.",
            "Choose another.",
            folder=folder,
            name=name[:80],
        )


def _is_within(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


_SCHEDULES: Final[Mapping[str, Callable[[object], bool]]] = {
    "num_train_timesteps": lambda value: isinstance(value, int) and _is_within(value, 1, 100_000),
    "beta_start": lambda value: _is_within(value, 0, 1),
    "beta_end": lambda value: _is_within(value, 0, 1),
    "prediction_type": lambda value: value in ("epsilon", "v_prediction", "sample", "flow_prediction"),
    "shift": lambda value: _is_within(value, 0, 1000),
}
"""What schedules of noise are computed from, and whether a value can be used."""


def _inspect_tokenizer(folder: Path, index: Mapping[str, Any], family: Family) -> None:
    """One that lacks is no loss beside a text encoder that reads the words of a tokenizer that ships with Shoreline."""
    part = next(part for part in family.encoders if part.tokenizer_folder == folder.name)
    words = read_json(folder.with_name(part.name) / "config.json").get("vocab_size", CLIP_WORDS)
    if has_tokenizer(folder):
        inspect_tokenizer(folder, index, words if isinstance(words, int) else CLIP_WORDS)
    elif part.tokenizer == "clip" and words != CLIP_WORDS:
        raise ModelError("{folder} holds no tokenizer.", "Download the model again.", folder=folder)


def _inspect_weights(folder: Path, part: Part) -> None:
    config = read_json(folder / "config.json")
    if (reason := part.refused(config)) is not None:
        raise ModelError("{parent} cannot be used: {reason}.", "Choose another.", parent=folder.parent, reason=reason)
    tensors: dict[str, TensorEntry] = {}
    for weights in component_weights(folder):
        header = read_header(weights)
        tensors |= header.tensors
        if (broken := broken_tensor(weights, header)) is not None:
            raise damaged(weights, no_numbers(broken))
    classes = {str(config.get("_class_name")), *map(str, config.get("architectures") or ())}
    slots = part.slots(config) if part.build is not None or classes & set(part.classes) else None
    wrong = _misfits(part, slots, tensors) if slots is not None else []
    if wrong:
        raise ModelError(
            "The weights in {folder} do not fit its config.json: {wrong}.",
            "Download it again.",
            folder=folder,
            wrong=with_others(wrong),
        )


def _misfits(part: Part, slots: Sequence[Slot], tensors: Mapping[str, TensorEntry]) -> list[str]:
    """What does not fit, under the naming that fits best."""
    return min((list(misfits(tuple(slots), place, tensors)) for place in part.folder_places), key=len)
