"""Which files of a repository a model needs: its components in safetensors, in half precision where possible."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

from studio.engine.models.families.family import Family
from studio.engine.models.fetching import RemoteFile
from studio.engine.models.few_steps import FOLDER
from studio.engine.models.folder_models import wanted_components
from studio.errors import ModelError

INDEX_NAME: Final = "model_index.json"
HALF: Final = "fp16"
"""The variant in half precision, as diffusers and transformers spell it in file names."""

_TEXTS: Final = (".json", ".txt", ".model")
_PLAIN_NAME: Final = re.compile(r"[\w.-]+(/[\w.-]+)*", re.ASCII)
_WEIGHTS: Final = re.compile(
    r"(?P<stem>model|diffusion_pytorch_model)(\.(?P<variant>\w+))?(-\d{5}-of-(?P<shards>\d{5}))?\.safetensors"
)
_SHARD_INDEX: Final = re.compile(r".*\.safetensors\.index(\.(?P<variant>\w+))?\.json")


def choose_files(
    files: Sequence[RemoteFile],
    index: Mapping[str, Any],
    family: Family,
    is_begun: Callable[[str], bool] = lambda _name: False,
) -> list[RemoteFile]:
    """What a model of ``family`` needs, by its ``model_index.json``.

    Weights in half precision are preferred to the same in full, unless ``is_begun(name)`` says that those are there
    already. Left out are pickles, other frameworks' weights, safety checkers and one-file checkpoints. Raises
    `ModelError` when a component has no weights that are safe to load.
    """
    by_folder: defaultdict[str, list[RemoteFile]] = defaultdict(list)
    for file in files:
        if _PLAIN_NAME.fullmatch(file.name):
            by_folder[str(PurePosixPath(file.name).parent)].append(file)
    chosen = [file for file in by_folder["."] if file.name.endswith(_TEXTS)]
    chosen += [file for file in by_folder[FOLDER] if file.name.endswith((*_TEXTS, ".safetensors"))]
    for component in wanted_components(index, family):
        has_weights = family.has(component)
        chosen += _component(component, by_folder[component], is_begun, has_weights=has_weights)
    return chosen


def weights_variant(names: Sequence[str]) -> str | None:
    """The variant to load from a folder that holds files of these names; ``None`` for the plain weights."""
    variants = {found["variant"] for name in names if (found := _WEIGHTS.fullmatch(name))}
    return HALF if HALF in variants and None not in variants else None


def _component(
    folder: str, files: list[RemoteFile], is_begun: Callable[[str], bool], *, has_weights: bool
) -> list[RemoteFile]:
    texts = [file for file in files if file.name.endswith(_TEXTS)]
    if not has_weights:
        return texts
    sets = {variant: found for variant in (HALF, None) if (found := _whole_set(files, variant))}
    if not sets:
        raise ModelError(
            "The repository holds no weights in safetensors in its folder {folder}.",
            "Choose one that has them: the other kinds can run code when they are opened.",
            folder=folder,
        )
    begun = [variant for variant, found in sets.items() if any(is_begun(file.name) for file in found)]
    variant = (begun or list(sets))[0]
    others = [file for file in texts if (shard := _SHARD_INDEX.fullmatch(file.name)) and shard["variant"] != variant]
    return [file for file in texts if file not in others] + sets[variant]


def _whole_set(files: list[RemoteFile], variant: str | None) -> list[RemoteFile]:
    """The weights of one variant: one file, or all of its shards; nothing where some are missing."""
    shards: defaultdict[str | None, list[RemoteFile]] = defaultdict(list)
    for file in files:
        found = _WEIGHTS.fullmatch(PurePosixPath(file.name).name)
        if found and found["variant"] == variant:
            shards[found["shards"]].append(file)
    if None in shards:
        return shards[None][:1]
    return next((found for count, found in shards.items() if len(found) == int(count or 0)), [])
