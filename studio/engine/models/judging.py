"""What one path in a models folder is: everything about it that its own files say."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from studio.api import ModelLimits
from studio.engine.models.families.family import VAE
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.few_steps import FOLDER, FewSteps, has_few_steps, read_few_steps, sampling_file
from studio.engine.models.folder_models import (
    component_weights,
    inspect_folder,
    is_folder,
    is_motion_adapter,
    lendable_parts,
)
from studio.engine.models.habits import read_habits
from studio.engine.models.headers import UnreadableError, read_header, refuse_pickle, unreadable
from studio.engine.models.identity.families import Kind, family_name
from studio.engine.models.identity.identify import Identity, identify
from studio.engine.models.identity.referring import IMAGE_ENCODER_FOLDER, config_in, sight_of_config
from studio.engine.models.identity.sampling import proposed_sampling
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.overrides import Override, override_file, read_override, vae_of
from studio.engine.models.picture_tasks import CALLED, picture_task
from studio.engine.models.settings_files import read_json, unusable_value
from studio.errors import ModelError
from studio.message import Message

_MAX_BLOCKS: Final = 8
_MAX_SIDE: Final = 8192
_PIXELS_A_CELL: Final = 8
_BLANK: Final = re.compile(r"[_\x00-\x1f\x7f\x80-\x9f\u2028\u2029]")
"""What is shown as a blank in the names of models: it would break their lines."""
_NAMELESS: Final = re.compile(r"(diffusion_pytorch_model|model|pytorch_lora_weights|adapter_model)(\..+)?")
_MODEL_SUFFIXES: Final = frozenset({".ckpt"})
"""Pickles that hold whole models, by their suffix; what others hold is not known."""


def judged(path: Path, configs: Path) -> tuple[ModelInfo, ...]:
    """What lies at a path, with ids that begin behind that of the path: the model, and the one with few-step weights
    merged in. Never raises: what is wrong is said in it. ``configs`` are the bundled configs."""
    plain = _described(path, configs)
    return (plain, _with_few_steps(plain)) if plain.problem is None and has_few_steps(path) else (plain,)


def inspect_model(path: Path, configs: Path) -> str:
    """The family of a sound model. Raises `ModelError` or `UnsafeModelError` saying what is wrong."""
    try:
        if is_folder(path):
            return inspect_folder(path)
        refuse_pickle(path)
        if not path.exists() and not path.is_symlink():
            raise ModelError("There is no model at {path}.", "Choose another model, or put it back.", path=path)
        found = identify(path, configs)
    except OSError as error:
        raise unreadable(path, error) from error
    if found.problem is not None:
        raise ModelError(found.problem)
    if found.kind != "model":
        raise ModelError(
            "{file} is no model: {what}.", "Put checkpoints or model folders here.", file=path.name, what=found.what
        )
    if found.missing:
        raise lacking(path, found.family, found.missing)
    return found.family


def lacking(path: Path, family: str, missing: tuple[str, ...]) -> ModelError:
    """The error for a model that lacks networks which no other one has."""
    names = FAMILIES[family].called(missing)
    return ModelError(
        "{file} holds no {names}, and no other file has one that fits.",
        "Put a whole {family} checkpoint beside it, or a file with the {names}.",
        file=path.name,
        names=names,
        family=family_name(family),
    )


def folder_limits(path: Path, family: str) -> ModelLimits:
    """Sizes from a model folder's own UNet and VAE configs and habits. Raises `ModelError` naming a bad value."""
    vae = read_json(path / "vae" / "config.json")
    blocks = vae.get("block_out_channels", (0,) * 4)
    told = FAMILIES[family]
    drawing = read_json(path / told.denoiser.name / "config.json")
    sample = drawing.get("sample_size", told.side // _PIXELS_A_CELL)
    side = max(sample, default=None) if isinstance(sample, list) else sample
    if not isinstance(blocks, Sequence) or not 1 <= len(blocks) <= _MAX_BLOCKS:
        raise unusable_value(path / "vae" / "config.json", "block_out_channels")
    factor = 2 ** (len(blocks) - 1)
    if not isinstance(side, int) or not 1 <= side * factor <= _MAX_SIDE:
        raise unusable_value(path / told.denoiser.name / "config.json", "sample_size")
    sees_kept = read_habits(path).sees_known_cells
    return replace(family_limits(family, side * factor, factor), sees_kept=sees_kept)


def family_limits(family: str, native: int, factor: int) -> ModelLimits:
    """Sizes for a model of a family that was taught at ``native`` pixels, with cells of ``factor`` pixels."""
    told = FAMILIES[family]
    multiple = max(factor, told.multiple)
    return ModelLimits(
        native_side=native,
        minimum_side=int(native * told.smallest) // multiple * multiple,
        maximum_side=int(native * told.largest) // multiple * multiple,
        multiple=multiple,
        is_flow=told.is_flow,
    )


def few_steps_of(model: Path) -> FewSteps:
    """The few-step weights that a model folder brings along. Raises `ModelError`."""
    return read_few_steps(model, read_json(sampling_file(model)))


def size_of(path: Path) -> int:
    """The bytes of a file, or of all files below a folder."""
    files = path.rglob("*") if is_folder(path) else iter((path,))
    return sum(_bytes_of(file) for file in files)


def _described(path: Path, configs: Path) -> ModelInfo:
    in_folder = is_folder(path)
    blank = ModelInfo(
        id="",
        name=_display_name(path),
        path=path,
        family="",
        format="folder" if in_folder else "single_file",
        size=size_of(path),
        kind=_kind_unread(path),
    )
    try:
        override = read_override(path)
        blank = replace(blank, is_changed=override_file(path).is_file(), kind=override.kind or blank.kind)
        return _folder(blank, override, configs) if in_folder else _file(blank, override, configs)
    except (ModelError, OSError) as error:
        told = unreadable(path, error) if isinstance(error, OSError) else error
        return replace(blank, problem=told.whole, is_passing=isinstance(told, UnreadableError))


def _kind_unread(path: Path) -> Kind:
    """What something is taken for that cannot be read."""
    if is_motion_adapter(path):
        return "motion adapter"
    if picture_task(path):
        return "part"
    try:
        is_model = path.suffix.lower() in _MODEL_SUFFIXES or (path / "model_index.json").is_file()
    except OSError:
        is_model = False
    return "model" if is_model else "other"


def _folder(blank: ModelInfo, override: Override, configs: Path) -> ModelInfo:
    path = blank.path
    if task := picture_task(path):
        for weights in component_weights(path):
            read_header(weights)
        return replace(blank, what=CALLED[task], tells=task)
    family = inspect_folder(path)
    if not family:
        return replace(blank, what=Message("Motion adapter"))
    family = override.family or family
    drawing = read_json(path / FAMILIES[family].denoiser.name / "config.json")
    is_inpainting = FAMILIES[family].is_inpainting(drawing)
    return replace(
        blank,
        family=family,
        what=_folder_what(family, is_inpainting),
        limits=folder_limits(path, family),
        parts=lendable_parts(path, family, configs),
        borrowed=_own_vae(path, override, configs),
        few_steps=_sampling(path, override, family, is_guided=FAMILIES[family].is_guided(drawing)),
        is_inpainting=is_inpainting,
        sight=sight_of_config(config_in(path / IMAGE_ENCODER_FOLDER)),
    )


def _folder_what(family: str, is_inpainting: bool) -> str:
    what = Message("{family} folder", family=family_name(family))
    return Message("{what}, {remark}", what=what, remark=Message("inpainting")) if is_inpainting else what


def _file(blank: ModelInfo, override: Override, configs: Path) -> ModelInfo:
    path = blank.path
    found = identify(path, configs, family=override.family or "")
    kind = override.kind or found.kind
    how = override.applied(found.taught) if found.taught is not None else None
    is_drawn = found.family in FAMILIES and found.problem is None and how is not None
    return replace(
        blank,
        kind=kind,
        family=found.family or override.family or "",
        what=found.what,
        problem=None if _is_known_better(found, override) else found.problem,
        parts=found.parts,
        missing=found.missing,
        taught=how,
        limits=family_limits(found.family, how.side, _PIXELS_A_CELL) if is_drawn and how is not None else None,
        borrowed=_own_vae(path, override, configs) if is_drawn else (),
        few_steps=_sampling(path, override, found.family, is_guided=found.is_guided) if is_drawn else None,
        is_inpainting=found.is_inpainting,
        steering=override.read_by(found.steering),
        referring=found.referring,
        sight=found.sight,
    )


def _is_known_better(found: Identity, override: Override) -> bool:
    """Whether a person says what a file is that tells nothing itself, and needs no more to be used."""
    return found.kind == "other" and override.kind not in (None, "model", "other")


def _own_vae(path: Path, override: Override, configs: Path) -> tuple[tuple[str, Path], ...]:
    """The VAE that a person set for a model. Raises `ModelError` when it is not there or cannot be used."""
    vae = vae_of(path, override)
    if vae is None:
        return ()
    if not vae.is_file():
        raise ModelError(
            "The VAE {vae}, which was set for {file}, is not there.", "Choose another.", vae=vae, file=path.name
        )
    found = identify(vae, configs)
    if VAE not in found.parts or found.problem is not None:
        reason = found.problem or Message("it is: {what}", what=found.what)
        raise ModelError(
            "The VAE {vae}, which was set for {file}, cannot be used: {reason}",
            "Choose another.",
            vae=vae,
            file=path.name,
            reason=reason,
        )
    return ((VAE, vae),)


def _sampling(path: Path, override: Override, family: str, *, is_guided: bool) -> FewSteps | None:
    if override.sampling is not None:
        return None if isinstance(override.sampling, str) else override.sampling
    return proposed_sampling(path.name if is_folder(path) else path.stem, family, is_guided=is_guided)


def _with_few_steps(plain: ModelInfo) -> ModelInfo:
    """The same model with its few-step weights merged in."""
    entry = replace(plain, id=f"/{FOLDER}", size=size_of(plain.path / FOLDER))
    try:
        few_steps = few_steps_of(plain.path)
    except ModelError as error:
        return replace(entry, problem=error.whole)
    return replace(entry, name=f"{plain.name}, {few_steps.steps} steps", few_steps=few_steps)


def is_nameless(stem: str) -> bool:
    """Whether a file is called as libraries call all that they write."""
    return _NAMELESS.fullmatch(stem) is not None


def _display_name(path: Path) -> str:
    stem = path.name if is_folder(path) else path.stem
    words = _BLANK.sub(" ", path.parent.name if is_nameless(stem) else stem).strip()
    return words[:1].upper() + words[1:]


def _bytes_of(path: Path) -> int:
    """The length of a file; 0 for what is none, or may not be looked at, or is gone by now."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
